// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/estimate/layer_choice.h"
#include "core/study/saved_view.h"

namespace taktwerk {

/// A result that was put aside, as `estimate --json` writes it.
struct WorkspaceResult {
  std::string file;   ///< a path
  std::string title;  ///< no two have the same
  friend bool operator==(const WorkspaceResult&, const WorkspaceResult&) = default;
};

/// What a workspace keeps of a design space and of how it is swept.
struct WorkspaceSweep {
  std::string space;      ///< text of a space (format taktwerk-space/1), its paths relative to the workspace
  std::string sample;     ///< as `parseSample` reads it; empty: all points
  std::int64_t seed = 0;  ///< of the sample
  std::string store;      ///< path of the file for results; may be empty
  std::vector<SavedView> views = {};  ///< of the results, by name
  [[nodiscard]] bool isEmpty() const { return *this == WorkspaceSweep(); }
  friend bool operator==(const WorkspaceSweep&, const WorkspaceSweep&) = default;
};

/// What belongs together when an architecture is studied: a `*.taktwerk` file (format
/// taktwerk-workspace/1). Paths are as in the file: relative to it, with `/` between folders.
///
///     format: taktwerk-workspace/1
///     architecture: one-mac.arch.yaml
///     network: ../../resources/networks/tc-resnet8.network.yaml
///     mappings:
///       - mappings/conv.mapping.yaml
///     parameters:
///       arch.mac_latency: 3
///     layers:
///       conv0:
///         mapping: conv_rows
///         tunables: {tile_k: 4}
///     results:
///       - file: study.results/base.json
///         title: base
///     baseline: base
///     sweep:
///       space: |
///         format: taktwerk-space/1
///         vary:
///           arch.mac_latency: {from: 1, to: 4}
///       sample: random:200
struct Workspace {
  std::string file;  ///< path as given, or empty
  std::string architecture;
  std::string network;                             ///< may be empty
  std::string trace;                               ///< instead of a network; may be empty
  std::vector<std::string> mappings;               ///< empty: those beside the architecture
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::map<std::string, LayerChoice> layers;
  std::vector<WorkspaceResult> results;
  std::string baseline;  ///< the title of the result that differences refer to; may be empty
  WorkspaceSweep sweep;

  /// `path` as the workspace means it: relative to its own folder.
  [[nodiscard]] std::filesystem::path resolve(const std::string& path) const;
};

/// All problems are reported; a value is returned only without errors.
[[nodiscard]] Result<Workspace> readWorkspace(const std::filesystem::path& path);
[[nodiscard]] Result<Workspace> parseWorkspace(std::string_view text, const std::string& file);

/// The canonical text: same content, same bytes.
[[nodiscard]] std::string writeWorkspace(const Workspace& workspace);

}  // namespace taktwerk
