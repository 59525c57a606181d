// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk::reference {

/// What a unit's attributes come to for the immediates of one instruction.
struct UnitCosts {
  Cycles latency = 0;
  Cycles initiationInterval = 0;
  Cycles computeLatency = 0;
  std::map<RegisterFileId, Cycles> resultLatency;  ///< of the register files that have one
};

/// Where the instructions of one template may go.
struct Route {
  std::map<StageId, UnitId> processedBy;  ///< execute stages with a supporting unit: the first declared
  std::vector<bool> leads;                ///< by stage: it has such a unit or forwards, at last, to one
  std::map<UnitId, UnitCosts> costs;      ///< of the units it can get to
};

struct RouteError {
  const char* code;
  std::string message;
};

/// True if the unit lists the operation, reads and writes what the instruction does, accesses memory if the
/// instruction does, and is the unit named, if one is.
[[nodiscard]] bool supports(const Machine& machine, UnitId id, const InstructionTemplate& instruction);

/// The route of a template, or why there is none.
[[nodiscard]] std::pair<std::optional<Route>, RouteError> findRoute(const Machine& machine,
                                                                    const InstructionTemplate& instruction);

}  // namespace taktwerk::reference
