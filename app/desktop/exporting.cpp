// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/exporting.h"

#include <QDir>
#include <QFileInfo>
#include <QPrinter>

#include "app/desktop/saving.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

Exporting::Exporting(Models& models, Banner& banner, const Saving& saving, QObject* parent)
    : QObject(parent), models_(models), banner_(banner), saving_(saving) {
  const auto open = [this] { return whyNothingOpen(models_); };
  models_.commands.bind(QStringLiteral("file.export"), {[this] { writePicture(); }, open});
  models_.commands.bind(QStringLiteral("file.print"), {[this] { print(); }, open});
}

void Exporting::writePicture() {
  const auto document = models_.document();
  const QFileInfo file(saving_.placeForOwn(document->name()));
  QString path = models_.ask.exportPath(
      file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + QStringLiteral(".svg")));
  if (path.isEmpty()) return;
  const QString kind = QFileInfo(path).suffix().toLower();
  if (kind != QLatin1String("svg") && kind != QLatin1String("pdf") && kind != QLatin1String("png")) {
    path += QStringLiteral(".svg");
  }
  constexpr JobChannel<Diagnostics> exports{"export"};
  models_.jobs.start(
      exports, tr("Writing %1").arg(QFileInfo(path).fileName()), this,
      [path, diagram = document->diagram, colours = models_.theme.colours()](Progress&) {
        return exportDiagram(*diagram, colours, path);
      },
      [this, path](const Diagnostics& diagnostics) {
        if (hasErrors(diagnostics)) return showWriteFailure(banner_, path, diagnostics);
        models_.session.say(tr("Wrote %1").arg(path));
      });
}

void Exporting::print() {
  const auto document = models_.document();
  QPrinter printer(QPrinter::HighResolution);
  printer.setDocName(QString::fromStdString(document->architecture->name));
  const Rect& bounds = document->diagram->bounds;
  printer.setPageOrientation(bounds.width > bounds.height ? QPageLayout::Landscape : QPageLayout::Portrait);
  if (!models_.ask.printer(printer)) return;
  const Diagnostics failure = printDiagram(*document->diagram, printer);
  const QString target =
      printer.outputFileName().isEmpty() ? printer.printerName() : printer.outputFileName();
  if (hasErrors(failure)) {
    return showWriteFailure(banner_, target.isEmpty() ? tr("The page") : target, failure);
  }
  models_.session.say(tr("Printed on %1").arg(target));
}

}  // namespace taktwerk
