// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/mapping/mapping_document.h"

namespace taktwerk {

/// The names that may be parameters of an architecture, of those that conditions and tunables of a mapping
/// need, by themselves or by the values and sizes they name; in alphabetical order. Whether the mapping takes
/// a layer depends on no other parameter.
[[nodiscard]] std::vector<std::string> conditionParametersOf(const MappingDocument& document);

}  // namespace taktwerk
