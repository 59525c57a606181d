// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/difference_report.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/core/analysis/two_results.h"

namespace taktwerk::test {
namespace {

std::string textOf(const NetworkEstimate& before, const NetworkEstimate& now) {
  std::ostringstream out;
  writeDifferenceText(out, differenceOf(storedResult(before), storedResult(now)));
  return out.str();
}

nlohmann::json jsonOf(const NetworkEstimate& before, const NetworkEstimate& now) {
  std::ostringstream out;
  writeDifferenceJson(out, differenceOf(storedResult(before), storedResult(now)));
  return nlohmann::json::parse(out.str());
}

TEST(DifferenceText, ShowsOnlyWhatDiffers) {
  EXPECT_EQ(textOf(resultBefore(), resultNow()),
            R"(before: Tiny running Net, at least 2,100 cycles (approximation)
now:    Tiny 2 running Net, 1,900 cycles
change: −200 (−9.5 %)

parameter      before  now
-------------  ------  ---
arch.gone           2
arch.rows           4    8
network.batch            1

layer    before    now  change          what changed                                                                                                cycles by cause
-------  ------  -----  --------------  ----------------------------------------------------------------------------------------------------------  ---------------------------------------------
conv      2,000  1,800  −200 (−10.0 %)  mapping direct → tiled; tunables none → tile_k = 8; method approximation → steady state; not exact → exact  wait:structural:bus +600, wait:data:dmem −500
relu                30                  fused with conv → timed
softmax             20                  not mapped (no mapping) → timed
new                 10                  only now
old          60                         only before

the same: 1 layer

cause                before    now  change
-------------------  ------  -----  ---------------
wait:structural:bus       0    600  +600
wait:data:dmem          500      0  −500 (−100.0 %)
busy:alu              1,540  1,290  −250 (−16.2 %)
wait:fetch               60      0  −60 (−100.0 %)
busy:dmem                 0     10  +10
)");
}

TEST(DifferenceText, OfEqualResultsCountsLayers) {
  EXPECT_EQ(textOf(resultNow(), resultNow()),
            R"(before: Tiny 2 running Net, 1,900 cycles
now:    Tiny 2 running Net, 1,900 cycles
change: 0

the same: 5 layers
)");
}

TEST(DifferenceText, OfAVoidResultHasNoTotal) {
  NetworkEstimate failed = resultBefore();
  failed.diagnostics.push_back({Severity::Error, {}, {}, "E0002", "deadlock", {}});
  const std::string text = textOf(failed, resultNow());
  EXPECT_THAT(text, testing::StartsWith("before: Tiny running Net, no result\nnow:    Tiny 2"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("change: ")));
}

TEST(ChangeInWords, IsMissingWhereAResultIs) {
  EXPECT_EQ(changeInWords({2000, 1800}), "−200 (−10.0 %)");
  EXPECT_EQ(changeInWords({1000, 4500}), "+3,500 (+350.0 %)");
  EXPECT_EQ(changeInWords({5, 5}), "0");
  EXPECT_EQ(changeInWords({0, 5}), "+5");
  EXPECT_EQ(changeInWords({std::nullopt, 5}), "");
  EXPECT_EQ(changeInWords({5, std::nullopt}), "");
}

TEST(DifferenceJson, HasLayersOfBoth) {
  const auto json = jsonOf(resultBefore(), resultNow());
  EXPECT_EQ(json["differs"], true);
  EXPECT_EQ(json["before"], (nlohmann::json{{"architecture", "Tiny"},
                                            {"network", "Net"},
                                            {"exact", false},
                                            {"complete", false},
                                            {"cycles", 2100}}));
  EXPECT_EQ(json["absolute"], -200);
  EXPECT_EQ(json["parameters"][0], (nlohmann::json{{"name", "arch.gone"}, {"before", 2}}));
  ASSERT_EQ(json["layers"].size(), 6U);
  const auto& conv = json["layers"][0];
  EXPECT_EQ(conv["relative"], -0.1);
  EXPECT_EQ(conv["before"]["method"], "approximation");
  EXPECT_EQ(conv["now"]["tunables"], (nlohmann::json{{"tile_k", 8}}));
  EXPECT_EQ(conv["changed"], (nlohmann::json{"mapping", "tunables", "method", "exact"}));
  EXPECT_EQ(conv["causes"][0],
            (nlohmann::json{{"cause", "wait:structural:bus"}, {"before", 0}, {"now", 600}}));
  EXPECT_EQ(json["layers"][1]["before"]["with"], "conv");
  EXPECT_EQ(json["layers"][2]["before"]["reason"], "no mapping");
  EXPECT_EQ(json["layers"][3]["differs"], false);
  EXPECT_FALSE(json["layers"][4].contains("before"));
  EXPECT_FALSE(json["layers"][5].contains("now"));
}

TEST(DifferenceJson, LeavesOutWhatIsNotThere) {
  const auto json = jsonOf({}, {});
  EXPECT_EQ(json["differs"], false);
  EXPECT_EQ(json["absolute"], 0);
  EXPECT_FALSE(json.contains("relative"));
  EXPECT_TRUE(json["layers"].empty());
}

}  // namespace
}  // namespace taktwerk::test
