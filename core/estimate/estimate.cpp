// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/quotes.h"
#include "core/estimate/estimate_memory.h"
#include "core/estimate/layer_task.h"
#include "core/estimate/made_programs.h"
#include "core/estimate/overlap.h"
#include "core/estimate/plan.h"
#include "core/estimate/threads.h"
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
                      EstimateMemory* memory, std::vector<TaskOutcome>& outcomes, Progress& progress) {
  if (chosen.size() < 2) return;
  std::vector<Result<MappedProgram>> programs;
  programs.reserve(chosen.size());
  for (const std::size_t t : chosen) {
    Mapper mapper(*tasks[t].candidate.mapping, machine);
    programs.push_back(
        mapper.map(network, tasks[t].candidate.layers, outcomes[t].timed.layer.tunables, &progress));
  }
  std::vector<OverlappedLayer> layers;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!programs[i]) return;  // the layer alone has failed for the same reason, or it was stopped
    layers.push_back({&programs[i]->program, std::move(outcomes[chosen[i]].timed)});
  }
  const auto time = [&] { return timeOverlapped(machine, std::move(layers), options, progress); };
  std::vector<TimedProgram> timed = memory != nullptr ? memory->clocked(time) : time();
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
using KnownOutcomes = std::map<std::pair<MappingId, std::vector<LayerId>>, TaskOutcome>;

std::vector<TaskOutcome> timeTasks(const Machine& machine, const Network& network,
                                   const std::vector<LayerTask>& tasks, const EstimateOptions& options,
                                   const KnownOutcomes& known, const Remembered& remembered,
                                   Progress& progress) {
  std::vector<TaskOutcome> outcomes(tasks.size());
  const std::vector<std::size_t> equal = equalTasks(tasks, options);
  std::vector<std::size_t> toTime;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const auto before = known.find({tasks[t].candidate.id, tasks[t].candidate.layers});
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
  std::vector<KeyedProgram> programs(toTime.size());
  if (remembered.memory != nullptr && options.search <= 1) {
    programs = makePrograms(machine, network, tasks, toTime, options, remembered, progress);
  }
  Workbenches benches(machine, remembered, options.usage ? CountUsage::Yes : CountUsage::No);
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t k) {
    const std::size_t place = learns ? k : next.fetch_add(1, std::memory_order_relaxed);
    const std::size_t t = toTime[place];
    if (progress.cancelled()) return;
    outcomes[t] = runTask(benches, network, tasks[t], options, programs[place], progress);
  };
  inParallel(toTime.size(), options.jobs, run);
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

/// Takes down why the best of some layers do not take them, and what is known of the other tasks; false if
/// there is nothing of the kind.
bool refuse(const std::vector<LayerTask>& tasks, const std::vector<TaskOutcome>& outcomes,
            const std::vector<std::size_t>& chosen, Refusals& refused, KnownOutcomes& known) {
  bool any = false;
  for (const std::size_t best : chosen) {
    if (!outcomes[best].refused) continue;
    any = true;
    for (std::size_t t = best; t < tasks.size() && tasks[t].group == tasks[best].group; ++t) {
      const Candidate& candidate = tasks[t].candidate;
      if (!outcomes[t].refused) continue;
      refused[{candidate.id, candidate.layers.front()}] = outcomes[t].timed.diagnostics;
    }
  }
  for (std::size_t t = 0; any && t < tasks.size(); ++t) {
    known.insert_or_assign({tasks[t].candidate.id, tasks[t].candidate.layers}, outcomes[t]);
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

  std::optional<MemoryKeys> keys;
  if (memory != nullptr) keys.emplace(*machine, mappings, options);
  const Remembered remembered{memory, keys ? &*keys : nullptr};
  // A mapping that turns out not to fit a layer, or to leave something out, gives way to what else takes it.
  Refusals refused;
  KnownOutcomes known;
  SharedPlan plan;
  std::vector<TaskOutcome> outcomes;
  std::vector<std::size_t> chosen;
  const auto makePlan = [&] { return planOf(*machine, network, mappings, options, refused); };
  do {
    plan = memory != nullptr ? memory->plan(keys->plan(network, options, refused), makePlan)
                             : std::make_shared<const Plan>(makePlan());
    outcomes = timeTasks(*machine, network, plan->tasks, options, known, remembered, progress);
    chosen = bestOfEach(plan->tasks, outcomes, estimate.cancelled);
  } while (!estimate.cancelled && refuse(plan->tasks, outcomes, chosen, refused, known));
  const std::vector<LayerTask>& tasks = plan->tasks;
  addRunnersUp(tasks, outcomes, chosen);
  estimate.unmapped = plan->unmapped;
  estimate.complete = estimate.unmapped.empty();
  for (std::size_t first = 0; first < chosen.size() && !estimate.cancelled;) {
    std::size_t end = first + 1;
    while (end < chosen.size() && outcomes[chosen[end - 1]].overlapNext && tasks[chosen[end]].afterOthers) {
      ++end;
    }
    runIntoEachOther(*machine, network, tasks,
                     {chosen.begin() + static_cast<std::ptrdiff_t>(first),
                      chosen.begin() + static_cast<std::ptrdiff_t>(end)},
                     options, memory, outcomes, progress);
    first = end;
  }
  const double peak = plausiblePeak(*machine, network, tasks, chosen, outcomes);
  estimate.layers.reserve(chosen.size());
  for (const std::size_t c : chosen) {
    finishLayer(outcomes[c].timed.layer, peak);
    outcomes[c].timed.layer.guessed =
        std::any_of(tasks[c].candidate.layers.begin(), tasks[c].candidate.layers.end(),
                    [&](LayerId id) { return network.sizeGuessed(network.layers[id.index()]); });
    estimate.complete = estimate.complete && !outcomes[c].timed.layer.guessed;
    addLayer(std::move(outcomes[c].timed), estimate);
  }
  for (Diagnostic& mistake : mistakesIn(refused, network, estimate.unmapped)) {
    estimate.diagnostics.push_back(std::move(mistake));
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
