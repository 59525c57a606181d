// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <map>

#include "core/machine/machine.h"

namespace taktwerk {

/// What a stretch of the critical path was spent on (timing.md, "Where the cycles go").
enum class WaitCause : std::uint8_t {
  Busy,        ///< the object worked: a stage's, unit's or memory's own time
  Data,        ///< an operand was still being made; the object made it
  Structural,  ///< a place, slot or port was taken; the object is what was full
  Fetch        ///< instructions were on their way; no object
};

/// Why cycles passed: a kind, and the object of the machine that it concerns. It keeps its identity from the
/// engine to the window; text is made of it in `report` alone (cause_text.h).
struct Cause {
  WaitCause wait = WaitCause::Busy;
  MachineObjectId object;  ///< none of `Fetch`
  friend auto operator<=>(const Cause&, const Cause&) = default;
};

/// Cycles of a critical path by cause; no share is 0, and they add up to the path's cycles.
using Breakdown = std::map<Cause, Cycles>;

}  // namespace taktwerk
