// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/events/path.h"

namespace taktwerk::engine {

/// Slots and ports of one SRAM bank whose requests become known in program order, though they need not be
/// made in that order.
///
/// A request made no earlier than all before it is granted after them, since among those that ask the oldest
/// wins. One that is made earlier is put among them: the bank's recent past is served once more with it, and
/// if every grant so far stays where it was and for the same reason, nothing that was concluded from them
/// changes. If one moves, the order in which requests became known was wrong, and the caller has to give up.
class RequestOrder {
 public:
  struct Request {
    Cycles open = 0;  ///< when it may be made
    std::int64_t index = 0;
    Origin opened;               ///< why not earlier
    PathObject object = 0;       ///< the memory
    Cycles ready = 0, port = 0;  ///< from the grant until slot and port are given back, at least 1
    Cycles granted = -1;         ///< set by `serve`
    PathRef node = 0;            ///< of the grant, set by `serve`
    Cycles limitTime = -1;       ///< what it waited for, for comparison: −1 if for nothing
    std::int64_t limitRank = 0;
    PathObject limitObject = 0;
  };

  /// So many places, held for a time each.
  struct Resource {
    std::int64_t count;             ///< −1: no limit
    std::vector<Reason> held = {};  ///< when and why each will be given back, in order of time
    Reason free = {};               ///< when it last ceased to be used up

    [[nodiscard]] bool full() const { return static_cast<std::int64_t>(held.size()) == count; }
    void hold(const Reason& back);
    void advance(Cycles time);
    void forget(Cycles horizon, std::vector<PathRef*>& roots);
  };

  /// `ports`: −1 for no limit. `inOrder`: every request is known to be made no earlier than those before it.
  RequestOrder(std::int64_t slots, std::int64_t ports, bool inOrder)
      : tip_{{slots}, {ports}}, base_(tip_), inOrder_(inOrder) {}

  /// Grants the next request; false when it would move another one's grant. No request that is still to come
  /// may be made at or before `horizon`.
  [[nodiscard]] bool serve(Request& request, Cycles horizon, PathTree& paths);
  /// Forgets reasons that can bind nothing after `horizon`; paths still needed are added to `roots`.
  void forget(Cycles horizon, std::vector<PathRef*>& roots);

 private:
  struct State {
    Resource slots, ports;
    Cycles now = 0;

    void advance(Cycles time);
    [[nodiscard]] bool full() const { return slots.full() || ports.full(); }
    /// When there may be room again.
    [[nodiscard]] Cycles next() const {
      return slots.full() ? slots.held.front().time : ports.held.front().time;
    }
    void hold(const Request& request);
    /// What was waited for last.
    [[nodiscard]] const Reason& limit() const {
      return ports.free.bindsOver(slots.free) ? ports.free : slots.free;
    }
  };

  static void grant(State& state, Request& request, PathTree& paths);
  [[nodiscard]] static bool sameGrant(const State& state, const Request& request);
  [[nodiscard]] bool serveAgain(PathTree& paths);
  void settle(Cycles horizon);

  State tip_;                    // after all requests known
  State base_;                   // before those of `recent_`
  std::vector<Request> recent_;  // in program order
  std::vector<std::size_t> scratch_;
  Cycles lastOpen_ = 0;
  bool inOrder_ = false;  // the past need not be kept
  std::size_t settleAt_ = 64;
};

}  // namespace taktwerk::engine
