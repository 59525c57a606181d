// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/sweep/figures.h"
#include "core/sweep/objective.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

/// What a figure of a design has to be at least, or at most.
struct Goal {
  std::string figure;                            ///< one of `Sweep::figures`
  Figure::Better better = Figure::Better::Less;  ///< more: at least, less: at most
  double bound = 0;

  friend bool operator==(const Goal&, const Goal&) = default;
};

/// A goal as the command line writes it: `FIGURE >= NUMBER` or `FIGURE <= NUMBER`. Problems: neither, no
/// number, a figure that there is not.
[[nodiscard]] std::variant<Goal, ObjectiveProblem> parseGoal(std::string_view text,
                                                             const std::vector<Figure>& figures);
/// "cycles <= 30000"
[[nodiscard]] std::string toString(const Goal& goal);

/// By which share of the bound a value misses it (of a bound of 0: by how much): 0 where it is reached, NaN
/// without a value.
[[nodiscard]] double shortfall(const Goal& goal, double value);

/// Reads goals, and makes their figures columns of the sweep: objectives behind those that it has. Problems:
/// those of `parseGoal`.
[[nodiscard]] std::variant<std::vector<Goal>, ObjectiveProblem> setGoals(
    Sweep& sweep, const std::vector<std::string>& texts);

}  // namespace taktwerk
