// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/machine/machine.h"
#include "core/mapping/mapping.h"

namespace taktwerk {

/// A machine as memory knows it: equal numbers, equal content.
struct KnownMachine {
  std::uint64_t timing = 0;   ///< of all that timing can know
  std::uint64_t mapping = 0;  ///< of all that mappings can know, but for parameters
  std::uint64_t energy = 0;   ///< of the energies of its instructions; 0: it has none
};

/// All that timing can know of a machine, as bytes: equal for machines on which every program takes the same
/// time for the same reasons. Values of parameters count only where a cost still names them.
[[nodiscard]] std::string timingContentOf(const Machine& machine);

/// All that a mapping can know of a machine but values of parameters: operations, registers, units, memories
/// with their addresses, names of parameters. No latency, no width, no connection is part of it.
[[nodiscard]] std::string mappingViewOf(const Machine& machine);

/// The energies of a machine's instructions, as bytes; empty where it has none.
[[nodiscard]] std::string energyContentOf(const Machine& machine);

/// The values of the architecture's parameters that a mapping names, as bytes.
[[nodiscard]] std::string parametersSeenBy(const Mapping& mapping, const Machine& machine);

}  // namespace taktwerk
