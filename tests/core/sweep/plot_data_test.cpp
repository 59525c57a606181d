// SPDX-License-Identifier: GPL-3.0-or-later
// What plots of results show: scales of columns, ranges in filters, cells of heat maps, effects.
#include <cmath>
#include <numeric>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sweep/column_scale.h"
#include "core/sweep/effects.h"
#include "core/sweep/heat_map.h"
#include "core/sweep/row_ranges.h"
#include "core/sweep/row_view.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;

/// network (of two), arch.rows, mapping.tile, cycles, utilisation.
struct Point {
  std::int64_t network, rows;
  std::optional<std::int64_t> tile;
  double cycles;
};

RowTable tableOf(const std::vector<Point>& points) {
  Figure cycles, share;
  cycles.name = cycles.unit = "cycles";
  share.name = "utilisation";
  share.better = Figure::Better::More;
  RowTable table({{"network", {"tc-resnet8", "alex net"}}, {"arch.rows", {}}, {"mapping.tile", {}}},
                 {cycles, share});
  for (const Point& each : points) {
    SweepRow row;
    row.point.number = static_cast<std::int64_t>(table.rows());
    row.point.values = {each.network, each.rows, each.tile};
    row.figures = {each.cycles, 1 / each.cycles};
    table.add(row);
  }
  return table;
}

std::size_t place(const RowTable& table, const char* name) {
  return table.find(name).value();
}

std::vector<std::uint32_t> allRows(const RowTable& table) {
  std::vector<std::uint32_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

std::vector<std::string> labels(const RowTable& table, const ColumnScale& scale, std::size_t most) {
  std::vector<std::string> all;
  for (const AxisTick& tick : ticksOf(table, scale, most)) all.push_back(tick.label);
  return all;
}

TEST(ColumnScale, NamesStandInAnOrderOfOnesOwn) {
  RowTable table({{"network", {"a", "b", "c"}}}, {Figure()});
  for (const std::int64_t network : {0, 1, 2}) {
    SweepRow row;
    row.point.values = {network};
    row.figures = {static_cast<double>(network)};
    table.add(row);
  }
  const RowColumn& column = table.columns()[1];
  EXPECT_THAT(ranksOf(column, {"c", "gone", "a", "c"}), ElementsAre(1, 2, 0));
  EXPECT_THAT(ranksOf(column, {}), ElementsAre());
  EXPECT_THAT(ranksOf(table.columns()[0], {"c"}), ElementsAre()) << "numbers have theirs";
  const ColumnScale scale = scaleOf(table, 1, ranksOf(column, {"c", "a"}));
  EXPECT_THAT(labels(table, scale, 9), ElementsAre("c", "a", "b"));
  EXPECT_LT(scale.placeOf(2), scale.placeOf(0));
  EXPECT_LT(scale.placeOf(0), scale.placeOf(1));
  EXPECT_THAT(rangeOf(table, scale, 0.0, 0.4).words, ElementsAre("c"));
  EXPECT_THAT(rangeOf(table, scale, 0.4, 0.9).words, ElementsAre("a", "b"));
  const std::vector<double> ranks = ranksOf(column, {"c", "a"});
  EXPECT_THAT(heatMapOf(table, allRows(table), 1, 1, 3, ranks, {}).xs, ElementsAre(2, 0, 1));
}

TEST(AxisLabels, OfTimesHaveAPrefixOfTheSecond) {
  Figure time;
  time.name = "time";
  time.unit = "s";
  const RowTable table({}, {time});
  const auto label = [&](double value) { return axisLabel(table, 2, value); };
  EXPECT_EQ(label(2.993e-05), "29.93 µs");
  EXPECT_EQ(label(0.0009999999), "1 ms") << "not 1000 µs";
  EXPECT_EQ(label(0), "0 s");
  EXPECT_EQ(label(12.5), "12.5 s");
  EXPECT_EQ(label(3e-15), "0.003 ps");
  EXPECT_EQ(label(-2e-3), "-2 ms");
}

TEST(ColumnScale, TakesTheLogarithmWhereValuesAreFarApart) {
  const RowTable table = tableOf({{0, 4, 1, 1000}, {1, 12, std::nullopt, 1e6}, {0, 8, 2, 31623}});
  const ColumnScale cycles = scaleOf(table, place(table, "cycles"));
  EXPECT_TRUE(cycles.logarithmic);
  EXPECT_FALSE(cycles.hasNone);
  EXPECT_NEAR(cycles.placeOf(31623), 0.5, 1e-4);
  EXPECT_NEAR(cycles.valueAt(0.5), 31623, 1);
  EXPECT_TRUE(std::isnan(cycles.placeOf(0))) << "it has no logarithm";
  const ScalePlaces places(cycles);
  for (const double value : {0.0, 1.0, 999.5, 31623.0, 1e6, std::nan("")}) {
    const double place = cycles.placeOf(value);
    EXPECT_EQ(std::isnan(place), !cycles.hasPlace(value)) << value;
    EXPECT_TRUE(std::isnan(place) ? std::isnan(places(value)) : places(value) == place) << value;
  }
  EXPECT_THAT(labels(table, cycles, 8), ElementsAre("1000", "10 k", "100 k", "1 M"));
  EXPECT_THAT(labels(table, cycles, 9),
              ElementsAre("1000", "2000", "5000", "10 k", "20 k", "50 k", "100 k", "200 k", "500 k", "1 M"));

  const ColumnScale rows = scaleOf(table, place(table, "arch.rows"));
  EXPECT_FALSE(rows.logarithmic);
  EXPECT_THAT(labels(table, rows, 4), ElementsAre("4", "6", "8", "10", "12"));
  ColumnScale turned = rows;
  turned.inverted = true;
  EXPECT_EQ(turned.placeOf(4), 1);
  EXPECT_EQ(turned.valueAt(0), 12);
}

TEST(ColumnScale, HasAPlaceForWordsAndForNone) {
  const RowTable table = tableOf({{0, 4, 1, 1000}, {1, 4, std::nullopt, 2000}});
  const ColumnScale networks = scaleOf(table, place(table, "network"));
  EXPECT_TRUE(networks.words);
  EXPECT_EQ(networks.placeOf(0), 0.25);
  EXPECT_EQ(networks.placeOf(1), 0.75);
  EXPECT_THAT(labels(table, networks, 5), ElementsAre("tc-resnet8", "alex net"));
  const ColumnScale tile = scaleOf(table, place(table, "tile"));
  EXPECT_TRUE(tile.hasNone);
  EXPECT_EQ(tile.placeOf(std::nan("")), ColumnScale::nonePlace);
  EXPECT_EQ(tile.placeOf(1), 0.5) << "one value alone stands in the middle";
  EXPECT_EQ(labels(table, scaleOf(table, place(table, "rows")), 4), std::vector<std::string>{"4"});
}

TEST(RowRanges, AreConditionsOfTheFilter) {
  const RowTable table = tableOf({{0, 4, 1, 1000}, {1, 12, std::nullopt, 1e6}});
  const std::size_t rows = place(table, "arch.rows"), network = place(table, "network"),
                    tile = place(table, "tile");
  EXPECT_EQ(filterName(table, rows), "rows");
  std::string filter = withRange("cycles < 1e6", table, rows, {4, 12, {}, false});
  EXPECT_EQ(filter, "cycles < 1e6 and rows >= 4 and rows <= 12");
  EXPECT_EQ(rangeIn(filter, table, rows), (RowRange{4, 12, {}, false}));
  filter = withRange(filter, table, rows, {std::nullopt, 8, {}, false});
  EXPECT_EQ(filter, "cycles < 1e6 and rows <= 8");
  filter = withRange(filter, table, network, {{}, {}, {"alex net"}, false});
  EXPECT_EQ(filter, "cycles < 1e6 and rows <= 8 and network == \"alex net\"");
  filter = withRange(filter, table, network, {{}, {}, {"alex net", "tc-resnet8"}, false});
  EXPECT_EQ(rangeIn(filter, table, network).words, (std::vector<std::string>{"alex net", "tc-resnet8"}));
  filter = withRange(filter, table, tile, {{}, {}, {}, true});
  EXPECT_TRUE(rangeIn(filter, table, tile).none);
  EXPECT_TRUE(std::holds_alternative<RowFilter>(RowFilter::parse(filter, table))) << filter;
  for (const std::size_t column : {rows, network, tile}) filter = withRange(filter, table, column, {});
  EXPECT_EQ(filter, "cycles < 1e6");
  EXPECT_EQ(withRange("", table, rows, {8, 8, {}, false}), "rows == 8");
  EXPECT_EQ(rangeIn("rows == 8", table, rows), (RowRange{8, 8, {}, false}));
  EXPECT_EQ(rangeIn("arch.rows >= 8", table, rows), (RowRange{8, std::nullopt, {}, false}));
}

TEST(RowRanges, LeaveAloneWhatUsersWroteOtherwise) {
  const RowTable table = tableOf({{0, 4, 1, 1000}, {1, 12, std::nullopt, 1e6}});
  const std::size_t rows = place(table, "arch.rows");
  EXPECT_EQ(withRange("rows == 4 or cycles < 5", table, rows, {8, {}, {}, false}),
            "(rows == 4 or cycles < 5) and rows >= 8");
  EXPECT_TRUE(rangeIn("rows >= 4 or cycles < 5", table, rows).isEmpty());
  EXPECT_TRUE(rangeIn("rows * 2 >= 4", table, rows).isEmpty());
  EXPECT_TRUE(rangeIn("not (rows >= 4)", table, rows).isEmpty());
  EXPECT_EQ(withRange("rows * 2 >= 4 and rows >= 3", table, rows, {}), "rows * 2 >= 4");
  EXPECT_EQ(withRange("network == \"a and b\" and rows >= 3", table, rows, {}), "network == \"a and b\"");
}

TEST(RowRanges, HaveWholeNumbersAndFourDigits) {
  const RowTable table = tableOf({{0, 4, 1, 1000}, {1, 12, std::nullopt, 1e6}});
  const ColumnScale rows = scaleOf(table, place(table, "arch.rows")),
                    cycles = scaleOf(table, place(table, "cycles")),
                    network = scaleOf(table, place(table, "network")),
                    tile = scaleOf(table, place(table, "tile"));
  EXPECT_EQ(rangeOf(table, rows, 0.8, 0.1), (RowRange{5, 10, {}, false}));
  const RowRange wide = rangeOf(table, cycles, 0.33333, 2);
  EXPECT_EQ(wide.least, 9999);
  EXPECT_EQ(wide.most, 1e6);
  EXPECT_EQ(rangeOf(table, network, 0, 0.4).words, std::vector<std::string>{"tc-resnet8"});
  EXPECT_TRUE(rangeOf(table, tile, -0.2, -0.01).none);
}

TEST(HeatMap, ShowsTheBestOfEachCell) {
  const RowTable table =
      tableOf({{0, 4, 1, 100}, {1, 4, 1, 80}, {0, 8, 1, 60}, {0, 8, 2, 50}, {0, 4, std::nullopt, 70}});
  const std::size_t rows = place(table, "rows"), tile = place(table, "tile");
  const HeatMap map = heatMapOf(table, allRows(table), rows, tile, place(table, "cycles"));
  EXPECT_THAT(map.xs, ElementsAre(4, 8));
  ASSERT_EQ(map.ys.size(), 3U);
  EXPECT_TRUE(std::isnan(map.ys[2]));
  EXPECT_EQ(map.at(0, 0).rows, 2);
  EXPECT_EQ(map.at(0, 0).value, 80);
  EXPECT_EQ(map.at(0, 0).best, 1U);
  EXPECT_EQ(map.at(0, 0).most, 100);
  EXPECT_EQ(map.at(0, 1).rows, 0) << "no design has it";
  EXPECT_EQ(map.at(0, 2).value, 70);
  EXPECT_EQ(map.range(), std::make_pair(50.0, 80.0));
  const HeatMap best = heatMapOf(table, allRows(table), rows, tile, place(table, "utilisation"));
  EXPECT_EQ(best.at(0, 0).best, 1U) << "more is better";

  std::vector<Point> many;
  for (std::int64_t i = 0; i <= static_cast<std::int64_t>(HeatMap::mostValues); ++i)
    many.push_back({0, i, 1, 5});
  const RowTable large = tableOf(many);
  EXPECT_TRUE(heatMapOf(large, allRows(large), rows, tile, place(large, "cycles")).tooMany);
}

TEST(Effects, SayWhichColumnMatters) {
  std::vector<Point> points;
  for (const std::int64_t rows : {2, 4, 8, 16}) {
    for (const std::int64_t tile : {1, 2, 3}) {
      for (const std::int64_t network : {0, 1}) {
        // Rows halve the cycles, tiles hardly matter, networks not at all.
        points.push_back(
            {network, rows, tile, 1e6 / static_cast<double>(rows) * (1 + 0.01 * static_cast<double>(tile))});
      }
    }
  }
  const RowTable table = tableOf(points);
  const Effects effects = effectsOn(table, allRows(table), place(table, "cycles"), Progress());
  EXPECT_TRUE(effects.logarithmic);
  EXPECT_EQ(effects.rows, 24);
  ASSERT_EQ(effects.main.size(), 3U);
  EXPECT_EQ(effects.main[0].column, place(table, "rows"));
  EXPECT_GT(effects.main[0].share, 0.99);
  EXPECT_LT(effects.main[1].share, 0.01);
  EXPECT_NEAR(effects.main[2].share, 0, 1e-12);
  double sum = 0;
  for (const MainEffect& each : effects.main) sum += each.share;
  for (const Interaction& each : effects.pairs) sum += each.share;
  EXPECT_NEAR(sum, 1, 1e-9) << "every combination is there once";
  ASSERT_EQ(effects.main[0].levels.size(), 4U);
  EXPECT_EQ(effects.main[0].levels[0].rows, 6);
  EXPECT_NEAR(effects.main[0].levels[0].mean / effects.main[0].levels[1].mean, 2, 1e-9);
}

TEST(Effects, FindWhatTwoColumnsDoTogether) {
  std::vector<Point> points;
  for (const std::int64_t rows : {0, 1})
    for (const std::int64_t tile : {0, 1}) points.push_back({0, rows, tile, rows == tile ? 100.0 : 200.0});
  const RowTable table = tableOf(points);
  const Effects effects = effectsOn(table, allRows(table), place(table, "cycles"), Progress());
  for (const MainEffect& each : effects.main) EXPECT_NEAR(each.share, 0, 1e-12);
  ASSERT_EQ(effects.pairs.size(), 1U);
  EXPECT_NEAR(effects.pairs[0].share, 1, 1e-12);
}

TEST(Effects, DivideManyValuesIntoLevelsOfAboutAsManyRows) {
  std::mt19937 random(1);
  std::vector<Point> points;
  for (int i = 0; i < 1200; ++i) {
    const auto rows = static_cast<std::int64_t>(random() % 1000);
    points.push_back({0, rows, rows % 7 == 0 ? std::nullopt : std::optional<std::int64_t>(rows),
                      1.0 + static_cast<double>(rows)});
  }
  const RowTable table = tableOf(points);
  const Effects effects = effectsOn(table, allRows(table), place(table, "cycles"), Progress());
  for (const MainEffect& each : effects.main) {
    ASSERT_LE(each.levels.size(), 12U);
    std::int64_t rows = 0;
    for (const EffectLevel& level : each.levels) {
      EXPECT_GT(level.rows, 60);
      EXPECT_LT(level.rows, 220);
      rows += level.rows;
    }
    EXPECT_EQ(rows, 1200);
  }
  EXPECT_TRUE(std::isnan(effects.main.back().levels.back().last) ||
              std::isnan(effects.main.front().levels.back().last))
      << "rows without a value are a level of their own";
}

TEST(Effects, OfNothingAreNone) {
  const RowTable table = tableOf({{0, 4, 1, std::nan("")}, {0, 8, 1, std::nan("")}});
  const Effects effects = effectsOn(table, allRows(table), place(table, "cycles"), Progress());
  EXPECT_EQ(effects.rows, 0);
  EXPECT_TRUE(effects.main.empty());
}

}  // namespace
}  // namespace taktwerk::test
