// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/method_comparison.h"

namespace taktwerk {

/// The column of `Regression`: least squares of relative errors, so that small layers count like large ones,
/// on a constant, multiply-accumulates, instructions and words moved; fitted on every other layer that has a
/// reference, and said of those between alone.
[[nodiscard]] MethodColumn regressionColumn(const MethodComparison& comparison);

/// Layers with a reference that a regression needs: as many on either side as it has features, and one more.
inline constexpr std::size_t fewestRegressionLayers = 10;

/// Cycles of a layer that the others are judged by.
[[nodiscard]] std::optional<double> referenceOf(const MethodComparison& comparison, std::size_t layer);

}  // namespace taktwerk
