// SPDX-License-Identifier: GPL-3.0-or-later
// Where the window saves what is open, and what of it goes along.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>

#include "app/desktop/main_window.h"
#include "widgets/document/mapping_files.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"

namespace taktwerk {

namespace {
const QString saveTopic = QStringLiteral("save");
}

QString MainWindow::nameOf(const Document& document) {
  if (!document.path.isEmpty()) return QFileInfo(document.path).fileName();
  return document.copyOf.isEmpty() ? tr("The new architecture")
                                   : tr("The copy of %1").arg(QFileInfo(document.copyOf).fileName());
}

QString MainWindow::placeForOwn(const QString& path) const {
  const QFileInfo file(path);
  if (file.isAbsolute() && !opener_.shipped().contains(path)) return path;
  const auto& document = documents_.document();
  const bool own = document && !document->path.isEmpty() && !opener_.shipped().contains(document->path);
  return QDir(own ? QFileInfo(document->path).path() : QDir::homePath()).filePath(file.fileName());
}

void MainWindow::bindSaving() {
  askMappings = [this](const QString& question) {
    QMessageBox box(QMessageBox::Question, tr("Mappings"), question, QMessageBox::Cancel, this);
    QPushButton* copy = box.addButton(tr("Copy"), QMessageBox::AcceptRole);
    QPushButton* refer = box.addButton(tr("Refer to them"), QMessageBox::AcceptRole);
    QPushButton* leave = box.addButton(tr("Leave them"), QMessageBox::DestructiveRole);
    box.setDefaultButton(copy);
    box.exec();
    return box.clickedButton() == copy    ? MappingAnswer::Copy
           : box.clickedButton() == refer ? MappingAnswer::Refer
           : box.clickedButton() == leave ? MappingAnswer::Leave
                                          : MappingAnswer::Cancel;
  };
  askNetworkPath = [this](const QString& suggestion) {
    return QFileDialog::getSaveFileName(this, tr("Save network"), suggestion,
                                        tr("Networks (*.network.yaml)"));
  };
  askMappingPath = [this](const QString& suggestion) {
    return QFileDialog::getSaveFileName(this, tr("Save mapping"), suggestion,
                                        tr("Mappings (*.mapping.yaml)"));
  };
  mapping_->placeFor = [this](const QString& path) {
    return opener_.shipped().contains(path) ? mappingPath(path) : path;
  };
  connect(network_, &NetworkPage::writeFailed, this, &MainWindow::showWriteFailure);
  connect(mapping_, &MappingPage::writeFailed, this, &MainWindow::showWriteFailure);
}

bool MainWindow::save(bool elsewhere) {
  const auto document = documents_.document();
  if (!document) return false;
  QString path = document->path;
  QStringList mappings;
  MappingAnswer answer = MappingAnswer::Refer;
  if (elsewhere || path.isEmpty()) {
    path = askPath(placeForOwn(document->name()));
    if (path.isEmpty()) return false;
    if (!path.endsWith(QLatin1String(".yaml"))) path += QStringLiteral(".arch.yaml");
    path = QFileInfo(path).absoluteFilePath();
    mappings = mappingsLeftBehind(path);
    if (!mappings.isEmpty()) answer = askMappings(questionAbout(mappings, path));
    if (answer == MappingAnswer::Cancel) return false;
  }
  const Diagnostics failure = documents_.saveAs(path);
  if (!hasErrors(failure)) {
    banner_->settle(saveTopic);
    moveMappings(mappings, answer);
    return true;
  }
  failure_ = failure;
  banner_->offer(
      saveTopic, Banner::Kind::Error,
      tr("%1 could not be saved: %2. Your changes are still here.")
          .arg(QFileInfo(path).fileName(), QString::fromStdString(failure.front().message)),
      {{tr("Save as…"), [this] { save(true); }}, {tr("Not now"), [this] { banner_->settle(saveTopic); }}});
  refreshProblems();
  return false;
}

QStringList MainWindow::mappingsLeftBehind(const QString& to) const {
  const EstimateInput& input = estimates_.input();
  const QString from = mappingFolder(documents_.document()->place());
  // Mappings that were chosen one by one are chosen wherever the architecture is.
  if (from == mappingFolder(to) || !input.mappingPaths.isEmpty()) return {};
  QStringList all = mappingsBeside(documents_.document()->place());
  for (const QString& path : input.addedMappings) {
    const QFileInfo file(path);
    if ((file.path() == from || !file.isFile()) && !all.contains(path)) all << path;
  }
  return all;
}

QString MainWindow::questionAbout(const QStringList& mappings, const QString& to) const {
  const QString folder = QDir::toNativeSeparators(mappingFolder(to));
  const QString what = mappings.size() == 1
                           ? tr("The mapping %1 belongs to it.").arg(QFileInfo(mappings.front()).fileName())
                           : tr("%1 mappings belong to it.").arg(mappings.size());
  return tr("%1 is saved in another folder. %2\n\nCopy: to %3, with the changes made here.\nRefer to them: "
            "they stay where they are and count here; a workspace remembers it.\nLeave them: only mappings "
            "beside the new file count.")
      .arg(QFileInfo(to).fileName(), what, folder);
}

void MainWindow::moveMappings(const QStringList& mappings, MappingAnswer answer) {
  if (mappings.isEmpty() || answer == MappingAnswer::Refer) return;
  if (answer == MappingAnswer::Leave) return estimates_.leaveMappings(mappings, false);
  std::map<QString, std::shared_ptr<const std::string>> texts = mapping_->unsavedTexts();
  texts.insert(estimates_.input().texts.begin(), estimates_.input().texts.end());
  const MappingCopies copies = copyMappings(mappings, texts, documents_.document()->path);
  if (hasErrors(copies.diagnostics)) {
    const Diagnostic& first = copies.diagnostics.front();
    banner_->announce(Banner::Kind::Warning,
                      tr("The mappings were not copied and are referred to where they are. %1: %2")
                          .arg(QFileInfo(QString::fromStdString(first.file)).fileName(),
                               QString::fromStdString(first.message)));
    return;
  }
  estimates_.leaveMappings(mappings, true);
  mapping_->follow(copies.places);
}

bool MainWindow::saveNetwork(const QString& path) {
  if (path.endsWith(QLatin1String(".network.yaml")) && !opener_.shipped().contains(path)) {
    return network_->save(path, path);
  }
  return saveNetworkAs(path);
}

bool MainWindow::saveNetworkAs(const QString& path) {
  if (!network_->documents().find(path)) return false;
  const QString name = QFileInfo(path).fileName().section(QLatin1Char('.'), 0, 0);
  QString to =
      askNetworkPath(placeForOwn(QFileInfo(path).dir().filePath(name + QStringLiteral(".network.yaml"))));
  if (to.isEmpty()) return false;
  if (!to.endsWith(QLatin1String(".network.yaml"))) to += QStringLiteral(".network.yaml");
  opener_.shipped().nameByUser(to);
  if (!network_->save(path, to)) return false;
  statusBar()->showMessage(tr("Saved %1").arg(to), 8000);
  return true;
}

QString MainWindow::mappingPath(const QString& proposed) {
  QString path = askMappingPath(placeForOwn(proposed));
  if (path.isEmpty()) return path;
  if (!path.endsWith(QLatin1String(".mapping.yaml"))) path += QStringLiteral(".mapping.yaml");
  opener_.shipped().nameByUser(path);
  return path;
}

void MainWindow::saveMapping(const QString& proposed) {
  const QString path = mappingPath(proposed);
  if (!path.isEmpty() && mapping_->save(path)) statusBar()->showMessage(tr("Saved %1").arg(path), 8000);
}

}  // namespace taktwerk
