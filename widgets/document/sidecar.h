// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Unsaved work kept beside the file it belongs to, never in it:
///
///     .gemm.arch.yaml.autosave
///         # taktwerk-autosave/1 steps=17 file=%2Fhome%2Fme%2Fgemm.arch.yaml
///         … the text, byte for byte …
///
/// A folder of the user's data lists the sidecars there are, so that the next start finds them.
struct Sidecar {
  QString sidecar;    ///< its own path
  QString path;       ///< of the file it belongs to; empty: never saved
  int steps = 0;      ///< of the history, since the file was saved
  QDateTime time;     ///< when it was written
  std::string bytes;  ///< the text
};

/// Where the sidecar of a file is; of a document that was never saved in `dataFolder`, by process.
[[nodiscard]] QString sidecarPath(const QString& path, const QString& dataFolder);
/// Replaced atomically, and listed in `dataFolder`. Empty on success.
[[nodiscard]] Diagnostics writeSidecar(const Sidecar& sidecar, const QString& dataFolder);
/// Nothing when there is none, or it is none of this program's.
[[nodiscard]] std::optional<Sidecar> readSidecar(const QString& sidecarPath);
void removeSidecar(const QString& sidecarPath, const QString& dataFolder);
/// What ended programs left, latest first; those of files that a living program has open are left out.
[[nodiscard]] std::vector<Sidecar> leftSidecars(const QString& dataFolder);

/// The lock of a file: held by the program that edits it.
[[nodiscard]] QString lockPath(const QString& path, const QString& dataFolder);
[[nodiscard]] bool isInUse(const QString& path, const QString& dataFolder);
/// Removes temporary files that a program left which ended while it wrote `path`.
void removeTorn(const QString& path);

/// "17 steps, 12 lines added, 3 removed": what the text has over the one in the file.
[[nodiscard]] QString differenceText(const std::string& saved, const Sidecar& sidecar);

}  // namespace taktwerk
