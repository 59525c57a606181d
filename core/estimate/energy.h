// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/preparation/resolver.h"
#include "core/estimate/estimate.h"
#include "core/program/program.h"

namespace taktwerk {

/// What one kind of thing that a group of objects did has cost.
struct EnergyShare {
  /// Of `MachineCosts::groups`, ascending; several where units of different groups could take an instruction.
  std::vector<std::uint32_t> groups;
  std::string what;        ///< an operation, "read", "write" or "fetch"
  std::int64_t count = 0;  ///< instructions, accesses, registers read or written; saturates
  /// pJ. They differ where units of different energies could take an instruction, and which one does is
  /// decided as the program runs.
  double least = 0, most = 0;
  friend bool operator==(const EnergyShare&, const EnergyShare&) = default;
};

/// "pe.alu"; "adder or alu" of several groups.
[[nodiscard]] std::string whose(const EnergyShare& share, const MachineCosts& costs);

/// What a layer cost, but for leakage.
struct LayerEnergy {
  std::vector<EnergyShare> shares;     ///< by groups, then by what
  std::vector<std::uint32_t> leftOut;  ///< groups that did something whose energy is not known, ascending
  friend bool operator==(const LayerEnergy&, const LayerEnergy&) = default;
};

/// What the instructions of a program cost on the resolver's machine, whose energies are known: each as often
/// as it is executed, on the unit that takes it, with its fetch and the registers it reads and writes.
/// Counted on the loop tree, so in time of its length.
///
/// A fetch reads the instruction memory in groups of `port_width` instructions, the last of them for fewer.
[[nodiscard]] std::shared_ptr<const LayerEnergy> energyOfInstructions(engine::Resolver& resolver,
                                                                      const Program& program);

/// The order of shares: by groups, then by what.
[[nodiscard]] bool goesBefore(const EnergyShare& a, const EnergyShare& b);

/// The part of `energyOf` that accesses to memories are.
[[nodiscard]] LayerEnergy energyOfAccesses(const LayerEstimate& layer, const Machine& machine);

/// What a layer cost on a machine: its instructions, and the accesses to memories, of which `traffic` has
/// counted each, also those of a cache to what is behind it. Empty where no energy is known. Where no traffic
/// was counted, every memory is left out.
[[nodiscard]] LayerEnergy energyOf(const LayerEstimate& layer, const Machine& machine);

}  // namespace taktwerk
