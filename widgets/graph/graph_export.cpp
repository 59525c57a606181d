// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_export.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <sstream>

#include "core/report/graph_files.h"
#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/graph/graph_canvas.h"

namespace taktwerk {

Diagnostics exportDot(const GraphWindow& window, const QString& path) {
  std::ostringstream text;
  writeGraphDot(text, window);
  return writePicture(path, QByteArray::fromStdString(text.str()));
}

Diagnostics exportGraph(const GraphCanvas& canvas, const QString& path) {
  const QString title = canvas.title();
  const QSizeF size = canvas.viewport()->size();
  if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
    return writePicture(path, pdfPage(title, size, [&](QPainter& painter, const QRectF& page) {
                          canvas.paintOn(painter, page);
                        }));
  }
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setTitle(title);
  svg.setSize(size.toSize());
  svg.setViewBox(QRectF(QPointF(), size));
  QPainter painter(&svg);
  canvas.paintOn(painter, QRectF(QPointF(), size));
  painter.end();
  return writePicture(path, buffer.data());
}

}  // namespace taktwerk
