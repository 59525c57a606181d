// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/elaborate.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"
#include "tests/support/named.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using test::sound;
using test::with;

std::shared_ptr<const Machine> machineOf(const std::string& text, const ParameterValues& overrides = {}) {
  const Result<Architecture> a = parseArchitecture(text, "f");
  EXPECT_TRUE(a) << test::problems(a.diagnostics);
  Result<std::shared_ptr<const Machine>> m = elaborate(*a, overrides);
  EXPECT_TRUE(m) << test::problems(m.diagnostics);
  return m ? *m : std::make_shared<const Machine>();
}

TEST(Elaborate, FoldsTheFetchOfInstructions) {
  const auto m = machineOf(sound);
  EXPECT_EQ(m->name, "sound");
  EXPECT_EQ(m->fetch.width, 2U);
  EXPECT_EQ(m->fetch.bufferSize, 4U);
  EXPECT_EQ(m->fetch.duration, 1);
  EXPECT_FALSE(m->fetch.inOrder);
  EXPECT_EQ(m->stages[m->fetch.stage.index()].name, "fetch");
  EXPECT_EQ(m->units.size(), 2U) << "without the instruction memory's access unit";
  ASSERT_EQ(m->memories.size(), 1U) << "without the instruction memory";
  EXPECT_EQ(m->memories[0].name, "dmem");
}

TEST(Elaborate, FetchCountsTheGroupAsTheAccess) {
  std::string text =
      with(sound, "read_latency: 1, port_width: 2", "read_latency: 3 * words + 10 * beats, port_width: 2");
  text = with(text, "{class: InstructionMemoryAccessUnit}",
              "{class: InstructionMemoryAccessUnit, latency: rows}");
  EXPECT_EQ(machineOf(text)->fetch.duration, 3 * 2 + 10 + 4);
}

TEST(Elaborate, KeepsTheOrderOfTheFile) {
  const auto m = machineOf(sound);
  ASSERT_EQ(m->stages.size(), 3U);
  EXPECT_EQ(m->stages[0].name, "fetch");
  EXPECT_EQ(m->stages[1].name, "decode");
  EXPECT_EQ(m->stages[2].name, "execute");
  EXPECT_EQ(m->stages[0].kind, StageKind::Fetch);
  EXPECT_EQ(m->stages[1].kind, StageKind::Pipeline);
  EXPECT_EQ(m->stages[2].kind, StageKind::Execute);
  EXPECT_EQ(m->stages[0].capacity, 4U);
  EXPECT_EQ(m->stages[0].next, std::vector<StageId>{StageId{1}});
  EXPECT_EQ(m->stages[2].units, (std::vector<UnitId>{UnitId{0}, UnitId{1}}));
  EXPECT_EQ(m->units[1].stage, StageId{2});
  EXPECT_EQ(m->objectNames, (std::vector<std::string>{"imem", "imau", "fetch", "decode", "execute", "alu",
                                                      "lsu", "regs", "dmem"}));
  EXPECT_EQ(m->units[0].object, 5U);
  EXPECT_EQ(m->memories[0].object, 8U);
}

TEST(Elaborate, FirstDeclaredMeansByConnections) {
  std::string text = with(sound, "  - contains: [execute, alu]\n  - contains: [execute, lsu]\n",
                          "  - contains: [execute, lsu]\n  - contains: [execute, alu]\n");
  EXPECT_EQ(machineOf(text)->stages[2].units, (std::vector<UnitId>{UnitId{1}, UnitId{0}}));
}

TEST(Elaborate, ConnectsUnitsWithStorage) {
  const auto m = machineOf(sound);
  EXPECT_EQ(m->units[0].readsRegisters, std::vector<RegisterFileId>{RegisterFileId{0}});
  EXPECT_EQ(m->units[0].writesRegisters, std::vector<RegisterFileId>{RegisterFileId{0}});
  EXPECT_TRUE(m->units[0].readsMemories.empty());
  EXPECT_EQ(m->units[1].readsMemories, std::vector<MemoryId>{MemoryId{0}});
  EXPECT_EQ(m->units[1].writesMemories, std::vector<MemoryId>{MemoryId{0}});
  EXPECT_FALSE(m->units[0].accessesMemory);
  EXPECT_TRUE(m->units[1].accessesMemory);
}

TEST(Elaborate, AppliesTheDefaultsOfTheTimingRules) {
  const std::string text = with(sound, "  dmem: {class: SRAM, read_latency: 3}\n",
                                "  dmem: {class: Memory}\n  dram: {class: DRAM}\n  "
                                "l1: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8}\n") +
                           "  - reads: [lsu, l1]\n  - reads: [l1, dram]\n  - writes: [l1, dram]\n";
  const auto m = machineOf(text);
  const Unit& alu = m->units[0];
  EXPECT_FALSE(alu.initiationInterval);
  EXPECT_FALSE(alu.maxInFlight);
  const Unit& lsu = m->units[1];
  EXPECT_EQ(lsu.latency.constant, 1);
  EXPECT_EQ(lsu.computeLatency.constant, 0);
  EXPECT_EQ(lsu.release, Release::Completion);
  EXPECT_FALSE(lsu.burstWords);
  EXPECT_FALSE(lsu.streaming);
  EXPECT_EQ(m->registerFiles[0].depth, 1U);
  const Memory& memory = m->memories[0];
  EXPECT_EQ(memory.kind, MemoryKind::Sram);
  EXPECT_EQ(memory.readLatency.constant, 1);
  EXPECT_EQ(memory.writeLatency.constant, 1);
  EXPECT_EQ(memory.portWidth, 1);
  EXPECT_EQ(memory.beatInterval, 1);
  EXPECT_EQ(memory.maxConcurrentRequests, 1);
  EXPECT_FALSE(memory.readWritePorts);
  EXPECT_EQ(memory.banks, 1);
  EXPECT_EQ(memory.interleaveWords, 1);
  EXPECT_TRUE(memory.addressRanges.empty());
  const Memory& dram = m->memories[1];
  EXPECT_EQ(dram.kind, MemoryKind::Dram);
  EXPECT_EQ(dram.rowWords, 1024);
  EXPECT_EQ(dram.tCas, 0);
  const Memory& cache = m->memories[2];
  EXPECT_EQ(cache.kind, MemoryKind::Cache);
  EXPECT_EQ(cache.replacement, Replacement::Lru);
  EXPECT_FALSE(cache.writeThrough);
  EXPECT_TRUE(cache.writeAllocate);
  EXPECT_EQ(cache.backing, MemoryId{1});
  EXPECT_EQ(cache.root, MemoryId{1});
  EXPECT_EQ(dram.root, MemoryId{1});
}

TEST(Elaborate, ReadsEveryAttribute) {
  std::string text =
      with(sound, "issue_buffer_size: 4", "issue_buffer_size: 6, latency: 5, issue_order: in_order");
  text = with(text, "PipelineStage, latency: 1", "PipelineStage, latency: 0, capacity: 7");
  text = with(text, "latency: 2}",
              "latency: 9, initiation_interval: 2, max_in_flight: 3, result_latency: {regs: 4}}");
  text = with(text, "[load, store]}",
              "[load, store], latency: 2, release: interval, compute_latency: k + rows, burst_words: 8, "
              "streaming: true}");
  text = with(text, "[r0, r1]", "[\"w[rows]\", x], depth: 3, data_width: 16");
  text = with(text, "{class: SRAM, read_latency: 3}",
              "{class: SRAM, read_latency: words + 1, write_latency: 4, port_width: 2, beat_interval: 0, "
              "max_concurrent_requests: 5, read_write_ports: 6, banks: 7, interleave_words: 8, "
              "address_ranges: [[32, 64], [0, 16]], data_width: 8}");
  const auto m = machineOf(text);
  EXPECT_TRUE(m->fetch.inOrder);
  EXPECT_EQ(m->stages[0].latency, 5);
  EXPECT_EQ(m->stages[1].latency, 0);
  EXPECT_EQ(m->stages[1].capacity, 7U);
  const Unit& alu = m->units[0];
  EXPECT_EQ(alu.latency.constant, 9);
  EXPECT_EQ(alu.initiationInterval->constant, 2);
  EXPECT_EQ(alu.maxInFlight, 3);
  ASSERT_EQ(alu.resultLatency.size(), 1U);
  EXPECT_EQ(alu.resultLatency[0].first, RegisterFileId{0});
  EXPECT_EQ(alu.resultLatency[0].second.constant, 4);
  const Unit& lsu = m->units[1];
  EXPECT_EQ(lsu.release, Release::Interval);
  EXPECT_EQ(lsu.burstWords, 8);
  EXPECT_TRUE(lsu.streaming);
  const auto k = [](std::string_view name) -> std::optional<Rational> {
    return name == "k" ? std::optional(Rational(10)) : std::nullopt;
  };
  EXPECT_EQ(std::get<Cycles>(lsu.computeLatency.evaluate(k)), 14);
  const RegisterFile& regs = m->registerFiles[0];
  EXPECT_EQ(regs.registers, (std::vector<std::string>{"w[0]", "w[1]", "w[2]", "w[3]", "x"}));
  EXPECT_EQ(regs.depth, 3U);
  EXPECT_EQ(regs.dataWidth, 16U);
  EXPECT_EQ(test::registerNamed(*m, "regs.w[2]"), RegisterId{2});
  const Memory& memory = m->memories[0];
  const auto words = [](std::string_view name) -> std::optional<Rational> {
    return name == "words" ? std::optional(Rational(6)) : std::nullopt;
  };
  EXPECT_EQ(std::get<Cycles>(memory.readLatency.evaluate(words)), 7);
  EXPECT_EQ(memory.writeLatency.constant, 4);
  EXPECT_EQ(memory.portWidth, 2);
  EXPECT_EQ(memory.beatInterval, 0);
  EXPECT_EQ(memory.maxConcurrentRequests, 5);
  EXPECT_EQ(memory.readWritePorts, 6);
  EXPECT_EQ(memory.banks, 7);
  EXPECT_EQ(memory.interleaveWords, 8);
  EXPECT_EQ(memory.dataWidth, 8U);
  EXPECT_EQ(memory.addressRanges, (std::vector<std::pair<Words, Words>>{{0, 16}, {32, 64}}));
}

TEST(Elaborate, ParametersDecideAndFoldToConstants) {
  const std::string text = with(sound, "latency: 2}", "latency: \"if(rows > 2, rows * 3, k)\"}");
  EXPECT_FALSE(machineOf(with(text, ", k)", ", 1)"))->units[0].latency.expression)
      << "no immediates: a constant";
  EXPECT_EQ(machineOf(with(text, ", k)", ", 1)"), {{"rows", 7}})->units[0].latency.constant, 21);
  const auto m = machineOf(text, {{"rows", 1}});
  ASSERT_TRUE(m->units[0].latency.expression);
  const auto k = [](std::string_view) -> std::optional<Rational> { return Rational(33); };
  EXPECT_EQ(std::get<Cycles>(m->units[0].latency.evaluate(k)), 33);
  EXPECT_EQ(m->parameters.at("rows"), 1);
}

TEST(Elaborate, NumbersRegistersThroughAllFiles) {
  const std::string text = with(sound, "connections:\n",
                                "  more: {class: RegisterFile, registers: [\"a[2][2]\"]}\nconnections:\n") +
                           "  - reads: [alu, more]\n";
  const auto m = machineOf(text);
  EXPECT_EQ(m->registerCount(), 6U);
  EXPECT_EQ(m->registerFiles[1].firstRegister, 2U);
  EXPECT_EQ(test::registerNamed(*m, "more.a[1][0]"), RegisterId{4});
  EXPECT_EQ(m->registerName(RegisterId{5}), "more.a[1][1]");
}

TEST(Elaborate, OperationsAreSharedByName) {
  const auto m = machineOf(with(sound, "[add]", "[add, load]"));
  EXPECT_EQ(m->operations, (std::vector<std::string>{"add", "load", "store"}));
  EXPECT_EQ(m->units[1].operations, (std::vector<OperationId>{OperationId{1}, OperationId{2}}));
}

TEST(Elaborate, TakesEveryVectorAndBundledArchitecture) {
  namespace fs = std::filesystem;
  int files = 0;
  for (const char* folder : {"archs", "tests/data/vectors"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(taktwerk::sourceDirectory()) / folder)) {
      if (!entry.path().string().ends_with(".arch.yaml")) continue;
      const Result<Architecture> a = readArchitecture(entry.path());
      ASSERT_TRUE(a);
      const Result<std::shared_ptr<const Machine>> m = elaborate(*a);
      EXPECT_TRUE(m) << entry.path() << '\n' << test::problems(m.diagnostics);
      ++files;
    }
  }
  EXPECT_GE(files, 121);
}

TEST(Elaborate, TenThousandObjectsAreNoTrouble) {
  std::string objects, connections;
  std::string previous = "execute";
  for (int i = 0; i < 3000; ++i) {
    const std::string n = "pe[" + std::to_string(i / 50) + "][" + std::to_string(i % 50) + "]";
    objects += "  " + n + ".stage: {class: ExecuteStage}\n  " + n +
               ".alu: {class: FunctionalUnit, operations: [mac], latency: rows + 1}\n  " + n +
               ".regs: {class: RegisterFile, registers: [acc, w, x]}\n";
    connections += "  - forward: [decode, \"" + n + ".stage\"]\n  - contains: [\"" + n + ".stage\", \"" + n +
                   ".alu\"]\n  - reads: [\"" + n + ".alu\", \"" + n + ".regs\"]\n  - writes: [\"" + n +
                   ".alu\", \"" + n + ".regs\"]\n";
  }
  const auto m = machineOf(with(sound, "connections:\n", objects + "connections:\n") + connections);
  EXPECT_EQ(m->units.size(), 3002U);
  EXPECT_EQ(m->registerCount(), 9002U);
  EXPECT_EQ(test::unitNamed(*m, "pe[59][49].alu"), UnitId{3001});
  EXPECT_EQ(m->registerName(test::registerNamed(*m, "pe[7][8].regs.w")), "pe[7][8].regs.w");
}

}  // namespace
}  // namespace taktwerk
