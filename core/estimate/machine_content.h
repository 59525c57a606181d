// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/digest.h"
#include "core/estimate/footprint.h"
#include "core/machine/machine.h"
#include "core/mapping/mapping.h"

namespace taktwerk {

/// A machine as memory knows it, by content.
struct KnownMachine {
  Digest timing;   ///< timingContentOf
  Digest mapping;  ///< mappingViewOf
  Digest energy;   ///< energyContentOf
};
[[nodiscard]] KnownMachine knownAs(const Machine& machine);

/// All that timing can know of a machine, but for addresses and port widths of plain memories: equal for
/// machines on which a program takes the same time for the same reasons if `addAccesses` adds the same for
/// it. Values of parameters count only where a cost still names them.
[[nodiscard]] Digest timingContentOf(const Machine& machine);

/// By memory: all its accesses are those of the program. It is neither DRAM nor a cache, nor behind one.
[[nodiscard]] std::vector<bool> plainMemories(const Machine& machine);

/// What timing can know of the addresses and port widths of the plain memories that a program accesses: not
/// where addresses end, if they end behind the last access, and not how wide ports are, if they are as wide
/// as the widest access.
void addAccesses(Digester& digester, const Machine& machine, const std::vector<bool>& plain,
                 const std::vector<Footprint>& footprints);

/// All that a mapping can know of a machine but values of parameters and the end of a memory that has one
/// range of addresses: operations, registers, units, memories, names of parameters. No latency, no width, no
/// connection is part of it.
[[nodiscard]] Digest mappingViewOf(const Machine& machine);

/// All that it can know of what a machine's parameters are called.
[[nodiscard]] Digest parameterNamesOf(const Machine& machine);

/// The energies of a machine's instructions, and which units they can come to; of one that has none no
/// content. No latency is part of it.
[[nodiscard]] Digest energyContentOf(const Machine& machine);

/// A mapping and all that it can know of a machine, whose `mappingViewOf` is given: with the values of those
/// parameters that it names.
[[nodiscard]] Digest viewOf(const Mapping& mapping, const Digest& mappingView, const Machine& machine);
/// A mapping and all of a machine that decides which layers it takes; `parameterNames` are those of the
/// machine.
[[nodiscard]] Digest conditionViewOf(const Mapping& mapping, const Digest& parameterNames,
                                     const Machine& machine);

}  // namespace taktwerk
