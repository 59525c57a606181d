// SPDX-License-Identifier: GPL-3.0-or-later
// Frames round blocks, and blocks that are copied with what is in them.
#include <QClipboard>
#include <QGuiApplication>

#include "tests/app/desktop/editor_fixture.h"

namespace taktwerk::test {
namespace {

class FeaturesTest : public EditorTest {
 protected:
  [[nodiscard]] QRectF rectOf(const char* name) {
    const Rect& r = block(name).rect;
    return {r.x, r.y, r.width, r.height};
  }
  void frame(QPointF from, QPointF to, Qt::KeyboardModifiers keys = {}) {
    mouseMove(from);
    press(from, keys);
    mouseMove((from + to) / 2);
    mouseMove(to);
    release(to, keys);
  }
};

TEST_F(FeaturesTest, AFrameTakesWhatItEnclosesOrWhatItTouches) {
  openOneMac();
  const QRectF rect = rectOf("dmem");
  const ShownSelection::Objects one{block("dmem").object};
  const QPointF before = rect.topLeft() - QPointF(12, 12), after = rect.bottomRight() + QPointF(12, 12);
  frame(before, after);
  EXPECT_EQ(window.selection().objects(), one) << "all of it, drawn to the right";
  frame(before, rect.center());
  EXPECT_TRUE(window.selection().objects().empty()) << "half of it, drawn to the right";
  frame(after, QPointF(rect.right() - 6, rect.bottom() - 6));
  EXPECT_EQ(window.selection().objects(), one) << "a corner of it, drawn to the left";
  EXPECT_EQ(bytes(), original);
}

TEST_F(FeaturesTest, ShiftAddsToWhatIsSelectedAndTakesAway) {
  openOneMac();
  click(grip("dmem"));
  click(grip("imem"), Qt::ShiftModifier);
  EXPECT_EQ(window.selection().objects(),
            (ShownSelection::Objects{block("dmem").object, block("imem").object}));
  click(grip("dmem"), Qt::ShiftModifier);
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("imem").object});
}

TEST_F(FeaturesTest, ACopiedStageBringsItsUnitsAndTheWiresAmongThem) {
  openOneMac();
  const std::size_t objects = document().shown->objects.size();
  click(grip("execute"));
  key(Qt::Key_C, Qt::ControlModifier);
  key(Qt::Key_V, Qt::ControlModifier);
  ASSERT_EQ(document().shown->objects.size(), objects + 3) << "the stage and its two units";
  std::size_t stages = 0;
  for (const Block& each : document().diagram->blocks) {
    stages += each.className == block("execute").className && each.children.size() == 2 ? 1 : 0;
  }
  EXPECT_EQ(stages, 2U);
  EXPECT_EQ(window.documents().history().count(), 1);
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

}  // namespace
}  // namespace taktwerk::test
