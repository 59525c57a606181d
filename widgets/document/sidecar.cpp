// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/sidecar.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>
#include <csignal>
#include <map>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

namespace {

const QByteArray magic = "# taktwerk-autosave/1 ";

QString tr(const char* text, int n) {
  return QCoreApplication::translate("Sidecar", text).arg(n);
}

QString listEntry(const QString& sidecar, const QString& dataFolder) {
  const QByteArray name = QCryptographicHash::hash(sidecar.toUtf8(), QCryptographicHash::Sha1).toHex();
  return QDir(dataFolder).filePath(QStringLiteral("autosaved-") + QString::fromLatin1(name));
}

QString beside(const QString& path, const QString& ending) {
  const QFileInfo file(path);
  return file.dir().filePath(QLatin1Char('.') + file.fileName() + ending);
}

}  // namespace

QString sidecarPath(const QString& path, const QString& dataFolder) {
  if (!path.isEmpty()) return beside(path, QStringLiteral(".autosave"));
  return QDir(dataFolder)
      .filePath(QStringLiteral("untitled-%1.autosave").arg(QCoreApplication::applicationPid()));
}

Diagnostics writeSidecar(const Sidecar& sidecar, const QString& dataFolder) {
  std::string text = magic.toStdString();
  text += "steps=" + std::to_string(sidecar.steps) +
          " file=" + QUrl::toPercentEncoding(sidecar.path).toStdString() + "\n";
  text += sidecar.bytes;
  QDir().mkpath(dataFolder);
  Diagnostics failure = writeFileAtomically(toPath(sidecar.sidecar), text);
  if (hasErrors(failure)) return failure;
  const QString entry = listEntry(sidecar.sidecar, dataFolder);
  if (QFileInfo::exists(entry)) return failure;
  return writeFileAtomically(toPath(entry), sidecar.sidecar.toStdString());
}

std::optional<Sidecar> readSidecar(const QString& path) {
  if (!QFileInfo(path).isFile()) return std::nullopt;
  const Result<std::string> text = readFile(toPath(path), maximumDocumentBytes + 65536);
  if (!text || !text->starts_with(magic.toStdString())) return std::nullopt;
  const std::size_t end = text->find('\n');
  if (end == std::string::npos) return std::nullopt;
  Sidecar sidecar;
  sidecar.sidecar = path;
  const QByteArray head = QByteArray::fromStdString(text->substr(0, end)).mid(magic.size());
  for (const QByteArray& field : head.split(' ')) {
    if (field.startsWith("steps=")) sidecar.steps = field.mid(6).toInt();
    if (field.startsWith("file=")) sidecar.path = QUrl::fromPercentEncoding(field.mid(5));
  }
  sidecar.time = QFileInfo(path).lastModified();
  sidecar.bytes = text->substr(end + 1);
  return sidecar;
}

void removeSidecar(const QString& path, const QString& dataFolder) {
  QFile::remove(path);
  QFile::remove(listEntry(path, dataFolder));
}

std::vector<Sidecar> leftSidecars(const QString& dataFolder) {
  std::vector<Sidecar> left;
  const QDir folder(dataFolder);
  for (const QString& name : folder.entryList({QStringLiteral("autosaved-*")}, QDir::Files)) {
    const Result<std::string> path = readFile(toPath(folder.filePath(name)), 65536);
    if (!path) continue;
    std::optional<Sidecar> sidecar = readSidecar(QString::fromStdString(*path));
    if (!sidecar) {
      QFile::remove(folder.filePath(name));  // saved since, or deleted with its folder
      continue;
    }
    if (sidecar->path.isEmpty()) {
      // Its name tells whose it is.
      const QString pid =
          QFileInfo(sidecar->sidecar).fileName().section(QLatin1Char('-'), 1).section(QLatin1Char('.'), 0, 0);
      if (pid.toLongLong() > 0 && ::kill(static_cast<pid_t>(pid.toLongLong()), 0) == 0) continue;
    } else if (isInUse(sidecar->path, dataFolder)) {
      continue;
    }
    left.push_back(std::move(*sidecar));
  }
  std::sort(left.begin(), left.end(), [](const Sidecar& a, const Sidecar& b) { return a.time > b.time; });
  return left;
}

QString lockPath(const QString& path, const QString& dataFolder) {
  const QByteArray name =
      QCryptographicHash::hash(QFileInfo(path).absoluteFilePath().toUtf8(), QCryptographicHash::Sha1).toHex();
  // Beside the file where that can be written, so that computers that share a folder see it.
  if (QFileInfo(QFileInfo(path).path()).isWritable()) return beside(path, QStringLiteral(".lock"));
  return QDir(dataFolder).filePath(QStringLiteral("lock-") + QString::fromLatin1(name));
}

bool isInUse(const QString& path, const QString& dataFolder) {
  const QString name = lockPath(path, dataFolder);
  if (!QFileInfo::exists(name)) return false;
  QLockFile lock(name);
  lock.setStaleLockTime(0);
  return !lock.tryLock(0) && lock.error() == QLockFile::LockFailedError;
}

void removeTorn(const QString& path) {
  const QFileInfo file(path);
  const QDir folder = file.dir();
  for (const QString& base : {file.fileName(), QFileInfo(sidecarPath(path, {})).fileName()}) {
    const QRegularExpression form(
        QStringLiteral("^%1\\.new-(\\d+)-\\d+$").arg(QRegularExpression::escape(base)));
    for (const QString& name : folder.entryList(QDir::Files | QDir::Hidden)) {
      const QRegularExpressionMatch match = form.match(name);
      if (!match.hasMatch()) continue;
      if (::kill(static_cast<pid_t>(match.captured(1).toLongLong()), 0) != 0)
        QFile::remove(folder.filePath(name));
    }
  }
}

QString differenceText(const std::string& saved, const Sidecar& sidecar) {
  std::map<QByteArray, int> lines;
  for (const QByteArray& line : QByteArray::fromStdString(saved).split('\n')) --lines[line];
  for (const QByteArray& line : QByteArray::fromStdString(sidecar.bytes).split('\n')) ++lines[line];
  int added = 0, removed = 0;
  for (const auto& [line, count] : lines) (count > 0 ? added : removed) += std::abs(count);
  QString text = sidecar.steps == 1 ? tr("%1 step", 1) : tr("%1 steps", sidecar.steps);
  text += tr(", %1 lines added or changed", added) + tr(", %1 removed or changed", removed);
  return text;
}

}  // namespace taktwerk
