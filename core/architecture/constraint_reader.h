// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// Reads the value of `constraints:`:
///
///     constraints:
///       - {condition: rows * columns <= 131072, reason: the matrix unit has at most 128 Ki multipliers}
///
/// An entry with a problem is reported and left out; false where that happened.
bool readConstraints(YamlNode& node, std::vector<ParameterConstraint>& constraints, Problems& problems);

}  // namespace taktwerk
