// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/preparation/resolver.h"
#include "core/program/program.h"

namespace taktwerk {

/// What one memory range asks of the memory it names, wherever it lies: least figures over all addresses,
/// hits and open rows. All in cycles.
struct LeastAccess {
  Cycles slots = 0;  ///< its pieces hold slots of the memory (or its banks), added up
  Cycles ports = 0;  ///< and ports
  Cycles first = 0;  ///< from the grant of any one of its pieces to that piece being ready
};
/// `burst` is the unit's burst_words, 0 if it has none.
[[nodiscard]] LeastAccess leastAccess(engine::Resolver& resolver, const AccessShape& access, bool write,
                                      Words burst);

/// The cycles in which anything a memory range causes is under way, added up at worst over all addresses:
/// every piece on its own, every row closed by another, every cache line a miss with a dirty victim.
[[nodiscard]] Cycles mostAccess(engine::Resolver& resolver, const AccessShape& access, bool write,
                                Words burst);

/// The largest number of pieces a range can be cut into.
[[nodiscard]] Words mostPieces(const Memory& memory, Words words, Words burst);

}  // namespace taktwerk
