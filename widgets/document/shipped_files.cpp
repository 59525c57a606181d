// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/shipped_files.h"

#include <QFileInfo>

#include "widgets/document/file_kind.h"

namespace taktwerk {

namespace {

/// Without links, also for a file that is not there (yet, or any more).
QString canonical(const QString& path) {
  const QFileInfo file(path);
  if (file.exists()) return file.canonicalFilePath();
  const QString folder = file.path() == path ? QString() : canonical(file.path());
  return folder.isEmpty() ? file.absoluteFilePath() : folder + QLatin1Char('/') + file.fileName();
}

QString mappingsOf(const QString& architecture) {
  return canonical(QFileInfo(architecture).path() + QStringLiteral("/mappings"));
}

}  // namespace

ShippedFiles::ShippedFiles(const QString& root, bool installed) : installed_(installed) {
  if (root.isEmpty()) return;
  if (installed) {
    folders_ << canonical(root) + QLatin1Char('/');
  } else {
    // The rest of a checkout is no data of the program.
    folders_ << canonical(root + QStringLiteral("/archs")) + QLatin1Char('/')
             << canonical(root + QStringLiteral("/resources")) + QLatin1Char('/');
  }
}

void ShippedFiles::nameByUser(const QString& path) {
  named_.insert(canonical(path));
  if (fileKindOf(path) == FileKind::Architecture) named_.insert(mappingsOf(path));
}

void ShippedFiles::forget(const QString& path) {
  named_.remove(canonical(path));
  named_.remove(mappingsOf(path));
}

bool ShippedFiles::contains(const QString& path) const {
  if (path.isEmpty()) return false;
  const QString file = canonical(path);
  bool below = false;
  for (const QString& folder : folders_) below = below || file.startsWith(folder);
  if (!below || installed_) return below;
  return !named_.contains(file) && !named_.contains(QFileInfo(file).path());
}

}  // namespace taktwerk
