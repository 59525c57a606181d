// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/array_tool.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/editing/make_template.h"
#include "core/editing/rule_scope.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/document/document_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double gap = 12;
constexpr double clickPixels = 4;
constexpr int mostDrawn = 24;  // sheets in each direction
constexpr int mostElements = 1024;

QString tr(const char* text) {
  return QCoreApplication::translate("ArrayTool", text);
}

}  // namespace

void ArrayTool::press(const ToolEvent& event) {
  start_ = now_ = event;
  entry_.clear();
  if (!canvas_.document()) return;
  const auto block = canvas_.scene.blockAt(event.at);
  if (!block) return;
  const RuleScope scope(*canvas_.document()->architecture);
  const auto end = scope.end(canvas_.shown().objects[*block].name);
  if (!end) return;
  entry_ = end->entry->name;
  indices_ = end->entry->size.size();
  bool first = true;
  for (const ShownObject& object : canvas_.shown().objects) {
    const auto other = scope.end(object.name);
    if (!other || other->entry != end->entry) continue;
    const Rect& r = canvas_.document()->diagram->blocks[object.shown.index()].rect;
    if (first) {
      rect_ = r;
      first = false;
      continue;
    }
    const double right = std::max(rect_.right(), r.right()), bottom = std::max(rect_.bottom(), r.bottom());
    rect_.x = std::min(rect_.x, r.x);
    rect_.y = std::min(rect_.y, r.y);
    rect_.width = right - rect_.x;
    rect_.height = bottom - rect_.y;
  }
}

ArrayTool::Size ArrayTool::size() const {
  const auto count = [](double way, double pitch) {
    return std::clamp(1 + static_cast<int>(std::round(way / pitch)), 1, mostElements);
  };
  return {count(now_.at.y() - start_.at.y(), rect_.height + gap),
          count(now_.at.x() - start_.at.x(), rect_.width + gap)};
}

QString ArrayTool::sizeText() const {
  const Size s = size();
  if (indices_ == 2 || (s.rows > 1 && s.columns > 1))
    return QStringLiteral("%1 × %2").arg(s.rows).arg(s.columns);
  return QString::number(std::max(s.rows, s.columns));
}

void ArrayTool::move(const ToolEvent& event) {
  now_ = event;
  if (!entry_.empty()) canvas_.repaint();
}

void ArrayTool::release(const ToolEvent& event) {
  now_ = event;
  if (entry_.empty() || !canvas_.document()) return;
  const QPointF way = event.at - start_.at;
  const bool click = std::max(std::abs(way.x()), std::abs(way.y())) * event.scale < clickPixels;
  const Size s = size();
  const std::string entry = std::exchange(entry_, {});
  done_ = true;
  canvas_.repaint();
  if (click) {
    if (canvas_.askArray) canvas_.askArray(entry);
    return;
  }
  if (s.rows == 1 && s.columns == 1) return;
  MakeArray edit{entry, std::to_string(std::max(s.rows, s.columns)), {}};
  if (indices_ == 2 || (s.rows > 1 && s.columns > 1)) {
    edit.rows = std::to_string(s.rows);
    edit.columns = std::to_string(s.columns);
  }
  const QString reason = canvas_.documents.replace(tr("Make %1 an array").arg(QString::fromStdString(entry)),
                                                   makeArray(canvas_.document()->bytes, edit));
  if (!reason.isEmpty()) canvas_.say(reason);
}

bool ArrayTool::cancel() {
  const bool dragging = !entry_.empty();
  entry_.clear();
  done_ = true;
  canvas_.repaint();
  return dragging;
}

void ArrayTool::paint(QPainter& painter, double scale) const {
  if (entry_.empty() || !canvas_.document()) return;
  const Palette& palette = canvas_.scene.palette();
  const Size s = size();
  QColor colour = toQColor(palette.accent);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(colour, 1.5 / std::min(scale, 1.0)));
  colour.setAlphaF(0.08F);
  painter.setBrush(colour);
  for (int r = 0; r < std::min(s.rows, mostDrawn); ++r) {
    for (int c = 0; c < std::min(s.columns, mostDrawn); ++c) {
      painter.drawRoundedRect(QRectF(rect_.x + c * (rect_.width + gap), rect_.y + r * (rect_.height + gap),
                                     rect_.width, rect_.height),
                              4, 4);
    }
  }
  paintLabel(painter, now_.at, scale, QString::fromStdString(entry_) + QStringLiteral(": ") + sizeText(),
             toQColor(palette.accent), toQColor(palette.canvas));
}

QString ArrayTool::hint() const {
  if (entry_.empty()) {
    return tr(
        "Drag a block or instance to the right for columns, down for rows · click to type sizes · Esc ends");
  }
  return tr("%1 elements · Esc leaves everything as it was").arg(sizeText());
}

}  // namespace taktwerk
