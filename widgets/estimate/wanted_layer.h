// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// The layer of an estimate by its name, or by that of one that is fused into it; null when it was not timed.
[[nodiscard]] const LayerEstimate* timedLayer(const NetworkEstimate& estimate, const QString& name);
/// A layer that no program was made for, by its name; null when it is none of those.
[[nodiscard]] const UnmappedLayer* unmappedLayer(const NetworkEstimate& estimate, const QString& name);

/// What a view shows that looks at one layer: the one that is chosen, by the name of the first of its chain,
/// if the estimate knows it; else the one that takes most cycles. Empty when none was timed.
[[nodiscard]] QString wantedLayer(const NetworkEstimate& estimate, const QString& chosen);

}  // namespace taktwerk
