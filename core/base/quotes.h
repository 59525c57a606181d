// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace taktwerk {

/// A user's text in quotes for a message: control characters are escaped and long texts are shortened.
[[nodiscard]] std::string inQuotes(std::string_view text);

}  // namespace taktwerk
