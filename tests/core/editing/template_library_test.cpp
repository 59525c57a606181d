// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/template_library.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/editing/edit.h"
#include "tests/core/editing/elaborated.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using test::elaborated;
using test::said;
using test::shipped;
using ::testing::HasSubstr;
using ::testing::Not;

std::string copied(const Result<TemplateCopy>& result) {
  return result ? result->text : "refused: " + result.diagnostics.front().message;
}

LibraryTemplate find(const std::vector<LibraryTemplate>& library, const std::string& architecture,
                     const std::string& name) {
  for (const LibraryTemplate& t : library) {
    if (t.architecture == architecture && t.name == name) return t;
  }
  ADD_FAILURE() << "no " << name << " of " << architecture;
  return {};
}

std::vector<LibraryTemplate> shippedLibrary() {
  return readTemplateLibrary(taktwerk::sourceDirectory() + "/archs");
}

/// An architecture with an instance of each template.
std::string withInstance(const std::string& text, const std::string& templateName) {
  YamlNode value;
  value.kind = YamlNode::Kind::Map;
  value.flow = true;
  value.entries.push_back({"template", {}, yamlScalar(templateName)});
  return said(applyEdit(text, AddObject{"fresh", value}));
}

TEST(TemplateLibrary, HasTheTemplatesOfTheShippedArchitectures) {
  const auto library = shippedLibrary();
  EXPECT_GE(library.size(), 6U);
  const LibraryTemplate element = find(library, "systolic-array", "element");
  EXPECT_EQ(element.architectureName, "Systolic array");
  EXPECT_EQ(element.description,
            "Multiplies, adds up, passes operands on: a unit that writes its neighbours' registers.");
  EXPECT_TRUE(readTemplateLibrary("/nowhere").empty());
}

TEST(TemplateLibrary, CopiesWithCommentsParametersAndOrigin) {
  const LibraryTemplate element = find(shippedLibrary(), "systolic-array", "element");
  const std::string before = shipped("one-mac");
  const Result<TemplateCopy> copy = copyTemplate(before, element);
  ASSERT_TRUE(copy) << copy.diagnostics.front().message;
  EXPECT_EQ(copy->templateName, "element");
  EXPECT_THAT(
      copy->text,
      HasSubstr(
          "templates:\n"
          "  # Multiplies, adds up, passes operands on: a unit that writes its neighbours' registers.\n"
          "  element:\n"
          "    from: systolic-array\n"
          "    parameters:\n"
          "      element_latency: {default: 1, minimum: 1, maximum: 64, description: cycles of an operation "
          "of a processing element}\n"
          "    objects:\n"
          "      stage: {class: ExecuteStage}\n"));
  EXPECT_THAT(copy->text, HasSubstr("      - writes: [alu, regs]\nobjects:\n"));
  EXPECT_EQ(elaborated(copy->text), elaborated(before));
  const auto blocks = elaborated(withInstance(copy->text, "element")).objects;
  EXPECT_EQ(blocks.at("fresh.alu"), elaborated(shipped("systolic-array")).objects.at("pe[0][0].alu"));
  EXPECT_EQ(parseArchitecture(copy->text, "f")->templates[0].from, "systolic-array");
  EXPECT_THAT(writeArchitecture(*parseArchitecture(copy->text, "f")),
              HasSubstr("    from: systolic-array\n"));
}

TEST(TemplateLibrary, EveryTemplateIsCompleteInAnEmptyFile) {
  const std::string empty = "format: taktwerk-architecture/1\nname: empty";
  for (const LibraryTemplate& t : shippedLibrary()) {
    SCOPED_TRACE(t.architecture + '/' + t.name);
    const Result<TemplateCopy> copy = copyTemplate(empty, t);
    ASSERT_TRUE(copy) << copy.diagnostics.front().message;
    const auto read = parseArchitecture(withInstance(copy->text, copy->templateName), "f");
    ASSERT_TRUE(read);
    EXPECT_THAT(test::problems(read.diagnostics), Not(HasSubstr("A06"))) << copy->text;
    EXPECT_THAT(test::problems(read.diagnostics), Not(HasSubstr("A03"))) << copy->text;
    EXPECT_GT(read->objects.size(), 0U);
    // Once more: it is there already.
    EXPECT_EQ(copied(copyTemplate(copy->text, t)), copy->text);
  }
}

TEST(TemplateLibrary, AnotherTemplateOfTheNameStays) {
  const std::string before =
      "format: taktwerk-architecture/1\r\n"
      "templates:\r\n"
      "    element:   # mine\r\n"
      "        objects:\r\n"
      "            a: {class: ExecuteStage}\r\n"
      "objects: {}";
  const Result<TemplateCopy> copy = copyTemplate(before, find(shippedLibrary(), "systolic-array", "element"));
  ASSERT_TRUE(copy) << copy.diagnostics.front().message;
  EXPECT_EQ(copy->templateName, "element2");
  EXPECT_THAT(copy->text, HasSubstr("            a: {class: ExecuteStage}\r\n    # Multiplies"));
  EXPECT_THAT(copy->text, HasSubstr("    element2:\r\n      from: systolic-array/element\r\n"));
  EXPECT_THAT(
      copy->text,
      Not(HasSubstr("registers: [a_in, b_in, a, b, acc, out], data_width: 32, area: 6 * 32 * 598 / 100, "
                    "energy: 32 * 9 / 1000}\n")));
  EXPECT_EQ(copied(copyTemplate("a: [", find(shippedLibrary(), "systolic-array", "element"))).substr(0, 8),
            "refused:");
}

const std::string outer =
    "format: taktwerk-architecture/1\n"
    "name: Outer\n"
    "parameters:\n"
    "  n: {default: 3}\n"
    "  i: {default: 7}\n"
    "templates:\n"
    "  lane: {objects: {alu: {class: FunctionalUnit, operations: [mac], latency: n * 2}}}\n"
    "  # several lanes\n"
    "  # side by side\n"
    "  core:\n"
    "    description: lanes\n"
    "    parameters:\n"
    "      count: {default: n}   # as many\n"
    "    objects:\n"
    "      stage: {class: ExecuteStage}\n"
    "      lane: {template: lane, size: count, index: i}\n"
    "    connections:\n"
    "      - {contains: [stage, \"lane[i].alu\"], for: {i: count}}  # each\n"
    "\n"
    "objects: {}\n";

TEST(TemplateLibrary, BringsTheTemplatesThatATemplateUses) {
  const auto library = templatesOf("outer", outer);
  const Result<TemplateCopy> copy =
      copyTemplate("format: taktwerk-architecture/1\nobjects: {}\n", find(library, "outer", "core"));
  ASSERT_TRUE(copy) << copy.diagnostics.front().message;
  EXPECT_THAT(copy->text, HasSubstr("  core:\n"
                                    "    description: lanes\n"
                                    "    from: outer\n"
                                    "    parameters:\n"
                                    "      n: {default: 3}\n"
                                    "      count: {default: n}   # as many\n"));
  EXPECT_THAT(copy->text, HasSubstr("for: {i: count}}  # each\n"));
  EXPECT_THAT(copy->text, HasSubstr("  lane:"));
  EXPECT_THAT(copy->text, Not(HasSubstr("7")));
  EXPECT_EQ(parseArchitecture(withInstance(copy->text, "core"), "f")->objects.size(), 4U);
  EXPECT_EQ(copied(copyTemplate("format: taktwerk-architecture/1\ntemplates:\n  lane: {objects: {}}\n",
                                find(library, "outer", "core"))),
            "refused: it uses template \"lane\", and the file has another one of this name");
}

TEST(TemplateUpdate, TellsWhatChangedAndKeepsTheRest) {
  const std::string text =
      withInstance(copied(copyTemplate("format: taktwerk-architecture/1   # mine\nobjects: {}\n",
                                       find(templatesOf("outer", outer), "outer", "core"))),
                   "core");
  const auto refusal = [](const std::string& file, const std::string& name,
                          const std::vector<LibraryTemplate>& library) {
    const auto result = updateTemplate(file, name, library);
    return result ? std::string("updated: ") + result->changes : result.diagnostics.front().message;
  };
  EXPECT_EQ(refusal(text, "core", templatesOf("outer", outer)),
            "template \"core\" is as in the library; there is nothing to update");
  EXPECT_EQ(refusal(text, "core", {}), "the library has no template \"core\" of \"outer\" any more");
  EXPECT_EQ(refusal(outer, "core", templatesOf("outer", outer)), "template \"core\" is not from the library");
  EXPECT_EQ(refusal(text, "x", {}), "there is no template \"x\"");

  std::string newer = test::with(
      outer, "stage: {class: ExecuteStage}",
      "stage: {class: ExecuteStage, latency: 2}\n      regs: {class: RegisterFile, registers: [a]}");
  newer = test::with(newer, "      count: {default: n}   # as many\n",
                     "      count: {default: 2 * n}   # twice\n");
  newer = test::with(newer, "  # each\n", "\n      - {reads: [\"lane[i].alu\", regs], for: {i: count}}\n");
  const Result<TemplateUpdate> update = updateTemplate(text, "core", templatesOf("outer", newer));
  ASSERT_TRUE(update) << update.diagnostics.front().message;
  EXPECT_EQ(update->changes,
            "count: default n → 2 * n; stage: latency 2; block regs added; connection {reads: "
            "[\"lane[i].alu\", regs], "
            "for: {i: count}} added");
  EXPECT_THAT(update->text, HasSubstr("      count: {default: 2 * n}   # twice\n"));
  EXPECT_THAT(update->text, HasSubstr("format: taktwerk-architecture/1   # mine\n"));
  EXPECT_EQ(parseArchitecture(update->text, "f")->objects.size(), 8U) << update->text;
  EXPECT_EQ(refusal(update->text, "core", templatesOf("outer", newer)),
            "template \"core\" is as in the library; there is nothing to update");
  // And back: the text of before but for its place in the list.
  EXPECT_EQ(
      said(Result<std::string>(updateTemplate(update->text, "core", templatesOf("outer", outer))->text)),
      text);
}

TEST(TemplateUpdate, OfARenamedCopyKeepsItsName) {
  const std::string mine =
      "format: taktwerk-architecture/1\ntemplates:\n  core: {objects: {}}\nobjects: {}\n";
  const std::string text = copied(copyTemplate(mine, find(templatesOf("outer", outer), "outer", "core")));
  EXPECT_THAT(text, HasSubstr("  core2:\n"));
  const auto update = updateTemplate(
      text, "core2", templatesOf("outer", test::with(outer, "description: lanes", "description: more")));
  ASSERT_TRUE(update) << update.diagnostics.front().message;
  EXPECT_EQ(update->changes, "order or description");
  EXPECT_THAT(update->text, HasSubstr("  core2:\n    description: more\n    from: outer/core\n"));
}

}  // namespace
}  // namespace taktwerk
