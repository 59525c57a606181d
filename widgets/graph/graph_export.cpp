// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_export.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>
#include <functional>
#include <sstream>

#include "core/report/folded_graph_files.h"
#include "core/report/graph_files.h"
#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/laid_out_canvas.h"

namespace taktwerk {

namespace {

using Paint = std::function<void(QPainter& painter, const QRectF& page)>;

Diagnostics writeDrawing(const QString& path, const QString& title, const QSizeF& size, const Paint& paint) {
  if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
    return writePicture(path, pdfPage(title, size, paint));
  }
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setTitle(title);
  svg.setSize(size.toSize());
  svg.setViewBox(QRectF(QPointF(), size));
  QPainter painter(&svg);
  paint(painter, QRectF(QPointF(), size));
  painter.end();
  return writePicture(path, buffer.data());
}

}  // namespace

Diagnostics exportDot(const GraphWindow& window, const QString& path) {
  std::ostringstream text;
  writeGraphDot(text, window);
  return writePicture(path, QByteArray::fromStdString(text.str()));
}

Diagnostics exportFoldedDot(const GraphWindow& window, const FoldedGraph& folded, const QString& path) {
  std::ostringstream text;
  writeFoldedDot(text, window, folded);
  return writePicture(path, QByteArray::fromStdString(text.str()));
}

Diagnostics exportGraph(const GraphCanvas& canvas, const QString& path) {
  return writeDrawing(path, canvas.title(), canvas.viewport()->size(),
                      [&](QPainter& painter, const QRectF& page) { canvas.paintOn(painter, page); });
}

Diagnostics exportLaidOut(const LaidOutCanvas& canvas, const QString& path) {
  return writeDrawing(path, QString::fromStdString(canvas.graph()->graph->window.title), canvas.pictureSize(),
                      [&](QPainter& painter, const QRectF& page) { canvas.paintOn(painter, page); });
}

}  // namespace taktwerk
