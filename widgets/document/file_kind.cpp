// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/file_kind.h"

#include <QFile>
#include <QFileInfo>

#include "core/import/import_network.h"

namespace taktwerk {

FileKind fileKindOf(const QString& path) {
  if (path.endsWith(QLatin1String(".arch.yaml"))) return FileKind::Architecture;
  if (path.endsWith(QLatin1String(".network.yaml"))) return FileKind::Network;
  if (path.endsWith(QLatin1String(".mapping.yaml"))) return FileKind::Mapping;
  if (path.endsWith(QLatin1String(".trace.jsonl"))) return FileKind::Trace;
  if (isImportable(toPath(path))) return FileKind::Network;
  if (path.endsWith(QLatin1String(".taktwerk"))) return FileKind::Workspace;
  if (!QFileInfo(path).isFile()) return FileKind::Unknown;
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return FileKind::Unknown;
  const QByteArray start = file.read(4096);
  if (start.contains("taktwerk-architecture/")) return FileKind::Architecture;
  if (start.contains("taktwerk-network/")) return FileKind::Network;
  if (start.contains("taktwerk-mapping/")) return FileKind::Mapping;
  if (start.contains("taktwerk-workspace/")) return FileKind::Workspace;
  if (start.startsWith('{') && start.contains("\"operation\"")) return FileKind::Trace;
  return FileKind::Unknown;
}

std::filesystem::path toPath(const QString& path) {
  return QFile::encodeName(path).toStdString();
}

QString fromPath(const std::filesystem::path& path) {
  return QFile::decodeName(path.string().c_str());
}

}  // namespace taktwerk
