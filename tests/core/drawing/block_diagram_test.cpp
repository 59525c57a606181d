// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_diagram.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/drawing/block_placement.h"
#include "core/drawing/block_sizes.h"
#include "core/folding/fold.h"
#include "tests/core/drawing/diagram_checks.h"
#include "tests/support/architecture_sketch.h"
#include "tests/support/places.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string small = R"(format: taktwerk-architecture/1
name: small
parameters:
  wide: {default: 4, minimum: 1, maximum: 8}
objects:
  imem: {class: SRAM, read_latency: 1, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, mac], latency: wide - 1}
  lsu: {class: MemoryAccessUnit, operations: [load, store]}
  regs: {class: RegisterFile, registers: [a, b, c, d, e]}
  dmem: {class: SRAM, port_width: 2 * wide}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)";

const Block& blockOf(const BlockDiagram& diagram, const std::string& title) {
  for (const Block& block : diagram.blocks) {
    if (block.title == title) return block;
  }
  ADD_FAILURE() << "no block " << title;
  return diagram.blocks.front();
}

TEST(BlockDiagram, DrawsContainmentAsNestingAndNeverAsAWire) {
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architectureOf(small)));
  EXPECT_THAT(geometryFaults(diagram), IsEmpty());
  EXPECT_EQ(diagram.blocks.size(), 8U);
  EXPECT_EQ(diagram.wires.size(), 7U);
  EXPECT_TRUE(blockOf(diagram, "execute").rect.contains(blockOf(diagram, "alu").rect));
  EXPECT_TRUE(blockOf(diagram, "fetch").rect.contains(blockOf(diagram, "imau").rect));
  EXPECT_FALSE(blockOf(diagram, "regs").parent.has_value());
}

TEST(BlockDiagram, ReadsFromLeftToRightAlongTheInstructionsPath) {
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architectureOf(small)));
  const auto right = [&](const std::string& title) { return blockOf(diagram, title).rect.right(); };
  const auto left = [&](const std::string& title) { return blockOf(diagram, title).rect.left(); };
  EXPECT_LT(right("imem"), left("fetch"));
  EXPECT_LT(right("fetch"), left("execute"));
  EXPECT_LT(right("execute"), left("regs"));
  EXPECT_LT(right("execute"), left("dmem"));
}

TEST(BlockDiagram, PointsWiresTheWayTheDataGoes) {
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architectureOf(small)));
  std::vector<std::string> accesses;
  for (const Wire& wire : diagram.wires) {
    if (wire.kind == ConnectionKind::Forward) continue;
    accesses.push_back(diagram.blocks[wire.from].title + ">" + diagram.blocks[wire.to].title);
  }
  EXPECT_THAT(accesses, ElementsAre("imem>imau", "regs>alu", "alu>regs", "lsu>regs", "dmem>lsu", "lsu>dmem"));
}

TEST(BlockDiagram, ShowsAttributesWithTheValuesOfParameters) {
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architectureOf(small)));
  EXPECT_THAT(blockOf(diagram, "alu").details, ElementsAre("add, mac", "latency 3"));
  EXPECT_THAT(blockOf(diagram, "regs").details, ElementsAre("a … e (5)"));
  std::vector<std::string> widths;
  for (const Port& port : diagram.ports) {
    if (!port.width.empty()) widths.push_back(diagram.blocks[port.block].title + "/" + port.width);
  }
  EXPECT_THAT(widths, ElementsAre("imem/2", "dmem/8", "dmem/8"));
}

TEST(BlockDiagram, KeepsThePlacesOfTheFileAndPutsTheRestBelow) {
  Architecture architecture = architectureOf(small);
  architecture.objects[0].at = CanvasPoint{403, -57};  // imem
  architecture.objects[6].at = CanvasPoint{900, 120};  // regs
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architecture));
  EXPECT_THAT(geometryFaults(diagram), IsEmpty());
  EXPECT_EQ(blockOf(diagram, "imem").rect.x, 400);
  EXPECT_EQ(blockOf(diagram, "imem").rect.y, -60);
  EXPECT_EQ(blockOf(diagram, "regs").rect.x, 900);
  EXPECT_GT(blockOf(diagram, "execute").rect.top(), blockOf(diagram, "regs").rect.bottom());
}

TEST(BlockDiagram, SurvivesAbsurdPlaces) {
  Architecture architecture = architectureOf(small);
  architecture.objects[0].at = CanvasPoint{1e300, -1e300};
  architecture.objects[3].at = CanvasPoint{std::numeric_limits<double>::quiet_NaN(), 0};
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architecture));
  EXPECT_LE(diagram.bounds.width, 3e6);
  EXPECT_EQ(diagram.wires.size(), 7U);
}

TEST(BlockDiagram, UsesTheGivenLayoutAndItsOwnWhenThatFails) {
  const Architecture architecture = architectureOf(small);
  const auto column = [](const LayoutGraph& graph) {
    std::vector<Point> corners;
    double y = 0;
    for (const Size& box : graph.boxes) {
      corners.push_back({0, y});
      y += box.height + 100;
    }
    return std::optional(corners);
  };
  const BlockDiagram placed = drawBlockDiagram(unfolded(architecture), {column});
  EXPECT_EQ(blockOf(placed, "fetch").rect.x, blockOf(placed, "dmem").rect.x);
  const BlockDiagram fallen =
      drawBlockDiagram(unfolded(architecture), {[](const LayoutGraph&) { return std::nullopt; }});
  EXPECT_EQ(describe(fallen), describe(drawBlockDiagram(unfolded(architecture))));
  const BlockDiagram tooFew = drawBlockDiagram(
      unfolded(architecture), {[](const LayoutGraph&) { return std::optional(std::vector<Point>(1)); }});
  EXPECT_EQ(describe(tooFew), describe(fallen));
}

TEST(BlockDiagram, DrawsDocumentsWithErrors) {
  // A unit in two stages, nesting in a circle, connections to itself, an unknown class, no objects.
  Architecture architecture = architectureOf(small);
  const ObjectId alu{4};
  const ObjectId fetch{2};
  const ObjectId execute{3};
  architecture.connections.push_back({ConnectionKind::Contains, fetch, alu, {}});
  architecture.connections.push_back({ConnectionKind::Contains, alu, execute, {}});
  architecture.connections.push_back({ConnectionKind::Forward, execute, execute, {}});
  architecture.connections.push_back({ConnectionKind::Forward, execute, fetch, {}});
  architecture.connections.push_back({ConnectionKind::Reads, ObjectId{99}, alu, {}});
  architecture.objects[7].objectClass = ObjectClass::Unknown;
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architecture));
  EXPECT_EQ(diagram.blocks.size(), 8U);
  EXPECT_EQ(blockOf(diagram, "alu").parent, execute.value);
  EXPECT_EQ(blockOf(diagram, "dmem").kind, BlockKind::Unknown);
  EXPECT_THAT(describe(diagram), HasSubstr("wire contains fetch -> alu"));
  EXPECT_TRUE(drawBlockDiagram(unfolded(Architecture())).blocks.empty());
}

TEST(BlockDiagram, HasSoundGeometryForRandomArchitectures) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    Random random(seed);
    const Architecture architecture = architectureOf(randomArchitecture(random, {}).text());
    const BlockDiagram diagram = drawBlockDiagram(unfolded(architecture));
    EXPECT_THAT(geometryFaults(diagram), IsEmpty()) << "seed " << seed;
    EXPECT_EQ(describe(diagram), describe(drawBlockDiagram(unfolded(architecture)))) << "seed " << seed;
  }
}

TEST(BlockDiagram, HasSoundGeometryForTheArchitecturesOfTheProject) {
  int seen = 0;
  for (const auto& folder : std::filesystem::directory_iterator(taktwerk::sourceDirectory() + "/archs")) {
    const auto path = folder.path() / (folder.path().filename().string() + ".arch.yaml");
    if (!std::filesystem::exists(path)) continue;
    const Result<Architecture> architecture = readArchitecture(path);
    ASSERT_TRUE(architecture) << path;
    if (architecture->objects.size() > 150) continue;  // wires of very large ones may run straight through
    EXPECT_THAT(geometryFaults(drawBlockDiagram(unfolded(*architecture))), IsEmpty()) << path;
    ++seen;
  }
  EXPECT_GT(seen, 0);
}

TEST(BlockDiagram, DrawsThousandsOfBlocks) {
  Architecture architecture;
  const auto add = [&](ObjectClass objectClass, const std::string& name) {
    ObjectDeclaration object;
    object.id = ObjectId{static_cast<std::uint32_t>(architecture.objects.size())};
    object.name = name;
    object.objectClass = objectClass;
    architecture.objects.push_back(object);
    return object.id;
  };
  for (int i = 0; i < 1500; ++i) {
    const ObjectId stage = add(ObjectClass::ExecuteStage, "stage" + std::to_string(i));
    const ObjectId unit = add(ObjectClass::FunctionalUnit, "unit" + std::to_string(i));
    const ObjectId file = add(ObjectClass::RegisterFile, "file" + std::to_string(i));
    architecture.connections.push_back({ConnectionKind::Contains, stage, unit, {}});
    architecture.connections.push_back({ConnectionKind::Reads, unit, file, {}});
    architecture.connections.push_back(
        {ConnectionKind::Writes, unit, ObjectId{file.value / 2 / 3 * 3 + 2}, {}});
  }
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architecture));
  EXPECT_EQ(diagram.blocks.size(), 4500U);
  EXPECT_EQ(diagram.wires.size(), 3000U);
}

TEST(BlockDiagram, DescribesBlocksPortsAndWiresInText) {
  const std::string text = describe(drawBlockDiagram(unfolded(architectureOf(small))));
  EXPECT_THAT(text, HasSubstr("block alu [Compute, FunctionalUnit]"));
  EXPECT_THAT(text, HasSubstr(" in execute | add, mac | latency 3\n"));
  EXPECT_THAT(text, HasSubstr("port dmem data "));
  EXPECT_THAT(text, HasSubstr("wire forward fetch -> execute:"));
}

Block standingAt(std::uint32_t id, const Rect& rect, bool open = false) {
  Block block;
  block.object = ShownId{id};
  block.rect = rect;
  if (open) {
    block.group.emplace();
    block.group->open = true;
  }
  return block;
}

TEST(PlacesInFile, AreWhereBlocksStandRoundAnOpenGroupThatCoversNone) {
  // Right of it, below it, and below it between its closed and its open width.
  const std::vector<Block> blocks{standingAt(0, {0, 0, 600, 400}, true), standingAt(1, {680, 20, 100, 60}),
                                  standingAt(2, {0, 460, 100, 60}), standingAt(3, {300, 460, 100, 60}),
                                  standingAt(4, {680, 300, 100, 60})};
  const std::vector<Point> places = placesInFile(blocks);
  ASSERT_EQ(places.size(), blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(places[i], (Point{blocks[i].rect.x, blocks[i].rect.y})) << i;
  }
}

TEST(PlacesInFile, StayThoseOfTheClosedGroupWhereTheOpenOnePushes) {
  std::vector<Block> blocks{standingAt(0, {0, 0, 600, 400}, true), standingAt(1, {680, 0, 100, 60})};
  const Size closed = closedSize(blocks[0]);
  blocks[1].origin = {600 - closed.width, 0};
  const std::vector<Point> places = placesInFile(blocks);
  EXPECT_EQ(places[0], (Point{0, 0}));
  EXPECT_EQ(places[1], (Point{80 + closed.width, 0}));
}

}  // namespace
}  // namespace taktwerk::test
