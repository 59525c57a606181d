// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/folding/fold.h"

#include <string>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"

namespace taktwerk {
namespace {

Architecture grid(int side) {
  const std::string n = std::to_string(side);
  return *parseArchitecture(
      "format: taktwerk-architecture/1\nname: grid\ntemplates:\n  pe:\n    objects:\n"
      "      stage: {class: ExecuteStage}\n"
      "      alu: {class: FunctionalUnit, operations: [mac], at: [40, 20]}\n"
      "      regs: {class: RegisterFile, registers: [r]}\n"
      "    connections:\n      - contains: [stage, alu]\n      - writes: [alu, regs]\n"
      "objects:\n  fetch: {class: InstructionFetchStage}\n  pe1: {class: PipelineStage}\n"
      "  one: {template: pe, note: alone, at: [10, 20]}\n"
      "  pe: {template: pe, size: [" +
          n + ", " + n +
          "]}\n"
          "  buffer: {class: RegisterFile, registers: [r], size: 2}\n"
          "connections:\n  - {forward: [fetch, \"pe[r][c].stage\"], for: {r: " +
          n + ", c: " + n +
          "}}\n"
          "  - {writes: [\"pe[r][c].alu\", \"pe[r][c + 1].regs\"], for: {r: " +
          n + ", c: " + n + " - 1}}\n  - forward: [fetch, one.stage]\n",
      "grid");
}

/// One line a shown object and connection.
std::string text(const FoldedArchitecture& shown) {
  std::string lines;
  const auto nameOf = [&](ObjectId id) { return shown.architecture.objects[id.index()].name; };
  for (const ObjectDeclaration& object : shown.architecture.objects) {
    EXPECT_EQ(&object - shown.architecture.objects.data(), object.id.value);
    const auto& group = shown.groups[object.id.index()];
    lines += object.name;
    if (group) {
      lines += group->kind == ShownGroup::Kind::Array ? " array of " : " instance of ";
      lines += object.className + (group->open ? ", open, " : ", closed, ") + std::to_string(group->objects);
    }
    if (shown.parents[object.id.index()].valid()) lines += " in " + nameOf(shown.parents[object.id.index()]);
    lines += '\n';
  }
  for (std::size_t i = 0; i < shown.architecture.connections.size(); ++i) {
    const Connection& c = shown.architecture.connections[i];
    lines += nameOf(c.from) + ' ' + std::string(toString(c.kind)) + ' ' + nameOf(c.to);
    if (shown.multiplicity[i] != 1) lines += " × " + std::to_string(shown.multiplicity[i]);
    lines += '\n';
  }
  return lines;
}

TEST(Fold, ShowsClosedGroupsAsOneObjectEach) {
  const Architecture whole = grid(64);
  const FoldedArchitecture shown = fold(whole, {});
  EXPECT_EQ(text(shown),
            "fetch\npe1\none instance of pe, closed, 3\npe array of pe, closed, 12288\n"
            "buffer array of RegisterFile, closed, 2\nfetch forward pe × 4096\nfetch forward one\n");
  ASSERT_EQ(shown.shownAs.size(), whole.objects.size());
  EXPECT_EQ(shown.shownAs[whole.find("pe[63][5].regs")->id.index()].value, 3U);
  EXPECT_EQ(shown.groups[3]->extents, (std::vector<std::int64_t>{64, 64}));
  EXPECT_EQ(shown.groups[3]->flows, (std::vector<NeighbourFlow>{{ConnectionKind::Writes, 0, 1}}));
  EXPECT_EQ(shown.groups[3]->content, ObjectClass::FunctionalUnit);
  EXPECT_EQ(shown.groups[3]->entry, "pe");
  ASSERT_TRUE(shown.architecture.objects[2].at.has_value());
  EXPECT_EQ(shown.architecture.objects[2].note, "alone");
}

TEST(Fold, AnOpenArrayShowsItsElementsAndAnOpenElementItsBlocks) {
  const FoldedArchitecture shown =
      fold(grid(2), {0, true, {{"pe", true}, {"pe[0][1]", true}, {"buffer", true}}});
  EXPECT_EQ(text(shown),
            "fetch\npe1\none instance of pe, closed, 3\npe array of pe, open, 12\n"
            "pe[0][0] instance of pe, closed, 3 in pe\npe[0][1] instance of pe, open, 3 in pe\n"
            "pe[0][1].stage in pe[0][1]\npe[0][1].alu in pe[0][1]\npe[0][1].regs in pe[0][1]\n"
            "pe[1][0] instance of pe, closed, 3 in pe\npe[1][1] instance of pe, closed, 3 in pe\n"
            "buffer array of RegisterFile, open, 2\nbuffer[0] in buffer\nbuffer[1] in buffer\n"
            "pe[0][1].stage contains pe[0][1].alu\npe[0][1].alu writes pe[0][1].regs\n"
            "fetch forward pe[0][0]\nfetch forward pe[0][1].stage\nfetch forward pe[1][0]\n"
            "fetch forward pe[1][1]\npe[0][0] writes pe[0][1].regs\npe[1][0] writes pe[1][1]\n"
            "fetch forward one\n");
  const ObjectDeclaration* alu = shown.architecture.find("pe[0][1].alu");
  ASSERT_TRUE(alu != nullptr && alu->at.has_value()) << "parts have the place that the template gives them";
  EXPECT_EQ(alu->at->x, 40);
}

TEST(Fold, OfLongArraysTheFirstElementsAndTheLastAreShown) {
  const Architecture whole = grid(64);
  const FoldedArchitecture shown = fold(whole, {0, true, {{"pe", true}}});
  std::size_t elements = 0;
  for (const auto& group : shown.groups) elements += group && group->depth == 1 ? 1 : 0;
  EXPECT_EQ(elements, 16U);
  EXPECT_NE(shown.architecture.find("pe[63][2]"), nullptr);
  EXPECT_EQ(shown.architecture.find("pe[3][0]"), nullptr);
  const ObjectId frame = shown.shownAs[whole.find("pe[3][0].alu")->id.index()];
  EXPECT_EQ(shown.architecture.objects[frame.index()].name, "pe") << "hidden elements are their array's";
  EXPECT_EQ(shown.shownAs.size(), whole.objects.size());
}

TEST(Fold, ByDepthInstancesOpenAndArraysStayClosed) {
  const Expansion usual = usualExpansion(grid(2));
  const FoldedArchitecture shown = fold(grid(2), usual);
  EXPECT_NE(shown.architecture.find("one.alu"), nullptr);
  EXPECT_EQ(shown.architecture.find("pe[0][0]"), nullptr);
  EXPECT_EQ(usualExpansion(grid(64)).depth, 0U);
  Expansion all = usual;
  all.arraysClosed = false;
  const FoldedArchitecture open = fold(grid(2), all);
  EXPECT_NE(open.architecture.find("pe[1][1].regs"), nullptr);
  all.exceptions["pe[1][1]"] = false;
  EXPECT_EQ(fold(grid(2), all).architecture.find("pe[1][1].regs"), nullptr);
}

TEST(Fold, LeavesDocumentsWithoutGroupsAlone) {
  Architecture flat = grid(8);
  flat.templates.clear();
  flat.declared.clear();
  flat.rules.clear();
  const FoldedArchitecture shown = fold(flat, {});
  EXPECT_EQ(shown.architecture.objects.size(), flat.objects.size());
  EXPECT_EQ(shown.multiplicity, std::vector<std::size_t>(flat.connections.size(), 1));
  EXPECT_EQ(shown.shownAs.back(), flat.objects.back().id);
}

}  // namespace
}  // namespace taktwerk
