// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/automaton.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace taktwerk::engine {

Automaton::Automaton(const Machine& machine, CountUsage usage)
    : machine_(machine),
      usage_(usage),
      resolver_(machine),
      engine_(resolver_, {.paths = true, .times = false, .rows = true, .usage = usage == CountUsage::Yes}) {}

void Automaton::forget() {
  for (Interner* numbered : {&contents_, &states_, &phases_, &patterns_, &memoryLists_}) *numbered = {};
  trackedIn_.clear();
  rowsIn_.clear();
  underWayIn_.clear();
  changes_.clear();
  outcomes_ = {};
  outcomesOf_ = {};
  entries_.clear();
  records_.clear();
  all_ = none;
  memo_ = {};
  engineState_.reset();
  stateUsedBy_.clear();
  kept_ = recorded_ = 0;
}

AutomatonResult Automaton::run(const Program& program, const Prepared& prepared,
                               const AccessAnalysis& analysis, const TimingBudget& budget, Progress& progress,
                               LoopReports* report) {
  // How far a loop is run until it repeats depends on where rows end, so with them a past would show in
  // counts.
  if (analysis.rows && !entries_.empty()) forget();
  program_ = &program;
  prepared_ = &prepared;
  analysis_ = &analysis;
  nodes_ = buildNodes(resolver_, prepared, program, analysis, contents_, longestLeaf_);
  budget_ = budget;
  progress_ = &progress;
  ++programs_;
  used_ = 0;
  result_ = {};
  result_.traffic.assign(machine_.memories.size(), MemoryTraffic{});
  frame_ = nodes_.start;
  variables_.assign(64, 0);
  for (const Program::Loop& loop : program.loops) {
    if (loop.depth >= variables_.size()) variables_.resize(loop.depth + 1, 0);
  }
  engine_.reset();
  engine_.startRecord();
  engine_.save(frame_, saved_);
  const StateId begin = intern();
  play_ = {};
  engine_.openRows(play_.open);
  enginePlay_ = play_;
  engineState_ = begin;
  engineFrame_ = frame_;
  startOfEntry_ = latestEnd_ = 0;
  reporting_ = report != nullptr;
  unfinishedFrom_ = all_ = none;

  const auto root = static_cast<std::uint32_t>(nodes_.nodes.size() - 1);
  const std::optional<EntryId> all = runNode(root, begin);
  if (report) {
    *report = reportOf(all);
    all_ = all ? *all : unfinishedFrom_ != none ? static_cast<EntryId>(entries_.size() - 1) : none;
  }
  if (!all) return std::move(result_);
  startOfEntry_ = entries_[*all].duration;
  const std::optional<EntryId> end = runEnd(entries_[*all].next);
  if (!end) return std::move(result_);
  if (report) report->drain = entries_[*end].duration;
  result_.cycles = std::max<Cycles>(0, entries_[*all].duration + entries_[*end].duration);
  if (!addTimes(result_.traffic, entries_[*all].traffic, 1) ||
      !addTimes(result_.traffic, entries_[*end].traffic, 1)) {
    stop(AutomatonResult::Status::Failed);
    return std::move(result_);
  }
  if (usage_ == CountUsage::Yes) {
    UsageCounter sum(machine_);
    for (const EntryId part : {*all, *end}) sum.add(usageOf(part), 1);
    result_.usage = sum.take();
  }
  std::map<PathLabel, Cycles> totals;
  const PathRef atEnd = trace(*end, 0, totals, 1);
  if (atEnd != 0) trace(*all, atEnd - 1, totals, 1);
  for (const auto& [label, cycles] : totals) {
    if (label >= result_.breakdown.size()) result_.breakdown.resize(label + 1, 0);
    result_.breakdown[label] = cycles;
  }
  return std::move(result_);
}

std::optional<Automaton::EntryId> Automaton::stop(AutomatonResult::Status status) {
  result_.status = status;
  engineState_.reset();
  if (status == AutomatonResult::Status::Failed && result_.error.empty()) {
    result_.error = "a figure exceeds 64 bits";
  }
  return std::nullopt;
}

/// Whether so many instructions more are beyond the budget.
bool Automaton::exhaustedBy(std::int64_t instructions) const {
  return result_.evaluatedInstructions + instructions > budget_.evaluated ||
         used_ > static_cast<std::size_t>(budget_.stateWords);
}

/// How many numbers a state adds to what the program needs.
std::size_t Automaton::wordsOfState(StateId state) {
  if (stateUsedBy_.size() < states_.size()) stateUsedBy_.resize(states_.size(), 0);
  return std::exchange(stateUsedBy_[state], programs_) == programs_ ? 0 : states_.numbersOf(state);
}

/// Counts what an entry takes, unless it was counted for this program before; false if it is beyond the
/// budget. In the order in which all of it would be run if nothing were known.
bool Automaton::count(EntryId id, bool inLoop) {
  if (entries_[id].program == programs_) return true;
  if (entries_[id].isLoop) {
    for (const EntryId part : entries_[id].sequence) {
      if (!count(part, inLoop || entries_[id].inLoop)) return false;
    }
  } else {
    if (exhaustedBy(entries_[id].instructions)) return false;
    result_.evaluatedInstructions += entries_[id].instructions;
    if (inLoop) ++result_.evaluatedBodies;
  }
  Entry& entry = entries_[id];
  entry.program = programs_;
  used_ += wordsOfState(entry.state) + wordsOfState(entry.next) + entry.sequence.size() + entry.patternWords;
  return true;
}

Automaton::StateId Automaton::intern() {
  bool isNew = false;
  const StateId state = states_.intern(saved_.bytes(), saved_.numbers(), &isNew);
  if (isNew) {
    const std::vector<std::uint32_t>& memories = engine_.trackedMemories();
    trackedIn_.push_back(memoryLists_.intern(
        {reinterpret_cast<const std::uint8_t*>(memories.data()), memories.size() * sizeof(std::uint32_t)},
        0));
    rowsIn_.push_back(engine_.rowAccesses());
    underWayIn_.push_back(engine_.rowsUnderWay());
  }
  return state;
}

std::span<const std::uint32_t> Automaton::trackedMemories(StateId state) const {
  const Interner::Bytes list = memoryLists_[trackedIn_[state]];
  return {reinterpret_cast<const std::uint32_t*>(list.data()), list.size() / sizeof(std::uint32_t)};
}

Automaton::StateId Automaton::shift(StateId state, const std::vector<std::pair<std::uint32_t, Words>>& by,
                                    std::int64_t times) {
  for (const auto& [memory, words] : by) frame_.origin[memory] += words * times;
  const std::span<const std::uint32_t> tracked = trackedMemories(state);
  if (tracked.empty() || by.empty()) return state;
  // Addresses that are tracked are relative to the frame, which has moved.
  const bool engineFollows = engineState_ == state && times == 1;
  const Interner::Bytes before = states_[state];
  moved_.assign(before.begin(), before.end());
  for (std::size_t k = 0; k < tracked.size(); ++k) {
    for (const auto& [memory, words] : by) {
      if (memory == tracked[k]) moveAddress(moved_, k, tracked.size(), -words * times);
    }
  }
  bool isNew = false;
  const StateId result = states_.intern(moved_, states_.numbersOf(state), &isNew);
  if (isNew) {
    trackedIn_.push_back(trackedIn_[state]);
    rowsIn_.emplace_back(std::vector<RowAccess>(rowsIn_[state]));
    underWayIn_.emplace_back(std::vector<RowUnderWay>(underWayIn_[state]));
  }
  if (engineFollows) {
    // The engine holds addresses as they are: the same state, seen from the new frame.
    AddressFrame expected = engineFrame_;
    for (const auto& [memory, words] : by) expected.origin[memory] += words;
    if (expected == frame_) {
      engineState_ = result;
      engineFrame_ = frame_;
    }
  }
  return result;
}

Words Automaton::addressOf(const AccessFamily& family, std::size_t depths) const {
  const std::int64_t* coefficient = program_->coefficients.data() + family.coefficients;
  Words address = *coefficient;
  const std::size_t count = std::min(depths, family.loops.size());
  for (std::size_t d = 0; d < count; ++d) address += coefficient[1 + d] * variables_[d];
  return address;
}

std::uint32_t Automaton::phaseOf(const std::vector<Sensitive>& sensitive, std::size_t depths) {
  if (sensitive.empty()) return 0;
  scratch_.clear();
  for (const Sensitive& s : sensitive) {
    const AccessFamily& family = analysis_->families[s.family];
    const Words address = addressOf(family, depths);
    if (family.treatment.modulus > 1) scratch_.push_back(address % family.treatment.modulus);
    if (family.treatment.tracked) scratch_.push_back(address - frame_.origin[family.root]);
  }
  return phases_.intern(scratch_) + 1;
}

bool Automaton::addTimes(std::vector<MemoryTraffic>& total, const std::vector<MemoryTraffic>& part,
                         std::int64_t times) {
  bool overflow = false;
  const auto add = [&](std::int64_t& to, std::int64_t by) {
    std::int64_t product = 0;
    overflow |= __builtin_mul_overflow(by, times, &product) || __builtin_add_overflow(to, product, &to);
  };
  for (std::size_t m = 0; m < total.size() && m < part.size(); ++m) {
    add(total[m].reads, part[m].reads);
    add(total[m].writes, part[m].writes);
    add(total[m].wordsRead, part[m].wordsRead);
    add(total[m].wordsWritten, part[m].wordsWritten);
    add(total[m].busy, part[m].busy);
  }
  return !overflow;
}

std::optional<Automaton::EntryId> Automaton::runNode(std::uint32_t nodeIndex, StateId state) {
  const ProgramNode& node = nodes_.nodes[nodeIndex];
  const bool rows = !play_.inFlight.empty() || !node.rows.empty();
  if (rows && !node.isLoop) {
    return runLeafOverRows(node, state, {node.content, state, phaseOf(node.sensitive, depthsOf(node)), none});
  }
  const std::optional<std::uint32_t> pattern = rows ? patternOf(&node, state) : 0;
  if (!pattern) return node.isLoop ? runLoop(node, state) : evaluate(node, state);
  const Key key{node.content, state, phaseOf(node.sensitive, depthsOf(node)), *pattern};
  const auto known = memo_.find(key);
  if (known != memo_.end()) {
    if (!count(known->second, node.inLoop)) return stop(AutomatonResult::Status::Exhausted);
    if (rows) applyChange(node, entries_[known->second].change);
    return known->second;
  }
  RowsInPlay before;
  RowPattern met;
  if (rows) {
    before = play_;
    met = pattern_;
  }
  const std::optional<EntryId> entry = node.isLoop ? runLoop(node, state) : evaluate(node, state);
  if (!entry) return std::nullopt;
  if (rows) {
    entries_[*entry].patternWords = patterns_.numbersOf(*pattern - 1);
    used_ += entries_[*entry].patternWords;
    entries_[*entry].change = describeChange(node, before, &met);
  }
  memo_.emplace(key, *entry);
  return entry;
}

bool Automaton::skip(const ProgramNode& node, Entry& loop, const Seen& before, std::int64_t period,
                     std::int64_t repeats, Cycles startBefore) {
  const Repeat part{static_cast<std::uint32_t>(before.place),
                    static_cast<std::uint32_t>(loop.sequence.size() - before.place), repeats};
  Cycles time = 0;
  std::vector<MemoryTraffic> once = loop.traffic;
  if (!addTimes(once, before.traffic, -1) || !addTimes(loop.traffic, once, repeats) ||
      __builtin_mul_overflow(loop.duration - before.time, repeats, &time) ||
      __builtin_add_overflow(loop.duration, time, &loop.duration) || loop.duration > latestCycle) {
    return false;
  }
  loop.repeats.push_back(part);
  // What ends last in the skipped part begins in its last period.
  Cycles offset = before.time;
  for (std::size_t k = before.place; k < loop.sequence.size(); ++k) {
    const Entry& entry = entries_[loop.sequence[k]];
    loop.lastEnd = std::max(loop.lastEnd, offset + entry.lastEnd + time);
    offset += entry.duration;
  }
  latestEnd_ = std::max(latestEnd_, startBefore + loop.lastEnd);
  // The frame has moved on; relative to it the state is what it was.
  for (const auto& [memory, words] : node.advance) frame_.origin[memory] += words * (period * repeats);
  moveRows(node, period * repeats);
  return true;
}

std::optional<Automaton::EntryId> Automaton::runLoop(const ProgramNode& node, StateId state) {
  Entry loop;
  loop.isLoop = true;
  loop.inLoop = node.hasVariable || node.trips > 1;
  loop.state = state;
  loop.traffic.assign(machine_.memories.size(), MemoryTraffic{});
  const AddressFrame frameBefore = frame_;
  const Cycles startBefore = startOfEntry_;
  std::unordered_map<std::uint64_t, Seen> seen;
  bool settled = node.trips < 3;  // nothing (more) to be skipped
  for (std::int64_t i = 0; i < node.trips; ++i) {
    if (node.hasVariable) variables_[node.depth] = i;
    if (i > 0) state = shift(state, node.advance, 1);
    if (!settled) {
      const std::uint32_t phase = phaseOf(node.sensitiveInside, node.depth + 1);
      const std::uint64_t key = (static_cast<std::uint64_t>(state) << 32) | phase;
      const auto now = [&] { return Seen{i, loop.duration, loop.sequence.size(), loop.traffic, play_}; };
      const auto [known, isNew] = seen.try_emplace(key, now());
      if (!isNew) {
        // The same state, the same addresses as far as they matter: from here on the loop repeats, until an
        // access leaves its row.
        const std::int64_t period = i - known->second.iteration;
        std::int64_t repeats = (node.trips - i) / period;
        settled = !analysis_->rows || repeats == 0;
        if (repeats > 0 && analysis_->rows) {
          repeats = std::min(repeats, repeatsWithinRows(node, known->second, period, state));
        }
        if (repeats > 0) {
          if (!skip(node, loop, known->second, period, repeats, startBefore)) {
            return stop(AutomatonResult::Status::Failed);
          }
          i += period * repeats;
          if (i == node.trips) break;
          if (node.hasVariable) variables_[node.depth] = i;
          seen.clear();
          if (!settled) seen.emplace(key, now());
        } else {
          known->second = now();
        }
      }
    }
    for (const std::uint32_t child : node.children) {
      startOfEntry_ = startBefore + loop.duration;
      const std::optional<EntryId> part = runNode(child, state);
      if (!part) return leaveUnfinished(std::move(loop));
      const Entry& entry = entries_[*part];
      loop.lastEnd = std::max(loop.lastEnd, loop.duration + entry.lastEnd);
      latestEnd_ = std::max(latestEnd_, startBefore + loop.lastEnd);
      loop.duration += entry.duration;
      state = entry.next;
      if (!addTimes(loop.traffic, entry.traffic, 1) || loop.duration > latestCycle) {
        return stop(AutomatonResult::Status::Failed);
      }
      loop.sequence.push_back(*part);
    }
  }
  if (node.hasVariable) variables_[node.depth] = 0;
  startOfEntry_ = startBefore;
  // Back in the frame of what stands around the loop.
  std::vector<std::pair<std::uint32_t, Words>> back;
  for (std::size_t m = 0; m < frame_.origin.size(); ++m) {
    if (frame_.origin[m] != frameBefore.origin[m]) {
      back.emplace_back(static_cast<std::uint32_t>(m), frameBefore.origin[m] - frame_.origin[m]);
    }
  }
  loop.next = shift(state, back, 1);
  kept_ += loop.sequence.size();
  entries_.push_back(std::move(loop));
  const auto id = static_cast<EntryId>(entries_.size() - 1);
  count(id, false);  // its parts have been
  return id;
}

void Automaton::position(StateId state) {
  const bool sameAddresses = trackedMemories(state).empty() || engineFrame_ == frame_;
  const auto sameFirst = [](const RowInFlight& a, const RowInFlight& b) { return a.first == b.first; };
  const bool sameRows = play_.open == enginePlay_.open &&
                        std::equal(play_.inFlight.begin(), play_.inFlight.end(), enginePlay_.inFlight.begin(),
                                   enginePlay_.inFlight.end(), sameFirst);
  if (engineState_ == state && sameAddresses && sameRows) {
    engineFrame_ = frame_;
    return;
  }
  std::vector<Words> addresses;
  for (const RowInFlight& access : play_.inFlight) addresses.push_back(access.first);
  engine_.load(states_[state], trackedMemories(state).size(), frame_, addresses, play_.open);
  enginePlay_ = play_;
  engine_.startRecord();
  engineState_ = state;
  engineFrame_ = frame_;
}

std::optional<Automaton::EntryId> Automaton::evaluate(const ProgramNode& node, StateId state) {
  if (progress_->cancelled()) return stop(AutomatonResult::Status::Cancelled);
  if (exhaustedBy(node.instructions)) {
    return stop(AutomatonResult::Status::Exhausted);
  }
  position(state);
  const Cycles begin = engine_.now();
  const std::vector<MemoryTraffic> trafficBefore = engine_.traffic();
  std::vector<AccessTreatment> treatments;
  auto tag = static_cast<std::uint32_t>(play_.inFlight.size());
  for (std::uint32_t i = node.firstItem; i < node.firstItem + node.itemCount; ++i) {
    const std::uint32_t stepIndex = program_->items[i].index;
    const Program::Step& step = program_->steps[stepIndex];
    const std::uint32_t content = prepared_->content[step.instruction.index()];
    scratch_.clear();
    treatments.clear();
    const std::size_t accesses = resolver_[content].accesses.size();
    for (std::size_t a = 0; a < accesses; ++a) {
      const AccessFamily& family = analysis_->families[analysis_->firstFamily[stepIndex] + a];
      scratch_.push_back(addressOf(family, family.loops.size()));
      treatments.push_back(family.treatment);
      if (machine_.memories[family.memory].kind == MemoryKind::Dram) treatments.back().tag = tag++;
    }
    engine_.append(content, scratch_.data(), treatments.data());
  }
  result_.reported += node.instructions;
  progress_->done.fetch_add(node.instructions, std::memory_order_relaxed);
  const Engine::Status status = engine_.run(*progress_);
  if (status == Engine::Status::Cancelled) return stop(AutomatonResult::Status::Cancelled);
  if (status == Engine::Status::Failed) {
    result_.error = engine_.error();
    return stop(AutomatonResult::Status::Failed);
  }
  if (status != Engine::Status::NeedsInstructions) {
    result_.deadlock = engine_.deadlock();
    result_.deadlockCycle = std::max(latestEnd_, startOfEntry_ + (engine_.lastEnd() - begin));
    return stop(AutomatonResult::Status::Deadlocked);
  }
  Entry entry;
  entry.state = state;
  entry.instructions = node.instructions;
  entry.duration = engine_.now() - begin;
  entry.lastEnd = engine_.lastEnd() - begin;
  entry.traffic = engine_.traffic();
  addTimes(entry.traffic, trafficBefore, -1);
  entry.record = static_cast<std::uint32_t>(records_.size());
  records_.push_back(engine_.takeRecord());
  recorded_ += records_.back().nodes.size() + records_.back().exits.size();
  engine_.save(frame_, saved_);
  takeRows(node);
  entry.next = intern();
  engineState_ = entry.next;
  engine_.startRecord();
  entries_.push_back(std::move(entry));
  const auto id = static_cast<EntryId>(entries_.size() - 1);
  count(id, node.inLoop);
  return id;
}

std::optional<Automaton::EntryId> Automaton::runEnd(StateId state) {
  // The end is the one content that no node has.
  const Key key{none, state, 0, play_.inFlight.empty() ? 0 : *patternOf(nullptr, state)};
  const auto known = memo_.find(key);
  if (known != memo_.end()) return known->second;
  position(state);
  const Cycles begin = engine_.now();
  const std::vector<MemoryTraffic> trafficBefore = engine_.traffic();
  engine_.close();
  const Engine::Status status = engine_.run(*progress_);
  engineState_.reset();
  if (status == Engine::Status::Cancelled) return stop(AutomatonResult::Status::Cancelled);
  if (status == Engine::Status::Failed) {
    result_.error = engine_.error();
    return stop(AutomatonResult::Status::Failed);
  }
  if (status != Engine::Status::Finished) {
    result_.deadlock = engine_.deadlock();
    result_.deadlockCycle = std::max(latestEnd_, startOfEntry_ + (engine_.lastEnd() - begin));
    return stop(AutomatonResult::Status::Deadlocked);
  }
  Entry entry;
  entry.next = state;
  const Cycles last = engine_.lastOver();
  entry.duration = last < 0 ? 0 : last - begin;
  entry.traffic = engine_.traffic();
  addTimes(entry.traffic, trafficBefore, -1);
  entry.record = static_cast<std::uint32_t>(records_.size());
  records_.push_back(engine_.takeLastRecord());
  entries_.push_back(std::move(entry));
  const auto id = static_cast<EntryId>(entries_.size() - 1);
  memo_.emplace(key, id);
  return id;
}

}  // namespace taktwerk::engine
