// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/shortened.h"

#include <algorithm>
#include <utility>

#include "core/graph/recorder.h"
#include "core/graph/skipped_path.h"
#include "core/reference/simulation.h"

namespace taktwerk {

namespace {

/// What is run of a program, and which instruction of that is which.
class Shortened {
 public:
  Shortened(const Program& program, const ProgramIndex& index, const std::vector<LoopSkip>& skips)
      : program_(program), index_(index), skips_(skips) {
    for (const LoopSkip& skip : skips) {
      begins_.push_back(skip.at - leftOut_);
      leftOut_ += skip.period * skip.times;
      cycles_ += skip.periodCycles * skip.times;
    }
  }

  /// Instructions and cycles left out in all.
  [[nodiscard]] std::int64_t leftOut() const { return leftOut_; }
  [[nodiscard]] Cycles cycles() const { return cycles_; }
  /// Where each skip is, among the instructions that are run.
  [[nodiscard]] const std::vector<std::int64_t>& places() const { return begins_; }
  [[nodiscard]] const std::vector<LoopSkip>& skips() const { return skips_; }
  [[nodiscard]] const ProgramIndex& index() const { return index_; }

  /// What is run up to an instruction of the whole program, behind all skips, written out.
  [[nodiscard]] Program upTo(std::int64_t end, const Progress& progress) const {
    ProgramBuilder builder(program_.name, program_.file, program_.templates);
    std::int64_t at = 0;
    for (std::size_t s = 0; s <= skips_.size(); ++s) {
      const std::int64_t until = s < skips_.size() ? skips_[s].at : end;
      for (; at < until; ++at) {
        if ((at & 0xFFF) == 0 && progress.cancelled()) return std::move(builder).finish();
        const ProgramIndex::Place place = index_.at(at);
        if (place.step == nullptr) break;
        builder.add(place.step->instruction, place.addresses, place.step->sourceLine);
      }
      if (s < skips_.size()) at = skips_[s].end();
    }
    return std::move(builder).finish();
  }

  /// The gap in the path that a skip makes, a period behind where what repeats begins: what comes behind the
  /// skip may still touch the last periods before it, but not the first.
  [[nodiscard]] PathGap gapOf(std::size_t s) const {
    const LoopSkip& skip = skips_[s];
    const std::int64_t begin = runOf(skip.at - skip.run * skip.period, s);
    const std::int64_t period = (begins_[s] - begin) / skip.run;
    return {begin + period, period, skip.times};
  }
  [[nodiscard]] std::vector<PathGap> gaps() const {
    std::vector<PathGap> gaps;
    for (std::size_t s = 0; s < skips_.size(); ++s) gaps.push_back(gapOf(s));
    std::sort(gaps.begin(), gaps.end(), [](const PathGap& a, const PathGap& b) { return a.at < b.at; });
    return gaps;
  }

 private:
  /// The number that an instruction has among those that are run; `before` skips at most lie before it.
  [[nodiscard]] std::int64_t runOf(std::int64_t instruction, std::size_t before) const {
    std::int64_t result = instruction;
    for (std::size_t s = 0; s < before && skips_[s].at < instruction; ++s) {
      result -= skips_[s].period * skips_[s].times;
    }
    return result;
  }

  const Program& program_;
  const ProgramIndex& index_;
  const std::vector<LoopSkip>& skips_;
  std::vector<std::int64_t> begins_;
  std::int64_t leftOut_ = 0;
  Cycles cycles_ = 0;
};

/// Gives what is under way where iterations are left out the addresses of what would be.
class LeapingRecorder : public GraphRecorder {
 public:
  LeapingRecorder(const Machine& machine, std::int64_t end, const Shortened& shortened)
      : GraphRecorder(machine, end), shortened_(shortened) {}

  void reaches(std::int64_t index, std::map<std::int64_t, reference::Instruction>& live) override {
    const std::vector<std::int64_t>& places = shortened_.places();
    if (next_ == places.size() || places[next_] != index) return;
    while (next_ + 1 < places.size() && places[next_ + 1] == index) ++next_;
    const std::int64_t resumed = shortened_.skips()[next_++].end();
    for (auto& [older, instruction] : live) {
      if (older == index) continue;
      const ProgramIndex::Place place = shortened_.index().at(resumed - (index - older));
      if (place.addresses.size() != instruction.ranges.size()) continue;
      for (std::size_t r = 0; r < place.addresses.size(); ++r) {
        instruction.ranges[r].address = place.addresses[r];
      }
    }
  }

 private:
  const Shortened& shortened_;
  std::size_t next_ = 0;
};

/// How far apart, in instructions, anything may still matter to each other: the most that were looked at
/// while one was under way.
std::int64_t reachOf(const DependencyGraph& graph) {
  std::vector<std::pair<Cycles, std::int64_t>> fetches;
  for (const GraphNode& node : graph.nodes) {
    if (node.kind == NodeKind::Fetch) fetches.emplace_back(node.enter, node.instruction);
  }
  std::int64_t reach = 0;
  for (const GraphNode& node : graph.nodes) {
    const auto later = std::upper_bound(fetches.begin(), fetches.end(), node.leave,
                                        [](Cycles time, const auto& fetch) { return time < fetch.first; });
    if (later != fetches.begin()) reach = std::max(reach, std::prev(later)->second - node.instruction);
  }
  return reach;
}

/// Whether nothing of the first period before a skip was still under way when what follows the skip was
/// fetched.
bool gapsAreClear(const DependencyGraph& graph, const Shortened& shortened) {
  const std::vector<std::int64_t>& places = shortened.places();
  if (places.empty()) return true;
  const auto count = static_cast<std::size_t>(places.back()) + 1;
  std::vector<Cycles> over(count, 0), fetched(count, -1);  // by instruction: of it and all before
  for (const GraphNode& node : graph.nodes) {
    const auto i = static_cast<std::size_t>(node.instruction);
    if (i >= count) continue;
    over[i] = std::max(over[i], node.leave);
    if (node.kind == NodeKind::Fetch) fetched[i] = node.enter;
  }
  for (std::size_t i = 1; i < count; ++i) {
    over[i] = std::max(over[i], over[i - 1]);
    if (fetched[i] < 0) fetched[i] = fetched[i - 1];
  }
  for (std::size_t s = 0; s < places.size(); ++s) {
    const auto last = static_cast<std::size_t>(shortened.gapOf(s).at - 1);
    if (over[last] > fetched[static_cast<std::size_t>(places[s])]) return false;
  }
  return true;
}

/// Whether all of a window, and its last event, came after the last skip.
bool isBehind(const DependencyGraph& all, const DependencyGraph& window, std::int64_t place) {
  return all.nodes[all.last].instruction >= place &&
         std::all_of(window.nodes.begin(), window.nodes.end(),
                     [&](const GraphNode& node) { return node.instruction >= place; });
}

void move(DependencyGraph& graph, std::int64_t instructions, Cycles cycles) {
  for (GraphNode& node : graph.nodes) {
    node.instruction += instructions;
    node.enter += cycles;
    node.leave += cycles;
  }
  for (GraphEdge& edge : graph.edges) edge.instruction += instructions;
  graph.cycles += cycles;
}

/// What is fetched behind a window while it is under way matters; what is not, cannot. `length` is that of
/// what is run.
RecordedGraph record(const Machine& machine, const Shortened& shortened, std::int64_t end,
                     std::int64_t& recorded, Progress& progress) {
  const std::int64_t all = shortened.index().instructions() - shortened.leftOut();
  for (std::int64_t length = end + std::min<std::int64_t>(256, all - end);;
       length += std::min(length, all - length)) {
    const Program program = shortened.upTo(length + shortened.leftOut(), progress);
    LeapingRecorder recorder(machine, std::min(end, length), shortened);
    RecordedGraph result;
    if (progress.cancelled()) {
      result.timing.cancelled = true;
      return result;
    }
    result.timing = simulateObserved(machine, program, {}, recorder, progress);
    const bool satisfied = recorder.satisfied();
    result.graph = std::move(recorder).take();
    if (satisfied) result.timing.cycles = result.graph.cycles;
    std::int64_t last = 0;
    for (const GraphNode& node : result.graph.nodes) last = std::max(last, node.instruction);
    recorded += std::min(length, last + 1);
    const bool enough = last + std::int64_t{machine.fetch.width} < length;
    if (enough || length == all || result.timing.cancelled || hasErrors(result.timing.errors)) return result;
  }
}

}  // namespace

ShortenedGraph recordShortened(const Machine& machine, const Program& program, const ProgramIndex& index,
                               const std::vector<LoopSkip>& skips, const InstructionWindow& window,
                               Progress& progress) {
  ShortenedGraph result;
  const Shortened shortened(program, index, skips);
  const std::int64_t end = std::min(window.end, index.instructions()) - shortened.leftOut();
  if (end <= 0) return result;
  RecordedGraph recorded = record(machine, shortened, end, result.recorded, progress);
  result.timing = std::move(recorded.timing);
  if (!result.timing.ok()) {
    if (result.timing.deadlock) result.timing.deadlock->cycle += shortened.cycles();
    return result;
  }
  const std::vector<PathPart> parts = markCriticalPath(recorded.graph);
  result.graph = windowOf(recorded.graph, window.first - shortened.leftOut(), end);
  if (!skips.empty()) {
    result.margin = reachOf(recorded.graph) + 1;
    result.sound = isBehind(recorded.graph, result.graph, shortened.places().back()) &&
                   gapsAreClear(recorded.graph, shortened);
    if (!result.sound) return result;
    auto path = SkippedPath(recorded.graph, shortened.gaps()).follow();
    Cycles sum = 0;
    for (const auto& part : path.value_or(Breakdown{})) sum += part.second;
    result.sound = path && sum == recorded.graph.cycles + shortened.cycles();
    if (!result.sound) return result;
    result.criticalPath = std::move(*path);
    move(result.graph, shortened.leftOut(), shortened.cycles());
    result.timing.cycles += shortened.cycles();
    return result;
  }
  for (const PathPart& part : parts) result.criticalPath[part.cause] += part.duration;
  return result;
}

}  // namespace taktwerk
