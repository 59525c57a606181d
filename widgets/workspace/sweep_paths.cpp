// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/sweep_paths.h"

#include "core/space/space_file.h"
#include "core/space/space_writer.h"

namespace taktwerk {

WorkspaceSweep withAbsolutePaths(const Workspace& workspace) {
  WorkspaceSweep sweep = workspace.sweep;
  if (!sweep.space.empty()) {
    if (const auto space = parseSpace(sweep.space, workspace.file)) sweep.space = writeSpace(*space);
  }
  if (!sweep.store.empty()) {
    sweep.store = std::filesystem::absolute(workspace.resolve(sweep.store)).lexically_normal().string();
  }
  return sweep;
}

WorkspaceSweep withPathsFrom(const WorkspaceSweep& sweep, const std::filesystem::path& folder) {
  WorkspaceSweep moved = sweep;
  if (folder.empty()) return moved;
  if (!moved.space.empty()) {
    if (const auto space = parseSpace(moved.space, {})) moved.space = writeSpace(*space, folder);
  }
  if (!moved.store.empty()) {
    const std::filesystem::path relative = std::filesystem::path(moved.store).lexically_relative(folder);
    if (!relative.empty()) moved.store = relative.generic_string();
  }
  return moved;
}

}  // namespace taktwerk
