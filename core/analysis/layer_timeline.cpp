// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/layer_timeline.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/engine/preparation/prepare.h"
#include "core/engine/steady/access_analysis.h"
#include "core/engine/steady/automaton.h"

namespace taktwerk {

namespace {

using engine::AutomatonResult;
using engine::TimeTree;

Diagnostic failure(const Program& program, const char* code, std::string message) {
  return {Severity::Error, program.file, {1, 1}, code, std::move(message), program.name};
}
Diagnostic deadlockIn(const Program& program, Cycles cycle, const std::string& chain) {
  return failure(program, "E0002",
                 "deadlock at cycle " + std::to_string(cycle) + ": " +
                     (chain.empty() ? "instructions of a loop body wait for each other" : chain));
}

bool accessesCache(const Machine& machine, const Program& program) {
  return std::any_of(program.steps.begin(), program.steps.end(), [&](const Program::Step& step) {
    const InstructionTemplate& instruction = program.templates[step.instruction];
    const auto cached = [&](const AccessShape& access) {
      return machine.memories[access.memory.index()].kind == MemoryKind::Cache;
    };
    return std::any_of(instruction.memoryReads.begin(), instruction.memoryReads.end(), cached) ||
           std::any_of(instruction.memoryWrites.begin(), instruction.memoryWrites.end(), cached);
  });
}

/// The tree of a program of which the time of every instruction is known, none of it shared.
class TreeOfTimes {
 public:
  TreeOfTimes(const Program& program, const std::vector<Cycles>& fetched, std::int64_t piece)
      : program_(program), fetched_(fetched), piece_(piece) {}

  TimeTree run() {
    tree_.root = loop(0);
    return std::move(tree_);
  }

 private:
  /// When the fetch comes to an instruction; the first is asked for at 0.
  [[nodiscard]] Cycles at(std::int64_t instruction) const {
    if (instruction == 0 || fetched_.empty()) return 0;
    return fetched_[std::min<std::size_t>(static_cast<std::size_t>(instruction), fetched_.size() - 1)];
  }

  std::uint32_t loop(std::uint32_t index) {
    const Program::Loop& source = program_.loops[index];
    TimeTree::Block block;
    block.isLoop = true;
    block.loop = index;
    const std::int64_t first = next_;
    const auto add = [&](std::uint32_t part) {
      const TimeTree::Block& added = tree_.blocks[part];
      block.parts.push_back({part, block.cycles, block.instructions});
      block.cycles += added.cycles;
      block.instructions += added.instructions;
    };
    for (std::int64_t i = 0; i < source.trips; ++i) {
      std::int64_t run = 0;
      std::uint32_t parts = 0;
      const auto end = [&] {
        if (run == 0) return;
        add(leaf(run));
        run = 0;
        ++parts;
      };
      for (const Program::Item& item : program_.body(source)) {
        if (item.isLoop) {
          end();
          add(loop(item.index));
          ++parts;
        } else if (++run == piece_) {
          end();
        }
      }
      end();
      block.partsEach = std::max(1U, parts);
    }
    if (!block.parts.empty()) {
      block.segments.push_back({0,
                                static_cast<std::uint32_t>(block.parts.size()),
                                1,
                                0,
                                0,
                                0,
                                at(next_) - at(first),
                                next_ - first,
                                source.trips,
                                {}});
    }
    tree_.blocks.push_back(std::move(block));
    return static_cast<std::uint32_t>(tree_.blocks.size() - 1);
  }

  std::uint32_t leaf(std::int64_t instructions) {
    const Cycles cycles = at(next_ + instructions) - at(next_);
    next_ += instructions;
    const auto [known, isNew] =
        leaves_.try_emplace({cycles, instructions}, static_cast<std::uint32_t>(tree_.blocks.size()));
    if (isNew) {
      TimeTree::Block block;
      block.cycles = cycles;
      block.instructions = instructions;
      tree_.blocks.push_back(std::move(block));
    }
    return known->second;
  }

  const Program& program_;
  const std::vector<Cycles>& fetched_;
  std::int64_t piece_;
  std::int64_t next_ = 0;  // instruction
  TimeTree tree_;
  std::map<std::pair<Cycles, std::int64_t>, std::uint32_t> leaves_;
};

/// By timing every instruction, where no state says what a cache holds.
std::optional<Diagnostic> timeAll(engine::Resolver& resolver, const engine::Prepared& prepared,
                                  const LayerTimelineOptions& options, LayerTimeline& timeline,
                                  Progress& progress) {
  const Program& program = *timeline.program;
  timeline.occupiedKnown = false;
  if (timeline.instructions > options.stepped) {
    timeline.finished = false;
    return std::nullopt;
  }
  std::vector<Cycles> fetched(static_cast<std::size_t>(timeline.instructions), 0);
  Cycles longest = 0;
  const auto take = [&](const InstructionTimes& times) {
    fetched[static_cast<std::size_t>(times.index)] = times.fetched;
    longest = std::max(longest, std::max(times.release, times.complete) - times.fetched);
  };
  const ExplainedTiming timed = timeByEvents(resolver, prepared, program, take, progress);
  timeline.cancelled = timed.timing.cancelled;
  if (timeline.cancelled) return std::nullopt;
  if (timed.timing.deadlock) {
    return deadlockIn(program, timed.timing.deadlock->cycle, timed.timing.deadlock->chain);
  }
  if (hasErrors(timed.timing.errors)) return timed.timing.errors.front();
  timeline.tree = TreeOfTimes(program, fetched, options.piece).run();
  timeline.tree.overhang = longest;
  timeline.cycles = timed.timing.cycles;
  timeline.known = timeline.instructions;
  return std::nullopt;
}

}  // namespace

Result<LayerTimeline> layerTimelineOf(std::shared_ptr<const Machine> machine,
                                      std::shared_ptr<const Program> program, Progress& progress,
                                      const LayerTimelineOptions& options) {
  LayerTimeline timeline;
  timeline.machine = std::move(machine);
  timeline.program = std::move(program);
  const Program& run = *timeline.program;
  timeline.instructions = sizeOf(run).instructions;
  progress.total = timeline.instructions;
  engine::Automaton automaton(*timeline.machine, CountUsage::Yes);
  const Result<engine::Prepared> prepared = engine::prepare(automaton.resolver(), run);
  if (!prepared) return prepared.diagnostics;
  if (run.loops.empty() || timeline.instructions == 0) return timeline;
  if (accessesCache(*timeline.machine, run)) {
    const auto problem = timeAll(automaton.resolver(), *prepared, options, timeline, progress);
    if (problem) return Diagnostics{*problem};
    return timeline;
  }
  const engine::AccessAnalysis analysis = engine::analyseAccesses(automaton.resolver(), *prepared, run);
  automaton.cutAt(static_cast<std::uint32_t>(std::clamp<std::int64_t>(options.piece, 1, 1 << 20)));
  engine::LoopReports reports;
  const AutomatonResult found = automaton.run(run, *prepared, analysis, options.budget, progress, &reports);
  switch (found.status) {
    case AutomatonResult::Status::Deadlocked:
      return Diagnostics{deadlockIn(run, found.deadlockCycle, {})};
    case AutomatonResult::Status::Failed:
      return Diagnostics{failure(run, "P0005", found.error)};
    case AutomatonResult::Status::Cancelled:
      timeline.cancelled = true;
      return timeline;
    case AutomatonResult::Status::Exact:
    case AutomatonResult::Status::Exhausted:
      break;
  }
  timeline.finished = found.status == AutomatonResult::Status::Exact;
  timeline.tree = automaton.timeTree();
  timeline.tree.overhang += timeline.machine->fetch.duration;  // what is asked for arrives so much later
  if (!timeline.tree.blocks.empty()) {
    const TimeTree::Block& root = timeline.tree.blocks[timeline.tree.root];
    timeline.known = root.instructions;
    timeline.cycles = timeline.finished ? found.cycles : root.cycles;
  }
  return timeline;
}

}  // namespace taktwerk
