// SPDX-License-Identifier: GPL-3.0-or-later
// A space is made and run.
#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QFontMetrics>
#include <QHeaderView>
#include <QTest>
#include <set>

#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

TEST_F(SweepPageTest, SaysWhatToDoFirst) {
  EXPECT_EQ(page.setup().whyNotRunnable(), "Open an architecture first.");
  open();
  EXPECT_EQ(page.setup().whyNotRunnable(), "Choose parameters to vary first.");
  EXPECT_THAT(page.resultPanel().progressText().toStdString(), HasSubstr("No results yet. Run (F6)"));
}

TEST_F(SweepPageTest, RunsASpaceAndShowsWhatCoreFinds) {
  open();
  add("fetch_width = 1,2,4");
  add("mac_latency = 1:3");
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.spacePanel().outlookText().toStdString(), HasSubstr("9 points"));
  run();
  ASSERT_EQ(table().rows(), 9U);
  std::set<std::string> designs;
  for (std::size_t row = 0; row < 9; ++row)
    designs.insert(cell(row, "fetch_width") + ' ' + cell(row, "mac_latency"));
  EXPECT_EQ(designs, (std::set<std::string>{"1 1", "1 2", "1 3", "2 1", "2 2", "2 3", "4 1", "4 2", "4 3"}));
  // What the window itself estimates with these values.
  for (std::size_t row = 0; row < 9; row += 4) {
    models.estimates.setParameters({{"arch.fetch_width", std::stoll(cell(row, "fetch_width"))},
                                    {"arch.mac_latency", std::stoll(cell(row, "mac_latency"))}});
    models.estimates.run();
    ASSERT_TRUE(
        waitFor([this] { return !models.estimates.outOfDate() && models.estimates.outcome().estimate; }));
    EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cell(row, "cycles"));
  }
  EXPECT_EQ(page.resultPanel().shownText(), "showing all 9");
  EXPECT_THAT(page.resultPanel().progressText().toStdString(), HasSubstr("9 points"));
  EXPECT_THAT(page.resultPanel().constantText().toStdString(), HasSubstr("macs = "));
  const int macs = static_cast<int>(*table().find("macs"));
  EXPECT_TRUE(page.resultPanel().table().isColumnHidden(macs));
  page.resultPanel().setAllColumns(true);
  EXPECT_FALSE(page.resultPanel().table().isColumnHidden(macs));
  page.resultPanel().setFilter("fetch_width >= 2 and mac_latency < 3");
  EXPECT_EQ(page.resultPanel().shownText(), "showing 4 of 9");
  page.resultPanel().setFilter("fetch > 2");
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("there is no column"));
}

TEST_F(SweepPageTest, WhatCannotBeIsARowWithItsReason) {
  open();
  add("mac_latency = 0,1");
  ASSERT_TRUE(settle());
  run();
  ASSERT_EQ(table().rows(), 2U);
  const std::size_t row = rowOf("0");
  EXPECT_EQ(cell(row, "state"), "infeasible");
  EXPECT_THAT(cell(row, "reason"), HasSubstr("mac_latency"));
  EXPECT_EQ(table().count(PointState::Done), 1);
}

TEST_F(SweepPageTest, SaysWhatIsWrongWithTheSpaceBeforeItRuns) {
  open();
  add("fetch_widt = 1,2");
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.spacePanel().messageText().toStdString(), HasSubstr("fetch_width"));
  EXPECT_NE(page.setup().whyNotRunnable(), QString());
  page.spacePanel().tree().selectDimension(0);
  page.spacePanel().tree().removeCurrent();
  EXPECT_TRUE(page.setup().isEmpty());
  EXPECT_EQ(page.spacePanel().messageText(), QString());
}

TEST_F(SweepPageTest, EditsInPlaceAreStepsOfTheHistory) {
  open();
  add("fetch_width = 1,2");
  SpaceTree& tree = page.spacePanel().tree();
  tree.commit(*tree.rowOf(0), 1, "1:8:*2");
  EXPECT_EQ(tree.rowOf(0)->text(1), "1:8:*2");
  EXPECT_EQ(tree.rowOf(0)->text(2), "4 values");
  tree.commit(*tree.rowOf(0), 1, "8:1");
  EXPECT_THAT(page.spacePanel().messageText().toStdString(), HasSubstr("fetch_width"));
  EXPECT_EQ(tree.rowOf(0)->text(1), "1:8:*2") << "what cannot be is refused";
  models.history.undo();
  EXPECT_EQ(tree.rowOf(0)->text(1), "1,2");
  models.history.undo();
  EXPECT_EQ(tree.rowOf(0), nullptr);
  EXPECT_FALSE(models.workspace.isModified());
  models.history.redo();
  models.history.redo();
  EXPECT_EQ(tree.rowOf(0)->text(1), "1:8:*2");
  EXPECT_TRUE(models.workspace.isModified());
}

TEST_F(SweepPageTest, VariesAParameterOverValuesThatSuitIt) {
  open();
  page.spacePanel().vary("arch.fetch_width", {});
  ASSERT_TRUE(page.setup().find("arch.fetch_width"));
  // Half, once, twice and four times what it is, as far as that is from 1 to 16.
  EXPECT_EQ(page.spacePanel().tree().rowOf(0)->text(1), "1,2,4");
  const int steps = models.history.count();
  page.spacePanel().vary("arch.fetch_width", {});
  EXPECT_EQ(models.history.count(), steps) << "it is varied already";
  page.spacePanel().vary("mapping.tile", {1, 2, 8});
  EXPECT_EQ(page.spacePanel().tree().rowOf(1)->text(1), "1,2,8");
}

TEST_F(SweepPageTest, StopsAndGoesOnWithWhatItKnows) {
  open();
  add("fetch_width = 1:16");
  add("mac_latency = 1:64");
  ASSERT_TRUE(settle());
  page.start();
  // However quick points are: it runs only between two lines of this test, until there are some.
  const auto runForAMoment = [this] {
    page.run().goOn();
    page.run().pause();
    return waitFor([this] { return page.run().state() == SweepRun::State::Paused; });
  };
  const auto runUntilMoreThan = [&](std::size_t rows) {
    for (int i = 0; i < 10'000 && table().rows() <= rows; ++i) {
      if (!runForAMoment()) return false;
    }
    return table().rows() > rows;
  };
  ASSERT_TRUE(waitFor([this] { return page.run().state() == SweepRun::State::Running; }));
  ASSERT_TRUE(runUntilMoreThan(0));
  const std::size_t paused = table().rows();
  int looks = 0;  // at how far jobs are: ten a second
  QObject::connect(&models.jobs, &JobManager::progressed, &page, [&looks] { ++looks; });
  ASSERT_TRUE(waitFor([&looks] { return looks >= 3; }));
  EXPECT_EQ(table().rows(), paused);
  ASSERT_TRUE(runUntilMoreThan(paused));
  page.run().stop();
  EXPECT_EQ(page.run().state(), SweepRun::State::Stopping) << "at once";
  EXPECT_THAT(page.resultPanel().progressText().toStdString(), HasSubstr("stopping"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(page.run().totals()->stopped);
  const std::int64_t found = page.run().totals()->done;
  ASSERT_LT(found, 1024);
  page.start();
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 1024U);
  EXPECT_EQ(page.run().totals()->known, found);
}

TEST_F(SweepPageTest, ARunWhoseWorkThrowsIsOverAndSaysSo) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  SweepRequest request = page.setup().request();
  request.store = folder.path("kept.sqlite");
  request.choice.how = PointChoice::How::LatinHypercube;
  request.choice.wanted = std::int64_t{1} << 61;  // no memory holds so many
  QString thrown;
  QObject::connect(&models.jobs, &JobManager::failed, &page,
                   [&thrown](const QString& what) { thrown = what; });
  page.run().start(request);
  ASSERT_TRUE(page.run().isRunning());
  ASSERT_TRUE(settle());
  EXPECT_NE(thrown, QString());
  EXPECT_EQ(page.run().state(), SweepRun::State::Idle);
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("ended unexpectedly"));
  EXPECT_EQ(whyNoRun(), "");
  run();
  EXPECT_EQ(table().rows(), 3U);
  EXPECT_EQ(page.resultPanel().messageText(), "");
}

TEST_F(SweepPageTest, RunCountsThePointsFirstWhereThatWasStopped) {
  open();
  const QString own = folder.path("own.network.yaml");  // that has to be read first
  ASSERT_TRUE(QFile::copy(tcResNet8(), own));
  bool stops = true;
  QObject::connect(&models.jobs, &JobManager::started, &page, [&](const QString& channel) {
    if (channel == QLatin1String("space") && stops) models.jobs.cancel(models.jobs.states().back().id);
  });
  ASSERT_EQ(page.setup().change("Add", withAlternative({}, Dimension::Of::Network, {own.toStdString()}, {})),
            "");
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  stops = false;
  ASSERT_FALSE(page.setup().outlook());
  EXPECT_THAT(page.spacePanel().outlookText().toStdString(), HasSubstr("was stopped"));
  ASSERT_EQ(whyNoRun(), "");
  models.commands.command("sweep.run").run();
  ASSERT_TRUE(waitFor([this] { return page.run().totals().has_value(); }));
  EXPECT_EQ(table().rows(), 3U);
}

TEST_F(SweepPageTest, NothingStartsByItselfThatIsSomethingElseByNow) {
  open();
  bool stops = true;
  QObject::connect(&models.jobs, &JobManager::started, &page, [&](const QString& channel) {
    if (channel == QLatin1String("space") && stops) models.jobs.cancel(models.jobs.states().back().id);
  });
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  stops = false;
  ASSERT_EQ(whyNoRun(), "");
  models.commands.command("sweep.run").run();
  models.estimates.setParameters({{"arch.mac_latency", 2}});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(page.setup().outlook());
  EXPECT_FALSE(page.run().totals());
}

TEST_F(SweepPageTest, WhatIsTypedStaysWhenTheRowsAreMadeAnew) {
  open();
  ASSERT_EQ(page.setup().change("Add",
                                withAlternative({}, Dimension::Of::Network, {tcResNet8().toStdString()}, {})),
            "");
  add("fetch_width = 1,2");
  add("memory_latency = 2 * fetch_width");
  add("fetch_width < 3");
  SpaceTree& tree = page.spacePanel().tree();
  tree.expandAll();
  for (int h = 0; h < tree.topLevelItemCount(); ++h) {
    QTreeWidgetItem* item = tree.topLevelItem(h)->child(0);
    tree.editItem(item, 1);
    auto* field = tree.viewport()->findChild<QLineEdit*>();
    ASSERT_TRUE(field) << h;
    field->setText("typed");
    tree.setSpace(page.setup().space());
    EXPECT_EQ(field->text(), "typed") << item->text(0).toStdString();
    QTest::keyClick(field, Qt::Key_Escape);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  EXPECT_EQ(tree.topLevelItemCount(), 4);
}

TEST_F(SweepPageTest, MayGoDuringARunWhoseFolderStaysUntilItEnds) {
  open();
  auto other = std::make_unique<SweepPage>(models);
  other->show();
  other->spacePanel().vary("arch.fetch_width", {1, 2, 3, 4});
  other->spacePanel().vary("arch.mac_latency", {1, 2, 3, 4, 5, 6, 7, 8});
  ASSERT_TRUE(waitFor([&] { return other->setup().outlook() && !other->setup().isLooking(); }));
  other->start();
  ASSERT_TRUE(waitFor([&] { return other->results().table().rows() >= 1; }));
  const QString scratch = QFileInfo(other->run().request().store).path();
  const std::weak_ptr<const QTemporaryDir> folderOfRun = other->run().request().scratch;
  other.reset();
  EXPECT_TRUE(QFileInfo::exists(scratch) || folderOfRun.expired()) << "the thread writes there";
  ASSERT_TRUE(waitFor([&] { return !QFileInfo::exists(scratch); })) << "it goes with the job";
  ASSERT_TRUE(settle());
}

TEST_F(SweepPageTest, AFilterThatIsStoppedIsGoneFromItsBox) {
  RowTable many({{"arch.rows", {}}}, {});
  SweepRow row;
  for (int i = 0; i < 60'000; ++i) {
    row.point.number = i;
    row.point.values = {i % 10};
    many.add(row);
  }
  page.results().begin(many);
  bool stops = true;
  QObject::connect(&models.jobs, &JobManager::started, &page, [&] {
    if (stops) models.jobs.cancel(models.jobs.states().back().id);
  });
  page.resultPanel().setFilter("rows < 5");
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.resultPanel().filter().text(), "");
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("was stopped"));
  EXPECT_THAT(page.resultPanel().shownText().toStdString(), HasSubstr("showing all"));
  stops = false;
  page.resultPanel().setFilter("rows < 5");
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.results().shown().size(), 30'000U);
  EXPECT_EQ(page.resultPanel().messageText(), "");
}

TEST_F(SweepPageTest, ColumnsHaveRoomForTheirTitlesAndAxesForAllPoints) {
  Figure cycles;
  cycles.name = cycles.unit = "cycles";
  RowTable rows({{"arch.scratchpad_rows", {}}, {"arch.mesh", {}}}, {cycles});
  const auto addRow = [&](std::int64_t scratchpad, std::int64_t mesh, double count) {
    SweepRow row;
    row.point.number = static_cast<std::int64_t>(rows.rows());
    row.point.values = {scratchpad, mesh};
    row.figures = {count};
    rows.add(row);
  };
  // At first one parameter is the same in all rows, and hidden.
  addRow(1024, 8, 2e6);
  addRow(1024, 16, 1e6);
  page.results().begin(rows);
  ASSERT_TRUE(settle());
  const QTableView& view = page.resultPanel().table();
  const int column = static_cast<int>(*rows.find("arch.scratchpad_rows"));
  ASSERT_TRUE(view.isColumnHidden(column));
  addRow(4096, 4, 9e6);
  page.results().grow(rows);
  ASSERT_TRUE(settle());
  ASSERT_FALSE(view.isColumnHidden(column));
  const QFontMetrics metrics(view.horizontalHeader()->font());
  EXPECT_GT(view.columnWidth(column), metrics.horizontalAdvance("scratchpad_rows") + 6);
  EXPECT_FALSE(page.resultPanel().plots().scatter().isOutgrown()) << "nobody waits for more";
  // What the user makes of a width stays.
  page.resultPanel().table().setColumnWidth(column, 70);
  addRow(4096, 32, 5e5);
  page.results().grow(rows);
  ASSERT_TRUE(settle());
  EXPECT_EQ(view.columnWidth(column), 70);
}

}  // namespace
}  // namespace taktwerk::test
