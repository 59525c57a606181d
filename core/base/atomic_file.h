// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A file that appears whole or not at all: it is written beside its place under another name and takes its
/// place on `commit`. A crash, a full disk or a missing `commit` leaves what was there before. Keeps the
/// permissions of an existing file and writes through symbolic links; only regular files are replaced. What a
/// process that was killed left there, `FILE.new-PID-N`, goes when the file is written the next time.
///
///     auto file = AtomicFile::create(path);
///     if (!file) return file.diagnostics;
///     file->stream() << text;
///     return file->commit();
class AtomicFile {
 public:
  [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& path);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) noexcept;
  ~AtomicFile();

  [[nodiscard]] std::ostream& stream();
  /// Flushes to disk and renames. Empty on success; otherwise nothing has changed.
  [[nodiscard]] Diagnostics commit();

 private:
  struct State;
  explicit AtomicFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;  ///< null once committed or moved from
};

}  // namespace taktwerk
