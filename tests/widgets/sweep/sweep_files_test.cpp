// SPDX-License-Identifier: GPL-3.0-or-later
// Results of files that lie elsewhere by now, and results that are in no file yet.
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/point_layers.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class SweepFilesTest : public SweepPageTest {
 protected:
  /// A project in a folder of its own: an architecture with its mappings, and a network beside them.
  void makeProject(const QString& name) {
    project = folder.path(name);
    const QDir shipped = QFileInfo(oneMac()).dir();
    ASSERT_TRUE(QDir().mkpath(project + "/archs/mappings"));
    QFile architecture(oneMac());
    ASSERT_TRUE(architecture.open(QIODevice::ReadOnly));
    folder.write(name + "/archs/own.arch.yaml", architecture.readAll() + "# our own\n");
    ASSERT_TRUE(QFile::copy(tcResNet8(), project + "/own.network.yaml"));
    for (const QString& mapping : QDir(shipped.filePath("mappings")).entryList(QDir::Files))
      ASSERT_TRUE(
          QFile::copy(shipped.filePath("mappings/" + mapping), project + "/archs/mappings/" + mapping));
  }
  void openProject() { open(project + "/archs/own.arch.yaml", project + "/own.network.yaml"); }
  void runInto(const QString& path, const char* line) {
    page.setup().replace("Begin anew", {});
    add(line);
    page.setup().setStore(path);
    ASSERT_TRUE(settle());
    run();
  }
  void read(const QString& path) {
    page.openResults(path);
    ASSERT_TRUE(settle());
  }

  QString project;
};

TEST_F(SweepFilesTest, PointsOfAProjectThatWasMovedAreOpened) {
  makeProject("before");
  openProject();
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 1,2");
  models.documents.close();
  ASSERT_TRUE(QDir().rename(project, folder.path("after")));
  project = folder.path("after");
  openProject();
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  read(store);
  choosePoint("1");
  page.openPoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(models.document()->path, project + "/archs/own.arch.yaml");
  EXPECT_EQ(models.estimates.input().networkPath, project + "/own.network.yaml");
  EXPECT_TRUE(models.estimates.input().mappingPaths.isEmpty()) << "those beside it";
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 2);
}

TEST_F(SweepFilesTest, RunningAgainSaysWhereFilesAreNow) {
  makeProject("before");
  openProject();
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 1,2");
  models.documents.close();
  ASSERT_TRUE(QDir().rename(project, folder.path("after")));
  project = folder.path("after");
  openProject();
  runInto(store, "fetch_width = 1,2");
  EXPECT_EQ(page.run().totals()->known, 2);
  open();  // something else
  read(store);
  choosePoint("1");
  DesignToOpen opened;
  models.open.design = [&](const DesignToOpen& design) { opened = design; };
  page.openPoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(opened.files.architecture, project + "/archs/own.arch.yaml");
  EXPECT_EQ(opened.files.network, project + "/own.network.yaml");
}

TEST_F(SweepFilesTest, WhatIsInNoFileGoesIntoTheFileThatIsNamedLater) {
  open();
  runInto({}, "fetch_width = 1,2");
  EXPECT_EQ(page.losses().size(), 1);
  runInto({}, "fetch_width = 2,4");
  int questions = 0;
  models.ask.replace = [&](const QStringList&) { return ++questions == 0; };
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 4,8");
  EXPECT_EQ(page.run().totals()->known, 1);
  EXPECT_EQ(page.losses(), QStringList());
  read(store);
  EXPECT_EQ(table().rows(), 4U) << "of all three runs";
  runInto({}, "fetch_width = 1,2");
  EXPECT_EQ(page.run().totals()->known, 0) << "it begins anew";
  EXPECT_EQ(questions, 0);
}

TEST_F(SweepFilesTest, WhatIsInNoFileStaysWhereItsFileCannotBeWritten) {
  open();
  runInto({}, "fetch_width = 1,2");
  folder.write("text.sqlite", "no store at all");
  runInto(folder.path("text.sqlite"), "fetch_width = 1,2");
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("no store of results"));
  EXPECT_EQ(page.losses(), QStringList{"The results of a sweep of 2 points are in no file."});
  runInto(folder.path("kept.sqlite"), "fetch_width = 1,2");
  EXPECT_EQ(page.run().totals()->known, 2);
  EXPECT_EQ(page.losses(), QStringList());
}

TEST_F(SweepFilesTest, ResultsThatAreInNoFileAreAskedAboutBeforeOthersTakeTheirPlace) {
  open();
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 1,2,4");
  EXPECT_EQ(page.losses(), QStringList());
  runInto({}, "fetch_width = 1,2");
  QStringList asked;
  bool mayGo = false;
  models.ask.replace = [&](const QStringList& losses) {
    asked << losses;
    return mayGo;
  };
  read(store);
  EXPECT_EQ(asked, QStringList{"The results of a sweep of 2 points are in no file."});
  EXPECT_EQ(table().rows(), 2U);
  EXPECT_EQ(page.losses().size(), 1);
  mayGo = true;
  read(store);
  EXPECT_EQ(asked.size(), 2);
  EXPECT_EQ(table().rows(), 3U);
  EXPECT_EQ(page.losses(), QStringList()) << "they were given up";
}

TEST_F(SweepFilesTest, AnExportIsOfTheResultsThatWereThere) {
  open();
  runInto({}, "fetch_width = 1,2");
  models.ask.tablePath = [this](const QString&) { return folder.path("r.csv"); };
  page.exportRows(true);
  page.start();  // as many points
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.losses().size(), 1) << "these were not exported";
  page.exportRows(true);
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.losses(), QStringList());
}

TEST_F(SweepFilesTest, ResultsWhoseFileWasTakenAwayAreInNoFile) {
  open();
  add("fetch_width = 1:8");
  const QString store = folder.path("kept.sqlite");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  page.start();
  page.run().pause();  // at once: however quick points are, it is not over
  ASSERT_TRUE(waitFor([&] { return page.run().texts() && page.run().state() == SweepRun::State::Paused; }));
  ASSERT_TRUE(QFile::remove(store));
  page.run().goOn();
  ASSERT_TRUE(settle());
  ASSERT_FALSE(page.run().problems().empty());
  ASSERT_GT(table().rows(), 0U);
  ASSERT_EQ(page.losses().size(), 1);
  EXPECT_THAT(page.losses().front().toStdString(), HasSubstr("Not all results"));
  bool mayGo = false;
  models.ask.replace = [&](const QStringList&) { return mayGo; };
  page.start();
  EXPECT_FALSE(page.run().isRunning()) << "the table is all there is of them";
  mayGo = true;
  page.start();
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.losses(), QStringList());
}

TEST_F(SweepFilesTest, LayersOfManyPointsInARowAreReadOnceForTheLatest) {
  open();
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 1:8");
  read(store);
  int readings = 0;
  QObject::connect(&models.jobs, &JobManager::started, &page,
                   [&](const QString& channel) { readings += channel == "read layers" ? 1 : 0; });
  for (const char* point : {"0", "1", "2", "3", "4", "5", "6", "7"}) choosePoint(point);
  ASSERT_TRUE(settle());
  EXPECT_EQ(readings, 2) << "the first at once, then the last";
  EXPECT_EQ(page.resultPanel().layers().text(), "Layers of point 7");
}

TEST_F(SweepFilesTest, LayersAreNotThoseOfAnotherFileInThePlaceOfTheStore) {
  open();
  const QString store = folder.path("kept.sqlite");
  runInto(store, "fetch_width = 1,2");
  read(store);
  ASSERT_TRUE(QFile::remove(store));
  runInto(store, "mac_latency = 1,2");
  const QString other = folder.path("other.sqlite");
  runInto(other, "fetch_width = 1,2");
  read(other);
  ASSERT_TRUE(QFile::remove(other));
  ASSERT_TRUE(QFile::copy(store, other));
  choosePoint("1");
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.resultPanel().layers().text().toStdString(), HasSubstr("another file by now"));
}

TEST_F(SweepFilesTest, SaysWhyAPointHasNoLayers) {
  RowTable rows({{"arch.rows", {}}}, {});
  SweepRow row;
  row.point.values = {1};
  for (const PointState state : {PointState::Infeasible, PointState::Failed, PointState::Cancelled}) {
    row.state = state;
    rows.add(row);
    ++row.point.number;
  }
  page.results().begin(rows);
  const auto said = [&](const char* point) {
    choosePoint(point);
    return page.resultPanel().layers().text().toStdString();
  };
  EXPECT_THAT(said("0"), HasSubstr("no design that could be estimated"));
  EXPECT_THAT(said("1"), HasSubstr("failed"));
  EXPECT_THAT(said("2"), HasSubstr("under way when the run was stopped"));
}

TEST_F(SweepFilesTest, WhatIsShownIsExportedOnceItIsKnown) {
  RowTable many({{"arch.rows", {}}}, {});
  SweepRow row;
  for (int i = 0; i < 60'000; ++i) {
    row.point.number = i;
    row.point.values = {i % 10};
    many.add(row);
  }
  page.results().begin(many);
  page.resultPanel().setFilter("rows < 5");
  Command& exports = models.commands.command("sweep.exportShown");
  EXPECT_THAT(exports.whyNot().toStdString(), HasSubstr("being filtered"));
  EXPECT_EQ(models.commands.command("sweep.exportAll").whyNot(), "");
  ASSERT_TRUE(settle());
  EXPECT_EQ(exports.whyNot(), "");
}

TEST_F(SweepFilesTest, SelectedRowsAreCopiedOnceInTheOrderInWhichTheyAreShown) {
  open();
  runInto({}, "fetch_width = 1:5");
  QTableView& view = page.resultPanel().table();
  Command& copy = models.commands.command("sweep.copy");
  EXPECT_THAT(copy.whyNot().toStdString(), HasSubstr("Choose points"));
  const auto select = [&](int first, int last) {
    view.selectionModel()->select(QItemSelection(view.model()->index(first, 0), view.model()->index(last, 0)),
                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
  };
  select(3, 4);
  select(0, 1);
  select(1, 1);
  EXPECT_EQ(copy.whyNot(), "");
  copy.run();
  page.resultPanel().setFilter("fetch_width > 4");  // what was copied is what was shown then
  ASSERT_TRUE(settle());
  const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 5);
  for (int i = 0; i < 4; ++i) {
    const int place = i < 2 ? i : i + 1;
    EXPECT_TRUE(lines[i + 1].startsWith(QString::number(place))) << i << ": by their points";
  }
}

}  // namespace
}  // namespace taktwerk::test
