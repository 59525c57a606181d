// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/events/usage.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"

namespace taktwerk::engine {

/// The kinds of edge of the dependency graph, in the order in which ties are decided.
enum class EdgeKind : std::uint8_t { Data = 0, Structural = 1, BufferFill = 2, Forward = 3, Fetch = 4 };

/// An object of the machine and what of it was waited for, in one number: objects in the order of the file,
/// and of one object the details in theirs. What is not waited for has no detail.
using PathObject = std::uint32_t;
inline constexpr std::uint32_t pathDetails = 16;
[[nodiscard]] constexpr PathObject pathObject(std::uint32_t object) {
  return object * pathDetails;
}
[[nodiscard]] constexpr WaitDetail detailOf(PathObject object) {
  return static_cast<WaitDetail>(object % pathDetails);
}

/// A category of the breakdown: on what object the critical path spent time, and by which kind of edge the
/// path came to it: a cause in one number.
using PathLabel = std::uint32_t;
/// Places behind the last detail, for what has none.
inline constexpr std::uint32_t dataLabel = 13, structuralLabel = 14, fetchLabel = 15;
static_assert(static_cast<std::uint32_t>(WaitDetail::Row) < dataLabel);
/// BufferFill takes no time of its own and counts as fetch.
[[nodiscard]] constexpr PathLabel pathLabel(EdgeKind kind, PathObject object) {
  switch (kind) {
    case EdgeKind::Forward:
      return object;
    case EdgeKind::Data:
      return detailOf(object) == WaitDetail::None ? object + dataLabel : object;
    case EdgeKind::Structural:
      return detailOf(object) == WaitDetail::None ? object + structuralLabel : object;
    case EdgeKind::BufferFill:
    case EdgeKind::Fetch:
      break;
  }
  return object - object % pathDetails + fetchLabel;
}

[[nodiscard]] constexpr Cause causeOf(PathLabel label) {
  const MachineObjectId object{label / pathDetails};
  const std::uint32_t code = label % pathDetails;
  if (code == 0) return {WaitCause::Busy, object};
  if (code == fetchLabel) return {WaitCause::Fetch, {}};
  if (code == dataLabel) return {WaitCause::Data, object};
  if (code == structuralLabel) return {WaitCause::Structural, object};
  const auto detail = static_cast<WaitDetail>(code);
  return {detail < WaitDetail::Queue ? WaitCause::Data : WaitCause::Structural, object, detail};
}

/// A node of the tree of critical paths: the path to an event is the chain of `previous`; the durations
/// along it add up to the event's time.
using PathRef = std::uint32_t;

/// Where a reason came from: the event `duration` before it, and the object that took that long. It becomes
/// a node only when the reason turns out to be binding.
struct Origin {
  PathRef previous = 0;
  PathObject object = 0;
  Cycles duration = 0;

  /// The same as a reason to wait: with what of the object it was.
  [[nodiscard]] Origin as(WaitDetail detail) const {
    return {previous, object + static_cast<PathObject>(detail), duration};
  }
};

/// A reason why something could not happen earlier, comparable by the rules for binding edges: the latest
/// wins; ties in the order of `EdgeKind`, then the lowest instruction, then the object's order in the file,
/// then the order of `WaitDetail`.
struct Reason {
  Cycles time = -1;
  std::int64_t rank = 0;  ///< kind, then instruction
  Origin origin;          ///< its object is the object of the reason

  Reason() = default;
  Reason(Cycles when, EdgeKind edge, std::int64_t by, const Origin& from)
      : time(when), rank((static_cast<std::int64_t>(edge) << kindShift) | by), origin(from) {}

  [[nodiscard]] EdgeKind kind() const { return static_cast<EdgeKind>(rank >> kindShift); }
  [[nodiscard]] std::int64_t instruction() const { return rank & ((std::int64_t{1} << kindShift) - 1); }
  [[nodiscard]] bool bindsOver(const Reason& other) const {
    if (time != other.time) return time > other.time;
    if (rank != other.rank) return rank < other.rank;
    return origin.object < other.origin.object;
  }
  void consider(const Reason& other) {
    if (other.bindsOver(*this)) *this = other;
  }
  /// With what of its object it was; of a reason that says none yet.
  [[nodiscard]] Reason as(WaitDetail detail) const {
    Reason told = *this;
    told.origin = origin.as(detail);
    return told;
  }

 private:
  static constexpr int kindShift = 60;  // instruction numbers stay far below 2^60
};

/// The tree of critical paths of everything in flight. Node 0 is cycle 0. The part that all live paths share
/// is folded into totals now and then, so that memory stays bounded by what is in flight.
class PathTree {
 public:
  struct Node {
    PathRef previous;
    PathLabel label;
    Cycles duration;
  };

  PathTree() { clear(); }
  void clear() { restart(0); }
  /// Empty but for `entries` nodes, numbered from 1, at which paths begin whose past is kept elsewhere.
  void restart(std::size_t entries) {
    nodes_.assign(1 + entries, Node{0, 0, 0});
    entries_ = static_cast<std::uint32_t>(entries);
    totals_.clear();
    limit_ = firstLimit;
  }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] std::uint32_t entries() const { return entries_; }
  /// The node of an event that `origin` led to by an edge of `kind`.
  PathRef add(const Origin& origin, EdgeKind kind) {
    if (origin.duration == 0) return origin.previous;
    const std::size_t place = nodes_.size();
    nodes_.push_back({origin.previous, pathLabel(kind, origin.object), origin.duration});
    return static_cast<PathRef>(place);
  }
  [[nodiscard]] bool full() const { return nodes_.size() >= limit_; }
  [[nodiscard]] const Node& node(PathRef ref) const { return nodes_[ref]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  /// Keeps only what `roots` need; folds what they share and renumbers them in place.
  void compact(const std::vector<PathRef*>& roots);
  /// Cycles by label along the path to `end`, folded part included.
  [[nodiscard]] std::vector<Cycles> totalsTo(PathRef end) const;
  /// The same to an event that is no node yet; all zero where there was none (a time of −1).
  [[nodiscard]] std::vector<Cycles> totalsTo(const Reason& end) const;

 private:
  // Small enough to stay in the second-level cache, large enough that folding is rare.
  static constexpr std::size_t firstLimit = 1u << 12;
  std::vector<Node> nodes_;
  std::uint32_t entries_ = 0;
  std::vector<Cycles> totals_;         // by label, of the folded trunk
  std::vector<std::uint64_t> marked_;  // scratch of compact: one bit a node …
  std::vector<PathRef> ranks_;         // … and how many bits stand before each word
  std::size_t limit_ = firstLimit;
};

/// The paths through a stretch of time: from what was in flight at its end back to what was in flight at its
/// beginning. Nodes 1 to `entries` are the beginnings, 0 is cycle 0 of everything.
struct PathRecord {
  std::vector<PathTree::Node> nodes;
  std::uint32_t entries = 0;
  std::vector<PathRef> exits;
  UsageRecord usage;  ///< of the stretch, with Engine::Options::usage
};

}  // namespace taktwerk::engine
