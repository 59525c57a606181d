// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/standing.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

LayerEstimate layer(const std::string& method, bool exact) {
  LayerEstimate each;
  each.method = method;
  each.exact = exact;
  return each;
}

TEST(Standing, OfALayerFollowsItsMethod) {
  EXPECT_EQ(standingOf(layer("full", true)), Standing::Exact);
  EXPECT_EQ(standingOf(layer("simulate", true)), Standing::Exact);
  EXPECT_EQ(standingOf(layer("steady state", true)), Standing::Repeats);
  EXPECT_EQ(standingOf(layer("approximation", false)), Standing::Estimated);
  EXPECT_EQ(standingOf(layer("published", false)), Standing::Estimated);
  EXPECT_EQ(standingOf(layer("roofline", false)), Standing::Bound);
  LayerEstimate guessed = layer("full", true);
  guessed.guessed = true;
  EXPECT_EQ(standingOf(guessed), Standing::Incomplete);
}

TEST(Standing, OfATotalIsThatOfItsWorstLayer) {
  NetworkEstimate estimate;
  EXPECT_EQ(standingOf(estimate), Standing::None);
  estimate.layers = {layer("full", true)};
  EXPECT_EQ(standingOf(estimate), Standing::Exact);
  estimate.layers.push_back(layer("steady state", true));
  EXPECT_EQ(standingOf(estimate), Standing::Repeats);
  estimate.layers.push_back(layer("approximation", false));
  EXPECT_EQ(standingOf(estimate), Standing::Estimated);
  estimate.complete = false;
  EXPECT_EQ(standingOf(estimate), Standing::Incomplete);
  estimate.diagnostics.push_back({Severity::Error, "f", {1, 1}, "E0002", "deadlock", {}});
  EXPECT_EQ(standingOf(estimate), Standing::None);
}

TEST(Standing, IsExactOnlyWhereItIsProven) {
  for (const Standing each : {Standing::Exact, Standing::Repeats}) EXPECT_TRUE(isExact(each));
  for (const Standing each :
       {Standing::Estimated, Standing::Bound, Standing::Incomplete, Standing::OutOfDate, Standing::None}) {
    EXPECT_FALSE(isExact(each));
    EXPECT_EQ(labelOf(each).find("exact"), std::string_view::npos);
    EXPECT_EQ(labelOf(each).find("proven"), std::string_view::npos);
  }
}

}  // namespace
}  // namespace taktwerk
