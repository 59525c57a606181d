// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/store/stored_table.h"

namespace taktwerk {

/// How much was put together.
struct MergedStores {
  std::int64_t rows = 0;   ///< in the stores that were read
  std::int64_t added = 0;  ///< that the result did not have before
};

/// Puts the results of stores into one, which is made or gone on with. Results of equal content are one; of a
/// point that failed in one and not in another, the result counts. All of it is there in the end, or nothing:
/// with an error, and when it is cancelled, `into` is as it was. Errors: of any of the files, see
/// ResultStore::open; results of equal content that differ (S0309), each with both values.
[[nodiscard]] Result<MergedStores> mergeStores(const std::vector<std::string>& from, const std::string& into,
                                               const Progress& progress);

/// The rows that `mergeStores` would put together, without a store to hold them; columns in an order that
/// does not depend on that of the rows. Their layers, most of what stores hold, are not read. Errors: the
/// same. Cancelled: any of them.
[[nodiscard]] Result<StoredTable> mergedTable(const std::vector<std::string>& from, const Progress& progress);

}  // namespace taktwerk
