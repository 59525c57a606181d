// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says when work would be lost: after a crash, and when other programs take files away.
#include <QDialog>
#include <QFileInfo>
#include <QLocale>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/main_window.h"
#include "app/desktop/recovery.h"
#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

const QString lostTopic = QStringLiteral("lost:");
const QString changedTopic = QStringLiteral("changed:");
const QString keepingTopic = QStringLiteral("autosave");
const QString contendedTopic = QStringLiteral("contended");
const QString saveTopic = QStringLiteral("save");
constexpr int mostRecoveries = 3;  // at once; the next comes when one is answered

}  // namespace

void MainWindow::bindAutosave() {
  connect(&autosave_, &Autosave::failed, this, [this](const Diagnostics& diagnostics) {
    banner_->offer(keepingTopic, Banner::Kind::Warning,
                   tr("Your changes cannot be kept automatically: %1. Save them where there is room.")
                       .arg(QString::fromStdString(diagnostics.front().message)),
                   {{tr("Save as…"), [this] { save(true); }},
                    {tr("Not now"), [this] { banner_->settle(keepingTopic); }}});
  });
  connect(&autosave_, &Autosave::contended, this, [this](const QString& owner) {
    banner_->offer(contendedTopic, Banner::Kind::Warning,
                   tr("%1 is being changed by %2 as well. Who saves last wins, unless you save under another "
                      "name.")
                       .arg(QFileInfo(documents_.document()->path).fileName(), owner),
                   {{tr("Save as…"), [this] { save(true); }},
                    {tr("Undo my change"),
                     [this] {
                       banner_->settle(contendedTopic);
                       history_.undoLatestOf(documents_);
                     }},
                    {tr("Go on"), [this] { banner_->settle(contendedTopic); }}});
  });
  connect(&documents_, &DocumentController::saved, this, &MainWindow::settleDocument);
  bindLostFiles();
  offerAllLeftOvers();
}

void MainWindow::settleDocument() {
  for (const QString& topic : {keepingTopic, contendedTopic, saveTopic, lostTopic, changedTopic})
    banner_->settle(topic);
}

void MainWindow::offerAllLeftOvers() {
  if (!remember_) return;
  for (const std::vector<Sidecar>& group : groupsOf(recovery_->left())) {
    if (banner_->offerCount() >= mostRecoveries) return;
    if (!banner_->offers(recoveryTopic(group))) offerGroup(group);
  }
}

bool MainWindow::offerLeftOvers() {
  if (recovery_->isPending()) return true;  // on its way already
  const std::vector<std::vector<Sidecar>> groups = groupsOf(recovery_->leftOfOpen());
  std::for_each(groups.rbegin(), groups.rend(),
                [this](const std::vector<Sidecar>& group) { offerGroup(group); });
  return !groups.empty();
}

void MainWindow::offerGroup(const std::vector<Sidecar>& group) {
  if (!recovery_->offer(group)) offerRecovery(group.front());
}

void MainWindow::offerRecovery(const Sidecar& sidecar) {
  const QString& file = sidecar.path.isEmpty() ? sidecar.copyOf : sidecar.path;
  const Result<std::string> saved =
      file.isEmpty() ? Result<std::string>(std::string()) : readFile(toPath(file));
  const std::string savedBytes = saved ? *saved : std::string();
  const QString name = !sidecar.path.isEmpty() ? QFileInfo(sidecar.path).fileName()
                       : file.isEmpty()        ? tr("A new architecture")
                                               : tr("A copy of %1").arg(QFileInfo(file).fileName());
  const QString topic = recoveryTopic({sidecar});
  const auto answered = [this, topic, sidecar] {
    autosave_.discard(sidecar);
    banner_->settle(topic);
    offerAllLeftOvers();
  };
  const auto restore = [this, sidecar, savedBytes, answered] {
    if (!mayLeave()) return;
    documents_.restore(sidecar.path, sidecar.bytes, savedBytes, sidecar.copyOf);
    // Given up only when it is kept anew.
    const auto& document = documents_.document();
    if (document && document->bytes == sidecar.bytes && !hasErrors(autosave_.keep())) answered();
  };
  banner_->offer(topic, Banner::Kind::Warning,
                 tr("Taktwerk ended before %1 was saved. Its work of %2 is here: %3 more than the file has.")
                     .arg(name, QLocale().toString(sidecar.time, QLocale::ShortFormat),
                          differenceText(savedBytes, sidecar)),
                 {{tr("Restore"), restore},
                  {tr("Discard"), answered},
                  {tr("Show its text"), [this, sidecar] { showText(sidecar.sidecar, sidecar.bytes); }}});
}

void MainWindow::showText(const QString& path, const std::string& text) {
  if (documents_.document()) return showSource(path, {1, 1});
  // The text view is a page of a document.
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(QFileInfo(path).fileName());
  dialog->resize(width() / 2, height() * 2 / 3);
  auto* view = new QPlainTextEdit(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
  view->setReadOnly(true);
  view->setFont(theme_.fixedFont(9));
  auto* column = new QVBoxLayout(dialog);
  column->addWidget(view);
  dialog->show();
}

void MainWindow::bindLostFiles() {
  connect(&documents_, &DocumentController::fileLost, this, [this] {
    offerLost(
        lostTopic, documents_.document()->path, [this] { return save(false); },
        [this] { return save(true); });
  });
  connect(&documents_, &DocumentController::fileFound, this, [this] { banner_->settle(lostTopic); });
  connect(&documents_, &DocumentController::changedOnDisk, this, [this] {
    offerReading(changedTopic, documents_.document()->path, [this] { documents_.reload(); });
  });
  connect(&documents_, &DocumentController::reloaded, this, [this] { banner_->settle(changedTopic); });

  bindLostTexts(
      network_->documents(), [this](const QString& path) { return saveNetwork(path); },
      [this](const QString& path) { return saveNetworkAs(path); });
  bindLostTexts(
      mapping_->documents(), [this](const QString& path) { return saveMappingAt(path, path); },
      [this](const QString& path) { return saveMappingAt(path, mappingPath(path)); });
}

void MainWindow::bindLostTexts(TextDocuments& texts, const SaveText& save, const SaveText& saveElsewhere) {
  connect(&texts, &TextDocuments::fileLost, this, [this, save, saveElsewhere](const QString& path) {
    offerLost(
        lostTopic + path, path, [path, save] { return save(path); },
        [path, saveElsewhere] { return saveElsewhere(path); });
  });
  connect(&texts, &TextDocuments::changedOnDisk, this, [this, &texts](const QString& path) {
    offerReading(changedTopic + path, path, [&texts, path] {
      if (TextDocument* text = texts.find(path)) text->readAgain();
    });
  });
  connect(&texts, &TextDocuments::edited, this, [this, &texts] {
    for (const QString& path : texts.paths()) {
      if (!texts.find(path)->isLost()) banner_->settle(lostTopic + path);
      if (!texts.find(path)->modified()) banner_->settle(changedTopic + path);
    }
  });
  connect(&texts, &TextDocuments::left, this, [this](const QString& path) {
    banner_->settle(lostTopic + path);
    banner_->settle(changedTopic + path);
  });
}

bool MainWindow::saveMappingAt(const QString& path, const QString& to) {
  return !to.isEmpty() && mapping_->saveAt(path, to);
}

void MainWindow::offerLost(const QString& topic, const QString& path, const std::function<bool()>& write,
                           const std::function<bool()>& writeElsewhere) {
  const auto settling = [this, topic](const std::function<bool()>& run) {
    return [this, topic, run] {
      if (run()) banner_->settle(topic);
    };
  };
  const bool gone = !QFileInfo(path).isFile();
  banner_->offer(topic, Banner::Kind::Warning,
                 (gone ? tr("%1 was deleted or moved away by another program. What is here is the only copy; "
                            "saving writes the file again.")
                       : tr("%1 cannot be read any more. What is here may be the only copy."))
                     .arg(QFileInfo(path).fileName()),
                 {{tr("Save it again"), settling(write)},
                  {tr("Save as…"), settling(writeElsewhere)},
                  {tr("Not now"), [this, topic] { banner_->settle(topic); }}});
}

void MainWindow::offerReading(const QString& topic, const QString& path, const std::function<void()>& read) {
  banner_->offer(topic, Banner::Kind::Warning,
                 tr("Another program changed %1, and there are changes here that are not saved.")
                     .arg(QFileInfo(path).fileName()),
                 {{tr("Read the file (can be undone)"),
                   [this, topic, read] {
                     banner_->settle(topic);
                     read();
                   }},
                  {tr("Keep mine"), [this, topic] { banner_->settle(topic); }}});
}

}  // namespace taktwerk
