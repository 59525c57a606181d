// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/events/usage.h"

#include <algorithm>
#include <limits>

namespace taktwerk::engine {

namespace {

void addTimes(std::int64_t& to, std::int64_t by, std::int64_t times) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(by, times, &product) || __builtin_add_overflow(to, product, &to)) {
    to = std::numeric_limits<std::int64_t>::max();
  }
}

BlockUsage stageUsage(const UsageFigures& figures, const Stage& stage) {
  BlockUsage usage{figures.uses, stage.capacity};
  addTimes(usage.busy, figures.uses, stage.latency);
  usage.busy = std::min(usage.busy, figures.held);  // a stage is left no earlier than after its latency
  usage.waiting = figures.held - usage.busy;
  return usage;
}

}  // namespace

void UsageCounter::add(const UsageRecord& record, std::int64_t times) {
  for (const auto& [object, figures] : record) {
    UsageFigures& sum = (*this)[object];
    addTimes(sum.uses, figures.uses, times);
    addTimes(sum.busy, figures.busy, times);
    addTimes(sum.held, figures.held, times);
    addTimes(sum.waited, figures.waited, times);
  }
}

UsageRecord UsageCounter::take() {
  std::sort(met_.begin(), met_.end());
  UsageRecord record;
  record.reserve(met_.size());
  for (const std::uint32_t object : met_)
    record.emplace_back(object, std::exchange(figures_[object], {}).figures);
  met_.clear();
  return record;
}

Usage usageOf(const UsageRecord& record, const Machine& machine) {
  Usage usage;
  const UsageCounter numbers(machine);
  for (const auto& [number, figures] : record) {
    if (number == numbers.ofFetch()) {
      const BlockUsage fetch{figures.uses, 1, figures.busy, figures.waited, 0};
      const MachineObjectId stage{machine.stages[machine.fetch.stage.index()].object};
      for (const MachineObjectId object : {stage, machine.fetch.accessUnit, machine.fetch.memory}) {
        if (object.valid()) usage[object] = fetch;
      }
    } else if (number >= numbers.ofUnit(0)) {
      const Unit& unit = machine.units[number - numbers.ofUnit(0)];
      const Cycles waiting = figures.held - figures.busy;
      usage[{unit.object}] = {figures.uses, 1, figures.busy, waiting, figures.waited};
      BlockUsage& stage = usage[{machine.stages[unit.stage.index()].object}];
      stage.uses += figures.uses;
      stage.busy += figures.busy;
      stage.waiting += waiting;
      stage.beforeStart += figures.waited;
    } else if (machine.stages[number].kind == StageKind::Pipeline) {
      usage[{machine.stages[number].object}] = stageUsage(figures, machine.stages[number]);
    }
  }
  return usage;
}

}  // namespace taktwerk::engine
