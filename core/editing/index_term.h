// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taktwerk {

/// An index or a size as a text plus a number: `columns - 1` is {"columns", -1}, `4` is {"", 4}. Enough to
/// count up and down in files without `rows + 1 - 1`.
struct IndexTerm {
  std::string base;  ///< without blanks; empty: the number alone
  std::int64_t plus = 0;
  friend bool operator==(const IndexTerm&, const IndexTerm&) = default;
};

/// Any text; one that is no sum, or no expression at all, is a base of its own.
[[nodiscard]] IndexTerm indexTerm(std::string_view text);
/// "columns - 1", "4".
[[nodiscard]] std::string toString(const IndexTerm& term);
[[nodiscard]] IndexTerm operator+(IndexTerm term, std::int64_t number);

/// The text without blanks, but for one between words (`a and b`).
[[nodiscard]] std::string withoutBlanks(std::string_view text);
/// The text with each whole word `from` replaced.
[[nodiscard]] std::string withName(std::string_view text, std::string_view from, std::string_view to);
/// The text in brackets unless it is a name or a number.
[[nodiscard]] std::string inBrackets(const std::string& text);

}  // namespace taktwerk
