// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/path.h"

#include <algorithm>

namespace taktwerk::engine {

void PathTree::compact(const std::vector<PathRef*>& roots) {
  constexpr PathRef unused = ~PathRef{0};
  map_.assign(nodes_.size(), unused);
  map_[0] = 0;
  std::size_t marked = 0;
  for (const PathRef* root : roots) {
    for (PathRef at = *root; map_[at] == unused; at = nodes_[at].previous) {
      map_[at] = 0;
      ++marked;
    }
  }
  // The trunk: nodes are numbered after what they follow, so as long as every later marked node hangs on
  // the last one seen and no path ends there, the walk is still on the part all paths share.
  std::vector<std::uint32_t> children(nodes_.size(), 0);
  for (PathRef at = 1; at < nodes_.size(); ++at) {
    if (map_[at] != unused) ++children[nodes_[at].previous];
  }
  for (const PathRef* root : roots) children[*root] += 2;  // a path ends here: never beyond
  PathRef trunk = 0;
  std::vector<bool> folded(nodes_.size(), false);
  folded[0] = true;
  for (PathRef at = 1; at < nodes_.size() && children[trunk] == 1; ++at) {
    if (map_[at] == unused || nodes_[at].previous != trunk) continue;
    const Node& node = nodes_[at];
    if (node.label >= totals_.size()) totals_.resize(node.label + 1, 0);
    totals_[node.label] += node.duration;
    folded[at] = true;
    trunk = at;
  }
  PathRef next = 1;
  for (PathRef at = 1; at < nodes_.size(); ++at) {
    if (map_[at] == unused) continue;
    if (folded[at]) {
      map_[at] = 0;
      continue;
    }
    Node node = nodes_[at];
    node.previous = map_[node.previous];
    map_[at] = next;
    nodes_[next++] = node;
  }
  nodes_.resize(next);
  for (PathRef* root : roots) *root = map_[*root];
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
