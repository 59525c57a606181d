// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace taktwerk {

/// What a code of a diagnostic stands for. A code has one meaning for good: approvals in files name it. One
/// that is no longer used is not given to something else.
struct DiagnosticMeaning {
  std::string_view code;     ///< a letter for the kind of input and four digits, "A0306"
  std::string_view meaning;  ///< what is wrong, one sentence without a full stop
  std::string_view remedy;   ///< what would be right
};

/// Every code there is, ascending. The only place where one comes into being; codes in the sources are
/// literals of these, but for those of DocumentReader, which have the letter of the format being read.
[[nodiscard]] std::span<const DiagnosticMeaning> diagnosticMeanings();

}  // namespace taktwerk
