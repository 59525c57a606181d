// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/row_table.h"

#include <cmath>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/row_files.h"
#include "core/sweep/row_view.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<SweepColumn> columns() {
  return {{"network", {"tc-resnet8", "alex"}}, {"arch.rows", {}}, {"mapping.tile", {}}};
}

SweepRow rowOf(std::int64_t number, std::int64_t network, std::int64_t rows, std::optional<std::int64_t> tile,
               double cycles) {
  SweepRow row;
  row.point.number = number;
  row.point.values = {network, rows, tile};
  row.figures = {cycles, cycles / 1e6};
  row.macs = 7;
  return row;
}

SweepRow failed(std::int64_t number, PointState state, const std::string& reason) {
  SweepRow row = rowOf(number, 0, 4, 2, 1);
  row.state = state;
  row.reason = reason;
  return row;
}

RowTable emptyTable() {
  Figure cycles, share;
  cycles.name = cycles.unit = "cycles";
  share.name = "utilisation";
  return RowTable(columns(), {cycles, share});
}

RowTable smallTable() {
  RowTable table = emptyTable();
  table.add(rowOf(0, 0, 8, 2, 3e6));
  table.add(rowOf(1, 1, 4, std::nullopt, 5e5));
  table.add(failed(2, PointState::Failed, "a deadlock, it seems"));
  table.add(rowOf(3, 0, 16, 4, 5e5));
  table.add(failed(4, PointState::Infeasible, "rows * columns is 512"));
  return table;
}

/// The numbers of the rows that a filter lets through, in order; or what is wrong with it.
std::string shown(const RowTable& table, const std::string& text, std::optional<RowOrder> order = {}) {
  const auto parsed = RowFilter::parse(text, table);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    return std::to_string(error->column) + ": " + error->message;
  }
  std::string all;
  for (const std::uint32_t row : shownRows(table, std::get<RowFilter>(parsed), order, Progress())) {
    all += (all.empty() ? "" : " ") + table.text(0, row);
  }
  return all;
}

TEST(RowTable, HoldsWhatRowsSay) {
  const RowTable table = smallTable();
  EXPECT_EQ(table.rows(), 5U);
  EXPECT_EQ(table.text(*table.find("network"), 1), "alex");
  EXPECT_EQ(table.text(*table.find("rows"), 3), "16");
  EXPECT_EQ(table.text(*table.find("tile"), 1), "");
  EXPECT_EQ(table.text(*table.find("cycles"), 0), "3000000");
  EXPECT_EQ(table.text(*table.find("utilisation"), 0), "3");
  EXPECT_EQ(table.text(*table.find("state"), 2), "failed");
  EXPECT_EQ(table.text(*table.find("reason"), 2), "a deadlock, it seems");
  EXPECT_EQ(table.text(*table.find("reason"), 0), "");
  EXPECT_TRUE(std::isnan(table.number(*table.find("cycles"), 2))) << "what failed has no figure";
  EXPECT_TRUE(std::isnan(table.number(*table.find("tile"), 1)));
  EXPECT_EQ(table.count(PointState::Done), 3);
  EXPECT_EQ(table.count(PointState::Infeasible), 1);
  EXPECT_FALSE(table.find("nothing"));
}

TEST(RowTable, KnowsWhatIsTheSameEverywhere) {
  RowTable table = emptyTable();
  EXPECT_FALSE(table.isConstant(*table.find("rows")));
  table.add(rowOf(0, 0, 8, 2, 3e6));
  table.add(rowOf(1, 0, 8, 2, 4e6));
  EXPECT_TRUE(table.isConstant(*table.find("rows")));
  EXPECT_TRUE(table.isConstant(*table.find("macs")));
  EXPECT_FALSE(table.isConstant(*table.find("cycles")));
  table.add(rowOf(2, 0, 8, std::nullopt, 4e6));
  EXPECT_FALSE(table.isConstant(*table.find("tile")));
}

TEST(RowTable, CopiesKeepTheirRowsWhileItGrows) {
  RowTable table = emptyTable();
  std::vector<RowTable> copies;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    if (i % 1999 == 0) copies.push_back(table);
    table.add(i % 3 == 0 ? failed(i, PointState::Failed, "reason " + std::to_string(i))
                         : rowOf(i, 0, i, 1, static_cast<double>(i)));
  }
  ASSERT_EQ(copies.size(), 6U);
  copies[3].add(rowOf(77, 1, 77, 7, 77));  // goes another way
  EXPECT_EQ(copies[3].rows(), 5998U);
  EXPECT_EQ(copies[3].text(0, 5997), "77");
  EXPECT_EQ(table.text(0, 5997), "5997");
  EXPECT_EQ(copies[3].text(*table.find("reason"), 5994), "reason 5994");
  for (std::size_t row = 0; row < 10'000; row += 501) EXPECT_EQ(table.text(0, row), std::to_string(row));
}

TEST(RowFilter, ComparesNumbersAndWords) {
  const RowTable table = smallTable();
  EXPECT_EQ(shown(table, ""), "0 1 2 3 4");
  EXPECT_EQ(shown(table, "cycles < 1e6"), "1 3");
  EXPECT_EQ(shown(table, "cycles < 1e6 and rows >= 8"), "3");
  EXPECT_EQ(shown(table, "utilisation >= 2.9e0"), "0");
  EXPECT_EQ(shown(table, "state == failed"), "2");
  EXPECT_EQ(shown(table, "state = infeasible or arch.rows = 16"), "3 4");
  EXPECT_EQ(shown(table, "network == \"tc-resnet8\" and state == done"), "0 3");
  EXPECT_EQ(shown(table, "'tc-resnet8' != network"), "1");
  EXPECT_EQ(shown(table, "not exact"), "");
  EXPECT_EQ(shown(table, "cycles * 2 == 1000000 and if(rows > 8, 1, 0)"), "3");
  EXPECT_EQ(shown(table, "max(rows, 10, point) == 10"), "0 1 2 4");
}

TEST(RowFilter, AValueThatIsNotThereMeetsNoConditionNorItsOpposite) {
  const RowTable table = smallTable();
  EXPECT_EQ(shown(table, "tile > 2"), "3");
  EXPECT_EQ(shown(table, "not (tile > 2)"), "0 2 4");
  EXPECT_EQ(shown(table, "tile == none"), "1");
  EXPECT_EQ(shown(table, "tile != none and cycles != none"), "0 3");
  EXPECT_EQ(shown(table, "tile > 2 or rows == 4"), "1 2 3 4");
  EXPECT_EQ(shown(table, "1 / 0 == 1"), "");
}

TEST(RowFilter, SaysWhatIsWrongAndWhere) {
  const RowTable table = smallTable();
  EXPECT_THAT(shown(table, "cycls < 5"), HasSubstr("1: there is no column \"cycls\""));
  EXPECT_THAT(shown(table, "cycls < 5"), HasSubstr("cycles"));
  EXPECT_THAT(shown(table, "cycles < 1e6 and stat == failed"), HasSubstr("18: "));
  EXPECT_THAT(shown(table, "rows = 1.5 and state == lost"), HasSubstr("25: state is never \"lost\""));
  EXPECT_THAT(shown(table, "state > 3"), HasSubstr("1: state holds words"));
  EXPECT_THAT(shown(table, "rows == failed"), HasSubstr("9: \"failed\" is no column and no number"));
  EXPECT_THAT(shown(table, "network == \"tc"), HasSubstr("12: the quote is not closed"));
  EXPECT_THAT(shown(table, "rows >"), HasSubstr("7: "));
}

TEST(RowView, SortsStablyWithWhatIsNoneBehind) {
  const RowTable table = smallTable();
  const auto by = [&](const char* column, bool descending) {
    return shown(table, "", RowOrder{*table.find(column), descending});
  };
  EXPECT_EQ(by("cycles", false), "1 3 0 2 4");
  EXPECT_EQ(by("cycles", true), "0 1 3 2 4");
  EXPECT_EQ(by("network", false), "1 0 2 3 4") << "by its names";
  EXPECT_EQ(by("network", true), "0 2 3 4 1");
  EXPECT_EQ(by("tile", true), "3 0 2 4 1");
  EXPECT_EQ(by("reason", false), "2 4 0 1 3");
}

TEST(RowView, RowsThatComeStandWhereSortingAllWouldPutThem) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](unsigned end) { return static_cast<std::int64_t>(random() % end); };
    RowTable table = emptyTable();
    const char* filters[] = {"", "rows > 3", "cycles < 50 and state == done"};
    const RowFilter filter = std::get<RowFilter>(RowFilter::parse(filters[below(3)], table));
    std::optional<RowOrder> order;
    if (below(4) > 0) order = RowOrder{static_cast<std::size_t>(below(7)), below(2) == 0};
    std::vector<std::uint32_t> rows;
    while (table.rows() < 300) {
      const std::size_t first = table.rows();
      for (std::int64_t i = below(40); i >= 0; --i) {
        std::optional<std::int64_t> tile = below(4);
        if (*tile == 3) tile.reset();
        table.add(below(5) == 0
                      ? failed(first + i, PointState::Failed, "x")
                      : rowOf(below(1000), below(2), below(9), tile, static_cast<double>(below(90))));
      }
      const std::vector<std::uint32_t> before = rows;
      const std::vector<std::uint32_t> places = takeRows(table, first, filter, order, rows);
      ASSERT_EQ(rows, shownRows(table, filter, order, Progress()));
      ASSERT_EQ(rows.size(), before.size() + places.size());
      std::vector<std::uint32_t> old = rows;
      for (auto place = places.rbegin(); place != places.rend(); ++place) old.erase(old.begin() + *place);
      ASSERT_EQ(old, before);
    }
  }
}

TEST(RowFiles, WriteTheRowsThatAreAskedFor) {
  const RowTable table = smallTable();
  const std::vector<std::uint32_t> rows = {3, 1, 2};
  std::ostringstream csv, json;
  Progress progress;
  writeRowsAsCsv(csv, table, rows, progress);
  EXPECT_EQ(csv.str(),
            "point,network,arch.rows,mapping.tile,state,cycles,instructions,macs,exact,complete,"
            "missing_layers,utilisation,reason\n"
            "3,tc-resnet8,16,4,done,500000,0,7,true,true,0,0.5,\n"
            "1,alex,4,,done,500000,0,7,true,true,0,0.5,\n"
            "2,tc-resnet8,4,2,failed,,,,,,,,\"a deadlock, it seems\"\n");
  writeRowsAsJson(json, table, rows, progress);
  EXPECT_THAT(json.str(), HasSubstr(R"("columns": ["network", "arch.rows", "mapping.tile"])"));
  EXPECT_THAT(
      json.str(),
      HasSubstr(
          R"({"point": 1, "values": {"network": "alex", "arch.rows": 4}, "state": "done", "cycles": 500000, "instructions": 0, "macs": 7, "exact": true, "complete": true, "missing_layers": 0, "utilisation": 0.5})"));
  EXPECT_THAT(json.str(), HasSubstr(R"("state": "failed", "reason": "a deadlock, it seems"})"));
}

}  // namespace
}  // namespace taktwerk::test
