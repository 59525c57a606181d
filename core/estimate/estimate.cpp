// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "core/base/quotes.h"
#include "core/estimate/estimate_memory.h"
#include "core/estimate/layer_task.h"
#include "core/estimate/overlap.h"
#include "core/estimate/plan.h"
#include "core/estimate/time_program.h"

namespace taktwerk {

std::string_view toString(Method method) {
  switch (method) {
    case Method::Auto:
      return "auto";
    case Method::Full:
      return "full";
    case Method::Simulate:
      return "simulate";
    case Method::Published:
      return "published";
    case Method::Roofline:
      return "roofline";
  }
  return "";
}

namespace {

void finishLayer(LayerEstimate& layer, double peak) {
  if (peak <= 0) return;
  if (layer.cycles > 0) {
    // Of a layer that runs into the next more may be done in less than its own share of the time.
    layer.utilisation =
        std::min(1.0, static_cast<double>(layer.macs) / (static_cast<double>(layer.cycles) * peak));
  }
}

void addParameters(const std::map<std::string, std::int64_t, std::less<>>& values, const std::string& prefix,
                   NetworkEstimate& estimate) {
  for (const auto& [name, value] : values) estimate.parameters[prefix + name] = value;
}

void addLayer(TimedProgram&& timed, NetworkEstimate& estimate) {
  estimate.diagnostics.insert(estimate.diagnostics.end(), timed.diagnostics.begin(), timed.diagnostics.end());
  estimate.cancelled = estimate.cancelled || timed.cancelled;
  if (hasErrors(timed.diagnostics) || timed.cancelled) return;
  if (__builtin_add_overflow(estimate.cycles, timed.layer.cycles, &estimate.cycles) ||
      __builtin_add_overflow(estimate.instructions, timed.layer.instructions, &estimate.instructions)) {
    estimate.diagnostics.push_back({Severity::Error,
                                    estimate.network,
                                    {1, 1},
                                    "E0003",
                                    "with the layer " + inQuotes(timed.layer.name) +
                                        " the network's cycles or instructions exceed 64 bits",
                                    timed.layer.name});
    return;
  }
  estimate.exact = estimate.exact && timed.layer.exact;
  estimate.layers.push_back(std::move(timed.layer));
}

/// Times layers of which each but the last runs into the next; `chosen` are their tasks.
void runIntoEachOther(const Machine& machine, const Network& network, const std::vector<LayerTask>& tasks,
                      const std::vector<std::size_t>& chosen, const EstimateOptions& options,
                      std::vector<TaskOutcome>& outcomes, Progress& progress) {
  if (chosen.size() < 2) return;
  std::vector<Result<MappedProgram>> programs;
  for (const std::size_t t : chosen) {
    Mapper mapper(*tasks[t].candidate.mapping, machine);
    programs.push_back(mapper.map(network, tasks[t].candidate.layers, outcomes[t].timed.layer.tunables));
  }
  std::vector<OverlappedLayer> layers;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!programs[i]) return;  // the layer alone has failed for the same reason
    layers.push_back({&programs[i]->program, std::move(outcomes[chosen[i]].timed)});
  }
  std::vector<TimedProgram> timed = timeOverlapped(machine, std::move(layers), options, progress);
  for (std::size_t i = 0; i < chosen.size(); ++i) outcomes[chosen[i]].timed = std::move(timed[i]);
}

/// The machine's MACs a cycle as its units' operations tell; 0 where they cannot be right, because a `mac` of
/// this machine is many.
double plausiblePeak(const Machine& machine, const Network& network, const std::vector<LayerTask>& tasks,
                     const std::vector<std::size_t>& chosen, const std::vector<TaskOutcome>& outcomes) {
  double macs = 0, cycles = 0;
  for (const std::size_t c : chosen) {
    std::int64_t own = 0;
    for (const LayerId id : tasks[c].candidate.layers) own += network.layers[id.index()].macs;
    macs += static_cast<double>(own);
    if (own > 0) cycles += static_cast<double>(outcomes[c].timed.layer.cycles);
  }
  const double peak = peakMacsPerCycle(machine);
  return macs > cycles * peak ? 0 : peak;
}

/// What tasks came to that are planned again.
using KnownOutcomes = std::map<std::pair<const Mapping*, std::vector<LayerId>>, TaskOutcome>;

std::vector<TaskOutcome> timeTasks(const Machine& machine, const Network& network,
                                   const std::vector<Mapping>& mappings, const std::vector<LayerTask>& tasks,
                                   const EstimateOptions& options, const KnownOutcomes& known,
                                   const Remembered& remembered, Progress& progress) {
  std::vector<TaskOutcome> outcomes(tasks.size());
  // Layers with the same mapping learn from each other, in their order, whatever the number of threads.
  const std::vector<std::size_t> equal = equalTasks(network, tasks, options);
  std::vector<std::size_t> toTime;
  std::map<const Mapping*, std::vector<std::size_t>> byMapping;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const auto before = known.find({tasks[t].candidate.mapping, tasks[t].candidate.layers});
    if (before != known.end()) outcomes[t] = before->second;
    if (equal[t] != t || before != known.end()) continue;
    toTime.push_back(t);
    byMapping[tasks[t].candidate.mapping].push_back(t);
  }
  std::vector<const std::vector<std::size_t>*> lines;
  for (const Mapping& mapping : mappings) {
    const auto found = byMapping.find(&mapping);
    if (found != byMapping.end()) lines.push_back(&found->second);
  }
  const auto runLine = [&](const std::vector<std::size_t>& line) {
    MachineTimer timer(machine);
    timer.remembered = remembered;
    Mapper mapper(*tasks[line.front()].candidate.mapping, machine);
    for (const std::size_t t : line) {
      if (progress.cancelled()) return;
      outcomes[t] = runTask(mapper, network, tasks[t], options, timer, progress);
    }
  };
  oneapi::tbb::task_arena arena(options.jobs > 0 ? static_cast<int>(options.jobs)
                                                 : oneapi::tbb::task_arena::automatic);
  arena.execute([&] {
    if (options.method == Method::Auto) {
      oneapi::tbb::parallel_for(std::size_t{0}, lines.size(), [&](std::size_t l) { runLine(*lines[l]); });
      return;
    }
    oneapi::tbb::parallel_for(
        oneapi::tbb::blocked_range<std::size_t>(0, toTime.size(), 1),
        [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
          for (std::size_t t = range.begin(); t != range.end(); ++t) runLine({toTime[t]});
        },
        oneapi::tbb::simple_partitioner());
  });
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (equal[t] != t && !outcomes[t].done && outcomes[equal[t]].done) {
      outcomes[t] = outcomeOfEqual(network, tasks[t], outcomes[equal[t]]);
    }
  }
  return outcomes;
}

/// Of the mappings that fit the same layers, the one with the fewest cycles; of equals the first. One that
/// fails gives way to one that does not.
std::vector<std::size_t> bestOfEach(const std::vector<LayerTask>& tasks,
                                    const std::vector<TaskOutcome>& outcomes, bool& cancelled) {
  std::vector<std::size_t> chosen;
  for (std::size_t t = 0; t < tasks.size();) {
    std::size_t best = t;
    std::size_t next = t;
    for (; next < tasks.size() && tasks[next].group == tasks[t].group; ++next) {
      const TimedProgram& here = outcomes[next].timed;
      const TimedProgram& there = outcomes[best].timed;
      const bool hereOk = !hasErrors(here.diagnostics);
      const bool thereOk = !hasErrors(there.diagnostics);
      if (hereOk != thereOk ? hereOk : hereOk && here.layer.cycles < there.layer.cycles) best = next;
    }
    t = next;
    if (outcomes[best].done) {
      chosen.push_back(best);
    } else {
      cancelled = true;
    }
  }
  return chosen;
}

void addRunnersUp(const std::vector<LayerTask>& tasks, std::vector<TaskOutcome>& outcomes,
                  const std::vector<std::size_t>& chosen) {
  for (const std::size_t best : chosen) {
    std::size_t first = best, end = best;
    while (first > 0 && tasks[first - 1].group == tasks[best].group) --first;
    while (end < tasks.size() && tasks[end].group == tasks[best].group) ++end;
    collectRunnersUp(outcomes, first, end, best);
  }
}

const Diagnostic* omissionIn(const TaskOutcome& outcome) {
  const Diagnostics& problems = outcome.timed.diagnostics;
  return !problems.empty() && isOmission(problems.front()) ? &problems.front() : nullptr;
}

/// Takes down what the best of some layers leave out, and what is known of the other tasks; false if there is
/// nothing of the kind.
bool refuse(const std::vector<LayerTask>& tasks, const std::vector<TaskOutcome>& outcomes,
            const std::vector<std::size_t>& chosen, Refusals& refused, KnownOutcomes& known) {
  bool any = false;
  for (const std::size_t best : chosen) {
    if (omissionIn(outcomes[best]) == nullptr) continue;
    any = true;
    for (std::size_t t = best; t < tasks.size() && tasks[t].group == tasks[best].group; ++t) {
      const Diagnostic* omission = omissionIn(outcomes[t]);
      const Candidate& candidate = tasks[t].candidate;
      if (omission != nullptr) refused[{candidate.id, candidate.layers.front()}] = omission->message;
    }
  }
  for (std::size_t t = 0; any && t < tasks.size(); ++t) {
    known.insert_or_assign({tasks[t].candidate.mapping, tasks[t].candidate.layers}, outcomes[t]);
  }
  return any;
}

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

NetworkEstimate estimateNetwork(std::shared_ptr<const Machine> machine, const Network& network,
                                const std::vector<Mapping>& mappings, const EstimateOptions& options,
                                Progress& progress, EstimateMemory* memory) {
  const auto start = std::chrono::steady_clock::now();
  NetworkEstimate estimate;
  estimate.machine = machine;
  estimate.architecture = machine->name;
  estimate.network = network.name;
  addParameters(machine->parameters, "arch.", estimate);
  addParameters(network.parameters, "network.", estimate);

  const Remembered remembered{memory, memory != nullptr ? memory->know(*machine) : KnownMachine{}};
  // A mapping that turns out to leave something out of a layer gives way to what else takes it.
  Refusals refused;
  KnownOutcomes known;
  Plan plan;
  std::vector<TaskOutcome> outcomes;
  std::vector<std::size_t> chosen;
  do {
    plan = memory != nullptr ? memory->plan(remembered.machine, *machine, network, mappings, options, refused)
                             : planOf(*machine, network, mappings, options, refused);
    outcomes = timeTasks(*machine, network, mappings, plan.tasks, options, known, remembered, progress);
    chosen = bestOfEach(plan.tasks, outcomes, estimate.cancelled);
  } while (!estimate.cancelled && refuse(plan.tasks, outcomes, chosen, refused, known));
  const std::vector<LayerTask>& tasks = plan.tasks;
  addRunnersUp(tasks, outcomes, chosen);
  estimate.unmapped = std::move(plan.unmapped);
  estimate.complete = estimate.unmapped.empty();
  for (std::size_t first = 0; first < chosen.size() && !estimate.cancelled;) {
    std::size_t end = first + 1;
    while (end < chosen.size() && outcomes[chosen[end - 1]].overlapNext && tasks[chosen[end]].afterOthers) {
      ++end;
    }
    runIntoEachOther(*machine, network, tasks,
                     {chosen.begin() + static_cast<std::ptrdiff_t>(first),
                      chosen.begin() + static_cast<std::ptrdiff_t>(end)},
                     options, outcomes, progress);
    first = end;
  }
  const double peak = plausiblePeak(*machine, network, tasks, chosen, outcomes);
  for (const std::size_t c : chosen) {
    finishLayer(outcomes[c].timed.layer, peak);
    outcomes[c].timed.layer.guessed =
        std::any_of(tasks[c].candidate.layers.begin(), tasks[c].candidate.layers.end(),
                    [&](LayerId id) { return network.sizeGuessed(network.layers[id.index()]); });
    estimate.complete = estimate.complete && !outcomes[c].timed.layer.guessed;
    addLayer(std::move(outcomes[c].timed), estimate);
  }
  estimate.cancelled = estimate.cancelled || progress.cancelled();
  estimate.seconds = secondsSince(start);
  return estimate;
}

NetworkEstimate estimateProgram(std::shared_ptr<const Machine> machine, const Program& program,
                                const EstimateOptions& options, Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  NetworkEstimate estimate;
  estimate.machine = machine;
  estimate.architecture = machine->name;
  estimate.network = program.name;
  addParameters(machine->parameters, "arch.", estimate);
  progress.total.store(sizeOf(program).instructions, std::memory_order_relaxed);
  MachineTimer timer(*machine);
  addLayer(timeProgram(timer, program, options, progress), estimate);
  estimate.seconds = secondsSince(start);
  return estimate;
}

}  // namespace taktwerk
