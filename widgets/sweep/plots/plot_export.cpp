// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/plot_export.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

Diagnostics exportPlot(const ResultPlot& plot, const QString& path) {
  if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
    const auto table = plot.table();
    if (table) return writePicture(path, QByteArray::fromStdString(*table));
    Diagnostic problem;
    problem.message =
        ResultPlot::tr("this plot has no table of its own: “Export shown…” writes its rows").toStdString();
    return {problem};
  }
  const QRectF area(QPointF(), QSizeF(plot.size()));
  QBuffer buffer;
  buffer.open(QIODevice::WriteOnly);
  if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
    QImage image(plot.size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    QPainter painter(&image);
    plot.paintOn(painter, area);
    painter.end();
    image.save(&buffer, "PNG");
  } else if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
    QPdfWriter pdf(&buffer);
    pdf.setPageSize(QPageSize(area.size() * 0.75, QPageSize::Point));
    pdf.setPageMargins(QMarginsF());
    pdf.setResolution(96);
    QPainter painter(&pdf);
    plot.paintOn(painter, area);
  } else {
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setTitle(plot.accessibleName());
    svg.setSize(plot.size());
    svg.setViewBox(area);
    QPainter painter(&svg);
    plot.paintOn(painter, area);
  }
  return writePicture(path, buffer.data());
}

}  // namespace taktwerk
