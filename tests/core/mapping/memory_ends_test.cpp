// SPDX-License-Identifier: GPL-3.0-or-later
//
// With which ends of a memory a program is the same: what mapping says of it holds, at each end.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/mapping/mapping.h"
#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// Memory dmem of words [10, end), all without an end, parameter p.
std::shared_ptr<const Machine> machineTo(std::int64_t end) {
  static const Architecture architecture = valueOf(parseArchitecture(R"(
format: taktwerk-architecture/1
name: ending
parameters:
  p: {default: 3, minimum: 0, maximum: 100, description: a number}
  end: {default: 100, minimum: 11, maximum: 100000, description: the end of dmem}
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load, store]}
  regs: {class: RegisterFile, registers: [r0]}
  dmem: {class: SRAM, address_ranges: [[10, end]]}
  all: {class: SRAM}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, lsu]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
  - reads: [lsu, all]
  - writes: [lsu, all]
)",
                                                                     "ending.arch.yaml"));
  return machineFrom(architecture, {{"end", end}});
}

struct Mapped {
  Result<MappedProgram> result;
  MemoryEnds ends;
};

Mapped mapOn(const Machine& machine, const Mapping& mapping) {
  const Network network = denseNetwork();
  Mapped mapped;
  mapped.result =
      Mapper(mapping, machine)
          .map(network, match(mapping, machine, network, LayerId{0}).layers, {}, nullptr, &mapped.ends);
  return mapped;
}

/// Program, choices and messages in words.
std::string inWords(const Mapped& mapped, const Machine& machine) {
  std::string words = text(mapped.result.diagnostics);
  if (!mapped.result) return words;
  for (const std::string& line : unrolled(mapped.result->program, machine)) words += line + '\n';
  for (const auto& [name, value] : mapped.result->tunables)
    words += name + '=' + std::to_string(value) + '\n';
  for (const auto& [name, value] : mapped.result->adapted) words += name + " adapted\n";
  return words;
}

void expectToHoldAtEachEnd(const std::string& mappingText, int leastKinds) {
  const Mapping mapping = valueOf(parseMapping(denseMapping(mappingText), "m.yaml"));
  constexpr std::int64_t first = 11, last = 260;
  std::vector<std::shared_ptr<const Machine>> machines;
  std::vector<Mapped> all;
  for (std::int64_t end = first; end <= last; ++end) {
    machines.push_back(machineTo(end));
    all.push_back(mapOn(*machines.back(), mapping));
    EXPECT_TRUE(all.back().ends.hold(*machines.back())) << end;
  }
  std::vector<MemoryEnds> kinds;
  for (std::size_t a = 0; a < all.size(); ++a) {
    if (std::find(kinds.begin(), kinds.end(), all[a].ends) == kinds.end()) kinds.push_back(all[a].ends);
    for (std::size_t b = 0; b < all.size(); ++b) {
      if (!all[a].ends.hold(*machines[b])) continue;
      ASSERT_EQ(inWords(all[a], *machines[a]), inWords(all[b], *machines[b])) << a << ' ' << b;
      ASSERT_EQ(all[a].ends, all[b].ends) << a << ' ' << b;
    }
  }
  EXPECT_GE(std::ssize(kinds), leastKinds);
  EXPECT_LT(kinds.size(), all.size()) << "no end shares anything with another";
}

constexpr const char* program = R"(
program:
  - tile: k
    in: K
    by: tile_k
    do:
      - load regs.r0 <- input[0, 0]
      - load regs.r0 <- weight[k, 0]
      - store tile[0] <- regs.r0
      - store output[0, k] words k.length <- regs.r0
)";

constexpr const char* tensors = R"(
tensors:
  input: {memory: all}
  weight: {memory: all}
  output: {memory: all}
)";

TEST(MemoryEnds, HoldWhereTilesAdapt) {
  expectToHoldAtEachEnd(std::string("tunables:\n  tile_k: {default: 4, values: [1, 2, 4, 8, 16]}\n"
                                    "  deep: {default: 2, values: [1, 2, 3]}\n") +
                            tensors +
                            "buffers:\n  tile: {memory: dmem, shape: [tile_k * deep * 10]}\n"
                            "  more: {memory: dmem, shape: [7], align: 4}\n" +
                            program,
                        5);
}

TEST(MemoryEnds, HoldWhereTheBaseIsGiven) {
  expectToHoldAtEachEnd(std::string("tunables:\n  tile_k: {default: 4, values: [1, 2, 4]}\n") + tensors +
                            "buffers:\n  tile: {memory: dmem, base: 5 * tile_k + 6, shape: [tile_k * 30]}\n" +
                            program,
                        4);
}

TEST(MemoryEnds, OfAMemoryThatIsNotUsedAllHold) {
  const Mapping mapping = valueOf(
      parseMapping(denseMapping(std::string("tunables:\n  tile_k: {default: 4, values: [4]}\n") + tensors +
                                "buffers:\n  tile: {memory: all, shape: [tile_k * 30]}\n" + program),
                   "m.yaml"));
  const Mapped mapped = mapOn(*machineTo(20), mapping);
  ASSERT_TRUE(mapped.result) << text(mapped.result.diagnostics);
  EXPECT_TRUE(mapped.ends.hold(*machineTo(11)));
  EXPECT_TRUE(mapped.ends.hold(*machineTo(100'000)));
}

TEST(ConditionParameters, AreThoseThatConditionsRestOn) {
  const Mapping mapping = valueOf(parseMapping(denseMapping(R"(
requires:
  - {condition: inner < 100, reason: too long}
  - {condition: "words(weight) < arch.m and grown.g > 0", reason: too large}
tunables:
  tile_k: {default: arch.t, values: [1, arch.u]}
values:
  wide: arch.a + 1
  inner: C * wide
  unused: arch.b + K
  grown: {begin: {g: arch.c}, while: grown.g < arch.d, next: {g: grown.g + arch.e}}
tensors:
  input: {memory: all, base: arch.x}
  weight: {memory: all, pack: arch.w}
  output: {memory: all}
program:
  - store output[0, 0] words arch.n <- regs.r0
)"),
                                               "m.yaml"));
  for (const char* name : {"a", "c", "d", "e", "m", "t", "u", "w"}) {
    const auto& names = conditionParameterNames(mapping);
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
  for (const char* name : {"b", "n", "x"}) {
    const auto& names = conditionParameterNames(mapping);
    EXPECT_EQ(std::find(names.begin(), names.end(), name), names.end()) << name;
    const auto& all = parameterNames(mapping);
    EXPECT_NE(std::find(all.begin(), all.end(), name), all.end()) << name;
  }
}

}  // namespace
}  // namespace taktwerk
