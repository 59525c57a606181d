// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/program/program.h"

namespace taktwerk {

/// The values of immediates in a program, by operation and name; those with more different values than `most`
/// tell no lengths of tiles and are left out. In the order of operations of the machine, then of names.
[[nodiscard]] std::vector<ImmediateUse> immediatesOf(const Machine& machine, const Program& program,
                                                     std::size_t most = 32);

}  // namespace taktwerk
