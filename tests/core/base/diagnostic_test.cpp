// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/diagnostic.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(Diagnostic, ReadsLikeACompilersMessage) {
  const Diagnostic d{
      Severity::Error, "a.yaml", {3, 7}, "A0306", "latency must be at least 0, found -3", "alu"};
  EXPECT_EQ(toString(d), "a.yaml:3:7: error: latency must be at least 0, found -3 [A0306]");
}

TEST(Diagnostic, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(toString({Severity::Warning, "", {}, "", "unused", ""}), "warning: unused");
  EXPECT_EQ(toString({Severity::Error, "a.yaml", {}, "", "empty", ""}), "a.yaml: error: empty");
  EXPECT_EQ(toString({Severity::Error, "a.yaml", {2, 0}, "", "empty", ""}), "a.yaml:2:1: error: empty");
}

TEST(Diagnostic, WarningsAreNoErrors) {
  EXPECT_FALSE(hasErrors({}));
  EXPECT_FALSE(hasErrors({{Severity::Warning, "", {}, "", "unused", ""}}));
  EXPECT_TRUE(
      hasErrors({{Severity::Warning, "", {}, "", "unused", ""}, {Severity::Error, "", {}, "", "bad", ""}}));
}

TEST(DidYouMean, SuggestsTheNearestName) {
  EXPECT_EQ(didYouMean("latncy", {"latency", "capacity"}), "; did you mean \"latency\"?");
  EXPECT_EQ(didYouMean("nmae", {"format", "name"}), "; did you mean \"name\"?");
  EXPECT_EQ(didYouMean("dmen", {"imem", "dmem"}), "; did you mean \"dmem\"?");
}

TEST(DidYouMean, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(didYouMean("colour", {"latency", "capacity"}), "");
  EXPECT_EQ(didYouMean("", {"a"}), "");
  EXPECT_EQ(didYouMean(std::string(1000, 'x'), {std::string(1000, 'x')}), "");
}

}  // namespace
}  // namespace taktwerk
