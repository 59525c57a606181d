// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// A warning that its user has looked at and found to be right as it is, with the reason. Kept in the file:
///
///     approved:
///       - {code: A0510, object: regs, note: written by the host before a run}
struct Approval {
  std::string code;
  std::string object;  ///< or empty: a warning of the file as a whole
  std::string note;
  SourcePosition position = {};  ///< of its entry
};
/// Longest list that is read; more is an error.
inline constexpr std::size_t mostApprovals = 1000;

/// Reads the value of `approved:`. What is no approval is reported and left out; false where that happened.
bool readApprovals(const YamlNode& node, std::vector<Approval>& approvals, Problems& problems);
/// Those of an architecture file's text; none when it has no tree.
[[nodiscard]] std::vector<Approval> approvalsOf(std::string_view text);

/// Problems told apart by approvals.
struct JudgedProblems {
  struct Approved {
    Diagnostic warning;
    std::string note;
    std::size_t approval = 0;  ///< place in the file's list
  };
  Diagnostics open;                 ///< errors, and warnings that nobody approved
  std::vector<Approved> approved;   ///< in their order
  std::vector<std::size_t> unused;  ///< approvals that no warning matches
};
/// An approval is of warnings with its code and its object; errors cannot be approved.
[[nodiscard]] JudgedProblems judge(const Diagnostics& problems, const std::vector<Approval>& approvals);

/// What an approval that matches nothing says: "A0510 of regs is approved, but there is no such warning".
[[nodiscard]] std::string unusedText(const Approval& approval);

}  // namespace taktwerk
