// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/whole_number.h"

namespace taktwerk {

namespace {

Diagnostic unwritable(const std::filesystem::path& path, const std::string& why) {
  return {Severity::Error, path.string(), {1, 1}, "F0006", why, {}};
}

Diagnostic failed(const std::filesystem::path& path, int error) {
  return unwritable(path, "the file cannot be written: " + std::generic_category().message(error));
}

/// Follows symbolic links by hand, because the last target need not exist yet.
std::filesystem::path linkTarget(std::filesystem::path path) {
  std::error_code error;
  for (int hops = 0; hops < 40 && std::filesystem::is_symlink(path, error); ++hops) {
    const std::filesystem::path next = std::filesystem::read_symlink(path, error);
    if (error) break;
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  return path;
}

constexpr std::string_view newEnding = ".new-";

/// Whether nobody writes a temporary file of this process any more. On a disk that computers share the number
/// may be that of a process elsewhere, which holds its lock.
bool isLeftOver(const std::filesystem::path& temporary, std::int64_t process) {
  if (process <= 0 || ::kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH) return false;
  const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool unlocked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  ::close(descriptor);
  return unlocked;
}

/// Removes what processes left beside a file that were killed while they wrote it.
void removeLeftOver(const std::filesystem::path& target) {
  const std::string begin = target.filename().string() + std::string(newEnding);
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(begin)) continue;
    const std::size_t dash = name.find('-', begin.size());
    const auto process = wholeNumber(std::string_view(name).substr(0, dash).substr(begin.size()));
    const bool own = process && dash != std::string::npos && *process <= std::numeric_limits<pid_t>::max() &&
                     wholeNumber(std::string_view(name).substr(dash + 1));
    if (own && isLeftOver(at->path(), *process)) ::unlink(at->path().c_str());
  }
}

/// Writes to a file descriptor and remembers the first error.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : descriptor_(descriptor) {
    setp(bytes_.data(), bytes_.data() + bytes_.size());
  }
  [[nodiscard]] int error() const { return error_; }

 protected:
  int_type overflow(int_type byte) override {
    if (sync() != 0) return traits_type::eof();
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    *pptr() = traits_type::to_char_type(byte);
    pbump(1);
    return byte;
  }
  int sync() override {
    for (const char* at = pbase(); at < pptr() && error_ == 0;) {
      const ssize_t written = ::write(descriptor_, at, static_cast<std::size_t>(pptr() - at));
      if (written >= 0) {
        at += written;
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    return error_ == 0 ? 0 : -1;
  }

 private:
  int descriptor_;
  int error_ = 0;
  std::array<char, 65536> bytes_{};
};

}  // namespace

struct AtomicFile::State {
  State(std::filesystem::path asked, std::filesystem::path resolved, std::filesystem::path beside, int opened)
      : path(std::move(asked)),
        target(std::move(resolved)),
        temporary(std::move(beside)),
        descriptor(opened),
        buffer(opened),
        stream(&buffer) {}
  ~State() {
    ::close(descriptor);
    if (!temporary.empty()) ::unlink(temporary.c_str());
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::filesystem::path path;       ///< as the user named it
  std::filesystem::path target;     ///< behind symbolic links
  std::filesystem::path temporary;  ///< empty once it has taken its place
  int descriptor;
  DescriptorBuffer buffer;
  std::ostream stream;
};

AtomicFile::AtomicFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtomicFile::AtomicFile(AtomicFile&&) noexcept = default;
AtomicFile& AtomicFile::operator=(AtomicFile&&) noexcept = default;
AtomicFile::~AtomicFile() = default;

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& path) {
  const std::filesystem::path target = linkTarget(path);
  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (!exists && errno == ELOOP) return failed(path, ELOOP);
  if (exists && S_ISDIR(status.st_mode)) return unwritable(path, "this is a folder, not a file");
  if (exists && !S_ISREG(status.st_mode)) return unwritable(path, "only a regular file can be replaced");
  if (exists && ::access(target.c_str(), W_OK) != 0) return failed(path, errno);

  removeLeftOver(target);
  std::filesystem::path temporary;
  int descriptor = -1;
  for (int attempt = 0; attempt < 1000 && descriptor < 0; ++attempt) {
    temporary = target;
    temporary += std::string(newEnding) + std::to_string(::getpid()) + '-' + std::to_string(attempt);
    descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno != EEXIST) break;
  }
  if (descriptor < 0) return failed(path, errno);
  (void)::flock(descriptor, LOCK_EX | LOCK_NB);  // it goes with the process
  AtomicFile file(std::make_unique<State>(path, target, temporary, descriptor));
  if (exists && ::fchmod(descriptor, status.st_mode & 07777U) != 0) return failed(path, errno);
  return file;
}

std::ostream& AtomicFile::stream() {
  return state_->stream;
}

Diagnostics AtomicFile::commit() {
  const std::unique_ptr<State> state = std::move(state_);
  state->stream.flush();
  if (state->buffer.error() != 0) return {failed(state->path, state->buffer.error())};
  if (!state->stream)
    return {unwritable(state->path, "the file cannot be written: its text could not be made")};
  if (::fsync(state->descriptor) != 0 || ::rename(state->temporary.c_str(), state->target.c_str()) != 0) {
    return {failed(state->path, errno)};
  }
  state->temporary.clear();
  // The rename itself lasts only once the folder is on disk; not every file system can do this.
  const std::filesystem::path folder = state->target.has_parent_path() ? state->target.parent_path() : ".";
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
  return {};
}

}  // namespace taktwerk
