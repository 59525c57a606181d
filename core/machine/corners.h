// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

/// Ends of declared ranges that cannot work: each parameter at its least and at its greatest value with the
/// others at their defaults, where bounds and constraints allow that, must give a machine. One that does not
/// is an error (A0118) at the bound, with the value and the first problem of the machine. For a sound
/// architecture; takes an elaboration for each end.
[[nodiscard]] Diagnostics unworkableCorners(const Architecture& architecture);

}  // namespace taktwerk
