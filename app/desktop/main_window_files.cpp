// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the window that ask for files and show them.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStatusBar>
#include <QTabWidget>

#include "app/desktop/data_paths.h"
#include "app/desktop/main_window.h"
#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

void MainWindow::browse() {
  const QString from =
      documents_.document() ? QFileInfo(documents_.document()->path).path() : examplesFolder();
  const QStringList paths =
      QFileDialog::getOpenFileNames(this, tr("Open"), from,
                                    tr("Taktwerk files (*.arch.yaml *.network.yaml *.mapping.yaml *.taktwerk "
                                       "*.onnx *.csv);;All files (*)"));
  if (!paths.isEmpty()) openFiles(paths);
}

void MainWindow::browseForNetwork() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open a network"), dataRoot(), tr("Networks (*.network.yaml *.onnx *.csv);;All files (*)"));
  if (!path.isEmpty()) estimates_.setNetwork(path);
}

void MainWindow::saveNetwork() {
  if (!estimates_.network()) return;
  const QFileInfo file(estimates_.input().networkPath);
  QString path = QFileDialog::getSaveFileName(
      this, tr("Save network"),
      file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + QStringLiteral(".network.yaml")),
      tr("Networks (*.network.yaml)"));
  if (path.isEmpty()) return;
  if (!path.endsWith(QLatin1String(".network.yaml"))) path += QStringLiteral(".network.yaml");
  if (network_->saveAs(path)) statusBar()->showMessage(tr("Saved %1").arg(path), 8000);
}

void MainWindow::exportSvg() {
  const auto document = documents_.document();
  if (!document) return;
  const QFileInfo file(document->path);
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Export diagram"),
      file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + QStringLiteral(".svg")),
      tr("SVG pictures (*.svg)"));
  if (path.isEmpty()) return;
  jobs_.start(QStringLiteral("export"), tr("Writing %1").arg(QFileInfo(path).fileName()),
              [this, path, diagram = document->diagram,
               colours = theme_.colours()](Progress&) -> JobManager::Delivery {
                const Diagnostics diagnostics = writeFileAtomically(toPath(path), toSvg(*diagram, colours));
                return [this, path, diagnostics] {
                  if (hasErrors(diagnostics)) {
                    showFailure(path, diagnostics);
                  } else {
                    statusBar()->showMessage(tr("Wrote %1").arg(path), 8000);
                  }
                };
              });
}

void MainWindow::saveWorkspace() {
  if (!documents_.document()) return;
  const QFileInfo file(documents_.document()->path);
  QString path = QFileDialog::getSaveFileName(
      this, tr("Save workspace"),
      file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + QStringLiteral(".taktwerk")),
      tr("Workspaces (*.taktwerk)"));
  if (path.isEmpty()) return;
  if (!path.endsWith(QLatin1String(".taktwerk"))) path += QStringLiteral(".taktwerk");
  opener_.saveWorkspace(path);
}

void MainWindow::showSource(const QString& path, SourcePosition position) {
  const auto show = [this, position] {
    tabs_->setCurrentWidget(source_);
    source_->goTo(position);
  };
  if (source_->path() == path) return show();
  jobs_.start(QStringLiteral("source"), tr("Reading %1").arg(QFileInfo(path).fileName()),
              [this, path, show](Progress&) -> JobManager::Delivery {
                const Result<std::string> text = readFile(toPath(path));
                const QString shown =
                    text ? QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size()))
                         : QString::fromStdString(text.diagnostics.front().message);
                return [this, path, shown, show] {
                  source_->setSource(path, shown);
                  refreshProblems();
                  tabs_->setTabText(1, QFileInfo(path).fileName());
                  show();
                };
              });
}

void MainWindow::refreshRecent() {
  start_->setRecentFiles(settings_.recentFiles);
  QAction* action = commands_.action(QStringLiteral("file.recent"));
  QMenu* menu = action->menu();
  if (!menu) {
    menu = new QMenu(this);
    action->setMenu(menu);
  }
  menu->clear();
  for (const QString& path : settings_.recentFiles) {
    QAction* entry = menu->addAction(QFileInfo(path).fileName());
    entry->setStatusTip(path);
    entry->setEnabled(QFileInfo(path).isFile());
    connect(entry, &QAction::triggered, this, [this, path] { openFiles({path}); });
  }
  commands_.setDisabledReason(QStringLiteral("file.recent"),
                              settings_.recentFiles.isEmpty() ? tr("Nothing was opened yet.") : QString());
}

void MainWindow::showAbout() {
  auto* box = new QMessageBox(this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setModal(false);
  box->setWindowTitle(tr("About Taktwerk"));
  box->setIconPixmap(QIcon(QStringLiteral(":/taktwerk/icons/taktwerk.svg")).pixmap(64, 64));
  box->setText(tr("<b>Taktwerk %1</b><br>Design accelerators for deep neural networks and see their cycles.")
                   .arg(QCoreApplication::applicationVersion()));
  box->setInformativeText(
      tr("Free software under the GNU General Public License, version 3 or later.\nBuilt with Qt "
         "%1 and QCustomPlot.")
          .arg(QLatin1String(qVersion())));
  box->show();
}

}  // namespace taktwerk
