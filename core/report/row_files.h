// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/report/row_cells.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// Writes these rows of a table of results with commas between, in their order, below a heading with the
/// names of all columns: as `sweep` writes the same rows with all figures. What a row has no value of is
/// empty. Cancelled: it ends with any of them.
void writeRowsAsCsv(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                    Progress& progress);

/// What a file of results says before its rows.
struct RowFileHead {
  /// The name of the architecture and the path of the network, where all rows are of one; else empty.
  std::string architecture, network;
  std::vector<std::string> objectives = {};  ///< "area:min"; empty: there are none
};
/// Writes it into the object that is open, with the names of the values.
void writeJsonHead(JsonWriter& json, const RowFileHead& head, const std::vector<RowFileColumn>& columns);

/// The same as JSON, byte by byte as `sweep --out FILE.json` writes the same rows with all figures:
/// `{"architecture": …, "network": …, "columns": […], "rows": [{"point": …, "values": {…}, …}]}`.
void writeRowsAsJson(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                     Progress& progress, const RowFileHead& head = {});

}  // namespace taktwerk
