// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/data_paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace taktwerk {

QString dataRoot() {
  const QString program = QCoreApplication::applicationDirPath();
  const QString candidates[] = {
      qEnvironmentVariable("TAKTWERK_DATA"), program + QStringLiteral("/../share/taktwerk"),
      program + QStringLiteral("/../../.."), QStringLiteral(TAKTWERK_SOURCE_FOLDER)};
  for (const QString& candidate : candidates) {
    if (!candidate.isEmpty() && QFileInfo(candidate + QStringLiteral("/archs")).isDir()) {
      return QDir(candidate).canonicalPath();
    }
  }
  return {};
}

QString examplesFolder() {
  const QString root = dataRoot();
  return root.isEmpty() ? QString() : root + QStringLiteral("/archs");
}

ShippedFiles shippedFiles() {
  const QString root = dataRoot();
  const bool checkout = QFileInfo(root + QStringLiteral("/CMakeLists.txt")).isFile();
  return ShippedFiles(root, !checkout);
}

QStringList knownNetworks() {
  QStringList paths;
  const QDir folder(dataRoot() + QStringLiteral("/resources/networks"));
  for (const QString& name : folder.entryList({QStringLiteral("*.network.yaml")}, QDir::Files, QDir::Name)) {
    paths << folder.absoluteFilePath(name);
  }
  return paths;
}

QString autosaveFolder(bool remember) {
  if (remember) return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
  return QDir::temp().filePath(QStringLiteral("taktwerk-%1").arg(QCoreApplication::applicationPid()));
}

QString layoutProgram() {
  const QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/taktwerk-layout");
  return QFileInfo(path).isExecutable() ? path : QString();
}

}  // namespace taktwerk
