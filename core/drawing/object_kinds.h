// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/drawing/palette.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What each object of a machine is drawn as, by its place in `Machine::objectNames`.
[[nodiscard]] std::vector<BlockKind> objectKindsOf(const Machine& machine);

}  // namespace taktwerk
