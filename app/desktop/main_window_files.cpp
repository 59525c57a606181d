// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the window that ask for files and show them.
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>
#include <QStatusBar>
#include <QTabWidget>

#include "app/desktop/data_paths.h"
#include "app/desktop/main_window.h"
#include "app/desktop/recovery.h"
#include "app/desktop/unsaved_work.h"
#include "core/base/files.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/diagram/scene/diagram_export.h"
#include "widgets/document/file_kind.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

void MainWindow::browse() {
  const auto& document = documents_.document();
  const QString from = !document                     ? examplesFolder()
                       : document->place().isEmpty() ? QDir::homePath()
                                                     : QFileInfo(document->place()).path();
  const QStringList paths =
      QFileDialog::getOpenFileNames(this, tr("Open"), from,
                                    tr("Taktwerk files (*.arch.yaml *.network.yaml *.mapping.yaml *.taktwerk "
                                       "*.onnx *.csv);;All files (*)"));
  if (!paths.isEmpty()) openFiles(paths);
}

bool MainWindow::mayLeaveArchitecture() {
  if (!documents_.isModified()) return true;
  const bool onlyLost = documents_.isLost() && documents_.document()->bytes == documents_.savedBytes();
  const QString name = nameOf(*documents_.document());
  switch (askUnsaved(
      onlyLost ? tr("The file of %1 is gone or cannot be read: what is here is the only copy.").arg(name)
               : tr("%1 has changes that are not saved.").arg(name))) {
    case Answer::Save:
      return save(false);
    case Answer::Discard:
      return true;
    case Answer::Cancel:
      break;
  }
  return false;
}

void MainWindow::bindHistory() {
  askUnsaved = [this](const QString& question) {
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"), question,
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setDefaultButton(QMessageBox::Save);
    const int answer = box.exec();
    return answer == QMessageBox::Save      ? Answer::Save
           : answer == QMessageBox::Discard ? Answer::Discard
                                            : Answer::Cancel;
  };
  askExportPath = [this](const QString& suggestion) {
    return QFileDialog::getSaveFileName(
        this, tr("Export diagram"), suggestion,
        tr("SVG pictures (*.svg);;PDF documents (*.pdf);;PNG pictures (*.png)"));
  };
  askPrinter = [this](QPrinter& printer) { return QPrintDialog(&printer, this).exec() == QDialog::Accepted; };
  askNote = [this](const QString& warning) -> std::optional<QString> {
    bool good = false;
    const QString note = QInputDialog::getText(this, tr("Approve a warning"),
                                               tr("%1\n\nWhy is this right as it is?").arg(warning),
                                               QLineEdit::Normal, {}, &good);
    return good ? std::optional(note) : std::nullopt;
  };
  askPath = [this](const QString& suggestion) {
    return QFileDialog::getSaveFileName(this, tr("Save architecture"), suggestion,
                                        tr("Architectures (*.arch.yaml);;All files (*)"));
  };
  bindSaving();
  connect(&documents_, &DocumentController::modifiedChanged, this, &MainWindow::refreshHistory);
  connect(&documents_, &DocumentController::saved, this, [this](const QString& path) {
    statusBar()->showMessage(tr("Saved %1").arg(path), 8000);
    settings_.addRecent(path);
    refreshRecent();
  });
  connect(&documents_, &DocumentController::reloaded, this, [this] {
    statusBar()->showMessage(tr("Another program changed the file; it was read again. Undo brings back "
                                "what was here."),
                             8000);
  });
  connect(&history_, &History::indexChanged, this, &MainWindow::refreshHistory);
  connect(&history_, &History::undone, this, [this](const HistoryPlace&, const QString& step, int steps) {
    statusBar()->showMessage(steps == 1 ? tr("Undone: %1").arg(step) : tr("Undone: %1 steps").arg(steps),
                             6000);
  });
  connect(&history_, &History::redone, this, [this](const HistoryPlace&, const QString& step, int steps) {
    statusBar()->showMessage(steps == 1 ? tr("Redone: %1").arg(step) : tr("Redone: %1 steps").arg(steps),
                             6000);
  });
  refreshHistory();
}

void MainWindow::refreshHistory() {
  const auto bind = [this](const char* id, bool possible, const QString& verb, const QString& step,
                           const QString& none) {
    QAction* action = commands_.action(QLatin1String(id));
    action->setText(possible ? QStringLiteral("%1 %2").arg(verb, step) : verb);
    commands_.setDisabledReason(QLatin1String(id), possible ? QString() : none);
  };
  bind("edit.undo", history_.canUndo(), tr("&Undo"), history_.undoText(), tr("There is nothing to undo."));
  bind("edit.redo", history_.canRedo(), tr("&Redo"), history_.redoText(), tr("There is nothing to redo."));
  const auto& document = documents_.document();
  const bool open = document != nullptr;
  commands_.setDisabledReason(QStringLiteral("file.saveAs"),
                              open ? QString() : tr("Open an architecture first."));
  const bool worth = open && (documents_.isModified() || document->path.isEmpty());
  commands_.setDisabledReason(QStringLiteral("file.save"), worth  ? QString()
                                                           : open ? tr("Everything is saved.")
                                                                  : tr("Open an architecture first."));
  setWindowModified(documents_.isModified() || (open && unsaved_ && unsaved_->any()));
}

void MainWindow::browseForNetwork() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open a network"), dataRoot(), tr("Networks (*.network.yaml *.onnx *.csv);;All files (*)"));
  if (path.isEmpty()) return;
  opener_.shipped().nameByUser(path);
  estimates_.setNetwork(path);
}

void MainWindow::exportPicture() {
  const auto document = documents_.document();
  if (!document) return;
  const QFileInfo file(placeForOwn(document->name()));
  QString path = askExportPath(
      file.dir().filePath(file.fileName().section(QLatin1Char('.'), 0, 0) + QStringLiteral(".svg")));
  if (path.isEmpty()) return;
  const QString kind = QFileInfo(path).suffix().toLower();
  if (kind != QLatin1String("svg") && kind != QLatin1String("pdf") && kind != QLatin1String("png")) {
    path += QStringLiteral(".svg");
  }
  jobs_.start(QStringLiteral("export"), tr("Writing %1").arg(QFileInfo(path).fileName()),
              [this, path, diagram = document->diagram,
               colours = theme_.colours()](Progress&) -> JobManager::Delivery {
                const Diagnostics diagnostics = exportDiagram(*diagram, colours, path);
                return [this, path, diagnostics] {
                  if (hasErrors(diagnostics)) {
                    showWriteFailure(path, diagnostics);
                  } else {
                    statusBar()->showMessage(tr("Wrote %1").arg(path), 8000);
                  }
                };
              });
}

void MainWindow::showWriteFailure(const QString& path, const Diagnostics& diagnostics) {
  banner_->announce(Banner::Kind::Error, tr("%1 could not be written: %2")
                                             .arg(QFileInfo(path).fileName(),
                                                  QString::fromStdString(diagnostics.front().message)));
}

void MainWindow::print() {
  const auto document = documents_.document();
  if (!document) return;
  QPrinter printer(QPrinter::HighResolution);
  printer.setDocName(QString::fromStdString(document->architecture->name));
  const Rect& bounds = document->diagram->bounds;
  printer.setPageOrientation(bounds.width > bounds.height ? QPageLayout::Landscape : QPageLayout::Portrait);
  if (!askPrinter(printer)) return;
  const Diagnostics failure = printDiagram(*document->diagram, printer);
  const QString target =
      printer.outputFileName().isEmpty() ? printer.printerName() : printer.outputFileName();
  if (hasErrors(failure)) return showWriteFailure(target.isEmpty() ? tr("The page") : target, failure);
  statusBar()->showMessage(tr("Printed on %1").arg(target), 8000);
}

void MainWindow::saveWorkspace() {
  if (unsaved_->saveWorkspace(true)) statusBar()->showMessage(tr("Saved %1").arg(workspace_.path()), 8000);
}

void MainWindow::showSource(const QString& path, SourcePosition position) {
  const auto show = [this, position] {
    tabs_->setCurrentWidget(source_);
    source_->goTo(position);
  };
  const auto& document = documents_.document();
  if (document && document->path == path && source_->path() == path) return show();
  if (const auto edited = estimates_.input().texts.find(path); edited != estimates_.input().texts.end()) {
    source_->setSource(path, QString::fromStdString(*edited->second));
    refreshProblems();
    tabs_->setTabText(1, QFileInfo(path).fileName());
    return show();
  }
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

void MainWindow::refreshSource() {
  const auto& texts = estimates_.input().texts;
  const auto edited = texts.find(source_->path());
  const auto& document = documents_.document();
  if (edited == texts.end() || (document && document->path == source_->path())) return;
  const QString text = QString::fromStdString(*edited->second);
  if (source_->isVisible() && source_->toPlainText() == text) return;
  source_->setSource(source_->path(), text);
}

void MainWindow::refreshRecent() {
  start_->setRecentFiles(settings_.recentFiles);
  QAction* action = commands_.action(QStringLiteral("file.recent"));
  QMenu* menu = action->menu();
  if (!menu) {
    menu = new QMenu(this);
    action->setMenu(menu);
  }
  for (QAction* old : menu->actions()) {  // perhaps the one that was chosen
    menu->removeAction(old);
    old->deleteLater();
  }
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
