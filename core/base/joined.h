// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace taktwerk {

/// Parts one after the other, with `between` between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);
/// The same, but with `last` before the last one: "a, b or c".
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between,
                                 std::string_view last);

}  // namespace taktwerk
