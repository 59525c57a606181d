// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/machine/machine.h"

namespace taktwerk {

using ParameterValues = std::map<std::string, std::int64_t, std::less<>>;

/// Computes every attribute of a valid architecture with `overrides` for its parameters (defaults for the
/// rest). Errors: an unknown parameter, a value outside its range, an expression that is not a whole
/// number of at least 0, an issue buffer smaller than the fetch width, a fetch of 0 cycles, … each at
/// the line of the attribute.
[[nodiscard]] Result<std::shared_ptr<const Machine>> elaborate(const Architecture& architecture,
                                                               const ParameterValues& overrides = {});

}  // namespace taktwerk
