// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/access_analysis.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <utility>

#include "core/engine/steady/overlap.h"

namespace taktwerk::engine {

namespace {

class Analyser {
 public:
  Analyser(const Resolver& resolver, const Prepared& prepared, const Program& program, std::int64_t effort)
      : resolver_(resolver), prepared_(prepared), program_(program), left_(effort) {}

  AccessAnalysis run() {
    result_.firstFamily.assign(program_.steps.size(), 0);
    collect(program_.loops.front());
    for (AccessFamily& family : result_.families) family.treatment.tracked = false;
    const std::int64_t effort = left_;
    findOverlaps();
    result_.effort = effort - left_;
    if (spent()) {
      for (AccessFamily& family : result_.families) family.treatment.tracked = true;
    }
    return std::move(result_);
  }

 private:
  void collect(const Program::Loop& loop) {
    for (const Program::Item& item : program_.body(loop)) {
      if (item.isLoop) {
        around_.push_back(item.index);
        collect(program_.loops[item.index]);
        around_.pop_back();
        continue;
      }
      const Program::Step& step = program_.steps[item.index];
      const ResolvedTemplate& content = resolver_[prepared_.content[step.instruction.index()]];
      result_.firstFamily[item.index] = static_cast<std::uint32_t>(result_.families.size());
      for (std::uint32_t a = 0; a < content.accesses.size(); ++a) {
        AccessFamily family;
        family.step = item.index;
        family.access = a;
        family.memory = content.accesses[a].memory.value;
        const Memory& memory = resolver_.machine().memories[family.memory];
        family.root = memory.root.value;
        family.write = a >= content.memoryReads;
        family.words = content.accesses[a].words;
        family.coefficients = step.firstCoefficient + a * (1 + static_cast<std::uint32_t>(around_.size()));
        family.loops = around_;
        family.treatment.modulus = period(content, memory, family.words);
        if (memory.kind == MemoryKind::Dram) result_.rows = true;
        result_.families.push_back(std::move(family));
      }
    }
  }

  Words period(const ResolvedTemplate& content, const Memory& memory, Words words) const {
    Words modulus = 1;
    if (memory.kind == MemoryKind::Sram && memory.banks > 1) modulus = memory.banks * memory.interleaveWords;
    if (memory.kind == MemoryKind::Dram && words > 1) modulus = memory.rowWords;
    if (words > 1) {
      for (const UnitTiming& timing : content.timings) {
        const Words burst = resolver_.machine().units[timing.unit].burstWords.value_or(1);
        modulus = std::lcm(modulus, burst);
        if (modulus > (Words{1} << 40)) return Words{1} << 60;  // never repeats
      }
    }
    return modulus;
  }

  [[nodiscard]] Words base(const AccessFamily& f) const { return program_.coefficients[f.coefficients]; }
  [[nodiscard]] Words stride(const AccessFamily& f, std::size_t depth) const {
    return program_.coefficients[f.coefficients + 1 + depth];
  }
  [[nodiscard]] std::int64_t trips(const AccessFamily& f, std::size_t depth) const {
    return program_.loops[f.loops[depth]].trips;
  }

  /// Accesses under the same loops with the same strides whose bases form a grid, as those of an array's
  /// elements or of a tile's rows do: for each of its dimensions one more loop.
  struct Group {
    struct Dimension {
      Words step = 0;
      std::int64_t count = 1;
    };
    std::vector<std::uint32_t> members;  ///< families, by rising base; the first dimension counts fastest
    std::vector<Dimension> dimensions;
    Wide below = 0, above = 0;         ///< a member's addresses lie in [base + below, base + above)
    std::size_t untracked = 0;         ///< how many of the members
    std::vector<const Group*> equals;  ///< those with the very same addresses that are not looked at again
  };

  AccessFamily& member(const Group& group, std::size_t k) { return result_.families[group.members[k]]; }
  [[nodiscard]] Words at(std::uint32_t family) const { return base(result_.families[family]); }
  [[nodiscard]] Wide low(const Group& group) const { return at(group.members.front()) + group.below; }
  [[nodiscard]] Wide high(const Group& group) const { return at(group.members.back()) + group.above; }

  void track(Group& group, std::size_t k) {
    bool& tracked = member(group, k).treatment.tracked;
    if (!tracked) --group.untracked;
    tracked = true;
  }
  void trackAll(Group& group) {
    for (std::size_t k = 0; k < group.members.size(); ++k) track(group, k);
  }

  /// What members of a group have in common: memory, kind, words, loops and strides.
  [[nodiscard]] std::vector<std::int64_t> commonOf(const AccessFamily& family) const {
    std::vector<std::int64_t> key{family.memory, family.write ? 1 : 0, family.words};
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      key.push_back(family.loops[d]);
      key.push_back(stride(family, d));
    }
    return key;
  }

  /// Leaves of families that have all in common one for each base, by rising base; the others are its twins.
  void foldTwins(std::vector<std::uint32_t>& families) {
    std::stable_sort(families.begin(), families.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return at(a) < at(b); });
    std::size_t kept = 0;
    for (const std::uint32_t family : families) {
      if (kept == 0 || at(families[kept - 1]) != at(family)) {
        families[kept++] = family;
        continue;
      }
      AccessFamily& first = result_.families[families[kept - 1]];
      if (first.write) first.treatment.tracked = true;
      twins_.emplace_back(families[kept - 1], family);
    }
    families.resize(kept);
  }

  /// Cuts families that have all in common but their bases, by rising base, into grids.
  void addGroups(const std::vector<std::uint32_t>& families, std::vector<Group>& groups) const {
    for (std::size_t first = 0; first < families.size();) {
      Group group;
      std::size_t length = 1;  // of the grid so far
      while (first + length < families.size()) {
        const Words step = at(families[first + length]) - at(families[first]);
        std::int64_t count = 1;
        while (repeats(families, first, length, count, step)) ++count;
        if (count == 1) break;
        group.dimensions.push_back({step, count});
        length *= static_cast<std::size_t>(count);
      }
      group.members.assign(families.begin() + static_cast<std::ptrdiff_t>(first),
                           families.begin() + static_cast<std::ptrdiff_t>(first + length));
      measure(group);
      groups.push_back(std::move(group));
      first += length;
    }
  }

  /// Whether the `count`-th `length` families from `first` on are the first ones, moved by `count` steps.
  [[nodiscard]] bool repeats(const std::vector<std::uint32_t>& families, std::size_t first,
                             std::size_t length, std::int64_t count, Words step) const {
    const std::size_t from = first + length * static_cast<std::size_t>(count);
    if (from + length > families.size()) return false;
    for (std::size_t k = 0; k < length; ++k) {
      if (at(families[from + k]) - at(families[first + k]) != step * count) return false;
    }
    return true;
  }

  void measure(Group& group) const {
    const AccessFamily& family = result_.families[group.members.front()];
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      const Wide span = static_cast<Wide>(stride(family, d)) * (trips(family, d) - 1);
      (span < 0 ? group.below : group.above) += span;
    }
    group.above += family.words;
    group.untracked = static_cast<std::size_t>(
        std::count_if(group.members.begin(), group.members.end(),
                      [&](std::uint32_t f) { return !result_.families[f].treatment.tracked; }));
  }

  /// Tells the sets of addresses of groups apart: parts of split loops access the same buffers again and
  /// again.
  [[nodiscard]] std::vector<std::int64_t> addressesOf(const Group& group) const {
    const AccessFamily& family = result_.families[group.members.front()];
    std::vector<std::int64_t> key{family.root, family.write ? 1 : 0, base(family), family.words,
                                  static_cast<std::int64_t>(group.dimensions.size())};
    for (const Group::Dimension& d : group.dimensions) key.insert(key.end(), {d.step, d.count});
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      if (stride(family, d) != 0 && trips(family, d) > 1)
        key.insert(key.end(), {stride(family, d), trips(family, d)});
    }
    return key;
  }

  void findOverlaps() {
    std::map<std::vector<std::int64_t>, std::vector<std::uint32_t>> inCommon;
    for (std::uint32_t f = 0; f < result_.families.size(); ++f) {
      inCommon[commonOf(result_.families[f])].push_back(f);
    }
    std::vector<Group> all;
    for (auto& [common, families] : inCommon) {
      foldTwins(families);
      addGroups(families, all);
    }
    std::map<std::uint32_t, std::vector<Group>> byRoot;
    std::map<std::vector<std::int64_t>, std::pair<std::uint32_t, std::size_t>> known;
    for (const Group& group : all) {
      const std::uint32_t root = member(group, 0).root;
      std::vector<Group>& groups = byRoot[root];
      const auto [place, isNew] = known.try_emplace(addressesOf(group), root, groups.size());
      if (isNew) {
        groups.push_back(group);
      } else {
        groups[place->second.second].equals.push_back(&group);
      }
    }
    for (auto& [root, groups] : byRoot) {
      compareAll(groups);
      for (const Group& group : groups) {
        for (const Group* equal : group.equals) {
          for (std::size_t k = 0; k < group.members.size(); ++k)
            member(*equal, k).treatment.tracked = member(group, k).treatment.tracked;
        }
      }
    }
    for (const auto& [first, twin] : twins_) {
      result_.families[twin].treatment.tracked = result_.families[first].treatment.tracked;
    }
  }

  /// Looks at every pair of groups of one memory of which one writes, and whose boxes overlap.
  void compareAll(std::vector<Group>& groups) {
    std::sort(groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
      const Wide lowOfA = low(a), lowOfB = low(b);
      return lowOfA != lowOfB ? lowOfA < lowOfB : a.members.front() < b.members.front();
    });
    std::vector<std::size_t> writes;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (member(groups[i], 0).write) writes.push_back(i);
    }
    for (std::size_t i = 0, w = 0; i < groups.size() && !spent(); ++i) {
      Group& a = groups[i];
      const Wide end = high(a);
      if (w < writes.size() && writes[w] == i) {
        ++w;
        meetItself(a);
        for (std::size_t j = i + 1; j < groups.size() && low(groups[j]) < end && !spent(); ++j)
          compare(a, groups[j]);
      } else {
        for (std::size_t v = w; v < writes.size() && low(groups[writes[v]]) < end && !spent(); ++v)
          compare(a, groups[writes[v]]);
      }
    }
  }

  /// Marks the members that may overlap another member, or another execution of themselves.
  void meetItself(Group& group) {
    if (group.untracked == 0) return;
    if (!group.equals.empty()) return trackAll(group);
    if (!meetsItself(member(group, 0), group.dimensions)) return;
    if (meetsItself(member(group, 0), {})) return trackAll(group);  // they have that in common
    for (std::size_t k = 0; k < group.members.size() && !spent(); ++k) {
      if (!member(group, k).treatment.tracked && meetsAnother(group, k)) track(group, k);
    }
  }

  /// Marks the members of two groups that may overlap: as a rule none do, and that is one question.
  void compare(Group& a, Group& b) {
    --left_;
    if (a.untracked == 0 && b.untracked == 0) return;
    if (!meet(member(a, 0), member(b, 0), a.dimensions, b.dimensions)) return;
    trackThoseMeeting(a, b, true);
    trackThoseMeeting(b, a, false);
  }

  /// Marks the members of a group that overlap another one: each is asked against all of the other at once,
  /// and only those that reach into its box.
  void trackThoseMeeting(Group& group, const Group& other, bool groupFirst) {
    if (group.untracked == 0) return;
    const Wide from = low(other) - group.above, to = high(other) - group.below;  // of bases, both excluded
    auto k = static_cast<std::size_t>(
        std::partition_point(group.members.begin(), group.members.end(),
                             [&](std::uint32_t f) { return static_cast<Wide>(at(f)) <= from; }) -
        group.members.begin());
    for (; k < group.members.size() && at(group.members[k]) < to && !spent(); ++k) {
      --left_;
      const AccessFamily &one = member(group, k), &first = member(other, 0);
      if (one.treatment.tracked) continue;
      if (groupFirst ? meet(one, first, {}, other.dimensions) : meet(first, one, other.dimensions, {}))
        track(group, k);
    }
  }

  /// Whether any member of one group may overlap any of the other; `a` and `b` are their first members.
  bool meet(const AccessFamily& a, const AccessFamily& b, const std::vector<Group::Dimension>& gridOfA,
            const std::vector<Group::Dimension>& gridOfB) {
    // Arrays have hundreds of pairs that differ in nothing but their instances.
    std::vector<std::int64_t> key{base(a) - base(b), a.words, b.words};
    std::vector<Term> terms;
    const std::size_t shared = std::min(a.loops.size(), b.loops.size());
    std::size_t d = 0;
    for (; d < shared && a.loops[d] == b.loops[d] && stride(a, d) == stride(b, d); ++d) {
      addTerm(terms, stride(a, d), trips(a, d) - 1, trips(a, d) - 1);
    }
    for (std::size_t k = d; k < a.loops.size(); ++k) addTerm(terms, stride(a, k), 0, trips(a, k) - 1);
    for (std::size_t k = d; k < b.loops.size(); ++k) addTerm(terms, stride(b, k), trips(b, k) - 1, 0);
    for (const Group::Dimension& each : gridOfA) addTerm(terms, each.step, 0, each.count - 1);
    for (const Group::Dimension& each : gridOfB) addTerm(terms, each.step, each.count - 1, 0);
    sortTerms(terms);
    for (const Term& term : terms) key.insert(key.end(), {term.stride, term.below, term.above});
    const auto known = decided_.find(key);
    if (known != decided_.end()) return known->second;
    const bool hit = mayMeet(base(a) - static_cast<Wide>(base(b)), terms, a.words, b.words);
    decided_.emplace(std::move(key), hit);
    return hit;
  }

  /// Whether two different executions of a write may overlap; of a group of writes also two of its members.
  bool meetsItself(const AccessFamily& a, const std::vector<Group::Dimension>& grid) {
    std::vector<Term> terms;
    for (std::size_t d = 0; d < a.loops.size(); ++d) {
      const std::int64_t reach = trips(a, d) - 1;
      if (reach == 0) continue;
      if (stride(a, d) == 0) return true;
      terms.push_back({std::abs(stride(a, d)), reach, reach});
    }
    for (const Group::Dimension& each : grid) terms.push_back({each.step, each.count - 1, each.count - 1});
    // The first variable that differs, counted from the outside, differs by at least one; by symmetry
    // upwards.
    for (std::size_t first = 0; first < terms.size(); ++first) {
      std::vector<Term> rest(terms.begin() + static_cast<std::ptrdiff_t>(first), terms.end());
      const Term leading = rest.front();
      rest.front() = {leading.stride, 0, leading.above - 1};
      sortTerms(rest);
      if (mayMeet(leading.stride, rest, a.words, a.words)) return true;
    }
    return false;
  }

  /// Whether a member of a group of writes may overlap another member.
  bool meetsAnother(const Group& group, std::size_t k) {
    const AccessFamily& a = member(group, k);
    std::vector<Term> terms;  // to the last member and to the first one, in each dimension
    auto place = static_cast<std::int64_t>(k);
    for (const Group::Dimension& each : group.dimensions) {
      const std::int64_t here = place % each.count;
      terms.push_back({each.step, here, each.count - 1 - here});
      place /= each.count;
    }
    const std::size_t dimensions = terms.size();
    for (std::size_t d = 0; d < a.loops.size(); ++d)
      addTerm(terms, stride(a, d), trips(a, d) - 1, trips(a, d) - 1);
    // The first dimension in which the other one stands elsewhere: above or below.
    for (std::size_t first = 0; first < dimensions; ++first) {
      const Term leading = terms[first];
      for (const bool up : {true, false}) {
        if ((up ? leading.above : leading.below) == 0) continue;
        std::vector<Term> rest(terms.begin() + static_cast<std::ptrdiff_t>(first), terms.end());
        rest.front() =
            up ? Term{leading.stride, 0, leading.above - 1} : Term{leading.stride, leading.below - 1, 0};
        sortTerms(rest);
        if (mayMeet(up ? leading.stride : -leading.stride, rest, a.words, a.words)) return true;
      }
    }
    return false;
  }

  /// Whether two accesses whose addresses are base + Σ terms apart may overlap.
  bool mayMeet(Wide base, const std::vector<Term>& terms, Words words, Words wordsOfOther) {
    const std::int64_t limit = std::min<std::int64_t>(100'000, std::max<std::int64_t>(0, left_));
    std::int64_t budget = limit;
    const bool hit = mayHit(base, terms, -words, wordsOfOther, budget);
    left_ -= limit - std::max<std::int64_t>(0, budget);
    return hit;
  }

  [[nodiscard]] bool spent() const { return left_ <= 0; }

  const Resolver& resolver_;
  const Prepared& prepared_;
  const Program& program_;
  AccessAnalysis result_;
  std::int64_t left_;  ///< of the effort
  std::vector<std::uint32_t> around_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> twins_;  ///< the first of them, and another
  std::map<std::vector<std::int64_t>, bool> decided_;
};

}  // namespace

AccessAnalysis analyseAccesses(const Resolver& resolver, const Prepared& prepared, const Program& program,
                               std::int64_t effort) {
  return Analyser(resolver, prepared, program, effort).run();
}

}  // namespace taktwerk::engine
