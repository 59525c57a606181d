// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/tool.h"

#include <cmath>

#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

const Document* Canvas::document() const {
  return documents.document().get();
}

const FoldedView& Canvas::shown() const {
  return *documents.document()->shown;
}

bool Canvas::edit(const QString& name, const std::vector<ArchitectureEdit>& edits,
                  const QString& mergeKey) const {
  const QString reason = documents.edit(name, edits, mergeKey);
  if (reason.isEmpty()) return true;
  say(reason);
  return false;
}

void Canvas::select(const std::vector<std::string>& names) const {
  ShownSelection::Objects objects;
  for (const std::string& name : names) {
    if (const ShownObject* object = shown().find(name)) objects.insert(object->shown);
  }
  selection.select(objects);
}

QPointF snapped(QPointF at) {
  return {std::round(at.x() / gridStep) * gridStep, std::round(at.y() / gridStep) * gridStep};
}

void paintLabel(QPainter& painter, QPointF at, double scale, const QString& text, const QColor& colour,
                const QColor& ink) {
  painter.save();
  painter.translate(at);
  painter.scale(1 / scale, 1 / scale);
  QFont font = painter.font();
  font.setPixelSize(12);
  painter.setFont(font);
  const QRectF box = QRectF(painter.fontMetrics().boundingRect(QRect(0, 0, 420, 200), Qt::TextWordWrap, text))
                         .adjusted(-8, -5, 8, 5)
                         .translated(20, 18);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(box, 5, 5);
  painter.setPen(ink);
  painter.drawText(box.adjusted(8, 5, -8, -5), Qt::TextWordWrap, text);
  painter.restore();
}

}  // namespace taktwerk
