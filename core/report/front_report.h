// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/report/json_writer.h"
#include "core/search/front_rows.h"
#include "core/sweep/sweep.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// The designs of a sweep that no other dominates, as `FrontRows::rows` gives them.
///
///     front of cycles:min, utilisation:max: 2 points
///     point  arch.rows    cycles  utilisation
///     -----  ---------  --------  -----------
///         3          8   120,000       0.5012
///
/// Rows that could not be compared are counted behind it.
void writeFrontText(std::ostream& out, const Sweep& sweep, const std::vector<SweepRow>& front,
                    std::int64_t leftOut);

/// `"front": [3, 7]`: the numbers of their points, an entry of the innermost object.
void writeFrontJson(JsonWriter& json, const std::vector<SweepRow>& front);

/// A figure for people: whole numbers in groups of three digits, others with four significant ones.
[[nodiscard]] std::string figureInWords(double value);

}  // namespace taktwerk
