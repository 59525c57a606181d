// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/estimate/layer_choice.h"
#include "core/mapping/mapping.h"
#include "core/study/settings.h"
#include "core/study/workspace.h"

namespace taktwerk {

/// Where a network comes from; it is read again for other values of its parameters.
struct NetworkSource {
  std::string path;
  /// What the file holds, or what it holds after edits that are not saved; null: an imported network, read
  /// from `path`.
  std::shared_ptr<const std::string> text;
};

/// What is studied, a network or a trace on an architecture: documents, values, choices. Cheap to copy, so
/// that each point of a sweep is a study of its own with other `settings`; what points have in common a
/// StudyMemory keeps.
struct Study {
  std::shared_ptr<const Architecture> architecture;
  NetworkSource network;  ///< no path: none yet, or a trace
  std::string trace;      ///< path of a `*.trace.jsonl`, in place of a network
  std::shared_ptr<const std::vector<Mapping>> mappings = std::make_shared<const std::vector<Mapping>>();
  StudySettings settings;
  std::map<std::string, LayerChoice> choices;  ///< by layer
};

/// Which files are studied, and texts to be read in their place.
struct StudyFiles {
  std::string architecture;
  /// The architecture where it is read already; then the path only says what it is called and where it is.
  std::shared_ptr<const Architecture> read;
  std::string network;                ///< none: the study is of a trace, or of nothing yet
  std::string trace;                  ///< counts where no network is named
  std::vector<std::string> mappings;  ///< empty: those beside the architecture
  std::vector<std::string> added;     ///< in any case, behind them
  std::map<std::string, std::shared_ptr<const std::string>> texts;  ///< by path
};

class StudyMemory;

/// Reads everything the files name; all problems are reported. There always is a value, which holds what
/// could be read; with errors it is not to be estimated. Files with the same text are not parsed twice by one
/// memory. Its settings and choices are none.
[[nodiscard]] Result<Study> readStudy(const StudyFiles& files, StudyMemory& memory);

/// The text of a network's file, or of the network that an imported file becomes when it is edited.
[[nodiscard]] Result<NetworkSource> readNetworkSource(const std::string& path);

/// The files that a workspace names, and its settings and choices in `study`.
[[nodiscard]] StudyFiles filesOf(const Workspace& workspace);

/// The names that settings of a study can have.
[[nodiscard]] SettableNames settableNames(const Study& study, const Network* network);

}  // namespace taktwerk
