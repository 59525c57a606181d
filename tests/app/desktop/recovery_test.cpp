// SPDX-License-Identifier: GPL-3.0-or-later
// Networks, mappings and choices are kept against crashes and offered again.
#include "app/desktop/recovery.h"

#include <QCoreApplication>
#include <QDir>
#include <QLockFile>
#include <QProcess>
#include <QPushButton>
#include <QThread>
#include <random>

#include "tests/app/desktop/work_fixture.h"
#include "widgets/document/text_documents.h"
#include "widgets/document/work_keeper.h"
#include "widgets/problems/banner.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Texts that are kept, without a window.
struct KeptTexts {
  explicit KeptTexts(const QString& data) : keeper(data, [this] { return pieces(); }) {
    QObject::connect(&documents, &TextDocuments::edited, &keeper, &WorkKeeper::follow);
  }
  std::vector<UnsavedPiece> pieces() const {
    std::vector<UnsavedPiece> pieces;
    for (const QString& path : documents.unsaved(true)) {
      TextDocument* document = documents.find(path);
      pieces.push_back({path, document->steps(), [document] { return document->text(); }});
    }
    return pieces;
  }
  History history;
  TextDocuments documents{history, HistoryPlace::Kind::Network};
  WorkKeeper keeper;
};

class WorkKeeperTest : public ::testing::Test {
 protected:
  WorkKeeperTest() : path(folder.write("mine.network.yaml", "zero")), texts(folder.path("data")) {
    document = &texts.documents.open(path, "zero", true);
  }
  [[nodiscard]] QString sidecar() const { return sidecarPath(path, folder.path("data")); }

  Folder folder;
  QString path;
  KeptTexts texts;
  TextDocument* document = nullptr;
};

TEST_F(WorkKeeperTest, KeepsChangesBesideTheFileAndForgetsThemWhenSaved) {
  texts.keeper.setArchitecture("/some/a.arch.yaml");
  EXPECT_TRUE(texts.keeper.keep().empty());
  EXPECT_FALSE(QFile::exists(sidecar())) << "nothing was changed";
  document->change("one", "change");
  EXPECT_TRUE(texts.keeper.keep().empty());
  const auto kept = readSidecar(sidecar());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->bytes, "one");
  EXPECT_EQ(kept->path, path);
  EXPECT_EQ(kept->with, "/some/a.arch.yaml");
  EXPECT_EQ(kindOf(*kept), FileKind::Network);
  EXPECT_EQ(onDisk(path), "zero") << "the user's file is not touched";
  EXPECT_TRUE(texts.documents.save(*document, path).empty());
  EXPECT_FALSE(QFile::exists(sidecar()));
  document->change("two", "change");
  EXPECT_TRUE(texts.keeper.keep().empty());
  EXPECT_TRUE(QFile::exists(sidecar()));
  texts.history.undo();
  EXPECT_FALSE(QFile::exists(sidecar())) << "undone to what the file holds";
  EXPECT_TRUE(leftSidecars(folder.path("data")).empty());
}

TEST_F(WorkKeeperTest, KeepsByItselfAfterAPauseAndWhileChangesGoOn) {
  texts.keeper.setPace(60, 100'000);
  document->change("one", "change");
  EXPECT_TRUE(waitFor([&] { return QFile::exists(sidecar()); }, 20000));
  QFile::remove(sidecar());
  texts.keeper.setPace(100'000, 150);
  for (int i = 0; i < 2000 && !QFile::exists(sidecar()); ++i) {
    document->change(std::to_string(i), "change");
    QTest::qWait(10);
  }
  EXPECT_TRUE(QFile::exists(sidecar())) << "no pause for a long time";
}

TEST_F(WorkKeeperTest, WritesNeitherOverAnotherProgramsWorkNorOverWhatWasLeft) {
  ASSERT_TRUE(writeSidecar({sidecar(), path, {}, 1, {}, "left"}, folder.path("data")).empty());
  document->change("one", "change");
  EXPECT_TRUE(texts.keeper.keep().empty());
  EXPECT_EQ(readSidecar(sidecar())->bytes, "left");
  const QString own = sidecar() + QStringLiteral("-%1").arg(QCoreApplication::applicationPid());
  ASSERT_TRUE(readSidecar(own));
  EXPECT_EQ(readSidecar(own)->bytes, "one");
  EXPECT_TRUE(texts.keeper.owns(own));
  EXPECT_FALSE(texts.keeper.owns(sidecar()));
  // Another file, which somebody else changes.
  const QString other = folder.write("other.network.yaml", "zero");
  QLockFile lock(lockPath(other, folder.path("data")));
  lock.setStaleLockTime(0);
  ASSERT_TRUE(lock.tryLock(0));
  QString contended;
  QObject::connect(&texts.keeper, &WorkKeeper::contended, &texts.keeper,
                   [&](const QString& whose) { contended = whose; });
  texts.documents.open(other, "zero", true).change("two", "change");
  EXPECT_EQ(contended, other);
  EXPECT_TRUE(texts.keeper.keep().empty());
  EXPECT_FALSE(QFile::exists(sidecarPath(other, folder.path("data"))));
}

TEST_F(WorkKeeperTest, KeepsWhereItCanWhatHasNoFolderYet) {
  const QString nowhere = folder.path("no/such/folder/new.mapping.yaml");
  texts.documents.open(nowhere, "new", false);
  EXPECT_TRUE(texts.keeper.keep().empty());
  const auto kept = readSidecar(sidecarPath(nowhere, folder.path("data")));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->path, nowhere);
  EXPECT_EQ(kept->bytes, "new");
}

TEST_F(WorkKeeperTest, TellsOnceWhenSomethingCannotBeKeptAndKeepsTheRest) {
  int failures = 0;
  QObject::connect(&texts.keeper, &WorkKeeper::failed, &texts.keeper, [&] { ++failures; });
  QDir().mkpath(sidecar());  // a folder where the file should be
  const QString other = folder.write("other.network.yaml", "zero");
  document->change("one", "change");
  texts.documents.open(other, "zero", true).change("two", "change");
  EXPECT_TRUE(hasErrors(texts.keeper.keep()));
  EXPECT_TRUE(hasErrors(texts.keeper.keep()));
  EXPECT_EQ(failures, 1);
  EXPECT_TRUE(readSidecar(sidecarPath(other, folder.path("data"))));
}

// TAKTWERK_KILLS=1000 desktop_test --gtest_filter='*Killed*' makes the long run.
TEST(Keeping, KilledAtAnyTimeLosesNothingThatWasKept) {
  const int kills =
      qEnvironmentVariableIsSet("TAKTWERK_KILLS") ? qEnvironmentVariableIntValue("TAKTWERK_KILLS") : 12;
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  Folder folder;
  const QString data = folder.path("data");
  int keeps = 0;
  for (int i = 0; i < kills; ++i) {
    const QString path = folder.write("killed.network.yaml", "0.");
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {"--keep-until-killed", path, data});
    ASSERT_TRUE(process.waitForReadyRead(60000)) << "the program did not start";
    QThread::usleep(std::uniform_int_distribution<unsigned>(0, 20'000)(random));
    process.kill();
    ASSERT_TRUE(process.waitForFinished(60000));
    int kept = 0;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
      if (line.startsWith("kept ") && line.endsWith('.')) kept = line.mid(5).chopped(1).toInt();
    }
    keeps += kept > 0;
    ASSERT_EQ(onDisk(path), "0.");
    const std::vector<Sidecar> left = leftSidecars(data);
    ASSERT_EQ(left.size(), 1U) << "the next start finds it";
    const std::string& text = left.front().bytes;
    ASSERT_EQ(text.find('.'), text.size() - 1) << "torn";
    ASSERT_GE(std::atoi(text.c_str()), kept);
    removeSidecar(left.front().sidecar, data);
    removeTorn(path);
  }
  if (kills >= 12) {
    EXPECT_GT(keeps, 0) << "killed before anything was kept";
  }
}

/// A window that begins after another program was killed in the middle of its work.
class RecoveryTest : public WorkTest {
 protected:
  /// Everything but the architecture is changed and kept by another program, which is then killed.
  void crash(const char* what) {
    openOneMac();
    architecture = document().path;
    networkPath = copyOfNetwork("mine.network.yaml");
    answer = Questions::Answer::Discard;
    window.commands().action("file.close")->trigger();
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {"--change-until-killed", architecture, what});
    QByteArray data;
    while (!data.endsWith('\n')) {
      ASSERT_TRUE(process.waitForReadyRead(60000)) << "the program did not come so far";
      data += process.readAllStandardOutput();
    }
    process.kill();
    ASSERT_TRUE(process.waitForFinished(60000));
    // The list of what was kept is the user's; tests have one each.
    theirs.emplace(QString::fromUtf8(data.trimmed()));
    const QString ours = window.autosave().dataFolder();
    QDir().mkpath(ours);
    for (const QString& name : theirs->entryList({"autosaved-*"}, QDir::Files)) {
      ASSERT_TRUE(QFile::copy(theirs->filePath(name), ours + "/" + name));
    }
  }
  void TearDown() override {
    for (const Sidecar& left : leftSidecars(window.autosave().dataFolder())) {
      removeSidecar(left.sidecar, window.autosave().dataFolder());
    }
    if (theirs) theirs->removeRecursively();
  }
  QString bannerText() { return window.findChild<Banner*>()->text(); }
  void click(const QString& text) {
    QCoreApplication::processEvents();  // layouts show what was added then
    for (QPushButton* button : window.findChild<Banner*>()->findChildren<QPushButton*>()) {
      if (button->text() == text && button->isVisible()) return button->click();
    }
    ADD_FAILURE() << "no button " << text.toStdString() << " in " << bannerText().toStdString();
  }

  std::optional<QDir> theirs;  ///< where the killed program kept what has no file
};

TEST_F(RecoveryTest, OffersNetworkMappingAndChoicesThatAnEndedProgramLeftAndRestoresThem) {
  crash("pages");
  const std::size_t left = leftSidecars(window.autosave().dataFolder()).size();
  EXPECT_EQ(left, 3U);
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("mine.network.yaml (1 step)"));
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("mapping.yaml (1 step)"));
  EXPECT_THAT(bannerText().toStdString(),
              HasSubstr("choices for copy.arch.yaml that are in no workspace yet (2 steps)"));
  click("Restore");
  ASSERT_TRUE(settle());
  EXPECT_EQ(network->document().path(), networkPath);
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
  ASSERT_EQ(page->unsaved().size(), 1);
  EXPECT_THAT(page->documents().find(page->unsaved().front())->text(), HasSubstr("# and this"));
  EXPECT_EQ(choices().at("conv0").mapping, mapping.toStdString());
  EXPECT_EQ(window.estimates().input().parameters.at("arch.mac_latency"), 4);
  EXPECT_TRUE(window.isWindowModified());
  // What is restored is one step over what the files hold.
  EXPECT_EQ(window.history().count(), 3);
  window.history().setIndex(0);
  EXPECT_EQ(network->document().text(), onDisk(networkPath));
  EXPECT_TRUE(choices().empty());
  EXPECT_TRUE(page->unsaved().isEmpty());
  window.history().setIndex(3);
  // What was left goes, what is here is kept anew.
  EXPECT_TRUE(leftSidecars(window.autosave().dataFolder()).empty());
  answer = Questions::Answer::Cancel;
  asked.clear();
  EXPECT_FALSE(window.close());
  EXPECT_EQ(asked.size(), 1);
}

TEST_F(RecoveryTest, RestoredWorkIsKeptAgainUntilItIsSaved) {
  crash("pages");
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  click("Restore");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.unsavedWork().keeper().keep().empty());
  int kept = 0;
  const QDir data(window.autosave().dataFolder());
  for (const QString& name : data.entryList({"autosaved-*"}, QDir::Files)) {
    const QString sidecar = QString::fromStdString(onDisk(data.filePath(name)));
    EXPECT_TRUE(window.unsavedWork().keeper().owns(sidecar)) << sidecar.toStdString();
    ++kept;
  }
  EXPECT_EQ(kept, 3);
  answer = Questions::Answer::Save;
  EXPECT_TRUE(window.close());
  EXPECT_TRUE(data.entryList({"autosaved-*"}, QDir::Files).isEmpty());
  EXPECT_THAT(onDisk(networkPath), HasSubstr("# seen"));
  EXPECT_THAT(onDisk(folder.path("study.taktwerk")), HasSubstr("arch.mac_latency: 4"));
}

TEST_F(RecoveryTest, DiscardingForgetsWhatWasLeft) {
  crash("pages");
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  click("Discard");
  EXPECT_TRUE(leftSidecars(window.autosave().dataFolder()).empty());
  EXPECT_TRUE(choices().empty());
  EXPECT_THAT(network->document().text(), Not(HasSubstr("# seen")));
  window.openFiles({networkPath});
  ASSERT_TRUE(settle());
  EXPECT_THAT(bannerText().toStdString(), Not(HasSubstr("ended before")));
}

TEST_F(RecoveryTest, OffersTheArchitectureTogetherWithTheRest) {
  crash("everything");
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("copy.arch.yaml (1 step)"));
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("mine.network.yaml (1 step)"));
  click("Restore");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.documents().isModified());
  EXPECT_THAT(bytes(), HasSubstr("latency: 3"));
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
}

TEST_F(RecoveryTest, OpensTheArchitectureTheWorkBelongsTo) {
  crash("pages");
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_THAT(bannerText().toStdString(), Not(HasSubstr("ended before"))) << "of another architecture";
  window.openFiles({networkPath});  // which was changed with that
  ASSERT_TRUE(settle());
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("mine.network.yaml (1 step)"));
  click("Restore");
  ASSERT_TRUE(waitFor([&] { return network->document().text().find("# seen") != std::string::npos; }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().path, architecture);
  EXPECT_EQ(choices().size(), 1U) << "with all that was changed there";
}

TEST_F(RecoveryTest, RestoresTheChoicesOfASavedWorkspaceOverWhatItsFileHolds) {
  crash("workspace");
  const QString study = folder.path("study.taktwerk");
  EXPECT_THAT(onDisk(study), Not(HasSubstr("b1.down")));
  window.openFiles({study});
  ASSERT_TRUE(settle());
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_THAT(bannerText().toStdString(), HasSubstr("choices of study.taktwerk"));
  click("Restore");
  ASSERT_TRUE(settle());
  EXPECT_EQ(window.workspace().path(), study);
  EXPECT_EQ(choices().size(), 2U);
  EXPECT_TRUE(window.workspace().isModified());
  window.history().undo();
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_FALSE(window.workspace().isModified());
  window.history().redo();
  ASSERT_TRUE(window.unsavedWork().saveWorkspace(false));
  EXPECT_THAT(onDisk(study), HasSubstr("b1.down"));
}

TEST(RecoveryGroups, WhatWasChangedWithOneArchitectureIsOfferedTogether) {
  const Sidecar arch{"/d/.a.arch.yaml.autosave", "/d/a.arch.yaml", {}, 1, {}, ""};
  const Sidecar network{"/d/.n.network.yaml.autosave", "/d/n.network.yaml", {}, 1, {}, "", "/d/a.arch.yaml"};
  const Sidecar unnamed{"/data/untitled-7.taktwerk.autosave", {}, {}, 1, {}, "", "/d/a.arch.yaml"};
  const Sidecar fresh{"/data/untitled-8.autosave", {}, {}, 1, {}, ""};
  const Sidecar ofFresh{"/data/untitled-8.taktwerk.autosave", {}, {}, 1, {}, "", "/data/untitled-8.autosave"};
  const std::vector<Sidecar> all{unnamed, fresh, network, ofFresh, arch};
  const auto names = [&](const Sidecar& first) {
    std::vector<QString> found;
    for (const Sidecar& s : groupOf(first, all)) found.push_back(s.sidecar);
    return found;
  };
  EXPECT_THAT(names(unnamed), testing::ElementsAre(unnamed.sidecar, network.sidecar, arch.sidecar));
  EXPECT_THAT(names(fresh), testing::ElementsAre(fresh.sidecar, ofFresh.sidecar));
}

}  // namespace

/// The other sides of the tests above: one changes and keeps a text until the process is killed …
int keepUntilKilled(const QString& path, const QString& data) {
  KeptTexts texts(data);
  TextDocument& document = texts.documents.open(path, "0.", true);
  for (int step = 1; step < 1'000'000; ++step) {
    document.change(std::to_string(step) + ".", "step");
    if (hasErrors(texts.keeper.keep())) return 1;
    std::printf("kept %d.\n", step);
    std::fflush(stdout);
  }
  return 0;
}

/// … the other changes what the pages of a window show ("pages"), the architecture, too ("everything"), or a
/// saved workspace alone ("workspace"), keeps it once, and waits.
int changeUntilKilled(const QString& architecture, const QString& what) {
  const QDir folder = QFileInfo(architecture).dir();
  Theme theme(false);
  MainWindow window(theme, false);
  window.show();
  const auto settle = [&] { return waitFor([&] { return !window.busy(); }); };
  window.openFiles({architecture, folder.filePath("mine.network.yaml")});
  auto* network = window.findChild<NetworkPage*>();
  auto* page = window.findChild<MappingPage*>();
  if (!settle() || !window.documents().document()) return 1;
  page->attachTo({"conv0"}, "conv1d on one MAC");
  if (what == "workspace") {
    if (hasErrors(window.workspace().save(folder.filePath("study.taktwerk")))) return 1;
    page->attachTo({"b1.down"}, "conv1d on one MAC");
  } else {
    window.workspace().setParameter("mac_latency", 4);
    network->document().change(network->document().text() + "# seen\n", "note");
    window.commands().action("view.mapping")->trigger();
    if (!waitFor([&] { return page->document() != nullptr; })) return 1;
    page->document()->change(page->document()->text() + "# and this\n", "note");
  }
  if (what == "everything") {
    window.documents().edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}});
  }
  if (!settle()) return 1;
  if (hasErrors(window.autosave().keep()) || hasErrors(window.unsavedWork().keeper().keep())) return 1;
  std::printf("%s\n", window.autosave().dataFolder().toUtf8().constData());
  std::fflush(stdout);
  QThread::sleep(600);
  return 1;
}

}  // namespace taktwerk::test
