// SPDX-License-Identifier: GPL-3.0-or-later
// Windows far into programs, reached by leaving out what repeats, against those cut from the graph of all.
#include <iostream>
#include <numeric>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/graph_window.h"
#include "core/graph/recorder.h"
#include "core/network/network_file.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

constexpr std::int64_t everything = std::int64_t{1} << 60;

std::string describe(const GraphNode& n) {
  std::ostringstream text;
  text << n.instruction << ' ' << toString(n.kind) << ' ' << n.object << ' ' << n.enter << '-' << n.leave
       << " @" << n.address << '+' << n.words << (n.write ? " w" : "");
  return text.str();
}
std::string describe(const GraphEdge& e) {
  std::ostringstream text;
  text << e.from << "->" << e.to << ' ' << toString(e.kind) << ' ' << e.duration << ' ' << e.object << " of "
       << e.instruction << " detail " << static_cast<int>(e.detail) << (e.fetching ? " fetching" : "")
       << (e.binding ? " binding" : "") << (e.critical ? " critical" : "");
  return text.str();
}
std::string describe(const DependencyGraph& graph) {
  std::ostringstream text;
  for (const GraphNode& node : graph.nodes) text << describe(node) << '\n';
  for (const GraphEdge& edge : graph.edges) text << describe(edge) << '\n';
  text << "last " << graph.last << ' ' << graph.lastDuration << ' ' << graph.lastObject << ", "
       << graph.cycles << " cycles\n";
  return text.str();
}

struct Expected {
  DependencyGraph graph;
  Breakdown criticalPath;
};

Expected cutFromAll(const Machine& machine, const Program& program, const InstructionWindow& window) {
  Progress progress;
  RecordedGraph recorded = recordGraph(machine, program, window.end, progress);
  Expected result;
  for (const PathPart& part : markCriticalPath(recorded.graph))
    result.criticalPath[part.cause] += part.duration;
  result.graph = windowOf(recorded.graph, window.first, window.end);
  return result;
}

/// Whether anything was left out.
bool compare(const std::shared_ptr<const Machine>& machine, const Program& program,
             const InstructionWindow& window) {
  Progress progress;
  const auto made = graphWindowOf(machine, program, window, progress);
  EXPECT_TRUE(made);
  if (!made) return false;
  const Expected expected = cutFromAll(*machine, program, window);
  EXPECT_EQ(describe(made->graph), describe(expected.graph));
  EXPECT_EQ(made->criticalPath, expected.criticalPath);
  return made->leftOut > 0;
}

TEST(FarWindow, OfRandomLoopProgramsEqualsTheOneCutFromTheGraphOfAll) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 3'000;
  int windows = 0, shortened = 0;
  for (int i = 0; i < propertyCount(100); ++i) {
    const std::uint64_t seed = 16'000'000 + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    const std::int64_t all = sizeOf(*program).instructions;
    Progress progress;
    if (all < 300 || !recordGraph(*machine, *program, everything, progress).timing.ok()) continue;
    for (const InstructionWindow& window :
         {InstructionWindow{all / 2, all / 2 + 7}, InstructionWindow{all - 12, all - 2},
          InstructionWindow{all - 3, all}, InstructionWindow{all / 3, all / 3 + 40}}) {
      ++windows;
      if (compare(machine, *program, window)) ++shortened;
      if (HasFailure()) {
        std::ostringstream text;
        text << "seed " << seed << ", instructions " << window.first << " to " << window.end - 1 << '\n'
             << one.architecture.text() << one.program.text();
        FAIL() << text.str();
      }
    }
  }
  std::cout << windows << " windows, " << shortened << " of them with something left out\n";
  EXPECT_GT(shortened, windows / 4);
}

TEST(FarWindow, OfANestIsTheSameAtEveryLevelOfIt) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  // oc = 1, k = 1000, i = 3; the end of k; the beginning of oc = 2; the last instructions of all
  for (const InstructionWindow& window :
       {InstructionWindow{2 + 32'000 + 16'000 + 10, 2 + 32'000 + 16'000 + 16},
        InstructionWindow{63'980, 64'002}, InstructionWindow{64'000, 64'040},
        InstructionWindow{95'990, 96'002}}) {
    EXPECT_TRUE(compare(machine, program, window)) << window.first;
  }
}

struct Pair {
  const char* architecture;
  const char* network;
};

class ShippedFarWindow : public testing::TestWithParam<Pair> {};

TEST_P(ShippedFarWindow, EqualsTheOneCutFromTheGraphOfAll) {
  StudyMemory memory;
  StudyFiles files;
  const std::string name = GetParam().architecture;
  files.architecture = sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
  files.network = sourceDirectory() + "/resources/networks/" + GetParam().network + ".network.yaml";
  Progress progress;
  const Study study = *readStudy(files, memory);
  int windows = 0, shortened = 0;
  const Network network = *readNetwork(files.network);
  for (const Layer& layer : network.layers) {
    const auto found = programOf(study, layer.name, memory, progress);
    if (!found || !found->program) continue;
    const std::int64_t all = sizeOf(*found->program).instructions;
    if (all < 300 || all > 20'000 || windows >= 12) continue;
    SCOPED_TRACE(name + ' ' + layer.name);
    for (const InstructionWindow& window :
         {InstructionWindow{all / 2, all / 2 + 9}, InstructionWindow{all - 20, all - 5}}) {
      ++windows;
      if (compare(found->machine, *found->program, window)) ++shortened;
    }
    if (HasFailure()) return;
  }
  std::cout << windows << " windows, " << shortened << " with something left out\n";
  EXPECT_GT(shortened, 0);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedFarWindow,
                         testing::Values(Pair{"one-mac", "tc-resnet8"}, Pair{"systolic-array", "tc-resnet8"},
                                         Pair{"gemmini", "resnet-18"}, Pair{"nvdla-like", "resnet-18"},
                                         Pair{"tpu-like", "alexnet"}, Pair{"plasticine-derived", "mlp"}),
                         [](const auto& parameter) {
                           std::string name = parameter.param.architecture;
                           std::erase(name, '-');
                           return name;
                         });

/// `trips` iterations of a body that loads, adds eight times and stores, around a loop of four trips.
Program longLoop(const Machine& machine, std::int64_t trips) {
  const auto operation = [&](const char* name) {
    InstructionTemplate instruction;
    instruction.operation = machine.findOperation(name);
    return instruction;
  };
  InstructionTemplate load = operation("load");
  load.writes = {registerNamed(machine, "regs.r0")};
  load.memoryReads = {{machine.findMemory("dmem"), 4}};
  InstructionTemplate add = operation("add");
  add.writes = {registerNamed(machine, "regs.r1")};
  add.reads = {registerNamed(machine, "regs.r0"), registerNamed(machine, "regs.r1")};
  InstructionTemplate store = operation("store");
  store.reads = {registerNamed(machine, "regs.r1")};
  store.memoryWrites = {{machine.findMemory("dmem"), 2}};
  ProgramBuilder builder("long", "long.mapping.yaml");
  builder.openLoop(trips, "n");
  builder.add(load, std::vector<std::int64_t>{0, 4});
  builder.openLoop(4, "m");
  for (int i = 0; i < 8; ++i) builder.add(add, {});
  builder.closeLoop();
  builder.add(store, std::vector<std::int64_t>{40'000'000, 2});
  builder.closeLoop();
  return std::move(builder).finish();
}

GraphWindow iterationOf(const Program& program, const std::shared_ptr<const Machine>& machine,
                        std::int64_t n) {
  Progress progress;
  auto made = graphWindowOf(machine, program, {34 * n, 34 * (n + 1)}, progress);
  EXPECT_TRUE(made);
  return made ? std::move(*made) : GraphWindow{};
}

TEST(FarWindow, AtIterationOneMillionCostsAtMostTwiceThatAtIterationTen) {
  const auto machine = twoLanes();
  const Program program = longLoop(*machine, 2'000'000);
  const GraphWindow near = iterationOf(program, machine, 10), far = iterationOf(program, machine, 1'000'000),
                    last = iterationOf(program, machine, 1'999'999);
  std::cout << near.simulated << " instructions for iteration 10, " << far.simulated << " for 1,000,000, "
            << last.simulated << " for the last\n";
  EXPECT_LE(far.simulated, 2 * near.simulated);
  EXPECT_LE(last.simulated, 2 * near.simulated);
  // The same but for where it is.
  ASSERT_EQ(far.graph.nodes.size(), near.graph.nodes.size());
  const Cycles later = far.graph.nodes[0].enter - near.graph.nodes[0].enter;
  for (std::size_t n = 0; n < far.graph.nodes.size(); ++n) {
    EXPECT_EQ(far.graph.nodes[n].enter, near.graph.nodes[n].enter + later);
    EXPECT_EQ(far.graph.nodes[n].instruction, near.graph.nodes[n].instruction + 33'999'660);
  }
  Cycles sum = 0;
  for (const auto& [cause, cycles] : far.criticalPath) sum += cycles;
  EXPECT_EQ(sum, far.graph.cycles);
  EXPECT_EQ(far.operations.at(34'000'000), "load");
}

TEST(FarWindow, ThatNothingProvesIsRefusedWithTheReason) {
  const auto machine = twoLanes();
  Progress progress;
  ProgramBuilder flat("flat", "flat.trace.jsonl");
  InstructionTemplate wait;
  wait.operation = machine->findOperation("wait");
  for (int i = 0; i < 300; ++i) flat.add(wait, {});
  const auto made = graphWindowOf(machine, std::move(flat).finish(), {250, 260}, progress, {100});
  ASSERT_EQ(made.diagnostics.size(), 1U);
  EXPECT_EQ(made.diagnostics[0].code, "E0009");
  EXPECT_EQ(
      made.diagnostics[0].message,
      "the window lies behind 260 instructions that would have to be timed one by one, more than 100: the "
      "program has no loops");
}

TEST(FarWindow, WhatIsUnderWayWhereIterationsAreLeftOutHasTheAddressesOfThose) {
  const auto machine = machineFromText(R"(
format: taktwerk-architecture/1
name: Slow writes
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  move: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load, store], release: interval}
  regs: {class: RegisterFile, registers: [r0, r1], data_width: 32}
  dmem: {class: SRAM, write_latency: 9, max_concurrent_requests: 4}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, move]
  - contains: [move, lsu]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)");
  InstructionTemplate load, store;
  load.operation = machine->findOperation("load");
  load.writes = {registerNamed(*machine, "regs.r0")};
  load.memoryReads = {{machine->findMemory("dmem"), 1}};
  store.operation = machine->findOperation("store");
  store.reads = {registerNamed(*machine, "regs.r1")};
  store.memoryWrites = {{machine->findMemory("dmem"), 1}};
  ProgramBuilder builder("chain", "chain.mapping.yaml");
  builder.openLoop(5'000, "i");
  builder.add(load, std::vector<std::int64_t>{0, 1});
  builder.add(store, std::vector<std::int64_t>{1, 1});  // what the next iteration loads
  builder.closeLoop();
  const Program program = std::move(builder).finish();
  EXPECT_TRUE(compare(machine, program, {6'000, 6'010}));
  EXPECT_TRUE(compare(machine, program, {9'990, 10'000}));
}

TEST(FarWindow, BehindACacheIsSimulatedAndRefusedBeyondTheReach) {
  const auto machine = machineFromText(R"(
format: taktwerk-architecture/1
name: Cached
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  move: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load]}
  regs: {class: RegisterFile, registers: [r0], data_width: 32}
  cache: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 4}
  dmem: {class: SRAM, read_latency: 3}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, move]
  - contains: [move, lsu]
  - writes: [lsu, regs]
  - reads: [lsu, cache]
  - reads: [cache, dmem]
  - writes: [cache, dmem]
)");
  InstructionTemplate load;
  load.operation = machine->findOperation("load");
  load.writes = {registerNamed(*machine, "regs.r0")};
  load.memoryReads = {{machine->findMemory("cache"), 1}};
  ProgramBuilder builder("cached", "cached.mapping.yaml");
  builder.openLoop(5'000, "i");
  builder.add(load, std::vector<std::int64_t>{0, 3});
  builder.closeLoop();
  const Program program = std::move(builder).finish();
  EXPECT_FALSE(compare(machine, program, {900, 910})) << "nothing may be left out";
  Progress progress;
  const auto refused = graphWindowOf(machine, program, {900, 910}, progress, {500});
  ASSERT_EQ(refused.diagnostics.size(), 1U);
  EXPECT_EQ(refused.diagnostics[0].code, "E0009");
  EXPECT_THAT(refused.diagnostics[0].message, testing::HasSubstr("a cache is accessed"));
}

}  // namespace
}  // namespace taktwerk::test
