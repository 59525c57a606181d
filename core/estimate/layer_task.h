// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/digest.h"
#include "core/estimate/estimate.h"
#include "core/estimate/footprint.h"
#include "core/estimate/time_program.h"
#include "core/estimate/tunable_search.h"
#include "core/estimate/workbench.h"

namespace taktwerk {

/// One way to run some layers: a mapping and what it takes.
struct Candidate {
  MappingId id;                      ///< of `mapping`
  const Mapping* mapping = nullptr;  ///< of the plan
  std::vector<LayerId> layers;
  Digest shape;    ///< signatureOf the layers
  Digest content;  ///< the same, and their names
};

/// A candidate of one entry of the plan; those of one entry follow each other.
struct LayerTask {
  std::size_t group = 0;     ///< which entry of the plan
  bool afterOthers = false;  ///< whether it follows the entry before without an unmapped layer between
  Candidate candidate;
};

/// What a task came to.
struct TaskOutcome {
  TimedProgram timed;
  bool done = false;
  /// The mapping does not take the layers after all, as the diagnostics say.
  bool refused = false;
  bool overlapNext = false;
};

/// The values given for the tunables of a task's mapping; the rest keep their defaults.
[[nodiscard]] TunableValues tunablesGiven(const LayerTask& task, const EstimateOptions& options);

/// A program, or why there is none, with what tells where else it is the same.
struct MadeProgram {
  Result<MappedProgram> result;
  MemoryEnds ends;
  std::vector<Footprint> footprints;
};

/// A program and its key in the memory, where there is one.
struct KeyedProgram {
  std::shared_ptr<const MadeProgram> program;
  Digest key;
};

/// Makes the program of a candidate with the mapper of its mapping.
[[nodiscard]] MadeProgram makeProgram(Mapper& mapper, const Network& network, const Candidate& candidate,
                                      const TunableValues& tunables, const Progress& progress);

/// Maps and times a task with the best tunables that the search finds, or with the defaults. Choices of
/// tunables are timed in parallel. `made` is the program with the tunables that are given, where it is there.
[[nodiscard]] TaskOutcome runTask(Workbenches& benches, const Network& network, const LayerTask& task,
                                  const EstimateOptions& options, const KeyedProgram& made,
                                  Progress& progress);

/// By task, the first one whose program is the same but for names: that one alone is timed.
[[nodiscard]] std::vector<std::size_t> equalTasks(const std::vector<LayerTask>& tasks,
                                                  const EstimateOptions& options);

/// The outcome of a task equal to one that was timed; what was evaluated is counted there.
[[nodiscard]] TaskOutcome outcomeOfEqual(const Network& network, const LayerTask& task,
                                         const TaskOutcome& timed);

/// Gives the best of the tasks [first, end) what the others came to.
void collectRunnersUp(std::vector<TaskOutcome>& outcomes, std::size_t first, std::size_t end,
                      std::size_t best);

}  // namespace taktwerk
