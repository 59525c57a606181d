// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/merge_stores.h"

#include <filesystem>

#include "core/store/database.h"
#include "core/store/stored_rows.h"
#include "core/store/stored_table.h"
#include "tests/core/store/stores.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

void add(const std::string& path, const SweepRow& row, const std::vector<Figure>& figures = threeFigures()) {
  auto store = ResultStore::open(path, ResultStore::Existing::Continue, figures);
  ASSERT_TRUE(store) << problemsOf(store.diagnostics);
  EXPECT_TRUE((*store)->add((*store)->studies({studyOf("one")})[0], row));
}

SweepRow failedRow(const std::string& point) {
  SweepRow row = rowOf(point, 0);
  row.state = PointState::Failed;
  row.figures.clear();
  row.layers.clear();
  return row;
}

TEST_F(Stores, MergedKeepFiguresAndLayers) {
  add(path("a.sqlite"), rowOf("arch.rows=4", 4));
  add(path("b.sqlite"), rowOf("arch.lanes=4", 5));
  ASSERT_TRUE(mergeStores({path("a.sqlite"), path("b.sqlite")}, path("all.sqlite"), Progress()));
  const auto table = readStoredTable(path("all.sqlite"), Progress());
  ASSERT_TRUE(table);
  EXPECT_THAT(table->figures[0].values, ElementsAre(4, 5));
  EXPECT_EQ(*readStoredLayers(path("all.sqlite"), table->place.store, table->ids[1]),
            rowOf("arch.lanes=4", 5).layers);
}

TEST_F(Stores, ThatContradictEachOtherAreNotMerged) {
  fill(path("into.sqlite"), "one", {"arch.rows=2"});
  add(path("a.sqlite"), rowOf("arch.rows=4", 4));
  add(path("b.sqlite"), rowOf("arch.rows=4", 5));
  const auto merged = mergeStores({path("a.sqlite"), path("b.sqlite")}, path("into.sqlite"), Progress());
  EXPECT_FALSE(merged);
  EXPECT_THAT(
      problemsOf(merged.diagnostics),
      HasSubstr("b.sqlite:1:1: error: point 0 (arch.rows=4) has cycles 5 here and 4 in " + path("a.sqlite")));
  EXPECT_EQ(readStoreSummary(path("into.sqlite"))->rows, 1);  // as it was
  // One that is to be made is not there.
  EXPECT_FALSE(mergeStores({path("a.sqlite"), path("b.sqlite")}, path("new.sqlite"), Progress()));
  EXPECT_FALSE(std::filesystem::exists(path("new.sqlite")));
  // Also what was there before counts, and every figure.
  SweepRow other = rowOf("arch.rows=2", 11);
  other.figures[1] = 0.7500000001;
  add(path("c.sqlite"), other);
  EXPECT_THAT(problemsOf(mergeStores({path("c.sqlite")}, path("into.sqlite"), Progress()).diagnostics),
              HasSubstr("has utilisation 0.7500000001 here and 0.5 in " + path("into.sqlite")));
}

TEST_F(Stores, MergedTellManyContradictionsBriefly) {
  for (int i = 0; i < 30; ++i) {
    const std::string point = "arch.rows=" + std::to_string(i);
    add(path("a.sqlite"), rowOf(point, 4));
    add(path("b.sqlite"), rowOf(point, 5));
  }
  const auto merged = mergeStores({path("a.sqlite"), path("b.sqlite")}, path("all.sqlite"), Progress());
  EXPECT_EQ(merged.diagnostics.size(), 20U);
  EXPECT_THAT(problemsOf(merged.diagnostics), HasSubstr("and 10 more like this"));
}

TEST_F(Stores, MergedPreferWhatDidNotFailAndWhatHasMoreFigures) {
  add(path("a.sqlite"), failedRow("arch.rows=4"));
  add(path("b.sqlite"), rowOf("arch.rows=4", 4));
  std::vector<Figure> more = threeFigures();
  more.push_back({"area", "mm²", Figure::Better::Less, "of all objects"});
  SweepRow row = rowOf("arch.rows=4", 4);
  row.figures.resize(more.size(), 7);
  add(path("c.sqlite"), row, more);
  const auto merged = mergeStores({path("a.sqlite"), path("b.sqlite"), path("c.sqlite"), path("a.sqlite")},
                                  path("all.sqlite"), Progress());
  ASSERT_TRUE(merged) << problemsOf(merged.diagnostics);
  EXPECT_EQ(merged->rows, 4);
  EXPECT_EQ(merged->added, 1);
  const auto table = readStoredTable(path("all.sqlite"), Progress());
  ASSERT_EQ(table->size(), 1U);
  EXPECT_EQ(table->states[0], PointState::Done);
  EXPECT_EQ(table->figures.back().values[0], 7);
}

TEST_F(Stores, MergedIntoATableLeaveTheirLayersAlone) {
  add(path("a.sqlite"), rowOf("arch.rows=4", 4));
  add(path("b.sqlite"), rowOf("arch.rows=8", 5));
  {
    Database database;
    ASSERT_TRUE(database.open(path("b.sqlite")));
    ASSERT_TRUE(database.execute("UPDATE layers SET layers = x'00'"));
  }
  const std::vector<std::string> both = {path("a.sqlite"), path("b.sqlite")};
  EXPECT_FALSE(mergeStores(both, path("all.sqlite"), Progress())) << "they would be needed";
  const auto table = mergedTable(both, Progress());
  ASSERT_TRUE(table) << problemsOf(table.diagnostics);
  EXPECT_THAT(table->cycles, ElementsAre(4, 5));
}

TEST_F(Stores, MergedIntoATableAreThatOfTheWhole) {
  const std::vector<std::string> points = {"arch.rows=4", "arch.rows=8", "arch.lanes=3", "arch.rows=2"};
  const auto put = [&](const std::string& name, const std::vector<std::size_t>& which) {
    for (const std::size_t p : which) {
      SweepRow row = rowOf(points[p], static_cast<Cycles>(p) + 10);
      row.point.number = static_cast<std::int64_t>(p);
      add(path(name), row);
    }
  };
  put("whole.sqlite", {0, 1, 2, 3});
  put("a.sqlite", {2});
  put("b.sqlite", {3, 0});
  put("c.sqlite", {1, 0});
  const auto textOf = [](const StoredTable& table) {
    std::string text;
    for (const StoredColumn& column : table.columns) text += column.name + ' ';
    for (const std::uint32_t row : rowsByPoint(table)) {
      text += '\n' + std::to_string(table.numbers[row]) + ' ' + settingsText(settingsOf(table, row)) + ' ' +
              std::to_string(table.cycles[row]);
    }
    return text;
  };
  const auto whole = mergedTable({path("whole.sqlite")}, Progress());
  const auto merged = mergedTable({path("a.sqlite"), path("b.sqlite"), path("c.sqlite")}, Progress());
  ASSERT_TRUE(whole && merged) << problemsOf(merged.diagnostics);
  EXPECT_EQ(textOf(*merged), textOf(*whole));
  EXPECT_EQ(textOf(*merged),
            "arch.lanes arch.rows \n0 arch.rows=4 10\n1 arch.rows=8 11\n2 arch.lanes=3 12\n3 arch.rows=2 13");
  add(path("d.sqlite"), rowOf("arch.rows=4", 99));
  EXPECT_THAT(
      problemsOf(mergedTable({path("a.sqlite"), path("b.sqlite"), path("d.sqlite")}, Progress()).diagnostics),
      HasSubstr("d.sqlite:1:1: error: point 0 (arch.rows=4) has cycles 99 here and 10 in "));
}

TEST_F(Stores, AreAsTheyWereWhenAMergeIsCancelled) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  fill(path("into.sqlite"), "one", {"arch.rows=2"});
  Progress progress;
  progress.cancel();
  (void)mergeStores({path("a.sqlite")}, path("into.sqlite"), progress);
  EXPECT_EQ(readStoreSummary(path("into.sqlite"))->rows, 1);
}

}  // namespace
}  // namespace taktwerk::test
