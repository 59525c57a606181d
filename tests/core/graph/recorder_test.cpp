// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/recorder.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "core/reference/simulation.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

struct Case {
  std::shared_ptr<const Machine> machine;
  Program program;
  Timing timing;  ///< of the whole
};

/// Programs of some instructions that come to an end.
std::vector<Case> cases() {
  std::vector<Case> found;
  for (std::uint64_t seed = 11'500'000; found.size() < 20; ++seed) {
    const RandomCase one = randomCase(seed, {});
    const auto machine = one.architecture.machine();
    auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program || sizeOf(*program).instructions < 10) continue;
    Progress progress;
    const Timing timing = simulate(*machine, *program, {}, progress);
    if (timing.ok()) found.push_back({machine, std::move(*program), timing});
  }
  return found;
}

TEST(RecordGraph, OfAWindowLeavesTheCallersProgressAlone) {
  const std::vector<Case> programs = cases();
  Progress progress;
  std::atomic<bool> over{false}, seen{false};
  std::thread watcher([&] {
    while (!over) {
      if (progress.cancelled()) seen = true;
    }
  });
  for (int round = 0; round < 200; ++round) {
    for (const Case& one : programs) {
      const RecordedGraph recorded = recordGraph(*one.machine, one.program, 2, progress);
      EXPECT_TRUE(recorded.timing.ok());
      EXPECT_GT(recorded.graph.cycles, 0);
      EXPECT_LE(recorded.graph.cycles, one.timing.cycles);
    }
  }
  over = true;
  watcher.join();
  EXPECT_FALSE(seen) << "nobody cancelled it";
  EXPECT_FALSE(progress.cancelled());
}

TEST(RecordGraph, KeepsThatItWasCancelled) {
  for (const Case& one : cases()) {
    Progress progress;
    progress.cancel();
    EXPECT_TRUE(recordGraph(*one.machine, one.program, 2, progress).timing.cancelled);
    EXPECT_TRUE(progress.cancelled());
  }
}

/// Is satisfied once one instruction has left, and cancels in the same moment, as a user may.
class LeavesWithTheFirst final : public GraphRecorder {
 public:
  LeavesWithTheFirst(const Machine& machine, Progress& progress)
      : GraphRecorder(machine, 1), progress_(progress) {}
  void leaves(Cycles now, const reference::Instruction& instruction) override {
    GraphRecorder::leaves(now, instruction);
    if (satisfied()) progress_.cancel();
  }

 private:
  Progress& progress_;
};

TEST(RecordGraph, AStopAtTheEndOfTheWindowIsNotLost) {
  int stopped = 0;
  for (const Case& one : cases()) {
    Progress progress;
    LeavesWithTheFirst recorder(*one.machine, progress);
    const Timing timing = simulateObserved(*one.machine, one.program, {}, recorder, progress);
    EXPECT_LT(timing.instructions, one.timing.instructions);
    stopped += progress.cancelled();
  }
  EXPECT_GT(stopped, 0);
}

}  // namespace
}  // namespace taktwerk::test
