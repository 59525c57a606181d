// SPDX-License-Identifier: GPL-3.0-or-later
// Who waits for whom when nothing can happen any more.
#include <algorithm>
#include <set>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

namespace {

std::string name(std::int64_t index) {
  return "instruction " + std::to_string(index);
}

}  // namespace

Engine::Wait Engine::waitOf(std::int64_t index) const {
  const Live& l = live(index);
  const auto consumes = [&](std::uint32_t edges) {
    for (; edges != nowhere; edges = edges_[edges].next) {
      if (edges_[edges].consumer == index) return true;
    }
    return false;
  };
  switch (l.phase) {
    case Phase::Fetching:
      return {-1, "its fetch"};
    case Phase::Over:
      return {-1, ""};
    case Phase::Buffered:
    case Phase::Passing: {
      const Stage& stage = machine_.stages[l.hop->stage];
      if (l.phase == Phase::Buffered && machine_.fetch.inOrder && index != fetch_.nextToIssue) {
        return {fetch_.nextToIssue, "issue in order from " + stage.name};
      }
      if (l.phase == Phase::Passing && stages_[l.hop->stage].first != index) {
        return {stages_[l.hop->stage].first, "the head of " + stage.name};
      }
      for (const std::uint32_t to : l.content->route->next(l.hop->stage)) {
        if (stages_[to].first >= 0) return {stages_[to].first, "room in " + machine_.stages[to].name};
      }
      return {-1, "room in the stage after " + stage.name};
    }
    case Phase::Waiting: {
      for (std::int64_t other = head_; other < index; ++other) {
        const Live& o = live(other);
        if (o.phase == Phase::Over) continue;
        if (consumes(o.resultEdges)) return {other, "a result of " + name(other)};
        if (consumes(o.startEdges)) return {other, "the start of " + name(other)};
        for (std::uint32_t a = o.firstAccess; a != nowhere; a = accesses_[a].next) {
          if (consumes(accesses_[a].edges)) {
            return {other,
                    "an access of " + name(other) + " to " + machine_.memories[accesses_[a].memory].name};
          }
        }
      }
      for (std::int64_t other = head_; other < tail_; ++other) {
        const Live& o = live(other);
        if (o.phase == Phase::Started && !o.completed && o.timing->unit == l.timing->unit) {
          return {other, "max_in_flight of " + machine_.units[l.timing->unit].name};
        }
      }
      return {-1, "its unit"};
    }
    case Phase::Started:
      return {-1, "a memory"};
  }
  return {-1, ""};
}

Deadlock Engine::deadlock() const {
  Deadlock result;
  result.cycle = lastEnd_;
  // From the oldest that is not over, along who is waited for, until somebody is met again: the circle.
  std::vector<std::int64_t> chain;
  for (std::int64_t at = head_; at >= 0 && at < tail_;) {
    const auto met = std::find(chain.begin(), chain.end(), at);
    if (met != chain.end()) {
      chain.erase(chain.begin(), met);
      break;
    }
    chain.push_back(at);
    at = waitOf(at).on;
  }
  for (const std::int64_t index : chain) {
    const Live& l = live(index);
    if (!result.chain.empty()) result.chain += "; ";
    const std::string& where =
        l.timing ? machine_.units[l.timing->unit].name : machine_.stages[l.hop->stage].name;
    result.chain += name(index) + " in " + where + " waits for " + waitOf(index).what;
  }
  result.instructions = chain;
  std::sort(result.instructions.begin(), result.instructions.end());
  return result;
}

}  // namespace taktwerk::engine
