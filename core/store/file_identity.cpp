// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/file_identity.h"

#include <filesystem>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace taktwerk {

FilesOfStore::FilesOfStore(const std::string& path) {
  // SQLite has its log beside the file that a symbolic link leads to.
  std::error_code failed;
  path_ = std::filesystem::canonical(path, failed).string();
  if (failed) path_ = path;
  own_ = of(path_);
  log_ = of(path_ + "-wal");
  index_ = of(path_ + "-shm");
}

FilesOfStore::Identity FilesOfStore::of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino)};
}

bool FilesOfStore::areThere() const {
  return of(path_) == own_;
}

void FilesOfStore::removeLog() const {
  const auto remove = [&](const char* ending, const Identity& own) {
    const std::string file = path_ + ending;
    if (own != Identity() && of(file) == own) ::unlink(file.c_str());
  };
  remove("-wal", log_);
  remove("-shm", index_);
}

}  // namespace taktwerk
