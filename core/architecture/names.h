// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace taktwerk {

/// `[A-Za-z_][A-Za-z0-9_]*`, at most 200 bytes: parameters and operations.
[[nodiscard]] bool isIdentifier(std::string_view text);

/// Identifiers, each followed by any number of `[number]`, joined by dots: `pe[0][1].alu`.
[[nodiscard]] bool isObjectName(std::string_view text);

/// A word of the expression language, which no parameter may be called: `min`, `and`, `words`, …
[[nodiscard]] bool isReservedName(std::string_view text);

/// What `isObjectName` wants, for messages.
inline constexpr std::string_view objectNameRule =
    "a name is letters, digits and _, not beginning with a digit, with parts joined by dots and indices in "
    "brackets as in pe[0][1].alu";

/// "pe[0][1].alu" without its indices, as all elements of arrays are called: "pe.alu".
[[nodiscard]] std::string withoutIndices(std::string_view name);

}  // namespace taktwerk
