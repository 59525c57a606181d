// SPDX-License-Identifier: GPL-3.0-or-later
// Pinned results go into files with the workspace and come back with it.
#include <QFile>
#include <QFileInfo>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/estimate/pinning.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

class PinnedFiles : public testing::Test {
 protected:
  static bool settle(Models& models) {
    return waitFor([&] { return models.jobs.states().empty(); }, 110000);
  }
  void SetUp() override {
    QObject::connect(&models.opener, &FileOpener::opened, &models.workspace, &WorkspaceDocument::begin);
    models.documents.open(oneMac());
    ASSERT_TRUE(settle(models));
    models.estimates.setNetwork(tcResNet8());
    ASSERT_TRUE(settle(models));
    models.estimates.run();
    ASSERT_TRUE(settle(models));
    models.session.pin(pinOf(models.estimates.outcome()));
    models.session.renamePin(0, "fast: mesh/8");
    models.session.setBaseline(0);
  }
  Theme theme{false};
  Models models{theme, {}};
  Folder folder;
};

TEST_F(PinnedFiles, AreWrittenWithTheWorkspaceAndComeBackWithIt) {
  const QString path = folder.path("study.taktwerk");
  EXPECT_FALSE(models.workspace.isModified()) << "pins alone make no workspace";
  ASSERT_TRUE(models.workspace.save(path).empty());
  EXPECT_FALSE(models.workspace.isModified());
  EXPECT_EQ(models.session.pins()[0].file, folder.path("study.results/fast-mesh-8.json"));
  EXPECT_THAT(models.workspace.text(), HasSubstr("file: study.results/fast-mesh-8.json"));

  Models other(theme, {});
  QObject::connect(&other.opener, &FileOpener::opened, &other.workspace, &WorkspaceDocument::begin);
  other.opener.open({path});
  ASSERT_TRUE(settle(other));
  ASSERT_EQ(other.session.pins().size(), 1U);
  EXPECT_EQ(other.session.pins()[0].result->cycles, models.estimates.outcome().estimate->cycles);
  ASSERT_TRUE(other.session.baseline());
  EXPECT_EQ(other.session.baseline()->title, "fast: mesh/8");
  EXPECT_FALSE(other.workspace.isModified());
  other.opener.open({path});
  ASSERT_TRUE(settle(other));
  EXPECT_EQ(other.session.pins().size(), 1U) << "it is pinned already";
  other.session.setBaseline(std::nullopt);
  EXPECT_TRUE(other.workspace.isModified());
  other.session.setBaseline(0);
  EXPECT_FALSE(other.workspace.isModified());
}

TEST_F(PinnedFiles, NoFileIsWrittenOver) {
  ASSERT_TRUE(models.workspace.save(folder.path("study.taktwerk")).empty());
  models.session.pin(pinOf(models.estimates.outcome()));
  models.session.renamePin(1, "fast, mesh 8");
  EXPECT_TRUE(models.workspace.isModified()) << "it is in no file yet";
  ASSERT_TRUE(models.workspace.save(folder.path("study.taktwerk")).empty());
  EXPECT_EQ(models.session.pins()[1].file, folder.path("study.results/fast-mesh-8-2.json"));
}

TEST_F(PinnedFiles, AFileThatIsGoneIsTold) {
  ASSERT_TRUE(models.workspace.save(folder.path("study.taktwerk")).empty());
  ASSERT_TRUE(QFile::remove(models.session.pins()[0].file));
  Models other(theme, {});
  QString failed;
  QObject::connect(&other.opener, &FileOpener::failed, &other.session,
                   [&](const QString& path, const Diagnostics&) { failed = path; });
  other.opener.open({folder.path("study.taktwerk")});
  ASSERT_TRUE(settle(other));
  EXPECT_EQ(failed, models.session.pins()[0].file);
  EXPECT_TRUE(other.session.pins().empty());
  EXPECT_TRUE(other.document()) << "the rest is opened";
}

TEST_F(PinnedFiles, WhatCannotBeWrittenKeepsTheWorkspaceFromBeingSaved) {
  folder.write("study.results", "a file where the folder would be");
  const Diagnostics problems = models.workspace.save(folder.path("study.taktwerk"));
  EXPECT_TRUE(hasErrors(problems));
  EXPECT_FALSE(QFileInfo::exists(folder.path("study.taktwerk")));
}

}  // namespace
}  // namespace taktwerk::test
