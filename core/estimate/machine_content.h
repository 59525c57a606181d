// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/digest.h"
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

/// All that timing can know of a machine: equal for machines on which every program takes the same time for
/// the same reasons. Values of parameters count only where a cost still names them.
[[nodiscard]] Digest timingContentOf(const Machine& machine);

/// All that a mapping can know of a machine but values of parameters: operations, registers, units, memories
/// with their addresses, names of parameters. No latency, no width, no connection is part of it.
[[nodiscard]] Digest mappingViewOf(const Machine& machine);

/// The energies of a machine's instructions; of one that has none no content.
[[nodiscard]] Digest energyContentOf(const Machine& machine);

/// A mapping and all that it can know of a machine, whose `mappingViewOf` is given: with the values of those
/// parameters that it names.
[[nodiscard]] Digest viewOf(const Mapping& mapping, const Digest& mappingView, const Machine& machine);

}  // namespace taktwerk
