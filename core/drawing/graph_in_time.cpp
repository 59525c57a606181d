// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/graph_in_time.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <tuple>

#include "core/drawing/object_kinds.h"

namespace taktwerk {

namespace {

template <class Value>
using SmallestFirst = std::priority_queue<Value, std::vector<Value>, std::greater<>>;

BlockKind kindOf(const GraphNode& node, const std::vector<BlockKind>& kinds) {
  if (node.kind == NodeKind::Fetch || node.kind == NodeKind::Buffer) return BlockKind::Control;
  if (node.kind == NodeKind::Stage) return BlockKind::Stage;
  return node.object < kinds.size() ? kinds[node.object] : BlockKind::Unknown;
}

/// What is over as it begins takes its cycle all the same: it must be seen.
Cycles endOf(const GraphBar& bar) {
  return std::max(bar.leave, bar.enter + 1);
}

class Layout {
 public:
  Layout(const DependencyGraph& graph, const Machine& machine, const GraphInTimeOptions& options)
      : graph_(graph), options_(options) {
    addBars(objectKindsOf(machine));
    addBands();
    addLanes();
    addLines();
    findExtent();
  }
  [[nodiscard]] GraphInTime take() && { return std::move(result_); }

 private:
  [[nodiscard]] std::int64_t keyOf(const GraphNode& node) const {
    return options_.rows == GraphRows::Instructions ? node.instruction : std::int64_t{node.object};
  }

  void addBars(const std::vector<BlockKind>& kinds) {
    result_.bars.reserve(graph_.nodes.size());
    for (const GraphNode& node : graph_.nodes) {
      const bool inside = node.instruction >= options_.first && node.instruction < options_.end;
      result_.bars.push_back({node.enter, node.leave, 0, kindOf(node, kinds), node.kind, inside});
      ++result_.steps;
    }
  }

  /// Bars by row, then by time.
  void addBands() {
    order_.resize(graph_.nodes.size());
    for (std::uint32_t n = 0; n < order_.size(); ++n) order_[n] = n;
    std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
      const GraphNode &left = graph_.nodes[a], &right = graph_.nodes[b];
      return std::tuple(keyOf(left), left.enter, a) < std::tuple(keyOf(right), right.enter, b);
    });
  }

  void addLanes() {
    std::uint32_t lanes = 0;
    for (std::size_t at = 0; at < order_.size();) {
      GraphBand band{keyOf(graph_.nodes[order_[at]]), lanes, 0, false};
      SmallestFirst<std::pair<Cycles, std::uint32_t>> busy;  // until when, which lane of the band
      SmallestFirst<std::uint32_t> free;
      for (; at < order_.size() && keyOf(graph_.nodes[order_[at]]) == band.key; ++at) {
        GraphBar& bar = result_.bars[order_[at]];
        for (; !busy.empty() && busy.top().first <= bar.enter; busy.pop()) free.push(busy.top().second);
        std::uint32_t lane = band.lanes;
        if (free.empty()) {
          ++band.lanes;
        } else {
          lane = free.top();
          free.pop();
        }
        busy.emplace(endOf(bar), lane);
        bar.lane = band.firstLane + lane;
        band.inside = band.inside || bar.inside;
        ++result_.steps;
      }
      lanes += band.lanes;
      result_.bandOfLane.resize(lanes, static_cast<std::uint32_t>(result_.bands.size()));
      result_.bands.push_back(band);
      ++result_.steps;
    }
    result_.laneFirst.assign(lanes + 1, 0);
    for (const GraphBar& bar : result_.bars) ++result_.laneFirst[bar.lane + 1];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      result_.laneFirst[lane + 1] += result_.laneFirst[lane];
    }
    result_.laneBars.resize(order_.size());
    std::vector<std::uint32_t> next = result_.laneFirst;
    for (const std::uint32_t n : order_) result_.laneBars[next[result_.bars[n].lane]++] = n;
  }

  [[nodiscard]] std::int64_t iterationOf(std::int64_t instruction) const {
    const std::int64_t since = instruction - options_.loopStart;
    const std::int64_t length = options_.loopLength;
    return since >= 0 ? since / length : -1 - (-1 - since) / length;
  }

  void addLines() {
    result_.lines.reserve(graph_.edges.size());
    for (const GraphEdge& edge : graph_.edges) {
      const GraphBar &from = result_.bars[edge.from], &to = result_.bars[edge.to];
      const std::int64_t source = graph_.nodes[edge.from].instruction;
      const std::int64_t target = graph_.nodes[edge.to].instruction;
      bool carried = source < options_.first;
      if (options_.loopLength > 0) carried = carried || iterationOf(source) != iterationOf(target);
      result_.lines.push_back(
          {from.enter, from.enter + edge.duration, to.enter, from.lane, to.lane, carried});
      ++result_.steps;
    }
  }

  /// Sources may have begun long before the window; what is shown of them at first is a fifth of it.
  void findExtent() {
    Cycles from = 0, to = 1;
    bool any = false;
    for (const GraphBar& bar : result_.bars) {
      if (!bar.inside) continue;
      from = any ? std::min(from, bar.enter) : bar.enter;
      to = any ? std::max(to, endOf(bar)) : endOf(bar);
      any = true;
    }
    const Cycles near = std::max<Cycles>(1, (to - from) / 5);
    Cycles earliest = from;
    for (const GraphBar& bar : result_.bars) {
      if (!bar.inside) earliest = std::min(earliest, std::max(bar.enter, from - near));
    }
    result_.from = earliest;
    result_.to = to;
  }

  const DependencyGraph& graph_;
  const GraphInTimeOptions& options_;
  std::vector<std::uint32_t> order_;
  GraphInTime result_;
};

}  // namespace

GraphInTime layOutInTime(const DependencyGraph& graph, const Machine& machine,
                         const GraphInTimeOptions& options) {
  return Layout(graph, machine, options).take();
}

namespace {

/// The first bar of a lane, by its place in `laneBars`, that ends behind a cycle.
std::uint32_t firstEndingBehind(const GraphInTime& layout, std::uint32_t lane, double cycle) {
  const auto begin = layout.laneBars.begin();
  const auto found = std::partition_point(
      begin + layout.laneFirst[lane], begin + layout.laneFirst[lane + 1],
      [&](std::uint32_t bar) { return static_cast<double>(endOf(layout.bars[bar])) <= cycle; });
  return static_cast<std::uint32_t>(found - begin);
}

}  // namespace

std::optional<std::uint32_t> barAt(const GraphInTime& layout, std::uint32_t lane, double cycle,
                                   double reach) {
  if (lane >= layout.lanes()) return std::nullopt;
  const std::uint32_t at = firstEndingBehind(layout, lane, cycle);
  std::optional<std::uint32_t> best;
  double nearest = reach;
  const auto consider = [&](std::uint32_t place) {
    const GraphBar& bar = layout.bars[layout.laneBars[place]];
    const double off =
        std::max({0.0, static_cast<double>(bar.enter) - cycle, cycle - static_cast<double>(endOf(bar))});
    if (off > nearest || (best && off >= nearest)) return;
    nearest = off;
    best = layout.laneBars[place];
  };
  if (at < layout.laneFirst[lane + 1]) consider(at);
  if (at > layout.laneFirst[lane]) consider(at - 1);
  return best;
}

void piecesOf(const GraphInTime& layout, std::uint32_t lane, double from, double to, double perPixel,
              std::vector<GraphPiece>& pieces) {
  pieces.clear();
  const std::uint32_t end = layout.laneFirst[lane + 1];
  for (std::uint32_t at = firstEndingBehind(layout, lane, from); at < end;) {
    const std::uint32_t n = layout.laneBars[at];
    const GraphBar& bar = layout.bars[n];
    if (static_cast<double>(bar.enter) >= to) return;
    GraphPiece piece{bar.enter, bar.leave, n, 1};
    // What ends before the pixel does in which this begins is one with it.
    const double pixelEnd = static_cast<double>(bar.enter) + perPixel;
    std::uint32_t next = at + 1;
    if (static_cast<double>(endOf(bar)) < pixelEnd) {
      next = std::max(next, firstEndingBehind(layout, lane, pixelEnd));
      piece.count = next - at;
      piece.leave = layout.bars[layout.laneBars[next - 1]].leave;
    }
    pieces.push_back(piece);
    at = next;
  }
}

}  // namespace taktwerk
