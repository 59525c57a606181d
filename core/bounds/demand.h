// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/preparation/prepare.h"
#include "core/engine/preparation/resolver.h"
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

/// The demands of instructions resolved by one resolver, each found once.
class DemandTable {
 public:
  explicit DemandTable(engine::Resolver& resolver) : resolver_(resolver) {}
  [[nodiscard]] engine::Resolver& resolver() const { return resolver_; }
  /// By number at the resolver. The reference is valid until the next call with a new number.
  const InstructionDemand& operator[](std::uint32_t content);

 private:
  engine::Resolver& resolver_;
  std::vector<std::optional<InstructionDemand>> byContent_;
};

/// The demands of a program's instructions. The table must outlive it.
class Demands {
 public:
  Demands(DemandTable& table, const engine::Prepared& prepared, const Program& program);

  [[nodiscard]] const Machine& machine() const { return table_.resolver().machine(); }
  [[nodiscard]] const Program& program() const { return program_; }
  /// The number at the resolver of a step's instruction.
  [[nodiscard]] std::uint32_t contentOf(std::size_t step) const {
    return prepared_.content[program_.steps[step].instruction.index()];
  }
  [[nodiscard]] const InstructionDemand& operator[](std::uint32_t content) const { return table_[content]; }
  [[nodiscard]] const InstructionDemand& ofStep(std::size_t step) const { return table_[contentOf(step)]; }

 private:
  DemandTable& table_;
  const engine::Prepared& prepared_;
  const Program& program_;
};

}  // namespace taktwerk
