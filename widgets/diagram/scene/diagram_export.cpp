// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_export.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <algorithm>

#include "core/base/files.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/document/file_kind.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double border = 30;
constexpr double mostPixels = 12'000;
constexpr double mostPoints = 14'000;  // of a PDF page; readers refuse larger ones

}  // namespace

Diagnostics writePicture(const QString& path, const QByteArray& bytes) {
  if (bytes.isEmpty()) {
    return {{Severity::Error, toPath(path).string(), {1, 1}, "F0008", "the picture could not be made", {}}};
  }
  return writeFileAtomically(toPath(path), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QByteArray pdfPage(const QString& title, const QSizeF& size,
                   const std::function<void(QPainter& painter, const QRectF& page)>& paint) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  const double points = std::min(0.75, mostPoints / std::max(size.width(), size.height()));
  QPdfWriter writer(&buffer);
  writer.setTitle(title);
  writer.setCreator(QStringLiteral("Taktwerk"));
  writer.setPageSize(QPageSize(size * points, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins({});
  writer.setResolution(300);
  QPainter painter(&writer);
  paint(painter, QRectF(0, 0, writer.width(), writer.height()));
  painter.end();
  return bytes;
}

Diagnostics exportDiagram(const BlockDiagram& diagram, const Palette& palette, const QString& path) {
  if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
    return writePicture(path, QByteArray::fromStdString(toSvg(diagram, palette)));
  }
  const QSizeF size(diagram.bounds.width + 2 * border, diagram.bounds.height + 2 * border);
  if (path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive)) {
    const auto paint = [&](QPainter& painter, const QRectF& page) {
      painter.fillRect(page, toQColor(palette.canvas));
      paintDiagram(painter, diagram, palette, page, 1e9);
    };
    return writePicture(path, pdfPage(QString::fromStdString(diagram.name), size, paint));
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  const double scale = std::min(2.0, mostPixels / std::max(size.width(), size.height()));
  QImage large((size * scale).toSize(), QImage::Format_RGB32);
  large.fill(toQColor(palette.canvas));
  QPainter painter(&large);
  paintDiagram(painter, diagram, palette, QRectF(large.rect()), scale);
  painter.end();
  large.save(&buffer, "PNG");
  return writePicture(path, bytes);
}

Diagnostics printDiagram(const BlockDiagram& diagram, QPrinter& printer) {
  const QString title = QString::fromStdString(diagram.name);
  const QString file = printer.outputFileName();
  if (printer.outputFormat() == QPrinter::PdfFormat && !file.isEmpty()) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Taktwerk"));
    writer.setPageLayout(printer.pageLayout());
    writer.setResolution(300);
    QPainter painter(&writer);
    paintDiagram(painter, diagram, lightPalette(), QRectF(QPointF(), QSizeF(writer.width(), writer.height())),
                 writer.resolution() / 96.0);
    painter.end();
    return writePicture(file, bytes);
  }
  QPainter painter;
  const Diagnostic failure{Severity::Error, {}, {1, 1}, "F0007", "the printer takes no page", {}};
  if (!painter.begin(&printer)) return {failure};
  paintDiagram(painter, diagram, lightPalette(),
               QRectF(QPointF(), printer.pageLayout().paintRectPixels(printer.resolution()).size()),
               printer.resolution() / 96.0);
  return painter.end() ? Diagnostics() : Diagnostics{failure};
}

}  // namespace taktwerk
