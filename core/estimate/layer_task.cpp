// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/layer_task.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "core/estimate/energy.h"
#include "core/estimate/estimate_memory.h"
#include "core/estimate/threads.h"
#include "core/machine/machine_costs.h"
#include "core/mapping/fitting.h"

namespace taktwerk {

TunableValues tunablesGiven(const LayerTask& task, const EstimateOptions& options) {
  TunableValues tunables;
  if (options.tunables.empty() && options.choices.empty()) return tunables;
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

MadeProgram makeProgram(Mapper& mapper, const Network& network, const Candidate& candidate,
                        const TunableValues& tunables, const Progress& progress) {
  MadeProgram made;
  made.result = mapper.map(network, candidate.layers, tunables, &progress, &made.ends);
  if (made.result) made.footprints = footprintsOf(made.result->program);
  return made;
}

namespace {

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
KeyedProgram programOf(Workbench& bench, const Remembered& remembered, const Machine& machine,
                       const Network& network, const Candidate& candidate, const TunableValues& tunables,
                       const Progress& progress) {
  if (remembered.memory == nullptr) {
    return {std::make_shared<const MadeProgram>(
                makeProgram(bench.mapper(), network, candidate, tunables, progress)),
            {}};
  }
  return remembered.memory->program(remembered.keys->program(candidate, tunables), machine, [&] {
    Mapper mapper(*candidate.mapping, machine);
    return makeProgram(mapper, network, candidate, tunables, progress);
  });
}

TimedProgram timingOf(const KeyedProgram& keyed, const EstimateOptions& options, Workbench& bench,
                      const Remembered& remembered, Progress& progress) {
  bool known = true;
  const auto time = [&] {
    known = false;
    return timeProgram(bench.timer(), keyed.program->result->program, options, progress);
  };
  if (remembered.memory == nullptr || options.perInstruction) return time();
  const SharedTiming timed = remembered.memory->timing(remembered.keys->timing(keyed), time);
  if (known) progress.done.fetch_add(timed->layer.instructions, std::memory_order_relaxed);
  return *timed;
}

bool knowsEnergy(const Machine& machine) {
  return machine.costs && machine.costs->hasEnergy;
}

SharedEnergy energyOf(const KeyedProgram& keyed, Workbench& bench, const Remembered& remembered) {
  if (!knowsEnergy(bench.machine())) return nullptr;
  const auto count = [&] {
    return energyOfInstructions(bench.timer().automaton.resolver(), keyed.program->result->program);
  };
  if (remembered.memory == nullptr) return count();
  return remembered.memory->energy(remembered.keys->energy(keyed), count);
}

/// Without the energy of its instructions, which is asked for once what is best is known.
TaskOutcome timeTask(Workbench& bench, const Remembered& remembered, const Network& network,
                     const LayerTask& task, const KeyedProgram& keyed, const EstimateOptions& options,
                     Progress& progress) {
  TaskOutcome outcome;
  outcome.done = true;
  const Result<MappedProgram>& mapped = keyed.program->result;
  if (!mapped) {
    outcome.timed.diagnostics = mapped.diagnostics;
    outcome.timed.cancelled = mapped.diagnostics.empty();
    outcome.refused = !outcome.timed.cancelled;
    return outcome;
  }
  if (mapped->omission) {
    outcome.timed.diagnostics = {*mapped->omission};
    outcome.refused = true;
    return outcome;
  }
  outcome.overlapNext = mapped->overlapNext;
  progress.total.fetch_add(sizeOf(mapped->program).instructions, std::memory_order_relaxed);
  outcome.timed = timingOf(keyed, options, bench, remembered, progress);
  LayerEstimate& layer = outcome.timed.layer;
  nameLayers(network, task.candidate.layers, layer);
  layer.mappingId = task.candidate.id;
  layer.mapping = task.candidate.mapping->name;
  layer.tunables = mapped->tunables;
  layer.adapted = mapped->adapted;
  return outcome;
}

TaskOutcome timeWithEnergy(Workbench& bench, const Remembered& remembered, const Network& network,
                           const LayerTask& task, const KeyedProgram& keyed, const EstimateOptions& options,
                           Progress& progress) {
  TaskOutcome outcome = timeTask(bench, remembered, network, task, keyed, options, progress);
  if (keyed.program->result && !hasErrors(outcome.timed.diagnostics))
    outcome.timed.layer.instructionEnergy = energyOf(keyed, bench, remembered);
  return outcome;
}

constexpr std::size_t mostRunnersUp = 16;

void keepBest(std::vector<RunnerUp>& runnersUp) {
  std::stable_sort(runnersUp.begin(), runnersUp.end(),
                   [](const RunnerUp& a, const RunnerUp& b) { return a.cycles < b.cycles; });
  if (runnersUp.size() > mostRunnersUp) runnersUp.resize(mostRunnersUp);
}

/// What a search begins with.
struct SearchStart {
  std::vector<Tunable> open;    ///< still to be chosen, with a choice; their defaults are values that fit
  TunableValues unlessDefault;  ///< the mapping's defaults, where these do not fit
};

/// The tunables of a task's mapping that a search may choose; none where no choice fits.
SearchStart searchStart(const Machine& machine, const Network& network, const LayerTask& task,
                        const TunableValues& given) {
  const Candidate& candidate = task.candidate;
  const auto all = tunablesOf(*candidate.mapping, machine, network, candidate.layers);
  if (!all) return {};
  SearchStart start;
  for (const Tunable& tunable : *all) {
    if (tunable.values.size() > 1 && !given.contains(tunable.name)) start.open.push_back(tunable);
  }
  if (start.open.empty()) return start;
  const auto fitting = fittingTunables(*candidate.mapping, machine, network, candidate.layers, given);
  if (!fitting) return {};
  for (Tunable& tunable : start.open) tunable.defaultValue = fitting->values.at(tunable.name);
  if (fitting->values != fitting->defaults) start.unlessDefault = fitting->defaults;
  return start;
}

/// Of a layer's tunables those that are not the defaults, where these do not fit.
TunableValues adaptedFrom(const TunableValues& defaults, const TunableValues& tunables) {
  TunableValues adapted;
  for (const auto& [name, value] : defaults) {
    const auto chosen = tunables.find(name);
    if (chosen != tunables.end() && chosen->second != value) adapted.insert(*chosen);
  }
  return adapted;
}

/// The best outcome of choices that come in any order: of equals, and if none can be, the first one asked.
class BestChoice {
 public:
  void offer(std::size_t asked, TaskOutcome&& outcome) {
    const std::lock_guard lock(mutex_);
    const bool better = !best_ || rank(asked, outcome) < rank(asked_, *best_);
    if (!better) return;
    asked_ = asked;
    best_ = std::move(outcome);
  }
  [[nodiscard]] TaskOutcome take() { return std::move(*best_); }

 private:
  /// One that was cancelled comes before all, one that cannot be behind all.
  static std::tuple<bool, bool, Cycles, std::size_t> rank(std::size_t asked, const TaskOutcome& outcome) {
    const TimedProgram& timed = outcome.timed;
    const bool failed = hasErrors(timed.diagnostics);
    return {!timed.cancelled, failed, failed ? 0 : timed.layer.cycles, asked};
  }

  std::mutex mutex_;
  std::size_t asked_ = 0;
  std::optional<TaskOutcome> best_;
};

}  // namespace

TaskOutcome runTask(Workbenches& benches, const Network& network, const LayerTask& task,
                    const EstimateOptions& options, const KeyedProgram& made, Progress& progress) {
  const Mapping& mapping = *task.candidate.mapping;
  const Remembered& remembered = benches.remembered();
  if (made.program != nullptr) {
    return benches.with(mapping, [&](Workbench& bench) {
      return timeWithEnergy(bench, remembered, network, task, made, options, progress);
    });
  }
  const TunableValues given = tunablesGiven(task, options);
  const auto withProgram = [&](const TunableValues& tunables, const auto& use) {
    return benches.with(mapping, [&](Workbench& bench) {
      return use(bench, programOf(bench, remembered, benches.machine(), network, task.candidate, tunables,
                                  progress));
    });
  };
  const SearchStart start =
      options.search > 1 ? searchStart(benches.machine(), network, task, given) : SearchStart{};
  if (start.open.empty()) {
    return withProgram(given, [&](Workbench& bench, const KeyedProgram& program) {
      return timeWithEnergy(bench, remembered, network, task, program, options, progress);
    });
  }
  BestChoice best;
  const auto timeChoice = [&](std::size_t asked, TunablePoint& point) {
    if (asked > 0 && progress.cancelled()) return;
    TunableValues chosen = given;
    chosen.insert(point.values.begin(), point.values.end());
    TaskOutcome outcome = withProgram(chosen, [&](Workbench& bench, const KeyedProgram& program) {
      return timeTask(bench, remembered, network, task, program, options, progress);
    });
    point.feasible = !hasErrors(outcome.timed.diagnostics) && !outcome.timed.cancelled;
    if (point.feasible) {
      point.cycles = outcome.timed.layer.cycles;
    } else if (!outcome.timed.cancelled) {
      point.problem = outcome.timed.diagnostics.front().message;
    }
    best.offer(asked, std::move(outcome));
  };
  const std::vector<TunablePoint> points =
      searchTunables(start.open, options.search, [&](std::size_t asked, std::span<TunablePoint> choices) {
        inParallel(choices.size(), options.jobs, [&](std::size_t c) { timeChoice(asked + c, choices[c]); });
      });
  TaskOutcome outcome = best.take();
  outcome.timed.cancelled = outcome.timed.cancelled || progress.cancelled();  // choices may be missing
  LayerEstimate& layer = outcome.timed.layer;
  layer.tried = std::ssize(points);
  if (points.front().feasible && !outcome.timed.cancelled && knowsEnergy(benches.machine())) {
    TunableValues chosen = given;
    chosen.insert(points.front().values.begin(), points.front().values.end());
    layer.instructionEnergy = withProgram(chosen, [&](Workbench& bench, const KeyedProgram& program) {
      return program.program->result ? energyOf(program, bench, remembered) : nullptr;  // it may be stopped
    });
  }
  if (!start.unlessDefault.empty()) layer.adapted = adaptedFrom(start.unlessDefault, layer.tunables);
  for (std::size_t k = 1; k < points.size() && points[k].feasible; ++k) {
    RunnerUp runnerUp{task.candidate.id, mapping.name, given, points[k].cycles};
    runnerUp.tunables.insert(points[k].values.begin(), points[k].values.end());
    layer.runnersUp.push_back(std::move(runnerUp));
  }
  keepBest(layer.runnersUp);
  return outcome;
}

std::vector<std::size_t> equalTasks(const std::vector<LayerTask>& tasks, const EstimateOptions& options) {
  std::map<std::tuple<MappingId, Digest, TunableValues>, std::size_t> first;
  std::vector<std::size_t> equal;
  equal.reserve(tasks.size());
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const Candidate& candidate = tasks[t].candidate;
    const auto [known, isNew] =
        first.try_emplace({candidate.id, candidate.shape, tunablesGiven(tasks[t], options)}, t);
    equal.push_back(known->second);
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
