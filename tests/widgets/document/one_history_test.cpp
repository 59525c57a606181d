// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of everything that is open are steps of one history, in the order in which they were done.
#include <QTest>

#include "tests/widgets/document/history_fixture.h"
#include "widgets/history/history_view.h"

namespace taktwerk::test {
namespace {

/// Everything that the history changes.
struct Everything {
  std::string architecture, network, mapping;
  std::int64_t choice = 0;
  friend bool operator==(const Everything&, const Everything&) = default;
};

class InterleavedTest : public OneHistoryTest {
 protected:
  InterleavedTest() {
    network = &open(networks, "n.network.yaml");
    mapping = &open(mappings, "m.mapping.yaml");
  }
  [[nodiscard]] Everything now() const {
    return {architecture(), network->text(), mapping->text(), chosen()};
  }
  /// One step of each kind, twice over, and what was there before each and at the end.
  std::vector<Everything> editAll() {
    std::vector<Everything> states{now()};
    for (int round = 1; round <= 2; ++round) {
      const std::string number = std::to_string(round);
      rename("name" + number);
      states.push_back(now());
      network->change("network " + number + "\n", "Change K of conv1");
      states.push_back(now());
      choose(round);
      states.push_back(now());
      mapping->change("mapping " + number + "\n", "Change for i");
      states.push_back(now());
    }
    return states;
  }

  TextDocument* network = nullptr;
  TextDocument* mapping = nullptr;
};

TEST_F(InterleavedTest, EditsOfFourKindsAreUndoneAndRedoneInTheirOrder) {
  const std::vector<Everything> states = editAll();
  ASSERT_EQ(history.count(), 8);
  for (std::size_t at = 8; at-- > 0;) {
    history.undo();
    EXPECT_EQ(now(), states[at]) << at;
  }
  EXPECT_FALSE(history.canUndo());
  for (std::size_t at = 1; at <= 8; ++at) {
    history.redo();
    EXPECT_EQ(now(), states[at]) << at;
  }
  EXPECT_FALSE(history.canRedo());
  history.setIndex(3);
  EXPECT_EQ(now(), states[3]);
  history.setIndex(7);
  EXPECT_EQ(now(), states[7]);
}

TEST_F(InterleavedTest, StepsSayWhereTheyBelong) {
  editAll();
  EXPECT_EQ(history.text(0), "Rename");
  EXPECT_EQ(history.text(1), "Change K of conv1 (n.network.yaml)");
  EXPECT_EQ(history.text(2), "Set rows (choices)");
  EXPECT_EQ(history.text(3), "Change for i (m.mapping.yaml)");
  EXPECT_TRUE(networks.save(*network, folder.path("other.network.yaml")).empty());
  EXPECT_TRUE(workspace.save(folder.path("study.taktwerk")).empty());
  EXPECT_EQ(history.text(1), "Change K of conv1 (other.network.yaml)");
  EXPECT_EQ(history.text(2), "Set rows (study.taktwerk)");
  EXPECT_EQ(history.text(-1), "");
  EXPECT_EQ(history.text(8), "");
}

TEST_F(InterleavedTest, TellsWhatAStepBelongedTo) {
  editAll();
  std::vector<std::pair<HistoryPlace, QString>> told;
  std::vector<int> steps;
  const auto note = [&](const HistoryPlace& place, const QString& text, int count) {
    told.emplace_back(place, text);
    steps.push_back(count);
  };
  QObject::connect(&history, &History::undone, &history, note);
  QObject::connect(&history, &History::redone, &history, note);
  history.undo();
  history.redo();
  history.setIndex(1);
  history.setIndex(2);
  ASSERT_EQ(told.size(), 4U);
  const HistoryPlace here{HistoryPlace::Kind::Mapping, mapping->path()};
  const HistoryPlace there{HistoryPlace::Kind::Network, network->path()};
  EXPECT_EQ(told[0], std::pair(here, QString("Change for i (m.mapping.yaml)")));
  EXPECT_EQ(told[1], told[0]);
  EXPECT_EQ(told[2], std::pair(there, QString("Change K of conv1 (n.network.yaml)"))) << "where it leads";
  EXPECT_EQ(told[3], told[2]);
  EXPECT_EQ(steps, (std::vector<int>{1, 1, 7, 1}));
}

TEST_F(InterleavedTest, AJumpShowsEachDocumentOnce) {
  for (int i = 1; i <= 30; ++i) {
    rename("name" + std::to_string(i));
    network->change(std::to_string(i) + "\n", "Change");
    choose(i);
  }
  int architectures = 0, texts = 0, choices = 0;
  QObject::connect(&documents, &DocumentController::documentChanged, &history, [&] { ++architectures; });
  QObject::connect(network, &TextDocument::changed, &history, [&] { ++texts; });
  QObject::connect(&workspace, &WorkspaceDocument::changed, &history, [&] { ++choices; });
  history.setIndex(0);
  EXPECT_EQ(architecture(), architectureNamed("first"));
  EXPECT_EQ(network->text(), "zero\n");
  EXPECT_EQ(chosen(), 0);
  EXPECT_EQ(architectures, 1) << "each is read, laid out, routed and drawn";
  EXPECT_EQ(texts, 1);
  EXPECT_LE(choices, 2) << "parameters and layers";
}

TEST_F(InterleavedTest, EachKnowsWhetherItIsModified) {
  const auto modified = [this] {
    return std::vector<bool>{documents.isModified(), network->modified(), mapping->modified(),
                             workspace.isModified()};
  };
  const std::vector<bool> none(4, false), all(4, true);
  EXPECT_EQ(modified(), none);
  editAll();
  EXPECT_EQ(modified(), all);
  history.setIndex(0);
  EXPECT_EQ(modified(), none) << "undone to what the files hold";
  history.setIndex(4);
  EXPECT_EQ(modified(), all);
  // Saved in the middle.
  EXPECT_TRUE(documents.saveAs(documents.document()->path).empty());
  EXPECT_TRUE(networks.save(*network, network->path()).empty());
  EXPECT_TRUE(mappings.save(*mapping, mapping->path()).empty());
  EXPECT_TRUE(workspace.save(folder.path("study.taktwerk")).empty());
  EXPECT_EQ(modified(), none);
  history.redo();
  EXPECT_EQ(modified(), (std::vector<bool>{true, false, false, false}));
  history.setIndex(8);
  EXPECT_EQ(modified(), all);
  history.setIndex(4);
  EXPECT_EQ(modified(), none);
  history.setIndex(0);
  EXPECT_EQ(modified(), all) << "the files hold it still";
  rename("else");
  EXPECT_EQ(history.count(), 1);
  rename("name1");
  EXPECT_FALSE(documents.isModified()) << "what the file holds, on another way";
}

TEST_F(InterleavedTest, TellsOfBeingModifiedOnceItChanges) {
  int told = 0;
  QObject::connect(&documents, &DocumentController::modifiedChanged, &history, [&] { ++told; });
  rename("one");
  rename("two");
  EXPECT_EQ(told, 1);
  EXPECT_EQ(documents.unsavedSteps(), 2);
  history.setIndex(0);
  EXPECT_EQ(told, 2);
  EXPECT_EQ(documents.unsavedSteps(), 0);
  history.setIndex(2);
  EXPECT_TRUE(documents.saveAs(documents.document()->path).empty());
  EXPECT_EQ(told, 4);
}

TEST_F(InterleavedTest, ADocumentThatGoesTakesItsStepsFromAmongTheOthers) {
  editAll();
  history.setIndex(6);  // of the network: 1 and 5 of 0 to 7
  networks.drop(network->path());
  EXPECT_EQ(history.count(), 6);
  EXPECT_EQ(history.index(), 4);
  EXPECT_EQ(history.text(0), "Rename");
  EXPECT_EQ(history.text(1), "Set rows (choices)");
  history.redo();
  history.redo();
  EXPECT_EQ(mapping->text(), "mapping 2\n");
  EXPECT_EQ(chosen(), 2);
  history.setIndex(0);
  EXPECT_EQ(mapping->text(), "zero\n");
  EXPECT_EQ(architecture(), architectureNamed("first"));
  history.setIndex(6);
  EXPECT_EQ(architecture(), architectureNamed("name2"));
}

TEST_F(InterleavedTest, WhatIsOpenedAnewLeavesNoSteps) {
  editAll();
  open(networks, "n.network.yaml", "anew\n");
  EXPECT_EQ(networks.find(network->path()), network);
  EXPECT_EQ(network->steps(), 0);
  EXPECT_EQ(history.count(), 6);
  workspace.begin({});
  EXPECT_EQ(history.count(), 4);
  history.setIndex(0);
  EXPECT_EQ(network->text(), "anew\n");
  EXPECT_EQ(chosen(), 2);
}

TEST_F(InterleavedTest, AnotherArchitectureKeepsTheStepsOfTheNetwork) {
  editAll();
  openArchitecture("b.arch.yaml");
  EXPECT_EQ(history.count(), 6);
  EXPECT_EQ(history.count(documents), 0);
  history.setIndex(0);
  EXPECT_EQ(network->text(), "zero\n");
  EXPECT_EQ(architecture(), architectureNamed("first"));
  EXPECT_FALSE(documents.isModified());
  documents.close();
  EXPECT_EQ(history.count(), 6);
  history.setIndex(6);
  EXPECT_EQ(network->text(), "network 2\n");
  EXPECT_FALSE(documents.document());
}

TEST_F(InterleavedTest, NothingMergesAcrossAStepOfAnotherOrOneThatWasUndone) {
  const QString gesture = gestureKey();
  rename("one", gesture);
  rename("two", gesture);
  EXPECT_EQ(history.count(), 1);
  choose(1, gesture);
  EXPECT_EQ(history.count(), 2) << "another document";
  rename("three", gesture);
  EXPECT_EQ(history.count(), 3) << "a step in between";
  network->change("zero\na", "Type", true);
  network->change("zero\nab", "Type", true);
  EXPECT_EQ(history.count(), 4);
  mapping->change("zero\na", "Type", true);
  network->change("zero\nabc", "Type", true);
  EXPECT_EQ(history.count(), 6);
  history.undo();
  history.undo();
  network->change("zero\nabd", "Type", true);
  EXPECT_EQ(history.count(), 5) << "what was undone is gone, and the step before is finished";
  // The mapping's step is out from between two of the network.
  mapping->change("zero\nx", "Change");
  mappings.drop(mapping->path());
  network->change("zero\nabde", "Type", true);
  EXPECT_EQ(history.count(), 6);
}

TEST_F(InterleavedTest, TypingInOneTextGoesOnInNoOther) {
  // What is typed into the second stands right behind where the first was typed into.
  const std::string first = network->text(), second = mapping->text();
  ASSERT_FALSE(second.empty());
  network->change("a" + first, "Type", true);
  mapping->change(second.substr(0, 1) + "b" + second.substr(1), "Type", true);
  EXPECT_EQ(history.count(), 2);
  history.undo();
  EXPECT_EQ(mapping->text(), second);
  EXPECT_EQ(network->text(), "a" + first);
  history.undo();
  EXPECT_EQ(network->text(), first);
}

TEST_F(InterleavedTest, SavingEndsAStep) {
  const QString gesture = gestureKey();
  rename("one", gesture);
  choose(1, gesture);
  EXPECT_TRUE(documents.saveAs(documents.document()->path).empty());
  history.undo();
  rename("two", gesture);
  EXPECT_EQ(history.count(), 2);
  network->change("zero\na", "Type", true);
  EXPECT_TRUE(networks.save(*network, network->path()).empty());
  network->change("zero\nab", "Type", true);
  EXPECT_TRUE(network->modified());
  history.undo();
  EXPECT_FALSE(network->modified());
  EXPECT_EQ(network->text(), "zero\na");
}

TEST_F(InterleavedTest, WhatChangedNothingInTheEndIsNoStep) {
  choose(1);
  const QString gesture = gestureKey();
  choose(2, gesture);
  choose(1, gesture);
  EXPECT_EQ(history.count(), 1);
  rename("there", gesture);
  rename("first", gesture);
  EXPECT_EQ(history.count(), 1);
  EXPECT_FALSE(documents.isModified());
}

TEST_F(InterleavedTest, OnesOwnStepIsUndoneWithWhatFollowedIt) {
  editAll();
  history.undoLatestOf(documents);
  EXPECT_EQ(history.index(), 4);
  EXPECT_EQ(architecture(), architectureNamed("name1"));
  EXPECT_EQ(mapping->text(), "mapping 1\n");
}

TEST_F(InterleavedTest, TheListShowsTheStepsAndGoesToTheOneChosen) {
  HistoryView view(history);
  view.resize(300, 400);
  view.show();
  const auto row = [&](int at) { return view.model()->index(at, 0); };
  EXPECT_EQ(view.model()->rowCount(), 1);
  EXPECT_EQ(row(0).data().toString(), "As opened");
  const std::vector<Everything> states = editAll();
  EXPECT_EQ(view.model()->rowCount(), 9);
  EXPECT_EQ(row(2).data().toString(), "Change K of conv1 (n.network.yaml)");
  EXPECT_EQ(view.currentIndex().row(), 8);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row(3)).center());
  EXPECT_EQ(history.index(), 3);
  EXPECT_EQ(now(), states[3]);
  EXPECT_EQ(view.currentIndex().row(), 3);
  EXPECT_TRUE(view.selectionModel()->isSelected(row(3)));
  QTest::keyClick(&view, Qt::Key_Up);
  EXPECT_EQ(history.index(), 2);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row(0)).center());
  EXPECT_EQ(now(), states[0]);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row(8)).center());
  EXPECT_EQ(now(), states[8]);
  mappings.drop(mapping->path());
  EXPECT_EQ(view.model()->rowCount(), 7);
  EXPECT_EQ(view.currentIndex().row(), 6);
}

}  // namespace
}  // namespace taktwerk::test
