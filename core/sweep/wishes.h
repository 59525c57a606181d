// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sweep/sweep.h"

namespace taktwerk {

/// All figures that points of a sweep can have: those that it has anyway, then the traffic of each memory of
/// its architectures but those of instructions.
[[nodiscard]] std::vector<Figure> figuresOffered(const Sweep& sweep);

/// What is wanted of a sweep.
struct SweepWish {
  std::vector<std::string> objectives;  ///< in the words of `parseObjective`
  std::int64_t batch = 1;               ///< inferences one after another, at least 1
};

/// Sets what is looked for; figures that points would not have otherwise are added to the sweep's. Problems:
/// those of `parseObjective`, a figure twice.
[[nodiscard]] std::optional<ObjectiveProblem> wish(Sweep& sweep, const SweepWish& wanted);

/// The places of the figures that tables have columns of beside `cycles`: those of objectives, and with a
/// batch `interval` and `total`.
[[nodiscard]] std::vector<std::size_t> shownFigures(const Sweep& sweep);

}  // namespace taktwerk
