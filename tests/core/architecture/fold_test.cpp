// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/fold.h"

#include <string>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"

namespace taktwerk {
namespace {

Architecture grid(int side) {
  const std::string n = std::to_string(side);
  return *parseArchitecture(
      "format: taktwerk-architecture/1\nname: grid\ntemplates:\n  pe:\n    objects:\n"
      "      stage: {class: ExecuteStage}\n"
      "      alu: {class: FunctionalUnit, operations: [mac]}\n"
      "      regs: {class: RegisterFile, registers: [r]}\n"
      "    connections:\n      - contains: [stage, alu]\n      - writes: [alu, regs]\n"
      "objects:\n  fetch: {class: InstructionFetchStage}\n  pe1: {class: PipelineStage}\n"
      "  pe: {template: pe, size: [" +
          n + ", " + n +
          "]}\n"
          "connections:\n  - {forward: [fetch, \"pe[r][c].stage\"], for: {r: " +
          n + ", c: " + n +
          "}}\n"
          "  - {writes: [\"pe[r][c].alu\", \"pe[r][c + 1].regs\"], for: {r: " +
          n + ", c: " + n + " - 1}}\n",
      "grid");
}

TEST(Fold, KeepsTheFirstElementOfEveryArrayAndTellsHowManyItStandsFor) {
  const Architecture whole = grid(64);
  ASSERT_EQ(whole.objects.size(), 2u + 3 * 64 * 64);
  const FoldedArchitecture folded = fold(whole);
  std::string names;
  for (const ObjectDeclaration& object : folded.architecture.objects) {
    EXPECT_EQ(&object - folded.architecture.objects.data(), object.id.value);
    names += object.name + ' ' + std::to_string(folded.elements[object.id.index()]) + '\n';
  }
  EXPECT_EQ(names, "fetch 1\npe1 1\npe[0][0].stage 4096\npe[0][0].alu 4096\npe[0][0].regs 4096\n");
  ASSERT_EQ(folded.architecture.connections.size(), 3u) << "each connection once";
  for (const Connection& c : folded.architecture.connections) {
    EXPECT_LT(c.from.index(), folded.architecture.objects.size());
    EXPECT_LT(c.to.index(), folded.architecture.objects.size());
  }
}

TEST(Fold, LeavesSmallDocumentsAndThoseWithoutArraysAlone) {
  const Architecture small = grid(2);
  EXPECT_EQ(fold(small).architecture.objects.size(), small.objects.size());
  Architecture flat = grid(64);
  flat.templates.clear();
  flat.declared.clear();
  flat.rules.clear();
  EXPECT_EQ(fold(flat).architecture.objects.size(), flat.objects.size());
  EXPECT_EQ(fold(flat).elements, std::vector<std::size_t>(flat.objects.size(), 1));
}

}  // namespace
}  // namespace taktwerk
