// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// The tree of a program: "k:3(load regs.r0 all[10+4k])", one stride a loop from the outermost.
std::string tree(const Program& program, const Machine& machine, const Program::Loop& loop,
                 std::vector<std::string>& names) {
  std::string result;
  for (const Program::Item& item : program.body(loop)) {
    if (!result.empty()) result += ' ';
    if (item.isLoop) {
      const Program::Loop& inner = program.loops[item.index];
      names.push_back(inner.variable);
      result += inner.variable + ':' + std::to_string(inner.trips) + '(' +
                tree(program, machine, inner, names) + ')';
      names.pop_back();
      continue;
    }
    const Program::Step& step = program.steps[item.index];
    const InstructionTemplate& instruction = program.templates[step.instruction];
    for (const RegisterId id : instruction.writes) result += machine.registerName(id).substr(5);
    std::size_t at = step.firstCoefficient;
    for (std::size_t access = 0; access < instruction.accessCount(); ++access) {
      result += '[' + std::to_string(program.coefficients[at++]);
      for (const std::string& name : names) {
        const std::int64_t stride = program.coefficients[at++];
        if (stride != 0) result += (stride > 0 ? "+" : "") + std::to_string(stride) + name;
      }
      result += ']';
    }
  }
  return result;
}

std::string treeOf(const std::string& programText) {
  const auto machine = smallMachine();
  const auto mapped = mapFirst(denseMapping("program:\n" + programText), denseNetwork(), *machine);
  if (!mapped) return text(mapped.diagnostics);
  std::vector<std::string> names;
  return tree(mapped->program, *machine, mapped->program.loops[0], names);
}

TEST(Loops, StayLoopsWithAffineAddresses) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - for: c
        from: 2
        to: 9
        step: 3
        do:
          - load regs.r1 <- all[100 * k + c + p]
)"),
            "k:7(c:3(r1[5+100k+3c]))");
}

TEST(Loops, AreSplitWhereAConditionChanges) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - load regs.r0 <- all[k] when k == 0
      - load regs.r1 <- all[2 * k]
      - load regs.r2 <- all[k] when k == K - 1
)"),
            "r0[0] r1[0] k:5(r1[2+2k]) r1[12] r2[6]");
}

TEST(Loops, ThatComeOutEqualAreOneLoopAgain) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - load regs.r1 <- all[if(k < 3, 2 * k, k + k)]
)"),
            "k:7(r1[0+2k])");
}

TEST(Loops, OfTilesEndWithAShorterOne) {
  EXPECT_EQ(treeOf(R"(
  - tile: k
    in: K
    by: 3
    as: kt
    do:
      - for: i
        in: k.length
        do:
          - load regs.r1 <- all[k + i + 10 * kt]
)"),
            "k:2(i:3(r1[0+13k+1i])) r1[26]");
  EXPECT_EQ(treeOf(R"(
  - tile: c
    in: C
    by: 5
    do:
      - load regs.r1 <- all[c] words c.length
)"),
            "r1[0]");
}

TEST(Loops, OverlapTheirStages) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    stages:
      - - load regs.r0 <- all[k]
      - - load regs.r1 <- all[100 + k]
)"),
            "r0[0] k:6(r0[1+1k] r1[100+1k]) r1[106]");
}

TEST(Loops, AreUnrolledForRotatingRegistersAndBuffers) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - load regs.r{k % 2} <- all[k]
)"),
            "k:3(r0[0+2k] r1[1+2k]) r0[6]");
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - load regs.r0 <- all[100 * (k % 2) + k // 2]
)"),
            "k:3(r0[0+1k] r0[100+1k]) r0[3]");
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    unroll: 3
    do:
      - load regs.r0 <- all[k]
)"),
            "k:2(r0[0+3k] r0[1+3k] r0[2+3k]) r0[6]");
}

TEST(Loops, RotateRegistersThatAreNamedWithAnIndex) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K
    do:
      - load regs.v[k % 2] <- all[k]
  - load regs.v[i] for i in 2 <- all[0]
)"),
            "k:3(v[0][0+2k] v[1][1+2k]) v[0][6] v[0]v[1][0]");
}

TEST(Loops, BecomeTwoForALongRingBuffer) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: 250
    do:
      - load regs.r0 <- all[k % 100 + 1000]
)"),
            "k:2(k:100(r0[1000+1k])) k:50(r0[1000+1k])");
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: 200
    do:
      - load regs.r0 <- all[(k + 30) % 100]
)"),
            "k:2(k:70(r0[30+1k]) k:30(r0[0+1k]))");
}

TEST(Loops, TakeConditionsOnSeveralVariablesValueByValue) {
  // The border: a window of 3 with padding 1 around 7.
  EXPECT_EQ(treeOf(R"(
  - for: q
    in: 7
    do:
      - for: f
        in: 3
        do:
          - load regs.r0 <- all[q + f - 1] when q + f >= 1 and q + f < 8
)"),
            "f:2(r0[0+1f]) q:5(f:3(r0[0+1q+1f])) f:2(r0[5+1f])");
  EXPECT_EQ(treeOf(R"(
  - for: i
    in: 3
    do:
      - for: j
        in: i + 1
        do:
          - load regs.r0 <- all[j]
)"),
            "r0[0] j:2(r0[0+1j]) j:3(r0[0+1j])");
}

TEST(Loops, AreReplicatedInSpace) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: 2
    do:
      - spatial: r
        from: 2
        to: -1
        step: -1
        do:
          - let: {x: 10 * r + k}
          - load regs.r{r} <- all[x]
)"),
            "k:2(r2[20+1k] r1[10+1k] r0[0+1k])");
}

TEST(Loops, MakeAccessListsOverAnIndex) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: 2
    do:
      - "load regs.r{i + 4} for i in 2 <- all[10 * k + 3 * i] words 2 for i in 3"
)"),
            "k:2(r4r5[0+10k][3+10k][6+10k])");
  EXPECT_EQ(treeOf("  - load regs.r0 <- all[i % 2] for i in 3\n"), "r0[0][1][0]");
}

TEST(Loops, WithoutIterationsVanish) {
  EXPECT_EQ(treeOf(R"(
  - for: k
    in: K - 7
    do:
      - load regs.r0 <- all[k]
  - tile: m
    in: 0
    by: 4
    do:
      - load regs.r0 <- all[m]
  - for: k
    in: K
    do:
      - when: k > 100
        do:
          - load regs.r0 <- all[k]
)"),
            "");
}

struct BadLoop {
  std::string program;
  SourcePosition position;
  std::string message;
};

class BadLoops : public testing::TestWithParam<BadLoop> {};

TEST_P(BadLoops, AreReportedWhereTheyAre) {
  const auto machine = smallMachine();
  const auto mapped = mapFirst(denseMapping("program:\n" + GetParam().program), denseNetwork(), *machine);
  ASSERT_FALSE(mapped);
  const Diagnostic& first = mapped.diagnostics.front();
  EXPECT_NE(first.message.find(GetParam().message), std::string::npos) << text(mapped.diagnostics);
  EXPECT_EQ(first.position, GetParam().position) << text(mapped.diagnostics);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadLoops,
    testing::Values(
        BadLoop{"  - for: k\n    in: K\n    do:\n      - load regs.r{k} <- all[0]\n",
                {8, 21},
                "in \"k\": depends on the loop variable k; registers"},
        BadLoop{"  - for: k\n    in: K\n    do:\n      - load regs.r0 <- all[0] with x = k + 1\n",
                {8, 41},
                "may only depend on it as v % n"},
        BadLoop{"  - for: k\n    in: K\n    do:\n      - for: c\n        in: C\n        do:\n          - "
                "load regs.r0 <- all[k * c]\n",
                {11, 35},
                "the product of the loop variables k and c is not affine"},
        BadLoop{"  - for: k\n    in: K\n    do:\n      - load regs.r0 <- all[k / 2]\n",
                {8, 31},
                "is not whole for every value of k; use // to round down"},
        BadLoop{"  - for: k\n    in: K\n    do:\n      - load regs.r0 <- all[10 / k]\n",
                {8, 32},
                "the divisor depends on the loop variable k"},
        BadLoop{"  - for: k\n    in: K\n    do:\n      - load regs.r0 <- all[k - 1]\n",
                {8, 29},
                "the address runs from -1 to 5, it must be at least 0"},
        BadLoop{"  - for: k\n    in: 1 / 2\n    do:\n      - load regs.r0 <- all[k]\n",
                {6, 9},
                "a loop ends at a whole number"},
        BadLoop{"  - for: k\n    from: 0\n    to: 4\n    step: 0\n    do:\n      - load regs.r0 <- all[k]\n",
                {8, 11},
                "the step of a loop cannot be 0"},
        BadLoop{"  - tile: k\n    in: K\n    by: K - 8\n    do: []\n",
                {7, 9},
                "a tile's size must be at least 1, is -1"},
        BadLoop{"  - for: k\n    in: K\n    unroll: 0\n    do: []\n",
                {7, 13},
                "unroll must be from 1 to 1024, is 0"},
        BadLoop{"  - for: k\n    in: 10000\n    do:\n      - for: c\n        in: k\n        do:\n          - "
                "load regs.r0 <- all[c]\n",
                {9, 13},
                "would split the loop over k into 10000 parts"},
        BadLoop{"  - spatial: r\n    in: 1000000000000\n    do:\n      - load regs.r0 <- all[r]\n",
                {5, 5},
                "the program is too large"},
        BadLoop{"  - spatial: r\n    in: 1000000000000\n    do: []\n", {5, 5}, "the program is too large"},
        BadLoop{"  - load regs.r0 <- all[i] for i in 100000\n",
                {5, 37},
                "a range of accesses has from 0 to 4096"},
        BadLoop{"  - load regs.r0 <- all[1] words 0\n", {5, 34}, "an access has at least 1 word"},
        BadLoop{"  - load regs.r16 <- all[1]\n",
                {5, 10},
                "the architecture has no register \"regs.r16\"; did you mean"},
        BadLoop{"  - load regs.v[2] <- all[1]\n", {5, 10}, "the architecture has no memory \"regs.v\""},
        BadLoop{"  - load regs.r0 <- alll[1]\n",
                {5, 21},
                "the architecture has no memory \"alll\"; did you mean \"all\"?"},
        BadLoop{"  - loda regs.r0 <- all[1]\n", {5, 5}, "has the operation \"loda\"; did you mean \"load\"?"},
        BadLoop{"  - load regs.r0 <- all[1] on lsv\n",
                {5, 31},
                "the architecture has no unit \"lsv\"; did you mean \"lsu\"?"},
        BadLoop{"  - load regs.r0 <- all[Kk]\n", {5, 25}, "unknown name \"Kk\"; did you mean"},
        BadLoop{"  - load regs.r0 <- all[arch.q]\n", {5, 25}, "unknown name \"arch.q\""},
        BadLoop{"  - load regs.r0 <- all[9223372036854775807 + K]\n", {5, 45}, "does not fit 64 bits"}));

TEST(Loops, OfDeepNestsAreRefusedNotCrashed) {
  std::string program, indent = "  ";
  for (int i = 0; i < 15; ++i) {
    program += indent + "- for: v" + std::to_string(i) + "\n" + indent + "  in: 1000000000\n" + indent +
               "  unroll: 2\n" + indent + "  do:\n";
    indent += "    ";
  }
  program += indent + "- nop\n";
  const auto machine = smallMachine();
  const auto mapped = mapFirst(denseMapping("program:\n" + program), denseNetwork(), *machine);
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(sizeOf(mapped->program).instructions, INT64_MAX);
}

TEST(Loops, KeepTheLineOfTheMapping) {
  const auto machine = smallMachine();
  const auto mapped =
      mapFirst(denseMapping("program:\n  - nop\n  - for: k\n    in: K\n    do:\n      - nop\n"),
               denseNetwork(), *machine);
  ASSERT_TRUE(mapped);
  EXPECT_EQ(mapped->program.file, "m.yaml");
  EXPECT_EQ(mapped->program.name, "layer");
  ASSERT_EQ(mapped->program.steps.size(), 2u);
  EXPECT_EQ(mapped->program.steps[0].sourceLine, 5u);
  EXPECT_EQ(mapped->program.steps[1].sourceLine, 9u);
}

}  // namespace
}  // namespace taktwerk
