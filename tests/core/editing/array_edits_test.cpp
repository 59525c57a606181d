// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/editing/make_template.h"
#include "core/editing/write_out.h"
#include "tests/core/editing/elaborated.h"
#include "tests/support/architecture_sketch.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

using test::Elaborated;
using test::elaborated;
using test::Random;
using test::said;
using test::shipped;
using ::testing::HasSubstr;
using ::testing::Not;

std::string withSizes(std::int64_t rows, std::int64_t columns) {
  return test::with(
      test::with(shipped("systolic-array"), "rows: {default: 4", "rows: {default: " + std::to_string(rows)),
      "columns: {default: 4", "columns: {default: " + std::to_string(columns));
}

// ---- arrays of class blocks, and other numbers of indices

TEST(ArrayOfBlocks, IsConnectedAsTheBlockWas) {
  const std::string after = said(makeArray(test::sound, {"alu", "rows", {}}));
  EXPECT_THAT(after,
              HasSubstr("  alu: {class: FunctionalUnit, size: rows, operations: [add], latency: 2}\n"));
  EXPECT_THAT(after, HasSubstr("  - {contains: [execute, \"alu[i]\"], for: {i: rows}}\n"));
  const Elaborated e = elaborated(after);
  EXPECT_EQ(e.objects.size(), 9U + 3);
  EXPECT_EQ(e.bySubject().at("alu[3] writes"), std::vector<std::string>{"regs"});
  EXPECT_EQ(e.bySubject().at("execute contains").size(), 5U);
}

TEST(ArrayOfBlocks, IsRefusedWhereAUnitWouldBeInSeveralStages) {
  EXPECT_THAT(said(makeArray(test::sound, {"execute", "2", {}})), HasSubstr("refused: "));
  EXPECT_EQ(said(makeArray(test::sound, {"nobody", "2", {}})), "refused: there is no object \"nobody\"");
}

const std::string lanes =
    "format: taktwerk-architecture/1\n"
    "parameters:\n"
    "  n: {default: 4, minimum: 1}\n"
    "  m: {default: 2, minimum: 1}\n"
    "templates:\n"
    "  lane:\n"
    "    objects:\n"
    "      stage: {class: ExecuteStage}\n"
    "      alu: {class: FunctionalUnit, operations: [mac]}\n"
    "      regs: {class: RegisterFile, registers: [a]}\n"
    "    connections:\n"
    "      - contains: [stage, alu]\n"
    "objects:\n"
    "  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}\n"
    "  imau: {class: InstructionMemoryAccessUnit}\n"
    "  imem: {class: SRAM, read_latency: 1}\n"
    "  pe: {template: lane, size: n}  # the lanes\n"
    "connections:\n"
    "  - contains: [fetch, imau]\n"
    "  - reads: [imau, imem]\n"
    "  - {forward: [fetch, \"pe[i].stage\"], for: {i: n}}\n"
    "  - {writes: [\"pe[i].alu\", \"pe[(i + 1) % n].regs\"], for: {i: n}}\n"
    "  - {writes: [\"pe[i].alu\", \"pe[i].regs\"], for: {i: {from: 1, to: n}}}\n"
    "  - reads: [\"pe[0].alu\", \"pe[0].regs\"]\n";

TEST(MoreIndices, MakeARowOfEachElement) {
  const std::string after = said(makeArray(lanes, {"pe", "n", "m"}));
  EXPECT_THAT(after, HasSubstr("  pe: {template: lane, size: [n, m]}  # the lanes\n"));
  EXPECT_THAT(after,
              HasSubstr("{writes: [\"pe[i][c].alu\", \"pe[(i + 1) % n][c].regs\"], for: {i: n, c: m}}"));
  EXPECT_THAT(after, HasSubstr("{reads: [\"pe[0][c].alu\", \"pe[0][c].regs\"], for: {c: m}}"));
  // With one column it is the machine of before.
  const auto drop = [](std::string name) {
    const std::size_t at = name.find("][0]");
    return at == std::string::npos ? name : name.erase(at + 1, 3);
  };
  EXPECT_EQ(elaborated(test::with(after, "m: {default: 2", "m: {default: 1"), drop),
            elaborated(test::with(lanes, "m: {default: 2", "m: {default: 1")));
  EXPECT_EQ(elaborated(after).objects.size(), 3U + 3 * 8);
}

TEST(FewerIndices, LeaveOneColumn) {
  const std::string grown = said(makeArray(lanes, {"pe", "n", "m"}));
  EXPECT_EQ(elaborated(said(makeArray(grown, {"pe", "n", {}}))), elaborated(lanes));
  EXPECT_EQ(elaborated(said(makeArray(grown, {"pe", "n + 1", {}}))),
            elaborated(test::with(lanes, "n: {default: 4", "n: {default: 5")));
}

TEST(FewerIndices, AreRefusedWhereColumnsMatter) {
  EXPECT_EQ(
      said(makeArray(shipped("systolic-array"), {"pe", "rows", {}})),
      "refused: connection 10 goes along the columns of \"pe\" (pe[0][c].regs); remove or change it first");
  const std::string grown = said(makeArray(lanes, {"pe", "n", "m"}));
  EXPECT_EQ(
      said(makeArray(
          grown + "  - {forward: [\"pe[i][c].stage\", \"pe[i][c + 1].stage\"], for: {i: n, c: m - 1}}\n",
          {"pe", "n", {}})),
      "refused: connection 7 tells the columns of \"pe\" apart (pe[i][c].stage); remove or change it first");
}

TEST(OtherSizes, AreFollowedByRangesAndLastIndices) {
  const std::string after = said(makeArray(shipped("systolic-array"), {"pe", "rows", "2 * columns"}));
  EXPECT_THAT(after, HasSubstr("refused"));  // top and bottom have as many columns, but no more
  const std::string rows = said(makeArray(lanes, {"pe", "2 * n", {}}));
  EXPECT_THAT(rows, HasSubstr("\"pe[(i + 1) % (2 * n)].regs\"], for: {i: 2 * n}"));
  EXPECT_EQ(elaborated(rows), elaborated(test::with(lanes, "n: {default: 4", "n: {default: 8")));
  EXPECT_EQ(elaborated(said(
                makeArray(test::with(lanes, "pe[0].alu\", \"pe[0].regs", "pe[n - 1].alu\", \"pe[n - 1].regs"),
                          {"pe", "n + 3", {}}))),
            elaborated(test::with(
                test::with(lanes, "pe[0].alu\", \"pe[0].regs", "pe[n - 1].alu\", \"pe[n - 1].regs"),
                "n: {default: 4", "n: {default: 7")));
}

// ---- arrays as single elements

TEST(WriteOutArray, WritesOutElementsAndTheirConnections) {
  const std::string after = said(writeOutArray(lanes, "pe"));
  EXPECT_THAT(after,
              HasSubstr("  \"pe[0]\": {template: lane}  # the lanes\n  \"pe[1]\": {template: lane}\n"));
  EXPECT_THAT(after, HasSubstr("  - writes: [\"pe[3].alu\", \"pe[0].regs\"]\n"));
  EXPECT_THAT(after, Not(HasSubstr("for:")));
  EXPECT_EQ(elaborated(after), elaborated(lanes));
}

TEST(WriteOutArray, ComputesWithIndices) {
  const std::string indexed = test::with(
      lanes, "pe: {template: lane, size: n}",
      "pe:\n    template: lane\n    size: [n, 2]\n    index: [r, c]   # where\n    latency: 2 * r + c");
  const std::string text =
      test::with(test::with(indexed, "lane:\n", "lane:\n    parameters: {latency: {default: 1}}\n"), "[mac]",
                 "[mac], latency: latency");
  std::string wired = text.substr(0, text.find("  - {writes"));
  wired = test::with(wired, "pe[i].stage\"], for: {i: n}", "pe[i][j].stage\"], for: {i: n, j: 2}");
  const std::string after = said(writeOutArray(wired, "pe"));
  EXPECT_THAT(after, HasSubstr("  \"pe[2][1]\": {template: lane, latency: 2 * 2 + 1}\n"));
  EXPECT_EQ(elaborated(after), elaborated(wired));
}

TEST(WriteOutArray, RefusesWhatIsTooMuchOrNothing) {
  EXPECT_EQ(said(writeOutArray(lanes, "fetch")), "refused: \"fetch\" is no array");
  EXPECT_EQ(said(writeOutArray(test::with(lanes, "n: {default: 4", "n: {default: 65"), "pe")),
            "refused: \"pe\" has more than 64 elements, too many to write out");
  EXPECT_EQ(said(writeOutArray(test::with(lanes, "size: n", "size: [n, 999999999]"), "pe")),
            "refused: the file has problems; mend them first");
  EXPECT_EQ(said(writeOutArray(lanes + "  - nonsense\n", "pe")),
            "refused: the file has problems; mend them first");
  EXPECT_EQ(said(writeOutArray("- a", "pe")), "refused: the file is no architecture");
}

TEST(WriteOutArrayProperty, TheMachineStaysTheSameToTheName) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    std::string text = withSizes(random.between(1, 5), random.between(1, 5));
    const Elaborated before = elaborated(text);
    for (const std::string array : {"pe", "left", "bottom", "top"}) {
      if (random.chance(30)) continue;
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + array);
      text = said(writeOutArray(text, array));
      ASSERT_THAT(text, Not(HasSubstr("refused")));
      EXPECT_EQ(elaborated(text), before);
    }
    EXPECT_THAT(text, HasSubstr("# Every stage is issued to directly."));
  }
}

// ---- instances as their blocks

TEST(WriteOutInstance, TakesBackWhatMakeTemplateDid) {
  const std::string before = shipped("one-mac");
  const std::string once = said(makeTemplate(before, {{"execute", "alu", "lsu"}, "element", "pe"}));
  const Result<EditedText> after = writeOutInstance(once, "pe");
  ASSERT_TRUE(after) << after.diagnostics.front().message;
  EXPECT_EQ(after->names, (std::vector<std::pair<std::string, std::string>>{
                              {"pe.execute", "execute"}, {"pe.alu", "alu"}, {"pe.lsu", "lsu"}}));
  EXPECT_EQ(elaborated(after->text).objects, elaborated(before).objects);
  EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(before).bySubject());
}

const std::string nested =
    "format: taktwerk-architecture/1\n"
    "parameters:\n"
    "  width: {default: 3, minimum: 1}\n"
    "templates:\n"
    "  lane:\n"
    "    parameters: {latency: {default: 1}, words: {default: 4}}\n"
    "    objects:\n"
    "      alu: {class: FunctionalUnit, operations: [mac], latency: \"latency * k\", result_latency: {regs: "
    "latency}}\n"
    "      regs: {class: RegisterFile, registers: [\"a[latency + 1]\"]}\n"
    "    connections:\n"
    "      - writes: [alu, regs]\n"
    "  core:\n"
    "    parameters:\n"
    "      lanes: {default: width + 1}\n"
    "      slow: {default: lanes * 2}\n"
    "    objects:\n"
    "      stage: {class: ExecuteStage}\n"
    "      lane: {template: lane, size: lanes, index: i, latency: slow + i}\n"
    "      regs: {class: RegisterFile, registers: [x]}\n"
    "    connections:\n"
    "      - {contains: [stage, \"lane[i].alu\"], for: {i: lanes}}\n"
    "      - {reads: [\"lane[lanes - 1].alu\", regs], when: slow > 2}\n"
    "objects:\n"
    "  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}\n"
    "  imau: {class: InstructionMemoryAccessUnit}\n"
    "  imem: {class: SRAM, read_latency: 1}\n"
    "  core: {template: core, lanes: width - 1, at: [10, 20]}  # one\n"
    "  regs: {class: RegisterFile, registers: [x]}\n"
    "  core2: {template: core}\n"
    "connections:\n"
    "  - contains: [fetch, imau]\n"
    "  - reads: [imau, imem]\n"
    "  - forward: [fetch, core.stage]\n"
    "  - forward: [fetch, core2.stage]\n"
    "  # results\n"
    "  - {writes: [\"core.lane[i].alu\", regs], for: {i: width - 1}}\n"
    "  - {writes: [\"core2.lane[i].alu\", \"core.regs\"], for: {i: width + 1}}\n";

TEST(WriteOutInstance, GivesParametersTheirArguments) {
  const Result<EditedText> after =
      writeOutInstance(test::with(nested, "words: {default: 4}", "other: {default: 4}"), "core");
  ASSERT_TRUE(after) << after.diagnostics.front().message;
  EXPECT_THAT(after->text, HasSubstr("  stage: {class: ExecuteStage}  # one\n"));
  EXPECT_THAT(after->text, HasSubstr("size: width - 1, index: i, latency: \"((width - 1) * 2) + i\""));
  EXPECT_THAT(after->text, HasSubstr("core_regs: {class: RegisterFile"));
  EXPECT_THAT(after->text, HasSubstr("  # results\n  - {writes: [\"lane[i].alu\", regs]"));
  std::map<std::string, std::string> names(after->names.begin(), after->names.end());
  const auto renamed = [&](std::string name) {
    for (const auto& [from, to] : names) {
      if (name == from || name.starts_with(from + '[') || name.starts_with(from + '.'))
        return to + name.substr(from.size());
    }
    return name;
  };
  const std::string before = test::with(nested, "words: {default: 4}", "other: {default: 4}");
  EXPECT_EQ(elaborated(after->text).objects, elaborated(before, renamed).objects);
  EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(before, renamed).bySubject());
}

TEST(WriteOutInstance, RefusesWhatItCannotDo) {
  EXPECT_EQ(said(writeOutInstance(lanes, "fetch")), "refused: \"fetch\" is no instance of a template");
  EXPECT_EQ(said(writeOutInstance(lanes, "pe")),
            "refused: \"pe\" is an array; open it to its elements first");
  const std::string named =
      test::with(test::with(nested, "width: {default: 3", "i: {default: 2}\n  width: {default: 3"),
                 "lanes: width - 1", "lanes: i");
  EXPECT_EQ(said(writeOutInstance(test::with(named, "words: {default: 4}", "other: {default: 4}"), "core")),
            "refused: index \"i\" of template \"core\" has the name of a parameter that \"core\" is given");
}

TEST(WriteOutInstanceProperty, RandomBlocksThereAndBack) {
  int count = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    const test::ArchitectureSketch sketch = test::randomArchitecture(random, {});
    const std::string before = sketch.text();
    MakeTemplate edit{{}, "group", "group"};
    for (const auto& object : sketch.objects) {
      if (random.chance(40)) edit.objects.push_back(object.name);
    }
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Result<std::string> made = makeTemplate(before, edit);
    if (!made) continue;  // latencies towards blocks outside
    // As an array of one element, which is opened again.
    const bool array = random.chance(50);
    std::string text = *made;
    std::string instance = "group";
    if (array) {
      const Result<std::string> one = makeArray(text, {"group", "1", {}});
      if (!one) continue;  // latencies towards blocks inside
      text = said(writeOutArray(*one, "group"));
      instance = "group[0]";
    }
    ++count;
    const Result<EditedText> after = writeOutInstance(text, instance);
    ASSERT_TRUE(after) << after.diagnostics.front().message << '\n' << text;
    EXPECT_EQ(elaborated(after->text).objects, elaborated(before).objects);
    EXPECT_EQ(elaborated(after->text).bySubject(), elaborated(before).bySubject());
  }
  EXPECT_GT(count, 20);
}

}  // namespace
}  // namespace taktwerk
