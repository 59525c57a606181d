// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the files of mappings that are open on the page.
#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/mapping/mapping_page.h"

namespace taktwerk {

void MappingPage::bindFiles() {
  connect(&documents_, &TextDocuments::changed, this, &MappingPage::documentChanged);
  // It counts on, as it is here.
  connect(&documents_, &TextDocuments::fileLost, this,
          [this](const QString& path) { estimates_.addMapping(path); });
}

bool MappingPage::saveAt(const QString& path, const QString& to) {
  TextDocument* shown = document_;
  document_ = documents_.find(path);
  const bool saved = save(to);
  document_ = shown;
  if (!saved) return false;  // what went wrong is said there
  showCurrent();
  check();
  return true;
}

void MappingPage::showCurrent() {
  if (!document_) return;
  TextDocument* now = documents_.find(document_->path());
  if (now && now != document_) showDocument(now);
}

std::map<QString, std::shared_ptr<const std::string>> MappingPage::unsavedTexts() const {
  std::map<QString, std::shared_ptr<const std::string>> texts;
  for (const QString& path : unsaved()) {
    texts[path] = std::make_shared<const std::string>(documents_.find(path)->text());
  }
  return texts;
}

void MappingPage::follow(const QMap<QString, QString>& places) {
  for (auto place = places.begin(); place != places.end(); ++place) {
    documents_.follow(place.key(), place.value());
  }
  showCurrent();
  check();
  studySoon();
}

void MappingPage::dropAll() {
  showDocument(nullptr);
  wanted_.clear();
  for (const QString& path : documents_.paths()) {
    documents_.drop(path);
    estimates_.setText(path, nullptr);
  }
}

void MappingPage::recover(const QString& path, const std::string& text) {
  const Result<std::string> saved = readFile(toPath(path));
  documents_.recover(path, saved, text);
  if (parseMapping(text, {})) estimates_.setText(path, std::make_shared<const std::string>(text));
  if (!saved) estimates_.addMapping(path);
}

}  // namespace taktwerk
