// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <optional>
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
/// Behind it stands how much of the space of objectives it dominates, where that is known, and how many rows
/// could not be compared:
///
///     it dominates 63.1 % of the box from the best figures to 1.1 times the worst (hypervolume, by
///     logarithms)
void writeFrontText(std::ostream& out, const Sweep& sweep, const std::vector<SweepRow>& front,
                    const std::optional<FrontVolume>& volume, std::int64_t leftOut);

/// Entries of the innermost object: `"front": [3, 7]`, the numbers of their points, and where it is known
/// `"hypervolume": {"share": 0.631, "logarithmic": true, "reference": [990.0, 0.05]}`.
void writeFrontJson(JsonWriter& json, const std::vector<SweepRow>& front,
                    const std::optional<FrontVolume>& volume);

/// A figure for people: whole numbers in groups of three digits, others from 1,000 on rounded to these and
/// below it with four significant digits.
[[nodiscard]] std::string figureInWords(double value);

}  // namespace taktwerk
