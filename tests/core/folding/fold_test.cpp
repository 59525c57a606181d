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
std::string text(const FoldedView& shown) {
  std::string lines;
  const auto nameOf = [&](ShownId id) { return shown.objects[id.index()].name; };
  for (const ShownObject& object : shown.objects) {
    EXPECT_EQ(&object - shown.objects.data(), object.shown.value);
    EXPECT_NE(object.id.valid(), object.group.has_value()) << "a group is no object of the architecture";
    lines += object.name;
    if (const auto& group = object.group) {
      lines += group->kind == ShownGroup::Kind::Array ? " array of " : " instance of ";
      lines += object.className + (group->open ? ", open, " : ", closed, ") + std::to_string(group->objects);
    }
    if (object.parent.valid()) lines += " in " + nameOf(object.parent);
    lines += '\n';
  }
  for (const ShownConnection& c : shown.connections) {
    lines += nameOf(c.from) + ' ' + std::string(toString(c.kind)) + ' ' + nameOf(c.to);
    if (c.count != 1) lines += " × " + std::to_string(c.count);
    lines += '\n';
  }
  return lines;
}

TEST(Fold, ShowsClosedGroupsAsOneObjectEach) {
  const Architecture whole = grid(64);
  const FoldedView shown = fold(whole, {});
  EXPECT_EQ(text(shown),
            "fetch\npe1\none instance of pe, closed, 3\npe array of pe, closed, 12288\n"
            "buffer array of RegisterFile, closed, 2\nfetch forward pe × 4096\nfetch forward one\n");
  ASSERT_EQ(shown.shownAs.size(), whole.objects.size());
  EXPECT_EQ(shown.shownAs[whole.find("pe[63][5].regs")->id.index()].value, 3U);
  EXPECT_EQ(shown.objects[3].group->extents, (std::vector<std::int64_t>{64, 64}));
  EXPECT_EQ(shown.objects[3].group->flows, (std::vector<NeighbourFlow>{{ConnectionKind::Writes, 0, 1}}));
  EXPECT_EQ(shown.objects[3].group->content, ObjectClass::FunctionalUnit);
  EXPECT_EQ(shown.objects[3].group->entry, "pe");
  ASSERT_TRUE(shown.objects[2].at.has_value());
  EXPECT_EQ(shown.objects[2].note, "alone");
}

TEST(Fold, AnOpenArrayShowsItsElementsAndAnOpenElementItsBlocks) {
  const FoldedView shown = fold(grid(2), {0, true, {{"pe", true}, {"pe[0][1]", true}, {"buffer", true}}});
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
  const ShownObject* alu = shown.find("pe[0][1].alu");
  ASSERT_TRUE(alu != nullptr && alu->at.has_value()) << "parts have the place that the template gives them";
  EXPECT_EQ(alu->at->x, 40);
}

TEST(Fold, OfLongArraysTheFirstElementsAndTheLastAreShown) {
  const Architecture whole = grid(64);
  const FoldedView shown = fold(whole, {0, true, {{"pe", true}}});
  std::size_t elements = 0;
  for (const ShownObject& o : shown.objects) elements += o.group && o.group->depth == 1 ? 1 : 0;
  EXPECT_EQ(elements, 16U);
  EXPECT_NE(shown.find("pe[63][2]"), nullptr);
  EXPECT_EQ(shown.find("pe[3][0]"), nullptr);
  const ShownId frame = shown.shownAs[whole.find("pe[3][0].alu")->id.index()];
  EXPECT_EQ(shown.objects[frame.index()].name, "pe") << "hidden elements are their array's";
  EXPECT_EQ(shown.shownAs.size(), whole.objects.size());
}

TEST(Fold, ByDepthInstancesOpenAndArraysStayClosed) {
  const Expansion usual = usualExpansion(grid(2));
  const FoldedView shown = fold(grid(2), usual);
  EXPECT_NE(shown.find("one.alu"), nullptr);
  EXPECT_EQ(shown.find("pe[0][0]"), nullptr);
  EXPECT_EQ(usualExpansion(grid(64)).depth, 0U);
  Expansion all = usual;
  all.arraysClosed = false;
  const FoldedView open = fold(grid(2), all);
  EXPECT_NE(open.find("pe[1][1].regs"), nullptr);
  all.exceptions["pe[1][1]"] = false;
  EXPECT_EQ(fold(grid(2), all).find("pe[1][1].regs"), nullptr);
}

TEST(Fold, LeavesDocumentsWithoutGroupsAlone) {
  Architecture flat = grid(8);
  flat.templates.clear();
  flat.declared.clear();
  flat.rules.clear();
  const FoldedView shown = fold(flat, {});
  EXPECT_EQ(shown.objects.size(), flat.objects.size());
  ASSERT_EQ(shown.connections.size(), flat.connections.size());
  for (std::size_t i = 0; i < flat.connections.size(); ++i) {
    EXPECT_EQ(shown.connections[i].count, 1U);
    EXPECT_EQ(shown.connections[i].first.index(), i);
  }
  EXPECT_EQ(shown.shownAs.back().value, flat.objects.back().id.value);
}

}  // namespace
}  // namespace taktwerk
