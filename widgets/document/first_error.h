// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"

namespace taktwerk {

/// What is said of problems when one is enough: the first error, no warning before it; null without one.
[[nodiscard]] const Diagnostic* firstError(const Diagnostics& problems);

}  // namespace taktwerk
