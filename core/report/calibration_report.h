// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "core/calibration/calibration.h"

namespace taktwerk {

/// Which rows a calibration's table shows.
struct CalibrationTextOptions {
  std::size_t worst = 10;  ///< those that are furthest off; more than there are: all
  std::uint64_t seed = 1;
};

/// "18 rows, 7.9 % off in the mean, bias −1.2 %, at most 21.3 %".
[[nodiscard]] std::string accuracyInWords(const Accuracy& accuracy);
/// "dram_latency 60 → 163, 155 … 171": what was found and how well the rows determine it.
[[nodiscard]] std::string fittedInWords(const FittedParameter& parameter);

/// The latter alone: "155 … 171", "at least 9, the range's end is as good", "not determined by these layers".
[[nodiscard]] std::string bandInWords(const FittedParameter& parameter);

/// Writes how an architecture compares with measured layers, and what fitting brings: both halves, always.
///
///     Gemmini against layers.csv: 36 rows, 44.6 % off in the mean, bias −44.6 %, at most 85.7 %
///     fitted on 18 rows, judged on the 18 others (seed 1, 214 designs)
///
///     rows               before   fitted    bias   most
///     -----------------  ------  -------  ------  ------
///     fitted on          45.1 %    9.0 %  −0.3 %  20.4 %
///     judged on          44.1 %    9.8 %  +1.1 %  24.9 %
///
///     parameter     before  on the half  on all  explained about as well by
///     ------------  ------  -----------  ------  ------------------------------
///     dram_latency      60          163     161  155 … 168
///     run_ahead          4            4       4  not determined by these layers
void writeCalibrationText(std::ostream& out, const Study& study, const Measurements& measurements,
                          const Calibration& calibration, const CalibrationTextOptions& options);

/// The same as JSON: `before` and `after`, each with the accuracy of `all`, `fitted` and `judged`;
/// `parameters`, `rows`, `groups`.
void writeCalibrationJson(std::ostream& out, const Study& study, const Measurements& measurements,
                          const Calibration& calibration, const CalibrationTextOptions& options);

}  // namespace taktwerk
