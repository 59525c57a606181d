// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/architecture/declared_figure.h"
#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// Reads `figures:`, the author's own:
///
///     figures:
///       price: {unit: EUR, better: less, description: of the parts}
///
/// All keys may be left out; less is better then. Problems (A1008): of the section and of entries. False when
/// something was not understood.
bool readFigures(const YamlNode& node, std::vector<DeclaredFigure>& figures, Problems& problems);

}  // namespace taktwerk
