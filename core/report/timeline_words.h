// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/analysis/timeline.h"

namespace taktwerk {

/// What was waited for: "a value that lsu still makes (RAW)", "room in the issue buffer of fetch".
[[nodiscard]] std::string waitInWords(const TimelineWait& wait, const Machine& machine);

}  // namespace taktwerk
