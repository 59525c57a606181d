// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/move_block.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/editing/edit.h"
#include "core/editing/make_template.h"
#include "tests/core/editing/elaborated.h"
#include "tests/support/architecture_sketch.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

using test::elaborated;
using test::Random;
using test::said;
using test::shipped;
using ::testing::HasSubstr;
using ::testing::Not;

/// Names as blocks and their parts are called after a move.
std::function<std::string(std::string)> renaming(
    const std::vector<std::pair<std::string, std::string>>& names) {
  return [names](std::string name) {
    for (const auto& [from, to] : names) {
      if (name == from || name.starts_with(from + '[') || name.starts_with(from + '.')) {
        return to + name.substr(from.size());
      }
    }
    return name;
  };
}

void expectSameMachine(const std::string& before, const Result<EditedText>& after) {
  ASSERT_TRUE(after) << after.diagnostics.front().message << '\n' << before;
  const auto rename = renaming(after->names);
  EXPECT_EQ(elaborated(after->text).objects, elaborated(before, rename).objects) << after->text;
  EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(before, rename).bySubject())
      << before << after->text;
}

std::string oneInstance() {
  return said(makeTemplate(shipped("one-mac"), {{"execute", "alu"}, "element", "pe"}));
}

TEST(MoveIntoTemplate, TakesTheWiresAlong) {
  const std::string before = oneInstance();
  const Result<EditedText> after = moveIntoTemplate(before, {{"regs"}, "pe"});
  expectSameMachine(before, after);
  EXPECT_THAT(after->text, HasSubstr("      regs: {class: RegisterFile"));
  EXPECT_THAT(after->text, HasSubstr("      - contains: [execute, alu]\n      - reads: [alu, regs]\n"));
  EXPECT_THAT(after->text, HasSubstr("  - reads: [lsu, pe.regs]\n"));
  EXPECT_EQ(after->names, (std::vector<std::pair<std::string, std::string>>{{"regs", "pe.regs"}}));
}

TEST(MoveIntoTemplate, WhereTheBlockStoodStaysBehind) {
  const auto placed = applyEdits(
      oneInstance(), {SetAttribute{"regs", "at", yamlSequence({yamlScalar("20"), yamlScalar("40")})},
                      SetAttribute{"regs", "pinned", yamlScalar("true")}});
  ASSERT_TRUE(placed);
  EXPECT_THAT(*placed, HasSubstr("pinned: true"));
  const Result<EditedText> after = moveIntoTemplate(*placed, {{"regs"}, "pe"});
  ASSERT_TRUE(after);
  EXPECT_THAT(after->text, Not(HasSubstr("pinned")));
  EXPECT_THAT(after->text, Not(HasSubstr("at: [20, 40]")));
}

TEST(MoveIntoTemplate, ANameThatIsTakenChanges) {
  const std::string before =
      test::with(oneInstance(), "  pe: {template: element}\n",
                 "  pe: {template: element}\n  alu: {class: FunctionalUnit, operations: [x]}\n");
  const std::string wired = test::with(before, "  - forward: [fetch, decode]\n",
                                       "  - forward: [fetch, decode]\n  - contains: [pe.execute, alu]\n");
  const Result<EditedText> after = moveIntoTemplate(wired, {{"alu"}, "pe"});
  expectSameMachine(wired, after);
  EXPECT_EQ(after->names.front().second, "pe.alu2");
}

const std::string grid =
    "format: taktwerk-architecture/1\n"
    "parameters:\n"
    "  rows: {default: 3, minimum: 1}\n"
    "  columns: {default: 2, minimum: 1}\n"
    "templates:\n"
    "  element:\n"
    "    parameters: {latency: {default: 1}}\n"
    "    objects:\n"
    "      stage: {class: ExecuteStage}\n"
    "      alu: {class: FunctionalUnit, operations: [mac], latency: 2 * latency}\n"
    "      regs: {class: RegisterFile, registers: [a, b]}\n"
    "    connections:\n"
    "      - contains: [stage, alu]\n"
    "      - reads: [alu, regs]\n"
    "      - writes: [alu, regs]\n"
    "objects:\n"
    "  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}\n"
    "  imau: {class: InstructionMemoryAccessUnit}\n"
    "  imem: {class: SRAM, read_latency: 1}\n"
    "  pe: {template: element, size: [rows, columns], index: [y, x], latency: y * 2 + x}\n"
    "  acc: {class: RegisterFile, registers: [s], size: [rows, columns]}\n"
    "  bias: {class: RegisterFile, registers: [s]}\n"
    "connections:\n"
    "  - contains: [fetch, imau]\n"
    "  - reads: [imau, imem]\n"
    "  - {forward: [fetch, \"pe[r][c].stage\"], for: {r: rows, c: columns}}\n"
    "  - {writes: [\"pe[r][c].alu\", \"acc[r][c]\"], for: {r: rows, c: columns}}\n"
    "  - {writes: [\"pe[r][c].alu\", \"acc[r][c + 1]\"], for: {r: rows, c: columns - 1}}\n"
    "  - {reads: [\"pe[r][c].alu\", \"pe[r][c + 1].regs\"], for: {r: rows, c: columns - 1}}\n"
    "  - {reads: [\"pe[r][c].alu\", \"acc[r][c]\"], for: {r: rows, c: columns}}\n"
    "  - {reads: [\"pe[0][c].alu\", bias], for: {c: columns}}\n";

/// `acc[r][c]` is `pe[r][c].acc` now, or the other way round.
std::string elementNames(std::string name) {
  if (name.starts_with("acc[")) return "pe" + name.substr(3) + ".acc";
  return name;
}

TEST(MoveIntoTemplate, ElementByElementIntoAnArray) {
  const Result<EditedText> after = moveIntoTemplate(grid, {{"acc"}, "pe"});
  ASSERT_TRUE(after) << after.diagnostics.front().message;
  EXPECT_EQ(elaborated(after->text).objects, elaborated(grid, elementNames).objects);
  EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(grid, elementNames).bySubject()) << after->text;
  EXPECT_THAT(after->text, HasSubstr("      acc: {class: RegisterFile, registers: [s]}\n"));
  EXPECT_THAT(after->text, HasSubstr("      - writes: [alu, acc]\n"));
  EXPECT_THAT(
      after->text,
      HasSubstr("{writes: [\"pe[r][c].alu\", \"pe[r][c + 1].acc\"], for: {r: rows, c: columns - 1}}"));
  // The read of acc stands below one of a neighbour, which stays outside.
  EXPECT_THAT(after->text,
              HasSubstr("{reads: [\"pe[r][c].alu\", \"pe[r][c].acc\"], for: {r: rows, c: columns}}"));
}

TEST(MoveIntoTemplate, RefusesWhatItCannotDo) {
  const auto refusal = [](const std::string& text, const MoveIntoTemplate& edit) {
    return said(moveIntoTemplate(text, edit));
  };
  EXPECT_EQ(refusal(grid, {{"bias"}, "pe"}),
            "refused: \"pe\" is an array; only arrays with the same sizes can go into its elements, and "
            "\"bias\" is none");
  EXPECT_EQ(refusal(grid, {{"bias"}, "acc"}), "refused: \"acc\" is no instance of a template");
  EXPECT_EQ(refusal(grid, {{}, "pe"}), "refused: there are no blocks to move");
  EXPECT_EQ(refusal(grid, {{"nobody"}, "pe"}), "refused: there is no object \"nobody\"");
  EXPECT_EQ(refusal(oneInstance(), {{"pe.alu"}, "pe"}), "refused: \"pe.alu\" is a part of \"pe\" already");
  EXPECT_EQ(refusal(oneInstance(), {{"pe"}, "pe"}), "refused: an instance cannot go into its own template");
  const std::string two = test::with(oneInstance(), "  pe: {template: element}\n",
                                     "  pe: {template: element}\n  pe2: {template: element}\n");
  EXPECT_EQ(refusal(two, {{"regs"}, "pe"}),
            "refused: template \"element\" is that of \"pe2\" too, which would get the blocks as well");
  const std::string hidden = test::with(oneInstance(), "  element:\n",
                                        "  element:\n    parameters: {memory_latency: {default: 3}}\n");
  EXPECT_EQ(refusal(hidden, {{"dmem"}, "pe"}),
            "refused: \"dmem\" uses \"memory_latency\", which is a parameter of template \"element\"");
}

TEST(MoveOutOfTemplate, TakesBackWhatMovedIn) {
  const std::string before = oneInstance();
  const Result<EditedText> in = moveIntoTemplate(before, {{"regs"}, "pe"});
  ASSERT_TRUE(in);
  const Result<EditedText> out = moveOutOfTemplate(in->text, {"pe", "regs"});
  expectSameMachine(in->text, out);
  EXPECT_EQ(elaborated(out->text).objects, elaborated(before).objects);
  EXPECT_EQ(elaborated(out->text).bySubject(), elaborated(before).bySubject());
}

TEST(MoveOutOfTemplate, OfAnArrayStandsAnArrayBesideIt) {
  const Result<EditedText> after = moveOutOfTemplate(grid, {"pe", "alu"});
  ASSERT_TRUE(after) << after.diagnostics.front().message;
  EXPECT_THAT(
      after->text,
      HasSubstr("  alu: {class: FunctionalUnit, size: [rows, columns], index: [y, x], operations: [mac], "
                "latency: 2 * (y * 2 + x)}\n"));
  EXPECT_THAT(after->text,
              HasSubstr("{contains: [\"pe[r][c].stage\", \"alu[r][c]\"], for: {r: rows, c: columns}}"));
  const auto rename = [](const std::string& name) {
    return name.ends_with(".alu") ? "alu" + name.substr(2, name.size() - 6) : name;
  };
  EXPECT_EQ(elaborated(after->text).objects, elaborated(grid, rename).objects);
  EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(grid, rename).bySubject());
}

TEST(MoveOutOfTemplate, OfSeveralInstancesStandsBesideEach) {
  const std::string two = test::with(
      test::with(oneInstance(), "  pe: {template: element}\n",
                 "  pe: {template: element}\n  pe2: {template: element}\n"),
      "  - forward: [fetch, decode]\n",
      "  - forward: [fetch, decode]\n  - forward: [decode, pe2.execute]\n  - reads: [pe2.alu, regs]\n");
  const Result<EditedText> after = moveOutOfTemplate(two, {"pe2", "alu"});
  expectSameMachine(two, after);
  EXPECT_EQ(after->names,
            (std::vector<std::pair<std::string, std::string>>{{"pe.alu", "pe_alu"}, {"pe2.alu", "pe2_alu"}}));
}

TEST(MoveOutOfTemplate, RefusesWhatItCannotDo) {
  const auto refusal = [](const std::string& text, const MoveOutOfTemplate& edit) {
    return said(moveOutOfTemplate(text, edit));
  };
  EXPECT_EQ(refusal(grid, {"acc", "x"}), "refused: \"acc\" is no instance of a template");
  EXPECT_EQ(refusal(grid, {"pe", "x"}), "refused: template \"element\" has no block \"x\"");
  const std::string one = said(makeTemplate(shipped("one-mac"), {{"regs"}, "t", "t"}));
  EXPECT_EQ(refusal(one, {"t", "regs"}),
            "refused: \"regs\" is the only block of its template; ungroup the instance instead");
  const std::string outer = said(makeTemplate(oneInstance(), {{"pe", "regs"}, "core", "core"}));
  EXPECT_EQ(refusal(outer, {"core", "pe"}).substr(0, 7), "format:");
  EXPECT_THAT(refusal(test::with(outer, "objects:\n  #", "objects:\n  pe2: {template: element}\n  #"),
                      {"pe2", "alu"}),
              HasSubstr("is used in template \"core\""));
}

TEST(MoveBlocksProperty, TheMachineStaysTheSameThereAndBack) {
  int moved = 0, back = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    Random random(seed);
    const test::ArchitectureSketch sketch = test::randomArchitecture(random, {});
    MakeTemplate edit{{}, "group", "g"};
    std::vector<std::string> others;
    for (const auto& object : sketch.objects) {
      (random.chance(40) ? edit.objects : others).push_back(object.name);
    }
    const Result<std::string> made = makeTemplate(sketch.text(), edit);
    if (!made || others.empty()) continue;
    SCOPED_TRACE("seed " + std::to_string(seed));
    MoveIntoTemplate in{{}, "g"};
    for (const std::string& name : others) {
      if (random.chance(30)) in.objects.push_back(name);
    }
    const Result<EditedText> inside = moveIntoTemplate(*made, in);
    if (!inside) continue;  // latencies towards blocks outside
    expectSameMachine(*made, inside);
    ++moved;
    const std::string leaving = random.chance(50) ? random.pick(in.objects) : random.pick(edit.objects);
    const Result<EditedText> out = moveOutOfTemplate(inside->text, {"g", leaving});
    if (!out) continue;
    expectSameMachine(inside->text, out);
    ++back;
  }
  EXPECT_GT(moved, 40);
  EXPECT_GT(back, 30);
}

}  // namespace
}  // namespace taktwerk
