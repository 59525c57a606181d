// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/estimate/layer_task.h"

namespace taktwerk {

/// The programs of the tasks in `wanted` with the tunables that are given, in the order of `wanted`; those
/// that the memory does not hold are made, and kept there. What is made of one mapping shares a table of
/// instructions, which makes it, and whatever is timed of it, faster than each by itself; nobody else sees
/// the table before it is complete. Those of a stop are incomplete, see `mapLayers`.
[[nodiscard]] std::vector<KeyedProgram> makePrograms(const Machine& machine, const Network& network,
                                                     const std::vector<LayerTask>& tasks,
                                                     const std::vector<std::size_t>& wanted,
                                                     const EstimateOptions& options,
                                                     const Remembered& remembered, const Progress& progress);

}  // namespace taktwerk
