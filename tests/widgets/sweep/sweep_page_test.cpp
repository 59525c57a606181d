// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/sweep_page.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/study/study_memory.h"
#include "core/sweep/run_sweep.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/sweep/point_settings.h"
#include "widgets/sweep/result_model.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_results.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class SweepPageTest : public ::testing::Test {
 protected:
  SweepPageTest() {
    page.resize(1200, 700);
    page.show();
  }
  bool settle() {
    return waitFor(
        [this] {
          return models.jobs.states().empty() && !models.estimates.isWaiting() && !page.setup().isLooking() &&
                 !page.run().isRunning();
        },
        110000);
  }
  void open(const QString& architecture = oneMac(), const QString& network = tcResNet8()) {
    models.documents.open(architecture);
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(network);
    ASSERT_TRUE(settle());
  }
  void add(const char* line) {
    auto* field = page.spacePanel().findChild<QLineEdit*>();
    field->setText(QLatin1String(line));
    page.spacePanel().addLine();
    EXPECT_EQ(field->text(), QString()) << page.spacePanel().messageText().toStdString();
  }
  void run() {
    ASSERT_EQ(page.setup().whyNotRunnable(), QString());
    page.start();
    ASSERT_TRUE(settle());
  }
  /// Why F6 does nothing; nothing when it would.
  std::string whyNoRun() { return models.commands.command("sweep.run").whyNot().toStdString(); }
  const RowTable& table() { return page.results().table(); }
  std::string cell(std::size_t row, const char* column) { return table().text(*table().find(column), row); }
  /// The place of the row of a point.
  std::size_t rowOf(const std::string& point) {
    for (std::size_t row = 0; row < table().rows(); ++row) {
      if (table().text(0, row) == point) return row;
    }
    ADD_FAILURE() << "no point " << point;
    return 0;
  }
  void choosePoint(const std::string& point) {
    const auto& shown = page.results().shown();
    const auto row = static_cast<std::uint32_t>(rowOf(point));
    const auto place = std::find(shown.begin(), shown.end(), row) - shown.begin();
    page.resultPanel().table().selectRow(static_cast<int>(place));
  }

  Theme theme{false};
  Folder folder;
  Models models{theme, {{}, {}, {}, folder.path("autosave")}};
  SweepPage page{models};
};

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
  EXPECT_EQ(page.resultPanel().shownText(), "showing all 9");
  EXPECT_THAT(page.resultPanel().progressText().toStdString(), HasSubstr("9 points"));
  for (std::size_t row = 0; row < 9; ++row) {
    const SweepPoint point = *[&]() -> std::optional<SweepPoint> {
      const auto sweep = page.run().request().sweep;
      const PointSupply supply = pointsOf(sweep, {});
      const Progress progress;
      while (auto each = supply.stream(progress)) {
        if (std::to_string(each->number) == table().text(0, row)) return each;
      }
      return std::nullopt;
    }();
    StudyMemory memory;
    Progress progress;
    StudyOptions options;
    const SweepRow expected = estimatePoint(*page.run().request().sweep, point, options, memory, progress);
    EXPECT_EQ(cell(row, "cycles"), std::to_string(expected.cycles));
    EXPECT_EQ(cell(row, "fetch_width"), std::to_string(*point.values[0]));
  }
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
  EXPECT_GE(page.setup().space().dimensions[0].size(), 2);
  const int steps = models.history.count();
  page.spacePanel().vary("arch.fetch_width", {});
  EXPECT_EQ(models.history.count(), steps) << "it is varied already";
  page.spacePanel().vary("mapping.tile", {1, 2, 8});
  EXPECT_EQ(page.spacePanel().tree().rowOf(1)->text(1), "1,2,8");
}

TEST_F(SweepPageTest, StopsAndGoesOnWithWhatItKnows) {
  open();
  add("fetch_width = 1:8");
  add("mac_latency = 1:32");
  ASSERT_TRUE(settle());
  page.start();
  ASSERT_TRUE(waitFor([this] { return table().rows() >= 3; }));
  page.run().pause();
  ASSERT_TRUE(waitFor([this] { return page.run().state() == SweepRun::State::Paused; }));
  const std::size_t paused = table().rows();
  QTest::qWait(300);
  EXPECT_EQ(table().rows(), paused);
  page.run().goOn();
  ASSERT_TRUE(waitFor([this, paused] { return table().rows() > paused; }));
  page.run().stop();
  EXPECT_EQ(page.run().state(), SweepRun::State::Stopping) << "at once";
  EXPECT_THAT(page.resultPanel().progressText().toStdString(), HasSubstr("stopping"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(page.run().totals()->stopped);
  const std::int64_t found = page.run().totals()->done;
  ASSERT_LT(found, 256);
  page.start();
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 256U);
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

TEST_F(SweepPageTest, OpensAPointAsChoicesThatCanBeUndone) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  choosePoint("2");
  page.openPoint();
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 4);
  ASSERT_TRUE(settle());
  EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cell(rowOf("2"), "cycles"));
  EXPECT_TRUE(page.setup().find("fetch_width")) << "the space stays";
  models.history.undo();
  EXPECT_TRUE(models.estimates.input().parameters.empty());
}

TEST_F(SweepPageTest, APointOfFilesThatAreGoneIsNotOpened) {
  const QString own = folder.path("own.network.yaml");
  ASSERT_TRUE(QFile::copy(tcResNet8(), own));
  open(oneMac(), own);
  add("fetch_width = 1,2");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(QFile::remove(own));
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  choosePoint("1");
  page.openPoint();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("own.network.yaml"));
  EXPECT_EQ(models.estimates.input().networkPath, tcResNet8());
  EXPECT_TRUE(models.estimates.input().parameters.empty());
  ASSERT_TRUE(QFile::copy(tcResNet8(), own));
  page.openPoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(models.estimates.input().networkPath, own);
  EXPECT_TRUE(models.estimates.input().mappingPaths.isEmpty()) << "those beside are found by themselves";
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 2);
}

TEST_F(SweepPageTest, PathsOfAStoreThatAreNotAbsoluteAreBesideIt) {
  StoredOrigins origins;
  origins.path = toPath(folder.path("results.sqlite")).string();
  origins.studies.push_back(
      {1, {}, {{1, "architecture", "a.arch.yaml"}, {2, "network", "n.network.yaml"}}, {}});
  origins.study = {0};
  RowTable rows({}, {});
  rows.add({});
  folder.write("a.arch.yaml", "x");
  const PointDesign design = storedDesignOf(rows, 0, origins);
  EXPECT_EQ(design.files.architecture, folder.path("a.arch.yaml"));
  EXPECT_EQ(design.missing, QStringList{"n.network.yaml"});
}

TEST_F(SweepPageTest, PointsAreThoseOfTheTextThatWasEstimated) {
  QFile shipped(oneMac());
  ASSERT_TRUE(shipped.open(QIODevice::ReadOnly));
  const QString own = folder.write("own.arch.yaml", shipped.readAll());
  open(own);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  add("fetch_width = 1,2");
  ASSERT_TRUE(settle());
  run();
  const std::string before = models.document()->bytes;
  ASSERT_EQ(models.documents.edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}), QString());
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 2U) << "results stay";
  choosePoint("1");
  QString said;
  QObject::connect(&models.session, &Session::said, &page, [&said](const QString& s) { said = s; });
  page.openPoint();
  EXPECT_THAT(said.toStdString(), HasSubstr("architecture was changed since"));
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  QFile saved(folder.path("two.arch.yaml"));
  ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
  const std::string text = saved.readAll().toStdString();
  EXPECT_THAT(text, HasSubstr("fetch_width: {default: 2,"));
  EXPECT_EQ(text.size(), before.size()) << "as it was, but for the values";
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  page.openPoint();
  EXPECT_FALSE(said.contains("changed since"));
}

TEST_F(SweepPageTest, SavesAPointAsAnArchitecture) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  const QString path = folder.path("two.arch.yaml");
  models.ask.architecturePath = [&](const QString&) { return path; };
  page.savePoint();
  const auto saved = readArchitecture(toPath(path));
  ASSERT_TRUE(saved);
  for (const Parameter& parameter : saved->parameters) {
    if (parameter.name == "fetch_width") {
      EXPECT_EQ(parameter.defaultValue, 2);
    }
  }
}

TEST_F(SweepPageTest, ExportsWhatIsShownAndAll) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  page.resultPanel().setFilter("fetch_width > 1");
  models.ask.tablePath = [this](const QString&) { return folder.path("r.csv"); };
  page.exportRows(false);
  ASSERT_TRUE(settle());
  QFile file(folder.path("r.csv"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.readAll().count('\n'), 3);
  models.ask.tablePath = [this](const QString&) { return folder.path("r.json"); };
  page.exportRows(true);
  ASSERT_TRUE(settle());
  QFile json(folder.path("r.json"));
  ASSERT_TRUE(json.open(QIODevice::ReadOnly));
  EXPECT_EQ(json.readAll().count("\"point\""), 3);
}

TEST_F(SweepPageTest, CopiesTheChosenRowsInTheOrderInWhichTheyAreShown) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  const int point = 0;
  page.resultPanel().table().sortByColumn(point, Qt::DescendingOrder);
  page.resultPanel().table().selectAll();
  QApplication::clipboard()->setText("before");
  models.commands.command("sweep.copy").run();
  ASSERT_TRUE(settle());
  const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 4);
  EXPECT_TRUE(lines[0].startsWith("point,"));
  EXPECT_TRUE(lines[1].startsWith("2,4,"));
  EXPECT_TRUE(lines[3].startsWith("0,1,"));
}

TEST_F(SweepPageTest, AFilterThatIsStoppedIsGoneFromItsBox) {
  RowTable many({{"arch.rows", {}}}, {});
  SweepRow row;
  for (int i = 0; i < 1'000'000; ++i) {
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
  EXPECT_EQ(page.results().shown().size(), 500'000U);
  EXPECT_EQ(page.resultPanel().messageText(), "");
}

TEST_F(SweepPageTest, AnExportThatIsStoppedSaysSo) {
  RowTable many({{"arch.rows", {}}}, {});
  SweepRow row;
  for (int i = 0; i < 300'000; ++i) {
    row.point.number = i;
    row.point.values = {i};
    many.add(row);
  }
  page.results().begin(many);
  QString said;
  QObject::connect(&models.session, &Session::said, &page, [&said](const QString& s) { said = s; });
  models.ask.tablePath = [this](const QString&) { return folder.path("r.csv"); };
  page.exportRows(true);
  const std::vector<JobState> jobs = models.jobs.states();
  ASSERT_EQ(jobs.size(), 1U);
  models.jobs.cancel(jobs.front().id);
  ASSERT_TRUE(settle());
  ASSERT_NE(said, QString());
  EXPECT_EQ(said.startsWith("Wrote"), QFileInfo::exists(folder.path("r.csv")));
}

TEST_F(SweepPageTest, KeepsResultsInAFileAndReadsThemThere) {
  open();
  add("fetch_width = 1,2,4");
  const QString store = folder.path("kept.sqlite");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  EXPECT_EQ(page.run().totals()->known, 0);
  EXPECT_TRUE(QFileInfo::exists(store));
  run();
  EXPECT_EQ(page.run().totals()->known, 3);
  const std::string cycles = cell(rowOf("2"), "cycles");
  page.openResults(store);
  ASSERT_TRUE(settle());
  ASSERT_EQ(table().rows(), 3U);
  EXPECT_EQ(cell(rowOf("2"), "cycles"), cycles);
  EXPECT_EQ(cell(rowOf("2"), "fetch_width"), "4");
  choosePoint("2");
  page.openPoint();
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 4);
  models.history.undo();
  ASSERT_TRUE(settle());
  QFile damaged(store);
  ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
  damaged.write("no store at all");
  damaged.close();
  run();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("store"));
}

TEST_F(SweepPageTest, ARunTakesThePlaceOfResultsThatAreBeingRead) {
  open();
  add("fetch_width = 1,2,4");
  const QString store = folder.path("kept.sqlite");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  page.setup().setStore({});
  page.spacePanel().tree().selectDimension(0);
  page.spacePanel().tree().removeCurrent();
  add("mac_latency = 1,2");
  ASSERT_TRUE(settle());
  ASSERT_EQ(whyNoRun(), "");
  page.openResults(store);
  EXPECT_THAT(whyNoRun(), HasSubstr("being read"));
  page.start();  // as soon as the key was pressed before
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 2U);
  EXPECT_TRUE(table().find("mac_latency"));
  EXPECT_FALSE(table().find("fetch_width"));
  page.openResults(store);
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 3U);
  EXPECT_EQ(whyNoRun(), "");
}

}  // namespace
}  // namespace taktwerk::test
