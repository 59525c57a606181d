// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_lock.h"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace taktwerk {
namespace {

constexpr int looks = 40;
constexpr auto betweenLooks = std::chrono::milliseconds(50);

/// Whether the file of this name is the one that was opened, and not one that came after it.
bool isStillThere(int descriptor, const std::string& file) {
  struct stat own {};
  struct stat there {};
  return ::fstat(descriptor, &own) == 0 && ::stat(file.c_str(), &there) == 0 && own.st_dev == there.st_dev &&
         own.st_ino == there.st_ino;
}

}  // namespace

Result<std::unique_ptr<StoreLock>> StoreLock::take(const std::string& path) {
  const auto refuse = [&](const char* code, std::string message) {
    return Diagnostic{Severity::Error, path, {1, 1}, code, std::move(message), {}};
  };
  // The same store by another name has the same lock.
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
  std::string file = (ignored ? path : target.string()) + "-lock";
  for (int look = 0; look < looks; ++look) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) {
      return refuse("S0301", "the store cannot be opened or made: " + std::generic_category().message(errno) +
                                 "; name a file in a folder that "
                                 "is there and that you may write to");
    }
    const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    const int why = locked ? 0 : errno;
    if (locked && isStillThere(descriptor, file)) {
      return std::unique_ptr<StoreLock>(new StoreLock(std::move(file), descriptor));
    }
    ::close(descriptor);
    if (locked) continue;
    if (why != EWOULDBLOCK && why != EINTR) {
      return refuse("S0301", "the store cannot be locked (" + std::generic_category().message(why) +
                                 "); name a file on another disk");
    }
    std::this_thread::sleep_for(betweenLooks);
  }
  return refuse("S0304", "another process writes this store; wait until it has ended, or name another file");
}

StoreLock::~StoreLock() {
  if (isStillThere(descriptor_, file_)) ::unlink(file_.c_str());
  ::close(descriptor_);
}

}  // namespace taktwerk
