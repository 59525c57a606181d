// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/usage.h"

namespace taktwerk::engine {

/// What a stage or a unit did in a stretch of time. `held` and `waited` are integrals over the stretch of how
/// many instructions hold a place, and of how many of those have not started: what came before the stretch
/// counts from its beginning, what stays beyond it to its end. So parts of a run add up to the whole, and a
/// part that repeats counts as often as it does.
struct UsageFigures {
  std::int64_t uses = 0;  ///< instructions that came; groups that were fetched
  Cycles busy = 0;        ///< of a unit: initiation intervals of what started; of the fetch: its durations
  Cycles held = 0;
  Cycles waited = 0;  ///< at a unit before the start; of the fetch: for room in the buffer
};

/// What objects did in a stretch of time, of those that did anything: by `UsageCounter`'s numbers, ascending.
using UsageRecord = std::vector<std::pair<std::uint32_t, UsageFigures>>;

/// Adds up what objects do. Stages have the numbers of the machine, units those behind the stages, the fetch
/// the last.
class UsageCounter {
 public:
  explicit UsageCounter(const Machine& machine)
      : stages_(static_cast<std::uint32_t>(machine.stages.size())),
        figures_(machine.stages.size() + machine.units.size() + 1) {}

  [[nodiscard]] static std::uint32_t ofStage(std::uint32_t stage) { return stage; }
  [[nodiscard]] std::uint32_t ofUnit(std::uint32_t unit) const { return stages_ + unit; }
  [[nodiscard]] std::uint32_t ofFetch() const { return static_cast<std::uint32_t>(figures_.size() - 1); }

  UsageFigures& operator[](std::uint32_t object) {
    Counted& counted = figures_[object];
    if (!counted.met) met_.push_back(object);
    counted.met = true;
    return counted.figures;
  }
  /// Adds a record `times` times; figures stay at the largest number rather than exceed 64 bits.
  void add(const UsageRecord& record, std::int64_t times);
  /// All so far; begins anew.
  [[nodiscard]] UsageRecord take();

 private:
  struct Counted {
    UsageFigures figures;
    bool met = false;
  };
  std::uint32_t stages_;
  std::vector<Counted> figures_;
  std::vector<std::uint32_t> met_;
};

/// What a whole run did, by object of the machine; memories are not in it.
[[nodiscard]] Usage usageOf(const UsageRecord& record, const Machine& machine);

}  // namespace taktwerk::engine
