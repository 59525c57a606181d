// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/sweep/figures.h"

namespace taktwerk {

/// What is looked for among designs: the least of a figure, or the most.
struct Objective {
  std::string figure;  ///< its name, one of `Sweep::figures`
  Figure::Better direction = Figure::Better::Less;

  friend bool operator==(const Objective&, const Objective&) = default;
};

/// What is wrong with a text, in words for the user.
struct ObjectiveProblem {
  std::string message;
};

/// An objective as the command line writes it: `NAME`, `NAME:min` or `NAME:max`. Without a direction it is
/// the one in which the figure is better. Problems: a figure that there is not, another word for a direction.
[[nodiscard]] std::variant<Objective, ObjectiveProblem> parseObjective(std::string_view text,
                                                                       const std::vector<Figure>& figures);

/// "area:min", as `parseObjective` reads it.
[[nodiscard]] std::string toString(const Objective& objective);

/// Whether the first value is better than the second. What has no value (NaN) is never better, and worse than
/// every value.
[[nodiscard]] bool isBetter(const Objective& objective, double first, double second);

}  // namespace taktwerk
