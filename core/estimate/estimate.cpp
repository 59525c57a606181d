// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/quotes.h"
#include "core/estimate/energy.h"
#include "core/estimate/estimate_memory.h"
#include "core/estimate/layer_task.h"
#include "core/estimate/made_programs.h"
#include "core/estimate/overlap.h"
#include "core/estimate/plan.h"
#include "core/estimate/threads.h"
#include "core/estimate/time_program.h"
#include "core/machine/machine_costs.h"

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

/// Layers of which each but the last runs into the next: the places of their tasks.
using Chain = std::vector<std::size_t>;

/// What an estimate is made of.
struct Parts {
  const Machine& machine;
  const Network& network;
  const std::vector<LayerTask>& tasks;
  const EstimateOptions& options;
  EstimateMemory* memory = nullptr;
};

/// Times the layers of a chain together; none where one of them cannot be.
std::vector<TimedProgram> timeTogether(const Parts& parts, const Chain& chain,
                                       const std::vector<TaskOutcome>& outcomes,
                                       const EstimateOptions& options, Progress& progress) {
  std::vector<Result<MappedProgram>> programs;
  programs.reserve(chain.size());
  for (const std::size_t t : chain) {
    const Candidate& candidate = parts.tasks[t].candidate;
    Mapper mapper(*candidate.mapping, parts.machine);
    programs.push_back(
        mapper.map(parts.network, candidate.layers, outcomes[t].timed.layer.tunables, &progress));
  }
  std::vector<OverlappedLayer> layers;
  layers.reserve(chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!programs[i]) return {};  // the layer alone has failed for the same reason, or it was stopped
    layers.push_back({&programs[i]->program, outcomes[chain[i]].timed});
  }
  const auto time = [&] { return timeOverlapped(parts.machine, std::move(layers), options, progress); };
  return parts.memory != nullptr ? parts.memory->clocked(time) : time();
}

void runIntoEachOther(const Parts& parts, const Chain& chain, std::vector<TaskOutcome>& outcomes,
                      Progress& progress) {
  if (chain.size() < 2) return;
  std::vector<TimedProgram> timed = timeTogether(parts, chain, outcomes, parts.options, progress);
  for (std::size_t i = 0; i < timed.size(); ++i) outcomes[chain[i]].timed = std::move(timed[i]);
}

/// The chains that the chosen tasks make, in order.
std::vector<Chain> chainsOf(const std::vector<LayerTask>& tasks, const std::vector<TaskOutcome>& outcomes,
                            const std::vector<std::size_t>& chosen) {
  std::vector<Chain> chains;
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const bool goesOn = k > 0 && outcomes[chosen[k - 1]].overlapNext && tasks[chosen[k]].afterOthers;
    if (!goesOn) chains.emplace_back();
    chains.back().push_back(chosen[k]);
  }
  return chains;
}

/// How many cycles the last chain takes with the first behind it, which is of the next inference, and what
/// the two take by themselves; none if that fails.
std::optional<std::pair<Cycles, Cycles>> aroundTheEnd(const Parts& parts, const std::vector<Chain>& chains,
                                                      const std::vector<TaskOutcome>& alone,
                                                      const std::vector<TaskOutcome>& outcomes,
                                                      Progress& progress) {
  Chain both = chains.back();
  both.insert(both.end(), chains.front().begin(), chains.front().end());
  EstimateOptions options = parts.options;
  options.usage = options.perInstruction = false;
  Cycles together = 0, apart = 0;
  const std::vector<TimedProgram> timed = timeTogether(parts, both, alone, options, progress);
  for (std::size_t i = 0; i < both.size(); ++i) {
    if (i >= timed.size() || timed[i].cancelled || hasErrors(timed[i].diagnostics)) return std::nullopt;
    if (__builtin_add_overflow(together, timed[i].layer.cycles, &together) ||
        __builtin_add_overflow(apart, outcomes[both[i]].timed.layer.cycles, &apart)) {
      return std::nullopt;
    }
  }
  return std::pair(together, apart);
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

std::optional<Cycles> cyclesOfBatch(const NetworkEstimate& estimate, std::int64_t inferences) {
  Cycles further = 0, all = 0;
  if (!estimate.interval || inferences < 1 ||
      __builtin_mul_overflow(*estimate.interval, inferences - 1, &further) ||
      __builtin_add_overflow(estimate.cycles, further, &all)) {
    return std::nullopt;
  }
  return all;
}

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
  const Parts parts{*machine, network, tasks, options, memory};
  const std::vector<Chain> chains = chainsOf(tasks, outcomes, chosen);
  // Only a whole network has a next inference whose first layer its last one can run into.
  const bool endless =
      !chosen.empty() && outcomes[chosen.back()].overlapNext && estimate.complete && !options.layer.valid();
  std::vector<TaskOutcome> alone(endless ? outcomes.size() : 0);  // of the ends, before they are a chain
  if (endless) {
    for (const Chain* chain : {&chains.front(), &chains.back()}) {
      for (const std::size_t t : *chain) alone[t] = outcomes[t];
    }
  }
  for (const Chain& chain : chains) {
    if (!estimate.cancelled) runIntoEachOther(parts, chain, outcomes, progress);
  }
  std::optional<std::pair<Cycles, Cycles>> around;
  if (endless && !estimate.cancelled) around = aroundTheEnd(parts, chains, alone, outcomes, progress);
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
  estimate.ofInferences = !options.layer.valid();
  if (estimate.ofInferences) estimate.interval = estimate.cycles;
  if (endless) {
    estimate.intervalHolds = chains.size() > 1;
    estimate.interval.reset();
    if (around) estimate.interval = estimate.cycles - around->second + around->first;
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
  TimedProgram timed = timeProgram(timer, program, options, progress);
  if (machine->costs && machine->costs->hasEnergy && !hasErrors(timed.diagnostics)) {
    timed.layer.instructionEnergy = energyOfInstructions(timer.automaton.resolver(), program);
  }
  addLayer(std::move(timed), estimate);
  estimate.ofInferences = false;
  estimate.seconds = secondsSince(start);
  return estimate;
}

}  // namespace taktwerk
