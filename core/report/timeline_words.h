// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/analysis/timeline.h"

namespace taktwerk {

/// What was waited for: "a value that lsu still makes (RAW)", "room in the issue buffer of fetch".
[[nodiscard]] std::string waitInWords(const TimelineWait& wait, const Machine& machine);

/// Where a bar was, when, and what it waited for before:
///
///     alu (unit): cycles 120 to 124; waited 6 cycles from 114 on: a value that lsu still makes (RAW); 11
///     load
[[nodiscard]] std::string barInWords(const TimelineBar& bar, const Machine& machine);

/// An instruction with its operands, and each of its bars, a line each.
[[nodiscard]] std::vector<std::string> instructionInWords(const TimelineInstruction& instruction,
                                                          const Machine& machine);

}  // namespace taktwerk
