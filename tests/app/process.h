// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace taktwerk::test {

/// How a program ended and what it wrote.
struct Outcome {
  int status = -1;  ///< exit status, or −1 when a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
  std::int64_t peakKibibytes = 0;  ///< largest resident memory
};

struct ProcessOptions {
  std::filesystem::path folder;   ///< to run in, empty: the source root
  std::int64_t cpuSeconds = 30;   ///< of computing before it is killed
  std::int64_t addressBytes = 0;  ///< limit of its address space, 0: none
  std::int64_t fileBytes = 0;     ///< limit of a file that it writes, as a full disk would be; 0: none
  std::int64_t killAfterMicroseconds = 0;  ///< SIGKILL, unless it has ended
  bool obeysModes = false;                 ///< modes of files hold for the superuser, too
  int signalAfterStart = 0;                ///< sent again and again once it takes it, until it ends
  std::string inFrom;                      ///< standard input is this file
  std::string outTo;                       ///< write standard output to this file instead
  bool errIsTerminal = false;              ///< standard error is a terminal
  std::string interruptWhenShown;          ///< SIGINT once that terminal shows this
};

/// Runs a program to its end, without environment, input or terminal.
[[nodiscard]] Outcome run(const std::vector<std::string>& command, const ProcessOptions& options = {});

/// `taktwerk-cli` with arguments.
[[nodiscard]] Outcome cli(std::vector<std::string> arguments, const ProcessOptions& options = {});

/// False where the system has no pseudo terminals, as in a bare chroot.
[[nodiscard]] bool hasTerminals();

/// True when sanitizers take memory of their own, so that limits of memory say nothing.
[[nodiscard]] bool sanitized();

/// A folder of a test's own that disappears with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  /// Names of what lies in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string textOf(const std::filesystem::path& path);

/// A small valid architecture with parameters and the trace of three instructions that runs on it.
extern const std::string_view smallArchitecture;
extern const std::string_view smallTrace;

}  // namespace taktwerk::test
