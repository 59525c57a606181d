// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace taktwerk {

/// "−3.2 %", "+12.0 %" of a change as a part of what it was before.
[[nodiscard]] QString changeInPercent(double change);

}  // namespace taktwerk
