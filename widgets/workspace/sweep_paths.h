// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/study/workspace.h"

namespace taktwerk {

/// The sweep of a workspace with the paths in it absolute, as it is while it is open. A space that cannot be
/// read stays as it is written.
[[nodiscard]] WorkspaceSweep withAbsolutePaths(const Workspace& workspace);

/// An open sweep as a workspace in `folder` has it; with absolute paths without a folder.
[[nodiscard]] WorkspaceSweep withPathsFrom(const WorkspaceSweep& sweep, const std::filesystem::path& folder);

}  // namespace taktwerk
