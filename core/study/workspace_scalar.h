// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk {

/// A text in a workspace: as a plain scalar where every YAML reader takes it for the same text, else in
/// double quotes.
[[nodiscard]] std::string workspaceScalar(const std::string& text);

}  // namespace taktwerk
