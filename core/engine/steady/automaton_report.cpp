// SPDX-License-Identifier: GPL-3.0-or-later
// What was found out about each loop of the program that was run last, read off the entries it ran through.
#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "core/engine/steady/automaton.h"

namespace taktwerk::engine {

/// Walks through the entries of a program, each once for every node that it stands for.
class Automaton::Reporter {
 public:
  Reporter(const Automaton& automaton, std::size_t loops)
      : entries_(automaton.entries_),
        unfinishedFrom_(automaton.unfinishedFrom_),
        nodes_(automaton.nodes_.nodes),
        visited_(nodes_.size()),
        leaves_(nodes_.size()) {
    reports_.loops.resize(loops);
  }

  LoopReports run(EntryId root) {
    visit(static_cast<std::uint32_t>(nodes_.size() - 1), root, 0);
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) {  // children before parents
      gather(n);
      if (nodes_[n].isLoop) {
        reports_.loops[nodes_[n].loop].evaluatedBodies = std::ssize(leaves_[n]);
      }
    }
    return std::move(reports_);
  }

 private:
  /// `start` counts at the first visit of a node alone, which is in the first iteration of those around.
  void visit(std::uint32_t nodeIndex, EntryId id, Cycles start) {
    if (!visited_[nodeIndex].insert(id).second) return;
    const ProgramNode& node = nodes_[nodeIndex];
    const Entry& entry = entries_[id];
    if (!node.isLoop) {
      leaves_[nodeIndex].push_back(id);
      return;
    }
    LoopReport& report = reports_.loops[node.loop];
    if (!report.reached) report.first = executionOf(id, node.children.size(), start);
    report.reached = true;
    ++report.different;
    for (std::size_t k = 0; k < entry.sequence.size(); ++k) {
      visit(node.children[k % node.children.size()], entry.sequence[k], start);
      start += entries_[entry.sequence[k]].duration;
    }
  }

  void gather(std::uint32_t nodeIndex) {
    std::vector<EntryId>& all = leaves_[nodeIndex];
    for (const std::uint32_t child : nodes_[nodeIndex].children) {
      std::vector<EntryId> both;
      std::set_union(all.begin(), all.end(), leaves_[child].begin(), leaves_[child].end(),
                     std::back_inserter(both));
      all = std::move(both);
      if (!nodes_[child].isLoop) leaves_[child] = {};
    }
    if (!nodes_[nodeIndex].isLoop) std::sort(all.begin(), all.end());
  }

  /// Of a loop whose iterations take `parts` entries each.
  [[nodiscard]] LoopExecution executionOf(EntryId id, std::size_t parts, Cycles start) const {
    const Entry& entry = entries_[id];
    LoopExecution execution;
    execution.start = start;
    execution.finished = id < unfinishedFrom_;
    if (parts == 0) return execution;
    const std::vector<EntryId>& sequence = entry.sequence;
    const bool leftWithin = !sequence.empty() && sequence.back() >= unfinishedFrom_;
    const std::size_t runs = (sequence.size() - (leftWithin ? 1 : 0)) / parts;
    const auto cyclesOf = [&](std::size_t run) {
      Cycles cycles = 0;
      for (std::size_t k = run * parts; k < (run + 1) * parts; ++k) cycles += entries_[sequence[k]].duration;
      return cycles;
    };
    const auto same = [&](std::size_t a, std::size_t b) {
      return std::equal(sequence.begin() + static_cast<std::ptrdiff_t>(a * parts),
                        sequence.begin() + static_cast<std::ptrdiff_t>((a + 1) * parts),
                        sequence.begin() + static_cast<std::ptrdiff_t>(b * parts));
    };
    Cycles time = 0;
    std::size_t at = 0;  // run iterations so far
    const auto advance = [&] {
      const Cycles cycles = cyclesOf(at++);
      if (execution.first.size() < LoopReports::most) {
        execution.first.push_back({execution.iterations, cycles});
      }
      ++execution.iterations;
      time += cycles;
    };
    for (auto repeat = entry.repeats.begin(); repeat != entry.repeats.end(); ++repeat) {
      const std::size_t first = repeat->first / parts, period = repeat->count / parts;
      while (at < first) advance();
      if (execution.stretchCount == 0) execution.prologue = time;
      SteadyStretch stretch{execution.iterations, 0, static_cast<std::int64_t>(period), time, 0, 0};
      while (at < first + period) advance();
      stretch.periodCycles = time - stretch.begin;
      stretch.skipped = stretch.period * repeat->times;
      execution.iterations += stretch.skipped;
      time += stretch.periodCycles * repeat->times;
      // What is left of a period, and what is run again because something might change but does not.
      const std::size_t limit =
          std::next(repeat) == entry.repeats.end() ? runs : std::next(repeat)->first / parts;
      while (at < limit && same(at, at - period)) advance();
      stretch.iterations = execution.iterations - stretch.first;
      execution.steady += time - stretch.begin;
      ++execution.stretchCount;
      if (execution.stretches.size() < LoopReports::most) execution.stretches.push_back(stretch);
    }
    while (at < runs) advance();
    if (execution.stretchCount == 0) execution.prologue = time;
    execution.cycles = time;
    execution.run = static_cast<std::int64_t>(runs);
    return execution;
  }

  const std::vector<Entry>& entries_;
  EntryId unfinishedFrom_;
  const std::vector<ProgramNode>& nodes_;
  std::vector<std::unordered_set<EntryId>> visited_;  // by node
  std::vector<std::vector<EntryId>> leaves_;          // by node: those in it, sorted
  LoopReports reports_;
};

LoopReports Automaton::reportOf(std::optional<EntryId> all) const {
  if (!all && unfinishedFrom_ != none) all = static_cast<EntryId>(entries_.size() - 1);
  if (!all) return {std::vector<LoopReport>(program_->loops.size()), 0};
  return Reporter(*this, program_->loops.size()).run(*all);
}

std::optional<Automaton::EntryId> Automaton::leaveUnfinished(Entry&& loop) {
  if (!reporting_) return std::nullopt;
  const auto id = static_cast<EntryId>(entries_.size());
  if (unfinishedFrom_ == none) {
    unfinishedFrom_ = id;
  } else {
    loop.sequence.push_back(id - 1);
  }
  kept_ += loop.sequence.size();
  entries_.push_back(std::move(loop));
  return std::nullopt;
}

}  // namespace taktwerk::engine
