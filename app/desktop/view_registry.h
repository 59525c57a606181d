// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "widgets/view/view_spec.h"

namespace taktwerk {

/// Every view of the window, in the order of tabs, docks and menu. A view is described by a function in its
/// own folder; a line in the source adds it.
[[nodiscard]] std::vector<ViewSpec> viewRegistry();

}  // namespace taktwerk
