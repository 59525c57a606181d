// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/program_nodes.h"

#include <algorithm>
#include <limits>

namespace taktwerk::engine {

namespace {

constexpr Words notSet = std::numeric_limits<Words>::min();

class Builder {
 public:
  Builder(const Resolver& resolver, const Prepared& prepared, const Program& program,
          const AccessAnalysis& analysis, Interner& contents, std::uint32_t longest)
      : prepared_(prepared), program_(program), analysis_(analysis), contents_(contents), longest_(longest) {
    result_.start.origin.assign(resolver.machine().memories.size(), notSet);
    resolver_ = &resolver;
  }

  ProgramNodes run() {
    // A memory's frame begins at its first tracked access.
    for (const AccessFamily& family : analysis_.families) {
      Words& origin = result_.start.origin[family.root];
      if (family.treatment.tracked && origin == notSet) origin = base(family);
    }
    for (Words& origin : result_.start.origin) origin = origin == notSet ? 0 : origin;
    chooseAdvances();
    loop(0, false);
    return std::move(result_);
  }

 private:
  [[nodiscard]] Words base(const AccessFamily& f) const { return program_.coefficients[f.coefficients]; }
  [[nodiscard]] Words stride(const AccessFamily& f, std::size_t depth) const {
    return program_.coefficients[f.coefficients + 1 + depth];
  }

  /// Every loop moves a memory's frame as its first tracked access there moves.
  void chooseAdvances() {
    const std::size_t memories = result_.start.origin.size();
    advance_.assign(program_.loops.size(), std::vector<Words>());
    for (const AccessFamily& family : analysis_.families) {
      if (!family.treatment.tracked) continue;
      for (std::size_t d = 0; d < family.loops.size(); ++d) {
        std::vector<Words>& of = advance_[family.loops[d]];
        if (of.empty()) of.assign(memories, notSet);
        if (of[family.root] == notSet) of[family.root] = stride(family, d);
      }
    }
  }
  [[nodiscard]] Words advanceOf(std::uint32_t loop, std::uint32_t root) const {
    const std::vector<Words>& of = advance_[loop];
    return of.empty() || of[root] == notSet ? 0 : of[root];
  }
  /// Whether iterations of `loop` change what matters of the family's address.
  [[nodiscard]] bool moves(const AccessFamily& family, std::size_t depth) const {
    if (program_.loops[family.loops[depth]].trips == 1) return false;
    const Words s = stride(family, depth);
    if (family.treatment.modulus > 1 && s % family.treatment.modulus != 0) return true;
    return family.treatment.tracked && s != advanceOf(family.loops[depth], family.root);
  }

  /// What is fixed about a family: where it stands at the beginning, and how far each loop moves it.
  void describe(const AccessFamily& family, Interner::Sequence& out) const {
    const AccessTreatment& treatment = family.treatment;
    out.push_back((treatment.tracked ? 1 : 0) | treatment.modulus << 1);
    if (treatment.modulus > 1) out.push_back(base(family) % treatment.modulus);
    if (treatment.tracked) out.push_back(base(family) - result_.start.origin[family.root]);
  }

  std::uint32_t leaf(std::uint32_t firstItem, std::uint32_t count) {
    ProgramNode node;
    node.firstItem = firstItem;
    node.itemCount = count;
    node.instructions = count;
    node.inLoop = around_.size() > 1 || program_.loops.front().trips > 1;
    node.bodies = node.inLoop ? 1 : 0;
    Interner::Sequence content{0};
    for (std::uint32_t i = firstItem; i < firstItem + count; ++i) {
      const std::uint32_t stepIndex = program_.items[i].index;
      const Program::Step& step = program_.steps[stepIndex];
      const std::uint32_t id = prepared_.content[step.instruction.index()];
      content.push_back(id);
      const std::size_t accesses = (*resolver_)[id].accesses.size();
      for (std::size_t a = 0; a < accesses; ++a) {
        const std::uint32_t f = analysis_.firstFamily[stepIndex] + static_cast<std::uint32_t>(a);
        const AccessFamily& family = analysis_.families[f];
        describe(family, content);
        if (isDram(family)) node.rows.push_back({f, 0, 0, {0}, true});
        for (std::size_t d = 0; d < family.loops.size(); ++d) {
          if (!moves(family, d)) continue;
          node.sensitive.push_back({f});
          break;
        }
      }
    }
    node.content = contents_.intern(content);
    result_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(result_.nodes.size() - 1);
  }

  std::uint32_t loop(std::uint32_t loopIndex, bool hasVariable) {
    const Program::Loop& source = program_.loops[loopIndex];
    around_.push_back(loopIndex);
    ProgramNode node;
    node.isLoop = true;
    node.trips = source.trips;
    node.loop = loopIndex;
    node.hasVariable = hasVariable;
    node.depth = hasVariable ? static_cast<std::uint32_t>(around_.size()) - 2 : 0;
    for (std::uint32_t i = source.firstItem; i < source.firstItem + source.itemCount;) {
      if (program_.items[i].isLoop) {
        node.children.push_back(loop(program_.items[i].index, true));
        ++i;
        continue;
      }
      std::uint32_t end = i;
      while (end < source.firstItem + source.itemCount && !program_.items[end].isLoop && end - i < longest_)
        ++end;
      node.children.push_back(leaf(i, end - i));
      i = end;
    }
    around_.pop_back();

    Interner::Sequence content{1, node.trips};
    for (const std::uint32_t child : node.children) {
      const ProgramNode& part = result_.nodes[child];
      content.push_back(part.content);
      node.instructions = saturated(node.instructions, part.instructions);
      node.bodies = saturated(node.bodies, part.bodies);
      // A child is sensitive to the loops around it, this one among them.
      for (const Sensitive& s : part.sensitive) node.sensitiveInside.push_back(s);
      for (const RowFamily& rows : part.rows) {
        node.rows.push_back(rows);
        if (!hasVariable) continue;
        const Words by = stride(analysis_.families[rows.family], node.depth);
        content.push_back(by);
        repeat(node.rows.back(), by, node.trips);
      }
    }
    node.instructions = times(node.instructions, node.trips);
    node.bodies = times(node.bodies, node.trips);
    for (std::size_t m = 0; m < result_.start.origin.size(); ++m) {
      const Words by = hasVariable ? advanceOf(loopIndex, static_cast<std::uint32_t>(m)) : 0;
      if (by == 0) continue;
      node.advance.emplace_back(static_cast<std::uint32_t>(m), by);
      content.push_back(static_cast<std::int64_t>(m));
      content.push_back(by);
    }
    for (const Sensitive& s : node.sensitiveInside) {
      const AccessFamily& family = analysis_.families[s.family];
      // How this loop moves it is part of what this loop is.
      if (hasVariable) content.push_back(stride(family, node.depth));
      for (std::size_t d = 0; hasVariable && d < node.depth; ++d) {
        if (!moves(family, d)) continue;
        node.sensitive.push_back(s);
        break;
      }
    }
    node.content = contents_.intern(content);
    result_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(result_.nodes.size() - 1);
  }

  [[nodiscard]] bool isDram(const AccessFamily& family) const {
    return resolver_->machine().memories[family.memory].kind == MemoryKind::Dram;
  }
  /// The offsets of `trips` iterations that move by `by`. Addresses fit in 64 bits, so differences do.
  static void repeat(RowFamily& rows, Words by, std::int64_t trips) {
    constexpr std::size_t most = 256;
    (by < 0 ? rows.low : rows.high) += by * (trips - 1);
    if (by == 0 || trips == 1 || !rows.listed) return;
    if (trips > static_cast<std::int64_t>(most) / static_cast<std::int64_t>(rows.offsets.size())) {
      rows.listed = false;
      rows.offsets.clear();
      return;
    }
    const std::size_t once = rows.offsets.size();
    for (std::int64_t i = 1; i < trips; ++i) {
      for (std::size_t k = 0; k < once; ++k) rows.offsets.push_back(rows.offsets[k] + by * i);
    }
    std::sort(rows.offsets.begin(), rows.offsets.end());
    rows.offsets.erase(std::unique(rows.offsets.begin(), rows.offsets.end()), rows.offsets.end());
  }

  static std::int64_t times(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
  }
  static std::int64_t saturated(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
  }

  const Resolver* resolver_ = nullptr;
  const Prepared& prepared_;
  const Program& program_;
  const AccessAnalysis& analysis_;
  Interner& contents_;
  std::uint32_t longest_;
  ProgramNodes result_;
  std::vector<std::vector<Words>> advance_;
  std::vector<std::uint32_t> around_;
};

}  // namespace

ProgramNodes buildNodes(const Resolver& resolver, const Prepared& prepared, const Program& program,
                        const AccessAnalysis& analysis, Interner& contents, std::uint32_t longest) {
  return Builder(resolver, prepared, program, analysis, contents, longest).run();
}

}  // namespace taktwerk::engine
