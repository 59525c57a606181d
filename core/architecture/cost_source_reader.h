// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/problems.h"

namespace taktwerk {

/// Reads `costs:`, where the costs of objects are from:
///
///     costs:
///       horowitz:
///         source: M. Horowitz, Computing's energy problem, ISSCC 2014
///         technology: 45 nm, 0.9 V
///         scale: absolute
///         note: which costs it is of
///
/// `source` and `scale` (`absolute` or `relative`) are needed. Problems: A1002 of the section, A1003 of an
/// entry. False when something was not understood.
bool readCostSources(const YamlNode& node, std::vector<CostSource>& sources, Problems& problems);

}  // namespace taktwerk
