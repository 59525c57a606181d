// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/time_program.h"

#include <algorithm>
#include <cmath>

#include "core/engine/full.h"
#include "core/engine/steady.h"
#include "core/reference/simulation.h"

namespace taktwerk {

namespace {

/// The memory bound that holds whatever the order: slots are held this long in all, by so many at a time.
Cycles memoryBound(const Machine& machine, const std::vector<engine::MemoryTraffic>& traffic) {
  Cycles bound = 0;
  for (std::size_t m = 0; m < traffic.size(); ++m) {
    const Memory& memory = machine.memories[m];
    const std::int64_t banks = memory.kind == MemoryKind::Sram ? memory.banks : 1;
    Cycles slots = 0;
    if (__builtin_mul_overflow(banks, memory.maxConcurrentRequests, &slots) || slots <= 0) continue;
    bound = std::max(bound, traffic[m].busy / slots + (traffic[m].busy % slots != 0 ? 1 : 0));
  }
  return bound;
}

void explain(const Machine& machine, ExplainedTiming&& explained, LayerEstimate& layer) {
  layer.breakdown = std::move(explained.breakdown);
  layer.roofline.memory = memoryBound(machine, explained.traffic);
  for (std::size_t m = 0; m < explained.traffic.size(); ++m) {
    const engine::MemoryTraffic& t = explained.traffic[m];
    if (t.reads + t.writes == 0) continue;
    layer.traffic[machine.memories[m].name] = {t.reads, t.writes, t.wordsRead, t.wordsWritten, t.busy};
  }
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

TimedProgram timeProgram(const Machine& machine, const Program& program, const EstimateOptions& options,
                         engine::Automaton& automaton, Progress& progress) {
  TimedProgram result;
  LayerEstimate& layer = result.layer;
  const ProgramSize size = sizeOf(program);
  layer.name = program.name;
  layer.instructions = layer.evaluatedInstructions = size.instructions;
  layer.loopIterations = layer.evaluatedIterations = size.loopIterations;
  if (options.perInstruction && size.instructions > options.perInstructionLimit) {
    result.diagnostics.push_back({Severity::Error,
                                  program.file,
                                  {1, 1},
                                  std::string(tooManyTimesCode),
                                  "the times of " + std::to_string(size.instructions) +
                                      " instructions are asked for, more than the limit of " +
                                      std::to_string(options.perInstructionLimit) +
                                      "; choose a smaller layer or raise the limit",
                                  program.name});
    return result;
  }
  TimesSink sink;
  if (options.perInstruction) {
    sink = [&](const InstructionTimes& times) { layer.times.push_back(times); };
  }
  Timing timing;
  if (options.method == Method::Simulate) {
    timing = simulate(machine, program, sink, progress);
    layer.method = "simulate";
  } else if (options.method == Method::Auto && !options.perInstruction) {
    SteadyTiming steady = timeBySteadyState(automaton, machine, program, {}, progress);
    timing = steady.explained.timing;
    layer.method = steady.method;
    layer.evaluatedIterations = steady.evaluatedBodies;
    layer.evaluatedInstructions = steady.evaluatedInstructions;
    explain(machine, std::move(steady.explained), layer);
  } else {
    ExplainedTiming explained = timeInFull(machine, program, sink, progress);
    timing = explained.timing;
    layer.method = "full";
    explain(machine, std::move(explained), layer);
  }
  result.cancelled = timing.cancelled;
  result.diagnostics = timing.errors;
  if (timing.deadlock) {
    result.diagnostics.push_back(
        {Severity::Error,
         program.file,
         {std::max<std::uint32_t>(timing.deadlock->sourceLine, 1), 1},
         "E0002",
         "deadlock at cycle " + std::to_string(timing.deadlock->cycle) + ": " + timing.deadlock->chain,
         program.name});
  }
  std::sort(layer.times.begin(), layer.times.end(),
            [](const InstructionTimes& a, const InstructionTimes& b) { return a.index < b.index; });
  layer.cycles = layer.lower = layer.upper = timing.cycles;
  layer.exact = true;
  return result;
}

}  // namespace taktwerk
