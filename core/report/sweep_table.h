// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string_view>

#include "core/report/json_writer.h"
#include "core/sweep/sweep.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// Writes the rows of a sweep as a table with commas, each on a line of its own: the point's number and
/// values, then `resultColumns`. Figures of a point without any are empty.
class SweepCsv {
 public:
  SweepCsv(std::ostream& out, const Sweep& sweep);
  void add(const SweepRow& row);

 private:
  std::ostream& out_;
  const Sweep& sweep_;
};

/// The same as one JSON object, `{"columns": […], "rows": […]}`, row by row.
class SweepJson {
 public:
  SweepJson(std::ostream& out, const Sweep& sweep);
  void add(const SweepRow& row);
  void finish();

 private:
  std::ostream& out_;
  const Sweep& sweep_;
  JsonWriter json_;
};

/// A cell of a table with commas: in double quotes where it has to be.
[[nodiscard]] std::string csvCell(std::string_view text);

}  // namespace taktwerk
