// SPDX-License-Identifier: GPL-3.0-or-later
// What came with the program is not changed by a plain Save, and what is saved elsewhere takes its mappings
// along.
#include "widgets/document/shipped_files.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "core/base/files.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// The window with data of its own: one-mac and tc-resnet8, in a checkout or installed.
class ShippedFilesTest : public ::testing::Test {
 protected:
  ShippedFilesTest() {
    QDir().mkpath(folder.path("data/archs/one-mac/mappings"));
    QDir().mkpath(folder.path("data/resources/networks"));
    QFile::copy(oneMac(), arch);
    QFile::copy(tcResNet8(), net);
    for (const QString& path : mappingsBeside(oneMac())) {
      QFile::copy(path, folder.path("data/archs/one-mac/mappings/" + QFileInfo(path).fileName()));
    }
    folder.write("data/CMakeLists.txt", "# sources\n");
    qputenv("TAKTWERK_DATA", folder.path("data").toLocal8Bit());
    before = everything();
  }
  ~ShippedFilesTest() override {
    if (window) window->ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
    window.reset();
    qunsetenv("TAKTWERK_DATA");
  }
  void start() {
    window = std::make_unique<MainWindow>(theme, false);
    window->resize(1400, 900);
    window->show();
    window->ask().unsaved = [](const QString&) { return Questions::Answer::Save; };
    window->ask().architecturePath = [this](const QString& suggestion) {
      suggested << suggestion;
      return wanted;
    };
    window->ask().networkPath = window->ask().mappingPath = [this](const QString& suggestion) {
      suggested << suggestion;
      return wantedElse;
    };
    window->ask().mappings = [this](const QString& question) {
      questions << question;
      return follow;
    };
    ASSERT_TRUE(settle());
  }
  bool settle() {
    return waitFor([this] { return !window->busy() && !window->estimates().outOfDate(); });
  }
  /// Presses the card of the example on the start page.
  void openCard() {
    for (QAbstractButton* card : window->findChild<StartPage*>()->findChildren<QAbstractButton*>()) {
      if (card->accessibleName() == "One MAC accelerator") card->click();
    }
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window->documents().document());
  }
  void openFiles(const QStringList& paths) {
    window->openFiles(paths);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window->documents().document());
  }
  void edit() {
    ASSERT_EQ(window->documents().edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}),
              QString());
  }
  void run() {
    window->estimates().run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window->estimates().outcome().estimate);
  }
  [[nodiscard]] Cycles cycles() const { return window->estimates().outcome().estimate->cycles; }
  void save() { window->commands().action("file.save")->trigger(); }
  void saveAs(const QString& path) {
    wanted = path;
    window->commands().action("file.saveAs")->trigger();
  }
  [[nodiscard]] std::map<QString, std::string> everything() const {
    std::map<QString, std::string> files;
    QStringList paths = mappingsBeside(arch);
    paths << arch << net;
    for (const QString& path : paths) files[path] = *readFile(toPath(path));
    return files;
  }
  MappingPage& mappings() { return *window->findChild<MappingPage*>(); }
  void showMappings() {
    window->commands().action("view.mapping")->trigger();
    ASSERT_TRUE(waitFor([this] { return mappings().document() != nullptr; }));
    ASSERT_TRUE(settle());
  }

  Folder folder;
  QString arch = folder.path("data/archs/one-mac/one-mac.arch.yaml");
  QString net = folder.path("data/resources/networks/tc-resnet8.network.yaml");
  QString mine = folder.path("mine/my.arch.yaml");
  std::map<QString, std::string> before;
  Theme theme{false};
  std::unique_ptr<MainWindow> window;
  QString wanted = mine, wantedElse;
  QStringList suggested, questions;
  Questions::MappingAnswer follow = Questions::MappingAnswer::Copy;
};

TEST_F(ShippedFilesTest, AnExampleOpensAsACopyThatKeepsItsMappingsUntilItIsSaved) {
  start();
  openCard();
  EXPECT_TRUE(window->documents().document()->path.isEmpty());
  EXPECT_FALSE(window->isWindowModified()) << "only looked at, it is no loss";
  EXPECT_THAT(window->windowTitle().toStdString(), HasSubstr("copy"));
  run();
  EXPECT_TRUE(window->estimates().outcome().estimate->complete);
  edit();
  run();
  const Cycles edited = cycles();
  QDir().mkpath(folder.path("mine"));
  save();
  ASSERT_EQ(suggested.size(), 1);
  EXPECT_FALSE(suggested.front().startsWith(folder.path("data")));
  EXPECT_EQ(questions.size(), 1);
  EXPECT_EQ(everything(), before) << "the shipped files changed";
  EXPECT_EQ(window->documents().document()->path, mine);
  EXPECT_FALSE(window->isWindowModified());
  EXPECT_EQ(mappingsBeside(mine).size(), mappingsBeside(arch).size());
  ASSERT_TRUE(window->estimates().outcome().estimate) << "the results went away";
  EXPECT_FALSE(window->estimates().outOfDate());
  run();
  EXPECT_EQ(cycles(), edited);
}

TEST_F(ShippedFilesTest, OneExampleAfterTheOtherIsAnotherDocument) {
  start();
  openCard();
  run();
  window->documents().create();
  EXPECT_FALSE(window->estimates().outcome().estimate) << "figures of the copy beside a new architecture";
  EXPECT_TRUE(window->documents().document()->place().isEmpty());
}

TEST_F(ShippedFilesTest, InACheckoutAFileNamedByPathIsTheUsers) {
  start();
  openFiles({arch});
  EXPECT_EQ(window->documents().document()->path, arch);
  edit();
  save();
  EXPECT_NE(everything().at(arch), before.at(arch));
  window->commands().action("file.close")->trigger();
  openCard();
  EXPECT_TRUE(window->documents().document()->path.isEmpty()) << "as an example it is a copy again";
}

TEST_F(ShippedFilesTest, BelowTheDataOfAnInstalledProgramEverythingIsShipped) {
  QFile::remove(folder.path("data/CMakeLists.txt"));
  start();
  openFiles({arch});
  EXPECT_TRUE(window->documents().document()->path.isEmpty());
  EXPECT_EQ(window->documents().document()->place(), arch);
}

TEST_F(ShippedFilesTest, AWorkspaceThatRefersToAShippedFileOpensACopy) {
  start();
  openFiles({folder.write("s.taktwerk",
                          "format: taktwerk-workspace/1\narchitecture: data/archs/one-mac/one-mac.arch.yaml\n"
                          "network: data/resources/networks/tc-resnet8.network.yaml\n"
                          "parameters:\n  arch.mac_latency: 3\n")});
  EXPECT_TRUE(window->documents().document()->path.isEmpty());
  EXPECT_EQ(window->estimates().input().parameters.at("arch.mac_latency"), 3);
  run();
  EXPECT_TRUE(window->estimates().outcome().estimate->complete);
}

TEST_F(ShippedFilesTest, AChangedShippedNetworkIsSavedUnderAnotherName) {
  start();
  openCard();
  EXPECT_EQ(window->estimates().input().networkPath, net) << "chosen by default";
  TextDocument& text = window->findChild<NetworkPage*>()->document();
  text.change(text.text() + "# mine\n", "change");
  EXPECT_FALSE(window->close()) << "no name was given";
  wantedElse = folder.path("n.network.yaml");
  EXPECT_TRUE(window->close());
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(*readFile(toPath(wantedElse)), HasSubstr("# mine"));
  ASSERT_EQ(suggested.size(), 2);
  EXPECT_FALSE(suggested.front().startsWith(folder.path("data"))) << suggested.front().toStdString();
}

TEST_F(ShippedFilesTest, AChangedShippedMappingIsSavedUnderAnotherNameAndCountsInItsPlace) {
  start();
  openCard();
  run();
  showMappings();
  TextDocument& text = *mappings().document();
  const QString original = text.path();
  text.change(text.text() + "# mine\n", "change");
  ASSERT_TRUE(settle());
  wantedElse = folder.path("m.mapping.yaml");
  ASSERT_TRUE(window->models().save.mapping(original));
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(*readFile(toPath(wantedElse)), HasSubstr("# mine"));
  const QStringList& paths = window->estimates().input().mappingPaths;
  EXPECT_TRUE(paths.contains(wantedElse));
  EXPECT_FALSE(paths.contains(original)) << "both of one name";
  EXPECT_EQ(paths.size(), mappingsBeside(arch).size());
}

TEST_F(ShippedFilesTest, SavedElsewhereMappingsAreCopiedWithWhatWasWrittenHere) {
  QDir().mkpath(folder.path("mine"));
  start();
  openFiles({arch});
  run();
  showMappings();
  TextDocument& changed = *mappings().document();
  const QString name = QFileInfo(changed.path()).fileName();
  changed.change(changed.text() + "# mine\n", "change");
  ASSERT_TRUE(settle());
  mappings().createMapping();
  const QString written = QFileInfo(mappings().document()->path()).fileName();
  ASSERT_TRUE(waitFor([this] { return !window->busy(); }));
  run();
  const Cycles shown = cycles();
  const auto estimate = window->estimates().outcome().estimate;
  saveAs(mine);
  EXPECT_EQ(questions.size(), 1);
  EXPECT_EQ(everything(), before);
  EXPECT_THAT(*readFile(toPath(folder.path("mine/mappings/" + name))), HasSubstr("# mine"));
  EXPECT_TRUE(QFile::exists(folder.path("mine/mappings/" + written)));
  EXPECT_EQ(window->estimates().outcome().estimate, estimate);
  EXPECT_TRUE(mappings().unsaved().isEmpty()) << "all of it is in files";
  EXPECT_EQ(changed.path(), folder.path("mine/mappings/" + name)) << "editing goes on in the copy";
  run();
  EXPECT_EQ(cycles(), shown);
}

TEST_F(ShippedFilesTest, SavedElsewhereMappingsCanBeReferredToOrLeft) {
  QDir().mkpath(folder.path("mine"));
  QDir().mkpath(folder.path("other"));
  start();
  openFiles({arch});
  run();
  const Cycles shown = cycles();
  follow = Questions::MappingAnswer::Cancel;
  saveAs(mine);
  EXPECT_FALSE(QFile::exists(mine));
  follow = Questions::MappingAnswer::Refer;
  saveAs(mine);
  EXPECT_EQ(window->estimates().input().mappingPaths, mappingsBeside(arch));
  EXPECT_TRUE(mappingsBeside(mine).isEmpty());
  run();
  EXPECT_EQ(cycles(), shown);
  saveAs(folder.path("other/o.arch.yaml"));
  EXPECT_EQ(questions.size(), 2) << "what is referred to stays where it is";
  EXPECT_EQ(window->estimates().input().mappingPaths, mappingsBeside(arch));

  window->ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
  openFiles({arch});
  follow = Questions::MappingAnswer::Leave;
  saveAs(mine);
  EXPECT_TRUE(window->estimates().input().mappingPaths.isEmpty());
  run();
  EXPECT_FALSE(window->estimates().outcome().estimate->complete);
}

TEST_F(ShippedFilesTest, CopyingMappingsOverwritesNoOthers) {
  QDir().mkpath(folder.path("mine/mappings"));
  const QString name = QFileInfo(mappingsBeside(arch).front()).fileName();
  const QString theirs = folder.write("mine/mappings/" + name, "# somebody's\n");
  start();
  openFiles({arch});
  saveAs(mine);
  EXPECT_EQ(*readFile(toPath(theirs)), "# somebody's\n");
  EXPECT_EQ(mappingsBeside(mine).size(), 1) << "none is copied then";
  EXPECT_EQ(window->estimates().input().mappingPaths, mappingsBeside(arch)) << "they count on";
  EXPECT_THAT(window->findChild<Banner*>()->text().toStdString(), HasSubstr(name.toStdString()));
}

TEST_F(ShippedFilesTest, WhatCannotBeSavedStaysUnsavedAndItsMappingsStay) {
  start();
  openCard();
  edit();
  saveAs(folder.path("no/such/folder/x.arch.yaml"));
  EXPECT_TRUE(window->documents().document()->path.isEmpty());
  EXPECT_TRUE(window->isWindowModified());
  EXPECT_TRUE(window->estimates().input().mappingPaths.isEmpty());
  EXPECT_THAT(window->findChild<Banner*>()->text().toStdString(), HasSubstr("could not be saved"));
  EXPECT_FALSE(QFile::exists(folder.path("no")));
  run();
  EXPECT_TRUE(window->estimates().outcome().estimate->complete);
}

TEST(ShippedFiles, AreThoseBelowTheDataThatTheUserDidNotName) {
  Folder folder;
  QDir().mkpath(folder.path("archs/a/mappings"));
  const QString arch = folder.write("archs/a/a.arch.yaml", "");
  const QString mapping = folder.write("archs/a/mappings/m.mapping.yaml", "");
  const QString own = folder.write("own.arch.yaml", "");
  ShippedFiles checkout(folder.path("."), false);
  EXPECT_TRUE(checkout.contains(arch));
  EXPECT_TRUE(checkout.contains(folder.path("archs/a/mappings/not-yet.mapping.yaml")));
  EXPECT_FALSE(checkout.contains(own));
  EXPECT_FALSE(checkout.contains({}));
  ASSERT_TRUE(QFile::link(folder.path("archs/a"), folder.path("link")));
  EXPECT_TRUE(checkout.contains(folder.path("link/a.arch.yaml")));
  checkout.nameByUser(arch);
  EXPECT_FALSE(checkout.contains(arch));
  EXPECT_FALSE(checkout.contains(mapping)) << "beside a file of the user";
  checkout.forget(arch);
  EXPECT_TRUE(checkout.contains(arch));
  ShippedFiles installed(folder.path("."), true);
  installed.nameByUser(arch);
  EXPECT_TRUE(installed.contains(arch));
  EXPECT_TRUE(installed.contains(own));
  EXPECT_FALSE(ShippedFiles().contains(arch));
}

}  // namespace
}  // namespace taktwerk::test
