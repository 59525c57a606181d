// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/timeline.h"

#include <algorithm>

#include "core/program/program_index.h"

namespace taktwerk {

namespace {

class Reader {
 public:
  Reader(const GraphWindow& window, const Program& program)
      : window_(window), graph_(window.graph), program_(program), index_(program) {
    edgesOf_.reserve(graph_.nodes.size() + 1);
    std::size_t edge = 0;
    for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
      edgesOf_.push_back(edge);
      while (edge < graph_.edges.size() && graph_.edges[edge].to == n) ++edge;
    }
    edgesOf_.push_back(edge);
  }

  Timeline read() {
    Timeline timeline;
    timeline.machine = window_.machine;
    timeline.title = window_.title;
    timeline.first = window_.first;
    for (std::int64_t number = window_.first; number < window_.end; ++number) {
      const ProgramIndex::Place place = index_.at(number);
      if (place.step == nullptr) break;
      TimelineInstruction instruction;
      instruction.number = number;
      instruction.operation =
          listedOperation(*window_.machine, program_.templates[place.step->instruction], place.addresses, 0);
      instruction.operation.sourceLine = place.step->sourceLine;
      timeline.instructions.push_back(std::move(instruction));
    }
    for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
      const std::int64_t place = graph_.nodes[n].instruction - window_.first;
      if (place < 0 || place >= std::ssize(timeline.instructions)) continue;
      take(n, timeline.instructions[static_cast<std::size_t>(place)]);
    }
    bool any = false;
    for (const TimelineInstruction& instruction : timeline.instructions) {
      if (instruction.bars.empty()) continue;
      timeline.begin = any ? std::min(timeline.begin, instruction.begin()) : instruction.begin();
      timeline.end = std::max(timeline.end, instruction.end());
      any = true;
    }
    return timeline;
  }

 private:
  void take(std::uint32_t n, TimelineInstruction& instruction) {
    const GraphNode& node = graph_.nodes[n];
    if (node.kind == NodeKind::Fetch) return;  // shown with the buffer, of each of its group
    if (node.kind == NodeKind::Buffer && edgesOf_[n] < edgesOf_[n + 1]) {
      const std::uint32_t fetch = graph_.edges[edgesOf_[n]].from;
      TimelineBar bar = barOf(fetch);
      bar.wait = waitBefore(fetch, [](const GraphEdge& edge) { return edge.fetching; });
      instruction.bars.push_back(std::move(bar));
    }
    TimelineBar bar = barOf(n);
    if (node.kind != NodeKind::Buffer && node.kind != NodeKind::Compute) {
      bar.wait = waitBefore(n, [&](const GraphEdge& edge) {
        return edge.kind == GraphEdgeKind::Forward && edge.instruction == node.instruction;
      });
    }
    instruction.bars.push_back(std::move(bar));
  }

  [[nodiscard]] TimelineBar barOf(std::uint32_t n) const {
    const GraphNode& node = graph_.nodes[n];
    TimelineBar bar;
    bar.kind = node.kind;
    bar.object = MachineObjectId{node.object};
    bar.begin = node.enter;
    bar.end = node.leave;
    if (node.kind == NodeKind::Access) {
      bar.address = node.address;
      bar.words = node.words;
      bar.write = node.write;
    }
    return bar;
  }

  /// By how much a node was entered later than by those of its edges that are its instruction's own.
  template <class IsOwn>
  [[nodiscard]] std::optional<TimelineWait> waitBefore(std::uint32_t n, const IsOwn& isOwn) const {
    const GraphEdge* binding = nullptr;
    Cycles byItself = -1;
    for (std::size_t e = edgesOf_[n]; e < edgesOf_[n + 1]; ++e) {
      const GraphEdge& edge = graph_.edges[e];
      if (edge.binding) binding = &edge;
      if (isOwn(edge)) byItself = std::max(byItself, graph_.nodes[edge.from].enter + edge.duration);
    }
    const Cycles enter = graph_.nodes[n].enter;
    if (binding == nullptr || byItself < 0 || enter <= byItself) return std::nullopt;
    TimelineWait wait;
    wait.cycles = enter - byItself;
    wait.kind = binding->kind;
    wait.cause = causeOf(*binding);
    wait.instruction = binding->instruction;
    const ProgramIndex::Place place = index_.at(binding->instruction);
    if (place.step != nullptr) {
      wait.operation =
          window_.machine->operations[program_.templates[place.step->instruction].operation.index()];
    }
    return wait;
  }

  const GraphWindow& window_;
  const DependencyGraph& graph_;
  const Program& program_;
  ProgramIndex index_;
  std::vector<std::size_t> edgesOf_;  // by node: its first edge
};

}  // namespace

Cycles TimelineInstruction::begin() const {
  Cycles begin = bars.empty() ? 0 : bars.front().begin;
  for (const TimelineBar& bar : bars) begin = std::min(begin, bar.begin);
  return begin;
}

Cycles TimelineInstruction::end() const {
  Cycles end = 0;
  for (const TimelineBar& bar : bars) end = std::max(end, bar.end);
  return end;
}

Timeline timelineOf(const GraphWindow& window, const Program& program) {
  return Reader(window, program).read();
}

}  // namespace taktwerk
