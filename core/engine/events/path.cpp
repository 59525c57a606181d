// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/events/path.h"

#include <algorithm>
#include <bit>

namespace taktwerk::engine {

void PathTree::compact(const std::vector<PathRef*>& roots) {
  // Nodes are numbered after what they follow. From the highest down, every node met hands on to what it
  // follows, until one is left that all paths share: the end of the trunk.
  marked_.assign(nodes_.size() / 64 + 1, 0);
  const auto bit = [](PathRef at) { return std::uint64_t{1} << (at % 64); };
  std::size_t open = 0;  // marked and not yet met
  const auto mark = [&](PathRef at) {
    if ((marked_[at / 64] & bit(at)) == 0) ++open;
    marked_[at / 64] |= bit(at);
  };
  for (const PathRef* root : roots) mark(*root);
  PathRef trunk = 0;
  std::size_t word = marked_.size() - 1;
  for (std::uint64_t left = marked_[word]; open > 0;) {
    if (left == 0) {
      left = marked_[--word];
      continue;
    }
    const auto at = static_cast<PathRef>(word * 64 + 63 - static_cast<std::size_t>(std::countl_zero(left)));
    if (open == 1) {
      trunk = at;
      break;
    }
    --open;
    mark(nodes_[at].previous);
    left = marked_[word] & (bit(at) - 1);
  }
  for (PathRef at = trunk; at != 0; at = nodes_[at].previous) {
    const Node& node = nodes_[at];
    if (node.label >= totals_.size()) totals_.resize(node.label + 1, 0);
    totals_[node.label] += node.duration;
  }
  // Everything marked above the trunk hangs on its end and is kept: its old number maps to its rank there,
  // and the trunk to cycle 0.
  for (std::size_t w = 0; w < trunk / 64; ++w) marked_[w] = 0;
  marked_[trunk / 64] &= ~std::uint64_t{1} << (trunk % 64);
  ranks_.resize(marked_.size());
  PathRef kept = 0;
  for (std::size_t w = 0; w < marked_.size(); ++w) {
    ranks_[w] = kept;
    kept += static_cast<PathRef>(std::popcount(marked_[w]));
  }
  const auto renumber = [&](PathRef at) {
    if (at <= trunk) return PathRef{0};
    return ranks_[at / 64] + static_cast<PathRef>(std::popcount(marked_[at / 64] & (bit(at) - 1))) + 1;
  };
  std::size_t to = 1;
  for (std::size_t w = trunk / 64; w < marked_.size(); ++w) {
    for (std::uint64_t bits = marked_[w]; bits != 0; bits &= bits - 1) {
      Node node = nodes_[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
      node.previous = renumber(node.previous);
      nodes_[to++] = node;
    }
  }
  nodes_.resize(to);
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

std::vector<Cycles> PathTree::totalsTo(const Reason& end) const {
  if (end.time < 0) return totalsTo(PathRef{0});
  std::vector<Cycles> totals = totalsTo(end.origin.previous);
  if (end.origin.duration == 0) return totals;
  const PathLabel label = pathLabel(EdgeKind::Forward, end.origin.object);
  if (label >= totals.size()) totals.resize(label + 1, 0);
  totals[label] += end.origin.duration;
  return totals;
}

}  // namespace taktwerk::engine
