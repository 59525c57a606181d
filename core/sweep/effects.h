// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// The designs with one value of a column, or with values of one range.
struct EffectLevel {
  double first = 0, last = 0;  ///< its values; NaN: none
  std::int64_t rows = 0;
  double mean = 0;             ///< of the figure: geometric where `Effects::logarithmic`
  double least = 0, most = 0;  ///< of the figure
};

/// What a column does to a figure.
struct MainEffect {
  std::size_t column = 0;
  /// Of the figure's variance the share that lies between the levels, 0 to 1 (the correlation ratio η², R. A.
  /// Fisher, Statistical Methods for Research Workers, 1925): 1, if the column alone decides.
  double share = 0;
  std::vector<EffectLevel> levels;
};

/// What two columns do together beyond what each does.
struct Interaction {
  std::size_t first = 0, second = 0;
  double share = 0;  ///< of the variance: that of both together less that of each
};

/// Which column matters for a figure: columns that were varied, the one with the largest share first, and
/// pairs of them. Shares add up to 1 only where every combination of values is there as often; of samples
/// they are estimates, and chance alone gives a column of many levels a share.
struct Effects {
  bool logarithmic = false;  ///< shares and means are of the figure's logarithm
  std::int64_t rows = 0;     ///< with a figure
  std::vector<MainEffect> main;
  std::vector<Interaction> pairs;
};

/// Logarithms are taken where all figures are above 0: halving counts as doubling does. A column of more than
/// 12 values is divided into 12 levels with about as many rows. Cancelled: what was found so far.
[[nodiscard]] Effects effectsOn(const RowTable& table, std::span<const std::uint32_t> rows,
                                std::size_t figure, const Progress& progress);

}  // namespace taktwerk
