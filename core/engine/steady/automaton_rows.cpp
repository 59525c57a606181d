// SPDX-License-Identifier: GPL-3.0-or-later
// DRAM rows beside the states: what of them a node's future depends on, what a node makes of them, and how
// far a loop runs before an access leaves its row.
#include <algorithm>
#include <limits>

#include "core/engine/steady/automaton.h"

namespace taktwerk::engine {

std::size_t Automaton::depthsOf(const ProgramNode& node) const {
  return node.isLoop ? node.depth : std::numeric_limits<std::size_t>::max();
}

void Automaton::seeRows(std::uint32_t memory, Words first, Words last) {
  const Words rowWords = machine_.memories[memory].rowWords;
  for (Words row = first / rowWords; row <= last / rowWords; ++row) {
    const std::uint32_t bank = engine_.dramBankOf(memory, row);
    pattern_.see(bank, row, play_.open[bank]);
  }
}

bool Automaton::seeFamily(const ProgramNode& node, const RowFamily& rows) {
  constexpr Words mostRows = 8;
  const AccessFamily& family = analysis_->families[rows.family];
  const Words rowWords = machine_.memories[family.memory].rowWords;
  const Words base = addressOf(family, depthsOf(node));
  const Words first = base + rows.low, last = base + rows.high + family.words - 1;
  if (node.isLoop) {
    const Words count = last / rowWords - first / rowWords + 1;
    pattern_.push(count);
    if (count > mostRows) return false;
    if (count > 1 && rows.listed && family.words == 1) {
      // Which executions lie in which row.
      for (Words row = first / rowWords + 1; row <= last / rowWords; ++row) {
        const auto beyond = std::lower_bound(rows.offsets.begin(), rows.offsets.end(), row * rowWords - base);
        pattern_.push(beyond - rows.offsets.begin());
      }
    } else if (count > 1) {
      pattern_.push(first % rowWords);
    }
  }
  seeRows(family.memory, first, last);
  return true;
}

/// The number of the pattern of rows that a node (null: the end) meets in a state; nothing if it may meet too
/// many.
std::optional<std::uint32_t> Automaton::patternOf(const ProgramNode* node, StateId state) {
  pattern_.clear();
  const std::vector<RowAccess>& places = rowsIn_[state];
  for (std::size_t k = 0; k < places.size(); ++k) {
    if (places[k].done) continue;
    const Words first = play_.inFlight[k].first;
    seeRows(places[k].memory, first, first + places[k].words - 1);
  }
  for (std::size_t k = 0; node && k < node->rows.size(); ++k) {
    if (!seeFamily(*node, node->rows[k])) return std::nullopt;
  }
  return patterns_.intern(pattern_.sequence()) + 1;
}

/// What `node` does where the pattern is the one that pattern_ holds.
void Automaton::applyChange(const ProgramNode& node, std::uint32_t change) {
  const RowsChange& what = changes_[change];
  std::vector<RowInFlight>& after = inFlightScratch_;
  after.clear();
  for (const RowsChange::Source& source : what.inFlight) {
    if (source.before) {
      after.push_back(play_.inFlight[source.index]);
    } else {
      const std::uint32_t family = node.rows[source.index].family;
      after.push_back(
          {addressOf(analysis_->families[family], depthsOf(node)) + source.offset, family, ++serial_});
    }
  }
  play_.inFlight.swap(after);
  for (const auto& [bank, row] : what.opened) {
    play_.open[pattern_.banks()[bank].bank] = pattern_.rows()[row].row;
  }
}

/// What has become of the rows in play since `before`, when the pattern was `pattern` (null: of open rows
/// nothing is told).
std::uint32_t Automaton::describeChange(const ProgramNode& node, const RowsInPlay& before,
                                        const RowPattern* pattern) {
  RowsChange change;
  for (const RowInFlight& access : play_.inFlight) {
    RowsChange::Source source;
    for (std::uint32_t k = 0; k < before.inFlight.size() && !source.before; ++k) {
      if (before.inFlight[k].serial == access.serial) source = {true, k, 0};
    }
    if (!source.before) {
      while (node.rows[source.index].family != access.family) ++source.index;
      source.offset = access.first - addressOf(analysis_->families[access.family], depthsOf(node));
    }
    change.inFlight.push_back(source);
  }
  for (std::uint32_t b = 0; pattern && b < pattern->banks().size(); ++b) {
    const std::uint32_t bank = pattern->banks()[b].bank;
    if (play_.open[bank] == before.open[bank]) continue;
    std::uint32_t row = 0;
    while (pattern->rows()[row].bank != bank || pattern->rows()[row].row != play_.open[bank]) ++row;
    change.opened.emplace_back(b, row);
  }
  changes_.push_back(std::move(change));
  return static_cast<std::uint32_t>(changes_.size() - 1);
}

/// A leaf is run through what it asked about rows when it was evaluated; only an answer not had before needs
/// another evaluation.
std::optional<Automaton::EntryId> Automaton::runLeafOverRows(const ProgramNode& node, StateId state,
                                                             const Key& key) {
  const auto [known, isNew] = outcomesOf_.try_emplace(key, 0);
  if (isNew) known->second = outcomes_.begin();
  const std::uint32_t begin = known->second;
  const auto inPlay = static_cast<std::uint32_t>(play_.inFlight.size());
  const auto rowOf = [&](std::uint32_t tag, std::uint32_t row, std::uint32_t& bank) {
    const AccessFamily& family =
        analysis_->families[tag < inPlay ? play_.inFlight[tag].family : node.rows[tag - inPlay].family];
    const Words first = tag < inPlay ? play_.inFlight[tag].first : addressOf(family, depthsOf(node));
    const Words at = first / machine_.memories[family.memory].rowWords + row;
    bank = engine_.dramBankOf(family.memory, at);
    return at;
  };
  banks_.assign(play_.open.size(), {});
  for (const RowUnderWay& access : underWayIn_[state]) {
    std::uint32_t bank = 0;
    rowOf(access.tag, access.row, bank);
    ++banks_[bank].underWay;
  }
  opened_.clear();
  std::uint32_t at = begin;
  for (std::int32_t asked = 0; outcomes_[at].kind == RowOutcomes::Kind::Question; ++asked) {
    const RowOutcomes::Step& step = outcomes_[at];
    std::uint32_t bankIndex = 0;
    const Words row = rowOf(step.tag, step.row, bankIndex);
    BankInPlay& bank = banks_[bankIndex];
    Words& open = play_.open[bankIndex];
    RowQuestion::Answer answer = RowQuestion::Answer::Over;
    std::int32_t cause = -1;
    if (step.over) {
      --bank.underWay;
      bank.idleSince = asked;
    } else if (open == row) {
      answer = RowQuestion::Answer::Hit;
      cause = bank.openedBy;
      ++bank.underWay;
    } else if (bank.underWay > 0) {
      answer = RowQuestion::Answer::Busy;
    } else {
      answer = open >= 0 ? RowQuestion::Answer::Miss : RowQuestion::Answer::FirstRow;
      cause = bank.idleSince;
      bank.openedBy = asked;
      ++bank.underWay;
      opened_.emplace_back(bankIndex, open);
      open = row;
    }
    at = step.after(answer, cause);
  }
  if (outcomes_[at].kind == RowOutcomes::Kind::End) {
    const EntryId entry = outcomes_[at].entry;
    if (!count(entry, node.inLoop)) return stop(AutomatonResult::Status::Exhausted);
    applyChange(node, entries_[entry].change);
    return entry;
  }
  std::reverse(opened_.begin(), opened_.end());
  for (const auto& [bank, row] : opened_) play_.open[bank] = row;
  const RowsInPlay before = play_;
  const std::optional<EntryId> entry = evaluate(node, state);
  if (!entry) return std::nullopt;
  entries_[*entry].change = describeChange(node, before, nullptr);
  outcomes_.add(begin, questions_, *entry);
  return entry;
}

/// Takes from the engine, whose state was just saved, what is in play after a leaf.
void Automaton::takeRows(const ProgramNode& node) {
  const std::vector<RowAccess>& accesses = engine_.rowAccesses();
  std::vector<RowInFlight> after;
  for (const RowAccess& access : accesses) {
    if (access.tag < play_.inFlight.size()) {
      after.push_back(play_.inFlight[access.tag]);
    } else {
      const std::size_t place = access.tag - play_.inFlight.size();
      after.push_back({access.first, node.rows[place].family, ++serial_});
    }
  }
  play_.inFlight = std::move(after);
  engine_.openRows(play_.open);
  enginePlay_ = play_;
  questions_ = engine_.takeRowQuestions();
}

/// How far an iteration of `loop` moves a family; nothing if the family is not in the loop.
std::optional<Words> Automaton::strideOf(const AccessFamily& family, const ProgramNode& loop) const {
  if (!loop.hasVariable || family.loops.size() <= loop.depth || family.loops[loop.depth] != loop.loop) {
    return std::nullopt;
  }
  return program_->coefficients[family.coefficients + 1 + loop.depth];
}

/// How many more periods of a loop meet row for row what the last one met. The state is the same as `before`.
std::int64_t Automaton::repeatsWithinRows(const ProgramNode& node, const Seen& before, std::int64_t period,
                                          StateId state) const {
  if (before.play.open != play_.open) return 0;
  for (std::size_t k = 0; k < play_.inFlight.size(); ++k) {
    const RowAccess& place = rowsIn_[state][k];
    if (place.done) continue;
    const RowInFlight& then = before.play.inFlight[k];
    const RowInFlight& now = play_.inFlight[k];
    const Words rowWords = machine_.memories[place.memory].rowWords;
    const std::optional<Words> stride = strideOf(analysis_->families[now.family], node);
    if (!stride || then.family != now.family || then.serial == now.serial ||
        now.first - then.first != *stride * period || then.first / rowWords != now.first / rowWords ||
        (then.first + place.words - 1) / rowWords != (now.first + place.words - 1) / rowWords) {
      return 0;
    }
  }
  std::int64_t repeats = std::numeric_limits<std::int64_t>::max();
  for (const std::uint32_t child : node.children) {
    for (const RowFamily& rows : nodes_.nodes[child].rows) {
      const AccessFamily& family = analysis_->families[rows.family];
      const Words stride = node.hasVariable ? *strideOf(family, node) : 0;
      if (stride == 0) continue;
      const Words rowWords = machine_.memories[family.memory].rowWords;
      const Words base = addressOf(family, node.depth + 1);
      const Words first = base + rows.low, last = base + rows.high + family.words - 1;
      const Words row = first / rowWords;
      if (last / rowWords != row || (first - stride * period) / rowWords != row ||
          (last - stride * period) / rowWords != row) {
        return 0;
      }
      const Words iterations =
          1 + (stride > 0 ? ((row + 1) * rowWords - 1 - last) / stride : (first - row * rowWords) / -stride);
      repeats = std::min(repeats, iterations / period);
    }
  }
  return repeats;
}

/// The rows in play after so many iterations of a loop that were skipped.
void Automaton::moveRows(const ProgramNode& node, std::int64_t iterations) {
  for (RowInFlight& access : play_.inFlight) {
    const std::optional<Words> stride = strideOf(analysis_->families[access.family], node);
    if (stride) access.first += *stride * iterations;
  }
}

}  // namespace taktwerk::engine
