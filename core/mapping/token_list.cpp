// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/token_list.h"

#include <utility>

namespace taktwerk {

void TokenList::rewind(const Mark& mark) {
  for (std::size_t i = mark.tokens; i < tokens_.size(); ++i) steps_ -= tokens_[i].kind == Kind::Step ? 1 : 0;
  tokens_.resize(mark.tokens);
  coefficients_.resize(mark.coefficients);
  loops_.resize(mark.loops);
}

void TokenList::open(std::int64_t trips, const std::string* name) {
  tokens_.push_back({Kind::Open, static_cast<std::uint32_t>(loops_.size()), 0, 0, 0});
  loops_.push_back({trips, name});
}

void TokenList::close() {
  tokens_.push_back({Kind::Close, 0, 0, 0, 0});
}

void TokenList::step(TemplateId instruction, std::uint32_t line,
                     const std::vector<std::int64_t>& coefficients) {
  tokens_.push_back({Kind::Step, instruction.value, line, static_cast<std::uint32_t>(coefficients_.size()),
                     static_cast<std::uint32_t>(templates_[instruction].accessCount())});
  coefficients_.insert(coefficients_.end(), coefficients.begin(), coefficients.end());
  ++steps_;
}

void TokenList::append(const std::vector<PlainStep>& steps) {
  const auto coefficient = static_cast<std::uint32_t>(coefficients_.size());
  tokens_.reserve(tokens_.size() + steps.size());
  for (const PlainStep& step : steps) {
    tokens_.push_back({Kind::Step, step.instruction.value, step.line, coefficient, 0});
  }
  steps_ += steps.size();
}

std::vector<TokenList::PlainStep> TokenList::plainStepsSince(const Mark& mark) const {
  std::vector<PlainStep> steps;
  steps.reserve(tokens_.size() - mark.tokens);
  for (std::size_t i = mark.tokens; i < tokens_.size(); ++i) {
    steps.push_back({TemplateId{tokens_[i].index}, tokens_[i].line});
  }
  return steps;
}

/// Walks both loops side by side and calls `visit(a, b)` with pointers to the coefficients of each access
/// and the access's number of coefficients; false as soon as something differs or `visit` says so.
template <class Visit>
bool TokenList::comparePairs(const Mark& first, const Mark& second, std::uint32_t depth, Visit visit) {
  const std::size_t length = second.tokens - first.tokens;
  if (tokens_.size() - second.tokens != length) return false;
  std::uint32_t inside = depth + 1;
  for (std::size_t i = 1; i + 1 < length; ++i) {
    const Token& a = tokens_[first.tokens + i];
    const Token& b = tokens_[second.tokens + i];
    if (a.kind != b.kind || a.line != b.line) return false;
    switch (a.kind) {
      case Kind::Open:
        if (loops_[a.index].trips != loops_[b.index].trips) return false;
        ++inside;
        break;
      case Kind::Close:
        --inside;
        break;
      case Kind::Step:
        if (a.index != b.index) return false;
        for (std::uint32_t access = 0; access < a.accesses; ++access) {
          const std::size_t offset = std::size_t{access} * (inside + 1);
          if (!visit(&coefficients_[a.firstCoefficient + offset], &coefficients_[b.firstCoefficient + offset],
                     inside + 1)) {
            return false;
          }
        }
        break;
    }
  }
  return true;
}

bool TokenList::merge(const Mark& first, const Mark& second, std::uint32_t depth) {
  const std::size_t own = 1 + depth;  // place of this loop's stride
  const std::int64_t tripsA = loops_[tokens_[first.tokens].index].trips;
  const std::int64_t tripsB = loops_[tokens_[second.tokens].index].trips;
  // With one trip the stride is free, and becomes what lies between the two loops.
  const auto continues = [&](const std::int64_t* a, const std::int64_t* b, std::uint32_t count) {
    for (std::size_t i = 1; i < count; ++i) {
      if (i != own && a[i] != b[i]) return false;
    }
    std::int64_t gap = 0;
    if (__builtin_sub_overflow(b[0], a[0], &gap)) return false;
    const std::int64_t stride = tripsA > 1 ? a[own] : gap;
    if (tripsB > 1 && b[own] != stride) return false;
    std::int64_t expected = 0;
    return !__builtin_mul_overflow(stride, tripsA, &expected) && expected == gap;
  };
  if (!comparePairs(first, second, depth, continues)) return false;
  if (tripsA == 1) {
    comparePairs(first, second, depth, [&](std::int64_t* a, const std::int64_t* b, std::uint32_t) {
      a[own] = b[0] - a[0];
      return true;
    });
  }
  loops_[tokens_[first.tokens].index].trips = tripsA + tripsB;
  rewind(second);
  return true;
}

void TokenList::lowerTo(ProgramBuilder& builder) const {
  std::vector<bool> kept;  // of the open loops: becomes a loop of the program
  std::vector<std::int64_t> affine;
  for (const Token& token : tokens_) {
    switch (token.kind) {
      case Kind::Open: {
        const Loop& loop = loops_[token.index];
        kept.push_back(loop.trips != 1);
        if (loop.trips != 1) builder.openLoop(loop.trips, loop.name != nullptr ? *loop.name : std::string{});
        break;
      }
      case Kind::Close:
        if (kept.back()) builder.closeLoop();
        kept.pop_back();
        break;
      case Kind::Step: {
        affine.clear();
        const std::int64_t* from = coefficients_.data() + token.firstCoefficient;
        for (std::uint32_t access = 0; access < token.accesses; ++access) {
          affine.push_back(*from++);
          for (const bool keep : kept) {
            if (keep) affine.push_back(*from);
            ++from;
          }
        }
        builder.add(TemplateId{token.index}, affine, token.line);
        break;
      }
    }
  }
}

}  // namespace taktwerk
