// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/assemble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/editing/fragment.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view text = R"(format: taktwerk-architecture/1
name: small
parameters:
  k: {default: 2}
  unused: {default: 3}
  twice: {default: 2 * k}
objects:
  imem: {class: SRAM, at: [0, 0]}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, at: [200, 0]}
  execute: {class: ExecuteStage, at: [400, 0]}
  alu: {class: FunctionalUnit, operations: [add], latency: twice, result_latency: {regs: 1}}
  regs: {class: RegisterFile, registers: [r0], at: [700, 0]}
  cache: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4}
  cache2: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4}
connections:
  - contains: [fetch, imau]
  # a comment between
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - writes: [alu, regs]
)";

Architecture architecture() {
  return *parseArchitecture(text, "small");
}
ObjectId id(const Architecture& a, const char* name) {
  return a.find(name)->id;
}
std::vector<std::string> drawn(const char* from, const char* to) {
  const Architecture a = architecture();
  std::vector<std::string> words;
  for (const AddConnection& c : drawnConnections(a, id(a, from), id(a, to)).possible) {
    words.push_back(c.from + ' ' + std::string(toString(c.kind)) + ' ' + c.to);
  }
  return words;
}
std::string reason(const char* from, const char* to) {
  const Architecture a = architecture();
  return drawnConnections(a, id(a, from), id(a, to)).reason;
}

TEST(Assemble, ALineMeansWhatItsEndsAndItsDirectionAllow) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(drawn("regs", "alu"), Words{"alu reads regs"});
  EXPECT_EQ(drawn("alu", "regs"), Words{"alu reads regs"}) << "writes is there already";
  EXPECT_EQ(drawn("execute", "fetch"), Words{});
  EXPECT_EQ(drawn("cache", "cache2"), (Words{"cache writes cache2", "cache2 reads cache"}));
  EXPECT_EQ(drawn("imem", "cache"), Words{"cache reads imem"});
}

TEST(Assemble, TellsWhyALineCannotBe) {
  EXPECT_THAT(reason("regs", "fetch"), HasSubstr("cannot"));
  EXPECT_EQ(reason("imau", "imem"), "they are connected already");
  EXPECT_EQ(reason("alu", "alu"), "a block cannot be connected to itself");
  EXPECT_EQ(reason("regs", "alu"), "");
}

TEST(Assemble, NewBlocksOfEveryClassHaveWhatTheyMustHave) {
  for (const ClassSpecification& c : classSpecifications()) {
    const auto edited = applyEdit("format: taktwerk-architecture/1\nname: x\n",
                                  AddObject{std::string(usualName(c.objectClass)), newObject(c.objectClass)});
    ASSERT_TRUE(edited);
    const auto read = parseArchitecture(*edited, "x");
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->readOnly);
    for (const Diagnostic& d : read.diagnostics) {
      EXPECT_NE(d.code.substr(0, 3), "A03") << toString(d);  // attributes
    }
  }
}

TEST(Assemble, FindsFreeNamesAndPlacesOfConnections) {
  const Architecture a = architecture();
  EXPECT_EQ(freeName(a, "mac"), "mac");
  EXPECT_EQ(freeName(a, "alu"), "alu2");
  EXPECT_EQ(freeName(a, "alu", {"alu2"}), "alu3");
  for (std::size_t i = 0; i < a.connections.size(); ++i) {
    EXPECT_EQ(connectionPlace(text, a.connections[i]), i);
  }
  EXPECT_EQ(containment(a, id(a, "alu"))->from, id(a, "execute"));
  EXPECT_EQ(containment(a, id(a, "regs")), nullptr);
}

TEST(Assemble, KnowsWhereElementsAndPartsAreWritten) {
  const auto a = parseArchitecture(R"(format: taktwerk-architecture/1
name: t
templates:
  inner: {objects: {alu: {class: FunctionalUnit, operations: [add]}}}
  outer: {objects: {in: {template: inner}, regs: {class: RegisterFile, registers: [r]}}}
objects:
  pe: {template: outer, size: [2, 2]}
  bank: {class: SRAM, size: 4}
  one: {class: SRAM}
)",
                                   "t");
  ASSERT_TRUE(a);
  const auto origin = [&](const char* name) {
    const auto o = originOf(*a, name);
    return o ? o->inTemplate + "/" + o->object : "none";
  };
  EXPECT_EQ(origin("pe[0][1].in.alu"), "inner/alu");
  EXPECT_EQ(origin("pe[1][1].regs"), "outer/regs");
  EXPECT_EQ(origin("bank[3]"), "/bank");
  EXPECT_EQ(origin("one"), "/one");
  EXPECT_EQ(origin("nothing"), "none");
  EXPECT_TRUE(isDeclared(*a, "one"));
  EXPECT_TRUE(isDeclared(*a, "bank")) << "an array";
  EXPECT_FALSE(isDeclared(*a, "pe[0][1].in.alu"));
}

TEST(Assemble, AttributesAreChangedInsideTemplates) {
  const std::string before =
      "format: taktwerk-architecture/1\nname: t\ntemplates:\n  pe:\n    objects:\n"
      "      alu: {class: FunctionalUnit, operations: [add]}  # kept\nobjects:\n  p: {template: pe, size: "
      "2}\n";
  const SetAttribute edit{"alu", "latency", yamlScalar("3"), "pe"};
  const auto after = applyEdit(before, edit);
  ASSERT_TRUE(after);
  EXPECT_THAT(*after, HasSubstr("operations: [add], latency: 3}  # kept"));
  const auto back = inverse(before, edit);
  ASSERT_TRUE(back);
  EXPECT_EQ(*applyEdits(*after, *back), before);
  EXPECT_FALSE(applyEdit(before, SetAttribute{"none", "latency", yamlScalar("3"), "pe"}));
  EXPECT_FALSE(applyEdit(before, SetAttribute{"alu", "latency", yamlScalar("3"), "none"}));
}

TEST(Assemble, SeveralEditsGiveTheSameTogetherAsOneByOne) {
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
    std::string one(text);
    for (const ArchitectureEdit& edit : edits) one = *applyEdit(one, edit);
    const auto together = applyEdits(text, edits);
    ASSERT_TRUE(together) << toString(together.diagnostics.front());
    EXPECT_EQ(*together, one);
  }
  EXPECT_FALSE(applyEdits(text, {RemoveObject{"alu"}, RemoveObject{"nobody"}}));
}

TEST(Fragment, BringsBends) {
  const auto bent = applyEdit(text, SetBends{0, {{10, 20}}});
  ASSERT_TRUE(bent);
  const auto from = parseArchitecture(*bent, "bent");
  ASSERT_TRUE(from);
  const Connection& c = from->connections[0];
  const std::string fragment = fragmentText(*from, {c.from, c.to}, [](ObjectId) { return CanvasPoint{}; });
  const auto paste = pasteEdits(*from, fragment, {50, 60});
  ASSERT_TRUE(paste);
  const auto both = parseArchitecture(*applyEdits(*bent, paste->edits), "both");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->connections.back().via, (std::vector<CanvasPoint>{{60, 80}}));
}

TEST(Fragment, BringsObjectsConnectionsAndParametersIntoAnotherArchitecture) {
  const Architecture from = architecture();
  const std::string fragment =
      fragmentText(from, {id(from, "execute"), id(from, "alu"), id(from, "regs")},
                   [&](ObjectId o) { return from.objects[o.index()].at.value_or(CanvasPoint{}); });
  EXPECT_THAT(fragment, HasSubstr("contains: [execute, alu]"));
  EXPECT_THAT(fragment, HasSubstr("twice"));
  EXPECT_THAT(fragment, HasSubstr("k:"));
  EXPECT_THAT(fragment, ::testing::Not(HasSubstr("unused")));
  // Into the same: everything gets a new name, also where it is mentioned.
  const auto again = pasteEdits(from, fragment, {50, 60});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->names, (std::vector<std::string>{"execute2", "alu2", "regs2"}));
  const auto both = applyEdits(text, again->edits);
  ASSERT_TRUE(both);
  const auto read = parseArchitecture(*both, "both");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->find("execute2")->at, (CanvasPoint{450, 60}));
  EXPECT_FALSE(read->find("alu2")->at) << "a unit stands in its stage";
  EXPECT_EQ(read->find("alu2")->find("result_latency")->value.entries.front().key, "regs2");
  EXPECT_EQ(read->connections.size(), from.connections.size() + 2);
  // Into an empty one: names stay and the parameters come along.
  const std::string empty = "format: taktwerk-architecture/1\nname: e\n";
  const auto fresh = pasteEdits(*parseArchitecture(empty, "e"), fragment, {0, 0});
  ASSERT_TRUE(fresh);
  const auto there = parseArchitecture(*applyEdits(empty, fresh->edits), "e");
  ASSERT_TRUE(there);
  EXPECT_EQ(there->parameters.size(), 2U);
  EXPECT_TRUE(there->find("alu"));
  EXPECT_FALSE(pasteEdits(from, "hello", {}));
  EXPECT_FALSE(pasteEdits(from, empty, {}));
}

}  // namespace
}  // namespace taktwerk
