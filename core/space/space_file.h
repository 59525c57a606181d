// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/space/space.h"

namespace taktwerk {

/// Reads a `*.space.yaml` (format taktwerk-space/1). All problems are reported; a value is returned only
/// without errors. Which parameters there are it does not know (`bindSpace` does). Paths of alternatives are
/// relative to the file; in the value they are not.
[[nodiscard]] Result<Space> readSpace(const std::filesystem::path& path);
[[nodiscard]] Result<Space> parseSpace(std::string_view text, const std::string& file);

}  // namespace taktwerk
