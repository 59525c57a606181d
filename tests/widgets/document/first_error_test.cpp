// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/first_error.h"

#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

Diagnostic problem(Severity severity, const char* message) {
  Diagnostic made;
  made.severity = severity;
  made.message = message;
  return made;
}

TEST(FirstError, IsNoWarningBeforeIt) {
  EXPECT_EQ(firstError({}), nullptr);
  EXPECT_EQ(firstError({problem(Severity::Warning, "unused")}), nullptr);
  const Diagnostics problems{problem(Severity::Warning, "unused"), problem(Severity::Error, "too large"),
                             problem(Severity::Error, "too slow")};
  ASSERT_NE(firstError(problems), nullptr);
  EXPECT_EQ(firstError(problems)->message, "too large");
}

}  // namespace
}  // namespace taktwerk::test
