// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/store/stored_table.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// The rows of a store as a table of results, in their order, each at the place that it has in the store.
/// Cancelled: those until then.
[[nodiscard]] RowTable rowTableOf(const StoredTable& stored, Progress& progress);

}  // namespace taktwerk
