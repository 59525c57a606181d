// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/object_table.h"
#include "core/analysis/utilisation.h"
#include "core/estimate/estimate.h"
#include "widgets/document/document.h"

namespace taktwerk {

/// The object of the machine as it is shown: itself, or the closed group it is in; invalid when it is
/// neither.
[[nodiscard]] ShownId shownObject(MachineObjectId object, const ObjectTable& objects, const Document& shown);

/// By object of `shown` the share of all cycles spent in it or waiting for it; what is in a closed group
/// counts for the group. Empty without cycles.
[[nodiscard]] std::vector<double> sharesOf(const NetworkEstimate& estimate, const ObjectTable& objects,
                                           const Document& shown);

/// By object of `shown` how much of the time it was busy, 0 to 1: of a closed group the places of all that is
/// in it together; −1 of what does nothing by itself. Empty where nothing is known.
[[nodiscard]] std::vector<double> heatOf(const UtilisationTable& table, const ObjectTable& objects,
                                         const Document& shown);

}  // namespace taktwerk
