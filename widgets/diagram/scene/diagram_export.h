// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPrinter>
#include <QRectF>
#include <QString>
#include <functional>

#include "core/base/diagnostic.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// One page of PDF as large as a drawing of `size` pixels, on which `paint` draws; empty when that failed.
/// Readers refuse very large pages: then it is drawn smaller.
[[nodiscard]] QByteArray pdfPage(const QString& title, const QSizeF& size,
                                 const std::function<void(QPainter& painter, const QRectF& page)>& paint);

/// Writes a file of a picture whole or not at all; without bytes it says that it could not be made.
[[nodiscard]] Diagnostics writePicture(const QString& path, const QByteArray& bytes);

/// Writes the diagram as a picture in the colours of the palette: SVG, PDF (one page as large as the diagram)
/// or PNG (two pixels a unit, at most 12 000 a side), by the ending of the path. Empty on success. For job
/// threads.
[[nodiscard]] Diagnostics exportDiagram(const BlockDiagram& diagram, const Palette& palette,
                                        const QString& path);

/// Prints the diagram on one page, on white whatever the window is. A printer that makes a PDF file gets it
/// whole or not at all. Empty on success.
[[nodiscard]] Diagnostics printDiagram(const BlockDiagram& diagram, QPrinter& printer);

}  // namespace taktwerk
