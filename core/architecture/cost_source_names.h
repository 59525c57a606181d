// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/problems.h"

namespace taktwerk {

/// The names in a `cost_source` of the sources of one cost ("area", "leakage", "energy"), in their order:
/// `horowitz`, `[horowitz, cell]`, or a map from costs to either. None where it says nothing of that cost.
[[nodiscard]] std::vector<std::string> costSourceNames(const YamlNode& value, std::string_view cost);

/// Whether a `cost_source` is understood and names entries of `costs:`. Problems: A1007.
bool checkCostSource(const YamlNode& value, const std::vector<CostSource>& sources,
                     const std::string& objectName, Problems& problems);

}  // namespace taktwerk
