// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/wire_tool.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/architecture/class_specification.h"
#include "core/drawing/wire_shape.h"
#include "core/editing/declared_place.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double clickPixels = 4;

QString tr(const char* text) {
  return QCoreApplication::translate("WireTool", text);
}

}  // namespace

QString wireSentence(const AddConnection& c) {
  const QString verb = c.kind == ConnectionKind::Contains  ? tr("contains")
                       : c.kind == ConnectionKind::Forward ? tr("forwards to")
                       : c.kind == ConnectionKind::Reads   ? tr("reads")
                                                           : tr("writes");
  return QStringLiteral("%1 %2 %3").arg(QString::fromStdString(c.from), verb, QString::fromStdString(c.to));
}

PossibleWires possibleWires(const Document& document, std::uint32_t from, std::uint32_t to) {
  PossibleWires wires;
  const Architecture& architecture = *document.architecture;
  const ShownObject& a = document.shown->objects[from];
  const ShownObject& b = document.shown->objects[to];
  if (!a.group && !b.group && isDeclared(architecture, a.name) && isDeclared(architecture, b.name)) {
    wires.drawn = drawnConnections(architecture, a.id, b.id);
    return wires;
  }
  const std::optional<WireEnd> ends[] = {wireEndOf(architecture, a.name), wireEndOf(architecture, b.name)};
  if (!ends[0] || !ends[1]) {
    wires.drawn.reason = "this block is not in the file";
    return wires;
  }
  WiringRules found = wiringRules(architecture, *ends[0], *ends[1]);
  wires.rules = std::move(found.possible);
  wires.drawn.reason = std::move(found.reason);
  return wires;
}

WireTool::~WireTool() {
  if (source_ && canvas_.document()) canvas_.scene.setDimmed({});
}

void WireTool::beginAt(std::uint32_t block) {
  source_ = block;
  target_.reset();
  drawn_ = {};
  rules_.clear();
  std::set<std::uint32_t> dimmed;
  const auto& objects = canvas_.shown().objects;
  for (std::uint32_t other = 0; other < objects.size(); ++other) {
    if (other == block) continue;
    const PossibleWires wires = possibleWires(*canvas_.document(), block, other);
    if (wires.drawn.possible.empty() && wires.rules.empty()) dimmed.insert(other);
  }
  canvas_.scene.setDimmed(dimmed);
  canvas_.repaint();
}

void WireTool::press(const ToolEvent& event) {
  start_ = now_ = event;
  if (!canvas_.document() || source_) return;
  if (const auto block = canvas_.scene.blockAt(event.at)) beginAt(*block);
}

void WireTool::aim(const ToolEvent& event) {
  now_ = event;
  if (!source_ || !canvas_.document()) return;
  auto under = canvas_.scene.blockAt(event.at);
  // From an array to itself: how its elements are wired among each other.
  const ShownGroup* group = canvas_.document()->group(ShownId{*source_});
  const bool array = group && group->kind == ShownGroup::Kind::Array;
  if (under == source_ && !array) under.reset();
  if (under == target_) return;
  target_ = under;
  drawn_ = {};
  rules_.clear();
  if (!target_) return;
  PossibleWires wires = possibleWires(*canvas_.document(), *source_, *target_);
  drawn_ = std::move(wires.drawn);
  rules_ = std::move(wires.rules);
}

void WireTool::move(const ToolEvent& event) {
  aim(event);
  if (source_) canvas_.repaint();
}

void WireTool::release(const ToolEvent& event) {
  if (!source_ || !canvas_.document()) return;
  aim(event);
  const QPointF way = event.at - start_.at;
  const bool click = std::max(std::abs(way.x()), std::abs(way.y())) * event.scale < clickPixels;
  if ((!target_ || target_ == source_) && click && !clicked_) {
    clicked_ = true;  // the next click says where to
    return;
  }
  finish();
}

void WireTool::finish() {
  const DrawnConnections drawn = drawn_;
  const std::vector<WiringRule> rules = rules_;
  const bool aimed = target_.has_value();
  end();
  if (rules.size() == 1) {
    const WiringRule& rule = rules.front();
    canvas_.edit(tr("Connect: %1").arg(QString::fromStdString(rule.sentence)),
                 {AddRule{rule.rule, rule.inTemplate, rule.sentence}});
  } else if (!rules.empty() && canvas_.chooseRule) {
    canvas_.chooseRule(rules);
  } else if (drawn.possible.size() == 1) {
    canvas_.edit(tr("Connect: %1").arg(wireSentence(drawn.possible.front())), {drawn.possible.front()});
  } else if (drawn.possible.size() > 1) {
    canvas_.choose(drawn.possible);
  } else if (aimed) {
    canvas_.say(QString::fromStdString(drawn.reason));
  }
}

void WireTool::end() {
  source_.reset();
  target_.reset();
  drawn_ = {};
  rules_.clear();
  clicked_ = false;
  done_ = once_;
  if (canvas_.document()) canvas_.scene.setDimmed({});
  canvas_.repaint();
}

bool WireTool::cancel() {
  const bool drawing = source_.has_value();
  end();
  return drawing;
}

void WireTool::paint(QPainter& painter, double scale) const {
  const Document* document = canvas_.document();
  if (!document || !source_ || *source_ >= document->diagram->blocks.size()) return;
  const auto& blocks = document->diagram->blocks;
  const Palette& palette = canvas_.scene.palette();
  const bool legal = isPossible();
  const QColor colour = toQColor(target_ && !legal ? palette.error : palette.accent);
  painter.setRenderHint(QPainter::Antialiasing);
  const Rect& from = blocks[*source_].rect;
  const auto frame = [&](const Rect& r) {
    painter.setPen(QPen(colour, 2 / std::min(scale, 1.0)));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(r.x, r.y, r.width, r.height).adjusted(-4, -4, 4, 4), 7, 7);
  };
  frame(from);
  Point end{now_.at.x(), now_.at.y()};
  bool leftwards = end.x < from.centre().x;
  if (target_ && *target_ < blocks.size()) {
    const Rect& to = blocks[*target_].rect;
    frame(to);
    leftwards = to.centre().x < from.centre().x;
    end = {leftwards ? to.right() : to.left(), to.centre().y};
  }
  const Point begin{leftwards ? from.left() : from.right(), from.centre().y};
  const double middle = (begin.x + end.x) / 2;
  Wire wire;
  wire.kind = !rules_.empty() ? rules_.front().rule.kind
              : legal         ? drawn_.possible.front().kind
                              : ConnectionKind::Writes;
  wire.from = wire.to = *source_;
  wire.points = {begin, {middle, begin.y}, {middle, end.y}, end};
  // Reads begin at the storage, also where the line was drawn the other way.
  const std::string& source = document->shown->objects[*source_].name;
  if (!drawn_.possible.empty()) {
    const AddConnection& c = drawn_.possible.front();
    const bool sourceFirst = (c.kind == ConnectionKind::Reads ? c.to : c.from) == source;
    if (!sourceFirst) std::reverse(wire.points.begin(), wire.points.end());
  }
  paintWire(painter, *document->diagram, wire, true, palette, scale);
  QString text;
  if (!rules_.empty()) {
    text = QString::fromStdString(rules_.front().sentence);
    if (rules_.size() > 1) text += tr("\nor %1 more").arg(rules_.size() - 1);
  } else if (legal) {
    QStringList kinds;
    for (const AddConnection& c : drawn_.possible) kinds << wireSentence(c);
    text = kinds.join(tr("\nor "));
  } else if (target_) {
    text = QString::fromStdString(drawn_.reason);
  }
  if (!text.isEmpty()) paintLabel(painter, now_.at, scale, text, colour, toQColor(palette.canvas));
}

QString WireTool::hint() const {
  if (!source_) return tr("Drag or click from one block to another · Esc ends");
  if (target_ && !isPossible()) return QString::fromStdString(drawn_.reason);
  return tr("Where to? Faint blocks cannot be connected · Esc leaves everything as it was");
}

}  // namespace taktwerk
