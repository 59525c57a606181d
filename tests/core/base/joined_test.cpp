// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/joined.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(Joined, PutsTextBetweenParts) {
  EXPECT_EQ(joined({}, ", "), "");
  EXPECT_EQ(joined({"a"}, ", ", " or "), "a");
  EXPECT_EQ(joined({"a", "b", ""}, ", "), "a, b, ");
  EXPECT_EQ(joined({"a", "b", "c"}, ", ", " or "), "a, b or c");
}

}  // namespace
}  // namespace taktwerk
