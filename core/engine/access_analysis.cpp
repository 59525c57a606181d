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

  /// Accesses of one instruction that differ by a constant step (a row of a tile each): one more loop, of
  /// `count` trips and stride `step`.
  struct Group {
    std::uint32_t first = 0;  ///< its families follow each other
    std::uint32_t count = 1;
    Words step = 0;
    Words low = 0, high = 0;            ///< every address lies in [low, high)
    bool tracked = false;               ///< all of them are
    std::vector<std::uint32_t> equals;  ///< first families of groups with the very same addresses
  };

  AccessFamily& member(const Group& group, std::uint32_t k) { return result_.families[group.first + k]; }

  [[nodiscard]] bool sameButForBase(const AccessFamily& a, const AccessFamily& b) const {
    if (a.step != b.step || a.memory != b.memory || a.write != b.write || a.words != b.words) return false;
    for (std::size_t d = 0; d < a.loops.size(); ++d) {
      if (stride(a, d) != stride(b, d)) return false;
    }
    return true;
  }

  [[nodiscard]] Group groupFrom(std::uint32_t first) const {
    const AccessFamily& family = result_.families[first];
    Group group;
    group.first = first;
    for (std::uint32_t f = first + 1; f < result_.families.size(); ++f) {
      if (!sameButForBase(family, result_.families[f])) break;
      const Words step = base(result_.families[f]) - base(result_.families[f - 1]);
      if (group.count > 1 && step != group.step) break;
      group.step = step;
      ++group.count;
    }
    Wide low = base(family), high = base(family);
    const auto widen = [&](Words step, std::int64_t times) {
      const Wide span = static_cast<Wide>(step) * (times - 1);
      (span < 0 ? low : high) += span;
    };
    for (std::size_t d = 0; d < family.loops.size(); ++d) widen(stride(family, d), trips(family, d));
    widen(group.step, group.count);
    group.low = static_cast<Words>(low);
    group.high = static_cast<Words>(high) + family.words;
    return group;
  }

  /// Tells the sets of addresses of groups apart: parts of split loops access the same buffers again and
  /// again.
  [[nodiscard]] std::vector<std::int64_t> addressesOf(const Group& group) const {
    const AccessFamily& family = result_.families[group.first];
    std::vector<std::int64_t> key{family.root,  family.write ? 1 : 0, base(family),
                                  family.words, group.step,           group.count};
    for (std::size_t d = 0; d < family.loops.size(); ++d) {
      if (stride(family, d) != 0 && trips(family, d) > 1)
        key.insert(key.end(), {stride(family, d), trips(family, d)});
    }
    return key;
  }

  void findOverlaps() {
    std::map<std::uint32_t, std::vector<Group>> byRoot;
    std::map<std::vector<std::int64_t>, std::size_t> known;
    for (std::uint32_t f = 0; f < result_.families.size();) {
      Group group = groupFrom(f);
      std::vector<Group>& groups = byRoot[result_.families[f].root];
      const auto [place, isNew] = known.emplace(addressesOf(group), groups.size());
      f += group.count;
      if (isNew) {
        groups.push_back(std::move(group));
      } else {
        groups[place->second].equals.push_back(group.first);
      }
    }
    for (auto& [root, groups] : byRoot) {
      std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return a.low != b.low ? a.low < b.low : a.first < b.first;
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
        for (const std::uint32_t first : group.equals) {
          for (std::uint32_t k = 0; k < group.count; ++k)
            result_.families[first + k].treatment.tracked =
                result_.families[group.first + k].treatment.tracked;
        }
      }
    }
  }

  /// Marks the members that may overlap another member, or another execution of themselves.
  void meetItself(Group& group) {
    if (!group.equals.empty()) {
      for (std::uint32_t k = 0; k < group.count; ++k) member(group, k).treatment.tracked = true;
      group.tracked = true;
      return;
    }
    if (!meetsItself(member(group, 0), group.count, group.step)) return;
    for (std::uint32_t k = 0; k < group.count; ++k) {
      AccessFamily& a = member(group, k);
      if (!a.treatment.tracked && meetsItself(a, 1, 0)) a.treatment.tracked = true;
      for (std::uint32_t m = k + 1; m < group.count; ++m) decide(a, member(group, m));
    }
    note(group);
  }

  /// Marks the members of two groups that may overlap: as a rule none do, and that is one question.
  void compare(Group& a, Group& b) {
    if (a.tracked && b.tracked) return;
    const AccessFamily& first = member(a, 0);
    const AccessFamily& second = member(b, 0);
    if (!meet(first, second, a, b)) return;
    for (std::uint32_t k = 0; k < a.count; ++k) {
      for (std::uint32_t m = 0; m < b.count; ++m) decide(member(a, k), member(b, m));
    }
    note(a);
    note(b);
  }

  void decide(AccessFamily& a, AccessFamily& b) {
    if (a.treatment.tracked && b.treatment.tracked) return;
    if (meet(a, b, Group{}, Group{})) a.treatment.tracked = b.treatment.tracked = true;
  }

  void note(Group& group) {
    bool all = true;
    for (std::uint32_t k = 0; k < group.count; ++k) all = all && member(group, k).treatment.tracked;
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
  bool meet(const AccessFamily& a, const AccessFamily& b, const Group& groupOfA, const Group& groupOfB) {
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
    addTerm(terms, groupOfA.step, 0, groupOfA.count - 1);
    addTerm(terms, groupOfB.step, groupOfB.count - 1, 0);
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
  bool meetsItself(const AccessFamily& a, std::int64_t count, Words step) {
    std::vector<Term> terms;
    for (std::size_t d = 0; d < a.loops.size(); ++d) {
      const std::int64_t reach = trips(a, d) - 1;
      if (reach == 0) continue;
      if (stride(a, d) == 0) return true;
      terms.push_back({std::abs(stride(a, d)), reach, reach});
    }
    if (count > 1) {
      if (step == 0) return true;
      terms.push_back({std::abs(step), count - 1, count - 1});
    }
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
