// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/front/front.h"

namespace taktwerk {

/// How values count in a volume.
enum class FrontScale : std::uint8_t {
  Linear,
  Logarithmic  ///< their logarithms: half of a large value is worth as much as half of a small one
};

/// How much of the space of the objectives is dominated: the volume of all that some point is better than and
/// that is itself better than the reference (Zitzler, Thiele, "Multiobjective evolutionary algorithms: a
/// comparative case study and the strength Pareto approach", IEEE Trans. Evolutionary Computation 3, 1999).
/// The larger, the better the points; of fronts of the same designs their ratio says how near one comes to
/// the other.
///
/// `reference` has a value a column. Points that are not better than it everywhere, and those with a NaN, add
/// nothing. Exact: by sweeps in O(n log n) for two and three objectives, else by exclusive volumes (While,
/// Bradstreet, Barone, "A fast way of calculating exact hypervolumes", IEEE Trans. Evolutionary Computation
/// 16, 2012), whose time grows fast with the objectives. NaN on a logarithmic scale if a value or the
/// reference is not above 0. Throws std::invalid_argument for columns, or a reference, of different lengths.
[[nodiscard]] double hypervolume(const std::vector<FrontColumn>& columns,
                                 const std::vector<double>& reference, FrontScale scale = FrontScale::Linear);

/// A reference beyond all points: of each column the worst value there is, made worse by a factor. Where
/// larger values are better it is divided by it. A column without values gives NaN.
[[nodiscard]] std::vector<double> referenceBeyond(const std::vector<FrontColumn>& columns,
                                                  double factor = 1.1);

}  // namespace taktwerk
