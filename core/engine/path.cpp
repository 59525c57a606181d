// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/path.h"

#include <algorithm>

namespace taktwerk::engine {

void PathTree::compact(const std::vector<PathRef*>& roots) {
  marked_.assign(nodes_.size() / 64 + 1, 0);
  const auto marked = [&](PathRef at) { return (marked_[at / 64] >> (at % 64) & 1) != 0; };
  const auto mark = [&](PathRef at) { marked_[at / 64] |= std::uint64_t{1} << (at % 64); };
  // Nodes are numbered after what they follow. The trunk is what all paths share: the path of one root up to
  // the lowest point where another joins it or ends.
  std::vector<PathRef> kept;
  PathRef trunk = roots.empty() ? 0 : *roots.front();
  for (const PathRef* root : roots) {
    PathRef at = *root;
    for (; at != 0 && !marked(at); at = nodes_[at].previous) {
      mark(at);
      kept.push_back(at);
    }
    if (root != roots.front()) trunk = std::min(trunk, at);
  }
  for (PathRef at = trunk; at != 0; at = nodes_[at].previous) {
    const Node& node = nodes_[at];
    if (node.label >= totals_.size()) totals_.resize(node.label + 1, 0);
    totals_[node.label] += node.duration;
  }
  std::erase_if(kept, [&](PathRef at) { return at <= trunk; });
  std::sort(kept.begin(), kept.end());
  // Everything kept hangs on the trunk's end, so old numbers map to ranks, and the trunk to cycle 0.
  const auto renumber = [&](PathRef at) {
    if (at <= trunk) return PathRef{0};
    return static_cast<PathRef>(std::lower_bound(kept.begin(), kept.end(), at) - kept.begin() + 1);
  };
  for (std::size_t i = 0; i < kept.size(); ++i) {
    Node node = nodes_[kept[i]];
    node.previous = renumber(node.previous);
    nodes_[i + 1] = node;
  }
  nodes_.resize(kept.size() + 1);
  for (PathRef* root : roots) *root = renumber(*root);
  limit_ = std::max(firstLimit, 2 * nodes_.size());
}

std::vector<Cycles> PathTree::totalsTo(PathRef end) const {
  std::vector<Cycles> totals = totals_;
  for (PathRef at = end; at != 0; at = nodes_[at].previous) {
    if (nodes_[at].label >= totals.size()) totals.resize(nodes_[at].label + 1, 0);
    totals[nodes_[at].label] += nodes_[at].duration;
  }
  return totals;
}

}  // namespace taktwerk::engine
