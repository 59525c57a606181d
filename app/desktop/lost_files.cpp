// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/lost_files.h"

#include <QFileInfo>

#include "app/desktop/saving.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {
const QString lostTopic = QStringLiteral("lost:");
const QString changedTopic = QStringLiteral("changed:");
}  // namespace

LostFiles::LostFiles(Models& models, Banner& banner, Saving& saving, NetworkPage& network,
                     MappingPage& mapping, QObject* parent)
    : QObject(parent), models_(models), banner_(banner), saving_(saving) {
  const DocumentController& documents = models_.documents;
  connect(&documents, &DocumentController::fileLost, this, [this] {
    offerLost(
        lostTopic, models_.document()->path, [this] { return saving_.architecture(false); },
        [this] { return saving_.architecture(true); });
  });
  connect(&documents, &DocumentController::fileFound, this, [this] { banner_.settle(lostTopic); });
  connect(&documents, &DocumentController::changedOnDisk, this, [this] {
    offerReading(changedTopic, models_.document()->path, [this] { models_.documents.reload(); });
  });
  connect(&documents, &DocumentController::reloaded, this, [this] {
    banner_.settle(changedTopic);
    models_.session.say(
        tr("Another program changed the file; it was read again. Undo brings back what was here."));
  });
  connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
    if (isAnother(models_.documents)) settle();
  });
  connect(&documents, &DocumentController::saved, this, &LostFiles::settle);
  bindTexts(
      network.documents(), [this](const QString& path) { return saving_.network(path); },
      [this](const QString& path) { return saving_.networkAs(path); });
  bindTexts(
      mapping.documents(), [this](const QString& path) { return saving_.mapping(path, path); },
      [this](const QString& path) { return saving_.mapping(path, saving_.mappingPath(path)); });
}

void LostFiles::settle() {
  banner_.settle(lostTopic);
  banner_.settle(changedTopic);
}

void LostFiles::bindTexts(TextDocuments& texts, const SaveText& save, const SaveText& saveElsewhere) {
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
      if (!texts.find(path)->isLost()) banner_.settle(lostTopic + path);
      if (!texts.find(path)->modified()) banner_.settle(changedTopic + path);
    }
  });
  connect(&texts, &TextDocuments::left, this, [this](const QString& path) {
    banner_.settle(lostTopic + path);
    banner_.settle(changedTopic + path);
  });
}

void LostFiles::offerLost(const QString& topic, const QString& path, const std::function<bool()>& write,
                          const std::function<bool()>& writeElsewhere) {
  const auto settling = [this, topic](const std::function<bool()>& run) {
    return [this, topic, run] {
      if (run()) banner_.settle(topic);
    };
  };
  const bool gone = !QFileInfo(path).isFile();
  banner_.offer(topic, Banner::Kind::Warning,
                (gone ? tr("%1 was deleted or moved away by another program. What is here is the only copy; "
                           "saving writes the file again.")
                      : tr("%1 cannot be read any more. What is here may be the only copy."))
                    .arg(QFileInfo(path).fileName()),
                {{tr("Save it again"), settling(write)},
                 {tr("Save as…"), settling(writeElsewhere)},
                 {tr("Not now"), [this, topic] { banner_.settle(topic); }}});
}

void LostFiles::offerReading(const QString& topic, const QString& path, const std::function<void()>& read) {
  banner_.offer(topic, Banner::Kind::Warning,
                tr("Another program changed %1, and there are changes here that are not saved.")
                    .arg(QFileInfo(path).fileName()),
                {{tr("Read the file (can be undone)"),
                  [this, topic, read] {
                    banner_.settle(topic);
                    read();
                  }},
                 {tr("Keep mine"), [this, topic] { banner_.settle(topic); }}});
}

}  // namespace taktwerk
