// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// That one process at a time writes a store, which others may read meanwhile: a lock on `FILE-lock` beside
/// it. The system releases it when the process ends, however it does; the file goes with the lock, and one
/// that a killed process left is taken over. It is no lock on the store itself: of those SQLite has its own,
/// and a process that closes a file loses all that it has on it.
class StoreLock {
 public:
  /// Waits up to two seconds: another process may just be ending. Errors: another one has it (S0304), the
  /// folder cannot be written (S0301).
  [[nodiscard]] static Result<std::unique_ptr<StoreLock>> take(const std::string& path);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  StoreLock(std::string file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  std::string file_;
  int descriptor_;
};

}  // namespace taktwerk
