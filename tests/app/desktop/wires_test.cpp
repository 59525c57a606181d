// SPDX-License-Identifier: GPL-3.0-or-later
// Wires by mouse and keyboard: bends that are made, kept, taken along and removed.
#include <QMenu>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/folding/fold.h"
#include "tests/app/desktop/editor_fixture.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_items.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WiresTest : public EditorTest {
 protected:
  const Wire& wireOf(ConnectionKind kind, const char* from, const char* to) {
    for (const Wire& w : document().diagram->wires) {
      const auto& blocks = document().diagram->blocks;
      if (w.kind == kind && blocks[w.from].title == from && blocks[w.to].title == to) return w;
    }
    throw std::runtime_error("no such wire");
  }
  const Wire& forward() { return wireOf(ConnectionKind::Forward, "decode", "execute"); }
  static QPointF middleOf(const Wire& wire, std::size_t piece) {
    const Point a = wire.points[piece], b = wire.points[piece + 1];
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
  }
  /// Drags the first piece of the wire between decode and execute down.
  void bend(double by) { drag(middleOf(forward(), 0), middleOf(forward(), 0) + QPointF(0, by)); }
  void openAndFit() {
    openOneMac();
    QApplication::processEvents();
    view->fit();
  }
  QMenu* menuAt(QPointF at) {
    mouseMove(at);
    QTest::mousePress(view->viewport(), Qt::RightButton, {}, pixel(at));
    QTest::mouseRelease(view->viewport(), Qt::RightButton, {}, pixel(at));
    QMenu* found = nullptr;
    for (QMenu* menu : view->findChildren<QMenu*>("contextMenu")) {
      if (menu->isVisible()) found = menu;
    }
    return found;
  }
};

TEST_F(WiresTest, ADraggedPieceIsKeptInTheFileAsOneStep) {
  openAndFit();
  const std::vector<Point> before = forward().points;
  bend(130);
  ASSERT_TRUE(forward().bent) << bytes();
  const std::vector<Point> after = forward().points;
  EXPECT_EQ(after.front(), before.front());
  EXPECT_EQ(after.back(), before.back());
  EXPECT_EQ(after[2].y, before[0].y + 130);
  EXPECT_EQ(window.documents().history().count(), 1);
  EXPECT_EQ(window.documents().history().undoText(), "Bend the wire of decode and execute");
  EXPECT_THAT(bytes(), HasSubstr("forward: [decode, execute]\n    via: [["));
  EXPECT_TRUE(window.selection().connection().valid()) << "for the next drag";
  // A piece of it again, and one sideways.
  drag(middleOf(forward(), 2), middleOf(forward(), 2) + QPointF(0, -20));
  EXPECT_EQ(forward().points[2].y, before[0].y + 110);
  drag(middleOf(forward(), 1), middleOf(forward(), 1) + QPointF(10, 0));
  EXPECT_EQ(forward().points[1].x, after[1].x + 10);
  EXPECT_EQ(window.documents().history().count(), 3);
  // It stays when the file is read again, and changes no timing.
  const Result<Architecture> read = parseArchitecture(bytes(), "f");
  ASSERT_TRUE(read);
  EXPECT_EQ(drawBlockDiagram(unfolded(*read)).wires.size(), document().diagram->wires.size());
  EXPECT_FALSE(document().hasProblems());
  window.documents().history().setIndex(0);
  EXPECT_EQ(bytes(), original);
  EXPECT_FALSE(forward().bent);
}

TEST_F(WiresTest, BendsChangeNoCycles) {
  openAndFit();
  const Cycles before = cyclesNow();
  bend(130);
  ASSERT_TRUE(forward().bent);
  EXPECT_EQ(cyclesNow(), before);
}

TEST_F(WiresTest, EscapeAndADragBackLeaveNoTrace) {
  openAndFit();
  auto* scene = window.findChild<DiagramScene*>();
  const QPointF at = middleOf(forward(), 0);
  mouseMove(at);
  press(at);
  mouseMove(at + QPointF(0, 60));
  mouseMove(at + QPointF(0, 120));
  EXPECT_EQ(bytes(), original) << "while it is dragged";
  key(Qt::Key_Escape);
  mouseMove(at + QPointF(0, 140));
  release(at + QPointF(0, 140));
  EXPECT_EQ(bytes(), original);
  EXPECT_EQ(window.documents().history().count(), 0);
  for (const QGraphicsItem* item : scene->items()) EXPECT_TRUE(item->isVisible());
  // Out and back in one drag, and a click.
  mouseMove(at);
  press(at);
  mouseMove(at + QPointF(0, 120));
  mouseMove(at + QPointF(0, 1));
  release(at + QPointF(0, 1));
  click(at);
  EXPECT_EQ(bytes(), original);
  EXPECT_EQ(window.documents().history().count(), 0);
}

TEST_F(WiresTest, BendsFollowBlocksAndRenames) {
  openAndFit();
  bend(130);
  const std::vector<Point> bent = forward().points;
  window.selection().select(ShownSelection::Objects{block("decode").object});
  key(Qt::Key_Up);
  ASSERT_TRUE(forward().bent);
  EXPECT_EQ(forward().points[1], (Point{bent[1].x, bent[1].y - 10})) << "the first bend slides with its port";
  EXPECT_EQ(forward().points[2], bent[2]);
  key(Qt::Key_Down);
  EXPECT_EQ(forward().points, bent);
  // Both blocks: the bends go along.
  window.selection().select(ShownSelection::Objects{block("decode").object, block("execute").object});
  key(Qt::Key_Down, Qt::ShiftModifier);
  ASSERT_TRUE(forward().bent);
  for (std::size_t i = 0; i < bent.size(); ++i) {
    EXPECT_EQ(forward().points[i], (Point{bent[i].x, bent[i].y + 50})) << i;
  }
  window.documents().history().undo();
  EXPECT_EQ(forward().points, bent);
  click(grip("decode"));
  key(Qt::Key_F2);
  auto* box = view->findChild<QLineEdit*>("nameBox");
  ASSERT_TRUE(box);
  QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(box, "decoder");
  QTest::keyClick(box, Qt::Key_Return);
  EXPECT_EQ(wireOf(ConnectionKind::Forward, "decoder", "execute").points, bent);
  window.documents().history().setIndex(0);
  EXPECT_EQ(bytes(), original);
}

TEST_F(WiresTest, BendsAreRemovedFromTheMenuAndByCommand) {
  openAndFit();
  const std::vector<Point> before = forward().points;
  bend(130);
  const int steps = window.documents().history().count();
  QMenu* menu = menuAt(middleOf(forward(), 2));
  ASSERT_TRUE(menu);
  QAction* remove = nullptr;
  for (QAction* action : menu->actions()) {
    if (action->objectName() == "arrange.removeBends") remove = action;
  }
  ASSERT_TRUE(remove);
  remove->trigger();
  menu->close();
  EXPECT_FALSE(forward().bent);
  EXPECT_THAT(bytes(), Not(HasSubstr("via:")));
  EXPECT_EQ(forward().points, before);
  EXPECT_EQ(window.documents().history().count(), steps + 1);
  window.documents().history().undo();
  ASSERT_TRUE(forward().bent);
  window.selection().clear();
  window.commands().action("arrange.removeBends")->trigger();
  EXPECT_FALSE(forward().bent);
  QString said;
  QObject::connect(editor, &DiagramEditor::said, editor, [&](const QString& sentence) { said = sentence; });
  window.commands().action("arrange.removeBends")->trigger();
  EXPECT_EQ(said, "No wire here has bends of its own.");
}

TEST_F(WiresTest, AWireOfARangeSaysWhyItCannotBeBent) {
  window.openFiles({folder.write("ranged.arch.yaml", R"(format: taktwerk-architecture/1
name: ranged
objects:
  s: {class: PipelineStage, size: 3, index: i, latency: 1}
connections:
  - {forward: ["s[i]", "s[i + 1]"], for: {i: 2}}
)")});
  ASSERT_TRUE(settle());
  QString said;
  QObject::connect(editor, &DiagramEditor::said, editor, [&](const QString& sentence) { said = sentence; });
  const std::string text = bytes();
  click(grip("s"));
  key(Qt::Key_Return);
  ASSERT_FALSE(document().diagram->wires.empty());
  const QPointF at = middleOf(document().diagram->wires.front(), 0);
  drag(at, at + QPointF(0, 90));
  EXPECT_THAT(said.toStdString(), HasSubstr("one of several made by one line of the file"));
  EXPECT_EQ(bytes(), text);
}

TEST_F(WiresTest, PinnedBlocksStayWhenTheRestIsTidied) {
  openAndFit();
  QAction* pin = window.commands().action("arrange.pin");
  click(grip("decode"));
  EXPECT_FALSE(pin->isChecked());
  // In the way of everything.
  drag(grip("decode"), grip("decode") + QPointF(150, 40));
  key(Qt::Key_P, Qt::ShiftModifier);
  EXPECT_TRUE(pin->isChecked());
  EXPECT_TRUE(block("decode").pinned);
  EXPECT_EQ(window.documents().history().undoText(), "Pin decode");
  const Rect kept = block("decode").rect;
  const std::string pinned = bytes();
  EXPECT_THAT(pinned, HasSubstr("decode: {class: PipelineStage, latency: 1, at: ["));
  EXPECT_THAT(pinned, HasSubstr("pinned: true}"));
  window.selection().clear();
  EXPECT_FALSE(pin->isChecked());
  const auto overlaps = [&] {
    int count = 0;
    for (const Block& a : document().diagram->blocks) {
      for (const Block& b : document().diagram->blocks) {
        if (!a.parent && !b.parent && a.object < b.object && a.rect.overlaps(b.rect)) ++count;
      }
    }
    return count;
  };
  for (const char* other : {"regs", "dmem", "imem"}) {
    drag(grip(other), grip("decode"));
  }
  ASSERT_GT(overlaps(), 0);
  key(Qt::Key_L, Qt::ControlModifier);
  EXPECT_EQ(block("decode").rect, kept);
  EXPECT_EQ(overlaps(), 0) << bytes();
  // Of a selection as well.
  for (const char* other : {"regs", "dmem"}) drag(grip(other), grip("decode"));
  window.selection().select(
      ShownSelection::Objects{block("regs").object, block("dmem").object, block("decode").object});
  key(Qt::Key_L, Qt::ControlModifier);
  EXPECT_EQ(block("decode").rect, kept);
  EXPECT_EQ(overlaps(), 0) << bytes();
  // And lets go again; by hand it can be moved at any time.
  click(grip("decode"));
  key(Qt::Key_P, Qt::ShiftModifier);
  EXPECT_FALSE(block("decode").pinned);
  EXPECT_EQ(window.documents().history().undoText(), "Unpin decode");
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(block("decode").pinned);
  key(Qt::Key_Right);
  EXPECT_EQ(block("decode").rect.x, kept.x + 10);
  window.documents().history().setIndex(0);
  EXPECT_EQ(bytes(), original);
}

TEST_F(WiresTest, ASelectedBlockThatLimitsKeepsItsBadgeAndIsNoDarkArea) {
  openAndFit();
  const Block drawn = block("alu");
  const auto picture = [&](bool selected, double share, double scale) {
    QImage image(QSize(400, 300), QImage::Format_RGB32);
    image.fill(toQColor(lightPalette().canvas));
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(30 / scale - drawn.rect.x, 30 / scale - drawn.rect.y);
    BlockState state;
    state.selected = selected;
    state.share = share;
    paintBlock(painter, drawn, state, lightPalette(), scale);
    return image;
  };
  const auto share = [](const QImage& image, QRgb colour) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) count += image.pixel(x, y) == colour ? 1 : 0;
    }
    return count;
  };
  const QRgb critical = toQColor(lightPalette().critical).rgb();
  const int marked = share(picture(false, 0.6, 1), critical);
  const int both = share(picture(true, 0.6, 1), critical);
  EXPECT_GT(marked, 300) << "frame and pill";
  EXPECT_NEAR(both, marked, marked / 5.0) << "the same when it is selected";
  EXPECT_NE(picture(true, 0.6, 1), picture(false, 0.6, 1));
  // Below the zoom of whole texts its name is there still.
  const QRgb text = toQColor(lightPalette().text).rgb();
  EXPECT_GT(share(picture(false, 0, 0.3), text), 10);
  EXPECT_EQ(share(picture(false, 0, 0.1), text), 0);
}

TEST_F(WiresTest, WiresOfADraggedBlockAreRectangularAndLeaveNoTrace) {
  openAndFit();
  const QPointF from = grip("dmem");
  const QImage before = view->grab().toImage();
  mouseMove(from);
  press(from);
  mouseMove(from + QPointF(-60, 60));
  mouseMove(from + QPointF(-120, 120));
  const auto& scene = *window.findChild<DiagramScene*>();
  ASSERT_EQ(scene.dragWires().size(), 2U) << "both of the memory's";
  for (const Wire& wire : scene.dragWires()) {
    for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
      EXPECT_NE(wire.points[k].x == wire.points[k + 1].x, wire.points[k].y == wire.points[k + 1].y);
    }
  }
  EXPECT_NE(view->grab().toImage(), before);
  EXPECT_EQ(bytes(), original);
  key(Qt::Key_Escape);
  release(from);
  EXPECT_TRUE(scene.dragWires().empty());
  EXPECT_EQ(bytes(), original);
}

// TAKTWERK_PICTURES=folder desktop_test --gtest_filter='*Pictures*' keeps them.
TEST_F(WiresTest, PicturesOfBendsInBothThemes) {
  const QString kept = qEnvironmentVariable("TAKTWERK_PICTURES");
  const QString into = kept.isEmpty() ? folder.path({}) : kept + QLatin1Char('/');
  theme.apply(*qApp);
  openAndFit();
  bend(130);
  click(grip("imem"));
  key(Qt::Key_P, Qt::ShiftModifier);
  for (const bool dark : {false, true}) {
    theme.setDark(dark);
    QApplication::processEvents();
    const QString name = into + (dark ? "dark-" : "light-");
    click(middleOf(forward(), 2));
    const QImage still = window.grab().toImage();
    const QPointF dmem = grip("dmem");
    mouseMove(dmem);
    press(dmem);
    mouseMove(dmem + QPointF(-100, 60));
    mouseMove(dmem + QPointF(-330, 130));
    const QImage dragging = window.grab().toImage();
    key(Qt::Key_Escape);
    release(dmem);
    for (int k = 0; k < 4; ++k) key(Qt::Key_Minus);
    const QImage small = window.grab().toImage();
    view->fit();
    click(middleOf(forward(), 2));
    EXPECT_TRUE(dragging.save(name + "dragging.png"));
    EXPECT_TRUE(small.save(name + "small.png"));
    const QPointF at = middleOf(forward(), 2);
    mouseMove(at);
    press(at);
    mouseMove(at + QPointF(0, 30));
    mouseMove(at + QPointF(0, 60));
    const QImage moving = window.grab().toImage();
    key(Qt::Key_Escape);
    release(at);
    EXPECT_TRUE(still.save(name + "bends.png"));
    EXPECT_TRUE(moving.save(name + "bending.png"));
    EXPECT_NE(still, moving);
  }
}

}  // namespace
}  // namespace taktwerk::test
