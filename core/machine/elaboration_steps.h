// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// The steps of `elaborate` after templates and arrays are written out. Whether what is written out is right
/// but for the values of its attributes; with connections that could not be read (`complete` false) nothing
/// is said to be missing.
void validateFlat(const Architecture& architecture, Problems& problems, bool complete);

/// The machine of an architecture that is, with these values; null with errors. `expressions` may be null.
[[nodiscard]] std::shared_ptr<const Machine> machineOf(const Architecture& architecture,
                                                       const ParameterMap& parameters, Problems& problems,
                                                       ExpressionCache* expressions);

}  // namespace taktwerk
