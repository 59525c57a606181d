// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/architecture/architecture.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"

namespace taktwerk {

/// Values by parameter name.
using ParameterMap = std::map<std::string, std::int64_t, std::less<>>;

/// The value of every parameter: that of `overrides`, or the default. Defaults that are expressions follow
/// the values of the parameters they name. Problems: a parameter the architecture does not have, defaults
/// that depend on each other in a circle (the chain is named), an expression that fails; a parameter with a
/// problem has its stored default. With `overrides`, a point that its bounds or constraints do not allow
/// (A0117); without, what is wrong with bounds and constraints themselves (range_rules.h).
/// `expressions` remembers what was parsed.
[[nodiscard]] ParameterMap resolveParameters(const Architecture& architecture, const ParameterMap& overrides,
                                             Problems& problems, ExpressionCache* expressions = nullptr);

}  // namespace taktwerk
