// SPDX-License-Identifier: GPL-3.0-or-later
// What the page writes to files, gives up, and takes over.
#include "core/base/files.h"
#include "core/import/import_network.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/network/network_page.h"

namespace taktwerk {

bool NetworkPage::saveAs(const QString& path) {
  return save(QString(document_->path()), path);  // of its own: saving changes it
}

bool NetworkPage::save(const QString& path, const QString& to) {
  TextDocument* document = documents_.find(path);
  if (!document) return false;
  const Diagnostics problems = documents_.save(*document, to);
  if (hasErrors(problems)) {
    say(QString::fromStdString(problems.front().message));
    Q_EMIT writeFailed(to, problems);
    return false;
  }
  estimates_.setText(to, nullptr);
  if (path == to) return true;
  if (document_ != document && document_->path() == to) showDocument(*document);  // that was written over
  if (path == estimates_.input().networkPath) estimates_.setNetwork(to);
  estimates_.setText(path, nullptr);
  return true;
}

void NetworkPage::drop(const QString& path) {
  if (document_->path() == path) showDocument(none_);
  documents_.drop(path);
  estimates_.setText(path, nullptr);
}

void NetworkPage::recover(const QString& path, const std::string& text) {
  const std::filesystem::path file = toPath(path);
  const bool imported = isImportable(file);
  const Result<std::string> saved = imported ? importAsText(file) : readFile(file);
  documents_.recover(path, saved, text, imported);
  estimates_.setText(path, std::make_shared<const std::string>(text));
  estimates_.setNetwork(path);
}

}  // namespace taktwerk
