// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace taktwerk {

/// Reads a decimal whole number of 64 bits, as files write them: an optional minus sign and digits.
/// No leading zeros (other tools would read octal), no sign `+`, no `1.5`, `1e3`, `0x10` or `1_000`.
[[nodiscard]] std::optional<std::int64_t> wholeNumber(std::string_view text);

/// The whole number that a value is; none of other values, and beyond 2^53, where not each whole number is
/// one.
[[nodiscard]] std::optional<std::int64_t> exactWhole(double value);

/// What is wrong with a text that `wholeNumber` refused: `"1e3" is not a whole number in decimal digits`,
/// `010 has leading zeros; write 10`, `99999999999999999999 does not fit 64 bits`.
[[nodiscard]] std::string whyNotWholeNumber(std::string_view text);

}  // namespace taktwerk
