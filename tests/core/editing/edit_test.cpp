// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/editing/new_block.h"
#include "tests/core/architecture/documents.h"
#include "tests/core/editing/small_architecture.h"

namespace taktwerk {
namespace {

std::string edited(std::string_view text, const ArchitectureEdit& edit) {
  const Result<std::string> result = applyEdit(text, edit);
  return result ? *result : "refused: " + result.diagnostics.front().message;
}

constexpr std::string_view small =
    "# A file as people write it.\r\n"
    "format: taktwerk-architecture/1   # do not touch\r\n"
    "name: Größe   # the name\r\n"
    "objects:\r\n"
    "\r\n"
    "  alu: {class: FunctionalUnit, operations: [add, mul],   latency: 2}  # \ttabs, too\r\n"
    "  # about regs\r\n"
    "  regs:\r\n"
    "    class: RegisterFile   # below each other\r\n"
    "    registers: ['r0', \"r1\"]\r\n"
    "    note: >-\r\n"
    "      several\r\n"
    "      lines\r\n"
    "  lsu:\r\n"
    "    {class: MemoryAccessUnit,  # first\r\n"
    "     operations: [load]}       # last\r\n"
    "connections:\r\n"
    "  - reads: [alu, regs]   # operands\r\n"
    "  # results\r\n"
    "  - {writes: [alu, regs]}\r\n"
    "  - writes:\r\n"
    "      - lsu\r\n"
    "      - regs";

std::string smallWith(std::string_view from, std::string_view to) {
  return test::with(std::string(small), from, to);
}

TEST(ArchitectureEdit, ChangesAValueAndNothingElse) {
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", yamlScalar("k + 1")}),
            smallWith("latency: 2}", "latency: k + 1}"));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", yamlScalar("if(k > 1, 2, 3)")}),
            smallWith("latency: 2}", "latency: \"if(k > 1, 2, 3)\"}"));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "class", yamlScalar("SRAM")}),
            smallWith("class: RegisterFile ", "class: SRAM "));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "registers", yamlSequence({yamlScalar("a")})}),
            smallWith("['r0', \"r1\"]", "[a]"));
  EXPECT_EQ(edited(small, SetText{"name", "Maß: 2"}), smallWith("Größe", "\"Maß: 2\""));
}

TEST(ArchitectureEdit, AddsAndRemovesAttributesInTheStyleOfTheirNeighbours) {
  const YamlNode at = yamlSequence({yamlScalar("10"), yamlScalar("-20")});
  EXPECT_EQ(edited(small, SetAttribute{"alu", "at", at}),
            smallWith("latency: 2}", "latency: 2, at: [10, -20]}"));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "at", at}),
            smallWith("      lines\r\n", "      lines\r\n    at: [10, -20]\r\n"));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "operations", {}}),
            smallWith("operations: [add, mul],   ", ""));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", {}}), smallWith(",   latency: 2", ""));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "note", {}}),
            smallWith("    note: >-\r\n      several\r\n      lines\r\n", ""));
  EXPECT_EQ(edited(small, SetAttribute{"lsu", "operations", {}}), smallWith("operations: [load]", ""))
      << "the comment of the line before stays";
}

TEST(ArchitectureEdit, AddsRemovesAndRenamesObjectsWithTheirConnections) {
  YamlNode sram;
  sram.kind = YamlNode::Kind::Map;
  sram.entries.push_back({"class", {}, yamlScalar("SRAM")});
  EXPECT_EQ(edited(small, AddObject{"dmem", sram}),
            smallWith("# last\r\n", "# last\r\n  dmem: {class: SRAM}\r\n"));
  EXPECT_EQ(edited(small, AddObject{"dmem", sram, 0}),
            smallWith("  alu: {", "  dmem: {class: SRAM}\r\n  alu: {"));
  EXPECT_EQ(edited(small, RenameObject{"regs", "files"}), [&] {
    std::string text(small);
    for (const auto& [from, to] : {std::pair("  regs:\r", "  files:\r"),
                                   {"[alu, regs]   ", "[alu, files]   "},
                                   {"[alu, regs]}", "[alu, files]}"},
                                   {"- regs", "- files"}}) {
      text = test::with(text, from, to);
    }
    return text;
  }());
  EXPECT_EQ(
      edited(small, RemoveObject{"lsu"}),
      test::with(
          smallWith("  lsu:\r\n    {class: MemoryAccessUnit,  # first\r\n     operations: [load]}       "
                    "# last\r\n",
                    ""),
          "  - writes:\r\n      - lsu\r\n      - regs", ""));
  EXPECT_EQ(edited(small, RemoveObject{"regs"}).find("connections: []") != std::string::npos, true)
      << "no connection is left";
}

TEST(ArchitectureEdit, AddsAndRemovesConnections) {
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs"}),
            std::string(small) + "\r\n  - reads: [lsu, regs]");
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs", 1}),
            smallWith("# operands\r\n", "# operands\r\n  - reads: [lsu, regs]\r\n"));
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs", 0}),
            smallWith("connections:\r\n", "connections:\r\n  - reads: [lsu, regs]\r\n"));
  EXPECT_EQ(edited(small, RemoveConnection{1}), smallWith("  - {writes: [alu, regs]}\r\n", ""));
  EXPECT_EQ(edited(small, RemoveConnection{2}), smallWith("  - writes:\r\n      - lsu\r\n      - regs", ""));
}

TEST(ArchitectureEdit, BendsAreKeptInTheConnectionsEntry) {
  const SetBends bends{0, {{120, 40}, {120.5, 200}}};
  const std::string once = edited(small, bends);
  EXPECT_EQ(once, smallWith("  - reads: [alu, regs]   # operands\r\n",
                            "  - reads: [alu, regs]   # operands\r\n"
                            "    via: [[120, 40], [120.5, 200]]\r\n"));
  EXPECT_EQ(edited(small, SetBends{1, {{120, 40}}}),
            smallWith("{writes: [alu, regs]}", "{writes: [alu, regs], via: [[120, 40]]}"));
  EXPECT_EQ(edited(once, SetBends{0, {}}), small);
  EXPECT_EQ(edited(small, SetBends{0, {}}), small);
  EXPECT_EQ(edited(small, SetBends{7, {}}), "refused: there is no connection 8");
  // They stay when an object is renamed.
  EXPECT_NE(edited(once, RenameObject{"alu", "mac"}).find("    via: [[120, 40], [120.5, 200]]\r\n"),
            std::string::npos);
  const std::string ranged =
      test::with(test::sound, "  - reads: [lsu, dmem]\n", "  - {reads: [lsu, dmem], for: {i: 1}}\n");
  EXPECT_EQ(edited(ranged, SetBends{8, {{1, 2}}}),
            "refused: a connection over a range stands for several lines, which have no bends of their own");
}

TEST(ArchitectureEdit, LeavesBoundsAndConstraintsAsTheyAreWritten) {
  const std::string text =
      "format: x\nparameters:\n  w: {default: 2, values: [1,  2]}  # wide\n"
      "  n: {default: 4, minimum:   w * 2, step: w}\n"
      "constraints:\n  - {condition: n>=w, reason: so}   # why\nobjects: {}\n";
  const auto with = [&](const std::string& from, const std::string& to) {
    return test::with(text, from, to);
  };
  EXPECT_EQ(edited(text, SetParameter{"n", "default", yamlScalar("8")}), with("default: 4", "default: 8"));
  EXPECT_EQ(edited(text, SetParameter{"n", "maximum", yamlScalar("w * 9")}),
            with("step: w}", "step: w, maximum: w * 9}"));
  EXPECT_EQ(edited(text, SetParameter{"n", "minimum", {}}), with("minimum:   w * 2, ", ""));
  EXPECT_EQ(edited(text, RemoveParameter{"n"}), with("  n: {default: 4, minimum:   w * 2, step: w}\n", ""));
}

TEST(ArchitectureEdit, MakesSectionsThatAreNotThere) {
  YamlNode parameter;
  parameter.kind = YamlNode::Kind::Map;
  parameter.entries.push_back({"default", {}, yamlScalar("4")});
  EXPECT_EQ(edited(small, AddParameter{"rows", parameter}),
            smallWith("objects:\r\n", "parameters:\r\n  rows: {default: 4}\r\nobjects:\r\n"));
  EXPECT_EQ(edited(small, SetText{"description", "words"}),
            smallWith("# the name\r\n", "# the name\r\ndescription: words\r\n"));
  EXPECT_EQ(edited("format: x\nobjects:\n", AddObject{"a", parameter}),
            "format: x\nobjects:\n  a: {default: 4}\n");
  EXPECT_EQ(edited("format: x\nobjects: {}", AddObject{"a", parameter}),
            "format: x\nobjects: {a: {default: 4}}");
}

TEST(ArchitectureEdit, RefusesWhatDoesNotFit) {
  EXPECT_EQ(edited(small, RenameObject{"alu", "regs"}), "refused: \"regs\" is there already");
  EXPECT_EQ(edited(small, RenameObject{"ali", "x"}), "refused: there is no object \"ali\"");
  EXPECT_EQ(edited(small, RemoveConnection{3}), "refused: there is no connection 4");
  EXPECT_EQ(edited(small, SetAttribute{"alu", "at", {}}), "refused: there is no \"at\" to remove");
  EXPECT_FALSE(applyEdit("objects: [", RemoveObject{"a"}));
  EXPECT_FALSE(applyEdit("- a", RemoveObject{"a"}));
}

TEST(ArchitectureEdit, FollowsArraysAndInstancesIntoTheIndicesOfConnections) {
  const std::string text =
      "format: x\nobjects:\n  pe: {template: element, size: [rows, 2]}\n  pe.x: {class: SRAM}\nconnections:\n"
      "  - {reads: [\"pe[r][0].alu\", pe.x], for: {r: rows}}  # kept\n  - forward: [pet, pe.x]\n";
  EXPECT_EQ(edited(text, RenameObject{"pe", "cell"}),
            "format: x\nobjects:\n  cell: {template: element, size: [rows, 2]}\n  pe.x: {class: "
            "SRAM}\nconnections:\n"
            "  - {reads: [\"cell[r][0].alu\", pe.x], for: {r: rows}}  # kept\n  - forward: [pet, pe.x]\n");
  EXPECT_EQ(edited(text, RemoveObject{"pe"}),
            "format: x\nobjects:\n  pe.x: {class: SRAM}\nconnections:\n  - forward: [pet, pe.x]\n");
}

const std::string nested =
    "format: x\ntemplates:\n  element:\n    objects:\n      alu: {class: FunctionalUnit, result_latency: "
    "{regs: 2}}\n"
    "      regs: {class: RegisterFile}\n      regs2: {class: RegisterFile}\n    connections:\n"
    "      - reads: [alu, regs]  # kept\n      - reads: [alu, regs2]\n"
    "  row:\n    objects:\n      pe: {template: element, size: [4]}\n      regs: {class: RegisterFile}\n"
    "    connections:\n      - {writes: [\"pe[c].alu\", \"pe[c + 1].regs\"], for: {c: 3}}\n"
    "      - writes: [\"pe[0].alu\", regs]\n"
    "approved:\n  - {code: A1, object: \"all[0].pe[2].regs\"}\n"
    "objects:\n  all: {template: row, size: [2]}\n  one: {template: element}\n  regs: {class: RegisterFile}\n"
    "connections:\n  - reads: [one.alu, regs]\n  - writes: [\"all[1].pe[3].alu\", one.regs]\n";

TEST(ArchitectureEdit, RenamesAPartOfATemplateWhereverItIsMeant) {
  std::string wanted = nested;
  for (const auto& [from, to] :
       {std::pair("{regs: 2}", "{files: 2}"),
        {"      regs: {class: RegisterFile}\n      regs2", "      files: {class: RegisterFile}\n      regs2"},
        {"[alu, regs]  # kept", "[alu, files]  # kept"},
        {"pe[c + 1].regs", "pe[c + 1].files"},
        {"all[0].pe[2].regs", "all[0].pe[2].files"},
        {"one.regs]", "one.files]"}}) {
    wanted = test::with(wanted, from, to);
  }
  EXPECT_EQ(edited(nested, RenameObject{"regs", "files", "element"}), wanted)
      << "other register files of that name keep theirs";
  EXPECT_EQ(edited(nested, RenameObject{"regs", "alu", "element"}), "refused: \"alu\" is there already");
  EXPECT_EQ(edited(nested, RenameObject{"mul", "x", "element"}),
            "refused: template \"element\" has no object \"mul\"");
}

TEST(ArchitectureEdit, RemovesAPartOfATemplateWithItsConnectionsWhereverTheyAre) {
  const std::string without = edited(nested, RemoveObject{"alu", "element"});
  EXPECT_EQ(without.find("alu"), std::string::npos) << without;
  EXPECT_NE(without.find("regs2: {class: RegisterFile}"), std::string::npos);
  const std::string left = edited(nested, RemoveObject{"regs", "element"});
  EXPECT_NE(left.find("- reads: [alu, regs2]"), std::string::npos);
  EXPECT_NE(left.find("- writes: [\"pe[0].alu\", regs]"), std::string::npos) << "the row's own";
  EXPECT_NE(left.find("- reads: [one.alu, regs]"), std::string::npos) << "the architecture's own";
  EXPECT_EQ(left.find("pe[c + 1].regs"), std::string::npos);
  EXPECT_EQ(left.find("one.regs"), std::string::npos);
  EXPECT_TRUE(applyEdits(nested, {RemoveObject{"alu", "element"}, RemoveObject{"regs2", "element"}}));
}

TEST(ArchitectureEdit, ChangesAttributesInsideTemplates) {
  const std::string before =
      "format: taktwerk-architecture/1\nname: t\ntemplates:\n  pe:\n    objects:\n"
      "      alu: {class: FunctionalUnit, operations: [add]}  # kept\nobjects:\n  p: {template: pe, size: "
      "2}\n";
  const SetAttribute edit{"alu", "latency", yamlScalar("3"), "pe"};
  const auto after = applyEdit(before, edit);
  ASSERT_TRUE(after);
  EXPECT_THAT(*after, ::testing::HasSubstr("operations: [add], latency: 3}  # kept"));
  EXPECT_FALSE(applyEdit(before, SetAttribute{"none", "latency", yamlScalar("3"), "pe"}));
  EXPECT_FALSE(applyEdit(before, SetAttribute{"alu", "latency", yamlScalar("3"), "none"}));
}

TEST(ArchitectureEdit, SeveralEditsGiveTheSameTogetherAsOneByOne) {
  const std::vector<std::vector<ArchitectureEdit>> lists{
      {SetAttribute{"imem", "note", yamlScalar("a")},
       SetAttribute{"imem", "colour", yamlScalar("#aabbcc", true)},
       SetAttribute{"regs", "at", yamlSequence({yamlScalar("10"), yamlScalar("20")})}},
      {SetAttribute{"imem", "note", yamlScalar("a")}, SetAttribute{"imem", "note", yamlScalar("b")}},
      {AddObject{"x", newObject(ObjectClass::Sram)}, AddObject{"y", newObject(ObjectClass::Sram)},
       AddConnection{ConnectionKind::Reads, "cache", "x"},
       AddConnection{ConnectionKind::Reads, "cache", "y"}},
      {RemoveObject{"alu"}, RemoveObject{"execute"}, RemoveObject{"imem"}},
      {RemoveConnection{3}, RemoveConnection{1}},
      {SetBends{0, {{1, 2}}}, SetBends{2, {{3, 4}, {5, 6}}}, SetBends{1, {}}},
      {RenameObject{"alu", "mac"}, RenameObject{"regs", "file"}},
      {AddParameter{"p", objectNode({})}, AddParameter{"q", objectNode({})}},
  };
  for (const auto& edits : lists) {
    std::string one(test::smallText);
    for (const ArchitectureEdit& edit : edits) one = *applyEdit(one, edit);
    const auto together = applyEdits(test::smallText, edits);
    ASSERT_TRUE(together) << toString(together.diagnostics.front());
    EXPECT_EQ(*together, one);
  }
  EXPECT_FALSE(applyEdits(test::smallText, {RemoveObject{"alu"}, RemoveObject{"nobody"}}));
}

}  // namespace
}  // namespace taktwerk
