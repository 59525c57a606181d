// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/commands/diagram_editor.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QScopeGuard>

#include "core/architecture/class_specification.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/tools/array_tool.h"
#include "widgets/diagram/tools/connect_box.h"
#include "widgets/diagram/tools/place_tool.h"
#include "widgets/diagram/tools/quick_add.h"
#include "widgets/diagram/tools/select_tool.h"
#include "widgets/diagram/tools/wire_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

DiagramEditor::DiagramEditor(DiagramScene& scene, DiagramView& view, DocumentController& documents,
                             SelectionModel& selection, CommandTable& commands, const Theme& theme,
                             QObject* parent)
    : CanvasInput(parent),
      scene_(scene),
      view_(view),
      documents_(documents),
      selection_(selection,
                 [this] {
                   const auto& document = documents_.document();
                   return document ? document->shown : nullptr;
                 }),
      commands_(commands),
      theme_(theme),
      canvas_{scene,
              documents,
              selection_,
              [this] { view_.viewport()->update(); },
              [this](const QString& sentence) { Q_EMIT said(sentence); },
              [this](std::unique_ptr<Tool> tool) { next_ = std::move(tool); },
              [this](const std::vector<AddConnection>& connections) { choose(connections); },
              {},
              {}},
      tool_(std::make_unique<SelectTool>(canvas_)),
      quickAdd_(new QuickAdd(theme, &view)),
      connectBox_(new ConnectBox(&view)) {
  canvas_.chooseRule = [this](const std::vector<WiringRule>& rules) { chooseRule(rules); };
  canvas_.askArray = [this](const std::string& entry) { askArray(entry); };
  connect(&documents_, &DocumentController::documentChanged, this, &DiagramEditor::leaveDocument);
  connect(quickAdd_, &QuickAdd::chosen, this, [this](const Placeable& what) { addChosen(what); });
  connect(quickAdd_, &QuickAdd::closed, this, [this] { view_.setFocus(); });
  connect(connectBox_, &ConnectBox::closed, this, [this] { view_.setFocus(); });
}

DiagramEditor::~DiagramEditor() = default;

ToolEvent DiagramEditor::toolEvent(const QMouseEvent* event) const {
  return {view_.mapToScene(event->pos()), event->modifiers(), view_.zoom()};
}

void DiagramEditor::use(std::unique_ptr<Tool> tool) {
  scene_.setHoveredWire({});  // what the tool before pointed at
  if (handling_ > 0) retired_.push_back(std::move(tool_));
  tool_ = std::move(tool);
  view_.viewport()->setCursor(tool_->cursor());
  view_.viewport()->update();
  Q_EMIT hintChanged();
}

void DiagramEditor::handle(const std::function<void(Tool& tool)>& event) {
  ++handling_;
  const auto done = qScopeGuard([this] {
    if (--handling_ == 0) retired_.clear();
  });
  event(*tool_);
}

void DiagramEditor::leaveDocument() {
  handle([](Tool& tool) { tool.cancel(); });
  finishRename(false);
  if (menu_) menu_->close();
  quickAdd_->hide();
  connectBox_->hide();
  settle();
}

void DiagramEditor::popUp(QMenu& menu, QPoint at) {
  menu_ = &menu;
  menu.setAttribute(Qt::WA_DeleteOnClose);
  menu.popup(at);
}

void DiagramEditor::settle() {
  if (next_) {
    use(std::move(next_));
  } else if (tool_->isDone()) {
    use(std::make_unique<SelectTool>(canvas_));
  } else {
    view_.viewport()->setCursor(tool_->cursor());
    Q_EMIT hintChanged();
  }
}

void DiagramEditor::press(const QMouseEvent* event) {
  finishRename(true);
  handle([&](Tool& tool) { tool.press(toolEvent(event)); });
  settle();
}

void DiagramEditor::move(const QMouseEvent* event) {
  mouse_ = view_.mapToScene(event->pos());
  mouseIn_ = true;
  handle([&](Tool& tool) { tool.move(toolEvent(event)); });
  settle();
}

void DiagramEditor::release(const QMouseEvent* event) {
  handle([&](Tool& tool) { tool.release(toolEvent(event)); });
  settle();
}

void DiagramEditor::doubleClick(const QMouseEvent* event) {
  mouse_ = view_.mapToScene(event->pos());
  mouseIn_ = true;
  if (!canvas_.document()) return;
  handle([](Tool& tool) { tool.cancel(); });
  settle();
  if (const auto block = scene_.blockAt(mouse_)) {
    selection_.select({ShownId{*block}});
    const ShownGroup* group = canvas_.document()->group(ShownId{*block});
    if (!group) {
      rename();
    } else if (group->open) {
      closeGroups();
    } else {
      openGroups();
    }
  } else {
    quickAdd();
  }
}

bool DiagramEditor::key(const QKeyEvent* event) {
  const double step = event->modifiers() & Qt::ShiftModifier ? 5 * gridStep : gridStep;
  if (event->modifiers() & (Qt::AltModifier | Qt::ControlModifier)) return false;
  const bool menu =
      event->key() == Qt::Key_Menu || (event->key() == Qt::Key_F10 && event->modifiers() & Qt::ShiftModifier);
  if (menu) {
    handle([](Tool& tool) { tool.cancel(); });
    openMenu(selectedPlace());
    return true;
  }
  switch (event->key()) {
    case Qt::Key_Escape: {
      bool gesture = false;
      handle([&](Tool& tool) { gesture = tool.cancel(); });
      next_.reset();
      const bool selecting = dynamic_cast<SelectTool*>(tool_.get()) != nullptr;
      if (!gesture && selecting) selection_.clear();
      if (!selecting) use(std::make_unique<SelectTool>(canvas_));
      settle();
      return true;
    }
    case Qt::Key_Left:
      nudge(-step, 0);
      return true;
    case Qt::Key_Right:
      nudge(step, 0);
      return true;
    case Qt::Key_Up:
      nudge(0, -step);
      return true;
    case Qt::Key_Down:
      nudge(0, step);
      return true;
    default:
      return false;
  }
}

void DiagramEditor::leave() {
  mouseIn_ = false;
  scene_.setHoveredWire({});
}

bool DiagramEditor::carry(const QMimeData* dragged) {
  if (!canvas_.document() || !dragged->hasFormat(QLatin1String(placeableMimeType))) return false;
  const QString id = QString::fromUtf8(dragged->data(QLatin1String(placeableMimeType)));
  // Once a drag; again where the document became another on the way, which ends every gesture.
  const auto* placing = dynamic_cast<const PlaceTool*>(tool_.get());
  if (placing && !placing->isDone() && placing->what().id() == id) return true;
  for (const Placeable& what : placeables(canvas_.document()->architecture.get(), library_.get())) {
    if (what.id() != id) continue;
    select();
    use(std::make_unique<PlaceTool>(canvas_, what));
    return true;
  }
  return false;
}

bool DiagramEditor::dragEnter(QDragEnterEvent* event) {
  return dragMove(event);
}

bool DiagramEditor::dragMove(QDragMoveEvent* event) {
  if (!carry(event->mimeData())) return false;
  handle([&](Tool& tool) {
    tool.move({view_.mapToScene(event->position().toPoint()), event->modifiers(), view_.zoom()});
  });
  // Whatever keys are held: the palette keeps its entry.
  event->setDropAction(Qt::CopyAction);
  event->accept();
  return true;
}

void DiagramEditor::dragLeave() {
  select();
}

bool DiagramEditor::drop(QDropEvent* event) {
  if (!carry(event->mimeData())) return false;
  handle([&](Tool& tool) {
    tool.release({view_.mapToScene(event->position().toPoint()), event->modifiers(), view_.zoom()});
  });
  event->setDropAction(Qt::CopyAction);
  event->accept();
  view_.setFocus();
  settle();
  return true;
}

void DiagramEditor::paint(QPainter& painter, double scale) const {
  if (!canvas_.document()) return;
  if (canvas_.document()->diagram->blocks.empty()) {
    painter.save();
    painter.translate(middle());
    painter.scale(1 / scale, 1 / scale);
    QFont font = view_.font();
    font.setPixelSize(15);
    painter.setFont(font);
    painter.setPen(toQColor(scene_.palette().mutedText));
    painter.drawText(QRectF(-260, -60, 520, 120), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drag a block from the palette, or press A to search for one.\n"
                        "Connect blocks by dragging from their handles."));
    painter.restore();
  }
  tool_->paint(painter, scale);
}

void DiagramEditor::select() {
  handle([](Tool& tool) { tool.cancel(); });
  use(std::make_unique<SelectTool>(canvas_));
}

void DiagramEditor::wire() {
  handle([](Tool& tool) { tool.cancel(); });
  use(std::make_unique<WireTool>(canvas_, false));
  view_.setFocus();
}

void DiagramEditor::array() {
  handle([](Tool& tool) { tool.cancel(); });
  use(std::make_unique<ArrayTool>(canvas_));
  view_.setFocus();
}

void DiagramEditor::startPlacing(const Placeable& what) {
  handle([](Tool& tool) { tool.cancel(); });
  use(std::make_unique<PlaceTool>(canvas_, what));
  view_.setFocus();
}

QPointF DiagramEditor::middle() const {
  return view_.mapToScene(view_.viewport()->rect().center());
}

void DiagramEditor::quickAdd() {
  if (!canvas_.document()) return;
  addAt_ = mouseIn_ ? mouse_ : middle();
  quickAdd_->popUp(placeables(canvas_.document()->architecture.get(), library_.get()),
                   view_.viewport()->mapToGlobal(view_.mapFromScene(addAt_)));
}

void DiagramEditor::addChosen(const Placeable& what) {
  if (!mouseIn_) return addFreely(what);
  place(canvas_, what, snapped(addAt_), stageAt(canvas_, what.objectClass, addAt_));
}

void DiagramEditor::addFreely(const Placeable& what) {
  if (!canvas_.document()) return;
  if (const QString why = whyNotEdit(); !why.isEmpty()) return Q_EMIT said(why);
  place(canvas_, what, freePlace(canvas_, what, snapped(middle())), selectedStage(canvas_, what.objectClass));
}

void DiagramEditor::choose(const std::vector<AddConnection>& connections) {
  auto* menu = new QMenu(&view_);
  for (const AddConnection& c : connections) {
    menu->addAction(QString::fromStdString(describe(c)), this,
                    [this, c] { canvas_.edit(QString::fromStdString(describe(c)), {c}); });
  }
  popUp(*menu, QCursor::pos());
}

void DiagramEditor::chooseRule(const std::vector<WiringRule>& rules) {
  auto* menu = new QMenu(&view_);
  menu->setObjectName(QStringLiteral("ruleMenu"));
  // Many pairs of blocks can be meant by whole arrays: a menu for each pair.
  constexpr std::size_t mostAtOnce = 14;
  std::map<QString, QMenu*> pairs;
  for (const WiringRule& rule : rules) {
    QMenu* into = menu;
    if (rules.size() > mostAtOnce) {
      const std::string verb(toString(rule.rule.kind));
      const QString pair =
          QString::fromStdString(rule.subject.name() + ' ' + verb + ' ' + rule.object.name());
      QMenu*& known = pairs[pair];
      if (!known) known = menu->addMenu(pair);
      into = known;
    }
    const QString sentence = QString::fromStdString(rule.sentence);
    into->addAction(sentence, this, [this, rule, sentence] {
      canvas_.edit(tr("Connect: %1").arg(sentence), {AddRule{rule.rule, rule.inTemplate, rule.sentence}});
    });
  }
  popUp(*menu, QCursor::pos());
}

QString DiagramEditor::hint() const {
  return canvas_.document() ? tool_->hint() : QString();
}

}  // namespace taktwerk
