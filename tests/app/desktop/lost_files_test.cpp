// SPDX-License-Identifier: GPL-3.0-or-later
// Files that other programs take away while they are open.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/desktop/main_window.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class LostFilesTest : public ::testing::Test {
 protected:
  LostFilesTest() {
    window.resize(1400, 900);
    window.show();
    window.ask().unsaved = [this](const QString& question) {
      questions << question;
      return answer;
    };
    banner = window.findChild<Banner*>();
    network = window.findChild<NetworkPage*>();
    mapping = window.findChild<MappingPage*>();
    QDir().mkpath(folder.path("a/mappings"));
    QFile::copy(oneMac(), arch);
    QFile::copy(tcResNet8(), net);
    const QDir shipped(QFileInfo(oneMac()).dir().filePath("mappings"));
    for (const QString& name : shipped.entryList(QDir::Files)) {
      QFile::copy(shipped.filePath(name), folder.path("a/mappings/" + name));
    }
  }
  ~LostFilesTest() override { answer = Questions::Answer::Discard; }
  bool settle() {
    return waitFor([this] { return !window.busy(); });
  }
  void open() {
    window.openFiles({arch, net});
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window.documents().document());
    ASSERT_FALSE(window.isWindowModified());
  }
  QByteArray onDisk(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  bool marked() {
    return waitFor([this] { return window.isWindowModified(); }, 20000);
  }
  bool unmarked() {
    return waitFor([this] { return !window.isWindowModified(); }, 20000);
  }
  void press(const char* text) {
    QCoreApplication::processEvents();  // layouts show what was added then
    for (QPushButton* button : banner->findChildren<QPushButton*>()) {
      if (button->text() == text && button->isVisible()) return button->click();
    }
    ADD_FAILURE() << "no button " << text;
  }

  Folder folder;  // outlives the window, which has locks in it
  QString arch = folder.path("a/mine.arch.yaml"), net = folder.path("a/mine.network.yaml");
  Theme theme{false};
  MainWindow window{theme, false};
  Banner* banner;
  NetworkPage* network;
  MappingPage* mapping;
  QStringList questions;
  Questions::Answer answer = Questions::Answer::Cancel;
};

TEST_F(LostFilesTest, ADeletedArchitectureIsMarkedAskedAboutAndSavedAgain) {
  open();
  const QByteArray text = onDisk(arch);
  ASSERT_TRUE(QFile::remove(arch));
  ASSERT_TRUE(marked());
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("mine.arch.yaml was deleted"));
  EXPECT_FALSE(window.close());
  ASSERT_EQ(questions.size(), 1);
  EXPECT_THAT(questions.front().toStdString(), HasSubstr("only copy"));
  ASSERT_TRUE(window.commands().action("file.save")->isEnabled());
  window.commands().action("file.save")->trigger();
  EXPECT_EQ(onDisk(arch), text);
  EXPECT_FALSE(window.isWindowModified());
  EXPECT_EQ(banner->offerCount(), 0);
}

TEST_F(LostFilesTest, AFileThatComesBackIsAskedAboutNoMore) {
  open();
  const QByteArray text = onDisk(arch);
  ASSERT_TRUE(QFile::remove(arch));
  ASSERT_TRUE(marked());
  folder.write("a/mine.arch.yaml", text);
  EXPECT_TRUE(unmarked());
  EXPECT_EQ(banner->offerCount(), 0);
  // And with something else in it, it is read, which can be undone.
  ASSERT_TRUE(QFile::remove(arch));
  ASSERT_TRUE(marked());
  folder.write("a/mine.arch.yaml", text + "# more\n");
  EXPECT_TRUE(unmarked());
  EXPECT_EQ(window.documents().document()->bytes, (text + "# more\n").toStdString());
  EXPECT_TRUE(window.documents().history().canUndo());
}

TEST_F(LostFilesTest, AFolderThatGoesAwayIsNoticedAndMadeAgain) {
  open();
  const QByteArray text = onDisk(arch);
  ASSERT_TRUE(QDir().rename(folder.path("a"), folder.path("b")));
  ASSERT_TRUE(waitFor([this] { return window.documents().isLost(); }, 20000));
  ASSERT_TRUE(window.isWindowModified());
  window.commands().action("file.save")->trigger();
  EXPECT_EQ(onDisk(arch), text);
  EXPECT_FALSE(window.documents().isModified());
}

TEST_F(LostFilesTest, SomethingElseInItsPlaceIsNotTheFile) {
  open();
  ASSERT_TRUE(QFile::remove(arch));
  ASSERT_TRUE(QDir().mkpath(arch));
  ASSERT_TRUE(marked());
  window.commands().action("file.save")->trigger();
  EXPECT_TRUE(window.isWindowModified()) << "nothing was saved";
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("could not be saved"));
}

/// The superuser may read everything: as long as this lives, the test is somebody else, whose folder is this.
class AsSomebody {
 public:
  explicit AsSomebody(const QString& folder) {
    if (::geteuid() != 0) return;
    constexpr uid_t nobody = 65534;
    QStringList paths{folder, QFileInfo(folder).path()};
    QDirIterator below(folder, QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (below.hasNext()) paths << below.next();
    for (const QString& path : paths) EXPECT_EQ(::chown(qPrintable(path), nobody, nobody), 0) << errno;
    EXPECT_EQ(::seteuid(nobody), 0);
    changed_ = true;
  }
  AsSomebody(const AsSomebody&) = delete;
  AsSomebody& operator=(const AsSomebody&) = delete;
  ~AsSomebody() {
    if (changed_ && ::seteuid(0) != 0) ADD_FAILURE() << "the superuser cannot be itself again";
  }

 private:
  bool changed_ = false;
};

TEST_F(LostFilesTest, AFileThatMayNotBeReadAnyMoreIsMarked) {
  open();
  const AsSomebody somebody(QFileInfo(arch).path());
  ASSERT_TRUE(QFile::setPermissions(arch, {}));
  ASSERT_TRUE(marked());
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("cannot be read any more"));
  ASSERT_TRUE(QFile::setPermissions(arch, QFile::ReadOwner | QFile::WriteOwner));
  EXPECT_TRUE(unmarked());
}

TEST_F(LostFilesTest, AFileThatCannotBeUnderstoodAnyMoreIsMarked) {
  open();
  const QByteArray text = onDisk(arch);
  folder.write("a/mine.arch.yaml", "format: [");
  ASSERT_TRUE(marked());
  EXPECT_FALSE(window.close());
  folder.write("a/mine.arch.yaml", text);
  EXPECT_TRUE(unmarked());
}

TEST_F(LostFilesTest, ADeletedNetworkCountsOnIsAskedAboutAndSavedAgain) {
  open();
  const QByteArray text = onDisk(net);
  ASSERT_TRUE(QFile::remove(net));
  ASSERT_TRUE(marked());
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("mine.network.yaml was deleted"));
  window.estimates().run();
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.estimates().outcome().estimate) << "what is here counts";
  EXPECT_FALSE(window.close());
  ASSERT_EQ(questions.size(), 1);
  EXPECT_THAT(questions.front().toStdString(), HasSubstr("mine.network.yaml"));
  answer = Questions::Answer::Save;
  EXPECT_TRUE(window.close());
  EXPECT_EQ(onDisk(net), text);
}

TEST_F(LostFilesTest, ANetworkThatAnotherProgramChangesIsReadAgain) {
  open();
  const QByteArray text = onDisk(net);
  folder.write("a/mine.network.yaml", text + "# more\n");
  EXPECT_TRUE(
      waitFor([&] { return network->document().text() == (text + "# more\n").toStdString(); }, 20000));
  EXPECT_FALSE(network->document().modified());
  window.history().undo();
  EXPECT_EQ(network->document().text(), text.toStdString());
  // With changes here, the user is asked.
  folder.write("a/mine.network.yaml", text + "# still more\n");
  EXPECT_TRUE(waitFor([&] { return banner->text().contains("mine.network.yaml"); }, 20000));
  EXPECT_EQ(network->document().text(), text.toStdString());
  press("Read the file (can be undone)");
  EXPECT_EQ(network->document().text(), (text + "# still more\n").toStdString());
  EXPECT_FALSE(network->document().modified());
}

TEST_F(LostFilesTest, ADeletedMappingCountsOnIsAskedAboutAndSavedAgain) {
  open();
  window.commands().action("view.mapping")->trigger();
  ASSERT_TRUE(waitFor([this] { return mapping->document() != nullptr; }));
  ASSERT_TRUE(settle());
  const QString path = mapping->document()->path();
  const QByteArray text = onDisk(path);
  ASSERT_FALSE(text.isEmpty());
  ASSERT_TRUE(QDir().rename(folder.path("a/mappings"), folder.path("a/elsewhere")));
  ASSERT_TRUE(marked());
  EXPECT_TRUE(window.estimates().input().texts.contains(path)) << "what is here counts";
  EXPECT_FALSE(window.close());
  ASSERT_EQ(questions.size(), 1);
  EXPECT_THAT(questions.front().toStdString(), HasSubstr(QFileInfo(path).fileName().toStdString()));
  press("Save it again");
  EXPECT_EQ(onDisk(path), text);
  EXPECT_TRUE(unmarked());
  EXPECT_EQ(banner->offerCount(), 0);
}

TEST_F(LostFilesTest, ChangesOfANetworkAreNotForgottenWhenAnotherOneIsChosen) {
  open();
  TextDocument& text = network->document();
  text.change(text.text() + "# mine\n", "change");
  window.estimates().setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  EXPECT_FALSE(window.close());
  ASSERT_EQ(questions.size(), 1);
  EXPECT_THAT(questions.front().toStdString(), HasSubstr("mine.network.yaml"));
  answer = Questions::Answer::Save;
  EXPECT_TRUE(window.close());
  EXPECT_TRUE(onDisk(net).endsWith("# mine\n"));
}

TEST_F(LostFilesTest, WhatCannotBeWrittenIsSaidWhereverOneLooks) {
  open();
  EXPECT_FALSE(network->saveAs(folder.path("no/such/folder/n.network.yaml")));
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("n.network.yaml could not be written"));
}

}  // namespace
}  // namespace taktwerk::test
