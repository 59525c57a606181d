// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <algorithm>
#include <atomic>
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

/// How much work a task looks like before it is mapped: a layer's multiply-accumulates and results.
double workOf(const Network& network, const LayerTask& task) {
  double work = 0;
  for (const LayerId id : task.candidate.layers) {
    const Layer& layer = network.layers[id.index()];
    double results = 1;
    for (const std::int64_t extent : network.tensor(layer.output).shape)
      results *= static_cast<double>(extent);
    work += static_cast<double>(layer.macs) + results;
  }
  return work;
}

/// What tasks came to that are planned again.
using KnownOutcomes = std::map<std::pair<const Mapping*, std::vector<LayerId>>, TaskOutcome>;

std::vector<TaskOutcome> timeTasks(const Machine& machine, const Network& network,
                                   const std::vector<LayerTask>& tasks, const EstimateOptions& options,
                                   const KnownOutcomes& known, const Remembered& remembered,
                                   Progress& progress) {
  std::vector<TaskOutcome> outcomes(tasks.size());
  const std::vector<std::size_t> equal = equalTasks(network, tasks, options);
  std::vector<std::size_t> toTime;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const auto before = known.find({tasks[t].candidate.mapping, tasks[t].candidate.layers});
    if (before != known.end()) outcomes[t] = before->second;
    if (equal[t] == t && before == known.end()) toTime.push_back(t);
  }
  // Each by itself, so that neither figures nor counts depend on which others there are, nor on the number of
  // threads. Neighbours in the network have most in common, and threads take pieces of neighbours; where
  // nothing is learned, what looks like most work is begun first.
  const bool learns = options.method == Method::Auto;
  if (!learns) {
    std::stable_sort(toTime.begin(), toTime.end(), [&](std::size_t a, std::size_t b) {
      return workOf(network, tasks[a]) > workOf(network, tasks[b]);
    });
  }
  Workbenches benches(machine, remembered, options.usage ? CountUsage::Yes : CountUsage::No);
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t k) {
    const std::size_t t = toTime[learns ? k : next.fetch_add(1, std::memory_order_relaxed)];
    if (!progress.cancelled()) outcomes[t] = runTask(benches, network, tasks[t], options, progress);
  };
  oneapi::tbb::task_arena arena(options.jobs > 0 ? static_cast<int>(options.jobs)
                                                 : oneapi::tbb::task_arena::automatic);
  arena.execute([&] {
    oneapi::tbb::parallel_for(
        oneapi::tbb::blocked_range<std::size_t>(0, toTime.size(), 1),
        [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
          for (std::size_t k = range.begin(); k != range.end(); ++k) run(k);
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

/// Why a mapping does not take its layers after all: it leaves something out, or no choice of tunables fits.
const Diagnostic* refusalIn(const TaskOutcome& outcome) {
  const Diagnostics& problems = outcome.timed.diagnostics;
  if (problems.empty()) return nullptr;
  return isOmission(problems.front()) || isMisfit(problems.front()) ? &problems.front() : nullptr;
}

/// Takes down why the best of some layers do not take them, and what is known of the other tasks; false if
/// there is nothing of the kind.
bool refuse(const std::vector<LayerTask>& tasks, const std::vector<TaskOutcome>& outcomes,
            const std::vector<std::size_t>& chosen, Refusals& refused, KnownOutcomes& known) {
  bool any = false;
  for (const std::size_t best : chosen) {
    if (refusalIn(outcomes[best]) == nullptr) continue;
    any = true;
    for (std::size_t t = best; t < tasks.size() && tasks[t].group == tasks[best].group; ++t) {
      const Diagnostic* refusal = refusalIn(outcomes[t]);
      const Candidate& candidate = tasks[t].candidate;
      if (refusal != nullptr) refused[{candidate.id, candidate.layers.front()}] = refusal->message;
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

NetworkEstimate estimateNetwork(const std::shared_ptr<const Machine>& machine, const Network& network,
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
  // A mapping that turns out not to fit a layer, or to leave something out, gives way to what else takes it.
  Refusals refused;
  KnownOutcomes known;
  Plan plan;
  std::vector<TaskOutcome> outcomes;
  std::vector<std::size_t> chosen;
  do {
    plan = memory != nullptr ? memory->plan(remembered.machine, *machine, network, mappings, options, refused)
                             : planOf(*machine, network, mappings, options, refused);
    outcomes = timeTasks(*machine, network, plan.tasks, options, known, remembered, progress);
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

NetworkEstimate estimateProgram(const std::shared_ptr<const Machine>& machine, const Program& program,
                                const EstimateOptions& options, Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  NetworkEstimate estimate;
  estimate.machine = machine;
  estimate.architecture = machine->name;
  estimate.network = program.name;
  addParameters(machine->parameters, "arch.", estimate);
  progress.total.store(sizeOf(program).instructions, std::memory_order_relaxed);
  MachineTimer timer(*machine, options.usage ? CountUsage::Yes : CountUsage::No);
  addLayer(timeProgram(timer, program, options, progress), estimate);
  estimate.seconds = secondsSince(start);
  return estimate;
}

}  // namespace taktwerk
