// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QString>
#include <memory>

namespace taktwerk {

/// The lock of a file that is changed here, or who holds it; neither where no lock can be written.
struct FileLock {
  std::unique_ptr<QLockFile> lock;
  QString otherOwner;  ///< "taktwerk (process 17 on host)"
};

/// Takes the lock of `path` (see `lockPath`), which is held until the lock goes or the program has ended.
[[nodiscard]] FileLock takeLock(const QString& path, const QString& dataFolder);

}  // namespace taktwerk
