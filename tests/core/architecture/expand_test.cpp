// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/expand.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/attribute_values.h"
#include "core/machine/elaborate.h"
#include "tests/support/named.h"

namespace taktwerk {
namespace {

constexpr std::string_view head = R"(format: taktwerk-architecture/1
name: Grid
parameters:
  rows: {default: 2}
  columns: {default: 3}
)";

constexpr std::string_view fetching = R"(
  imem: {class: SRAM, read_latency: 1, port_width: 1}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 1}
)";

constexpr std::string_view element = R"(templates:
  element:
    parameters:
      speed: {default: 2, minimum: 1, maximum: 9}
      half: {default: (speed + 1) // 2}
    objects:
      stage: {class: ExecuteStage, latency: half}
      alu: {class: FunctionalUnit, operations: [mac], latency: speed * 2 + k, result_latency: {regs: 1}}
      regs: {class: RegisterFile, registers: ["w[speed]"]}
    connections:
      - contains: [stage, alu]
      - writes: [alu, regs]
)";

std::string grid() {
  return std::string(head) + std::string(element) + "objects:" + std::string(fetching) + R"(
  pe: {template: element, size: [rows, columns], index: [r, c], speed: r + c + 1}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - {forward: [fetch, "pe[r][c].stage"], for: {r: rows, c: columns}}
  - {writes: ["pe[r][c].alu", "pe[r][c + 1].regs"], for: {r: rows, c: columns - 1}}
  - {writes: ["pe[r][c].alu", "pe[r + 1][c].regs"], for: {r: {from: 0, to: rows - 1}, c: columns}, when: c % 2 == 0}
)";
}

std::vector<std::string> messages(const std::string& text) {
  std::vector<std::string> all;
  for (const Diagnostic& d : parseArchitecture(text, "grid.arch.yaml").diagnostics) {
    all.push_back(std::to_string(d.position.line) + ':' + std::to_string(d.position.column) + ' ' +
                  d.message);
  }
  return all;
}

TEST(Expand, NamesElementsRowByRowInTheOrderOfTheFile) {
  const Result<Architecture> a = parseArchitecture(grid(), "grid.arch.yaml");
  ASSERT_TRUE(a) << messages(grid()).front();
  EXPECT_TRUE(a.diagnostics.empty()) << a.diagnostics.front().message;
  std::vector<std::string> names;
  for (const ObjectDeclaration& object : a->objects) names.push_back(object.name);
  ASSERT_EQ(names.size(), 3U + 6U * 3U);
  EXPECT_EQ(names[3], "pe[0][0].stage");
  EXPECT_EQ(names[5], "pe[0][0].regs");
  EXPECT_EQ(names[6], "pe[0][1].stage");
  EXPECT_EQ(names.back(), "pe[1][2].regs");
  // contains and writes within each, then 2 of the fetch, 6 forwards, 4 to the right, 2 down.
  EXPECT_EQ(a->connections.size(), 6U * 2U + 2U + 6U + 4U + 2U);
}

TEST(Expand, ArgumentsAndIndicesReachTheAttributes) {
  const Result<Architecture> a = parseArchitecture(grid(), "grid.arch.yaml");
  ASSERT_TRUE(a);
  const auto machine = elaborate(*a);
  ASSERT_TRUE(machine);
  const ObjectDeclaration* last = a->find("pe[1][2].alu");
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->find("latency")->value.scalar, "4 * 2 + k");  // k is an immediate
  EXPECT_EQ(a->find("pe[1][2].stage")->find("latency")->value.scalar, "2");
  EXPECT_EQ(last->find("result_latency")->value.entries.front().key, "pe[1][2].regs");
  EXPECT_EQ((*machine)->registerFiles.back().registers.size(), 4U);
}

TEST(Expand, FollowsTheValuesOfAParameter) {
  const Result<Architecture> a = parseArchitecture(grid(), "grid.arch.yaml");
  ASSERT_TRUE(a);
  const auto machine = elaborate(*a, {{"rows", 3}, {"columns", 1}});
  ASSERT_TRUE(machine) << machine.diagnostics.front().message;
  EXPECT_EQ((*machine)->units.size(), 3U);
  EXPECT_TRUE(test::unitNamed(**machine, "pe[2][0].alu").valid());
}

TEST(Expand, TheCanonicalTextIsTheSameDocument) {
  const Result<Architecture> a = parseArchitecture(grid(), "grid.arch.yaml");
  ASSERT_TRUE(a);
  const std::string text = writeArchitecture(*a);
  const Result<Architecture> again = parseArchitecture(text, "grid.arch.yaml");
  ASSERT_TRUE(again) << text;
  EXPECT_EQ(writeArchitecture(*again), text);
  ASSERT_EQ(again->objects.size(), a->objects.size());
  for (std::size_t k = 0; k < a->objects.size(); ++k) EXPECT_EQ(again->objects[k].name, a->objects[k].name);
  EXPECT_EQ(again->connections.size(), a->connections.size());
}

TEST(Expand, WrittenOutItIsAFlatFileOfTheSameMachine) {
  Result<Architecture> a = parseArchitecture(grid(), "grid.arch.yaml");
  ASSERT_TRUE(a);
  a->templates.clear();
  a->declared.clear();
  a->rules.clear();
  const Result<Architecture> flat = parseArchitecture(writeArchitecture(*a), "flat.arch.yaml");
  ASSERT_TRUE(flat);
  EXPECT_TRUE(flat.diagnostics.empty()) << flat.diagnostics.front().message;
  EXPECT_FALSE(flat->isGenerated());
  EXPECT_EQ((*elaborate(*flat))->units.size(), 6U);
}

TEST(Expand, ProblemsStandAtTheLineOfTheTemplateOnce) {
  std::string text = grid();
  text.replace(text.find("operations: [mac]"), 17, "operations: mac  ");
  const std::vector<std::string> all = messages(text);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all.front().find("and the same of 5 more"), std::string::npos) << all.front();
  EXPECT_EQ(all.front().substr(0, 3), "13:");
}

// Of elements that come from one line each is judged by its own values, though most are alike.
TEST(Expand, ElementsThatAreAlikeAndOneThatIsNot) {
  const auto latencies = [](const std::string& latency) {
    return messages(std::string(head) + R"(objects:
  imem: {class: SRAM, read_latency: 1, port_width: 1}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 1}
  stage: {class: ExecuteStage, size: 40, index: i, latency: ")" +
                    latency + R"("}
  unit: {class: FunctionalUnit, size: 40, index: i, operations: [mac]}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - {forward: [fetch, "stage[i]"], for: {i: 40}}
  - {contains: ["stage[i]", "unit[i]"], for: {i: 40}}
)");
  };
  EXPECT_EQ(latencies("1"), std::vector<std::string>{});
  EXPECT_EQ(latencies("i"), std::vector<std::string>{});
  const auto last = latencies("38 - i");  // of the last element alone
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].find("more)"), std::string::npos) << last[0];
  const auto half = latencies("19 - i");
  ASSERT_EQ(half.size(), 1U);
  EXPECT_NE(half[0].find("(and the same of 19 more)"), std::string::npos) << half[0];
  const auto all = latencies("0 - 1");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].find("(and the same of 39 more)"), std::string::npos) << all[0];
}

TEST(Expand, RegistersOfElementsThatAreAlikeAddUp) {
  const auto files = [](std::int64_t elements) {
    return messages(std::string(head) + "objects:" + std::string(fetching) +
                    "  unit: {class: FunctionalUnit, operations: [mac]}\n  stage: {class: ExecuteStage}\n" +
                    "  regs: {class: RegisterFile, size: " + std::to_string(elements) + ", registers: [\"r[" +
                    std::to_string(mostRegistersInAll / 4) + R"(]"]}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, stage]
  - contains: [stage, unit]
  - {reads: [unit, "regs[i]"], for: {i: )" +
                    std::to_string(elements) + "}}\n");
  };
  EXPECT_EQ(files(4), std::vector<std::string>{});
  const auto over = files(5);
  ASSERT_EQ(over.size(), 1U);
  EXPECT_NE(over[0].find("an architecture has at most"), std::string::npos) << over[0];
}

TEST(Expand, ArgumentsThatFailAreToldForEachPlace) {
  const std::string text = std::string(head) + R"(templates:
  odd:
    parameters:
      ways: {default: rows + 7, maximum: 8}
    objects:
      stage: {class: ExecuteStage}
objects:
  first: {template: odd}
  second: {template: odd}
)";
  const Diagnostics found = parseArchitecture(text, "grid.arch.yaml").diagnostics;
  EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const Diagnostic& d) { return d.code == "A0108"; }),
            2);
}

// A connection that is given twice is told, of whatever kind and however many there are.
TEST(Expand, RepeatedConnectionsAreToldByKind) {
  const auto repeated = [](const std::string& more) {
    const Diagnostics found =
        parseArchitecture(grid() + "  - reads: [\"pe[0][0].alu\", \"pe[0][0].regs\"]\n" + more,
                          "grid.arch.yaml")
            .diagnostics;
    return std::count_if(found.begin(), found.end(), [](const Diagnostic& d) { return d.code == "A0406"; });
  };
  EXPECT_EQ(repeated(""), 0);  // it is written as well: another kind
  EXPECT_EQ(repeated("  - reads: [\"pe[0][0].alu\", \"pe[0][0].regs\"]\n"), 1);
  EXPECT_EQ(repeated("  - {forward: [fetch, \"pe[r][c].stage\"], for: {r: rows, c: columns}}\n"), 1);
}

TEST(Expand, NamesWhatIsNotThere) {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = grid();
    text.replace(text.find(from), from.size(), to);
    const std::vector<std::string> all = messages(text);
    return all.empty() ? std::string() : all.front();
  };
  EXPECT_NE(with("template: element", "template: elemnt").find("did you mean \"element\""),
            std::string::npos);
  EXPECT_NE(with("c: columns - 1}", "c: columns}").find("there is no object \"pe[0][3].regs\""),
            std::string::npos);
  EXPECT_NE(with("speed: r + c + 1", "sped: 1").find("has no parameter \"sped\""), std::string::npos);
  EXPECT_NE(with("speed: r + c + 1", "speed: r").find("must be at least 1"), std::string::npos);
  EXPECT_NE(with("size: [rows, columns]", "size: [rows, 0 - columns]").find("at least 0, is -3"),
            std::string::npos);
  EXPECT_NE(with("size: [rows, columns]", "size: [2000, 2000]").find("more than 1000000 blocks"),
            std::string::npos);
  EXPECT_NE(with("when: c % 2 == 0", "when: d").find('d'), std::string::npos);
  EXPECT_NE(with("\"pe[r + 1][c].regs\"", "\"pe[r + 1[c].regs\"").find("index in"), std::string::npos);
}

TEST(Expand, ATemplateCannotContainItself) {
  std::string text = grid();
  const std::string inside = "      stage: {class: ExecuteStage";
  text.replace(text.find(inside), inside.size(), "      more: {template: element}\n" + inside);
  const std::vector<std::string> all = messages(text);
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const std::string& m) {
    return m.find("template \"element\" contains itself") != std::string::npos;
  }));
}

TEST(Expand, RangesThatAreTooLongEnd) {
  std::string text = grid();
  text.replace(text.find("for: {r: rows, c: columns}}"), 27,
               "for: {r: 9000000000, c: 9000000000}, when: r < 0}");
  EXPECT_NE(messages(text).front().find("more than 4000000 connections"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk
