// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/bend_tool.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/drawing/block_sizes.h"
#include "core/drawing/wire_bends.h"
#include "core/editing/declared_place.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double dragPixels = 4;
constexpr double shortestWithHandle = 16;  // pixels of the screen

QString tr(const char* text) {
  return QCoreApplication::translate("BendTool", text);
}

Side sideOf(const BlockDiagram& diagram, std::uint32_t block, Point at) {
  for (const Port& port : diagram.ports) {
    if (port.block == block && port.at == at) return port.side;
  }
  return Side::Left;
}

LineEnd endOf(const BlockDiagram& diagram, std::uint32_t block, Point at) {
  return {at, sideOf(diagram, block, at), diagram.blocks[block].rect};
}

/// In the direction of the file: from the first object named to the second.
std::vector<CanvasPoint> viaOf(const Wire& wire, std::vector<Point> bends) {
  if (wire.kind == ConnectionKind::Reads) std::reverse(bends.begin(), bends.end());
  std::vector<CanvasPoint> via;
  via.reserve(bends.size());
  for (const Point& p : bends) via.push_back({p.x, p.y});
  return via;
}

}  // namespace

std::size_t pieceAt(const Wire& wire, QPointF at) {
  std::size_t best = 0;
  double nearest = 1e300;
  for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
    const Point a = wire.points[k], b = wire.points[k + 1];
    const double dx = std::max({std::min(a.x, b.x) - at.x(), 0.0, at.x() - std::max(a.x, b.x)});
    const double dy = std::max({std::min(a.y, b.y) - at.y(), 0.0, at.y() - std::max(a.y, b.y)});
    if (std::max(dx, dy) >= nearest) continue;
    nearest = std::max(dx, dy);
    best = k;
  }
  return best;
}

void paintBendHandles(QPainter& painter, const Wire& wire, const Palette& palette, double scale) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(toQColor(palette.accent), 1.5 / scale));
  painter.setBrush(toQColor(palette.canvas));
  for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
    const Point a = wire.points[k], b = wire.points[k + 1];
    const bool level = isLevel(wire.points, k);
    if ((std::abs(b.x - a.x) + std::abs(b.y - a.y)) * scale < shortestWithHandle) continue;
    const double along = 7 / scale, across = 3.5 / scale;
    const QPointF middle((a.x + b.x) / 2, (a.y + b.y) / 2);
    const QSizeF half = level ? QSizeF(along, across) : QSizeF(across, along);
    const QPointF corner(half.width(), half.height());
    painter.drawRoundedRect(QRectF(middle - corner, middle + corner), across, across);
  }
}

std::vector<ArchitectureEdit> bendsAlong(const Document& document,
                                         const std::map<std::uint32_t, Point>& moved) {
  std::vector<ArchitectureEdit> edits;
  std::vector<const Connection*> connections;
  std::vector<Point> ways;
  const auto& blocks = document.diagram->blocks;
  for (const ShownConnection& c : document.shown->connections) {
    if (c.via.empty() || c.from.index() >= blocks.size() || c.to.index() >= blocks.size()) continue;
    const auto from = moved.find(outermost(blocks, c.from.value));
    const auto to = moved.find(outermost(blocks, c.to.value));
    if (from == moved.end() || to == moved.end() || from->second != to->second) continue;
    if (from->second == Point{}) continue;
    connections.push_back(&document.architecture->connections[c.first.index()]);
    ways.push_back(from->second);
  }
  if (connections.empty()) return edits;
  const auto places = connectionPlaces(document.bytes, connections);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    SetBends edit{*places[i], connections[i]->via};
    for (CanvasPoint& p : edit.via) p = {p.x + ways[i].x, p.y + ways[i].y};
    edits.emplace_back(std::move(edit));
  }
  return edits;
}

std::vector<ArchitectureEdit> withoutBends(const Document& document,
                                           const std::vector<const ShownConnection*>& connections) {
  std::vector<const Connection*> bent;
  for (const ShownConnection* c : connections) {
    if (!c->via.empty()) bent.push_back(&document.architecture->connections[c->first.index()]);
  }
  std::vector<ArchitectureEdit> edits;
  if (bent.empty()) return edits;
  for (const std::optional<std::size_t>& place : connectionPlaces(document.bytes, bent)) {
    if (place) edits.emplace_back(SetBends{*place, {}});
  }
  return edits;
}

BendTool::~BendTool() {
  canvas_.scene.setHiddenWire({});
}

const Wire* BendTool::wire() const {
  const Document* document = canvas_.document();
  if (!document || wire_ >= document->diagram->wires.size()) return nullptr;
  return &document->diagram->wires[wire_];
}

void BendTool::press(const ToolEvent& event) {
  start_ = event;
  if (const Wire* w = wire()) piece_ = pieceAt(*w, event.at);
}

void BendTool::move(const ToolEvent& event) {
  const Wire* w = wire();
  if (!w || done_ || piece_ + 1 >= w->points.size()) return;
  const bool level = isLevel(w->points, piece_);
  const QPointF way = event.at - start_.at;
  if (!moving_) {
    if (std::max(std::abs(way.x()), std::abs(way.y())) * event.scale < dragPixels) return;
    const Document& document = *canvas_.document();
    const Connection& connection = document.connection(w->connection);
    const auto place = connectionPlace(document.bytes, connection);
    const auto& rules = document.architecture->rules;
    const bool ranges = std::any_of(rules.begin(), rules.end(), [&](const ConnectionRule& r) {
      return r.position == connection.position && !r.ranges.empty();
    });
    if (document.architecture->readOnly || !place || ranges) {
      canvas_.say(
          document.architecture->readOnly
              ? tr("The architecture is read-only.")
              : tr("This connection is one of several made by one line of the file; its line is found."));
      done_ = true;
      return;
    }
    place_ = *place;
    moving_ = true;
  }
  const double from = level ? w->points[piece_].y : w->points[piece_].x;
  const double to = std::round((from + (level ? way.y() : way.x())) / gridStep) * gridStep;
  bends_ = bendsAfterDrag(w->points, piece_, to);
  if (bends_.size() > mostBends) bends_.clear();
  const BlockDiagram& diagram = *canvas_.document()->diagram;
  line_ = lineThrough({endOf(diagram, w->from, w->points.front()), endOf(diagram, w->to, w->points.back())},
                      bends_);
  canvas_.scene.setHiddenWire(wire_);
  canvas_.repaint();
}

void BendTool::release(const ToolEvent& event) {
  move(event);
  const Wire* w = wire();
  const bool changes = moving_ && w;
  const std::size_t place = place_;
  std::vector<Point> bends = std::move(bends_);
  const bool good = bends.empty() || !line_.empty();
  Wire before;
  if (w) before = *w;
  end();
  if (!changes) return;
  if (!good) return canvas_.say(tr("The wire would cross its own block there."));
  // Dragged and back again, or to where it was found.
  std::vector<Point> inner;
  if (before.points.size() > 2) inner.assign(before.points.begin() + 1, before.points.end() - 1);
  if (bends == inner) return;
  const Document& document = *canvas_.document();
  const ShownConnection& c = document.shown->connections[before.connection.index()];
  const QString from = QString::fromStdString(document.shown->objects[c.from.index()].name);
  const QString to = QString::fromStdString(document.shown->objects[c.to.index()].name);
  // Blocks that the file does not place must not go elsewhere when it is opened again: bends are of places.
  std::vector<ArchitectureEdit> edits = canvas_.documents.placeEdits({});
  edits.emplace_back(SetBends{place, viaOf(before, std::move(bends))});
  const ShownConnectionId id = before.connection;
  Canvas& canvas = canvas_;  // the edit ends this tool
  if (canvas.edit(tr("Bend the wire of %1 and %2").arg(from, to), edits)) {
    canvas.selection.select(id);  // with its handles, for the next drag
  }
}

void BendTool::end() {
  done_ = true;
  moving_ = false;
  bends_.clear();
  line_.clear();
  canvas_.scene.setHiddenWire({});
  canvas_.repaint();
}

bool BendTool::cancel() {
  const bool gesture = moving_;
  end();
  return gesture;
}

void BendTool::paint(QPainter& painter, double scale) const {
  const Wire* w = wire();
  if (!w) return;
  const Palette& palette = canvas_.scene.palette();
  Wire drawn = *w;
  if (moving_) {
    if (line_.empty() && !bends_.empty()) {  // not where it may stay
      drawn.points = {w->points.front()};
      drawn.points.insert(drawn.points.end(), bends_.begin(), bends_.end());
      drawn.points.push_back(w->points.back());
      painter.setOpacity(0.4);
    } else {
      drawn.points = line_.empty() ? std::vector<Point>{w->points.front(), w->points.back()} : line_;
    }
    paintWire(painter, *canvas_.document()->diagram, drawn, true, palette, scale);
    painter.setOpacity(1);
  }
  paintBendHandles(painter, drawn, palette, scale);
}

QString BendTool::hint() const {
  return tr("Drop to keep the wire there · Esc leaves everything as it was");
}

Qt::CursorShape BendTool::cursor() const {
  const Wire* w = wire();
  if (!w || piece_ + 1 >= w->points.size()) return Qt::ArrowCursor;
  return isLevel(w->points, piece_) ? Qt::SplitVCursor : Qt::SplitHCursor;
}

}  // namespace taktwerk
