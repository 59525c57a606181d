// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/graph/graph.h"

namespace taktwerk {

/// A text between quotes in the DOT language; its lines are centred.
[[nodiscard]] std::string dotQuoted(std::string_view text);

/// The colour of edges of a kind, and of the critical path, in what is written for Graphviz.
[[nodiscard]] const char* dotColour(GraphEdgeKind kind);
inline constexpr const char* dotCritical = "#c62828";

}  // namespace taktwerk
