// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include <QLineEdit>
#include <QSlider>
#include <QTreeWidget>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/class_specification.h"
#include "tests/widgets/fixtures.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

const InspectorRow* rowOf(const InspectorContent& content, const QString& name) {
  for (const InspectorSection& section : content.sections) {
    for (const InspectorRow& row : section.rows) {
      if (row.name == name) return &row;
    }
  }
  ADD_FAILURE() << "no row " << name.toStdString();
  return nullptr;
}

TEST(InspectorContent, ShowsEveryAttributeOfAClassWithValueUnitAndDefault) {
  const auto document = oneMacDocument();
  const ShownObject& alu = *document->shown->find("alu");
  const InspectorContent content = contentOf(*document, alu.shown);
  EXPECT_EQ(content.title, "alu");
  EXPECT_EQ(content.subtitle, "FunctionalUnit");
  EXPECT_EQ(content.sections[0].rows.size(), specificationOf(ObjectClass::FunctionalUnit)->attributes.size());
  EXPECT_EQ(rowOf(content, "latency")->value, "1 = mac_latency");
  EXPECT_EQ(rowOf(content, "latency")->unit, "cycles");
  EXPECT_FALSE(rowOf(content, "latency")->isDefault);
  EXPECT_TRUE(rowOf(content, "max_in_flight")->isDefault);
  EXPECT_FALSE(rowOf(content, "max_in_flight")->description.isEmpty());
  EXPECT_EQ(rowOf(content, "contained in")->value, "execute");
  EXPECT_EQ(rowOf(content, "reads")->object, document->shown->find("regs")->shown);
}

TEST(InspectorContent, ShowsParametersAndContentsWhenNothingIsSelected) {
  const auto document = oneMacDocument();
  const InspectorContent content = contentOf(*document->architecture, {});
  EXPECT_EQ(rowOf(content, "mac_latency")->value, "1");
  EXPECT_EQ(rowOf(content, "mac_latency")->unit, "1 … 64");
  EXPECT_EQ(rowOf(content, "SRAM")->value, "2");
}

TEST(InspectorContent, ShowsWhatAWorkspaceSetsParametersToAndWhatFollowsFromIt) {
  const auto document = oneMacDocument();
  const InspectorContent content =
      contentOf(*document->architecture, {}, ParameterOverrides{{{"fetch_width", 4}}, "study.taktwerk"});
  EXPECT_EQ(rowOf(content, "fetch_width")->value, "4 by study.taktwerk");
  EXPECT_EQ(rowOf(content, "fetch_width")->source, "1");
  EXPECT_TRUE(rowOf(content, "fetch_width")->description.endsWith("4 by study.taktwerk; the default is 1"));
  EXPECT_EQ(rowOf(content, "issue_buffer")->value, "4 = fetch_width");
  EXPECT_EQ(rowOf(content, "mac_latency")->value, "1");
}

TEST(InspectorContent, ShowsAndTakesWhatAnObjectCosts) {
  const auto document = documentOf(R"(format: taktwerk-architecture/1
name: costed
parameters:
  rows: {default: 4, minimum: 1, maximum: 64}
costs: {mine: {source: my own, scale: relative}}
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add], area: rows / 8, energy: {add: 1 / 10}, cost_source: mine}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
)");
  const InspectorContent content = contentOf(*document, document->shown->find("alu")->shown);
  EXPECT_EQ(rowOf(content, "area")->source, "rows / 8");
  EXPECT_EQ(rowOf(content, "area")->unit, "µm²");
  EXPECT_EQ(rowOf(content, "energy")->source, "{add: 1 / 10}");
  EXPECT_TRUE(rowOf(content, "leakage")->isDefault);
  const ObjectDeclaration& alu = *document->architecture->find("alu");
  const auto problem = [&](const char* attribute, const char* text, QString* value = nullptr) {
    return problemOf(*document->architecture, alu, *specificationOf(alu.objectClass)->find(attribute), text,
                     value);
  };
  QString value;
  EXPECT_EQ(problem("area", "rows / 8", &value), "");
  EXPECT_EQ(value, "= 0.5");
  EXPECT_NE(problem("area", "0 - rows"), "");
  EXPECT_EQ(problem("energy", "{add: 3 / 10}"), "");
  EXPECT_EQ(problem("energy", "k / 10"), "") << "an immediate";
  EXPECT_NE(problem("energy", "{mul: 3 / 10}"), "");
  EXPECT_EQ(problem("cost_source", "mine"), "");
  EXPECT_EQ(problem("cost_source", "{area: [mine], energy: mine}"), "");
  EXPECT_NE(problem("cost_source", "{area: yours}"), "");
  EXPECT_NE(problem("cost_source", "yours"), "");
  EXPECT_TRUE(typedValue(specificationOf(alu.objectClass)->find("energy"), "{add: 3 / 10}").isMap());
}

/// A file whose buffer must hold a fetch, with a limit between two others.
std::shared_ptr<const Document> boundedDocument() {
  return documentOf(R"(format: taktwerk-architecture/1
name: bounded
parameters:
  width: {default: 2, minimum: 1, maximum: 16}
  buffer: {default: 8, minimum: width, maximum: 4 * width, description: places}
  rows: {default: 4, minimum: 1, maximum: 64}
constraints:
  - {condition: rows * width <= 64, reason: no more multipliers fit}
objects: {}
connections: []
)");
}

TEST(InspectorContent, ShowsTheBoundsInForceAndWhatTheyFollow) {
  const auto document = boundedDocument();
  InspectorContent content = contentOf(*document->architecture, {});
  EXPECT_EQ(rowOf(content, "buffer")->unit, "2 … 8");
  EXPECT_EQ(rowOf(content, "buffer")->description, "places\nminimum: width\nmaximum: 4 * width");
  EXPECT_EQ(rowOf(content, "rows")->description, "rows * width <= 64: no more multipliers fit");
  EXPECT_FALSE(rowOf(content, "buffer")->wrong || rowOf(content, "rows")->wrong);
  content = contentOf(*document->architecture, {}, ParameterOverrides{{{"width", 10}, {"rows", 7}}, "w"});
  EXPECT_EQ(rowOf(content, "buffer")->unit, "10 … 40");
  EXPECT_TRUE(rowOf(content, "buffer")->wrong);
  EXPECT_TRUE(rowOf(content, "buffer")
                  ->description.contains("Infeasible: parameter \"buffer\" must be at least 10 (width)"));
  EXPECT_TRUE(rowOf(content, "rows")->wrong);
  EXPECT_TRUE(
      rowOf(content, "rows")
          ->description.contains("Infeasible: rows * width <= 64 does not hold, 70 against 64 (rows 7, "
                                 "width 10): no more multipliers fit"));
}

TEST(Inspector, KeepsToTheBoundsInForce) {
  const Theme theme(false);
  SelectionModel selection;
  Inspector inspector(theme, selection);
  inspector.setDocument(boundedDocument());
  auto* rows = inspector.findChild<QTreeWidget*>();
  const auto item = [&](const QString& name) {
    return rows->findItems(name, Qt::MatchExactly | Qt::MatchRecursive).front();
  };
  EXPECT_EQ(inspector.check(*item("buffer"), "8"), "");
  EXPECT_EQ(inspector.check(*item("buffer"), "9"),
            "parameter \"buffer\" must be at least 2 (width) and at most 8 (4 * width), is 9");
  EXPECT_EQ(inspector.check(*item("width"), "9"),
            "parameter \"buffer\" must be at least 9 (width) and at most 36 (4 * width), is 8");
  EXPECT_EQ(inspector.check(*item("rows"), "33"),
            "rows * width <= 64 does not hold, 66 against 64 (rows 33, width 2): no more multipliers fit");
  EXPECT_TRUE(inspector.check(*item("rows"), "65").startsWith("parameter \"rows\" must be at least 1"));

  // The slider goes as far as the bounds.
  inspector.setEditor([](const QString&, const auto&, const QString&) { return QString(); });
  rows->setCurrentItem(item("buffer"));
  const auto* slider = inspector.findChild<QSlider*>();
  EXPECT_EQ(slider->minimum(), 2);
  EXPECT_EQ(slider->maximum(), 8);
}

TEST(Inspector, RefusesToSetForTheEstimateWhatTheBoundsInForceDoNotAllow) {
  const Theme theme(false);
  SelectionModel selection;
  Inspector inspector(theme, selection);
  inspector.setDocument(boundedDocument());
  inspector.setOverrides({{{"width", 4}}, "w"});
  std::map<std::string, std::int64_t> set;
  inspector.setOverrideEditor([&](const std::string& name, std::optional<std::int64_t> value) {
    if (value) set[name] = *value;
  });
  auto* rows = inspector.findChild<QTreeWidget*>();
  rows->setCurrentItem(rows->findItems("buffer", Qt::MatchExactly | Qt::MatchRecursive).front());
  auto* field = inspector.findChild<QLineEdit*>("override");
  ASSERT_NE(field, nullptr);
  const auto type = [&](const QString& text) {
    field->setText(text);
    Q_EMIT field->returnPressed();
  };
  type("17");
  EXPECT_TRUE(set.empty());
  EXPECT_TRUE(inspector.detailText().contains(
      "parameter \"buffer\" must be at least 4 (width) and at most 16 (4 * width), is 17"));
  type("16");  // twice what the default of width would allow
  EXPECT_EQ(set.at("buffer"), 16);
}

TEST(InspectorContent, ShowsUnknownClassesAndAttributesAndMissingOnes) {
  const auto document = documentOf(R"(format: taktwerk-architecture/1
name: odd
objects:
  a: {class: Teleporter, range: 3, list: [1, [2, 3]], map: {x: 1}}
  b: {class: FunctionalUnit, colour_of_magic: 8}
connections: []
)");
  const InspectorContent unknown = contentOf(*document, ShownId{0});
  EXPECT_EQ(unknown.subtitle, "Teleporter");
  EXPECT_TRUE(rowOf(unknown, "range")->wrong);
  EXPECT_EQ(rowOf(unknown, "list")->value, "1, [2, 3]");
  EXPECT_EQ(rowOf(unknown, "map")->value, "{x: 1}");
  const InspectorContent wrong = contentOf(*document, ShownId{1});
  EXPECT_TRUE(rowOf(wrong, "colour_of_magic")->wrong);
  EXPECT_EQ(rowOf(wrong, "operations")->value, "missing");
  EXPECT_FALSE(wrong.problems.empty());
}

TEST(InspectorContent, DescribesAConnection) {
  const auto document = oneMacDocument();
  const InspectorContent content = contentOf(*document, ShownConnectionId{2});
  EXPECT_EQ(content.title, "fetch forwards to decode");
  EXPECT_EQ(rowOf(content, "to")->value, "decode");
  EXPECT_EQ(contentOf(*document, ShownConnectionId{999}).subtitle, "Architecture");
}

TEST(Inspector, FollowsTheSelection) {
  const Theme theme(false);
  SelectionModel selection;
  Inspector inspector(theme, selection);
  const auto document = oneMacDocument();
  inspector.setDocument(document);
  auto* rows = inspector.findChild<QTreeWidget*>();
  const auto has = [&](const QString& text) {
    return !rows->findItems(text, Qt::MatchExactly | Qt::MatchRecursive).isEmpty();
  };
  EXPECT_TRUE(has("mac_latency"));
  selection.select(SelectionModel::Names{"dmem"});
  EXPECT_TRUE(has("read_latency"));
  EXPECT_FALSE(has("mac_latency"));
  selection.clear();
  EXPECT_TRUE(has("mac_latency"));
  inspector.setDocument(nullptr);
  EXPECT_EQ(rows->topLevelItemCount(), 0);
}

TEST(Outline, IsATreeByContainmentThatFiltersAndSelects) {
  const Theme theme(false);
  SelectionModel selection;
  OutlinePanel outline(theme, selection);
  const auto document = oneMacDocument();
  outline.setDocument(document);
  EXPECT_EQ(outline.dump().toStdString(),
            "Instruction path\n  fetch\n    imau\n  decode\n  execute\n    alu\n    lsu\n"
            "Register files\n  regs\nMemories\n  imem\n  dmem\n");
  auto* tree = outline.findChild<QTreeWidget*>();
  tree->findItems("lsu", Qt::MatchExactly | Qt::MatchRecursive).front()->setSelected(true);
  EXPECT_EQ(selection.names(), SelectionModel::Names{"lsu"});
  selection.select(SelectionModel::Names{"regs"});
  EXPECT_EQ(tree->selectedItems().front()->text(0), "regs");
}

}  // namespace
}  // namespace taktwerk::test
