// SPDX-License-Identifier: GPL-3.0-or-later
// Issue and forward: instructions move through the stages.
#include <algorithm>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

void Engine::waitForRoom(std::int64_t index, Live& l) {
  l.waitsForRoom = true;
  for (const std::uint32_t o : l.content->optionsOf(*l.hop))
    stages_[l.content->hops[o].stage].waiting.insert(index);
}

void Engine::waitNoMore(std::int64_t index, Live& l, const Hop& at) {
  l.waitsForRoom = false;
  for (const std::uint32_t o : l.content->optionsOf(at))
    stages_[l.content->hops[o].stage].waiting.erase(index);
}

/// The next stage that has room; null if none has.
const Hop* Engine::hopWithRoom(const ResolvedTemplate& content, const Hop& at) const {
  if (at.optionCount == 1) [[likely]] {
    const Hop& only = content.hops[at.onlyOption];
    return stages_[only.stage].count < stages_[only.stage].capacity ? &only : nullptr;
  }
  for (const std::uint32_t option : content.optionsOf(at)) {
    const Hop& hop = content.hops[option];
    if (stages_[hop.stage].count < stages_[hop.stage].capacity) return &hop;
  }
  return nullptr;
}

void Engine::move(std::int64_t index, Live& l) {
  const Hop& at = *l.hop;
  StageState& stage = stages_[at.stage];
  const bool issuing = l.phase == Phase::Buffered;
  if (issuing ? machine_.fetch.inOrder && index != fetch_.nextToIssue : stage.first != index) return;
  const Hop* const to = hopWithRoom(*l.content, at);
  if (!to) return waitForRoom(index, l);

  Origin leaving{l.enterNode, stage.object, stage.latency};
  PathRef node = 0;
  if (options_.paths) {
    // A structural reason binds over the stage's own latency if it is not earlier.
    const Cycles over = l.entered + stage.latency;
    const Reason& room = stages_[to->stage].room;
    if (l.head.time < over && room.time < over) {
      node = paths_.add(leaving, EdgeKind::Forward);
    } else {
      const Reason& why = room.bindsOver(l.head) ? room : l.head;
      node = paths_.add(why.origin, EdgeKind::Structural);
      leaving = {node, stage.object, 0};
    }
  }
  if (l.waitsForRoom) [[unlikely]]
    waitNoMore(index, l, at);
  const std::int64_t behind = l.nextInStage;
  l.nextInStage = -1;
  if (options_.usage) [[unlikely]]
    usage_[UsageCounter::ofStage(at.stage)].held += now_;
  enter(index, l, *to, node);

  if (issuing) {
    issued(index, stage, node);
  } else {
    passed(index, stage, behind, leaving, node);
  }
  // Whoever was woken for a place that this instruction did not take still has it.
  if (at.optionCount == 1) [[likely]] {
    wakeForRoom(stages_[to->stage]);
  } else {
    for (const std::uint32_t option : l.content->optionsOf(at)) {
      wakeForRoom(stages_[l.content->hops[option].stage]);
    }
  }
  // The oldest of all who may act: its turn comes next anyway.
  if (to->timing && l.dependences == 0) {
    if (ready_.empty() && !wheel_.hasNow(now_)) {
      start(index, l);
    } else {
      wake(index);
    }
  }
}

/// Why who stands behind `index` in a queue came to its head when that left.
Reason Engine::behindOlder(std::int64_t index, PathRef node, const StageState& stage) const {
  return {now_, EdgeKind::Structural, index, Origin{node, stage.object, 0}.as(WaitDetail::Queue)};
}

/// An instruction has left the issue buffer.
void Engine::issued(std::int64_t index, const StageState& stage, PathRef node) {
  const bool hadRoom = fetch_.buffered + machine_.fetch.width <= machine_.fetch.bufferSize;
  --fetch_.buffered;
  if (options_.usage && !hadRoom && mayFetch()) [[unlikely]]
    usage_[usage_.ofFetch()].waited += now_ - fetchEndedAt_;
  if (options_.times) times_[static_cast<std::size_t>(index) & mask_].times.issued = now_;
  if (options_.paths && !hadRoom) {
    fetch_.room = {now_, EdgeKind::BufferFill, index, {node, stage.object, 0}};
  }
  if (machine_.fetch.inOrder) {
    const std::int64_t next = ++fetch_.nextToIssue;
    if (next < tail_ && live(next).phase == Phase::Buffered) {
      Live& follower = live(next);
      if (options_.paths) follower.head = behindOlder(index, node, stage);
      if (follower.entered + stage.latency <= now_) wake(next);
    }
  }
}

/// The first of a queue has left it; `behind` is the next.
void Engine::passed(std::int64_t index, StageState& stage, std::int64_t behind, const Origin& leaving,
                    PathRef node) {
  stage.first = behind;
  if (behind < 0) {
    stage.last = -1;
  } else {
    Live& follower = live(behind);
    if (options_.paths) follower.head = behindOlder(index, node, stage);
    if (follower.entered + stage.latency <= now_) {
      wake(behind);
    } else {
      schedule(follower.entered + stage.latency, Event::Kind::StageOver, behind);
    }
  }
  leaveStage(index, stage, leaving);
}

void Engine::enter(std::int64_t index, Live& l, const Hop& to, PathRef node) {
  StageState& state = stages_[to.stage];
  l.enterNode = node;
  l.hop = &to;
  l.entered = now_;
  ++state.count;
  l.timing = to.timing;
  if (options_.usage) [[unlikely]] {
    UsageFigures& figures =
        usage_[l.timing ? usage_.ofUnit(l.timing->unit) : UsageCounter::ofStage(to.stage)];
    ++figures.uses;
    figures.held -= now_;
    if (l.timing) figures.waited -= now_;
  }
  if (l.timing) {
    l.phase = Phase::Waiting;
    if (options_.times) {
      auto& times = times_[static_cast<std::size_t>(index) & mask_].times;
      times.enter = now_;
      times.unit = UnitId{l.timing->unit};
    }
    state.first = index;
    return;
  }
  l.phase = Phase::Passing;
  l.head.time = -1;
  lastEnd_ = std::max(lastEnd_, now_ + state.latency);
  if (state.first < 0) {
    state.first = state.last = index;
    if (state.latency == 0) {
      wake(index);
    } else {
      schedule(now_ + state.latency, Event::Kind::StageOver, index);
    }
  } else {
    live(state.last).nextInStage = index;
    state.last = index;
  }
}

void Engine::leaveStage(std::int64_t index, StageState& state, const Origin& origin) {
  const bool wasFull = state.count == state.capacity;
  --state.count;
  if (options_.paths && (wasFull || (state.room.time == now_ && index < state.room.instruction()))) {
    state.room = {now_, EdgeKind::Structural, index, origin.as(WaitDetail::Place)};
  }
  wakeForRoom(state);
}

void Engine::wakeForRoom(StageState& state) {
  if (state.waiting.empty() || state.count >= state.capacity) return;
  wake(state.waiting.oldest(head_));
}

}  // namespace taktwerk::engine
