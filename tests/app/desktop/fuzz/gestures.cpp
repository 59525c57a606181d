// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse and the keyboard do.
#include <QApplication>
#include <QListWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QScrollBar>
#include <QTableWidget>
#include <QTest>
#include <QTreeWidget>
#include <QWheelEvent>

#include "tests/app/desktop/fuzz/window_fuzzer.h"
#include "tests/app/desktop/palette_drag.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/tools/select_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/palette/palette_panel.h"

namespace taktwerk::test {

namespace {

QPoint anywhere(Random& random, const QWidget& widget) {
  return {static_cast<int>(random.between(0, std::max(0, widget.width() - 1))),
          static_cast<int>(random.between(0, std::max(0, widget.height() - 1)))};
}

struct Stroke {
  Qt::Key key;
  Qt::KeyboardModifiers modifiers = {};
};

const std::vector<Stroke>& strokes() {
  static const std::vector<Stroke> all{
      {Qt::Key_Escape},
      {Qt::Key_Return},
      {Qt::Key_Return},
      {Qt::Key_Tab},
      {Qt::Key_Backtab, Qt::ShiftModifier},
      {Qt::Key_Left},
      {Qt::Key_Right, Qt::ShiftModifier},
      {Qt::Key_Up},
      {Qt::Key_Down},
      {Qt::Key_Delete},
      {Qt::Key_Backspace},
      {Qt::Key_Space},
      {Qt::Key_Home},
      {Qt::Key_PageDown},
      {Qt::Key_F2},
      {Qt::Key_F5},
      {Qt::Key_F8},
      {Qt::Key_A},
      {Qt::Key_S},
      {Qt::Key_W},
      {Qt::Key_F},
      {Qt::Key_2},
      {Qt::Key_3},
      {Qt::Key_E},
      {Qt::Key_Asterisk},
      {Qt::Key_Slash},
      {Qt::Key_A, Qt::ShiftModifier},
      {Qt::Key_P, Qt::ShiftModifier},
      {Qt::Key_Z, Qt::ControlModifier},
      {Qt::Key_Y, Qt::ControlModifier},
      {Qt::Key_X, Qt::ControlModifier},
      {Qt::Key_C, Qt::ControlModifier},
      {Qt::Key_V, Qt::ControlModifier},
      {Qt::Key_D, Qt::ControlModifier},
      {Qt::Key_A, Qt::ControlModifier},
      {Qt::Key_L, Qt::ControlModifier},
      {Qt::Key_K, Qt::ControlModifier},
      {Qt::Key_S, Qt::ControlModifier},
      {Qt::Key_F, Qt::ControlModifier},
      {Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier},
      {Qt::Key_Left, Qt::AltModifier},
      {Qt::Key_Right, Qt::AltModifier},
      {Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier},
  };
  return all;
}

}  // namespace

Qt::KeyboardModifiers WindowFuzzer::modifiers() {
  if (!random_.chance(20)) return {};
  return random_.pick({Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier});
}

void WindowFuzzer::showCanvas() {
  if (hasDocument()) trigger("view.diagram");
}

QPoint WindowFuzzer::canvasPoint() {
  const auto* view = window_->findChild<DiagramView*>();
  const auto& document = window_->documents().document();
  if (!document || document->diagram->blocks.empty() || random_.chance(25)) {
    return anywhere(random_, *view->viewport());
  }
  const BlockDiagram& diagram = *document->diagram;
  if (!diagram.wires.empty() && random_.chance(25)) {
    const Wire& wire = random_.pick(diagram.wires);
    if (wire.points.size() > 1) {
      const std::size_t k = random_.below(wire.points.size() - 1);
      const Point a = wire.points[k], b = wire.points[k + 1];
      return view->mapFromScene(QPointF((a.x + b.x) / 2, (a.y + b.y) / 2));
    }
  }
  const Block& block = random_.pick(diagram.blocks);
  if (random_.chance(30)) return view->mapFromScene(handlesOf(block).second);
  return view->mapFromScene(QPointF(block.rect.centre().x, block.rect.top() + 8));
}

void WindowFuzzer::click() {
  auto* view = window_->findChild<DiagramView*>();
  QWidget* target = view->viewport();
  QPoint at = canvasPoint();
  if (random_.chance(60) || !target->isVisible()) {
    QList<QWidget*> widgets = window_->findChildren<QWidget*>();
    widgets.removeIf([](const QWidget* w) {
      return !w->isVisible() || !w->isEnabled() || w->size().isEmpty() || qobject_cast<const QMenuBar*>(w) ||
             w->window()->isModal();
    });
    if (widgets.isEmpty()) return;
    target = widgets[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(widgets.size())))];
    at = anywhere(random_, *target);
  }
  if (random_.chance(10)) {
    QWheelEvent wheel(at, target->mapToGlobal(at), {}, {0, random_.chance(50) ? 120 : -120}, Qt::NoButton,
                      modifiers(), Qt::NoScrollPhase, false);
    QApplication::sendEvent(target, &wheel);
    return;
  }
  const QPointer<QWidget> there = target;
  QTest::mouseMove(target, at);
  const Qt::MouseButton button = random_.chance(90) ? Qt::LeftButton : Qt::MiddleButton;
  const bool twice = random_.chance(20);
  if (there) QTest::mouseClick(target, button, modifiers(), at);
  if (there && twice) QTest::mouseDClick(target, button, {}, at);
}

void WindowFuzzer::key() {
  for (std::int64_t i = random_.between(1, 3); i > 0; --i) {
    QWidget* target = QApplication::focusWidget();
    if (!target || random_.chance(30)) {
      target = window_->findChild<DiagramView*>();
      target->setFocus();
    }
    const Stroke& stroke = random_.pick(strokes());
    QTest::keyClick(target, stroke.key, stroke.modifiers);
  }
}

void WindowFuzzer::drag() {
  showCanvas();
  QWidget* canvas = window_->findChild<DiagramView*>()->viewport();
  if (!canvas->isVisible()) return click();
  if (random_.chance(20)) trigger(random_.pick({"tool.wire", "tool.array", "tool.select"}));
  const Qt::MouseButton button =
      random_.chance(85) ? Qt::LeftButton : random_.pick({Qt::RightButton, Qt::MiddleButton});
  const QPoint from = canvasPoint();
  const Qt::KeyboardModifiers held = modifiers();
  QTest::mouseMove(canvas, from);
  QTest::mousePress(canvas, button, held, from);
  QPoint at = from;
  for (std::int64_t i = random_.between(1, 4); i > 0; --i) {
    at = random_.chance(50) ? canvasPoint()
                            : at + QPoint(static_cast<int>(random_.between(-90, 90)),
                                          static_cast<int>(random_.between(-90, 90)));
    QMouseEvent move(QEvent::MouseMove, at, canvas->mapToGlobal(at), Qt::NoButton, button, held);
    QApplication::sendEvent(canvas, &move);
    if (random_.chance(6)) QTest::keyClick(canvas, Qt::Key_Escape);
    if (random_.chance(4)) trigger("edit.undo");
  }
  QTest::mouseRelease(canvas, button, held, at);
}

void WindowFuzzer::paletteDrop() {
  if (random_.chance(10)) return dropMapping();
  showCanvas();
  QWidget* canvas = window_->findChild<DiagramView*>()->viewport();
  auto* tree = window_->findChild<PalettePanel*>()->tree();
  const std::vector<QModelIndex> entries = draggableEntries(*tree);
  if (entries.empty()) return;
  const QModelIndex entry = random_.pick(entries);
  if (random_.chance(25)) {
    tree->scrollTo(entry);
    const QPoint place = tree->visualRect(entry).center();
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(tree->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseMove(canvas, canvasPoint());
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvasPoint());
    return;
  }
  const std::unique_ptr<QMimeData> data = dragged(*tree, entry);
  if (!data) return;
  const std::vector<QPoint> way{anywhere(random_, *canvas), canvasPoint(), canvasPoint()};
  if (random_.chance(15)) return dragAcross(*canvas, *data, way);
  dragAndDrop(*canvas, *data, way, modifiers());
}

void WindowFuzzer::dropMapping() {
  trigger("view.mapping");
  auto* page = window_->findChild<MappingPage*>();
  QTest::qWait(1);
  const std::vector<QModelIndex> entries = draggableEntries(page->candidates());
  if (entries.empty() || page->layers().count() == 0) return;
  const std::unique_ptr<QMimeData> data = dragged(page->candidates(), random_.pick(entries));
  if (data) dragAndDrop(*page->layers().viewport(), *data, {anywhere(random_, page->layers())}, modifiers());
}

}  // namespace taktwerk::test
