// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/order/request_order.h"

#include <algorithm>
#include <limits>

namespace taktwerk::engine {

void RequestOrder::Resource::hold(const Reason& back) {
  if (count < 0) return;
  auto place = held.end();
  while (place != held.begin() && (place - 1)->time > back.time) --place;
  held.insert(place, back);
}

void RequestOrder::Resource::advance(Cycles time) {
  std::size_t over = 0;
  for (; over < held.size() && held[over].time <= time; ++over) {
    const Reason& back = held[over];
    const bool wasFull = static_cast<std::int64_t>(held.size() - over) == count;
    if (wasFull || (free.time == back.time && back.bindsOver(free))) free = back;
  }
  if (over > 0) held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(over));
}

void RequestOrder::Resource::forget(Cycles horizon, std::vector<PathRef*>& roots) {
  const auto keep = [&](Reason& why) {
    if (why.time > horizon) {
      roots.push_back(&why.origin.previous);
    } else {
      why.origin.previous = 0;
    }
  };
  keep(free);
  for (Reason& back : held) keep(back);
}

void RequestOrder::State::advance(Cycles time) {
  now = time;
  slots.advance(time);
  ports.advance(time);
}

void RequestOrder::State::hold(const Request& r) {
  const Origin slot{r.node, r.object, r.ready}, port{r.node, r.object, r.port};
  slots.hold({r.granted + r.ready, EdgeKind::Structural, r.index, slot.as(WaitDetail::Slot)});
  ports.hold({r.granted + r.port, EdgeKind::Structural, r.index, port.as(WaitDetail::Port)});
}

void RequestOrder::grant(State& state, Request& request, PathTree& paths) {
  request.granted = state.now;
  const Reason& limit = state.limit();
  if (limit.time < request.open) {
    request.node = paths.add(request.opened, EdgeKind::Forward);
  } else {
    request.limitTime = limit.time;
    request.limitRank = limit.rank;
    request.limitObject = limit.origin.object;
    request.node = paths.add(limit.origin, EdgeKind::Structural);
  }
  state.hold(request);
}

bool RequestOrder::sameGrant(const State& state, const Request& request) {
  if (request.granted != state.now) return false;
  const Reason& limit = state.limit();
  if (limit.time < request.open) return request.limitTime < 0;
  return limit.time == request.limitTime && limit.rank == request.limitRank &&
         limit.origin.object == request.limitObject;
}

bool RequestOrder::serve(Request& request, Cycles horizon, PathTree& paths) {
  if (recent_.size() >= settleAt_) settle(horizon);
  if (request.open >= lastOpen_) {
    lastOpen_ = request.open;
    if (request.open > tip_.now) tip_.advance(request.open);
    while (tip_.full()) tip_.advance(tip_.next());
    grant(tip_, request, paths);
    if (!inOrder_) recent_.push_back(request);
    return true;
  }
  if (inOrder_) return false;
  settle(horizon);
  recent_.push_back(request);
  if (!serveAgain(paths)) return false;
  request = recent_.back();
  return true;
}

bool RequestOrder::serveAgain(PathTree& paths) {
  tip_ = base_;
  scratch_.clear();
  for (std::size_t k = 0; k < recent_.size(); ++k) scratch_.push_back(k);
  while (!scratch_.empty()) {
    // The oldest that asks; if none does, time goes on to the first that will.
    Cycles first = std::numeric_limits<Cycles>::max();
    auto chosen = scratch_.begin();
    for (; chosen != scratch_.end() && recent_[*chosen].open > tip_.now; ++chosen) {
      first = std::min(first, recent_[*chosen].open);
    }
    if (chosen == scratch_.end()) {
      tip_.advance(first);
    } else if (tip_.full()) {
      tip_.advance(tip_.next());
    } else {
      Request& request = recent_[*chosen];
      if (request.granted < 0) {
        grant(tip_, request, paths);
      } else if (sameGrant(tip_, request)) {
        tip_.hold(request);
      } else {
        return false;
      }
      scratch_.erase(chosen);
    }
  }
  return true;
}

void RequestOrder::settle(Cycles horizon) {
  // Nothing to come is made by then, so these grants are final.
  std::vector<Request> final;
  std::erase_if(recent_, [&](const Request& request) {
    if (request.granted > horizon) return false;
    final.push_back(request);
    return true;
  });
  std::sort(final.begin(), final.end(),
            [](const Request& a, const Request& b) { return a.granted < b.granted; });
  for (const Request& request : final) {
    if (request.granted > base_.now) base_.advance(request.granted);
    base_.hold(request);
  }
  settleAt_ = std::max<std::size_t>(64, 2 * recent_.size());
}

void RequestOrder::forget(Cycles horizon, std::vector<PathRef*>& roots) {
  settle(horizon);
  if (horizon > base_.now) base_.advance(horizon);
  for (State* state : {&tip_, &base_}) {
    state->slots.forget(horizon, roots);
    state->ports.forget(horizon, roots);
  }
  for (Request& request : recent_) roots.push_back(&request.node);
}

}  // namespace taktwerk::engine
