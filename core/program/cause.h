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

/// What of an object was waited for: a `Data` or `Structural` wait told more finely. In the order in which
/// ties of one instruction and object are decided: what is over first comes first.
enum class WaitDetail : std::uint8_t {
  None,
  // Data: a hazard (timing.md, section 3, Start)
  MemoryRaw,    ///< words of a memory that were still to be written
  MemoryWaw,    ///< words that another write had to reach first
  MemoryWar,    ///< words that still had to be read
  RegisterRaw,  ///< a register's value that was still being made
  RegisterWaw,  ///< a register that another result had to reach first
  RegisterWar,  ///< a register that an older instruction still had to read
  // Structural
  Queue,     ///< older instructions stood before it in the same stage
  Place,     ///< the next stage had no place
  InFlight,  ///< the unit had `max_in_flight` under way
  Slot,      ///< the memory served as many requests as it can
  Port,      ///< all ports of the memory were taken
  Row        ///< another row of the DRAM's bank was open and in use, or still being opened
};

/// Why cycles passed: a kind, the object of the machine that it concerns, and what of it. It keeps its
/// identity from the engine to the window; text is made of it in `report` alone (cause_text.h).
struct Cause {
  WaitCause wait = WaitCause::Busy;
  MachineObjectId object;  ///< none of `Fetch`
  WaitDetail detail = WaitDetail::None;
  friend auto operator<=>(const Cause&, const Cause&) = default;

  /// The cause without what of the object it was.
  [[nodiscard]] Cause coarse() const { return {wait, object, WaitDetail::None}; }
};

/// Cycles of a critical path by cause; no share is 0, and they add up to the path's cycles.
using Breakdown = std::map<Cause, Cycles>;

}  // namespace taktwerk
