// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/approximation.h"

#include <algorithm>
#include <deque>

#include "core/bounds/saturating.h"
#include "core/engine/full/full.h"

namespace taktwerk {

namespace {

/// The beginning of a program on its way through the engine, and which steps it was made of.
class Beginning {
 public:
  Beginning(engine::Resolver& resolver, const engine::Prepared& prepared, const Program& program)
      : program_(program),
        prepared_(prepared),
        engine_(resolver, {.paths = true, .times = false}),
        walker_(program),
        rest_(executionsOf(program)) {}

  /// Runs until `instructions` are fetched or all are over. The engine stands at the end of a cycle.
  engine::Engine::Status run(std::int64_t instructions, Progress& progress) {
    engine::Engine::Status status = engine::Engine::Status::NeedsInstructions;
    while (status == engine::Engine::Status::NeedsInstructions && engine_.fetched() < instructions) {
      constexpr int chunk = 64;
      for (int i = 0; i < chunk; ++i) {
        if (handOver()) continue;
        engine_.close();
        break;
      }
      status = engine_.run(progress);
      settle();
    }
    return status;
  }

  [[nodiscard]] const engine::Engine& engine() const { return engine_; }
  [[nodiscard]] std::int64_t iterations() const { return iterations_; }
  /// Instructions not fetched, by step.
  [[nodiscard]] const std::vector<std::int64_t>& rest() const { return rest_; }
  /// Instructions fetched and not over, by step; a few that are over may be among them.
  [[nodiscard]] std::vector<std::int64_t> inFlight() const {
    std::vector<std::int64_t> executions(program_.steps.size(), 0);
    for (const std::uint32_t step : recent_) ++executions[step];
    return executions;
  }

 private:
  bool handOver() {
    if (!walker_.next()) return false;
    const auto step = static_cast<std::uint32_t>(&walker_.step() - program_.steps.data());
    engine_.append(prepared_.content[walker_.step().instruction.index()], walker_.addresses().data());
    pending_.push_back(step);
    if (firstOfBody_.empty()) markBodies();
    if (firstOfBody_[step]) ++iterations_;
    return true;
  }

  void settle() {
    for (; fetchedSeen_ < engine_.fetched(); ++fetchedSeen_) {
      recent_.push_back(pending_.front());
      if (rest_[pending_.front()] != std::numeric_limits<std::int64_t>::max()) --rest_[pending_.front()];
      pending_.pop_front();
    }
    while (static_cast<std::int64_t>(recent_.size()) > engine_.fetched() - engine_.finished())
      recent_.pop_front();
  }

  /// The first instruction of every body without loops.
  void markBodies() {
    firstOfBody_.assign(program_.steps.size(), false);
    for (const Program::Loop& loop : program_.loops) {
      const auto body = program_.body(loop);
      const bool leaf = std::none_of(body.begin(), body.end(), [](const auto& item) { return item.isLoop; });
      if (leaf && !body.empty()) firstOfBody_[body.front().index] = true;
    }
  }

  const Program& program_;
  const engine::Prepared& prepared_;
  engine::Engine engine_;
  ProgramWalker walker_;
  std::vector<std::int64_t> rest_;
  std::deque<std::uint32_t> pending_, recent_;
  std::int64_t fetchedSeen_ = 0;
  std::int64_t iterations_ = 0;
  std::vector<bool> firstOfBody_;
};

Breakdown scaledBreakdown(const engine::Engine& engine, Cycles cycles) {
  Breakdown breakdown = breakdownOf(engine.breakdown());
  if (breakdown.empty() && cycles > 0) breakdown[{WaitCause::Fetch, {}}] = 1;  // nothing has ended yet
  Cycles total = 0, given = 0;
  for (const auto& [cause, part] : breakdown) total += part;
  auto largest = breakdown.begin();
  for (auto entry = breakdown.begin(); entry != breakdown.end(); ++entry) {
    entry->second = proportion(entry->second, cycles, std::max<Cycles>(total, 1));
    given += entry->second;
    if (entry->second > largest->second) largest = entry;
  }
  if (!breakdown.empty()) largest->second += cycles - given;
  return breakdown;
}

}  // namespace

Approximation approximate(const Machine& machine, const Program& program, std::int64_t instructions,
                          Progress& progress) {
  using Status = engine::Engine::Status;
  Approximation result;
  engine::Resolver resolver(machine);
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  if (!prepared) {
    result.timing.errors = prepared.diagnostics;
    return result;
  }
  DemandTable table(resolver);
  const Demands demands(table, *prepared, program);
  const std::vector<std::int64_t> all = executionsOf(program);
  const Cycles serialOfAll = serialTime(demands, all);

  Beginning beginning(resolver, *prepared, program);
  const engine::Engine& engine = beginning.engine();
  Status status = beginning.run(instructions / 2, progress);
  const Cycles middle = engine.now();
  const Cycles serialAtMiddle = serialTime(demands, beginning.rest());
  if (status == Status::NeedsInstructions) status = beginning.run(instructions, progress);
  result.evaluatedInstructions = engine.fetched();
  result.evaluatedIterations = beginning.iterations();
  result.timing.instructions = sizeOf(program).instructions;
  progress.done.fetch_add(engine.fetched(), std::memory_order_relaxed);

  switch (status) {
    case Status::Cancelled:
      result.timing.cancelled = true;
      return result;
    case Status::Failed:
      result.timing.errors.push_back(
          {Severity::Error,
           program.file,
           {1, 1},
           "P0005",
           "instruction " + std::to_string(engine.errorInstruction()) + ": " + engine.error(),
           program.name});
      return result;
    case Status::Deadlocked:
      result.timing.deadlock = engine.deadlock();
      return result;
    case Status::Finished:
      result.exact = true;
      result.timing.cycles = result.lower = result.upper = engine.cycles();
      result.breakdown = breakdownOf(engine.breakdown());
      result.traffic = engine.traffic();
      return result;
    case Status::NeedsInstructions:
      break;
  }

  const Cycles now = engine.now();
  const Cycles serialOfRest = serialTime(demands, beginning.rest());
  const Cycles underWay = std::max(now, engine.lastEnd());
  result.lower = std::max({saturatingSum(now, roofline(demands, beginning.rest()).lower()),
                           roofline(demands, all).lower(), engine.cycles()});
  result.upper = std::min(serialOfAll, saturatingSum(saturatingSum(underWay, serialOfRest),
                                                     serialTime(demands, beginning.inFlight())));
  // A beginning so short that its later half is empty tells only its mean.
  const bool hasPace = serialAtMiddle > serialOfRest && now > middle;
  const Cycles paceCycles = hasPace ? now - middle : now;
  const Cycles paceSerial = hasPace ? serialAtMiddle - serialOfRest : serialOfAll - serialOfRest;
  const Cycles rest = proportion(serialOfRest, paceCycles, std::max<Cycles>(paceSerial, 1));
  result.timing.cycles = std::clamp(saturatingSum(now, rest), result.lower, result.upper);

  result.breakdown = scaledBreakdown(engine, result.timing.cycles);
  result.traffic = engine.traffic();
  const std::int64_t fetched = std::max<std::int64_t>(engine.fetched(), 1);
  for (engine::MemoryTraffic& traffic : result.traffic) {
    for (std::int64_t* figure :
         {&traffic.reads, &traffic.writes, &traffic.wordsRead, &traffic.wordsWritten}) {
      *figure = proportion(*figure, result.timing.instructions, fetched);
    }
    traffic.busy = proportion(traffic.busy, result.timing.instructions, fetched);
  }
  return result;
}

}  // namespace taktwerk
