// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preparation/prepare.h"

#include <algorithm>
#include <map>

namespace taktwerk::engine {

namespace {

using Range = std::pair<Words, Words>;
__extension__ using Wide = __int128;  // sums of products of 64-bit numbers

/// Sorted, merged ranges in which every memory from `memory` to its root can be accessed; empty: all.
std::vector<Range> allowedRanges(const Machine& machine, MemoryId memory) {
  std::vector<Range> allowed;
  bool limited = false;
  for (MemoryId at = memory;; at = machine.memories[at.index()].backing) {
    const Memory& m = machine.memories[at.index()];
    if (!m.addressRanges.empty()) {
      std::vector<Range> ranges = m.addressRanges;
      std::sort(ranges.begin(), ranges.end());
      std::vector<Range> merged;
      for (const Range& range : ranges) {
        if (!merged.empty() && range.first <= merged.back().second) {
          merged.back().second = std::max(merged.back().second, range.second);
        } else {
          merged.push_back(range);
        }
      }
      if (limited) {
        std::vector<Range> both;
        for (const Range& a : allowed) {
          for (const Range& b : merged) {
            const Range cut{std::max(a.first, b.first), std::min(a.second, b.second)};
            if (cut.first < cut.second) both.push_back(cut);
          }
        }
        allowed = std::move(both);
      } else {
        allowed = std::move(merged);
        limited = true;
      }
    }
    if (m.kind != MemoryKind::Cache) break;
  }
  if (limited && allowed.empty()) allowed.push_back({0, 0});
  return allowed;
}

bool inside(const std::vector<Range>& ranges, Words first, Words words) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return first >= range.first && words <= range.second - first;
  });
}

class Checker {
 public:
  Checker(Resolver& resolver, const Program& program) : resolver_(resolver), program_(program) {}

  Result<Prepared> run() {
    Prepared prepared;
    constexpr std::uint32_t unused = ~std::uint32_t{0};
    prepared.content.assign(program_.templates.size(), unused);
    std::map<TemplateId, std::string> broken;
    for (const Program::Step& step : program_.steps) {
      std::uint32_t& known = prepared.content[step.instruction.index()];
      if (known != unused) continue;
      ResolveError error;
      const std::int64_t content = resolver_.resolve(program_.templates, step.instruction, error);
      known = content < 0 ? 0 : static_cast<std::uint32_t>(content);
      if (content < 0) broken[step.instruction] = error.message;
      prepared.used.push_back(known);
    }
    const Machine& machine = resolver_.machine();
    for (std::uint32_t m = 0; m < machine.memories.size(); ++m) {
      allowed_.push_back(allowedRanges(machine, MemoryId{m}));
    }
    body(program_.loops.front(), broken);
    if (!problems_.empty()) return problems_;
    return prepared;
  }

 private:
  void body(const Program::Loop& loop, const std::map<TemplateId, std::string>& broken) {
    for (const Program::Item& item : program_.body(loop)) {
      if (problems_.size() >= 20) return;
      if (item.isLoop) {
        const Program::Loop& inner = program_.loops[item.index];
        trips_.push_back(inner.trips);
        body(inner, broken);
        trips_.pop_back();
        continue;
      }
      const Program::Step& step = program_.steps[item.index];
      if (const auto why = broken.find(step.instruction); why != broken.end()) {
        report(step, item.index, "P0001", why->second);
      } else {
        addresses(step, item.index);
      }
    }
  }

  void addresses(const Program::Step& step, std::uint32_t index) {
    const InstructionTemplate& instruction = program_.templates[step.instruction];
    const std::int64_t* coefficient = program_.coefficients.data() + step.firstCoefficient;
    for (std::size_t a = 0; a < instruction.accessCount(); ++a, coefficient += 1 + trips_.size()) {
      const AccessShape& shape = a < instruction.memoryReads.size()
                                     ? instruction.memoryReads[a]
                                     : instruction.memoryWrites[a - instruction.memoryReads.size()];
      Wide low = coefficient[0], high = coefficient[0];
      for (std::size_t d = 0; d < trips_.size(); ++d) {
        const auto span = static_cast<Wide>(coefficient[1 + d]) * (trips_[d] - 1);
        (span < 0 ? low : high) += span;
      }
      const Memory& memory = resolver_.machine().memories[shape.memory.index()];
      constexpr Words limit = Words{1} << 60;
      if (low < 0 || high > limit || shape.words > limit) {
        const bool negative = low < 0;
        report(step, index, "P0003",
               "address " +
                   std::to_string(static_cast<std::int64_t>(negative ? std::max<Wide>(low, -limit)
                                                                     : std::min<Wide>(high, 2 * limit))) +
                   " of " + memory.name + (negative ? " is negative" : " is beyond the supported 2^60"));
        continue;
      }
      const auto& allowed = allowed_[shape.memory.index()];
      if (allowed.empty()) continue;
      const auto first = static_cast<Words>(low);
      const auto last = static_cast<Words>(high);
      if (inside(allowed, first, last - first + shape.words)) continue;
      // Both ends lie inside, but a hole lies between: look at every address.
      Words wrong = !inside(allowed, first, shape.words) ? first : last;
      if (inside(allowed, wrong, shape.words) && !anyOutside(coefficient, shape.words, allowed, wrong))
        continue;
      std::string ranges;
      for (const auto& [begin, end] : allowed) {
        ranges += (ranges.empty() ? "[" : ", [") + std::to_string(begin) + ", " + std::to_string(end) + ")";
      }
      report(step, index, "P0003",
             "words [" + std::to_string(wrong) + ", " + std::to_string(wrong + shape.words) +
                 ") lie outside the address_ranges of " + memory.name + ", " + ranges);
    }
  }

  bool anyOutside(const std::int64_t* coefficient, Words words, const std::vector<Range>& allowed,
                  Words& wrong) const {
    std::vector<std::int64_t> variables(trips_.size(), 0);
    for (;;) {
      Words at = coefficient[0];
      for (std::size_t d = 0; d < trips_.size(); ++d) at += coefficient[1 + d] * variables[d];
      if (!inside(allowed, at, words)) {
        wrong = at;
        return true;
      }
      std::size_t d = trips_.size();
      while (d > 0 && (coefficient[d] == 0 || variables[d - 1] + 1 == trips_[d - 1])) variables[--d] = 0;
      if (d == 0) return false;
      ++variables[d - 1];
    }
  }

  void report(const Program::Step& step, std::uint32_t index, const char* code, const std::string& message) {
    Diagnostic problem;
    problem.file = program_.file;
    problem.position = {step.sourceLine, step.sourceLine > 0 ? 1u : 0u};
    problem.code = code;
    const InstructionTemplate& instruction = program_.templates[step.instruction];
    problem.message = "instruction " + std::to_string(index) + " (" +
                      resolver_.machine().operations[instruction.operation.index()] + "): " + message;
    problems_.push_back(std::move(problem));
  }

  Resolver& resolver_;
  const Program& program_;
  std::vector<std::vector<Range>> allowed_;
  std::vector<std::int64_t> trips_;
  Diagnostics problems_;
};

}  // namespace

Result<Prepared> prepare(Resolver& resolver, const Program& program) {
  return Checker(resolver, program).run();
}

}  // namespace taktwerk::engine
