// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/layer_task.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/estimate/equal_layers.h"
#include "core/estimate/estimate_memory.h"

namespace taktwerk {

namespace {

/// The values given for the tunables of a task's mapping; the rest keep their defaults.
std::map<std::string, std::int64_t> tunablesGiven(const Network& network, const LayerTask& task,
                                                  const EstimateOptions& options) {
  std::map<std::string, std::int64_t> tunables;
  for (const std::string& name : tunableNames(*task.candidate.mapping)) {
    const auto chosen = options.tunables.find(name);
    if (chosen != options.tunables.end()) tunables.insert(*chosen);
  }
  const auto choice = options.choices.find(task.candidate.layers.front());
  if (choice != options.choices.end()) {
    for (const auto& [name, value] : choice->second.tunables) tunables[name] = value;
  }
  return tunables;
}

/// What an estimate says of the layers themselves, whatever their timing.
void nameLayers(const Network& network, const std::vector<LayerId>& layers, LayerEstimate& layer) {
  const Layer& first = network.layers[layers.front().index()];
  layer.layers = layers;
  layer.name = first.name;
  layer.operatorName = first.operatorName;
  layer.fused.clear();
  layer.macs = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& member = network.layers[layers[i].index()];
    if (i > 0) layer.fused.push_back(member.name);
    layer.macs += member.macs;
  }
}

/// The program of a task with these tunables, made or remembered. One that is remembered has a table of
/// instructions of its own, for others may read it while the mapper goes on.
SharedProgram programOf(Mapper& mapper, const Network& network, const LayerTask& task,
                        const TunableValues& tunables, MachineTimer& timer) {
  const Mapping& mapping = *task.candidate.mapping;
  const std::vector<LayerId>& layers = task.candidate.layers;
  if (timer.remembered.memory == nullptr) {
    return std::make_shared<const Result<MappedProgram>>(mapper.map(network, layers, tunables));
  }
  return timer.remembered.memory->program(
      timer.remembered.machine, timer.machine, mapping, network, layers, tunables,
      [&] { return mapLayers(mapping, timer.machine, network, layers, tunables); });
}

TimedProgram timingOf(const SharedProgram& program, const EstimateOptions& options, MachineTimer& timer,
                      Progress& progress) {
  const auto time = [&] { return timeProgram(timer, (*program)->program, options, progress); };
  if (timer.remembered.memory == nullptr || options.perInstruction) return time();
  return *timer.remembered.memory->timing(timer.remembered.machine, program, options, time);
}

TaskOutcome timeTask(Mapper& mapper, const Network& network, const LayerTask& task,
                     const TunableValues& tunables, const EstimateOptions& options, MachineTimer& timer,
                     Progress& progress) {
  TaskOutcome outcome;
  outcome.done = true;
  const Mapping& mapping = *task.candidate.mapping;
  const SharedProgram shared = programOf(mapper, network, task, tunables, timer);
  const Result<MappedProgram>& mapped = *shared;
  if (!mapped) {
    outcome.timed.diagnostics = mapped.diagnostics;
    return outcome;
  }
  if (mapped->omission) {
    outcome.timed.diagnostics = {*mapped->omission};
    return outcome;
  }
  outcome.overlapNext = mapped->overlapNext;
  progress.total.fetch_add(sizeOf(mapped->program).instructions, std::memory_order_relaxed);
  outcome.timed = timingOf(shared, options, timer, progress);
  LayerEstimate& layer = outcome.timed.layer;
  nameLayers(network, task.candidate.layers, layer);
  layer.mappingId = task.candidate.id;
  layer.mapping = mapping.name;
  layer.tunables = mapped->tunables;
  return outcome;
}

constexpr std::size_t mostRunnersUp = 16;

void keepBest(std::vector<RunnerUp>& runnersUp) {
  std::stable_sort(runnersUp.begin(), runnersUp.end(),
                   [](const RunnerUp& a, const RunnerUp& b) { return a.cycles < b.cycles; });
  if (runnersUp.size() > mostRunnersUp) runnersUp.resize(mostRunnersUp);
}

/// The tunables of a task's mapping that are still to be chosen and leave a choice.
std::vector<Tunable> tunablesToChoose(const Machine& machine, const Network& network, const LayerTask& task,
                                      const TunableValues& given) {
  const auto all = tunablesOf(*task.candidate.mapping, machine, network, task.candidate.layers);
  if (!all) return {};
  std::vector<Tunable> open;
  for (const Tunable& tunable : *all) {
    if (tunable.values.size() > 1 && !given.contains(tunable.name)) open.push_back(tunable);
  }
  return open;
}

}  // namespace

TaskOutcome runTask(Mapper& mapper, const Network& network, const LayerTask& task,
                    const EstimateOptions& options, MachineTimer& timer, Progress& progress) {
  const TunableValues given = tunablesGiven(network, task, options);
  const std::vector<Tunable> open =
      options.search > 1 ? tunablesToChoose(timer.machine, network, task, given) : std::vector<Tunable>{};
  if (open.empty()) return timeTask(mapper, network, task, given, options, timer, progress);
  std::optional<TaskOutcome> best;
  bool cancelled = false;
  const std::vector<TunablePoint> points =
      searchTunables(open, options.search, [&](const TunableValues& values) {
        TunablePoint point;
        if (cancelled) return point;
        TunableValues chosen = given;
        chosen.insert(values.begin(), values.end());
        TaskOutcome outcome = timeTask(mapper, network, task, chosen, options, timer, progress);
        cancelled = outcome.timed.cancelled;
        point.feasible = !hasErrors(outcome.timed.diagnostics) && !cancelled;
        if (point.feasible) {
          point.cycles = outcome.timed.layer.cycles;
        } else if (!cancelled) {
          point.problem = outcome.timed.diagnostics.front().message;
        }
        const bool first = !best;
        const bool better = point.feasible && (first || hasErrors(best->timed.diagnostics) ||
                                               point.cycles < best->timed.layer.cycles);
        if (first || better || cancelled) best = std::move(outcome);
        return point;
      });
  LayerEstimate& layer = best->timed.layer;
  layer.tried = std::ssize(points);
  for (std::size_t k = 1; k < points.size() && points[k].feasible; ++k) {
    RunnerUp runnerUp{task.candidate.id, task.candidate.mapping->name, given, points[k].cycles};
    runnerUp.tunables.insert(points[k].values.begin(), points[k].values.end());
    layer.runnersUp.push_back(std::move(runnerUp));
  }
  keepBest(layer.runnersUp);
  return std::move(*best);
}

std::vector<std::size_t> equalTasks(const Network& network, const std::vector<LayerTask>& tasks,
                                    const EstimateOptions& options) {
  std::map<std::tuple<const Mapping*, std::map<std::string, std::int64_t>, std::string>, std::size_t> first;
  std::vector<std::size_t> equal;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const Candidate& candidate = tasks[t].candidate;
    equal.push_back(first
                        .try_emplace({candidate.mapping, tunablesGiven(network, tasks[t], options),
                                      signatureOf(network, candidate.layers)},
                                     t)
                        .first->second);
  }
  return equal;
}

TaskOutcome outcomeOfEqual(const Network& network, const LayerTask& task, const TaskOutcome& timed) {
  TaskOutcome outcome = timed;
  LayerEstimate& layer = outcome.timed.layer;
  nameLayers(network, task.candidate.layers, layer);
  layer.evaluatedIterations = layer.evaluatedInstructions = 0;
  return outcome;
}

void collectRunnersUp(std::vector<TaskOutcome>& outcomes, std::size_t first, std::size_t end,
                      std::size_t best) {
  LayerEstimate& chosen = outcomes[best].timed.layer;
  for (std::size_t t = first; t < end; ++t) {
    if (t == best || !outcomes[t].done) continue;
    const LayerEstimate& other = outcomes[t].timed.layer;
    chosen.tried += other.tried;
    if (hasErrors(outcomes[t].timed.diagnostics)) continue;
    chosen.runnersUp.push_back({other.mappingId, other.mapping, other.tunables, other.cycles});
    chosen.runnersUp.insert(chosen.runnersUp.end(), other.runnersUp.begin(), other.runnersUp.end());
  }
  keepBest(chosen.runnersUp);
}

}  // namespace taktwerk
