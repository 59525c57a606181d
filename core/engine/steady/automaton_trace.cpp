// SPDX-License-Identifier: GPL-3.0-or-later
// The critical path through what was skipped: followed backwards from the end, by anchors. An anchor is a
// place in flight at the boundary of two entries; a path leaves an entry at one of its exits and comes from
// one of its beginnings. In a part that repeats, the anchors repeat too.
#include <unordered_map>

#include "core/engine/steady/automaton.h"

namespace taktwerk::engine {

namespace {

// Anchors count from 0; a traced path that reaches cycle 0 has anchor `fromTheStart`.
constexpr PathRef fromTheStart = ~PathRef{0};

}  // namespace

LabelSum Automaton::takeSum() {
  if (sums_.empty()) return {};
  LabelSum sum = std::move(sums_.back());
  sums_.pop_back();
  return sum;
}

const std::pair<PathRef, Automaton::Labelled>& Automaton::traced(EntryId id, PathRef exit) {
  const auto known = entries_[id].traced.find(exit);
  if (known != entries_[id].traced.end()) return known->second;
  LabelSum totals = takeSum();
  PathRef anchor = exit;
  if (!entries_[id].isLoop) {
    const PathRecord& record = records_[entries_[id].record];
    PathRef at = record.exits[exit];
    for (; at > record.entries; at = record.nodes[at].previous) {
      totals.add(record.nodes[at].label, record.nodes[at].duration);
    }
    anchor = at == 0 ? fromTheStart : at - 1;
  } else {
    // Tracing children may add to their tables, never to `entries_` itself.
    const std::vector<EntryId>& sequence = entries_[id].sequence;
    const auto through = [&](std::size_t first, std::size_t last, LabelSum& into) {
      for (std::size_t k = last; k > first && anchor != fromTheStart; --k) {
        const auto& [next, part] = traced(sequence[k - 1], anchor);
        into.add(part, 1);
        anchor = next;
      }
    };
    std::size_t end = sequence.size();
    const std::vector<Repeat>& repeats = entries_[id].repeats;
    for (auto repeat = repeats.rbegin(); repeat != repeats.rend(); ++repeat) {
      const std::size_t cycleEnd = repeat->first + repeat->count;
      through(cycleEnd, end, totals);
      // The repeated part, once for each repetition; when an anchor recurs, so does all that follows.
      std::unordered_map<PathRef, std::size_t> met;
      std::vector<Labelled> parts;
      std::vector<PathRef> anchors;
      std::int64_t left = repeat->times;
      while (left > 0 && anchor != fromTheStart) {
        const auto [place, isNew] = met.try_emplace(anchor, parts.size());
        if (!isNew) {
          const std::size_t first = place->second;
          const auto period = static_cast<std::int64_t>(parts.size() - first);
          const std::int64_t rounds = left / period;
          for (std::size_t k = first; k < parts.size(); ++k) {
            const std::int64_t times =
                rounds + (static_cast<std::int64_t>(k - first) < left % period ? 1 : 0);
            totals.add(parts[k], times);
          }
          anchor = anchors[first + static_cast<std::size_t>(left % period)];
          left = 0;
          break;
        }
        anchors.push_back(anchor);
        LabelSum once = takeSum();
        through(repeat->first, cycleEnd, once);
        parts.push_back(once.take());
        sums_.push_back(std::move(once));
        totals.add(parts.back(), 1);
        --left;
      }
      end = cycleEnd;
    }
    through(0, end, totals);
  }
  const auto place = entries_[id].traced.emplace(exit, std::pair(anchor, totals.take())).first;
  sums_.push_back(std::move(totals));
  return place->second;
}

/// What objects did in an entry: a loop's once for each time that its parts were run or repeated.
const UsageRecord& Automaton::usageOf(EntryId id) {
  if (!entries_[id].isLoop) return records_[entries_[id].record].usage;
  if (!entries_[id].usage) {
    // Asking parts fills in theirs and moves no entry.
    UsageCounter sum(machine_);
    const std::vector<EntryId>& sequence = entries_[id].sequence;
    for (const EntryId part : sequence) sum.add(usageOf(part), 1);
    for (const Repeat& repeat : entries_[id].repeats) {
      for (std::uint32_t k = 0; k < repeat.count; ++k)
        sum.add(usageOf(sequence[repeat.first + k]), repeat.times);
    }
    entries_[id].usage = sum.take();
  }
  return *entries_[id].usage;
}

PathRef Automaton::trace(EntryId entry, PathRef exit, std::map<PathLabel, Cycles>& totals,
                         std::int64_t times) {
  const auto& [anchor, part] = traced(entry, exit);
  for (const auto& [label, cycles] : part) totals[label] += cycles * times;
  return anchor == fromTheStart ? 0 : anchor + 1;
}

}  // namespace taktwerk::engine
