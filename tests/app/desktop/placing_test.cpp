// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks from the palette: dragged onto the canvas, or activated and put there with a click.
#include <QMimeData>

#include "tests/app/desktop/editor_fixture.h"
#include "tests/app/desktop/palette_drag.h"
#include "widgets/palette/palette_panel.h"

namespace taktwerk::test {
namespace {

class PlacingTest : public EditorTest {
 protected:
  PlacingTest() { tree = window.findChild<PalettePanel*>()->tree(); }
  void openNew() {
    window.commands().action("file.new")->trigger();
    ASSERT_TRUE(window.documents().document());
    original = bytes();
  }
  /// The palette's entry of a title; entries are made anew when the templates of the file change.
  [[nodiscard]] QModelIndex entry(const QString& title) {
    for (const QModelIndex& index : draggableEntries(*tree)) {
      if (index.data().toString() == title) return index;
    }
    return {};
  }
  [[nodiscard]] QStringList titles() {
    QStringList all;
    for (const QModelIndex& index : draggableEntries(*tree)) all << index.data().toString();
    return all;
  }
  Qt::DropAction dragFromPalette(const QString& title, QPointF to, Qt::KeyboardModifiers keys = {}) {
    const std::unique_ptr<QMimeData> data = dragged(*tree, entry(title));
    if (!data) return Qt::IgnoreAction;
    return dragAndDrop(*view->viewport(), *data, {{2, 2}, (QPoint(2, 2) + pixel(to)) / 2, pixel(to)}, keys);
  }
  void doubleClickAndPlace(const QString& title, QPointF at) {
    const QModelIndex index = entry(title);
    tree->scrollTo(index);
    const QPoint place = tree->visualRect(index).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    click(at);
  }
  [[nodiscard]] std::size_t declared() { return document().architecture->declared.size(); }
  [[nodiscard]] QPointF beside() {
    return view->mapToScene(view->viewport()->rect().bottomLeft() + QPoint(90, -90));
  }
  void undoAll() {
    while (window.documents().history().canUndo()) window.documents().history().undo();
    EXPECT_EQ(bytes(), original);
  }

  QTreeWidget* tree = nullptr;
};

TEST_F(PlacingTest, EveryEntryOfThePaletteCanBeDraggedOntoTheCanvas) {
  openOneMac();
  const QStringList all = titles();
  ASSERT_GT(all.size(), 12);
  for (const QString& title : all) {
    SCOPED_TRACE(title.toStdString());
    const std::string before = bytes();
    EXPECT_EQ(dragFromPalette(title, beside()), Qt::CopyAction);
    EXPECT_NE(bytes(), before);
    EXPECT_EQ(window.documents().history().count(), 1);
    EXPECT_EQ(window.documents().history().undoText().section(' ', 0, 0), "Add");
    undoAll();
  }
}

TEST_F(PlacingTest, EveryEntryOfThePaletteCanBeActivatedAndPlacedWithAClick) {
  openOneMac();
  for (const QString& title : titles()) {
    SCOPED_TRACE(title.toStdString());
    doubleClickAndPlace(title, beside());
    EXPECT_EQ(window.documents().history().count(), 1);
    undoAll();
  }
}

TEST_F(PlacingTest, AnEmptyArchitectureIsFilledFromThePaletteAsItsCanvasSays) {
  openNew();
  const QStringList five{"InstructionFetchStage", "ExecuteStage", "FunctionalUnit", "RegisterFile", "SRAM"};
  int step = 0;
  for (const QString& title : five) {
    SCOPED_TRACE(title.toStdString());
    const QPointF at = view->mapToScene(QPoint(120 + 130 * step, 140));
    if (step % 2 == 0) {
      EXPECT_EQ(dragFromPalette(title, at), Qt::CopyAction);
    } else {
      doubleClickAndPlace(title, at);
    }
    EXPECT_EQ(document().architecture->objects.size(), static_cast<std::size_t>(++step));
  }
  EXPECT_EQ(window.documents().history().count(), 5);
  undoAll();
}

TEST_F(PlacingTest, AUnitDroppedOnAStageIsPutIntoIt) {
  openOneMac();
  const Rect stage = block("execute").rect;
  const QPointF inside(stage.right() - 8, stage.bottom() - 8);
  EXPECT_EQ(dragFromPalette("FunctionalUnit", inside), Qt::CopyAction);
  EXPECT_EQ(block("execute").children.size(), 3U);
  EXPECT_EQ(window.documents().history().count(), 1);
  doubleClickAndPlace("FunctionalUnit",
                      {block("execute").rect.right() - 8, block("execute").rect.bottom() - 8});
  EXPECT_EQ(window.documents().history().count(), 2);
  EXPECT_EQ(block("execute").children.size(), 4U) << "two of the file, two of the palette";
  undoAll();
}

TEST_F(PlacingTest, ThePaletteKeepsItsEntryWhateverKeysAreHeld) {
  openOneMac();
  const QStringList before = titles();
  EXPECT_EQ(dragFromPalette("SRAM", beside(), Qt::ShiftModifier), Qt::CopyAction);
  EXPECT_EQ(titles(), before);
  EXPECT_EQ(tree->model()->supportedDragActions(), Qt::CopyAction);
}

TEST_F(PlacingTest, ADragThatLeavesOrIsOfNothingKnownChangesNothing) {
  openOneMac();
  const std::unique_ptr<QMimeData> data = dragged(*tree, entry("SRAM"));
  dragAcross(*view->viewport(), *data, {{40, 40}, {200, 200}});
  QMimeData unknown;
  unknown.setData(placeableMimeType, "class:Teleporter");
  EXPECT_EQ(dragAndDrop(*view->viewport(), unknown, {{40, 40}, {200, 200}}), Qt::IgnoreAction);
  click(beside());
  EXPECT_EQ(bytes(), original);
  EXPECT_EQ(window.documents().history().count(), 0);
}

TEST_F(PlacingTest, ADragGoesOnWhereTheDocumentBecameAnotherMeanwhile) {
  openOneMac();
  drag(grip("dmem"), grip("dmem") + QPointF(40, 20));
  const std::unique_ptr<QMimeData> data = dragged(*tree, entry("SRAM"));
  const QPoint to = pixel(beside());
  QDragEnterEvent enter(to, Qt::CopyAction, data.get(), Qt::LeftButton, {});
  QApplication::sendEvent(view->viewport(), &enter);
  ASSERT_TRUE(enter.isAccepted());
  window.documents().history().undo();
  QDropEvent drop(to, Qt::CopyAction, data.get(), Qt::LeftButton, {});
  QApplication::sendEvent(view->viewport(), &drop);
  EXPECT_TRUE(drop.isAccepted());
  EXPECT_EQ(window.documents().history().undoText().section(' ', 0, 0), "Add");
  undoAll();
}

}  // namespace
}  // namespace taktwerk::test
