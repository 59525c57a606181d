// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/text_documents.h"

#include <QSignalBlocker>

namespace taktwerk {

TextDocument* TextDocuments::find(const QString& path) const {
  const auto found = all_.find(path);
  return found == all_.end() ? nullptr : found->second;
}

TextDocument& TextDocuments::open(const QString& path, const std::string& text, bool saved) {
  if (TextDocument* known = find(path)) {
    known->load(path, text, saved);
    return *known;
  }
  auto* document = new TextDocument(history_, kind_, this);
  document->load(path, text, saved);
  all_[path] = document;
  connect(document, &TextDocument::changed, this, [this, document] { Q_EMIT changed(document); });
  connect(document, &TextDocument::fileLost, this, [this, document] { Q_EMIT fileLost(document->path()); });
  connect(document, &TextDocument::changedOnDisk, this,
          [this, document] { Q_EMIT changedOnDisk(document->path()); });
  connect(document, &TextDocument::changed, this, &TextDocuments::edited);
  connect(document, &TextDocument::cleanChanged, this, &TextDocuments::edited);
  Q_EMIT edited();
  return *document;
}

TextDocument& TextDocuments::recover(const QString& path, const Result<std::string>& saved,
                                     const std::string& text, bool imported) {
  TextDocument& document = open(path, saved ? *saved : std::string(), saved && !imported);
  document.change(text, tr("Recover unsaved work"));
  return document;
}

Diagnostics TextDocuments::save(TextDocument& document, const QString& path) {
  const QString before = document.path();
  Diagnostics problems = document.write(path);
  if (hasErrors(problems)) return problems;
  if (before != path) rename(before, path);
  Q_EMIT edited();
  return problems;
}

void TextDocuments::follow(const QString& path, const QString& to) {
  TextDocument* document = find(path);
  if (!document || path == to) return;
  {
    const QSignalBlocker quiet(document);  // the text is the same, and counts from its file
    document->markSaved(to);
  }
  rename(path, to);
  Q_EMIT edited();
}

void TextDocuments::rename(const QString& path, const QString& to) {
  TextDocument* document = all_.at(path);
  drop(to);
  all_.erase(path);
  all_[to] = document;
  Q_EMIT left(path);
}

void TextDocuments::drop(const QString& path) {
  const auto found = all_.find(path);
  if (found == all_.end()) return;
  TextDocument* document = found->second;
  all_.erase(found);
  document->disconnect(this);
  history_.forget(*document);
  document->deleteLater();
  Q_EMIT left(path);
  Q_EMIT edited();
}

QStringList TextDocuments::paths() const {
  QStringList paths;
  for (const auto& [path, document] : all_) paths << path;
  return paths;
}

QStringList TextDocuments::unsaved(bool untouched) const {
  QStringList paths;
  for (const auto& [path, document] : all_) {
    if (document->modified() && (untouched || document->isLost() || !document->isClean())) paths << path;
  }
  return paths;
}

std::vector<UnsavedPiece> piecesOf(const TextDocuments& documents, const QStringList& paths) {
  std::vector<UnsavedPiece> pieces;
  for (const QString& path : paths) {
    TextDocument* document = documents.find(path);
    pieces.push_back({path, document->steps(), [document] { return document->text(); }});
  }
  return pieces;
}

}  // namespace taktwerk
