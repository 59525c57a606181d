// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/stepped_loops.h"

#include <limits>
#include <utility>
#include <vector>

namespace taktwerk::engine {

namespace {

class Stepper {
 public:
  Stepper(Resolver& resolver, const Prepared& prepared, const Program& program, std::int64_t limit,
          Progress& progress)
      : engine_(resolver, {.paths = false}),
        prepared_(prepared),
        program_(program),
        left_(limit),
        progress_(progress) {
    result_.reports.loops.resize(program.loops.size());
  }

  SteppedLoops run() {
    if (!program_.loops.empty() && !loop(0, false)) return std::move(result_);
    const Cycles asked = engine_.now();
    engine_.close();
    result_.status = engine_.run(progress_);
    if (result_.status == Engine::Status::Finished) {
      const Cycles last = engine_.lastOver();
      result_.reports.drain = last < 0 ? 0 : last - asked;
    } else if (result_.status == Engine::Status::Deadlocked) {
      result_.deadlock = engine_.deadlock();
    }
    return std::move(result_);
  }

 private:
  bool loop(std::uint32_t index, bool hasVariable) {
    const Program::Loop& source = program_.loops[index];
    LoopReport& report = result_.reports.loops[index];
    const bool first = !std::exchange(report.reached, true);
    ++report.different;
    LoopExecution& execution = report.first;
    const Cycles begin = engine_.now();
    if (first) execution.start = begin;
    execution.finished = execution.finished && !first;
    if (hasVariable) variables_.push_back(0);
    for (std::int64_t i = 0; i < source.trips; ++i) {
      if (hasVariable) variables_.back() = i;
      const Cycles before = engine_.now();
      if (!body(source, report)) return false;
      if (!first) continue;
      if (execution.first.size() < LoopReports::most) {
        execution.first.push_back({i, engine_.now() - before});
      }
      execution.iterations = execution.run = i + 1;
      execution.cycles = execution.prologue = engine_.now() - begin;
    }
    if (hasVariable) variables_.pop_back();
    execution.finished = true;
    return true;
  }

  bool body(const Program::Loop& source, LoopReport& report) {
    bool inStretch = false;
    for (const Program::Item& item : program_.body(source)) {
      if (item.isLoop) {
        const std::int64_t before = result_.reports.loops[item.index].evaluatedBodies;
        if (!loop(item.index, true)) return false;
        report.evaluatedBodies += result_.reports.loops[item.index].evaluatedBodies - before;
        inStretch = false;
        continue;
      }
      if (!std::exchange(inStretch, true)) ++report.evaluatedBodies;
      if (!instruction(program_.steps[item.index])) return false;
    }
    return true;
  }

  bool instruction(const Program::Step& step) {
    if (left_-- <= 0) return false;
    if ((left_ & 0x3FF) == 0 && progress_.cancelled()) {
      result_.status = Engine::Status::Cancelled;
      return false;
    }
    addresses_.clear();
    const std::int64_t* coefficient = program_.coefficients.data() + step.firstCoefficient;
    const std::size_t accesses = program_.templates[step.instruction].accessCount();
    for (std::size_t a = 0; a < accesses; ++a) {
      Words address = *coefficient++;
      for (const std::int64_t variable : variables_) address += *coefficient++ * variable;
      addresses_.push_back(address);
    }
    engine_.append(prepared_.content[step.instruction.index()], addresses_.data());
    progress_.done.fetch_add(1, std::memory_order_relaxed);
    result_.status = engine_.run(progress_);
    if (result_.status == Engine::Status::Deadlocked) result_.deadlock = engine_.deadlock();
    return result_.status == Engine::Status::NeedsInstructions;
  }

  Engine engine_;
  const Prepared& prepared_;
  const Program& program_;
  std::int64_t left_;
  Progress& progress_;
  SteppedLoops result_;
  std::vector<std::int64_t> variables_;
  std::vector<std::int64_t> addresses_;
};

}  // namespace

SteppedLoops stepLoops(Resolver& resolver, const Prepared& prepared, const Program& program,
                       std::int64_t limit, Progress& progress) {
  return Stepper(resolver, prepared, program, limit, progress).run();
}

}  // namespace taktwerk::engine
