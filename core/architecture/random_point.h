// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/architecture/architecture.h"
#include "core/architecture/parameters.h"
#include "core/base/expression_cache.h"

namespace taktwerk {

/// Draws of one point that may break a constraint before there is taken to be none.
inline constexpr int mostDraws = 10'000;

/// A random feasible point of the declared ranges: a value for each parameter that has both a minimum and a
/// maximum, or lists its values; the others have their defaults. The same `seed` gives the same point
/// everywhere.
///
/// Parameters are drawn in the order of their bounds (`inOrderOfBounds`), each within the bounds that the
/// ones before leave it: one of its values; else, of a range of at most 17 values, each with the same chance;
/// of a wider range, each doubling of the distance from the minimum with the same chance, and each value
/// within it. Points that break a constraint, or leave a parameter no value, are drawn again.
/// None where `mostDraws` draws found none.
[[nodiscard]] std::optional<ParameterMap> randomPoint(const Architecture& architecture, std::uint64_t seed,
                                                      ExpressionCache* expressions = nullptr);

}  // namespace taktwerk
