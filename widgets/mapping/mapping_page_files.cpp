// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the files of mappings that are open on the page.
#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/mapping/mapping_page.h"

namespace taktwerk {

void MappingPage::watch(TextDocument* document) {
  connect(document, &TextDocument::fileLost, this, [this, document] {
    // It counts on, as it is here.
    estimates_.addMapping(document->path());
    Q_EMIT fileLost(document->path());
  });
  connect(document, &TextDocument::fileFound, this, [this, document] { Q_EMIT fileFound(document->path()); });
  connect(document, &TextDocument::changedOnDisk, this,
          [this, document] { Q_EMIT changedOnDisk(document->path()); });
}

bool MappingPage::hasLost() const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [](const TextDocument* document) { return document->isLost(); });
}

bool MappingPage::saveAt(const QString& path, const QString& to) {
  TextDocument* shown = document_;
  document_ = documents_.value(path);
  const bool saved = save(to);
  document_ = shown;
  if (saved) check();  // else what went wrong is said there
  return saved;
}

std::map<QString, std::shared_ptr<const std::string>> MappingPage::unsavedTexts() const {
  std::map<QString, std::shared_ptr<const std::string>> texts;
  for (const QString& path : unsaved()) {
    texts[path] = std::make_shared<const std::string>(documents_.value(path)->text());
  }
  return texts;
}

void MappingPage::follow(const QMap<QString, QString>& places) {
  for (auto place = places.begin(); place != places.end(); ++place) {
    TextDocument* document = documents_.take(place.key());
    if (!document) continue;
    documents_[place.value()] = document;
    const QSignalBlocker quiet(document);  // the text is the same, and counts from its file
    document->markSaved(place.value());
  }
  check();
  studySoon();
}

}  // namespace taktwerk
