// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>

#include "core/base/progress.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// Writes these rows of a table of results with commas between, in their order, below a heading with the
/// names of all columns: as `sweep` writes the same rows with all figures. What a row has no value of is
/// empty. Cancelled: it ends with any of them.
void writeRowsAsCsv(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                    Progress& progress);

/// The same as JSON, each row as `sweep --out FILE.json` does: `{"columns": […], "rows": [{"point": …,
/// "values": {…}, …}]}`.
void writeRowsAsJson(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                     Progress& progress);

}  // namespace taktwerk
