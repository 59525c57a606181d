// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/store/stored_table.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// The rows of a store as a table of results, in their order, each at the place that it has in the store.
/// Cancelled: those until then.
[[nodiscard]] RowTable rowTableOf(const StoredTable& stored, Progress& progress);

/// The rows of a store in the order of their points; those of one number, which are of several sweeps, in the
/// order of their values: the same for the same rows, however they came.
[[nodiscard]] std::vector<std::uint32_t> rowsByPoint(const StoredTable& stored);

}  // namespace taktwerk
