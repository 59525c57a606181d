// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/time_program.h"

#include <algorithm>
#include <cmath>

#include "core/bounds/approximation.h"
#include "core/bounds/roofline.h"
#include "core/engine/full/full.h"
#include "core/engine/steady/steady.h"
#include "core/estimate/immediate_use.h"
#include "core/published/published.h"
#include "core/reference/simulation.h"

namespace taktwerk {

namespace {

void takeTraffic(const std::vector<engine::MemoryTraffic>& traffic, LayerEstimate& layer) {
  layer.trafficCounted = true;
  for (std::uint32_t m = 0; m < traffic.size(); ++m) {
    const engine::MemoryTraffic& t = traffic[m];
    if (t.reads + t.writes == 0) continue;
    layer.traffic[MemoryId{m}] = {t.reads, t.writes, t.wordsRead, t.wordsWritten, t.busy};
  }
}

void explain(ExplainedTiming&& explained, const Machine& machine, LayerEstimate& layer) {
  layer.breakdown = std::move(explained.breakdown);
  takeTraffic(explained.traffic, layer);
  layer.usage = std::move(explained.usage);
  if (layer.usage.empty()) return;
  for (const auto& [id, traffic] : layer.traffic) {
    const Memory& memory = machine.memories[id.index()];
    const std::int64_t banks = memory.kind == MemoryKind::Sram ? memory.banks : 1;
    layer.usage[{memory.object}] = {traffic.reads + traffic.writes, banks * memory.maxConcurrentRequests,
                                    traffic.busy};
  }
}

Timing timeSteadily(MachineTimer& timer, const Program& program, const engine::Prepared& prepared,
                    const TimingBudget& budget, LayerEstimate& layer, Progress& progress) {
  const Machine& machine = timer.machine;
  SteadyTiming steady = timeBySteadyState(timer.automaton, program, prepared, budget, progress);
  if (steady.exact) {
    layer.method = steady.method;
    layer.evaluatedIterations = steady.evaluatedBodies;
    layer.evaluatedInstructions = steady.evaluatedInstructions;
    Timing timing = steady.explained.timing;
    explain(std::move(steady.explained), machine, layer);
    return timing;
  }
  // Nothing recurred within the budget: the beginning exactly, the rest by bounds and a guess between them.
  Approximation found = approximate(machine, program, budget.evaluated, progress);
  if (!found.timing.cancelled) {
    progress.done.fetch_add(layer.instructions - found.evaluatedInstructions, std::memory_order_relaxed);
  }
  layer.method = found.exact ? "full" : "approximation";
  layer.exact = found.exact;
  layer.lower = found.lower;
  layer.upper = found.upper;
  layer.evaluatedIterations = steady.evaluatedBodies + found.evaluatedIterations;
  layer.evaluatedInstructions = steady.evaluatedInstructions + found.evaluatedInstructions;
  layer.breakdown = std::move(found.breakdown);
  takeTraffic(found.traffic, layer);
  return found.timing;
}

Diagnostic tooManyTimes(const Program& program, std::int64_t instructions, std::int64_t limit) {
  return {Severity::Error,
          program.file,
          {1, 1},
          std::string(tooManyTimesCode),
          "the times of " + std::to_string(instructions) +
              " instructions are asked for, more than the limit of " + std::to_string(limit) +
              "; choose a smaller layer or raise the limit",
          program.name};
}

Diagnostic deadlockIn(const Program& program, const Deadlock& deadlock) {
  return {Severity::Error,
          program.file,
          {std::max<std::uint32_t>(deadlock.sourceLine, 1), 1},
          "E0002",
          "deadlock at cycle " + std::to_string(deadlock.cycle) + ": " + deadlock.chain,
          program.name};
}

Timing timeByMethod(MachineTimer& timer, const Program& program, const engine::Prepared& prepared,
                    Cycles lower, const EstimateOptions& options, LayerEstimate& layer, Progress& progress) {
  const Machine& machine = timer.machine;
  TimesSink sink;
  if (options.perInstruction) {
    sink = [&](const InstructionTimes& times) { layer.times.push_back(times); };
  }
  Timing timing;
  switch (options.perInstruction && options.method == Method::Auto ? Method::Full : options.method) {
    case Method::Auto:
      timing = timeSteadily(timer, program, prepared, options.budget, layer, progress);
      break;
    case Method::Full: {
      ExplainedTiming explained = timeInFull(timer.automaton.resolver(), prepared, program, sink, progress,
                                             timer.automaton.countsUsage());
      timing = explained.timing;
      layer.method = "full";
      explain(std::move(explained), machine, layer);
      break;
    }
    case Method::Simulate:
      timing = simulate(machine, program, sink, progress);
      layer.method = "simulate";
      break;
    case Method::Published: {
      const Published published = timeAsPublished(machine, program, {}, progress);
      timing = published.timing;
      layer.evaluatedIterations = published.evaluatedIterations;
      layer.evaluatedInstructions = published.evaluatedInstructions;
      layer.method = "published";
      layer.exact = false;
      break;
    }
    case Method::Roofline:
      timing.cycles = lower;
      layer.evaluatedIterations = layer.evaluatedInstructions = 0;
      layer.method = "roofline";
      layer.exact = false;
      break;
  }
  return timing;
}

}  // namespace

double peakMacsPerCycle(const Machine& machine) {
  const OperationId mac = machine.findOperation("mac");
  if (!mac.valid()) return 0;
  double peak = 0;
  for (const Unit& unit : machine.units) {
    if (std::find(unit.operations.begin(), unit.operations.end(), mac) == unit.operations.end()) continue;
    const Cost& interval = unit.initiationInterval ? *unit.initiationInterval : unit.latency;
    peak +=
        interval.expression || interval.constant <= 0 ? 1.0 : 1.0 / static_cast<double>(interval.constant);
  }
  return peak;
}

TimedProgram timeProgram(MachineTimer& timer, const Program& program, const EstimateOptions& options,
                         Progress& progress) {
  TimedProgram result;
  LayerEstimate& layer = result.layer;
  const ProgramSize size = sizeOf(program);
  layer.name = program.name;
  layer.instructions = layer.evaluatedInstructions = size.instructions;
  layer.loopIterations = layer.evaluatedIterations = size.loopIterations;
  if (options.perInstruction && size.instructions > options.perInstructionLimit) {
    result.diagnostics.push_back(tooManyTimes(program, size.instructions, options.perInstructionLimit));
    return result;
  }
  const Result<engine::Prepared> prepared = engine::prepare(timer.automaton.resolver(), program);
  if (!prepared) {
    result.diagnostics = prepared.diagnostics;
    return result;
  }
  const ProgramBounds bounds = boundsOf(Demands(timer.demands, *prepared, program));
  layer.roofline = {bounds.roofline.compute, bounds.roofline.memory};
  if (options.usage) layer.immediates = immediatesOf(timer.machine, program);
  const Timing timing =
      timeByMethod(timer, program, *prepared, bounds.roofline.lower(), options, layer, progress);
  result.cancelled = timing.cancelled;
  result.diagnostics = timing.errors;
  if (timing.deadlock) result.diagnostics.push_back(deadlockIn(program, *timing.deadlock));
  std::sort(layer.times.begin(), layer.times.end(),
            [](const InstructionTimes& a, const InstructionTimes& b) { return a.index < b.index; });
  layer.cycles = timing.cycles;
  if (layer.exact) layer.lower = layer.upper = timing.cycles;
  if (!layer.exact && layer.upper == 0) {
    layer.lower = bounds.roofline.lower();
    layer.upper = bounds.upper;
  }
  return result;
}

}  // namespace taktwerk
