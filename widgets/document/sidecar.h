// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "widgets/document/file_kind.h"

namespace taktwerk {

/// Unsaved work kept beside the file it belongs to, never in it:
///
///     .gemm.arch.yaml.autosave
///         # taktwerk-autosave/1 steps=17 file=%2Fhome%2Fme%2Fgemm.arch.yaml
///         … the text, byte for byte …
///
/// What is never saved yet, or cannot be kept beside its file, is in a folder of the user's data. That folder
/// also lists the sidecars there are, so that the next start finds them.
struct Sidecar {
  QString sidecar;    ///< its own path
  QString path;       ///< of the file it belongs to; empty: never saved
  QString copyOf;     ///< what shipped file its architecture, never saved, is a copy of; or empty
  int steps = 0;      ///< of the history, since the file was saved
  QDateTime time;     ///< when it was written
  std::string bytes;  ///< the text
  QString with = {};  ///< of networks, mappings and choices: the architecture that was open with them
};

/// Where the sidecar of a file is first kept; of an architecture that was never saved in `dataFolder`, by
/// process.
[[nodiscard]] QString sidecarPath(const QString& path, const QString& dataFolder);
/// Where this process keeps the work on a file when `taken` says that a place is not its own: somebody
/// else's, or work that was offered and not answered yet is never written over.
[[nodiscard]] QString freeSidecarPath(const QString& path, const QString& dataFolder,
                                      const std::function<bool(const QString&)>& taken);
/// The same for choices that are in no workspace yet.
[[nodiscard]] QString freeWorkspaceSidecarPath(const QString& dataFolder,
                                               const std::function<bool(const QString&)>& taken);
/// What a sidecar holds, by the name of its file or its own; an architecture when that does not say.
[[nodiscard]] FileKind kindOf(const Sidecar& sidecar);
/// Replaced atomically, and listed in `dataFolder`. Empty on success.
[[nodiscard]] Diagnostics writeSidecar(const Sidecar& sidecar, const QString& dataFolder);
/// Nothing when there is none, or it is none of this program's.
[[nodiscard]] std::optional<Sidecar> readSidecar(const QString& sidecarPath);
/// Forgets a sidecar and its entry in the list.
void removeSidecar(const QString& sidecarPath, const QString& dataFolder);
/// What ended programs left, latest first; that of living programs, files that they have open and `own` (this
/// one's) are left out.
[[nodiscard]] std::vector<Sidecar> leftSidecars(const QString& dataFolder, const QString& own = {});
/// The same for one file, also where the list does not know of it.
[[nodiscard]] std::vector<Sidecar> leftSidecarsOf(const QString& path, const QString& dataFolder,
                                                  const QString& own = {});

/// The lock of a file: held by the program that edits it.
[[nodiscard]] QString lockPath(const QString& path, const QString& dataFolder);
[[nodiscard]] bool isInUse(const QString& path, const QString& dataFolder);
/// Removes temporary files that a program left which ended while it wrote `path`.
void removeTorn(const QString& path);

/// "17 steps, 12 lines added, 3 removed": what the text has over the one in the file.
[[nodiscard]] QString differenceText(const std::string& saved, const Sidecar& sidecar);

}  // namespace taktwerk
