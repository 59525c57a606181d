// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "core/engine/preparation/resolver.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// The papers' evaluation of the architectural instruction dependency graph (arXiv 2409.08595): one pass over
/// the instructions in program order, in which each takes what it needs (issue buffer places, stages, units,
/// memory slots and ports, rows, cache lines) after all older ones have taken theirs. Right to the cycle
/// where requests reach every shared object in program order; where a younger instruction would get there
/// first, it is too late here. Deadlocks are not seen.
class ProgramOrderPass {
 public:
  explicit ProgramOrderPass(engine::Resolver& resolver);

  /// The next instruction; `addresses` has one number an access, memory reads first.
  void take(const engine::ResolvedTemplate& content, const std::int64_t* addresses);
  /// Latest completion or leaving so far.
  [[nodiscard]] Cycles end() const { return end_; }
  [[nodiscard]] std::int64_t instructions() const { return index_; }
  /// Everything that is pending happens this much later: as if a loop had run on at the same pace.
  void shift(Cycles by);
  [[nodiscard]] const std::string& error() const {
    return error_;
  }  ///< of an access whose latency has no value

 private:
  /// The times at which places of something become free, as many as are taken; the earliest first.
  using Leaving = std::priority_queue<Cycles, std::vector<Cycles>, std::greater<>>;
  struct RegisterCopy {
    Cycles available = 0;  ///< when the last write to it is available
    Cycles started = 0;    ///< when the last read of it has started
  };
  struct RegisterTimes {
    std::uint32_t current = 0;
    std::vector<RegisterCopy> copies;
  };
  struct Range {
    Words first = 0, end = 0;
    Cycles done = 0;
    bool write = false;
  };
  struct Bank {
    Leaving slots, ports;
  };
  struct DramBank {
    Words openRow = -1;
    Cycles idle = 0;  ///< when all its accesses are over
  };
  struct Way {
    Words line = -1;
    bool dirty = false;
    std::uint64_t touched = 0;
  };
  struct MemoryTimes {
    std::vector<Bank> banks;
    std::vector<DramBank> rows;
    std::vector<Range> pending;  ///< of a root memory
    std::vector<Way> ways;       ///< of a cache, set by set
    std::uint64_t clock = 0;
  };

  /// From when, `from` or later, one of `places` is free; it is taken by pushing when it is given back.
  static Cycles placeIn(Leaving& taken, std::int64_t places, Cycles from);
  Cycles arrival();
  Cycles room(std::uint32_t stage, std::uint32_t capacity, Cycles from);
  Cycles hazards(const engine::ResolvedTemplate& content, const std::int64_t* addresses) const;
  void registersDone(const engine::ResolvedTemplate& content, const engine::UnitTiming& timing, Cycles start,
                     Cycles complete);
  struct Accessed {
    Cycles complete = 0, granted = 0;
  };
  Accessed access(const engine::ResolvedTemplate& content, const engine::UnitTiming& timing, Cycles start,
                  const std::int64_t* addresses);
  struct Granted {
    Cycles granted = 0, ready = 0;
  };
  Granted request(std::uint32_t memory, bool write, Words address, Words words, Cycles from);
  Cycles throughCache(std::uint32_t memory, bool write, Words address, Words words, Cycles from);
  void cut(const Memory& memory, Words burst, Words address, Words words,
           std::vector<std::pair<Words, Words>>& out) const;

  engine::Resolver& resolver_;
  const Machine& machine_;
  std::int64_t index_ = 0;
  Cycles end_ = 0;
  Cycles fetchFree_ = 0, arrived_ = 0;  // the fetch unit; the group under way in the buffer
  Cycles issuedLast_ = 0;               // with in_order
  Leaving buffer_;                      // when the buffered leave
  std::vector<Leaving> stages_;         // when those in each stage leave
  std::vector<Cycles> leftLast_;        // by stage: the latest leaving, as stages are queues
  std::vector<Leaving> flights_;        // by unit: completions, with max_in_flight
  std::vector<RegisterTimes> registers_;
  std::vector<MemoryTimes> memories_;
  std::vector<std::pair<Words, Words>> pieces_;
  std::string error_;
};

}  // namespace taktwerk
