// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/space/space.h"

namespace taktwerk {

/// The canonical text of a space: same content, same bytes, and reading it gives the same space. Paths of
/// alternatives are relative to `folder`, absolute where there is no way there or without one. What
/// `bindSpace` adds (other names in expressions, where parameters exist) is left out.
[[nodiscard]] std::string writeSpace(const Space& space, const std::filesystem::path& folder = {});

/// The values of a dimension as `parseVary` takes them behind the equals sign: "4,8,16", "2:32", "2:32:2",
/// "1:64:*2".
[[nodiscard]] std::string valuesText(const DimensionValues& values);

}  // namespace taktwerk
