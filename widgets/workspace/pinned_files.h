// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/study/workspace.h"
#include "widgets/session/session.h"

namespace taktwerk {

/// What a workspace keeps of a pinned result.
struct KeptPin {
  QString file;  ///< empty: it is in none yet
  QString title;
  bool baseline = false;
  friend bool operator==(const KeptPin&, const KeptPin&) = default;
};
[[nodiscard]] std::vector<KeptPin> keptPins(const Session& session);

/// The results of a workspace, read from their files.
struct ReadPins {
  std::vector<PinnedResult> pins;
  QString baseline;  ///< the title of one of them, or empty
  struct Failure {
    QString file;
    Diagnostics diagnostics;
  };
  std::vector<Failure> failures;  ///< files that could not be read
};
/// For job threads.
[[nodiscard]] ReadPins readPins(const Workspace& workspace);

/// Pins what was read, but for files that are pinned already. Nothing that is pinned goes.
void takePins(Session& session, const ReadPins& read);

/// Writes pins that are in no file yet beside the workspace at `path`: `study.results/TITLE.json` of
/// `study.taktwerk`. Empty on success.
[[nodiscard]] Diagnostics writePins(Session& session, const QString& path);

}  // namespace taktwerk
