// SPDX-License-Identifier: GPL-3.0-or-later
// What the page writes to files, and what is in none yet.
#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/network/network_page.h"

namespace taktwerk {

bool NetworkPage::saveAs(const QString& path) {
  const QString before = document_.path();
  const Diagnostics problems = document_.write(path);
  if (hasErrors(problems)) {
    say(QString::fromStdString(problems.front().message));
    Q_EMIT writeFailed(path, problems);
    return false;
  }
  estimates_.setNetwork(path);
  estimates_.setText(before, nullptr);
  return true;
}

bool NetworkPage::isUnsaved() const {
  // Chosen anew after a change, it has no steps that could be undone.
  const bool changed = !document_.isClean() || estimates_.input().texts.contains(document_.path());
  return document_.isLost() || (document_.modified() && changed);
}

QStringList NetworkPage::unsaved() const {
  QStringList paths;
  if (isUnsaved()) paths << document_.path();
  for (const auto& [path, text] : estimates_.input().texts) {
    if (path == document_.path() || fileKindOf(path) != FileKind::Network) continue;
    const Result<std::string> file = readFile(toPath(path));
    if (!file || *file != *text) paths << path;
  }
  return paths;
}

bool NetworkPage::save(const QString& path, const QString& to) {
  if (path == document_.path()) return saveAs(to);
  const auto& texts = estimates_.input().texts;
  const auto text = texts.find(path);
  if (text == texts.end()) return true;
  const Diagnostics problems = writeFileAtomically(toPath(to), *text->second);
  if (hasErrors(problems)) {
    Q_EMIT writeFailed(to, problems);
    return false;
  }
  estimates_.setText(path, nullptr);
  return true;
}

}  // namespace taktwerk
