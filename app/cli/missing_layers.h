// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/estimate/estimate.h"
#include "core/network/network.h"

namespace taktwerk::cli {

/// One warning for each layer without a mapping, at its place in the network file, and one for the total
/// (E0005, E0006); nothing of what is complete.
[[nodiscard]] Diagnostics warningsAbout(const NetworkEstimate& estimate, const Network& network);

}  // namespace taktwerk::cli
