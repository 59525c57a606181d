// SPDX-License-Identifier: GPL-3.0-or-later
// Issue and forward: instructions move through the stages.
#include <algorithm>

#include "core/engine/engine.h"

namespace taktwerk::engine {

void Engine::move(std::int64_t index) {
  Live& l = live(index);
  const std::uint32_t from = l.stage;
  const bool issuing = l.phase == Phase::Buffered;
  if (issuing ? machine_.fetch.inOrder && index != fetch_.nextToIssue : stages_[from].first != index) return;
  const auto options = l.content->route->next(from);
  std::uint32_t to = nowhere;
  for (const std::uint32_t option : options) {
    if (stages_[option].count < stages_[option].capacity) {
      to = option;
      break;
    }
  }
  if (to == nowhere) {
    l.waitsForRoom = true;
    for (const std::uint32_t option : options) stages_[option].waiting.insert(index);
    return;
  }

  const StageState& stage = stages_[from];
  const Origin latencyOver{l.enterNode, stage.object, stage.latency};
  Reason why;
  if (options_.paths) {
    why = {l.entered + stage.latency, EdgeKind::Forward, index, latencyOver};
    why.consider(l.head);
    why.consider(stages_[to].room);
  }
  if (l.waitsForRoom) {
    l.waitsForRoom = false;
    for (const std::uint32_t option : options) stages_[option].waiting.erase(index);
  }
  const std::int64_t behind = l.nextInStage;
  l.nextInStage = -1;
  enter(index, to, why);

  // `l.enterNode` is now the node of this very move.
  const bool byItself = why.kind() == EdgeKind::Forward;
  const Origin leaving = byItself ? latencyOver : Origin{l.enterNode, stage.object, 0};
  if (issuing) {
    const bool hadRoom = fetch_.buffered + machine_.fetch.width <= machine_.fetch.bufferSize;
    --fetch_.buffered;
    if (options_.times) times_[static_cast<std::size_t>(index) & mask_].times.issued = now_;
    if (options_.paths && !hadRoom) {
      fetch_.room = {now_, EdgeKind::BufferFill, index, {l.enterNode, stage.object, 0}};
    }
    if (machine_.fetch.inOrder) {
      const std::int64_t next = ++fetch_.nextToIssue;
      if (next < tail_ && live(next).phase == Phase::Buffered) {
        Live& follower = live(next);
        if (options_.paths) {
          follower.head = {now_, EdgeKind::Structural, index, {l.enterNode, stage.object, 0}};
        }
        if (follower.entered + stage.latency <= now_) wake(next);
      }
    }
  } else {
    StageState& state = stages_[from];
    state.first = behind;
    if (behind < 0) {
      state.last = -1;
    } else {
      Live& follower = live(behind);
      if (options_.paths) {
        follower.head = {now_, EdgeKind::Structural, index, {l.enterNode, stage.object, 0}};
      }
      if (follower.entered + stage.latency <= now_) {
        wake(behind);
      } else {
        schedule(follower.entered + stage.latency, Event::Kind::StageOver, behind);
      }
    }
    leaveStage(index, from, leaving);
  }
  // Whoever was woken for a place that this instruction did not take still has it.
  for (const std::uint32_t option : options) wakeForRoom(option);
}

void Engine::enter(std::int64_t index, std::uint32_t to, const Reason& why) {
  Live& l = live(index);
  StageState& state = stages_[to];
  if (options_.paths) l.enterNode = paths_.add(why.origin, why.kind());
  l.stage = to;
  l.entered = now_;
  ++state.count;
  l.timing = l.content->timingAt(to);
  if (l.timing) {
    l.phase = Phase::Waiting;
    if (options_.times) {
      auto& times = times_[static_cast<std::size_t>(index) & mask_].times;
      times.enter = now_;
      times.unit = UnitId{l.timing->unit};
    }
    state.first = index;
    if (l.dependences == 0) wake(index);
    return;
  }
  l.phase = Phase::Passing;
  l.head = {};
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

void Engine::leaveStage(std::int64_t index, std::uint32_t from, const Origin& origin) {
  StageState& state = stages_[from];
  const bool wasFull = state.count == state.capacity;
  --state.count;
  if (options_.paths && (wasFull || (state.room.time == now_ && index < state.room.instruction()))) {
    state.room = {now_, EdgeKind::Structural, index, origin};
  }
  wakeForRoom(from);
}

void Engine::wakeForRoom(std::uint32_t stage) {
  StageState& state = stages_[stage];
  if (state.waiting.empty() || state.count >= state.capacity) return;
  wake(state.waiting.oldest(head_));
}

}  // namespace taktwerk::engine
