// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_export.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <sstream>

#include "core/report/timeline_files.h"
#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/timeline/timeline_canvas.h"

namespace taktwerk {

Diagnostics exportTimelinePicture(const TimelineCanvas& canvas, const QString& path) {
  const QSize size = canvas.viewport()->size();
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
    QImage image(size * 2, QImage::Format_RGB32);
    QPainter painter(&image);
    canvas.paintOn(painter, QRectF(QPointF(), QSizeF(size) * 2));
    painter.end();
    image.save(&buffer, "PNG");
    return writePicture(path, buffer.data());
  }
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setTitle(canvas.title());
  svg.setSize(size);
  svg.setViewBox(QRectF(QPointF(), size));
  QPainter painter(&svg);
  canvas.paintOn(painter, QRectF(QPointF(), size));
  painter.end();
  return writePicture(path, buffer.data());
}

Diagnostics exportInstructions(const LayerTime& time, Cycles begin, Cycles end, const QString& path,
                               Progress& progress) {
  const Result<TimelineDetail> detail = detailOf(time.timeline, begin, end, writtenAtMost, progress);
  if (!detail) return detail.diagnostics;
  if (detail->cancelled || !detail->timeline.machine) return {};
  std::ostringstream text;
  if (path.endsWith(QLatin1String(".kanata"), Qt::CaseInsensitive)) {
    writeTimelineKanata(text, detail->timeline);
  } else {
    writeTimelineTraceEvents(text, detail->timeline);
  }
  return writePicture(path, QByteArray::fromStdString(text.str()));
}

}  // namespace taktwerk
