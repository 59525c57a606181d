// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/autosave.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLockFile>
#include <QProcess>
#include <QTest>
#include <QThread>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "core/architecture/architecture_file.h"
#include "core/base/files.h"
#include "tests/support/property_seed.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/problems/banner.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class AutosaveTest : public ::testing::Test {
 protected:
  AutosaveTest() : autosave(documents, folder.path("data")) {
    QFile file(oneMac());
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    path = folder.write("mine.arch.yaml", file.readAll());
    documents.open(path);
    EXPECT_TRUE(waitFor([this] { return jobs.states().empty(); }));
  }
  void change(const char* latency) {
    ASSERT_EQ(documents.edit("Set", {SetAttribute{"decode", "latency", yamlScalar(latency)}}), QString());
  }
  [[nodiscard]] QString sidecar() const { return sidecarPath(path, folder.path("data")); }

  JobManager jobs;
  History history;
  DocumentController documents{jobs, history, {}};
  Folder folder;
  Autosave autosave;
  QString path;
};

TEST_F(AutosaveTest, KeepsChangesBesideTheFileAndForgetsThemWhenSaved) {
  const std::string before = documents.document()->bytes;
  EXPECT_FALSE(QFile::exists(sidecar()));
  change("3");
  EXPECT_TRUE(autosave.keep().empty());
  const auto kept = readSidecar(sidecar());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->bytes, documents.document()->bytes);
  EXPECT_EQ(kept->path, path);
  EXPECT_EQ(kept->steps, 1);
  EXPECT_EQ(*readFile(toPath(path)), before) << "the user's file is not touched";
  EXPECT_TRUE(documents.saveAs(documents.document()->path).empty());
  EXPECT_FALSE(QFile::exists(sidecar()));
  EXPECT_TRUE(leftSidecars(folder.path("data")).empty());
}

TEST_F(AutosaveTest, KeepsByItselfAfterAPauseAndWhileChangesGoOn) {
  autosave.setPace(60, 100'000);
  change("3");
  EXPECT_TRUE(waitFor([&] { return QFile::exists(sidecar()); }, 20000));
  QFile::remove(sidecar());
  autosave.setPace(100'000, 150);
  for (int i = 4; i < 2000 && !QFile::exists(sidecar()); ++i) {
    change(std::to_string(i).c_str());
    QTest::qWait(10);
  }
  EXPECT_TRUE(QFile::exists(sidecar())) << "no pause for a long time";
}

TEST_F(AutosaveTest, UndoingEverythingLeavesNothingToRecover) {
  change("3");
  EXPECT_TRUE(autosave.keep().empty());
  documents.history().undo();
  EXPECT_FALSE(QFile::exists(sidecar()));
}

TEST_F(AutosaveTest, OffersWhatAnEndedProgramLeftAndRestoresIt) {
  Sidecar left{sidecar(), path, {}, 17, {}, *applyEdit(documents.document()->bytes, RemoveObject{"decode"})};
  ASSERT_TRUE(writeSidecar(left, folder.path("data")).empty());
  ASSERT_EQ(leftSidecars(folder.path("data")).size(), 1U);
  documents.close();
  Theme theme(false);
  MainWindow window(theme, false);
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
  window.show();
  window.openFiles({path});
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  auto* banner = window.findChild<Banner*>();
  EXPECT_THAT(banner->text().toStdString(), HasSubstr("17 steps"));
  QPushButton* restore = nullptr;
  for (QPushButton* button : banner->findChildren<QPushButton*>()) {
    if (button->text() == "Restore") restore = button;
  }
  ASSERT_TRUE(restore);
  restore->click();
  EXPECT_EQ(window.documents().document()->bytes, left.bytes);
  EXPECT_TRUE(window.isWindowModified());
  EXPECT_TRUE(window.documents().saveAs(window.documents().document()->path).empty());
  EXPECT_EQ(*readFile(toPath(path)), left.bytes);
  EXPECT_FALSE(QFile::exists(sidecar()));
}

QPushButton* buttonOf(MainWindow& window, const char* text) {
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  for (QPushButton* button : window.findChild<Banner*>()->findChildren<QPushButton*>()) {
    if (button->text() == text && button->isVisible()) return button;
  }
  return nullptr;
}

TEST_F(AutosaveTest, AnOfferStaysAndItsWorkIsNotTouchedUntilItIsAnswered) {
  const Sidecar left{sidecar(), path, {},
                     17,        {},   *applyEdit(documents.document()->bytes, RemoveObject{"decode"})};
  ASSERT_TRUE(writeSidecar(left, folder.path("data")).empty());
  documents.close();
  Theme theme(false);
  MainWindow window(theme, false);
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
  window.show();
  window.openFiles({path});
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  ASSERT_TRUE(buttonOf(window, "Show its text"));
  buttonOf(window, "Show its text")->click();
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  EXPECT_TRUE(buttonOf(window, "Restore")) << "looking at it is no answer";
  ASSERT_EQ(window.documents().edit("Set", {SetAttribute{"decode", "latency", yamlScalar("7")}}), QString());
  EXPECT_TRUE(window.autosave().keep().empty());
  window.estimates().run();
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  const auto kept = readSidecar(sidecar());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->bytes, left.bytes) << "what was offered is written over";
  ASSERT_TRUE(buttonOf(window, "Restore")) << "an estimate is no answer either";
  buttonOf(window, "Restore")->click();
  EXPECT_EQ(window.documents().document()->bytes, left.bytes);
  EXPECT_FALSE(buttonOf(window, "Restore"));
}

TEST_F(AutosaveTest, AChangeOfMindLeavesTheOffer) {
  const Sidecar left{sidecar(), path, {},
                     17,        {},   *applyEdit(documents.document()->bytes, RemoveObject{"decode"})};
  ASSERT_TRUE(writeSidecar(left, folder.path("data")).empty());
  documents.close();
  Theme theme(false);
  MainWindow window(theme, false);
  window.show();
  window.openFiles({path});
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  ASSERT_EQ(window.documents().edit("Set", {SetAttribute{"decode", "latency", yamlScalar("7")}}), QString());
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Cancel; };
  ASSERT_TRUE(buttonOf(window, "Restore"));
  buttonOf(window, "Restore")->click();
  EXPECT_NE(window.documents().document()->bytes, left.bytes);
  ASSERT_TRUE(buttonOf(window, "Restore"));
  buttonOf(window, "Discard")->click();
  EXPECT_FALSE(QFile::exists(sidecar()));
  EXPECT_FALSE(buttonOf(window, "Restore"));
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
}

TEST_F(AutosaveTest, WhatSeveralCrashesLeftIsAllOffered) {
  const std::string& now = documents.document()->bytes;
  const QString later = sidecar() + QStringLiteral("-99999999");  // no process has this number
  ASSERT_TRUE(writeSidecar({sidecar(), path, {}, 17, {}, *applyEdit(now, RemoveObject{"decode"})},
                           folder.path("data"))
                  .empty());
  ASSERT_TRUE(
      writeSidecar({later, path, {}, 5, {}, *applyEdit(now, RemoveObject{"alu"})}, folder.path("data"))
          .empty());
  EXPECT_EQ(leftSidecars(folder.path("data")).size(), 2U);
  documents.close();
  Theme theme(false);
  MainWindow window(theme, false);
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
  window.show();
  window.openFiles({path});
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  auto* banner = window.findChild<Banner*>();
  EXPECT_EQ(banner->offerCount(), 2);
  ASSERT_TRUE(buttonOf(window, "Restore"));
  buttonOf(window, "Restore")->click();
  EXPECT_EQ(banner->offerCount(), 1) << "the other one waits";
  EXPECT_NE(QFile::exists(sidecar()), QFile::exists(later));
}

TEST_F(AutosaveTest, WhatIsLeftOfACopyOfAShippedFileComesBackAsThatCopy) {
  const Sidecar left{folder.path("data/untitled-99999999.autosave"),
                     {},
                     oneMac(),
                     2,
                     {},
                     *applyEdit(documents.document()->bytes, RemoveObject{"decode"})};
  ASSERT_TRUE(writeSidecar(left, folder.path("data")).empty());
  const auto found = leftSidecars(folder.path("data"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().copyOf, oneMac());
  documents.restore(found.front().path, found.front().bytes, "", found.front().copyOf);
  EXPECT_TRUE(documents.document()->path.isEmpty());
  EXPECT_EQ(documents.document()->place(), oneMac());
  EXPECT_TRUE(documents.isModified());
  EXPECT_TRUE(autosave.keep().empty());
  EXPECT_EQ(leftSidecars(folder.path("data")).size(), 2U) << "its own is kept apart from the left one";
}

TEST_F(AutosaveTest, WorkIsKeptElsewhereWhenTheFolderIsGone) {
  ASSERT_TRUE(QDir().mkpath(folder.path("mine")));
  const QString file = folder.path("mine/a.arch.yaml");
  ASSERT_TRUE(QFile::copy(path, file));
  documents.open(file);
  ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
  change("3");
  ASSERT_TRUE(QDir(folder.path("mine")).removeRecursively());
  EXPECT_TRUE(autosave.keep().empty());
  const QStringList kept = QDir(folder.path("data")).entryList({"kept-*.autosave"}, QDir::Files);
  ASSERT_EQ(kept.size(), 1);
  EXPECT_EQ(readSidecar(folder.path("data/" + kept.front()))->bytes, documents.document()->bytes);
}

TEST_F(AutosaveTest, TellsWhenTwoProgramsChangeOneFileAndKeepsTheirWorkApart) {
  QString owner;
  QObject::connect(&autosave, &Autosave::contended, &autosave, [&](const QString& who) { owner = who; });
  QLockFile other(lockPath(path, folder.path("data")));
  other.setStaleLockTime(0);
  ASSERT_TRUE(other.tryLock(0));
  change("3");
  EXPECT_FALSE(owner.isEmpty());
  EXPECT_TRUE(autosave.keep().empty());
  EXPECT_FALSE(QFile::exists(sidecar()));
  EXPECT_TRUE(readSidecar(sidecar() + QStringLiteral("-%1").arg(QCoreApplication::applicationPid())));
}

TEST_F(AutosaveTest, TellsOnceWhenNothingCanBeKept) {
  int failures = 0;
  QObject::connect(&autosave, &Autosave::failed, &autosave, [&] { ++failures; });
  QDir().mkpath(sidecar());  // a folder where the file should be
  change("3");
  EXPECT_TRUE(hasErrors(autosave.keep()));
  EXPECT_TRUE(hasErrors(autosave.keep()));
  EXPECT_EQ(failures, 1);
}

/// Whether a file can be read, and the step it holds; −1 if not.
int stepIn(const std::string& text) {
  const Result<Architecture> architecture = parseArchitecture(text, "torn");
  if (!architecture || hasErrors(architecture.diagnostics)) return -1;
  return std::atoi(architecture->description.c_str());
}

// TAKTWERK_KILLS=1000 desktop_test --gtest_filter='*Killed*' makes the long run.
TEST(Saving, KilledAtAnyTimeLeavesAWholeFileAndLosesNothingThatWasKept) {
  const int kills =
      qEnvironmentVariableIsSet("TAKTWERK_KILLS") ? qEnvironmentVariableIntValue("TAKTWERK_KILLS") : 12;
  const std::uint32_t seed = propertySeed();
  SCOPED_TRACE(seedTrace(seed));
  std::mt19937 random(seed);
  Folder folder;
  QFile shipped(oneMac());
  ASSERT_TRUE(shipped.open(QIODevice::ReadOnly));
  const QByteArray text = shipped.readAll();
  int saves = 0, keeps = 0;
  for (int i = 0; i < kills; ++i) {
    const QString path = folder.write("killed.arch.yaml", text);
    const QString data = folder.path("data");
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {"--save-until-killed", path, data});
    ASSERT_TRUE(process.waitForReadyRead(60000)) << "the program did not start";
    QThread::usleep(std::uniform_int_distribution<unsigned>(0, 30'000)(random));
    process.kill();
    ASSERT_TRUE(process.waitForFinished(60000));
    int saved = 0, kept = 0;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
      if (line.startsWith("saved ") && line.endsWith('.')) saved = line.mid(6).chopped(1).toInt();
      if (line.startsWith("kept ") && line.endsWith('.')) kept = line.mid(5).chopped(1).toInt();
    }
    saves += saved > 0;
    keeps += kept > 0;
    const Result<std::string> now = readFile(toPath(path));
    ASSERT_TRUE(now);
    const int inFile = *now == text.toStdString() ? 0 : stepIn(*now);
    ASSERT_GE(inFile, saved) << "what was saved is lost, or the file is torn";
    // What was kept last is in the sidecar, unless it was saved since.
    int best = inFile;
    if (const auto left = readSidecar(sidecarPath(path, data))) {
      const int step = stepIn(left->bytes);
      ASSERT_GE(step, 0) << "the sidecar is torn";
      best = std::max(best, step);
    }
    ASSERT_GE(best, std::max(saved, kept));
    for (const Sidecar& left : leftSidecars(data)) removeSidecar(left.sidecar, data);
    QFile::remove(sidecarPath(path, data));
    removeTorn(path);
    const QStringList torn = QDir(QFileInfo(path).path()).entryList({"*.new-*"}, QDir::Files | QDir::Hidden);
    ASSERT_TRUE(torn.isEmpty()) << torn.join(" ").toStdString();
  }
  if (kills >= 12) {
    EXPECT_GT(saves + keeps, 0) << "killed before anything happened";
  }
}

}  // namespace

/// The other side of the test above: changes, keeps and saves a file until the process is killed.
int saveUntilKilled(const QString& path, const QString& data) {
  JobManager jobs;
  History history;
  DocumentController documents(jobs, history, {});
  Autosave autosave(documents, data);
  documents.open(path);
  if (!waitFor([&] { return documents.document() != nullptr; })) return 1;
  for (int step = 1; step < 1'000'000; ++step) {
    documents.edit("Step", {SetText{"description", std::to_string(step)}});
    const bool saves = step % 3 == 0;
    if (hasErrors(saves ? documents.saveAs(documents.document()->path) : autosave.keep())) return 1;
    std::printf("%s %d.\n", saves ? "saved" : "kept", step);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace taktwerk::test
