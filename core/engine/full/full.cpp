// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/full/full.h"

#include <utility>

#include "core/engine/order/program_order.h"

namespace taktwerk {

Breakdown breakdownOf(const std::vector<Cycles>& totals) {
  Breakdown breakdown;
  for (std::size_t label = 0; label < totals.size(); ++label) {
    if (totals[label] != 0)
      breakdown[engine::causeOf(static_cast<engine::PathLabel>(label))] += totals[label];
  }
  return breakdown;
}

namespace {

constexpr int chunk = 256;  // instructions handed over at once

}  // namespace

std::optional<ExplainedTiming> timeInProgramOrder(engine::Resolver& resolver,
                                                  const engine::Prepared& prepared, const Program& program,
                                                  Progress& progress) {
  engine::ProgramOrder pass(resolver, prepared);
  if (!pass.applies()) return std::nullopt;
  ExplainedTiming result;
  ProgramWalker walker(program);
  std::int64_t reported = 0;
  for (bool more = true; more;) {
    for (int i = 0; i < 64 * chunk; ++i) {
      if (!walker.next()) {
        more = false;
        break;
      }
      if (!pass.add(prepared.content[walker.step().instruction.index()], walker.addresses().data())) {
        progress.done.fetch_sub(reported, std::memory_order_relaxed);
        return std::nullopt;
      }
    }
    progress.done.fetch_add(pass.instructions() - reported, std::memory_order_relaxed);
    reported = pass.instructions();
    if (progress.cancelled()) {
      result.timing.cancelled = true;
      return result;
    }
  }
  result.timing.cycles = pass.cycles();
  result.timing.instructions = pass.instructions();
  result.breakdown = breakdownOf(pass.breakdown());
  result.traffic = pass.traffic();
  return result;
}

ExplainedTiming timeInFull(const Machine& machine, const Program& program, const TimesSink& sink,
                           Progress& progress) {
  engine::Resolver resolver(machine);
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  if (prepared) return timeInFull(resolver, *prepared, program, sink, progress);
  ExplainedTiming result;
  result.timing.errors = prepared.diagnostics;
  return result;
}

ExplainedTiming timeInFull(engine::Resolver& resolver, const engine::Prepared& prepared,
                           const Program& program, const TimesSink& sink, Progress& progress,
                           CountUsage usage) {
  if (!sink && usage == CountUsage::No) {
    auto inOrder = timeInProgramOrder(resolver, prepared, program, progress);
    if (inOrder) return std::move(*inOrder);
  }
  return timeByEvents(resolver, prepared, program, sink, progress, usage);
}

ExplainedTiming timeByEvents(engine::Resolver& resolver, const engine::Prepared& prepared,
                             const Program& program, const TimesSink& sink, Progress& progress,
                             CountUsage usage) {
  ExplainedTiming result;
  const bool counts = usage == CountUsage::Yes;
  engine::Engine engine(resolver, {.paths = true, .times = static_cast<bool>(sink), .usage = counts});
  engine.setSink(sink);
  ProgramWalker walker(program);
  engine::Engine::Status status = engine::Engine::Status::NeedsInstructions;
  std::int64_t reported = 0;
  const auto report = [&] {
    progress.done.fetch_add(engine.finished() - reported, std::memory_order_relaxed);
    reported = engine.finished();
  };
  for (std::uint32_t turn = 0; status == engine::Engine::Status::NeedsInstructions; ++turn) {
    for (int i = 0; i < chunk; ++i) {
      if (!walker.next()) {
        engine.close();
        break;
      }
      engine.append(prepared.content[walker.step().instruction.index()], walker.addresses().data());
    }
    if (turn % 64 == 0) {
      report();
      if (progress.cancelled()) {
        result.timing.cancelled = true;
        return result;
      }
    }
    status = engine.run(progress);
  }
  result.timing.instructions = engine.fetched();
  report();
  const auto lineOf = [&](std::int64_t index) -> std::uint32_t {
    ProgramWalker again(program);
    for (std::int64_t i = 0; again.next(); ++i) {
      if (i == index) return again.step().sourceLine;
    }
    return 0;
  };
  switch (status) {
    case engine::Engine::Status::Cancelled:
      result.timing.cancelled = true;
      break;
    case engine::Engine::Status::Failed:
      result.timing.errors.push_back(
          {Severity::Error,
           program.file,
           {lineOf(engine.errorInstruction()), 1},
           "P0005",
           "instruction " + std::to_string(engine.errorInstruction()) + ": " + engine.error(),
           {}});
      break;
    case engine::Engine::Status::Deadlocked:
      result.timing.deadlock = engine.deadlock();
      if (!result.timing.deadlock->instructions.empty()) {
        result.timing.deadlock->sourceLine = lineOf(result.timing.deadlock->instructions.front());
      }
      break;
    case engine::Engine::Status::NeedsInstructions:
    case engine::Engine::Status::Finished:
      result.timing.cycles = engine.cycles();
      result.breakdown = breakdownOf(engine.breakdown());
      result.traffic = engine.traffic();
      if (counts) result.usage = engine::usageOf(engine.takeUsage(), resolver.machine());
      break;
  }
  return result;
}

}  // namespace taktwerk
