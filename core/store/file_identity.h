// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace taktwerk {

/// Which files a store is made of while it is written: the file itself, and the log that SQLite has beside
/// it.
class FilesOfStore {
 public:
  FilesOfStore() = default;
  /// Those that are there just now.
  explicit FilesOfStore(const std::string& path);
  /// Whether the file is still the one of its name. A removed file can be written on, and all is lost.
  [[nodiscard]] bool areThere() const;
  /// Removes the log of a file that is gone: another file of the same name would be taken for what it belongs
  /// to. Nothing that came since is touched.
  void removeLog() const;

 private:
  struct Identity {
    std::uint64_t device = 0, inode = 0;
    friend bool operator==(const Identity&, const Identity&) = default;
  };
  static Identity of(const std::string& path);

  std::string path_;
  Identity own_, log_, index_;
};

}  // namespace taktwerk
