// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/budget.h"
#include "core/engine/events/engine.h"
#include "core/engine/full/full.h"
#include "core/engine/steady/interner.h"
#include "core/engine/steady/label_sum.h"
#include "core/engine/steady/loop_report.h"
#include "core/engine/steady/program_nodes.h"
#include "core/engine/steady/row_outcomes.h"
#include "core/engine/steady/row_pattern.h"
#include "core/engine/steady/time_tree.h"
#include "core/program/loop_skip.h"

namespace taktwerk::engine {

/// What one program costs, found by running its loops through the automaton.
struct AutomatonResult {
  enum class Status : std::uint8_t { Exact, Exhausted, Deadlocked, Failed, Cancelled };
  Status status = Status::Exact;
  Cycles cycles = 0;
  std::vector<Cycles> breakdown;           ///< by PathLabel; adds up to `cycles`
  std::vector<MemoryTraffic> traffic;      ///< by memory
  UsageRecord usage;                       ///< where it is counted
  std::int64_t evaluatedBodies = 0;        ///< leaves in loops, each once in a state; known ones too …
  std::int64_t evaluatedInstructions = 0;  ///< … so that it does not depend on what is known
  std::int64_t reported = 0;  ///< instructions added to the progress: what was evaluated just now
  Cycles deadlockCycle = 0;
  Deadlock deadlock;  ///< of the evaluated stretch: instruction numbers are not the program's
  std::string error;
};

/// Times loop programs exactly by evaluating only what has not been seen before.
///
/// The machine between two bodies of a loop is an automaton: its state is everything the future depends on,
/// relative to now (Engine::save), its input the next body. What a body does in a state is evaluated once and
/// kept: the state it leads to, the cycles, the memory traffic, the critical paths through it. A loop is run
/// over its body until a state recurs; whole periods are then skipped by multiplication. A loop in a state is
/// itself kept, so that outer iterations, other tiles, later layers find it again. States and contents are
/// compared whole, never by hash alone, so that what is skipped is proven to repeat.
///
/// What addresses could change is part of the input: of accesses that may overlap others their place relative
/// to the loops' progress, of banked or cut accesses their residue; of accesses proven independent nothing.
/// Of DRAM rows the pattern of equalities is part of the input (RowPattern); the rows themselves are carried
/// along beside the state, and a loop is skipped as far as no access leaves its row.
///
/// One automaton serves any number of programs on one machine, one after the other. What it has learned from
/// others saves work and shows nowhere else: what counts as evaluated, and towards the budget, is what the
/// program needs by itself, each leaf in a state once, whoever met it first. Before a program that accesses
/// DRAMs all is forgotten.
class Automaton {
 public:
  explicit Automaton(const Machine& machine, CountUsage usage = CountUsage::No);

  [[nodiscard]] Resolver& resolver() { return resolver_; }
  /// Drops all that was learned, and with it the memory that it takes; resolved instructions stay.
  void forget();
  /// Numbers kept of what was learned.
  [[nodiscard]] std::size_t learned() const {
    return states_.words() + patterns_.words() + kept_ + recorded_;
  }
  /// Programs that access no cache. `report`, where it is asked for, also gets what was found out about each
  /// loop, as far as it came; it changes nothing else.
  AutomatonResult run(const Program& program, const Prepared& prepared, const AccessAnalysis& analysis,
                      const TimingBudget& budget, Progress& progress, LoopReports* report = nullptr);
  /// What of the program that was run last, with a report, can be left out on the way to an instruction:
  /// iterations of loops at all levels, as far as the run came and found them to repeat. In the order of the
  /// program; none reaches beyond `target`, at most `limit` of them, the first ones. What repeats is run on
  /// for `margin` instructions before anything of it is left out.
  [[nodiscard]] std::vector<LoopSkip> skipsBefore(std::int64_t target, std::int64_t margin,
                                                  std::size_t limit) const;
  /// How the program that was run last, with a report, goes through time, as far as the run came. Usage has
  /// to be counted.
  [[nodiscard]] TimeTree timeTree();
  /// Runs of instructions without loops are cut into pieces of at most so many, in programs run from now on:
  /// they then count as bodies of their own.
  void cutAt(std::uint32_t instructions) { longestLeaf_ = instructions; }
  [[nodiscard]] std::size_t states() const { return states_.size(); }
  [[nodiscard]] CountUsage countsUsage() const { return usage_; }

 private:
  using StateId = std::uint32_t;
  using EntryId = std::uint32_t;

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  /// A part of a loop's sequence that came `times` times more where it ends.
  struct Repeat {
    std::uint32_t first = 0, count = 0;
    std::int64_t times = 0;
  };
  /// A node in a state: what it does. Of a leaf the paths through it are kept as evaluated, of a loop as the
  /// entries it ran through.
  struct Entry {
    StateId state = 0, next = 0;
    std::uint32_t program = 0;      ///< the last one that it was counted for
    std::size_t patternWords = 0;   ///< numbers of the pattern that it was met with
    std::int64_t instructions = 0;  ///< of a leaf
    Cycles duration = 0;
    Cycles lastEnd = 0;  ///< latest cycle anything begun in it ends, relative to its beginning
    std::vector<MemoryTraffic> traffic;
    bool isLoop = false;
    bool inLoop = false;                    ///< of a loop: what it holds is in a loop
    std::uint32_t record = 0;               ///< of a leaf: index into records_
    std::vector<EntryId> sequence;          ///< of a loop: all that was run, in order …
    std::vector<Repeat> repeats;            ///< … of which these parts were repeated
    std::uint32_t change = none;            ///< what it does to the rows in play: into changes_
    std::optional<UsageRecord> usage = {};  ///< of a loop, once it was asked for
    std::map<PathRef, std::pair<PathRef, std::vector<std::pair<PathLabel, Cycles>>>> traced;
  };
  struct Key {
    std::uint32_t content, state, phase, pattern;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      std::uint64_t h = (static_cast<std::uint64_t>(key.content) << 32) | key.state;
      h ^= (static_cast<std::uint64_t>(key.phase) << 32 | key.pattern) * 0x9E3779B97F4A7C15u;
      h *= 0xFF51AFD7ED558CCDu;
      return h ^ (h >> 32);
    }
  };
  /// A DRAM bank while a leaf is run through its outcomes.
  struct BankInPlay {
    std::int32_t underWay = 0, openedBy = -1, idleSince = -1;
  };
  /// When a loop was in a state.
  struct Seen {
    std::int64_t iteration;
    Cycles time;
    std::size_t place;  ///< in the sequence
    std::vector<MemoryTraffic> traffic;
    RowsInPlay play;
  };
  /// Cycles by label, and where a path came from.
  using Labelled = std::vector<std::pair<PathLabel, Cycles>>;

  // automaton.cpp
  std::optional<EntryId> runNode(std::uint32_t node, StateId state);
  std::optional<EntryId> runLoop(const ProgramNode& node, StateId state);
  std::optional<EntryId> evaluate(const ProgramNode& node, StateId state);
  std::optional<EntryId> runEnd(StateId state);
  bool skip(const ProgramNode& node, Entry& loop, const Seen& before, std::int64_t period,
            std::int64_t repeats, Cycles startBefore);
  StateId enter(StateId state);
  StateId intern();
  [[nodiscard]] std::span<const std::uint32_t> trackedMemories(StateId state) const;
  StateId shift(StateId state, const std::vector<std::pair<std::uint32_t, Words>>& by, std::int64_t times);
  std::uint32_t phaseOf(const std::vector<Sensitive>& sensitive, std::size_t depths);
  [[nodiscard]] Words addressOf(const AccessFamily& family, std::size_t depths) const;
  bool addTimes(std::vector<MemoryTraffic>& total, const std::vector<MemoryTraffic>& part,
                std::int64_t times);
  void position(StateId state);
  std::optional<EntryId> stop(AutomatonResult::Status status);
  [[nodiscard]] bool exhaustedBy(std::int64_t instructions) const;
  bool count(EntryId id, bool inLoop);
  std::size_t wordsOfState(StateId state);

  // automaton_rows.cpp
  std::optional<std::uint32_t> patternOf(const ProgramNode* node, StateId state);
  void seeRows(std::uint32_t memory, Words first, Words last);
  bool seeFamily(const ProgramNode& node, const RowFamily& rows);
  void applyChange(const ProgramNode& node, std::uint32_t change);
  std::uint32_t describeChange(const ProgramNode& node, const RowsInPlay& before, const RowPattern* pattern);
  std::optional<EntryId> runLeafOverRows(const ProgramNode& node, StateId state, const Key& key);
  void takeRows(const ProgramNode& node);
  [[nodiscard]] std::size_t depthsOf(const ProgramNode& node) const;
  [[nodiscard]] std::int64_t repeatsWithinRows(const ProgramNode& node, const Seen& before,
                                               std::int64_t period, StateId state) const;
  void moveRows(const ProgramNode& node, std::int64_t iterations);
  [[nodiscard]] std::optional<Words> strideOf(const AccessFamily& family, const ProgramNode& loop) const;

  // automaton_report.cpp
  class Reporter;
  [[nodiscard]] LoopReports reportOf(std::optional<EntryId> all) const;
  std::optional<EntryId> leaveUnfinished(Entry&& loop);

  class Skipper;     // automaton_skips.cpp
  class TimeReader;  // automaton_time.cpp

  // automaton_trace.cpp
  PathRef trace(EntryId entry, PathRef exit, std::map<PathLabel, Cycles>& totals, std::int64_t times);
  const std::pair<PathRef, Labelled>& traced(EntryId id, PathRef exit);
  LabelSum takeSum();
  const UsageRecord& usageOf(EntryId id);

  const Machine& machine_;
  const CountUsage usage_;
  std::uint32_t longestLeaf_ = none;
  Resolver resolver_;
  Engine engine_;
  Interner contents_, states_, phases_, patterns_;
  Interner memoryLists_;
  std::vector<std::uint32_t> trackedIn_;  // by state: the memories of its addresses, a list of memoryLists_
  std::vector<std::vector<RowAccess>> rowsIn_;        // by state; of these the addresses stand in play_
  std::vector<std::vector<RowUnderWay>> underWayIn_;  // by state
  std::vector<RowsChange> changes_;
  RowOutcomes outcomes_;
  std::unordered_map<Key, std::uint32_t, KeyHash> outcomesOf_;  // leaves whose accesses meet DRAM rows
  std::vector<Entry> entries_;
  std::vector<PathRecord> records_;
  std::unordered_map<Key, EntryId, KeyHash> memo_;
  StateWriter saved_;
  std::vector<std::uint8_t> moved_;  // scratch of shift
  std::vector<std::int64_t> scratch_;
  std::vector<LabelSum> sums_;  // not in use

  // of the program under way
  const Program* program_ = nullptr;
  const Prepared* prepared_ = nullptr;
  const AccessAnalysis* analysis_ = nullptr;
  ProgramNodes nodes_;
  TimingBudget budget_;
  Progress* progress_ = nullptr;
  AutomatonResult result_;
  bool reporting_ = false;
  EntryId all_ = none;             // of the program that was run last, finished or not, where it was reported
  EntryId unfinishedFrom_ = none;  // while reporting: of loops that were left within, inner first
  AddressFrame frame_;
  std::vector<std::int64_t> variables_;
  std::optional<StateId> engineState_;  // what the engine is in …
  AddressFrame engineFrame_;            // … relative to this frame
  RowsInPlay enginePlay_;               // … with these rows
  RowsInPlay play_;
  RowPattern pattern_;  // as patternOf left it
  std::vector<RowInFlight> inFlightScratch_;
  std::vector<BankInPlay> banks_;                        // by DRAM bank; scratch
  std::vector<std::pair<std::uint32_t, Words>> opened_;  // banks and what was open there before; scratch
  std::vector<RowQuestion> questions_;                   // of the leaf evaluated last
  std::int64_t serial_ = 0;
  std::uint32_t programs_ = 0;  // run so far
  std::size_t used_ = 0;        // numbers that the program needs: of states, patterns and sequences
  std::vector<std::uint32_t> stateUsedBy_;  // by state: the last program that it was counted for
  std::size_t kept_ = 0;                    // entries named in sequences
  std::size_t recorded_ = 0;                // nodes of records_
  Cycles startOfEntry_ = 0;                 // time of the beginning of what is being run, from cycle 0
  Cycles latestEnd_ = 0;                    // latest cycle in which anything ends, from cycle 0
};

}  // namespace taktwerk::engine
