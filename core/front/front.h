// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace taktwerk {

/// What points are compared by: the value of each in one objective.
struct FrontColumn {
  std::span<const double> values;
  bool larger = false;  ///< larger values are better
};

/// A column each of lists of values of which smaller are better. The lists live longer.
[[nodiscard]] std::vector<FrontColumn> columnsOf(const std::vector<std::vector<double>>& values);

/// The Pareto front: the points that no other dominates, by their places in the columns, ascending. A point
/// dominates another if it is nowhere worse and somewhere better, so points with equal values are on the
/// front together, or none of them is. Points with a NaN anywhere are left out: they are not on the front and
/// dominate nothing; infinities are values. Without columns there are no points. Throws std::invalid_argument
/// for columns of different lengths.
///
/// In O(n log n) for up to three objectives (the sweep of Kung, Luccio, Preparata, "On finding the maxima of
/// a set of vectors", JACM 22, 1975, with a Fenwick tree of minima as the balanced structure of three), and
/// in O(n log^(m-1) n) by divide and conquer, as there, for m.
[[nodiscard]] std::vector<std::size_t> nonDominated(const std::vector<FrontColumn>& columns);

/// The same of points with a value an objective each; `larger` as in the columns. Points without values are
/// left out.
[[nodiscard]] std::vector<std::size_t> nonDominated(const std::vector<std::vector<double>>& points,
                                                    const std::vector<bool>& larger);

}  // namespace taktwerk
