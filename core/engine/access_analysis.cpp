// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/access_analysis.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>

namespace taktwerk::engine {

namespace {

__extension__ using Wide = __int128;  // sums of products of 64-bit numbers

/// A stride and how far a difference of variables reaches: multiples from −below to +above.
struct Term {
  Words stride;
  std::int64_t below, above;
};

/// Whether base + Σ stride · u, u within its limits, comes to lie in (low, high).
bool mayHit(Wide base, const Term* term, std::size_t count, Wide low, Wide high, int& budget) {
  if (--budget < 0) return true;  // too many to try: assume the worst
  Wide reachDown = 0, reachUp = 0;
  for (std::size_t k = 0; k < count; ++k) {
    reachDown += static_cast<Wide>(term[k].stride) * term[k].below;
    reachUp += static_cast<Wide>(term[k].stride) * term[k].above;
  }
  if (base + reachUp <= low || base - reachDown >= high) return false;
  if (count == 0) return true;
  // Of the largest stride only the multiples that the rest can bring back into the window.
  const Wide stride = term->stride;
  const Wide restDown = reachDown - stride * term->below;
  const Wide restUp = reachUp - stride * term->above;
  const auto floorOf = [](Wide a, Wide b) { return a >= 0 ? a / b : -((-a + b - 1) / b); };
  const Wide first = std::max<Wide>(-static_cast<Wide>(term->below), floorOf(low - restUp - base, stride));
  const Wide last = std::min<Wide>(term->above, floorOf(high + restDown - base, stride) + 1);
  for (Wide u = first; u <= last; ++u) {
    if (mayHit(base + stride * u, term + 1, count - 1, low, high, budget)) return true;
  }
  return false;
}

class Analyser {
 public:
  Analyser(const Resolver& resolver, const Prepared& prepared, const Program& program)
      : resolver_(resolver), prepared_(prepared), program_(program) {}

  AccessAnalysis run() {
    result_.firstFamily.assign(program_.steps.size(), 0);
    collect(program_.loops.front());
    for (AccessFamily& family : result_.families) family.treatment.tracked = false;
    findOverlaps();
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
        if (memory.kind == MemoryKind::Cache) result_.caches = true;
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
    std::vector<std::uint32_t> members;  ///< families, by rising base
    std::vector<Dimension> dimensions;
    Words low = 0, high = 0;           ///< every address lies in [low, high)
    bool tracked = false;              ///< all members are
    std::vector<const Group*> equals;  ///< those with the very same addresses that are not looked at again
  };

  AccessFamily& member(const Group& group, std::size_t k) { return result_.families[group.members[k]]; }

  /// What members of a group have in common: memory, kind, words, loops and strides.
  [[nodiscard]] std::vector<std::int64_t> commonOf(const AccessFamily& family) const {
    std::vector<std::int64_t> key{family.memory, family.write ? 1 : 0, family.words};
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      key.push_back(family.loops[d]);
      key.push_back(stride(family, d));
    }
    return key;
  }

  /// Cuts families that have all in common but their bases into grids.
  void addGroups(std::vector<std::uint32_t> families, std::vector<Group>& groups) const {
    std::stable_sort(families.begin(), families.end(), [&](std::uint32_t a, std::uint32_t b) {
      return base(result_.families[a]) < base(result_.families[b]);
    });
    std::vector<std::uint32_t> again;  // the same base a second time belongs to another group
    std::size_t kept = 0;
    for (std::size_t k = 0; k < families.size(); ++k) {
      if (kept > 0 && at(families[kept - 1]) == at(families[k])) {
        again.push_back(families[k]);
      } else {
        families[kept++] = families[k];
      }
    }
    families.resize(kept);
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
    if (!again.empty()) addGroups(std::move(again), groups);
  }

  [[nodiscard]] Words at(std::uint32_t family) const { return base(result_.families[family]); }

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
    Wide low = base(family), high = at(group.members.back());
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      const Wide span = static_cast<Wide>(stride(family, d)) * (trips(family, d) - 1);
      (span < 0 ? low : high) += span;
    }
    group.low = static_cast<Words>(low);
    group.high = static_cast<Words>(high) + family.words;
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
    for (auto& [common, families] : inCommon) addGroups(std::move(families), all);
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
      std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return a.low != b.low ? a.low < b.low : a.members.front() < b.members.front();
      });
      std::vector<std::size_t> writes;
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (member(groups[i], 0).write) writes.push_back(i);
      }
      for (std::size_t i = 0, w = 0; i < groups.size(); ++i) {
        Group& a = groups[i];
        if (w < writes.size() && writes[w] == i) {
          ++w;
          meetItself(a);
          for (std::size_t j = i + 1; j < groups.size() && groups[j].low < a.high; ++j) compare(a, groups[j]);
        } else {
          for (std::size_t v = w; v < writes.size() && groups[writes[v]].low < a.high; ++v)
            compare(a, groups[writes[v]]);
        }
      }
      for (const Group& group : groups) {
        for (const Group* equal : group.equals) {
          for (std::size_t k = 0; k < group.members.size(); ++k)
            member(*equal, k).treatment.tracked = member(group, k).treatment.tracked;
        }
      }
    }
  }

  /// Marks the members that may overlap another member, or another execution of themselves.
  void meetItself(Group& group) {
    if (!group.equals.empty()) {
      for (std::size_t k = 0; k < group.members.size(); ++k) member(group, k).treatment.tracked = true;
      group.tracked = true;
      return;
    }
    if (!meetsItself(member(group, 0), group.dimensions)) return;
    for (std::size_t k = 0; k < group.members.size(); ++k) {
      AccessFamily& a = member(group, k);
      if (!a.treatment.tracked && meetsItself(a, {})) a.treatment.tracked = true;
      for (std::size_t m = k + 1; m < group.members.size(); ++m) decide(a, member(group, m));
    }
    note(group);
  }

  /// Marks the members of two groups that may overlap: as a rule none do, and that is one question.
  void compare(Group& a, Group& b) {
    if (a.tracked && b.tracked) return;
    if (!meet(member(a, 0), member(b, 0), a.dimensions, b.dimensions)) return;
    for (std::size_t k = 0; k < a.members.size(); ++k) {
      for (std::size_t m = 0; m < b.members.size(); ++m) decide(member(a, k), member(b, m));
    }
    note(a);
    note(b);
  }

  void decide(AccessFamily& a, AccessFamily& b) {
    if (a.treatment.tracked && b.treatment.tracked) return;
    if (meet(a, b, {}, {})) a.treatment.tracked = b.treatment.tracked = true;
  }

  void note(Group& group) {
    bool all = true;
    for (std::size_t k = 0; k < group.members.size(); ++k) all = all && member(group, k).treatment.tracked;
    group.tracked = all;
  }

  static void sortTerms(std::vector<Term>& terms) {
    std::sort(terms.begin(), terms.end(), [](const Term& x, const Term& y) { return x.stride > y.stride; });
    // Equal strides are one term.
    std::size_t out = 0;
    for (const Term& term : terms) {
      if (out > 0 && terms[out - 1].stride == term.stride) {
        terms[out - 1].below += term.below;
        terms[out - 1].above += term.above;
      } else {
        terms[out++] = term;
      }
    }
    terms.resize(out);
  }

  static void addTerm(std::vector<Term>& terms, Words stride, std::int64_t below, std::int64_t above) {
    if (stride == 0 || (below == 0 && above == 0)) return;
    if (stride < 0) {
      terms.push_back({-stride, above, below});
    } else {
      terms.push_back({stride, below, above});
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
    int budget = 100'000;
    const bool hit =
        mayHit(base(a) - static_cast<Wide>(base(b)), terms.data(), terms.size(), -a.words, b.words, budget);
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
      Term leading = rest.front();
      rest.front() = {leading.stride, 0, leading.above - 1};
      const Wide start = leading.stride;
      sortTerms(rest);
      int budget = 100'000;
      if (mayHit(start, rest.data(), rest.size(), -a.words, a.words, budget)) return true;
    }
    return false;
  }

  const Resolver& resolver_;
  const Prepared& prepared_;
  const Program& program_;
  AccessAnalysis result_;
  std::vector<std::uint32_t> around_;
  std::map<std::vector<std::int64_t>, bool> decided_;
};

}  // namespace

AccessAnalysis analyseAccesses(const Resolver& resolver, const Prepared& prepared, const Program& program) {
  return Analyser(resolver, prepared, program).run();
}

}  // namespace taktwerk::engine
