// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/steps.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/network/network_file.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

NextValues next(std::optional<std::int64_t> down, std::optional<std::int64_t> up) {
  return {down, up};
}

TEST(NextValues, AreTheNeighboursOfAListInWhateverOrder) {
  const ValueChoices listed{{16, 1, 4, 8}, {}, {}, {}};
  EXPECT_EQ(nextValues(4, listed), next(1, 8));
  EXPECT_EQ(nextValues(1, listed), next({}, 4));
  EXPECT_EQ(nextValues(16, listed), next(8, {}));
  EXPECT_EQ(nextValues(5, listed), next(4, 8));  // a value that is not among them, as a file may say
}

TEST(NextValues, AreTwiceAndHalfInAWideRange) {
  const ValueChoices wide{{}, 1, 18, {}};
  EXPECT_EQ(nextValues(4, wide), next(2, 8));
  EXPECT_EQ(nextValues(5, wide), next(2, 10));  // half rounds down
  EXPECT_EQ(nextValues(1, wide), next({}, 2));
  EXPECT_EQ(nextValues(10, wide), next(5, {}));  // 20 is beyond
  EXPECT_EQ(nextValues(7, {}), next(3, 14));     // nothing said is wide
  EXPECT_EQ(nextValues(7, {{}, 1, {}, {}}), next(3, 14));
}

TEST(NextValues, AreOneLessAndOneMoreInANarrowRange) {
  const ValueChoices narrow{{}, 1, 17, {}};
  EXPECT_EQ(nextValues(4, narrow), next(3, 5));
  EXPECT_EQ(nextValues(1, narrow), next({}, 2));
  EXPECT_EQ(nextValues(17, narrow), next(16, {}));
  EXPECT_EQ(nextValues(3, {{}, 3, 3, {}}), next({}, {}));
}

TEST(NextValues, AreOnTheSteps) {
  const ValueChoices narrow{{}, 2, 34, 4};  // 2, 6, … 34
  EXPECT_EQ(nextValues(10, narrow), next(6, 14));
  EXPECT_EQ(nextValues(34, narrow), next(30, {}));
  EXPECT_EQ(nextValues(2, narrow), next({}, 6));
  EXPECT_EQ(nextValues(8, narrow), next(6, 10));  // as a file may say
  const ValueChoices wide{{}, 2, 200, 4};
  EXPECT_EQ(nextValues(26, wide), next(10, 50));  // 13 and 52 are not on them
  EXPECT_EQ(nextValues(2, wide), next({}, 6));    // more than twice as much
  EXPECT_EQ(nextValues(-5, {{}, {}, {}, 3}), next(-12, -3));
}

TEST(NextValues, NeverEqualThePresentOneAndNeverOverflow) {
  EXPECT_EQ(nextValues(0, {}), next({}, {}));
  EXPECT_EQ(nextValues(-1, {}), next(-2, {}));
  EXPECT_EQ(nextValues(-6, {}), next(-12, -3));
  EXPECT_EQ(nextValues(INT64_MAX, {}), next(INT64_MAX / 2, {}));
  EXPECT_EQ(nextValues(INT64_MIN, {}), next({}, INT64_MIN / 2));
  EXPECT_EQ(nextValues(0, {{}, INT64_MIN, INT64_MAX, {}}), next({}, {}));
  EXPECT_EQ(nextValues(INT64_MAX, {{}, INT64_MAX - 3, INT64_MAX, {}}), next(INT64_MAX - 1, {}));
}

TEST(Step, IsCalledAsItsSettingIs) {
  EXPECT_EQ(inWords({Step::Of::Architecture, "rows", {}, 4, 8, {}}), "arch.rows 4 → 8");
  EXPECT_EQ(inWords({Step::Of::Network, "batch", {}, 2, 1, {}}), "network.batch 2 → 1");
  EXPECT_EQ(inWords({Step::Of::Mapping, "tile_k", "conv1", 4, 8, {}}), "mapping.tile_k 4 → 8 for conv1");
}

TEST(ParameterRanges, AreThoseOfTheNetworksText) {
  const auto ranges =
      parameterRanges("parameters: {batch: {default: 1, minimum: 1, maximum: 64}, length: 3}");
  EXPECT_EQ(ranges.at("batch").minimum, 1);
  EXPECT_EQ(ranges.at("batch").maximum, 64);
  EXPECT_FALSE(ranges.at("length").maximum);
  EXPECT_TRUE(parameterRanges("name: [").empty());
  EXPECT_TRUE(parameterRanges("parameters: 7").empty());
}

/// A network of dense layers on a machine with one unit, with tunables of each kind.
class StepsOf : public ::testing::Test {
 protected:
  StepsOf() {
    static const std::string folder = sourceDirectory();
    StudyFiles files;
    files.architecture = folder + "/archs/gemmini/gemmini.arch.yaml";
    files.network = folder + "/resources/networks/mlp.network.yaml";
    study_ = *readStudy(files, memory_);
  }
  std::vector<Step> steps() {
    Progress progress;
    const auto present = estimate(study_, options_, memory_, progress);
    EXPECT_TRUE(present->estimate);
    return stepsOf(study_, options_, *present, memory_);
  }
  std::vector<std::string> stepsOfName(const std::string& name) {
    std::vector<std::string> words;
    for (const Step& step : steps()) {
      if (step.name == name) words.push_back(inWords(step) + (step.note.empty() ? "" : " | " + step.note));
    }
    return words;
  }
  using Words = std::vector<std::string>;
  StudyMemory memory_;
  Study study_;
  StudyOptions options_;
};

TEST_F(StepsOf, ParametersBeginAtTheValueInForce) {
  EXPECT_EQ(stepsOfName("bus_bytes"), (Words{"arch.bus_bytes 16 → 8", "arch.bus_bytes 16 → 32"}));
  study_.settings.architecture["bus_bytes"] = 200;  // up to 256
  EXPECT_EQ(stepsOfName("bus_bytes"), (Words{"arch.bus_bytes 200 → 100"}));
  EXPECT_EQ(stepsOfName("batch"), (Words{"network.batch 1 → 2 | another amount of work"}));
  study_.settings.network["batch"] = 4;
  EXPECT_EQ(stepsOfName("batch").size(), 2U);
}

TEST_F(StepsOf, EveryParameterHasSome) {
  std::set<std::string> named;
  for (const Step& step : steps()) named.insert(settingName(step));
  for (const Parameter& p : study_.architecture->parameters) EXPECT_TRUE(named.contains("arch." + p.name));
  EXPECT_TRUE(named.contains("mapping.tile_rows"));
  EXPECT_TRUE(named.contains("mapping.slots"));
}

TEST_F(StepsOf, TunablesTakeTheNextOfTheirValues) {
  EXPECT_EQ(stepsOfName("tile_columns"), (Words{"mapping.tile_columns 4 → 2", "mapping.tile_columns 4 → 8"}));
  study_.settings.tunables["tile_columns"] = 1;
  EXPECT_EQ(stepsOfName("tile_columns"), (Words{"mapping.tile_columns 1 → 2"}));
}

TEST_F(StepsOf, WhatWasChosenForALayerHasItsOwn) {
  study_.choices["fc1"].tunables["tile_columns"] = 1;
  EXPECT_EQ(stepsOfName("tile_columns"), (Words{"mapping.tile_columns 1 → 2 for fc1 | chosen for this layer",
                                                "mapping.tile_columns 4 → 2", "mapping.tile_columns 4 → 8"}));
  const Study after = withStep(study_, {Step::Of::Mapping, "tile_columns", "fc1", 1, 2, {}});
  EXPECT_EQ(after.choices.at("fc1").tunables.at("tile_columns"), 2);
  EXPECT_TRUE(after.settings.tunables.empty());
}

TEST_F(StepsOf, WhatASearchDecidedIsSaid) {
  options_.how.search = 100;
  const std::vector<std::string> words = stepsOfName("tile_columns");
  ASSERT_FALSE(words.empty());
  for (const std::string& each : words)
    EXPECT_NE(each.find("found by the search"), std::string::npos) << each;
}

}  // namespace
}  // namespace taktwerk
