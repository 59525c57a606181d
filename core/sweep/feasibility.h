// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/study/study.h"

namespace taktwerk {

/// Why a study cannot be with the values that it sets, found out before anything is elaborated: a parameter
/// of the architecture outside its bounds, or a constraint that does not hold. Empty: nothing speaks against
/// it.
[[nodiscard]] std::string whyInfeasible(const Study& study);

}  // namespace taktwerk
