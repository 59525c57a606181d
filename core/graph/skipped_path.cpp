// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/skipped_path.h"

#include <algorithm>
#include <limits>

namespace taktwerk {

SkippedPath::SkippedPath(const DependencyGraph& graph, std::vector<PathGap> gaps)
    : graph_(graph),
      gaps_(std::move(gaps)),
      bindingOf_(graph.nodes.size(), static_cast<std::uint32_t>(graph.edges.size())) {
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    if (graph.edges[e].binding) bindingOf_[graph.edges[e].to] = e;
  }
  byInstruction_.reserve(graph.nodes.size());
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) byInstruction_.emplace_back(instructionOf(n), n);
  std::sort(byInstruction_.begin(), byInstruction_.end());
}

std::optional<Breakdown> SkippedPath::follow() {
  if (graph_.nodes.empty()) return Breakdown{};
  if (graph_.lastDuration > 0) {
    found_[{WaitCause::Busy, {graph_.lastObject}}] += graph_.lastDuration;
  }
  std::uint32_t at = graph_.last;
  if (!pass(at, std::numeric_limits<std::int64_t>::max(), -1)) return std::nullopt;
  return std::move(found_);
}

/// From `at` back to a node of an instruction before `low`, or to the beginning. Gaps from `upper` on have
/// been filled: a path may come back to younger instructions, but not to earlier cycles of them.
bool SkippedPath::pass(std::uint32_t& at, std::int64_t upper, std::int64_t low) {
  while (true) {
    for (auto gap = gaps_.rbegin(); gap != gaps_.rend(); ++gap) {
      if (gap->at >= upper) continue;
      if (gap->at <= low || gap->at <= instructionOf(at)) break;
      upper = gap->at;
      if (!fill(*gap, at)) return false;
      if (ended_) return true;
    }
    if (instructionOf(at) < low) return true;
    const std::uint32_t binding = bindingOf_[at];
    if (binding == graph_.edges.size()) {
      ended_ = true;
      return true;
    }
    const GraphEdge& edge = graph_.edges[binding];
    if (edge.duration > 0) found_[causeOf(edge)] += edge.duration;
    at = edge.from;
  }
}

/// Through what is missing.
bool SkippedPath::fill(const PathGap& gap, std::uint32_t& at) {
  struct Met {
    std::int64_t left;
    Breakdown found;
  };
  std::map<std::uint32_t, Met> met;
  for (std::int64_t left = gap.times; left > 0; --left) {
    if (const auto known = met.find(at); known != met.end()) {
      const std::int64_t round = known->second.left - left, rounds = left / round;
      Breakdown once = found_;
      for (const auto& [cause, cycles] : known->second.found) once[cause] -= cycles;
      for (const auto& [cause, cycles] : once) {
        if (cycles != 0) found_[cause] += cycles * rounds;
      }
      left -= rounds * round;
      met.clear();
      if (left == 0) return true;
    }
    met.emplace(at, Met{left, found_});
    if (!pass(at, gap.at, gap.at - gap.period)) return false;
    if (ended_) return false;  // a path that begins in a period that repeats
    const auto next = counterpart(at, gap.period);
    if (!next) return false;
    at = *next;
  }
  return true;
}

std::optional<std::uint32_t> SkippedPath::counterpart(std::uint32_t node, std::int64_t later) const {
  const auto begin = [&](std::int64_t instruction) {
    return std::lower_bound(byInstruction_.begin(), byInstruction_.end(), std::pair{instruction, 0U});
  };
  const std::int64_t instruction = instructionOf(node);
  const auto place =
      std::lower_bound(byInstruction_.begin(), byInstruction_.end(), std::pair{instruction, node}) -
      begin(instruction);
  const auto other = begin(instruction + later);
  if (byInstruction_.end() - other <= place) return std::nullopt;
  const std::uint32_t found = other[place].second;
  const GraphNode &mine = graph_.nodes[node], &theirs = graph_.nodes[found];
  if (theirs.instruction != instruction + later || theirs.kind != mine.kind || theirs.object != mine.object) {
    return std::nullopt;
  }
  return found;
}

}  // namespace taktwerk
