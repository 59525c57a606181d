// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk::engine {

/// Latest cycle the engine computes with; beyond it a run ends with an error instead of wrapping.
inline constexpr Cycles latestCycle = Cycles{1} << 62;
/// Largest single duration, so that a sum of two never wraps.
inline constexpr Cycles longestDuration = Cycles{1} << 60;

/// Times of one instruction on the unit that takes it, expressions computed.
struct UnitTiming {
  std::uint32_t unit = 0;
  std::uint32_t stage = 0;
  Cycles latency = 0;
  Cycles interval = 0;
  Cycles computeLatency = 0;
  /// Time from start to availability of each written register, in the order of `ResolvedTemplate::writes`;
  /// empty for a memory access unit, whose results are available at completion.
  std::vector<Cycles> available;
  bool earlyResults = false;  ///< some result is available before completion
};

/// Which way instructions go that the same units support: for the few stages that lead to one of these
/// units, the next stages that do, in order of declaration.
struct Route {
  struct Hop {
    std::uint32_t stage;
    std::uint32_t first, count;  ///< in `options`
  };
  std::vector<Hop> hops;
  std::vector<std::uint32_t> options;

  [[nodiscard]] std::span<const std::uint32_t> next(std::uint32_t stage) const {
    for (const Hop& hop : hops) {
      if (hop.stage == stage) return {options.data() + hop.first, hop.count};
    }
    return {};
  }
};

/// A stage on an instruction's way from the fetch stage to its units.
struct Hop {
  std::uint32_t stage = 0;
  std::uint32_t firstOption = 0;  ///< in `ResolvedTemplate::options`
  std::uint32_t optionCount = 0;
  std::uint32_t onlyOption = 0;        ///< the usual case: where there is one, in `hops`
  const UnitTiming* timing = nullptr;  ///< null where it only passes
};

/// An instruction's content with everything found out that does not depend on addresses. Equal contents
/// share one, across programs; names play no part.
struct ResolvedTemplate {
  std::uint32_t id = 0;  ///< its number at the resolver
  const Route* route = nullptr;
  std::vector<UnitTiming> timings;    ///< one for each execute stage that can take it
  std::vector<std::uint32_t> reads;   ///< registers, distinct
  std::vector<std::uint32_t> writes;  ///< registers, distinct
  std::vector<AccessShape> accesses;  ///< memory reads first
  std::uint32_t memoryReads = 0;      ///< how many of `accesses` are reads
  std::vector<Hop> hops;              ///< every stage it may come to, the fetch stage first
  std::vector<std::uint32_t>
      options;  ///< the next stages of each hop in order of declaration, as places in `hops`

  [[nodiscard]] std::span<const std::uint32_t> optionsOf(const Hop& hop) const {
    return {options.data() + hop.firstOption, hop.optionCount};
  }
  /// Where it stands in a stage that it may come to.
  [[nodiscard]] const Hop* hopAt(std::uint32_t stage) const {
    for (const Hop& hop : hops) {
      if (hop.stage == stage) return &hop;
    }
    return nullptr;
  }
  /// Its times in an execute stage; null where it only passes.
  [[nodiscard]] const UnitTiming* timingAt(std::uint32_t stage) const {
    for (const UnitTiming& timing : timings) {
      if (timing.stage == stage) return &timing;
    }
    return nullptr;
  }
};

/// What is wrong with an instruction, once for its content.
struct ResolveError {
  std::string message;
};

/// Resolves instruction templates on one machine and keeps them by content. Not for use by two threads.
class Resolver {
 public:
  explicit Resolver(const Machine& machine);

  /// The number of an instruction's content, or −1 with `error` set: no supporting unit, no path to one, an
  /// immediate missing in an expression.
  std::int64_t resolve(const InstructionTemplate& instruction, ResolveError& error);
  /// The same by its place in a table: at once where the table's programs have had it before.
  std::int64_t resolve(const TemplateTable& table, TemplateId id, ResolveError& error);
  [[nodiscard]] const ResolvedTemplate& operator[](std::uint32_t id) const { return resolved_[id]; }
  [[nodiscard]] std::size_t size() const { return resolved_.size(); }
  [[nodiscard]] const Machine& machine() const { return machine_; }

  /// Latency of an SRAM access of `words`; −1 with `error` set when the expression has no legal value.
  Cycles accessLatency(std::uint32_t memory, bool write, Words words, ResolveError& error);

 private:
  const Route* routeFor(const std::vector<std::uint32_t>& units);
  [[nodiscard]] std::vector<std::uint32_t> supportingUnits(const InstructionTemplate& instruction) const;
  void layOutHops(ResolvedTemplate& resolved);
  std::optional<UnitTiming> timingOn(std::uint32_t unit, const InstructionTemplate& instruction,
                                     const ResolvedTemplate& resolved, ResolveError& error) const;

  const Machine& machine_;
  using UnitLists = std::vector<std::vector<std::uint32_t>>;
  UnitLists byOperation_, byReadFile_, byWrittenFile_;
  struct Predecessor {
    std::uint32_t stage;
    std::uint32_t rank;  // the how-manieth of the predecessor's `next`
  };
  std::vector<std::vector<Predecessor>> predecessors_;  // by stage
  std::vector<std::uint32_t> hopOfStage_;               // scratch of layOutHops
  std::deque<ResolvedTemplate> resolved_;               // addresses stay valid while it grows
  TemplateTable contents_;
  std::vector<std::int64_t> resolvedOf_;   // by TemplateId of contents_
  TemplateTable lastTable_;                // of the programs resolved last …
  std::vector<std::int64_t> ofLastTable_;  // … by its TemplateId
  std::deque<Route> routes_;
  std::map<std::vector<std::uint32_t>, const Route*> routeByUnits_;
  struct LatencyKey {
    std::uint32_t memory;
    bool write;
    Words words;
    friend auto operator<=>(const LatencyKey&, const LatencyKey&) = default;
  };
  std::map<LatencyKey, Cycles> latencies_;
};

}  // namespace taktwerk::engine
