// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <vector>

#include "core/report/json_writer.h"
#include "core/report/row_cells.h"
#include "core/report/row_files.h"
#include "core/sweep/sweep.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// Writes the rows of a sweep as a table with commas, each on a line of its own: the point's number and
/// values, how it ended, the counts of its result, the figures that are shown (`shownFigures`), the reason.
/// Figures of a point without any are empty.
class SweepCsv {
 public:
  SweepCsv(std::ostream& out, const Sweep& sweep);
  void add(const SweepRow& row);

 private:
  std::ostream& out_;
  const Sweep& sweep_;
  std::vector<std::size_t> figures_;  ///< that are shown
};

/// What files of results of a sweep say before the rows.
[[nodiscard]] RowFileHead rowFileHeadOf(const Sweep& sweep);

/// The same as one JSON object, `{"columns": […], "objectives": […], "rows": […]}`, row by row; a figure that
/// a point does not have is null.
class SweepJson {
 public:
  SweepJson(std::ostream& out, const Sweep& sweep);
  void add(const SweepRow& row);
  /// Ends the rows; what is written then are further members of the object.
  JsonWriter& closeRows();
  void finish();

 private:
  std::ostream& out_;
  const Sweep& sweep_;
  std::vector<std::size_t> figures_;
  std::vector<RowFileColumn> columns_;
  JsonWriter json_;
  bool rowsOpen_ = true;
};

}  // namespace taktwerk
