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

namespace taktwerk {

namespace {

const QByteArray magic = "# taktwerk-autosave/1 ";

QString tr(const char* text, int n) {
  return QCoreApplication::translate("Sidecar", text).arg(n);
}

QString hashOf(const QString& path) {
  return QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex());
}

QString listEntry(const QString& sidecar, const QString& dataFolder) {
  return QDir(dataFolder).filePath(QStringLiteral("autosaved-") + hashOf(sidecar));
}

const QString workspaceEnding = QStringLiteral(".taktwerk.autosave");

QString untitled(const QString& dataFolder, const QString& ending) {
  return QDir(dataFolder)
      .filePath(QStringLiteral("untitled-%1").arg(QCoreApplication::applicationPid()) + ending);
}

QString beside(const QString& path, const QString& ending) {
  const QFileInfo file(path);
  return file.dir().filePath(QLatin1Char('.') + file.fileName() + ending);
}

/// Whether a file beside this one can be made: not when the folder is gone or read-only.
bool hasWritableFolder(const QString& path) {
  return QFileInfo(QFileInfo(path).path()).isWritable();
}

QString spareSidecarPath(const QString& path, const QString& dataFolder) {
  return QDir(dataFolder)
      .filePath(QStringLiteral("kept-%1.autosave").arg(hashOf(QFileInfo(path).absoluteFilePath())));
}

/// The process a sidecar's name tells of (`untitled-12.autosave`, `untitled-12.taktwerk.autosave`,
/// `.x.arch.yaml.autosave-12-2`), or 0.
qint64 processOf(const QString& sidecar) {
  static const QRegularExpression form(
      QStringLiteral("(?:^untitled-(\\d+)(?:\\.taktwerk)?\\.autosave|\\.autosave-(\\d+))(?:-\\d+)*$"));
  const QRegularExpressionMatch match = form.match(QFileInfo(sidecar).fileName());
  if (!match.hasMatch()) return 0;
  return (match.captured(1).isEmpty() ? match.captured(2) : match.captured(1)).toLongLong();
}

/// Whether another living program works on it. One of ours from before has the number of an ended program.
bool isOthers(const QString& sidecar) {
  const qint64 process = processOf(sidecar);
  return process > 0 && process != QCoreApplication::applicationPid() &&
         ::kill(static_cast<pid_t>(process), 0) == 0;
}

void sortLatestFirst(std::vector<Sidecar>& left) {
  std::sort(left.begin(), left.end(), [](const Sidecar& a, const Sidecar& b) { return a.time > b.time; });
}

QString ofThisProcess() {
  return QStringLiteral("-%1").arg(QCoreApplication::applicationPid());
}

/// The first place that is not taken: `first`, `own`, then `own` with a number.
QString freePlace(const QString& first, const QString& own,
                  const std::function<bool(const QString&)>& taken) {
  if (!taken(first)) return first;
  if (own != first && !taken(own)) return own;
  for (int number = 2;; ++number) {
    QString next = own + QStringLiteral("-%1").arg(number);
    if (!taken(next)) return next;
  }
}

}  // namespace

QString sidecarPath(const QString& path, const QString& dataFolder) {
  if (path.isEmpty()) return untitled(dataFolder, QStringLiteral(".autosave"));
  return hasWritableFolder(path) ? beside(path, QStringLiteral(".autosave"))
                                 : spareSidecarPath(path, dataFolder);
}

FileKind kindOf(const Sidecar& sidecar) {
  if (sidecar.path.isEmpty())
    return sidecar.sidecar.contains(workspaceEnding) ? FileKind::Workspace : FileKind::Architecture;
  const FileKind kind = fileKindOf(sidecar.path);
  return kind == FileKind::Unknown ? FileKind::Architecture : kind;
}

QString freeSidecarPath(const QString& path, const QString& dataFolder,
                        const std::function<bool(const QString&)>& taken) {
  const QString first = sidecarPath(path, dataFolder);
  return freePlace(first, path.isEmpty() ? first : first + ofThisProcess(), taken);
}

QString freeWorkspaceSidecarPath(const QString& dataFolder,
                                 const std::function<bool(const QString&)>& taken) {
  const QString first = untitled(dataFolder, workspaceEnding);
  return freePlace(first, first, taken);
}

Diagnostics writeSidecar(const Sidecar& sidecar, const QString& dataFolder) {
  std::string text = magic.toStdString();
  text += "steps=" + std::to_string(sidecar.steps) +
          " file=" + QUrl::toPercentEncoding(sidecar.path).toStdString();
  if (!sidecar.copyOf.isEmpty()) text += " copy-of=" + QUrl::toPercentEncoding(sidecar.copyOf).toStdString();
  if (!sidecar.with.isEmpty()) text += " with=" + QUrl::toPercentEncoding(sidecar.with).toStdString();
  text += "\n";
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
    if (field.startsWith("copy-of=")) sidecar.copyOf = QUrl::fromPercentEncoding(field.mid(8));
    if (field.startsWith("with=")) sidecar.with = QUrl::fromPercentEncoding(field.mid(5));
  }
  sidecar.time = QFileInfo(path).lastModified();
  sidecar.bytes = text->substr(end + 1);
  return sidecar;
}

void removeSidecar(const QString& path, const QString& dataFolder) {
  QFile::remove(path);
  QFile::remove(listEntry(path, dataFolder));
}

std::vector<Sidecar> leftSidecars(const QString& dataFolder, const QString& own) {
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
    if (sidecar->sidecar == own || isOthers(sidecar->sidecar)) continue;
    if (!sidecar->path.isEmpty() && isInUse(sidecar->path, dataFolder)) continue;
    left.push_back(std::move(*sidecar));
  }
  sortLatestFirst(left);
  return left;
}

std::vector<Sidecar> leftSidecarsOf(const QString& path, const QString& dataFolder, const QString& own) {
  std::vector<Sidecar> left;
  if (path.isEmpty() || isInUse(path, dataFolder)) return left;
  for (const QString& base :
       {beside(path, QStringLiteral(".autosave")), spareSidecarPath(path, dataFolder)}) {
    const QFileInfo first(base);
    for (const QString& name : first.dir().entryList(QDir::Files | QDir::Hidden)) {
      // One that was being written when its program ended is no whole one.
      if (!name.startsWith(first.fileName()) || name.contains(QLatin1String(".new-"))) continue;
      std::optional<Sidecar> sidecar = readSidecar(first.dir().filePath(name));
      if (!sidecar || sidecar->sidecar == own || isOthers(sidecar->sidecar)) continue;
      left.push_back(std::move(*sidecar));
    }
  }
  sortLatestFirst(left);
  return left;
}

QString lockPath(const QString& path, const QString& dataFolder) {
  // Beside the file where that can be written, so that computers that share a folder see it.
  if (hasWritableFolder(path)) return beside(path, QStringLiteral(".lock"));
  return QDir(dataFolder).filePath(QStringLiteral("lock-") + hashOf(QFileInfo(path).absoluteFilePath()));
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
    const QString own = base == file.fileName() ? QString() : QStringLiteral("(?:-\\d+)*");  // by process
    const QRegularExpression form(
        QStringLiteral("^%1%2\\.new-(\\d+)-\\d+$").arg(QRegularExpression::escape(base), own));
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
