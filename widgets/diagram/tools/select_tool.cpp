// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/select_tool.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "core/architecture/class_specification.h"
#include "core/editing/declared_place.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/tools/bend_tool.h"
#include "widgets/diagram/tools/wire_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double dragPixels = 4;
constexpr double portPixels = 6;
constexpr double wirePixels = 4;
constexpr double handlePixels = 8;
constexpr double alignPixels = 6;  // within which what is dragged comes in line with others

QString tr(const char* text) {
  return QCoreApplication::translate("SelectTool", text);
}

QRectF toQRect(const Rect& r) {
  return {r.x, r.y, r.width, r.height};
}

double distance(QPointF a, QPointF b) {
  return std::max(std::abs(a.x() - b.x()), std::abs(a.y() - b.y()));
}

}  // namespace

std::pair<QPointF, QPointF> handlesOf(const Block& block) {
  const Rect& r = block.rect;
  const double y = block.children.empty() ? r.centre().y : r.top() + headerHeight / 2;
  return {{r.left(), y}, {r.right(), y}};
}

std::optional<std::uint32_t> SelectTool::handleAt(const ToolEvent& event) const {
  if (!hovered_ || !canvas_.document() || *hovered_ >= canvas_.document()->diagram->blocks.size()) return {};
  const auto [left, right] = handlesOf(canvas_.document()->diagram->blocks[*hovered_]);
  const double reach = handlePixels / event.scale;
  if (distance(event.at, left) <= reach || distance(event.at, right) <= reach) return hovered_;
  return {};
}

void SelectTool::press(const ToolEvent& event) {
  if (!canvas_.document()) return;
  start_ = now_ = event;
  using Kind = DiagramScene::Hit::Kind;
  const auto hit = canvas_.scene.hit(event.at, wirePixels / event.scale);
  const auto port = canvas_.scene.hit(event.at, portPixels / event.scale);
  std::optional<std::uint32_t> source = handleAt(event);
  if (!source && port.kind == Kind::Port) source = canvas_.document()->diagram->ports[port.index].block;
  const bool adds = event.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
  if (source && !adds) {
    auto wire = std::make_unique<WireTool>(canvas_);
    wire->press({event.at, event.modifiers, event.scale});
    wire->beginAt(*source);
    canvas_.use(std::move(wire));
    return;
  }
  if (hit.kind == Kind::Wire) {
    // Where lines run on top of each other the selected one is meant.
    const std::uint32_t wire =
        canvas_.scene.selectedWireAt(event.at, wirePixels / event.scale).value_or(hit.index);
    canvas_.selection.select(canvas_.document()->diagram->wires[wire].connection);
    state_ = State::Idle;
    auto bend = std::make_unique<BendTool>(canvas_, wire);
    bend->press(event);
    canvas_.use(std::move(bend));
    return;
  }
  if (hit.kind == Kind::Block) {
    grabbed_ = hit.index;
    const ShownId object{hit.index};
    ShownSelection::Objects objects = canvas_.selection.objects();
    if (adds) {
      if (!objects.erase(object)) objects.insert(object);
      canvas_.selection.select(objects);
      if (!objects.contains(object)) return;
    } else if (!objects.contains(object)) {
      canvas_.selection.select({object});
    }
    state_ = State::Pressed;
    return;
  }
  state_ = State::Band;
  if (!adds) canvas_.selection.clear();
}

std::set<std::uint32_t> SelectTool::movable() const {
  const auto& blocks = canvas_.document()->diagram->blocks;
  std::set<std::uint32_t> result;
  for (const ShownId id : canvas_.selection.objects()) {
    if (id.index() >= blocks.size()) continue;
    const Block& block = blocks[id.index()];
    // What stands in a stage or a group that moves goes along with it.
    bool along = false;
    for (auto outer = block.parent; outer && !along; outer = blocks[*outer].parent) {
      along = canvas_.selection.objects().contains(ShownId{*outer});
    }
    if (along) continue;
    const bool inStage = block.parent && !canvas_.document()->group(ShownId{*block.parent});
    const std::string& name = canvas_.shown().objects[id.index()].name;
    if (inStage ? isDeclared(*canvas_.document()->architecture, name) : canvas_.document()->isEditable(id)) {
      result.insert(id.value);
    }
  }
  return result;
}

void SelectTool::move(const ToolEvent& event) {
  now_ = event;
  if (!canvas_.document()) return;
  switch (state_) {
    case State::Idle: {
      auto over = canvas_.scene.blockAt(event.at);
      // The outer halves of the handles lie beside the block, or in its stage.
      const bool handle = handleAt(event).has_value();
      if (handle) over = hovered_;
      using Kind = DiagramScene::Hit::Kind;
      const auto hit = canvas_.scene.hit(event.at, wirePixels / event.scale);
      canvas_.scene.setHoveredWire(!handle && hit.kind == Kind::Wire ? std::optional(hit.index)
                                                                     : std::nullopt);
      if (over == hovered_) return;
      hovered_ = over;
      canvas_.repaint();
      return;
    }
    case State::Pressed:
      if (distance(event.at, start_.at) * event.scale < dragPixels) return;
      moving_ = movable();
      if (moving_.empty()) {
        canvas_.say(tr("Elements of an array, and units in a template's stage, stand where these put them."));
        state_ = State::Idle;
        return;
      }
      if (canvas_.document()->architecture->readOnly) {
        canvas_.say(tr("The architecture is read-only."));
        state_ = State::Idle;
        return;
      }
      state_ = State::Moving;
      canvas_.scene.setHoveredWire({});
      [[fallthrough]];
    case State::Moving:
      target_ = dropTarget();
      follow();
      canvas_.scene.setDrag(moving_, offset_);
      canvas_.repaint();
      return;
    case State::Band:
      canvas_.repaint();
      return;
  }
}

std::vector<Rect> SelectTool::restingPlaces() const {
  const auto& blocks = canvas_.document()->diagram->blocks;
  std::vector<Rect> places;
  for (const Block& block : blocks) {
    // What stands in a stage is stacked there, and what moves along is no place to align with.
    const bool stacked = block.parent && !canvas_.document()->group(ShownId{*block.parent});
    bool moves = moving_.contains(block.object.value);
    for (auto outer = block.parent; outer && !moves; outer = blocks[*outer].parent)
      moves = moving_.contains(*outer);
    if (!stacked && !moves) places.push_back(block.rect);
  }
  return places;
}

void SelectTool::follow() {
  const auto& blocks = canvas_.document()->diagram->blocks;
  const std::uint32_t first = moving_.contains(grabbed_) ? grabbed_ : *moving_.begin();
  const Rect& rect = blocks[first].rect;
  const QPointF corner(rect.x, rect.y);
  offset_ = snapped(corner + now_.at - start_.at) - corner;
  guides_.clear();
  // Into a stage it is dropped, not placed; with Ctrl it goes by the grid alone.
  if (target_ || (now_.modifiers & Qt::ControlModifier)) return;
  const Rect moved{rect.x + offset_.x(), rect.y + offset_.y(), rect.width, rect.height};
  const Aligned aligned = alignWith(moved, restingPlaces(), alignPixels / now_.scale, gridStep);
  offset_ += QPointF(aligned.by.x, aligned.by.y);
  guides_ = aligned.guides;
}

std::optional<std::uint32_t> SelectTool::dropTarget() const {
  const auto& document = *canvas_.document();
  std::set<std::uint32_t> without = moving_;
  for (const Block& block : document.diagram->blocks) {
    // Units are no targets, what is below them is.
    if (block.parent) without.insert(block.object.value);
  }
  const auto under = canvas_.scene.blockAt(now_.at, without);
  if (!under || document.group(ShownId{*under})) return {};
  const ObjectClass stage = document.shown->objects[*under].objectClass;
  for (const std::uint32_t block : moving_) {
    const ObjectClass unit = document.shown->objects[block].objectClass;
    if (unit == ObjectClass::Unknown || whyIllegal(ConnectionKind::Contains, stage, unit)) return {};
  }
  return isDeclared(*document.architecture, document.shown->objects[*under].name) ? under : std::nullopt;
}

void SelectTool::drop() {
  const auto& document = *canvas_.document();
  const FoldedView& shown = *document.shown;
  const QPointF by = std::exchange(offset_, {});
  guides_.clear();
  const std::set<std::uint32_t> moving = std::exchange(moving_, {});
  const auto target = std::exchange(target_, std::nullopt);
  canvas_.scene.setDrag({}, {});
  Places places;
  std::map<std::uint32_t, Point> moved;
  std::set<std::size_t> leave;
  std::vector<ArchitectureEdit> enter;
  bool out = false;
  for (const std::uint32_t block : moving) {
    const Block& b = document.diagram->blocks[block];
    const std::string& name = shown.objects[block].name;
    if (target && b.parent == target) continue;
    const CanvasPoint to{b.rect.x + by.x(), b.rect.y + by.y()};
    if (b.parent && !document.group(ShownId{*b.parent})) {
      const ShownConnection* contains = shown.containment(ShownId{block});
      const auto place =
          contains
              ? connectionPlace(document.bytes, document.architecture->connections[contains->first.index()])
              : std::nullopt;
      if (!place) continue;
      leave.insert(*place);
      out = !target;
    }
    if (target) {
      enter.emplace_back(AddConnection{ConnectionKind::Contains, shown.objects[*target].name, name});
    } else {
      places[name] = to;
      if (!b.parent) moved[block] = {by.x(), by.y()};
    }
  }
  if (by.isNull() && enter.empty()) return;
  if (places.empty() && enter.empty()) return;
  std::vector<ArchitectureEdit> edits = canvas_.documents.placeEdits(places);
  const std::vector<ArchitectureEdit> bends = bendsAlong(document, moved);
  edits.insert(edits.end(), bends.begin(), bends.end());
  for (auto place = leave.rbegin(); place != leave.rend(); ++place) {
    edits.emplace_back(RemoveConnection{*place});
  }
  edits.insert(edits.end(), enter.begin(), enter.end());
  const QString what = moving.size() == 1 ? QString::fromStdString(shown.objects[*moving.begin()].name)
                                          : tr("%1 blocks").arg(moving.size());
  QString name = tr("Move %1").arg(what);
  if (target) name = tr("Move %1 into %2").arg(what, QString::fromStdString(shown.objects[*target].name));
  if (out) name = tr("Move %1 out of its stage").arg(what);
  canvas_.edit(name, edits);
}

void SelectTool::release(const ToolEvent& event) {
  now_ = event;
  const State state = std::exchange(state_, State::Idle);
  if (!canvas_.document()) return;
  if (state == State::Moving) drop();
  if (state == State::Band) selectBand(event.modifiers);
  if (state == State::Pressed && !(event.modifiers & (Qt::ShiftModifier | Qt::ControlModifier))) {
    canvas_.selection.select({ShownId{grabbed_}});
  }
  canvas_.repaint();
}

void SelectTool::selectBand(Qt::KeyboardModifiers modifiers) {
  const QRectF band = QRectF(start_.at, now_.at).normalized();
  ShownSelection::Objects objects;
  if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) objects = canvas_.selection.objects();
  for (const Block& block : canvas_.document()->diagram->blocks) {
    // From left to right what lies in it, from right to left what it touches, as in drawing programs.
    const QRectF rect = toQRect(block.rect);
    const bool touches = now_.at.x() < start_.at.x() ? band.intersects(rect) : band.contains(rect);
    if (touches) objects.insert(block.object);
  }
  canvas_.selection.select(objects);
}

bool SelectTool::cancel() {
  const State state = std::exchange(state_, State::Idle);
  hovered_.reset();
  target_.reset();
  guides_.clear();
  offset_ = {};
  if (canvas_.document()) canvas_.scene.setHoveredWire({});
  if (!moving_.empty()) {
    moving_.clear();
    if (canvas_.document()) canvas_.scene.setDrag({}, {});
  }
  canvas_.repaint();
  return state == State::Moving || state == State::Band;
}

void SelectTool::paint(QPainter& painter, double scale) const {
  if (!canvas_.document()) return;
  const auto& blocks = canvas_.document()->diagram->blocks;
  const QColor accent = toQColor(canvas_.scene.palette().accent);
  canvas_.scene.paintDrag(painter, scale);
  painter.setRenderHint(QPainter::Antialiasing);
  if (state_ == State::Band) {
    QColor fill = accent;
    fill.setAlphaF(0.12F);
    const bool touching = now_.at.x() < start_.at.x();
    painter.setPen(QPen(accent, 1 / scale, touching ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(fill);
    painter.drawRect(QRectF(start_.at, now_.at).normalized());
  }
  if (target_ && *target_ < blocks.size()) {
    QColor fill = accent;
    fill.setAlphaF(0.14F);
    painter.setPen(QPen(accent, 2.5 / scale));
    painter.setBrush(fill);
    painter.drawRoundedRect(toQRect(blocks[*target_].rect), 5, 5);
  }
  if (state_ == State::Moving) paintMoving(painter, scale);
  if (state_ == State::Idle && canvas_.selection.connection().valid()) {
    for (const Wire& wire : canvas_.document()->diagram->wires) {
      if (wire.connection == canvas_.selection.connection()) {
        paintBendHandles(painter, wire, canvas_.scene.palette(), scale);
      }
    }
  }
  if (state_ != State::Idle || !hovered_ || *hovered_ >= blocks.size() || scale < 0.35) return;
  const auto [left, right] = handlesOf(blocks[*hovered_]);
  painter.setPen(QPen(accent, 1.5 / scale));
  painter.setBrush(toQColor(canvas_.scene.palette().canvas));
  for (const QPointF& handle : {left, right}) painter.drawEllipse(handle, 5 / scale, 5 / scale);
}

void SelectTool::paintMoving(QPainter& painter, double scale) const {
  const Palette& colours = canvas_.scene.palette();
  const QColor accent = toQColor(colours.accent);
  constexpr double beyond = 12;  // pixels that a line goes on behind what it joins
  painter.setPen(QPen(accent, 1 / scale, Qt::DashLine));
  for (const AlignmentGuide& guide : guides_) {
    const QPointF along =
        guide.from.x == guide.to.x ? QPointF(0, beyond / scale) : QPointF(beyond / scale, 0);
    painter.drawLine(QPointF(guide.from.x, guide.from.y) - along, QPointF(guide.to.x, guide.to.y) + along);
  }
  if (target_ || moving_.empty()) return;
  const std::uint32_t first = moving_.contains(grabbed_) ? grabbed_ : *moving_.begin();
  const Block& block = canvas_.document()->diagram->blocks[first];
  const auto signedText = [](double value) {
    return value < 0 ? QStringLiteral("−%1").arg(-value) : QStringLiteral("+%1").arg(value);
  };
  // From the origin of its group, as the file and the inspector have it.
  const QPointF to = QPointF(block.rect.x - block.origin.x, block.rect.y - block.origin.y) + offset_;
  paintLabel(painter, now_.at, scale,
             tr("x %1  y %2  (%3, %4)")
                 .arg(to.x())
                 .arg(to.y())
                 .arg(signedText(offset_.x()), signedText(offset_.y())),
             accent, toQColor(colours.canvas));
}

QString SelectTool::hint() const {
  switch (state_) {
    case State::Moving:
      return target_ ? tr("Drop to put it into the stage · Esc leaves everything as it was")
                     : tr("Drop to move · Ctrl: not in line with others · Esc leaves everything as it was");
    case State::Band:
      return tr("To the right: what lies inside · to the left: what it touches");
    case State::Idle:
    case State::Pressed:
      break;
  }
  return tr("Drag blocks to move, ports and handles to connect · A adds a block");
}

Qt::CursorShape SelectTool::cursor() const {
  if (state_ == State::Moving) return Qt::SizeAllCursor;
  if (state_ == State::Idle && handleAt(now_)) return Qt::CrossCursor;
  return Qt::ArrowCursor;
}

}  // namespace taktwerk
