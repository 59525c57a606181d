// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/filling.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

/// An array of 2 x 4 elements and a single unit.
std::shared_ptr<const Machine> machine() {
  Machine made;
  for (int r = 0; r < 2; ++r) {
    for (int c = 0; c < 4; ++c) {
      Unit unit;
      unit.name = "pe[" + std::to_string(r) + "][" + std::to_string(c) + "].alu";
      unit.object = static_cast<std::uint32_t>(made.objectNames.size());
      made.objectNames.push_back(unit.name);
      made.units.push_back(std::move(unit));
    }
  }
  Unit single;
  single.name = "pool";
  single.object = 8;
  made.objectNames.emplace_back("pool");
  made.units.push_back(std::move(single));
  return std::make_shared<const Machine>(std::move(made));
}

NetworkEstimate estimateOf(std::vector<LayerEstimate> layers) {
  NetworkEstimate estimate;
  estimate.machine = machine();
  estimate.layers = std::move(layers);
  return estimate;
}

/// A layer whose columns are used so often each, in both rows.
LayerEstimate columns(const std::string& name, std::vector<std::int64_t> uses) {
  LayerEstimate layer;
  layer.name = name;
  layer.cycles = 1000;
  for (std::uint32_t i = 0; i < 8; ++i) layer.usage[{i}].uses = uses[i % 4];
  return layer;
}

TEST(PartlyFilled, SaysHowManyColumnsPassesUse) {
  const auto found = partlyFilled(estimateOf({columns("conv", {10, 10, 9, 9})}));
  ASSERT_EQ(found.size(), 1U) << "rows are full";
  EXPECT_EQ(found[0].layer, "conv");
  EXPECT_EQ(found[0].name, "pe[ ][ ].alu");
  EXPECT_EQ(found[0].dimension, "columns");
  EXPECT_EQ(found[0].full, 4);
  ASSERT_EQ(found[0].parts.size(), 2U);
  EXPECT_EQ(found[0].parts[0], (std::pair<std::int64_t, double>(2, 0.1)));
  EXPECT_EQ(found[0].parts[1], (std::pair<std::int64_t, double>(4, 0.9)));
  EXPECT_DOUBLE_EQ(found[0].meanShare(), 0.95);
}

TEST(PartlyFilled, SaysWhatIsNeverUsed) {
  const auto found = partlyFilled(estimateOf({columns("depthwise", {5, 0, 0, 0})}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].parts, (std::vector<std::pair<std::int64_t, double>>{{1, 1.0}}));
  EXPECT_TRUE(partlyFilled(estimateOf({columns("full", {7, 7, 7, 7})})).empty());
  EXPECT_TRUE(partlyFilled(estimateOf({columns("elsewhere", {0, 0, 0, 0})})).empty());
}

TEST(PartlyFilled, ComparesImmediatesWithTheLargestOfTheNetwork) {
  LayerEstimate wide, narrow;
  wide.name = "wide";
  narrow.name = "narrow";
  wide.cycles = narrow.cycles = 100;
  wide.immediates = {{"multiply", "columns", {{8, 1}, {16, 3}}}, {"multiply", "slot", {{0, 2}, {1, 2}}}};
  narrow.immediates = {{"multiply", "columns", {{1, 5}}}};
  const auto found = partlyFilled(estimateOf({wide, narrow}));
  ASSERT_EQ(found.size(), 2U) << "what may be 0 is no length";
  EXPECT_EQ(found[0].layer, "narrow") << "the emptiest first";
  EXPECT_EQ(found[0].full, 16);
  EXPECT_DOUBLE_EQ(found[0].meanShare(), 1.0 / 16);
  EXPECT_EQ(found[1].parts, (std::vector<std::pair<std::int64_t, double>>{{8, 0.25}, {16, 0.75}}));
}

TEST(PartlyFilled, PutsFirstWhatIsEmptyForLongest) {
  LayerEstimate lasting = columns("lasting", {10, 10, 10, 9}), brief = columns("brief", {1, 0, 0, 0});
  lasting.cycles = 1'000'000;
  brief.cycles = 10;
  const auto found = partlyFilled(estimateOf({brief, lasting}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].layer, "lasting");
}

}  // namespace
}  // namespace taktwerk
