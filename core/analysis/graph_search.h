// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/analysis/graph_window.h"

namespace taktwerk {

/// The nodes that a text is about, in the order of instructions, then of time: a whole number is that of an
/// instruction, anything else a part of the name of an operation or of a block, in letters of any size (of
/// ASCII). None for a text of spaces.
[[nodiscard]] std::vector<std::uint32_t> findNodes(const GraphWindow& window, std::string_view text);

}  // namespace taktwerk
