// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/results/sweep_results.h"

#include <QAbstractItemModelTester>
#include <QBrush>
#include <QTableView>
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/widgets/wait.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/result_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

class Results : public ::testing::Test {
 protected:
  static RowTable emptyTable() {
    Figure cycles;
    cycles.name = cycles.unit = "cycles";
    return RowTable({{"arch.rows", {}}, {"network", {"small", "large"}}}, {cycles});
  }
  static void add(RowTable& table, std::int64_t number, std::int64_t rows, double cycles) {
    SweepRow row;
    row.point.number = number;
    row.point.values = {rows, number % 2};
    row.figures = {cycles};
    table.add(row);
  }
  static void addFailed(RowTable& table, std::int64_t number, const std::string& reason) {
    SweepRow row;
    row.point.number = number;
    row.point.values = {1, 0};
    row.state = PointState::Failed;
    row.reason = reason;
    table.add(row);
  }
  QString cell(int row, const char* column) {
    const auto found = results.table().find(column);
    return model.index(row, static_cast<int>(*found)).data().toString();
  }
  QString points() {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) all << cell(row, "point");
    return all.join(QLatin1Char(' '));
  }

  JobManager jobs;
  Theme theme{false};
  SweepResults results{jobs};
  ResultModel model{theme, results};
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(Results, ShowsRowsAsTheyComeAndKeepsWhatIsSelected) {
  QTableView view;
  view.setModel(&model);
  RowTable table = emptyTable();
  results.begin(table);
  for (int i = 0; i < 4; ++i) add(table, i, 8 - i, 100.0 * i);
  results.grow(table);
  EXPECT_EQ(points(), "0 1 2 3");
  view.selectRow(2);
  add(table, 4, 9, 250);
  results.grow(table);
  EXPECT_EQ(view.currentIndex().row(), 2);
  model.sort(static_cast<int>(*table.find("cycles")), Qt::DescendingOrder);
  EXPECT_EQ(points(), "3 4 2 1 0");
  EXPECT_EQ(view.currentIndex().row(), 2) << "the same point";
  EXPECT_EQ(cell(view.currentIndex().row(), "point"), "2");
  add(table, 5, 9, 999);
  addFailed(table, 6, "a deadlock");
  results.grow(table);
  EXPECT_EQ(points(), "5 3 4 2 1 0 6") << "what has no figure is last";
  EXPECT_EQ(cell(view.currentIndex().row(), "point"), "2");
  EXPECT_EQ(view.selectionModel()->selectedRows().size(), 1);
  EXPECT_EQ(results.setFilter("rows >= 7"), QString());
  EXPECT_EQ(points(), "5 4 1 0");
  EXPECT_FALSE(view.selectionModel()->hasSelection()) << "what is filtered out is not selected";
  EXPECT_EQ(results.setFilter("cycles"), QString());
  EXPECT_EQ(results.setFilter({}), QString());
  model.sort(-1, Qt::AscendingOrder);
  EXPECT_EQ(points(), "0 1 2 3 4 5 6");
}

TEST_F(Results, StandByTheNumbersOfTheirPointsWhereverThreadsAre) {
  RowTable table = emptyTable();
  for (const int number : {2, 0, 5}) add(table, number, number, 10.0 * number);
  results.begin(table);
  EXPECT_EQ(points(), "0 2 5");
  for (const int number : {1, 7, 3}) add(table, number, number, 10.0 * number);
  results.grow(table);
  EXPECT_EQ(points(), "0 1 2 3 5 7");
  EXPECT_EQ(results.setFilter("rows != 3"), QString());
  EXPECT_EQ(points(), "0 1 2 5 7");
  model.sort(static_cast<int>(*table.find("cycles")), Qt::DescendingOrder);
  EXPECT_EQ(points(), "7 5 2 1 0");
  model.sort(-1, Qt::AscendingOrder);
  EXPECT_EQ(points(), "0 1 2 5 7");
}

TEST_F(Results, AreWrittenAsPeopleReadThem) {
  Figure cycles, time;
  cycles.name = cycles.unit = "cycles";
  time.name = "time";
  time.unit = "s";
  RowTable table({{"arch.rows", {}}}, {cycles, time});
  SweepRow row;
  row.point.values = {1};
  row.figures = {29930, 2.993e-05};
  row.complete = false;
  row.missingLayers = 2;
  row.reason = "2 layers missing: fc, conv";
  table.add(row);
  results.begin(table);
  EXPECT_EQ(cell(0, "time"), "29.93 µs");
  EXPECT_EQ(table.text(*table.find("time"), 0), "2.993e-05") << "exact in files";
  EXPECT_EQ(cell(0, "state"), "⚠ done, 2 layers missing");
  const QModelIndex state = model.index(0, static_cast<int>(table.stateColumn()));
  EXPECT_EQ(state.data(Qt::ForegroundRole).value<QBrush>().color(), theme.colour(&Palette::warning));
  EXPECT_EQ(state.data(Qt::ToolTipRole).toString(), "2 layers missing: fc, conv");
}

TEST_F(Results, StatesAreToldApartByMoreThanColour) {
  RowTable table = emptyTable();
  add(table, 0, 1, 5);
  addFailed(table, 1, "a deadlock");
  results.begin(table);
  EXPECT_EQ(cell(0, "state"), "✓ done");
  EXPECT_EQ(cell(1, "state"), "✕ failed");
  EXPECT_EQ(cell(1, "reason"), "a deadlock");
  EXPECT_EQ(cell(1, "cycles"), "");
  const int state = static_cast<int>(table.stateColumn());
  EXPECT_NE(model.index(0, state).data(Qt::ForegroundRole), model.index(1, state).data(Qt::ForegroundRole));
  SweepPoint running;
  running.number = 7;
  running.values = {3, std::nullopt};
  model.setRunning({running, running});
  EXPECT_EQ(model.rowCount(), 4);
  EXPECT_EQ(cell(2, "state"), "◌ running");
  EXPECT_EQ(cell(2, "rows"), "3");
  EXPECT_FALSE(model.rowAt(2));
  add(table, 2, 1, 6);
  results.grow(table);
  EXPECT_EQ(cell(2, "point"), "2") << "rows come in front of what is under way";
  model.setRunning({});
  EXPECT_EQ(model.rowCount(), 3);
}

TEST_F(Results, SaysWhatIsWrongWithAFilterAndKeepsTheOneBefore) {
  RowTable table = emptyTable();
  add(table, 0, 1, 5);
  add(table, 1, 9, 5);
  results.begin(table);
  EXPECT_EQ(results.setFilter("rows > 5"), QString());
  EXPECT_TRUE(results.setFilter("row > 5").contains("Column 1: there is no column"));
  EXPECT_EQ(points(), "1");
  results.begin(table);
  EXPECT_EQ(points(), "1") << "the filter holds for the next run, too";
}

TEST_F(Results, ManyRowsAreArrangedInAJobWhileMoreCome) {
  std::mt19937 random(7);
  RowTable table = emptyTable();
  std::vector<double> figures;
  figures.reserve(120'500);
  for (int i = 0; i < 120'500; ++i) figures.push_back(static_cast<double>(random() % 10'000));
  const auto addTo = [&](int end) {
    for (int i = static_cast<int>(table.rows()); i < end; ++i)
      add(table, i, i % 50, figures[static_cast<std::size_t>(i)]);
  };
  addTo(120'000);
  results.begin(table);
  EXPECT_EQ(model.rowCount(), 120'000);
  const auto cycles = *table.find("cycles");
  results.setOrder(RowOrder{cycles, false});
  EXPECT_EQ(results.setFilter("rows < 25"), QString());
  EXPECT_TRUE(results.isArranging());
  EXPECT_EQ(model.rowCount(), 120'000) << "what was shown stays until then";
  addTo(120'500);
  results.grow(table);
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  // Equal ones in the order in which they came.
  std::vector<std::uint32_t> expected;
  expected.reserve(60'250);
  for (std::uint32_t row = 0; row < 120'500; ++row) {
    if (row % 50 < 25) expected.push_back(row);
  }
  std::stable_sort(expected.begin(), expected.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return figures[a] < figures[b]; });
  EXPECT_EQ(results.shown(), expected);
  EXPECT_EQ(model.rowCount(), static_cast<int>(results.shown().size()));
}

TEST_F(Results, AFilterWhoseJobIsStoppedHoldsNotAndCanBeAskedForAgain) {
  RowTable table = emptyTable();
  constexpr int many = 60'000;  // that are arranged in a job
  for (int i = 0; i < many; ++i) add(table, i, i % 50, static_cast<double>(many - i));
  results.begin(table);
  ASSERT_EQ(results.setFilter("rows < 25"), QString());
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  ASSERT_EQ(model.rowCount(), many / 2);
  int stopped = 0;
  bool stops = true;
  QObject::connect(&results, &SweepResults::arrangingStopped, &results, [&stopped] { ++stopped; });
  QObject::connect(&jobs, &JobManager::started, &jobs, [&] {
    if (stops) jobs.cancel(jobs.states().back().id);  // before it has done anything
  });
  const RowOrder order{*table.find("cycles"), false};
  results.setOrder(order);
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  EXPECT_EQ(stopped, 1);
  EXPECT_FALSE(results.order()) << "what is shown is not sorted";
  EXPECT_EQ(results.setFilter("rows < 5"), QString());
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  EXPECT_EQ(stopped, 2);
  EXPECT_EQ(results.filter().text(), "rows < 25");
  EXPECT_EQ(model.rowCount(), many / 2);
  stops = false;
  results.setOrder(order);
  EXPECT_EQ(results.setFilter("rows < 5"), QString());
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  EXPECT_EQ(stopped, 2);
  EXPECT_EQ(model.rowCount(), many / 10);
  EXPECT_EQ(cell(0, "point"), "59\u202F954");
}

TEST_F(Results, AFilterOfATableThatIsGoneIsNotWaitedFor) {
  RowTable table = emptyTable(), other = emptyTable();
  for (int i = 0; i < 60'000; ++i) add(table, i, i % 50, 1);
  add(other, 0, 1, 1);
  results.begin(table);
  ASSERT_EQ(results.setFilter("rows < 25"), QString());
  ASSERT_TRUE(results.isArranging());
  results.begin(other);
  EXPECT_FALSE(results.isArranging()) << "though its job may not have noticed yet";
  EXPECT_EQ(model.rowCount(), 1);
  ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
  EXPECT_EQ(results.filter().text(), "rows < 25");
}

TEST_F(Results, AnotherLargeTableIsFilteredInAJob) {
  RowTable table = emptyTable();
  for (int i = 0; i < 120'000; ++i) add(table, i, i % 50, 1);
  results.begin(table);
  ASSERT_EQ(results.setFilter("rows < 25"), QString());
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  results.begin(table);
  EXPECT_TRUE(results.isArranging()) << "not while the window waits";
  EXPECT_EQ(model.rowCount(), 120'000);
  ASSERT_TRUE(waitFor([this] { return !results.isArranging(); }));
  EXPECT_EQ(model.rowCount(), 60'000);
}

}  // namespace
}  // namespace taktwerk::test
