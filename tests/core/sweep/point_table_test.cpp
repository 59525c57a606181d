// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/point_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using Values = std::vector<std::optional<std::int64_t>>;

std::string problemOf(PointTable& table, const std::string& line) {
  const auto read = table.readLine(line);
  return read ? "none" : toString(read.diagnostics.front());
}

TEST(PointTable, HasAValueOrNothingUnderEachParameter) {
  PointTable table("p.csv");
  EXPECT_THAT(*table.readHeading("rows, \"arch.columns\""), ElementsAre("rows", "arch.columns"));
  EXPECT_EQ(**table.readLine("4, 8"), (Values{4, 8}));
  EXPECT_EQ(**table.readLine(",8"), (Values{std::nullopt, 8}));
  EXPECT_EQ(**table.readLine("4,"), (Values{4, std::nullopt}));
  EXPECT_FALSE(table.readLine("  ")->has_value());
  EXPECT_EQ(problemOf(table, "4,x"),
            "p.csv:6:3: error: arch.columns: \"x\" is not a whole number in decimal digits [S0205]");
  EXPECT_EQ(problemOf(table, "4,5,6"), "p.csv:7:1: error: the heading has 2 columns, this line 3 [S0205]");
}

TEST(PointTable, ReadsWhatASweepHasWritten) {
  PointTable table("p.csv");
  EXPECT_THAT(*table.readHeading(
                  "point,arch.rows,state,cycles,instructions,macs,exact,complete,missing_layers,reason"),
              ElementsAre("arch.rows"));
  EXPECT_EQ(**table.readLine("7,4,done,12,3,2,true,true,0,"), (Values{4}));
  EXPECT_EQ(
      **table.readLine("8,900,infeasible,,,,,,,\"parameter \"\"rows\"\" must be at least 1, and less\""),
      (Values{900}));
}

TEST(PointTable, NeedsAHeading) {
  EXPECT_FALSE(PointTable("p.csv").readHeading(""));
  EXPECT_FALSE(PointTable("p.csv").readHeading("point,cycles"));
  EXPECT_FALSE(PointTable("p.csv").readHeading("rows,rows"));
  EXPECT_FALSE(PointTable("p.csv").readHeading("rows,,columns"));
}

}  // namespace
}  // namespace taktwerk
