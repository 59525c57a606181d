// SPDX-License-Identifier: GPL-3.0-or-later
// The one history of the window: its keys from everywhere, and what stays of it when something else is
// opened.
#include <QLineEdit>
#include <QStatusBar>
#include <QTableView>
#include <QTableWidget>

#include "tests/app/desktop/work_fixture.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/view/view_host.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class WindowHistoryTest : public WorkTest {
 protected:
  void show(const char* which) { window.commands().action(which)->trigger(); }
  void pressIn(QWidget& place, Qt::KeyboardModifiers more = {}) {
    QApplication::setActiveWindow(&window);
    place.setFocus();
    QTest::keyClick(&place, Qt::Key_Z, Qt::ControlModifier | more);
  }
  [[nodiscard]] QString said() { return window.statusBar()->currentMessage(); }
};

TEST_F(WindowHistoryTest, AStepUndoneOnAPageOfResultsStaysThere) {
  openWork();
  editArchitecture();
  for (const char* place : {"view.roofline", "view.calibrate", "view.source"}) {
    show(place);
    const QString front = window.views().frontId();
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(bytes(), original) << place;
    EXPECT_EQ(window.views().frontId(), front);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_NE(bytes(), original) << place;
    EXPECT_EQ(window.views().frontId(), front);
  }
}

TEST_F(WindowHistoryTest, KeysUndoTheLatestStepWhereverTheKeyboardIs) {
  openWork();
  editNetwork();
  attach("conv0");
  editMapping();
  editArchitecture();
  const std::string edited = bytes();
  ASSERT_EQ(window.history().count(), 4);
  // From the text of the mapping, a step of the architecture.
  pressIn(page->editor());
  EXPECT_EQ(bytes(), original);
  EXPECT_THAT(page->document()->text(), HasSubstr("# and this"));
  EXPECT_EQ(said(), "Undone: Set");
  EXPECT_EQ(window.views().frontId(), "diagram") << "where it can be seen";
  // From the canvas, one of the mapping.
  show("view.diagram");
  pressIn(*view);
  EXPECT_TRUE(page->unsaved().isEmpty());
  EXPECT_THAT(said().toStdString(), HasSubstr("Undone: note (conv1d"));
  EXPECT_EQ(window.views().frontId(), "mapping");
  // From a table of the network, what was attached.
  show("view.network");
  pressIn(network->table());
  EXPECT_TRUE(choices().empty());
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
  // From a list on the mapping page, one of the network.
  show("view.mapping");
  pressIn(page->layers());
  EXPECT_THAT(network->document().text(), Not(HasSubstr("# seen")));
  EXPECT_EQ(said(), "Undone: note (mine.network.yaml)");
  EXPECT_EQ(window.views().frontId(), "network");
  EXPECT_FALSE(window.isWindowModified());
  EXPECT_FALSE(window.commands().action("edit.undo")->isEnabled());
  // And back, from others.
  pressIn(page->tree(), Qt::ShiftModifier);
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
  EXPECT_EQ(said(), "Redone: note (mine.network.yaml)");
  pressIn(page->candidates(), Qt::ShiftModifier);
  EXPECT_EQ(choices().size(), 1U);
  pressIn(page->editor(), Qt::ShiftModifier);
  EXPECT_THAT(page->editor().toPlainText().toStdString(), HasSubstr("# and this"));
  show("view.network");
  pressIn(network->dimensions(), Qt::ShiftModifier);
  EXPECT_EQ(bytes(), edited);
  EXPECT_FALSE(window.commands().action("edit.redo")->isEnabled());
}

TEST_F(WindowHistoryTest, WhatIsTypedInTheTextIsOneStepAmongTheOthers) {
  openWork();
  editArchitecture();
  const std::string before = page->document()->text();
  QTest::keyClick(&page->editor(), Qt::Key_End, Qt::ControlModifier);
  QTest::keyClicks(&page->editor(), "# typed");
  ASSERT_EQ(window.history().count(), 2);
  EXPECT_THAT(window.history().undoText().toStdString(), HasSubstr("Type (conv1d"));
  pressIn(page->editor());
  EXPECT_EQ(page->document()->text(), before);
  EXPECT_EQ(page->editor().toPlainText().toStdString(), before);
  EXPECT_NE(bytes(), original);
  pressIn(page->editor());
  EXPECT_EQ(bytes(), original);
}

TEST_F(WindowHistoryTest, AnotherArchitectureKeepsTheStepsOfTheNetworkAndOfNothingElse) {
  openWork();
  answer = Questions::Answer::Discard;
  editArchitecture();
  editNetwork();
  editMapping();
  attach("conv0");
  editNetwork();
  const std::string edited = network->document().text();
  window.openFiles({folder.write("other.arch.yaml", QByteArray::fromStdString(original))});
  ASSERT_TRUE(settle());
  ASSERT_EQ(window.history().count(), 2);
  EXPECT_EQ(network->document().text(), edited);
  view->setFocus();
  key(Qt::Key_Z, Qt::ControlModifier);
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(network->document().text(), onDisk(networkPath));
  EXPECT_FALSE(network->document().modified());
  EXPECT_EQ(bytes(), original);
  window.history().setIndex(2);
  EXPECT_EQ(said(), "Redone: 2 steps");
  EXPECT_EQ(network->document().text(), edited);
  EXPECT_TRUE(window.isWindowModified());
}

TEST_F(WindowHistoryTest, AStepOfANetworkThatIsNotChosenIsUndoneAndCounts) {
  openWork();
  editNetwork();
  window.openFiles({copyOfNetwork("other.network.yaml")});
  ASSERT_TRUE(settle());
  pressIn(*page);
  EXPECT_TRUE(network->unsaved().isEmpty());
  pressIn(*page, Qt::ShiftModifier);
  EXPECT_EQ(network->unsaved(), QStringList{networkPath});
  window.openFiles({networkPath});
  ASSERT_TRUE(settle());
  EXPECT_THAT(network->document().text(), HasSubstr("# seen"));
  ASSERT_TRUE(window.estimates().networkText());
  EXPECT_EQ(*window.estimates().networkText(), network->document().text());
}

TEST_F(WindowHistoryTest, AValueThatIsBeingTypedInATableIsTakenBackByItsBox) {
  openWork();
  show("view.network");
  editNetwork();
  network->table().selectRow(0);
  QTableWidget& table = network->dimensions();
  int row = 0;
  while (!(table.item(row, 1)->flags() & Qt::ItemIsEditable)) ++row;
  table.setFocus();
  table.setCurrentCell(row, 1);
  QTest::keyClick(&table, Qt::Key_F2);
  auto* line = table.findChild<QLineEdit*>();
  ASSERT_TRUE(line);
  QTest::keyClicks(line, "7");
  QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(window.history().index(), 1) << "the box has something of its own";
  QTest::keyClick(line, Qt::Key_Escape);
  pressIn(table);
  EXPECT_EQ(window.history().index(), 0);
}

}  // namespace
}  // namespace taktwerk::test
