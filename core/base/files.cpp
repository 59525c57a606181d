// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <cerrno>
#include <ostream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/atomic_file.h"

namespace taktwerk {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }
  /// Errors of the last write may only show here.
  bool close() {
    const int value = value_;
    value_ = -1;
    return value < 0 || ::close(value) == 0;
  }

 private:
  int value_;
};

Diagnostic problem(const std::filesystem::path& path, std::string code, std::string message) {
  return {Severity::Error, path.string(), {1, 1}, std::move(code), std::move(message), {}};
}

std::string reason(int error) {
  return std::generic_category().message(error);
}

std::string bytes(std::uint64_t count) {
  return std::to_string(count) + " bytes";
}

}  // namespace

Result<std::string> readFile(const std::filesystem::path& path, std::uint64_t maximumBytes) {
  // Without O_NONBLOCK opening a named pipe would wait for a writer.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) {
    if (errno == ENOENT) return problem(path, "F0001", "there is no such file");
    return problem(path, "F0002", "the file cannot be opened: " + reason(errno));
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) {
    return problem(path, "F0002", "the file cannot be opened: " + reason(errno));
  }
  if (S_ISDIR(status.st_mode)) return problem(path, "F0003", "this is a folder, not a file");
  if (!S_ISREG(status.st_mode)) return problem(path, "F0003", "this is not a regular file");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > maximumBytes) {
    return problem(path, "F0004",
                   "the file has " + bytes(size) + "; at most " + bytes(maximumBytes) + " are read");
  }
  std::string text;
  text.resize(size + 1);
  std::size_t used = 0;
  while (true) {
    const ssize_t count = ::read(file.get(), text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return problem(path, "F0005", "the file cannot be read: " + reason(errno));
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > maximumBytes) {
      return problem(path, "F0004", "the file grew beyond " + bytes(maximumBytes) + " while it was read");
    }
    if (used == text.size()) text.resize(text.size() + 4096);
  }
  text.resize(used);
  return text;
}

Diagnostics writeFileAtomically(const std::filesystem::path& path, std::string_view text) {
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) return std::move(file.diagnostics);
  file->stream() << text;
  return file->commit();
}

}  // namespace taktwerk
