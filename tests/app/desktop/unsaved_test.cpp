// SPDX-License-Identifier: GPL-3.0-or-later
// Closing, opening and beginning anew ask about every kind of unsaved work.
#include "app/desktop/unsaved_work.h"
#include "tests/app/desktop/work_fixture.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Answer = Questions::Answer;

class UnsavedTest : public WorkTest {
 protected:
  /// What a command or a way of opening asks while everything is unsaved, and the user cancels.
  void expectAsks(const std::function<void()>& leave, const std::vector<std::string>& about) {
    asked.clear();
    answer = Answer::Cancel;
    leave();
    ASSERT_TRUE(settle());
    EXPECT_EQ(asked.size(), 1) << "cancelled at the first question";
    EXPECT_EQ(document().path, architecture);
    EXPECT_EQ(choices().size(), 1U);
    // Discarding one kind goes on to the next.
    std::vector<std::string> questions;
    window.ask().unsaved = [&](const QString& question) {
      questions.push_back(question.toStdString());
      return questions.size() == about.size() ? Answer::Cancel : Answer::Discard;
    };
    leave();
    ASSERT_TRUE(settle());
    ASSERT_EQ(questions.size(), about.size());
    for (std::size_t i = 0; i < about.size(); ++i) EXPECT_THAT(questions[i], HasSubstr(about[i]));
    EXPECT_EQ(document().path, architecture) << "cancelled at the last question";
    EXPECT_EQ(choices().size(), 1U);
    EXPECT_THAT(page->document()->text(), HasSubstr("# and this"));
    EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
    window.ask().unsaved = [this](const QString& question) {
      asked << question;
      return answer;
    };
  }
  void changeEverything() {
    editArchitecture();
    editNetwork();
    editMapping();
    attach("conv0");
  }
};

TEST_F(UnsavedTest, NothingIsAskedWhenNothingWasChanged) {
  openWork();
  EXPECT_TRUE(window.close());
  EXPECT_TRUE(asked.isEmpty());
}

TEST_F(UnsavedTest, ClosingAsksAboutChoicesThatAreInNoWorkspace) {
  openWork();
  attach("conv0");
  EXPECT_TRUE(window.isWindowModified());
  EXPECT_FALSE(window.close());
  ASSERT_EQ(asked.size(), 1);
  EXPECT_THAT(asked.front().toStdString(), HasSubstr("in no workspace yet"));
  EXPECT_THAT(asked.front().toStdString(), HasSubstr("1 layer"));
  answer = Answer::Save;
  window.ask().workspacePath = [](const QString&) { return QString(); };
  EXPECT_FALSE(window.close()) << "no name was given";
  QString suggested;
  window.ask().workspacePath = [&](const QString& suggestion) {
    suggested = suggestion;
    return folder.path("study");
  };
  EXPECT_TRUE(window.close());
  EXPECT_EQ(suggested, folder.path("copy.taktwerk"));
  EXPECT_THAT(onDisk(folder.path("study.taktwerk")), HasSubstr("conv1d on one MAC"));
  EXPECT_EQ(asked.size(), 3);
  EXPECT_TRUE(window.close());
  EXPECT_EQ(asked.size(), 3) << "nothing is left to ask about";
}

TEST_F(UnsavedTest, ClosingDiscardsChoicesWhenTold) {
  openWork();
  attach("conv0");
  answer = Answer::Discard;
  EXPECT_TRUE(window.close());
  EXPECT_FALSE(QFile::exists(folder.path("study.taktwerk")));
}

TEST_F(UnsavedTest, ClosingAsksAboutChangedChoicesOfASavedWorkspace) {
  openWork();
  attach("conv0");
  ASSERT_TRUE(window.unsavedWork().saveWorkspace(false));
  window.openFiles({folder.path("study.taktwerk")});
  ASSERT_TRUE(settle());
  EXPECT_EQ(window.workspace().path(), folder.path("study.taktwerk"));
  ASSERT_EQ(choices().size(), 1U);
  EXPECT_FALSE(window.workspace().isModified()) << "as it was opened";
  EXPECT_TRUE(asked.isEmpty());
  page->attach({}, MappingPage::Scope::All);
  EXPECT_FALSE(window.close());
  ASSERT_EQ(asked.size(), 1);
  EXPECT_THAT(asked.front().toStdString(), HasSubstr("study.taktwerk"));
  answer = Answer::Save;
  window.ask().workspacePath = [](const QString&) {
    ADD_FAILURE() << "it has a name";
    return QString();
  };
  EXPECT_TRUE(window.close());
  EXPECT_THAT(onDisk(folder.path("study.taktwerk")), Not(HasSubstr("layers")));
}

TEST_F(UnsavedTest, AnotherNetworkIsAChangeOfASavedWorkspaceOnly) {
  openWork();
  const QString other = copyOfNetwork("other.network.yaml");
  window.openFiles({other});
  ASSERT_TRUE(settle());
  EXPECT_FALSE(window.workspace().isModified());
  ASSERT_TRUE(window.unsavedWork().saveWorkspace(false));
  window.openFiles({networkPath});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.workspace().isModified());
  window.openFiles({other});
  ASSERT_TRUE(settle());
  EXPECT_FALSE(window.workspace().isModified());
}

TEST_F(UnsavedTest, EachWayOfLeavingAsksAboutWhatWouldBeLost) {
  openWork();
  const QString other = folder.write("other.arch.yaml", QByteArray::fromStdString(original));
  const QString study = folder.write("other.taktwerk",
                                     "format: taktwerk-workspace/1\narchitecture: other.arch.yaml\n"
                                     "network: mine.network.yaml\n");
  changeEverything();
  const std::vector<std::string> everything{"copy.arch.yaml", "mine.network.yaml and ",
                                            "in no workspace yet"};
  // The network stays open beside another architecture, with its edits.
  const std::vector<std::string> butNetwork{"copy.arch.yaml", "mapping.yaml has changes",
                                            "in no workspace yet"};
  expectAsks([this] { window.close(); }, everything);
  expectAsks([this] { window.commands().action("file.close")->trigger(); }, everything);
  expectAsks([&] { window.openFiles({study}); }, everything);
  expectAsks([&] { window.openFiles({other}); }, butNetwork);
  expectAsks([this] { window.commands().action("file.new")->trigger(); }, butNetwork);
}

TEST_F(UnsavedTest, SavesEveryKindWhenTold) {
  openWork();
  changeEverything();
  const QString mappingPath = page->document()->path();
  answer = Answer::Save;
  EXPECT_TRUE(window.close());
  EXPECT_EQ(asked.size(), 3);
  EXPECT_EQ(onDisk(architecture), bytes());
  EXPECT_THAT(onDisk(networkPath), HasSubstr("# seen"));
  EXPECT_THAT(onDisk(mappingPath), HasSubstr("# and this"));
  EXPECT_THAT(onDisk(folder.path("study.taktwerk")), HasSubstr("network: mine.network.yaml"));
  EXPECT_FALSE(window.isWindowModified());
}

TEST_F(UnsavedTest, WhatIsDiscardedIsGoneOnceSomethingElseIsOpen) {
  openWork();
  changeEverything();
  answer = Answer::Discard;
  const QString torn = folder.write("torn.arch.yaml", "format: [");
  window.openFiles({torn});
  ASSERT_TRUE(settle());
  EXPECT_THAT(page->document()->text(), HasSubstr("# and this")) << "nothing else was opened";
  EXPECT_EQ(choices().size(), 1U);
  const QString other = folder.write("other.arch.yaml", QByteArray::fromStdString(original));
  window.openFiles({other});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(choices().empty());
  EXPECT_TRUE(page->unsaved().isEmpty());
  EXPECT_EQ(network->unsaved(), QStringList{networkPath}) << "the network is still open";
  EXPECT_EQ(window.workspace().steps(), 0);
  window.commands().action("file.close")->trigger();
  EXPECT_TRUE(network->unsaved().isEmpty());
  EXPECT_FALSE(window.isWindowModified());
  asked.clear();
  EXPECT_TRUE(window.close());
  EXPECT_TRUE(asked.isEmpty());
}

TEST_F(UnsavedTest, SavingTheArchitectureElsewhereKeepsTheChoices) {
  openWork();
  attach("conv0");
  ASSERT_TRUE(window.documents().saveAs(folder.path("elsewhere.arch.yaml")).empty());
  ASSERT_TRUE(settle());
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_EQ(window.workspace().steps(), 1);
  EXPECT_TRUE(window.workspace().isModified());
}

TEST_F(UnsavedTest, ANewArchitectureBeginsWithoutTheChoicesOfTheLatest) {
  window.commands().action("file.new")->trigger();
  page->attachTo({"conv0"}, mapping);
  ASSERT_EQ(choices().size(), 1U);
  answer = Answer::Discard;
  window.commands().action("file.new")->trigger();
  EXPECT_EQ(asked.size(), 1);
  EXPECT_TRUE(choices().empty());
}

TEST_F(UnsavedTest, AnotherNetworkKeepsTheEditsOfThisOneAndTheirUndo) {
  openWork();
  const std::string before = network->document().text();
  editNetwork();
  window.openFiles({copyOfNetwork("other.network.yaml")});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(asked.isEmpty());
  EXPECT_EQ(network->document().text(), before);
  EXPECT_EQ(network->document().steps(), 0);
  EXPECT_EQ(network->unsaved(), QStringList{networkPath});
  window.openFiles({networkPath});
  ASSERT_TRUE(settle());
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
  ASSERT_EQ(network->document().steps(), 1);
  window.history().undo();
  EXPECT_EQ(network->document().text(), before);
  EXPECT_TRUE(network->unsaved().isEmpty());
}

}  // namespace
}  // namespace taktwerk::test
