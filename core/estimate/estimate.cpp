// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "core/base/whole_number.h"
#include "core/estimate/layer_task.h"
#include "core/estimate/overlap.h"
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

/// The mappings that take the layer at `first`: of all that fit, those with the longest chain.
std::vector<Candidate> candidatesFor(const Machine& machine, const Network& network,
                                     const std::vector<Mapping>& mappings, LayerId first,
                                     const std::string& chosen, std::string& reason) {
  std::vector<Candidate> best;
  bool known = chosen.empty();
  for (const Mapping& mapping : mappings) {
    if (!chosen.empty() && mapping.name != chosen) continue;
    known = true;
    Match found = match(mapping, machine, network, first);
    if (found.layers.empty()) {
      // Mappings for other operators say nothing, unless they were asked for.
      if (found.otherOperator && chosen.empty()) continue;
      if (!reason.empty()) reason += "; ";
      reason += mapping.name + ": " + found.reason;
      continue;
    }
    if (!best.empty() && found.layers.size() < best.front().layers.size()) continue;
    if (!best.empty() && found.layers.size() > best.front().layers.size()) best.clear();
    best.push_back({&mapping, std::move(found.layers)});
  }
  if (!known) reason = "the mapping chosen for it, \"" + chosen + "\", is not among the mappings";
  if (mappings.empty()) reason = "there are no mappings";
  if (best.empty() && reason.empty()) {
    reason = "no mapping takes " + network.layers[first.index()].operatorName;
  }
  return best;
}

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

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

NetworkEstimate estimateNetwork(std::shared_ptr<const Machine> machine, const Network& network,
                                const std::vector<Mapping>& mappings, const EstimateOptions& options,
                                Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  NetworkEstimate estimate;
  estimate.architecture = machine->name;
  estimate.network = network.name;
  addParameters(machine->parameters, "arch.", estimate);
  addParameters(network.parameters, "network.", estimate);

  // The plan: which layers go together, and every way to run them.
  std::vector<LayerTask> tasks;
  std::size_t groups = 0;
  bool gap = true;
  std::vector<bool> taken(network.layers.size(), false);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (taken[i]) continue;
    const Layer& layer = network.layers[i];
    std::string reason;
    const auto choice = options.choices.find(layer.name);
    const std::string chosen = choice == options.choices.end() ? std::string() : choice->second.mapping;
    const std::vector<Candidate> candidates =
        candidatesFor(*machine, network, mappings, LayerId{static_cast<std::uint32_t>(i)}, chosen, reason);
    bool wanted = options.layer.empty() || layer.name == options.layer;
    if (!candidates.empty()) {
      for (const LayerId member : candidates.front().layers) {
        taken[member.index()] = true;
        wanted = wanted || network.layers[member.index()].name == options.layer;
      }
    }
    if (!wanted) {
      gap = true;
      continue;
    }
    if (candidates.empty()) {
      gap = true;
      estimate.unmapped.push_back({layer.name, layer.operatorName, reason});
      continue;
    }
    for (const Candidate& candidate : candidates) tasks.push_back({groups, !gap, candidate});
    gap = false;
    ++groups;
  }
  estimate.complete = estimate.unmapped.empty();

  std::vector<TaskOutcome> outcomes(tasks.size());
  // Layers with the same mapping learn from each other, in their order, whatever the number of threads.
  const std::vector<std::size_t> equal = equalTasks(network, tasks, options);
  std::vector<std::size_t> toTime;
  std::map<const Mapping*, std::vector<std::size_t>> byMapping;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (equal[t] != t) continue;
    toTime.push_back(t);
    byMapping[tasks[t].candidate.mapping].push_back(t);
  }
  std::vector<const std::vector<std::size_t>*> lines;
  for (const Mapping& mapping : mappings) {
    const auto found = byMapping.find(&mapping);
    if (found != byMapping.end()) lines.push_back(&found->second);
  }
  const auto runLine = [&](const std::vector<std::size_t>& line) {
    MachineTimer timer(*machine);
    Mapper mapper(*tasks[line.front()].candidate.mapping, *machine);
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
    if (equal[t] != t && outcomes[equal[t]].done) {
      outcomes[t] = outcomeOfEqual(network, tasks[t], outcomes[equal[t]]);
    }
  }

  std::vector<std::size_t> chosen;
  for (std::size_t t = 0; t < tasks.size();) {
    // Of the mappings that fit the same layers, the one with the fewest cycles; of equals the first. One
    // that fails gives way to one that does not.
    std::size_t best = t;
    std::size_t next = t;
    for (; next < tasks.size() && tasks[next].group == tasks[t].group; ++next) {
      const TimedProgram& here = outcomes[next].timed;
      const TimedProgram& there = outcomes[best].timed;
      const bool hereOk = !hasErrors(here.diagnostics);
      const bool thereOk = !hasErrors(there.diagnostics);
      if (hereOk != thereOk ? hereOk : hereOk && here.layer.cycles < there.layer.cycles) best = next;
    }
    collectRunnersUp(outcomes, t, next, best);
    t = next;
    if (outcomes[best].done) {
      chosen.push_back(best);
    } else {
      estimate.cancelled = true;
    }
  }
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
