// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/timing_function.h"

namespace taktwerk::test {

/// One case of tests/data/vectors (see the README there): an architecture, a trace and the figures an
/// independent program computed for them.
struct VectorCase {
  std::string name;  ///< "v45-007": the files are named so
  std::int64_t instructions = 0;
  std::optional<std::int64_t> cycles;    ///< or
  std::optional<std::int64_t> deadlock;  ///< the cycle of the deadlock it must report

  /// The name in letters a test's name may have: "v45_007".
  [[nodiscard]] std::string testName() const;
};
std::ostream& operator<<(std::ostream& output, const VectorCase& vectorCase);

/// Every case of every index file, in the order of the files.
[[nodiscard]] std::vector<VectorCase> loadVectorCases();

/// Times a case and compares cycles, deadlock and the times of every instruction. The first difference in
/// words, or "" when all is right.
[[nodiscard]] std::string checkVectorCase(const VectorCase& vectorCase, const TimingFunction& time);

}  // namespace taktwerk::test
