// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/attribute_values.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// The figures that an architecture declares, each with the sum of what its objects add, with the parameters'
/// values. Problems: those of the values.
[[nodiscard]] std::vector<MachineFigure> figuresOf(const Architecture& architecture,
                                                   const ValueContext& context);

}  // namespace taktwerk
