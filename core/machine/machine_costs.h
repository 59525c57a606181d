// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/attribute_values.h"
#include "core/architecture/parameters.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// The energy of an instruction in pJ: a constant, or an expression over its immediates.
struct InstructionCost {
  double constant = 0;
  std::shared_ptr<const Expression> expression;  ///< null: `constant`
  std::shared_ptr<const ParameterMap> parameters;

  /// `lookup` gives immediates. None where the expression has no value, or one below 0.
  [[nodiscard]] std::optional<double> evaluate(const Expression::Lookup& lookup) const;
};

/// The energy of an access in pJ: `each + perWord * words`.
struct AccessCost {
  double each = 0;
  double perWord = 0;
  [[nodiscard]] double of(std::int64_t accesses, std::int64_t words) const {
    return each * static_cast<double>(accesses) + perWord * static_cast<double>(words);
  }
};
struct ReadWriteCost {
  std::optional<AccessCost> read, write;
};

/// What all objects of a machine have together of a cost.
struct CostSum {
  std::optional<double> total;         ///< none: no object has it
  std::vector<double> byGroup;         ///< as `MachineCosts::groups`
  std::vector<std::uint32_t> leftOut;  ///< groups that have an object without it, ascending
};

/// Where the costs of a group are from, by places in `MachineCosts::sources`, ascending; empty: that is not
/// said, or it has no such cost.
struct GroupSources {
  std::vector<std::uint32_t> area, leakage, energy;
};

/// What a machine's architecture says of costs, with the parameters' values: area in µm², leakage in µW,
/// energies in pJ. It takes no part in timing: machines that differ in it alone share timings.
///
/// Objects that differ in their indices alone are one group: "pe.alu" is `pe[0][0].alu` and its like.
struct MachineCosts {
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  std::vector<CostSource> sources;
  std::vector<std::string> groups;
  std::vector<std::uint32_t> groupOf;   ///< by object
  std::vector<GroupSources> sourcesOf;  ///< by group
  CostSum area, leakage;

  bool hasEnergy = false;  ///< some object has an energy
  /// Groups that have an object which does something and has no energy, or none of something that it can do,
  /// ascending.
  std::vector<std::uint32_t> energyLeftOut;
  /// Different ones of all units: by place of an operation in `Unit::operations` a place in
  /// `instructionCosts`, or `none`.
  std::vector<std::vector<std::uint32_t>> operationCosts;
  std::vector<InstructionCost> instructionCosts;
  std::vector<std::uint32_t> ofUnit;  ///< by UnitId: a place in `operationCosts`, or `none`
  std::vector<ReadWriteCost> ofRegisterFile, ofMemory;
  std::optional<double> ofFetch;  ///< of an instruction that is fetched and issued
  ReadWriteCost ofInstructionMemory;

  /// The cost of an operation on a unit; null where it is not known.
  [[nodiscard]] const InstructionCost* of(const Machine& machine, UnitId unit, OperationId operation) const;
};

/// The costs of an architecture that became this machine; null where it declares no sources of costs.
/// Problems: those of the values.
[[nodiscard]] std::shared_ptr<const MachineCosts> costsOf(const Architecture& architecture,
                                                          const Machine& machine,
                                                          const ValueContext& context);

}  // namespace taktwerk
