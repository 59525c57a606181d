// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"

namespace taktwerk {

/// How much was put together.
struct MergedStores {
  std::int64_t rows = 0;   ///< in the stores that were read
  std::int64_t added = 0;  ///< that the result did not have before
};

/// Puts the results of stores into one, which is made or gone on with. Results of equal content are one.
/// Errors: of any of the files, see ResultStore::open; what was written before is kept.
[[nodiscard]] Result<MergedStores> mergeStores(const std::vector<std::string>& from, const std::string& into,
                                               const Progress& progress);

}  // namespace taktwerk
