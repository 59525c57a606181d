// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/access_analysis.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/machine_from_text.h"
#include "tests/support/random.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

std::shared_ptr<const Machine> oneMemory() {
  return test::machineFromText(R"(
format: taktwerk-architecture/1
name: one memory
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [move]}
  mem: {class: SRAM}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, lsu]
  - reads: [lsu, mem]
  - writes: [lsu, mem]
)");
}

/// Every address that each execution of one access begins at.
struct Executed {
  bool write = false;
  Words words = 1;
  std::vector<Words> firsts;
};

bool overlap(const Executed& a, const Executed& b, bool same) {
  for (std::size_t i = 0; i < a.firsts.size(); ++i) {
    for (std::size_t k = 0; k < b.firsts.size(); ++k) {
      if (same && i == k) continue;
      if (a.firsts[i] < b.firsts[k] + b.words && b.firsts[k] < a.firsts[i] + a.words) return true;
    }
  }
  return false;
}

class RandomAccesses {
 public:
  explicit RandomAccesses(std::uint64_t seed) : random_(seed) {}

  Program make(const Machine& machine) {
    ProgramBuilder builder("random");
    machine_ = &machine;
    for (std::int64_t part = random_.between(1, 3); part > 0; --part) {
      const std::int64_t loops = random_.between(0, 2);
      for (std::int64_t k = 0; k < loops; ++k) builder.openLoop(random_.between(1, 4), "v");
      for (std::int64_t step = random_.between(1, 2); step > 0; --step) addAccesses(builder);
      for (std::int64_t k = 0; k < loops; ++k) builder.closeLoop();
    }
    return std::move(builder).finish();
  }

 private:
  /// As the elements of an array access: bases in a grid, most often.
  void addAccesses(ProgramBuilder& builder) {
    const bool write = random_.between(0, 1) == 0;
    const Words words = random_.between(1, 2);
    const std::size_t depth = builder.depth();
    std::vector<std::int64_t> strides(depth);
    for (std::int64_t& stride : strides) stride = random_.between(-6, 40);
    const std::int64_t inner = random_.between(1, 3), outer = random_.between(1, 2);
    const std::int64_t step = random_.between(0, 7), jump = random_.between(0, 30),
                       base = random_.between(300, 340);
    for (std::int64_t o = 0; o < outer; ++o) {
      for (std::int64_t i = 0; i < inner; ++i) {
        InstructionTemplate instruction;
        instruction.operation = machine_->findOperation("move");
        (write ? instruction.memoryWrites : instruction.memoryReads)
            .push_back({machine_->findMemory("mem"), words});
        std::vector<std::int64_t> affine{base + o * jump + i * step + (random_.between(0, 9) == 0 ? 1 : 0)};
        affine.insert(affine.end(), strides.begin(), strides.end());
        builder.add(std::move(instruction), affine);
      }
    }
  }

  test::Random random_;
  const Machine* machine_ = nullptr;
};

/// By family of the analysis: one access each, in program order.
std::vector<Executed> executionsOf(const Program& program, const engine::AccessAnalysis& analysis) {
  std::vector<Executed> executed;
  for (const engine::AccessFamily& family : analysis.families) {
    executed.push_back({family.write, family.words, {}});
  }
  ProgramWalker walker(program);
  while (walker.next()) {
    const auto step = static_cast<std::size_t>(&walker.step() - program.steps.data());
    executed[analysis.firstFamily[step]].firsts.push_back(walker.addresses()[0]);
  }
  return executed;
}

TEST(AccessAnalysis, TracksWhatOverlapsAndNothingElse) {
  const auto machine = oneMemory();
  std::int64_t tracked = 0, untracked = 0;
  const int count = test::propertyCount(2000);
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(count); ++seed) {
    SCOPED_TRACE(seed);
    const Program program = RandomAccesses(seed).make(*machine);
    engine::Resolver resolver(*machine);
    const auto prepared = engine::prepare(resolver, program);
    ASSERT_TRUE(prepared);
    const engine::AccessAnalysis analysis = engine::analyseAccesses(resolver, *prepared, program);
    const std::vector<Executed> executed = executionsOf(program, analysis);
    for (std::size_t a = 0; a < executed.size(); ++a) {
      bool expected = false;
      for (std::size_t b = 0; b < executed.size() && !expected; ++b) {
        if (executed[a].write || executed[b].write) expected = overlap(executed[a], executed[b], a == b);
      }
      EXPECT_EQ(analysis.families[a].treatment.tracked, expected) << "access " << a;
      ++(expected ? tracked : untracked);
    }
    if (HasFailure()) break;
  }
  EXPECT_GT(tracked, count / 4);
  EXPECT_GT(untracked, count / 4);
}

/// A loop around loads and stores of the addresses, all of which a trip moves by `stride`.
Program accessing(const Machine& machine, const std::vector<Words>& loads, const std::vector<Words>& stores,
                  std::int64_t stride) {
  ProgramBuilder builder("accesses");
  builder.openLoop(3, "i");
  const auto add = [&](const std::vector<Words>& addresses, bool write) {
    for (const Words address : addresses) {
      InstructionTemplate instruction;
      instruction.operation = machine.findOperation("move");
      (write ? instruction.memoryWrites : instruction.memoryReads).push_back({machine.findMemory("mem"), 1});
      builder.add(std::move(instruction), std::vector<std::int64_t>{address, stride});
    }
  };
  add(loads, false);
  add(stores, true);
  builder.closeLoop();
  return std::move(builder).finish();
}

engine::AccessAnalysis analysed(const Machine& machine, const Program& program,
                                std::int64_t effort = 50'000'000) {
  engine::Resolver resolver(machine);
  const auto prepared = engine::prepare(resolver, program);
  EXPECT_TRUE(prepared);
  return engine::analyseAccesses(resolver, *prepared, program, effort);
}

std::int64_t trackedOf(const engine::AccessAnalysis& analysis) {
  return std::count_if(analysis.families.begin(), analysis.families.end(),
                       [](const engine::AccessFamily& family) { return family.treatment.tracked; });
}

std::vector<Words> addresses(std::int64_t count, Words first, Words step) {
  std::vector<Words> result;
  for (std::int64_t k = 0; k < count; ++k) result.push_back(first + step * k);
  return result;
}

TEST(AccessAnalysis, AnAddressAccessedAgainAndAgainIsLookedAtOnce) {
  const auto machine = oneMemory();
  for (const std::int64_t count : {100, 100'000}) {
    const std::vector<Words> same = addresses(count, 7, 0);
    const engine::AccessAnalysis written = analysed(*machine, accessing(*machine, same, same, 0));
    EXPECT_EQ(trackedOf(written), 2 * count);
    EXPECT_LE(written.effort, 20);
    const engine::AccessAnalysis read = analysed(*machine, accessing(*machine, same, {}, 0));
    EXPECT_EQ(trackedOf(read), 0);
    EXPECT_LE(read.effort, 20);
  }
}

TEST(AccessAnalysis, TheEffortForGridsThatMeetGrowsWithTheirMembers) {
  const auto machine = oneMemory();
  for (const std::int64_t count : {100, 10'000}) {
    const std::vector<Words> all = addresses(count, 0, 1), half = addresses(count / 2, 1, 2);
    // Loads and stores of the same addresses; stores of every other address; stores that meet each other.
    for (const auto& [stores, stride, met] :
         {std::tuple{all, Words{0}, 2 * count}, {half, 0, count}, {all, 1, 2 * count}}) {
      const engine::AccessAnalysis found = analysed(*machine, accessing(*machine, all, stores, stride));
      EXPECT_EQ(trackedOf(found), met);
      EXPECT_GE(found.effort, 2);
      EXPECT_LE(found.effort, 16 * count) << "stride " << stride;
    }
  }
}

TEST(AccessAnalysis, AddressesInNoOrderAreComparedWithTheirNeighboursOnly) {
  const auto machine = oneMemory();
  for (const std::int64_t count : {100, 10'000}) {
    test::Random random(1);
    std::vector<Words> loads, stores;
    for (std::int64_t k = 0; k < count; ++k) {
      loads.push_back(random.between(0, 50 * count));
      stores.push_back(random.between(0, 50 * count));
    }
    for (const auto& read : {loads, addresses(count, 0, 50)}) {
      const engine::AccessAnalysis found = analysed(*machine, accessing(*machine, read, stores, 1));
      EXPECT_GT(trackedOf(found), 0);
      EXPECT_LT(trackedOf(found), 2 * count);
      EXPECT_LE(found.effort, 60 * count);
    }
  }
}

TEST(AccessAnalysis, WhereTheEffortEndsEverythingIsTracked) {
  const auto machine = oneMemory();
  const Program program = accessing(*machine, addresses(1000, 0, 3), addresses(1000, 1, 3), 3000);
  const engine::AccessAnalysis whole = analysed(*machine, program);
  EXPECT_EQ(trackedOf(whole), 0);
  const engine::AccessAnalysis cut = analysed(*machine, program, whole.effort - 1);
  EXPECT_EQ(trackedOf(cut), 2000);
  EXPECT_LE(cut.effort, whole.effort);
}

}  // namespace
}  // namespace taktwerk
