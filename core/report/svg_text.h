// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace taktwerk {

/// A text between tags or in an attribute of SVG; control characters are left out.
[[nodiscard]] std::string svgEscaped(std::string_view text);

}  // namespace taktwerk
