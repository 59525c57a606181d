// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/engine/prepare.h"
#include "core/engine/resolver.h"
#include "core/program/program.h"

namespace taktwerk {

/// How often each step of a program is executed; saturates at the largest 64-bit number.
[[nodiscard]] std::vector<std::int64_t> executionsOf(const Program& program);

/// What one instruction asks of the machine, whenever it runs: least figures where a bound from below needs
/// them, largest where a bound from above does. In cycles.
struct InstructionDemand {
  Cycles toUnit = 0;                  ///< least time in the stages between the fetch stage and its unit's
  Cycles toEnd = 0;                   ///< least time from its start until it has completed and left
  Cycles inFlight = 0;                ///< least time from its start until it has completed
  Cycles occupied = 0;                ///< least time it holds the execute stage that processes it
  Cycles serial = 0;                  ///< most: every duration of it after its fetch group's, added up
  std::vector<std::uint32_t> stages;  ///< execute stages one of which processes it, ascending
  std::vector<std::uint32_t> units;   ///< their units, ascending
  std::vector<std::uint32_t> passes;  ///< stages it certainly passes, each for at least the stage's latency
  struct OfMemory {
    std::uint32_t memory = 0;
    Cycles slots = 0, ports = 0;
  };
  std::vector<OfMemory> memories;  ///< by memory named
};

[[nodiscard]] InstructionDemand demandOf(engine::Resolver& resolver, const engine::ResolvedTemplate& content);

/// The demands of a program's instructions, found once for each content.
class Demands {
 public:
  Demands(engine::Resolver& resolver, const engine::Prepared& prepared, const Program& program);

  [[nodiscard]] const Machine& machine() const { return resolver_.machine(); }
  [[nodiscard]] const Program& program() const { return program_; }
  [[nodiscard]] const InstructionDemand& ofStep(std::size_t step) const {
    return byContent_[prepared_.content[program_.steps[step].instruction.index()]];
  }

 private:
  engine::Resolver& resolver_;
  const engine::Prepared& prepared_;
  const Program& program_;
  std::vector<InstructionDemand> byContent_;  // empty for contents this program has not
};

}  // namespace taktwerk
