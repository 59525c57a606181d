// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/energy.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/joined.h"
#include "core/bounds/demand.h"
#include "core/bounds/saturating.h"
#include "core/machine/machine_costs.h"

namespace taktwerk {
namespace {

/// Adds shares up by group and by what they are of.
class EnergySums {
 public:
  explicit EnergySums(const MachineCosts& costs) : costs_(costs) {}

  void add(const std::vector<std::uint32_t>& groups, std::string_view what, std::int64_t count, double least,
           double most) {
    auto& share = shares_[{groups, std::string(what)}];
    share.count = saturatingSum(share.count, count);
    share.least += least;
    share.most += most;
  }
  /// Of one group, for which there is no list to be made: thousands of instructions are of few groups. `what`
  /// lives as long as this.
  void add(std::uint32_t group, std::string_view what, std::int64_t count, double least, double most) {
    auto& share = singles_[{group, what}];
    share.count = saturatingSum(share.count, count);
    share.least += least;
    share.most += most;
  }
  void leaveOut(std::uint32_t object) { leftOut_.insert(costs_.groupOf[object]); }

  /// Accesses to one object.
  void addAccesses(std::uint32_t object, std::string_view what, const std::optional<AccessCost>& cost,
                   std::int64_t accesses, std::int64_t words) {
    if (accesses == 0) return;
    if (!cost) return leaveOut(object);
    const double energy = cost->of(accesses, words);
    add(costs_.groupOf[object], what, accesses, energy, energy);
  }

  [[nodiscard]] LayerEnergy take() && {
    for (const auto& [key, share] : singles_)
      add(std::vector<std::uint32_t>{key.first}, key.second, share.count, share.least, share.most);
    LayerEnergy energy;
    energy.shares.reserve(shares_.size());
    for (auto& [key, share] : shares_) {
      share.groups = key.first;
      share.what = key.second;
      energy.shares.push_back(std::move(share));
    }
    energy.leftOut.assign(leftOut_.begin(), leftOut_.end());
    return energy;
  }

 private:
  const MachineCosts& costs_;
  std::map<std::pair<std::vector<std::uint32_t>, std::string>, EnergyShare> shares_;
  std::map<std::pair<std::uint32_t, std::string_view>, EnergyShare> singles_;
  std::set<std::uint32_t> leftOut_;
};

/// How often each template of a program is executed, in the order of first use.
std::vector<std::pair<TemplateId, std::int64_t>> executionsOfTemplates(const Program& program) {
  const std::vector<std::int64_t> executions = executionsOf(program);
  std::vector<std::int64_t> times(program.templates.size(), 0);
  std::vector<TemplateId> used;
  for (std::size_t step = 0; step < program.steps.size(); ++step) {
    if (executions[step] == 0) continue;
    std::int64_t& sum = times[program.steps[step].instruction.index()];
    if (sum == 0) used.push_back(program.steps[step].instruction);
    sum = saturatingSum(sum, executions[step]);
  }
  std::vector<std::pair<TemplateId, std::int64_t>> result;
  result.reserve(used.size());
  for (const TemplateId id : used) result.emplace_back(id, times[id.index()]);
  return result;
}

/// The energy of an instruction on a unit.
std::optional<double> energyOn(const Machine& machine, std::uint32_t unit,
                               const InstructionTemplate& instruction) {
  const InstructionCost* cost = machine.costs->of(machine, {unit}, instruction.operation);
  if (cost == nullptr) return std::nullopt;
  return cost->evaluate([&](std::string_view name) -> std::optional<Rational> {
    for (const auto& [immediate, value] : instruction.immediates) {
      if (immediate == name) return Rational(value);
    }
    return std::nullopt;
  });
}

class InstructionCounter {
 public:
  explicit InstructionCounter(engine::Resolver& resolver)
      : resolver_(resolver),
        machine_(resolver.machine()),
        costs_(*machine_.costs),
        sums_(costs_),
        accesses_(machine_.registerFiles.size()) {
    for (std::uint32_t file = 0; file < machine_.registerFiles.size(); ++file)
      fileOf_.resize(fileOf_.size() + machine_.registerFiles[file].registers.size(), file);
  }

  [[nodiscard]] LayerEnergy run(const Program& program) {
    std::int64_t all = 0;
    for (const auto& [id, times] : executionsOfTemplates(program)) {
      engine::ResolveError error;
      const std::int64_t number = resolver_.resolve(program.templates, id, error);
      all = saturatingSum(all, times);
      if (number < 0) continue;  // such a program is not timed either
      addUnits(program.templates[id], resolver_[static_cast<std::uint32_t>(number)], times);
      addRegisters(program.templates[id], times);
    }
    addRegisterFiles();
    addFetches(all);
    return std::move(sums_).take();
  }

 private:
  void addUnits(const InstructionTemplate& instruction, const engine::ResolvedTemplate& resolved,
                std::int64_t times) {
    if (resolved.timings.empty()) return;
    const std::string& operation = machine_.operations[instruction.operation.index()];
    const auto count = static_cast<double>(times);
    if (resolved.timings.size() == 1) {
      const std::uint32_t unit = resolved.timings.front().unit, object = machine_.units[unit].object;
      const auto energy = energyOn(machine_, unit, instruction);
      if (!energy) return sums_.leaveOut(object);
      return sums_.add(costs_.groupOf[object], operation, times, *energy * count, *energy * count);
    }
    double least = std::numeric_limits<double>::infinity(), most = 0;
    std::set<std::uint32_t> groups;
    bool known = true;
    for (const engine::UnitTiming& timing : resolved.timings) {
      const std::uint32_t object = machine_.units[timing.unit].object;
      groups.insert(costs_.groupOf[object]);
      const auto energy = energyOn(machine_, timing.unit, instruction);
      if (!energy) sums_.leaveOut(object);
      known = known && energy;
      least = std::min(least, energy.value_or(0));
      most = std::max(most, energy.value_or(0));
    }
    if (!known) return;
    sums_.add(std::vector<std::uint32_t>(groups.begin(), groups.end()), operation, times, least * count,
              most * count);
  }

  void addRegisters(const InstructionTemplate& instruction, std::int64_t times) {
    for (const bool write : {false, true}) {
      for (const RegisterId id : write ? instruction.writes : instruction.reads) {
        auto& accesses = accesses_[fileOf_[id.index()]][write ? 1 : 0];
        accesses = saturatingSum(accesses, times);
      }
    }
  }

  void addRegisterFiles() {
    for (std::size_t file = 0; file < accesses_.size(); ++file) {
      const ReadWriteCost& cost = costs_.ofRegisterFile[file];
      const auto [reads, writes] = accesses_[file];
      sums_.addAccesses(machine_.registerFiles[file].object, "read", cost.read, reads, reads);
      sums_.addAccesses(machine_.registerFiles[file].object, "write", cost.write, writes, writes);
    }
  }

  void addFetches(std::int64_t instructions) {
    if (instructions == 0) return;
    const std::uint32_t stage = machine_.stages[machine_.fetch.stage.index()].object;
    if (costs_.ofFetch) {
      const double energy = *costs_.ofFetch * static_cast<double>(instructions);
      sums_.add(costs_.groupOf[stage], "fetch", instructions, energy, energy);
    } else {
      sums_.leaveOut(stage);
    }
    const std::int64_t width = machine_.fetch.width;
    const std::int64_t groups = instructions / width + (instructions % width > 0 ? 1 : 0);
    sums_.addAccesses(machine_.fetch.memory.value, "fetch", costs_.ofInstructionMemory.read, groups,
                      instructions);
  }

  engine::Resolver& resolver_;
  const Machine& machine_;
  const MachineCosts& costs_;
  EnergySums sums_;
  std::vector<std::array<std::int64_t, 2>> accesses_;  ///< by register file: reads and writes
  std::vector<std::uint32_t> fileOf_;                  ///< by register; arrays have very many
};

}  // namespace

std::string whose(const EnergyShare& share, const MachineCosts& costs) {
  std::vector<std::string> names;
  names.reserve(share.groups.size());
  for (const std::uint32_t group : share.groups) names.push_back(costs.groups[group]);
  return joined(names, ", ", " or ");
}

std::shared_ptr<const LayerEnergy> energyOfInstructions(engine::Resolver& resolver, const Program& program) {
  return std::make_shared<const LayerEnergy>(InstructionCounter(resolver).run(program));
}

bool goesBefore(const EnergyShare& a, const EnergyShare& b) {
  return std::tie(a.groups, a.what) < std::tie(b.groups, b.what);
}

LayerEnergy energyOfAccesses(const LayerEstimate& layer, const Machine& machine) {
  if (!machine.costs || !layer.instructionEnergy) return {};
  const MachineCosts& costs = *machine.costs;
  EnergySums sums(costs);
  for (std::size_t m = 0; m < machine.memories.size(); ++m) {
    const std::uint32_t object = machine.memories[m].object;
    if (!layer.trafficCounted) sums.leaveOut(object);
    const auto found = layer.traffic.find(MemoryId{static_cast<std::uint32_t>(m)});
    if (found == layer.traffic.end()) continue;
    const Traffic& traffic = found->second;
    sums.addAccesses(object, "read", costs.ofMemory[m].read, traffic.reads, traffic.wordsRead);
    sums.addAccesses(object, "write", costs.ofMemory[m].write, traffic.writes, traffic.wordsWritten);
  }
  return std::move(sums).take();
}

LayerEnergy energyOf(const LayerEstimate& layer, const Machine& machine) {
  if (!machine.costs || !layer.instructionEnergy) return {};
  const LayerEnergy accesses = energyOfAccesses(layer, machine);
  const LayerEnergy& instructions = *layer.instructionEnergy;
  LayerEnergy all;
  all.shares.reserve(accesses.shares.size() + instructions.shares.size());
  std::merge(accesses.shares.begin(), accesses.shares.end(), instructions.shares.begin(),
             instructions.shares.end(), std::back_inserter(all.shares), goesBefore);
  std::set_union(accesses.leftOut.begin(), accesses.leftOut.end(), instructions.leftOut.begin(),
                 instructions.leftOut.end(), std::back_inserter(all.leftOut));
  return all;
}

}  // namespace taktwerk
