// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/published.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/bounds/saturating.h"
#include "core/engine/preparation/prepare.h"
#include "core/published/program_order_pass.h"

namespace taktwerk {

namespace {

class Evaluation {
 public:
  Evaluation(engine::Resolver& resolver, const engine::Prepared& prepared, const Program& program,
             const PublishedOptions& options, Progress& progress)
      : resolver_(resolver),
        prepared_(prepared),
        program_(program),
        options_(options),
        progress_(progress),
        pass_(resolver),
        instructionsOf_(program.loops.size(), 0),
        isLeaf_(program.loops.size(), true) {
    std::uint32_t deepest = 0;
    for (const Program::Loop& loop : program.loops) deepest = std::max(deepest, loop.depth);
    variables_.assign(deepest, 0);
  }

  Published run() {
    if (!program_.loops.empty() && program_.loops[0].trips > 0) {
      count(0);
      runBody(0);
    }
    result_.timing.instructions = sizeOf(program_).instructions;
    result_.timing.cycles = pass_.end();
    result_.timing.cancelled = progress_.cancelled();
    if (!pass_.error().empty()) {
      result_.timing.errors.push_back({Severity::Error, program_.file, {1, 1}, "P0005", pass_.error(), {}});
    }
    return std::move(result_);
  }

 private:
  /// Instructions of one execution of a loop's body.
  std::int64_t count(std::uint32_t loopIndex) {
    std::int64_t instructions = 0;
    for (const Program::Item& item : program_.body(program_.loops[loopIndex])) {
      if (!item.isLoop) {
        instructions = saturatingSum(instructions, 1);
        continue;
      }
      const std::int64_t inside = count(item.index);
      const std::int64_t trips = std::max<std::int64_t>(0, program_.loops[item.index].trips);
      instructions = saturatingSum(instructions, saturatingProduct(inside, trips));
      if (inside > 0 && trips > 0) isLeaf_[loopIndex] = false;
    }
    return instructionsOf_[loopIndex] = instructions;
  }

  void runBody(std::uint32_t loopIndex) {
    const Program::Loop& loop = program_.loops[loopIndex];
    if (isLeaf_[loopIndex]) ++result_.evaluatedIterations;
    for (const Program::Item& item : program_.body(loop)) {
      if (progress_.cancelled()) return;
      if (item.isLoop) {
        if (instructionsOf_[item.index] > 0) runLoop(item.index);
      } else {
        take(program_.steps[item.index], loop.depth);
      }
    }
  }

  void take(const Program::Step& step, std::uint32_t depth) {
    const engine::ResolvedTemplate& content = resolver_[prepared_.content[step.instruction.index()]];
    const std::int64_t* coefficient = program_.coefficients.data() + step.firstCoefficient;
    addresses_.clear();
    for (std::size_t a = 0; a < content.accesses.size(); ++a, coefficient += 1 + depth) {
      Words address = coefficient[0];
      for (std::uint32_t d = 0; d < depth; ++d) address += coefficient[1 + d] * variables_[d];
      addresses_.push_back(address);
    }
    pass_.take(content, addresses_.data());
    if ((++result_.evaluatedInstructions & 0xFFF) == 0)
      progress_.done.fetch_add(0x1000, std::memory_order_relaxed);
  }

  void runLoop(std::uint32_t loopIndex) {
    const Program::Loop& loop = program_.loops[loopIndex];
    std::int64_t& variable = variables_[loop.depth - 1];
    const std::int64_t width = resolver_.machine().fetch.width;
    const std::int64_t block = width / std::gcd(width, instructionsOf_[loopIndex] % width);
    const std::int64_t share = saturatingProduct(loop.trips / 100, options_.fallbackPercent);
    Cycles last = 0, lastPace = -1, first = 0;
    std::int64_t blocks = 0;
    bool skipped = false;
    for (std::int64_t i = 0; i < loop.trips && !progress_.cancelled(); ++i) {
      if (!skipped && i % block == 0 && i > 0) {
        const Cycles end = pass_.end();
        const Cycles pace = end - last;
        if (++blocks == 1) first = end;
        const bool settled = blocks >= 3 && pace == lastPace;
        const bool givesUp =
            blocks >= 3 && (i >= share || result_.evaluatedInstructions >= options_.evaluatedLimit);
        last = end;
        lastPace = pace;
        const std::int64_t rest = (loop.trips - i) / block;
        if ((settled || givesUp) && rest > 0) {
          // The fixed point, or what the evaluated blocks but the prologue took in the mean.
          const Cycles skippedTime =
              settled ? proportion(pace, rest, 1) : proportion(end - first, rest, blocks - 1);
          pass_.shift(std::min(skippedTime, engine::latestCycle));
          ++(settled ? result_.settledLoops : result_.fallbackLoops);
          skipped = true;
          i += rest * block;
          if (i >= loop.trips) break;
        }
      }
      variable = i;
      runBody(loopIndex);
    }
    variable = 0;
  }

  engine::Resolver& resolver_;
  const engine::Prepared& prepared_;
  const Program& program_;
  const PublishedOptions& options_;
  Progress& progress_;
  ProgramOrderPass pass_;
  std::vector<std::int64_t> instructionsOf_;  // by loop, of its body
  std::vector<bool> isLeaf_;
  std::vector<std::int64_t> variables_;
  std::vector<Words> addresses_;
  Published result_;
};

}  // namespace

Published timeAsPublished(const Machine& machine, const Program& program, const PublishedOptions& options,
                          Progress& progress) {
  engine::Resolver resolver(machine);
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  if (!prepared) {
    Published failed;
    failed.timing.errors = prepared.diagnostics;
    return failed;
  }
  return Evaluation(resolver, *prepared, program, options, progress).run();
}

}  // namespace taktwerk
