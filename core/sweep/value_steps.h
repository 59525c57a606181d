// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// Where a figure jumps, or stays the same, while one parameter changes and all others are equal.
struct ValueStep {
  enum class Kind : std::uint8_t {
    Cliff,   ///< from one value of the parameter to the next the figure changes beyond what is around it
    Plateau  ///< several values of the parameter have the very same figure
  };
  Kind kind = Kind::Cliff;
  std::uint32_t from = 0, to = 0;  ///< rows: of a cliff neighbours, of a plateau its first and its last
  std::size_t line = 0;            ///< of designs that differ in the parameter alone, from 0
  std::int64_t points = 2;         ///< of the line from `from` to `to`, both counted
  double change = 0;               ///< figure at `to` over that at `from`, less 1; 0 of a plateau
  double explained = 0;            ///< of a cliff the change nearest to it that its neighbours explain

  /// Whether it is the same step, be it of another finding: results that came in the meantime may change its
  /// figures and the number of its line.
  [[nodiscard]] bool isBetweenEndsOf(const ValueStep& other) const {
    return kind == other.kind && from == other.from && to == other.to;
  }
  friend bool operator==(const ValueStep&, const ValueStep&) = default;
};

/// The steps of a table along one parameter.
struct ValueSteps {
  /// Cliffs, the largest change first, then plateaus, the longest first; equal ones in the order of the
  /// table.
  std::vector<ValueStep> steps;
  /// By line, of at least two points, its rows in the order of the parameter.
  std::vector<std::vector<std::uint32_t>> rowsOf;
  std::int64_t points = 0;  ///< in lines
  std::int64_t alone = 0;   ///< rows that no other row has as a neighbour
  std::int64_t withoutFigure =
      0;                        ///< rows that were left out: no figure above 0, or no value of the parameter
  std::int64_t staircases = 0;  ///< lines of two plateaus or more

  [[nodiscard]] std::int64_t lines() const { return static_cast<std::int64_t>(rowsOf.size()); }
  [[nodiscard]] std::int64_t count(ValueStep::Kind kind) const;
};

/// What is asked for.
struct StepQuestion {
  std::size_t parameter = 0, figure = 0;
  /// Columns that follow from others, so that they never have to be equal.
  std::vector<std::string> derived;
};

/// A cliff changes the figure by that much at least, and by that much more than its neighbours explain …
inline constexpr double leastCliff = 0.05;
/// … and by that part of what they explain.
inline constexpr double cliffBeyond = 0.5;

/// Steps of a figure among some rows of a table. The rule:
///
/// - A *line* are rows that are equal in every varied column but the parameter, its points in the order of
///   the parameter; of several rows with one value the first counts. Derived columns need not be equal, nor
///   do those that change with the parameter alone and in one direction over at least four values.
/// - The *slope* between two neighbours is the difference of the figure's logarithm over that of the
///   parameter's logarithm (over the parameter's own where a value is 0 or less): a figure that is
///   proportional to a power of the parameter has the same slope everywhere.
/// - From one point to the next its neighbours, the step before and the step behind, *explain* every change
///   between those that their slopes would give there. What changes by more than that, by at least 5 % and
///   half of what is explained, and by 5 % in all, is a *cliff*. A line whose slope only grows, or only
///   falls, has none; nor has a line of two points, whose only step has no neighbour.
/// - A *plateau* are two or more points, one after the other, of equal figures (to 9 digits). A line of two
///   or more plateaus is a *staircase*.
///
/// Cancelled: what was found so far.
[[nodiscard]] ValueSteps stepsAlong(const RowTable& table, std::span<const std::uint32_t> rows,
                                    const StepQuestion& question, const Progress& progress);

/// Whether steps can be asked for along a column: numbers that were varied.
[[nodiscard]] bool hasSteps(const RowTable& table, std::size_t column);

}  // namespace taktwerk
