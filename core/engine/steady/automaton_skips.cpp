// SPDX-License-Identifier: GPL-3.0-or-later
// What can be left out on the way to an instruction, read off the entries that the program ran through.
#include <algorithm>

#include "core/engine/steady/automaton.h"

namespace taktwerk::engine {

/// Walks towards an instruction, past whole periods wherever it can.
class Automaton::Skipper {
 public:
  Skipper(const Automaton& automaton, std::int64_t target, std::int64_t margin, std::size_t limit)
      : entries_(automaton.entries_),
        nodes_(automaton.nodes_.nodes),
        target_(target),
        margin_(margin),
        limit_(limit) {}

  std::vector<LoopSkip> run(EntryId all) {
    loop(nodes_.back(), entries_[all]);
    return std::move(skips_);
  }

 private:
  [[nodiscard]] bool arrived() const { return at_ >= target_ || skips_.size() >= limit_; }

  /// One part of a loop's sequence; true if the target lies in it.
  bool part(const ProgramNode& loop, const Entry& entry, std::size_t place) {
    const ProgramNode& node = nodes_[loop.children[place % loop.children.size()]];
    const std::int64_t begin = at_;
    if (node.instructions > target_ - begin) {
      if (node.isLoop) this->loop(node, entries_[entry.sequence[place]]);
      at_ = target_;
      return true;
    }
    if (node.isLoop) this->loop(node, entries_[entry.sequence[place]]);
    at_ = begin + node.instructions;
    return arrived();
  }

  void loop(const ProgramNode& node, const Entry& entry) {
    if (node.children.empty()) return;
    auto next = entry.repeats.begin();
    for (std::size_t place = 0; place < entry.sequence.size(); ++place) {
      if (part(node, entry, place)) return;
      while (next != entry.repeats.end() && place + 1 == next->first + next->count) {
        if (this->repeat(node, entry, *next++)) return;
      }
    }
  }

  /// Past what came again; true if the target lies in it.
  bool repeat(const ProgramNode& node, const Entry& entry, const Repeat& part) {
    LoopSkip skip;
    for (std::size_t place = part.first; place < part.first + part.count; ++place) {
      skip.period += nodes_[node.children[place % node.children.size()]].instructions;
      skip.periodCycles += entries_[entry.sequence[place]].duration;
    }
    if (skip.period == 0) return false;
    const auto run = [&] {
      for (std::size_t place = part.first; place < part.first + part.count; ++place) {
        if (this->part(node, entry, place)) return true;
      }
      return false;
    };
    std::int64_t left = part.times;
    for (std::int64_t before = at_ - leftOut_; left > 0 && at_ - leftOut_ - before < margin_; --left) {
      if (run()) return true;
      ++skip.run;
    }
    skip.at = at_;
    skip.times = std::min(left, (target_ - at_) / skip.period);
    if (skip.times > 0) {
      at_ = skip.end();
      leftOut_ += skip.period * skip.times;
      skips_.push_back(skip);
    }
    if (skip.times == left) return arrived();
    run();
    return true;
  }

  const std::vector<Entry>& entries_;
  const std::vector<ProgramNode>& nodes_;
  std::int64_t target_;
  std::int64_t margin_;
  std::size_t limit_;
  std::int64_t at_ = 0;       // as far as it has come …
  std::int64_t leftOut_ = 0;  // … of which this was left out
  std::vector<LoopSkip> skips_;
};

std::vector<LoopSkip> Automaton::skipsBefore(std::int64_t target, std::int64_t margin,
                                             std::size_t limit) const {
  if (all_ == none) return {};
  return Skipper(*this, target, margin, limit).run(all_);
}

}  // namespace taktwerk::engine
