// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/editing/fragment.h"

namespace taktwerk {

/// Whole entries of `objects:`, arrays and instances among them, as text for the clipboard: as written, with
/// the templates and parameters they use and every rule they have a part in, so that wires to what is around
/// them come along. `placeOf` tells where an entry stands.
[[nodiscard]] std::string fragmentOfEntries(const Architecture& architecture,
                                            const std::set<std::string>& entries,
                                            const std::function<CanvasPoint(const std::string&)>& placeOf);

/// Whether what a fragment has instances of is known to an architecture, so that its entries can be added.
[[nodiscard]] bool hasTemplatesOf(const Architecture& into, const Architecture& part);

/// Adds to `paste` the entries of a fragment, read as `part`, and its rules; those that end at nothing that
/// is in `into` are left out.
void pasteEntries(const Architecture& into, const Architecture& part, std::string_view fragment,
                  CanvasPoint offset, Paste& paste);

/// A name for an object that is copied: its own where that is free and no element's.
[[nodiscard]] std::string freeNameLike(const Architecture& into, const std::string& wanted,
                                       const std::vector<std::string>& taken);

}  // namespace taktwerk
