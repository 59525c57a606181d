// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/file_lock.h"

#include <QCoreApplication>
#include <QDir>

#include "widgets/document/sidecar.h"

namespace taktwerk {

FileLock takeLock(const QString& path, const QString& dataFolder) {
  FileLock taken;
  QDir().mkpath(dataFolder);
  taken.lock = std::make_unique<QLockFile>(lockPath(path, dataFolder));
  taken.lock->setStaleLockTime(0);  // until its program has ended
  if (taken.lock->tryLock(0)) {
    removeTorn(path);
    return taken;
  }
  qint64 pid = 0;
  QString host, program;
  if (taken.lock->error() == QLockFile::LockFailedError && taken.lock->getLockInfo(&pid, &host, &program)) {
    taken.otherOwner = QCoreApplication::translate("FileLock", "%1 (process %2 on %3)")
                           .arg(program, QString::number(pid), host);
  }
  taken.lock.reset();
  return taken;
}

}  // namespace taktwerk
