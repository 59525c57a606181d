// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/layered_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace taktwerk {

namespace {

constexpr double verticalGap = 40;
constexpr double horizontalGap = 80;
constexpr double laneHeight = 20;           // room a passing edge keeps in a column
constexpr std::size_t maximumLanes = 4000;  // passing edges beyond that get no room of their own
constexpr int sweeps = 8;
constexpr double shortestWrapped = 900;  // columns up to this height stay whole
constexpr double wantedAspect = 1.8;     // width by height of a picture that had to be wrapped

using Index = std::uint32_t;

/// The graph with a lane (an empty box) in each column that an edge passes.
struct Layering {
  std::vector<int> rank;
  std::vector<double> height;
  std::vector<std::vector<Index>> before, after;
  std::vector<std::vector<Index>> columns;
  std::vector<double> y;  // of the middle
};

/// Edges without loops and repetitions, turned so that they have no cycles: depth first from the lowest
/// index.
std::vector<LayoutGraph::Edge> acyclicEdges(const LayoutGraph& graph) {
  const std::size_t n = graph.boxes.size();
  std::vector<std::vector<Index>> out(n);
  for (const auto& edge : graph.edges) {
    if (edge.from != edge.to && edge.from < n && edge.to < n) out[edge.from].push_back(edge.to);
  }
  std::vector<LayoutGraph::Edge> edges;
  std::vector<char> state(n, 0);  // 0 new, 1 on the stack, 2 done
  struct Frame {
    Index node;
    std::size_t next;
  };
  std::vector<Frame> stack;
  for (Index root = 0; root < n; ++root) {
    if (state[root]) continue;
    stack.push_back({root, 0});
    state[root] = 1;
    while (!stack.empty()) {
      Frame& top = stack.back();
      if (top.next == out[top.node].size()) {
        state[top.node] = 2;
        stack.pop_back();
        continue;
      }
      const Index node = top.node;
      const Index target = out[node][top.next++];
      if (state[target] == 1) {
        edges.push_back({target, node});
        continue;
      }
      edges.push_back({node, target});
      if (state[target] == 0) {
        state[target] = 1;
        stack.push_back({target, 0});
      }
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

/// Longest path from the sources; sources are then moved right, next to their first successor.
std::vector<int> ranks(std::size_t n, const std::vector<LayoutGraph::Edge>& edges) {
  std::vector<std::vector<Index>> out(n);
  std::vector<std::uint32_t> missing(n, 0);
  for (const auto& edge : edges) {
    out[edge.from].push_back(edge.to);
    ++missing[edge.to];
  }
  std::vector<int> rank(n, 0);
  std::vector<Index> ready;
  std::vector<char> source(n, 0);
  for (Index i = 0; i < n; ++i) {
    if (missing[i] == 0) {
      ready.push_back(i);
      source[i] = 1;
    }
  }
  for (std::size_t at = 0; at < ready.size(); ++at) {
    for (const Index target : out[ready[at]]) {
      rank[target] = std::max(rank[target], rank[ready[at]] + 1);
      if (--missing[target] == 0) ready.push_back(target);
    }
  }
  for (Index i = 0; i < n; ++i) {
    if (!source[i] || out[i].empty()) continue;
    int nearest = rank[out[i].front()];
    for (const Index target : out[i]) nearest = std::min(nearest, rank[target]);
    rank[i] = nearest - 1;
  }
  return rank;
}

Layering layer(const LayoutGraph& graph) {
  const std::size_t n = graph.boxes.size();
  const auto edges = acyclicEdges(graph);
  Layering l;
  l.rank = ranks(n, edges);
  for (const Size& box : graph.boxes) l.height.push_back(box.height);
  l.before.resize(n);
  l.after.resize(n);
  const auto connect = [&l](Index from, Index to) {
    l.after[from].push_back(to);
    l.before[to].push_back(from);
  };
  std::size_t lanes = 0;
  for (const auto& edge : edges) {
    const int length = l.rank[edge.to] - l.rank[edge.from];
    if (length > 1 && lanes + static_cast<std::size_t>(length) > maximumLanes) continue;
    Index from = edge.from;
    for (int step = 1; step < length; ++step) {
      const auto lane = static_cast<Index>(l.rank.size());
      l.rank.push_back(l.rank[edge.from] + step);
      l.height.push_back(laneHeight);
      l.before.emplace_back();
      l.after.emplace_back();
      connect(from, lane);
      from = lane;
      ++lanes;
    }
    connect(from, edge.to);
  }
  const int last = l.rank.empty() ? 0 : *std::max_element(l.rank.begin(), l.rank.end());
  l.columns.resize(static_cast<std::size_t>(last) + 1);
  for (Index i = 0; i < l.rank.size(); ++i) l.columns[static_cast<std::size_t>(l.rank[i])].push_back(i);
  l.y.assign(l.rank.size(), 0);
  return l;
}

void stack(Layering& l, const std::vector<Index>& column) {
  double y = 0;
  for (const Index i : column) {
    l.y[i] = y + l.height[i] / 2;
    y += l.height[i] + verticalGap;
  }
}

double meanOf(const Layering& l, const std::vector<Index>& neighbours, double otherwise) {
  if (neighbours.empty()) return otherwise;
  double sum = 0;
  for (const Index i : neighbours) sum += l.y[i];
  return sum / static_cast<double>(neighbours.size());
}

/// Reorders every column by the mean height of its neighbours in the column beside it.
void order(Layering& l) {
  for (const auto& column : l.columns) stack(l, column);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    const bool right = sweep % 2 == 0;
    for (std::size_t step = 0; step < l.columns.size(); ++step) {
      auto& column = l.columns[right ? step : l.columns.size() - 1 - step];
      std::vector<std::pair<double, Index>> keyed;
      for (const Index i : column) keyed.emplace_back(meanOf(l, right ? l.before[i] : l.after[i], l.y[i]), i);
      std::stable_sort(keyed.begin(), keyed.end(), [](auto& a, auto& b) { return a.first < b.first; });
      for (std::size_t i = 0; i < keyed.size(); ++i) column[i] = keyed[i].second;
      stack(l, column);
    }
  }
}

/// Splits columns that would make the picture much taller than wide into neighbouring columns.
void wrap(Layering& l, const LayoutGraph& graph) {
  double area = 0;
  for (const Size& box : graph.boxes) area += (box.width + horizontalGap) * (box.height + verticalGap);
  const double limit = std::max(shortestWrapped, std::sqrt(area / wantedAspect));
  std::vector<std::vector<Index>> columns;
  for (const auto& column : l.columns) {
    double height = 0;
    for (const Index i : column) height += l.height[i] + verticalGap;
    const double parts = height > 1.5 * limit ? std::ceil(height / limit) : 1;
    columns.emplace_back();
    double filled = 0;
    for (const Index i : column) {
      if (filled >= height / parts) {
        columns.emplace_back();
        filled = 0;
      }
      columns.back().push_back(i);
      filled += l.height[i] + verticalGap;
    }
  }
  l.columns = std::move(columns);
  for (std::size_t c = 0; c < l.columns.size(); ++c) {
    stack(l, l.columns[c]);
    for (const Index i : l.columns[c]) l.rank[i] = static_cast<int>(c);
  }
}

/// Moves a column's boxes as near as possible to the heights they want, keeping order and gaps: with the
/// gaps subtracted the constraint is "not decreasing", which pooling adjacent violators solves.
void fit(Layering& l, const std::vector<Index>& column, const std::vector<double>& wanted) {
  struct Pool {
    double sum;
    double count;
    double mean() const { return sum / count; }
  };
  std::vector<double> offset(column.size(), 0);
  std::vector<Pool> pools;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (i > 0) {
      offset[i] = offset[i - 1] + (l.height[column[i - 1]] + l.height[column[i]]) / 2 + verticalGap;
    }
    pools.push_back({wanted[i] - offset[i], 1});
    sizes.push_back(1);
    while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
      pools[pools.size() - 2].sum += pools.back().sum;
      pools[pools.size() - 2].count += pools.back().count;
      sizes[sizes.size() - 2] += sizes.back();
      pools.pop_back();
      sizes.pop_back();
    }
  }
  std::size_t i = 0;
  for (std::size_t p = 0; p < pools.size(); ++p) {
    for (std::size_t k = 0; k < sizes[p]; ++k, ++i) l.y[column[i]] = pools[p].mean() + offset[i];
  }
}

void balance(Layering& l) {
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    const bool right = sweep % 2 == 0;
    for (std::size_t step = 0; step < l.columns.size(); ++step) {
      const auto& column = l.columns[right ? step : l.columns.size() - 1 - step];
      std::vector<double> wanted;
      for (const Index i : column) {
        std::vector<Index> both = right ? l.before[i] : l.after[i];
        if (both.empty()) both = right ? l.after[i] : l.before[i];
        wanted.push_back(meanOf(l, both, l.y[i]));
      }
      fit(l, column, wanted);
    }
  }
}

}  // namespace

std::vector<Point> layeredLayout(const LayoutGraph& graph) {
  const std::size_t n = graph.boxes.size();
  std::vector<Point> corners(n);
  if (n == 0) return corners;
  Layering l = layer(graph);
  order(l);
  wrap(l, graph);
  balance(l);

  std::vector<double> width(l.columns.size(), 0);
  for (Index i = 0; i < n; ++i) {
    auto& w = width[static_cast<std::size_t>(l.rank[i])];
    w = std::max(w, graph.boxes[i].width);
  }
  // Between two columns there is a track for each wire that turns there, within reason.
  std::vector<double> left(l.columns.size(), 0);
  for (std::size_t c = 1; c < l.columns.size(); ++c) {
    std::size_t edges = 0;
    for (const Index i : l.columns[c - 1]) edges += l.after[i].size();
    const double tracks = 20.0 * static_cast<double>(std::min<std::size_t>(edges, 8));
    left[c] = left[c - 1] + width[c - 1] + std::max(horizontalGap, 40 + tracks);
  }
  double top = 0;
  for (Index i = 0; i < n; ++i) {
    const auto column = static_cast<std::size_t>(l.rank[i]);
    corners[i].x = left[column] + std::floor((width[column] - graph.boxes[i].width) / 2);
    corners[i].y = l.y[i] - l.height[i] / 2;
    top = i == 0 ? corners[i].y : std::min(top, corners[i].y);
  }
  for (Point& corner : corners) corner.y -= top;
  return corners;
}

}  // namespace taktwerk
