// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/mapping/mapping_document.h"
#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

constexpr const char* good = R"(format: taktwerk-mapping/1
name: example
description: for tests
takes: dense
requires:
  - {condition: N == 2, reason: two at a time}
tunables:
  tile: {default: 2, values: [1, 2]}
values:
  half: K // 2
tensors:
  input: {memory: all, halo: {C: [1, 1]}}
buffers:
  row: {memory: all, shape: [4], copies: 2}
overlap: next
program:
  - tile: k
    in: K
    by: tile
    as: kt
    do:
      - load regs.r0 <- input[0, 1]
      - {op: mac, read: [regs.r0, "regs.r{k % 2}"], write: regs.r1, load: "row[0, i] for i in 2", immediates: {n: half}, unit: lsu, when: kt > 0}
  - when: half > 2
    do:
      - nop
)";

TEST(MappingFile, ReadsBothWaysToWriteAnInstruction) {
  const Mapping mapping = valueOf(parseMapping(good, "m.yaml"));
  EXPECT_EQ(mapping.name, "example");
  EXPECT_TRUE(mapping.document->overlapNext);
  const auto mapped = mapFirst(good, denseNetwork(), *smallMachine());
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_TRUE(mapped->overlapNext);
  const auto lines = unrolled(mapped->program, *smallMachine());
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "load >regs.r0 <all[2]", "load >regs.r0 <all[2]",
                       "mac <regs.r0 <regs.r0 >regs.r1 <all[14] <all[15] n=3 @lsu", "load >regs.r0 <all[2]",
                       "mac <regs.r0 <regs.r0 >regs.r1 <all[14] <all[15] n=3 @lsu", "load >regs.r0 <all[2]",
                       "mac <regs.r0 <regs.r0 >regs.r1 <all[14] <all[15] n=3 @lsu", "nop"}));
}

struct BadCase {
  std::string from, to;
  SourcePosition position;
  std::string message;
};

class BadMapping : public testing::TestWithParam<BadCase> {};

TEST_P(BadMapping, IsReportedWhereItIs) {
  const BadCase& each = GetParam();
  std::string source = good;
  const std::size_t at = source.find(each.from);
  ASSERT_NE(at, std::string::npos);
  source.replace(at, each.from.size(), each.to);
  const auto mapping = parseMapping(source, "m.yaml");
  ASSERT_FALSE(mapping);
  bool found = false;
  for (const Diagnostic& diagnostic : mapping.diagnostics) {
    found = found || (diagnostic.position == each.position &&
                      diagnostic.message.find(each.message) != std::string::npos);
  }
  EXPECT_TRUE(found) << "wanted " << each.position.line << ':' << each.position.column << ' ' << each.message
                     << ", got\n"
                     << text(mapping.diagnostics);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadMapping,
    testing::Values(
        BadCase{"mapping/1", "mapping/7", {1, 9}, "format must be taktwerk-mapping/1"},
        BadCase{"takes: dense", "takes: dens", {4, 8}, "unknown operator \"dens\"; did you mean \"dense\"?"},
        BadCase{"takes: dense\n", "", {1, 1}, "a mapping needs \"takes\""},
        BadCase{"takes: dense", "takes: [{operator: dense, as: arch}]", {4, 9}, "is taken"},
        BadCase{"takes: dense",
                "takes: [{operator: dense, optional: true}]",
                {4, 9},
                "the first step of a chain cannot be optional"},
        BadCase{"takes: dense", "takes: [dense, {operator: relu}]", {4, 9}, "a step of a chain is a map"},
        BadCase{"tunables:",
                "tuneables:",
                {7, 1},
                "a mapping has no key \"tuneables\"; did you mean \"tunables\"?"},
        BadCase{"N == 2", "N = 2", {6, 19}, "equality is written =="},
        BadCase{", reason: two at a time", "", {6, 5}, "a requirement needs \"reason\""},
        BadCase{"default: 2, ", "", {8, 9}, "a tunable needs \"default\""},
        BadCase{", values: [1, 2]", "", {8, 3}, "needs either values, or minimum and maximum"},
        BadCase{"  half:", "  tile:", {10, 3}, "\"tile\" is already in use here"},
        BadCase{"  half:", "  K:", {10, 3}, "\"K\" is a dimension of the operator"},
        BadCase{"K // 2", "K // ", {10, 13}, "ends where a value is expected"},
        BadCase{"  input:", "  inptu:", {12, 3}, "no tensor \"inptu\"; did you mean \"input\"?"},
        BadCase{"input: {memory: all, ", "input: {", {12, 10}, "tensor \"input\" needs \"memory\""},
        BadCase{"C: [1, 1]", "C: 1", {12, 34}, "a halo is [elements before, elements after]"},
        BadCase{"shape: [4]", "shape: []", {14, 29}, "a buffer has from 1 to 7 axes"},
        BadCase{"overlap: next", "overlap: all", {15, 10}, "overlap can only be next"},
        BadCase{"tile: k", "tiel: k", {17, 5}, "did you mean \"tile\"?"},
        BadCase{"    by: tile\n", "", {17, 5}, "a tile loop needs by: the tile's size"},
        BadCase{"    in: K\n", "    in: K\n    from: 0\n", {19, 5}, "has no key \"from\""},
        BadCase{"as: kt", "as: tile", {20, 9}, "\"tile\" is already in use here"},
        BadCase{"input[0, 1]",
                "inptu[0, 1]",
                {22, 25},
                "is no tensor or buffer of this mapping; did you mean \"input\"?"},
        BadCase{"input[0, 1]", "weight[0, 1]", {22, 25}, "\"tensors\" must say where \"weight\" lies"},
        BadCase{"input[0, 1]", "input[0, 1", {22, 25}, "is not the name of a register"},
        BadCase{"input[0, 1]", "input[0, + 1]", {22, 34}, "where a value is expected"},
        BadCase{"input[0, 1]", "input[0, 1] for 2", {22, 41}, "a range of accesses is written: for i in 4"},
        BadCase{"input[0, 1]", "input[0, 1] with n 3", {22, 42}, "as name = value"},
        BadCase{"input[0, 1]", "input[0, 1] with n = 1, n = 2", {22, 46}, "immediate \"n\" is given twice"},
        BadCase{"regs.r0 <-", "r0 <-", {22, 14}, "is neither a register, written file.register, nor memory"},
        BadCase{"op: mac", "operation: mac", {23, 9}, "a condition needs \"do\", an instruction \"op\""},
        BadCase{"when: kt", "if: kt", {23, 133}, "an instruction has no key \"if\""},
        BadCase{"- nop", "- ", {27, 1}, "expected an instruction"}));

TEST(MappingFile, ReadsAllMappingsBesideAnArchitectureInOrder) {
  const auto mappings = valueOf(readMappingsBeside(sourcePath("archs/one-mac/one-mac.arch.yaml")));
  ASSERT_GT(mappings.size(), 5u);
  for (std::size_t i = 1; i < mappings.size(); ++i) EXPECT_LT(mappings[i - 1].file, mappings[i].file);
  EXPECT_TRUE(valueOf(readMappingsBeside(sourcePath("no/such/folder/x.arch.yaml"))).empty());
}

TEST(MappingFile, SurvivesEveryTruncationAndByteChange) {
  const std::string source = good;
  const auto machine = smallMachine();
  const Network network = denseNetwork();
  for (std::size_t i = 0; i < source.size(); ++i) {
    (void)mapFirst(source.substr(0, i), network, *machine);
    for (const char c : {'\0', '[', ']', '{', '%', '\n', '9', '-', '"'}) {
      std::string changed = source;
      changed[i] = c;
      const auto mapped = mapFirst(changed, network, *machine);
      if (!mapped) {
        EXPECT_FALSE(mapped.diagnostics.empty());
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
