// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// The parameters of an architecture whose values decide what blocks and connections there are, or what is
/// written into them when templates and arrays are written out (`expand`): those named in sizes, ranges,
/// conditions, brackets of ends, arguments, defaults and bounds of templates, and those that share their name
/// with a template's parameter, an index or a variable, which then stand in for them. With equal values of
/// these, `expand` gives the same blocks and connections. None of a file without templates, arrays and
/// ranges.
[[nodiscard]] std::set<std::string, std::less<>> structuralParameters(const Architecture& architecture);

}  // namespace taktwerk
