// SPDX-License-Identifier: GPL-3.0-or-later
// Results of files that lie elsewhere by now, and results that are in no file yet.
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "tests/widgets/sweep/sweep_page_fixture.h"

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

}  // namespace
}  // namespace taktwerk::test
