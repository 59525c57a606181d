// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/architecture.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// A rule as an entry of `connections:`: `{writes: ["pe[r].alu", "pe[r + 1].regs"], for: {r: rows - 1}}`.
[[nodiscard]] YamlNode ruleNode(const ConnectionRule& rule);

/// Bends of a line as they are written: [[120, 40], [120, 200]].
[[nodiscard]] YamlNode viaNode(const std::vector<CanvasPoint>& via);

}  // namespace taktwerk
