// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/folded_graph.h"

#include <set>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/graph_path.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/core/analysis/small_machine.h"
#include "tests/support/random.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

GraphWindow windowOf(const std::shared_ptr<const Machine>& machine, const Program& program,
                     std::int64_t first, std::int64_t end) {
  Progress progress;
  auto window = graphWindowOf(machine, program, {first, end}, progress);
  EXPECT_TRUE(window);
  return window ? std::move(*window) : GraphWindow{};
}

const FoldedBox* boxNamed(const FoldedGraph& folded, FoldedKind kind, const std::string& name) {
  for (const FoldedBox& box : folded.boxes) {
    if (box.kind == kind && box.name == name) return &box;
  }
  return nullptr;
}

std::vector<std::string> namesOf(const FoldedGraph& folded) {
  std::vector<std::string> names;
  for (const FoldedBox& box : folded.boxes) names.push_back(toString(box.kind) + (" " + box.name));
  return names;
}

/// Every node is in one box, and every edge inside one box or in one merged edge; nothing is added or lost.
void expectAllIsThere(const GraphWindow& window, const FoldedGraph& folded) {
  const DependencyGraph& graph = window.graph;
  ASSERT_EQ(folded.boxOf.size(), graph.nodes.size());
  ASSERT_EQ(folded.edgeOf.size(), graph.edges.size());
  std::size_t nodes = 0;
  std::uint32_t firstNode = 0;
  std::set<std::string> keys;
  for (std::uint32_t b = 0; b < folded.boxes.size(); ++b) {
    const FoldedBox& box = folded.boxes[b];
    ASSERT_FALSE(box.nodes.empty());
    EXPECT_TRUE(std::is_sorted(box.nodes.begin(), box.nodes.end()));
    EXPECT_TRUE(b == 0 || box.nodes.front() > firstNode) << "boxes stand in the order of first nodes";
    firstNode = box.nodes.front();
    nodes += box.nodes.size();
    EXPECT_TRUE(keys.insert(box.key).second) << box.key;
    Cycles enter = graph.nodes[firstNode].enter, leave = graph.nodes[firstNode].leave;
    std::set<std::int64_t> instructions;
    for (const std::uint32_t n : box.nodes) {
      EXPECT_EQ(folded.boxOf[n], b);
      enter = std::min(enter, graph.nodes[n].enter);
      leave = std::max(leave, graph.nodes[n].leave);
      instructions.insert(graph.nodes[n].instruction);
    }
    EXPECT_EQ(std::tuple(box.enter, box.leave), std::tuple(enter, leave));
    EXPECT_EQ(box.instructions, static_cast<std::int64_t>(instructions.size()));
  }
  EXPECT_EQ(nodes, graph.nodes.size());

  std::vector<FoldedEdge> merged(folded.edges.size());
  std::vector<std::array<std::int64_t, 4>> inner(folded.boxes.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const GraphEdge& edge = graph.edges[e];
    const std::uint32_t from = folded.boxOf[edge.from], to = folded.boxOf[edge.to];
    if (from == to) {
      EXPECT_EQ(folded.edgeOf[e], FoldedGraph::inside);
      ++inner[to][static_cast<std::size_t>(edge.kind)];
      continue;
    }
    ASSERT_LT(folded.edgeOf[e], folded.edges.size());
    const FoldedEdge& in = folded.edges[folded.edgeOf[e]];
    EXPECT_EQ(std::tuple(in.from, in.to, in.kind), std::tuple(from, to, edge.kind));
    FoldedEdge& sum = merged[folded.edgeOf[e]];
    ++sum.count;
    sum.binding += edge.binding ? 1 : 0;
    sum.critical = sum.critical || edge.critical;
    sum.longest = std::max(sum.longest, edge.duration);
  }
  std::set<std::tuple<std::uint32_t, std::uint32_t, GraphEdgeKind>> ends;
  for (std::size_t e = 0; e < merged.size(); ++e) {
    const FoldedEdge& edge = folded.edges[e];
    EXPECT_TRUE(ends.insert({edge.from, edge.to, edge.kind}).second) << "two of a kind between two boxes";
    EXPECT_EQ(std::tuple(edge.count, edge.binding, edge.critical, edge.longest),
              std::tuple(merged[e].count, merged[e].binding, merged[e].critical, merged[e].longest));
    EXPECT_LE(edge.carried, edge.count);
    EXPECT_EQ(folded.edgeOf[edge.strongest], e);
    EXPECT_EQ(graph.edges[edge.strongest].critical, edge.critical);
  }
  for (std::size_t b = 0; b < inner.size(); ++b) EXPECT_EQ(folded.boxes[b].inner, inner[b]);

  std::vector<Cycles> critical(folded.boxes.size(), 0);
  for (const PathStep& step : criticalSteps(window)) critical[folded.boxOf[step.node]] += step.duration;
  for (std::size_t b = 0; b < critical.size(); ++b) {
    EXPECT_EQ(folded.boxes[b].critical, critical[b]);
    EXPECT_TRUE(critical[b] == 0 || folded.boxes[b].onPath);
  }
}

TEST(FoldedGraph, OfRandomWindowsHoldsEveryNodeAndEdgeOnceWhateverIsOpen) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 400;
  int windows = 0, opened = 0;
  for (int i = 0; i < propertyCount(60); ++i) {
    const std::uint64_t seed = 47'000'000 + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    Random random(seed);
    const std::int64_t all = sizeOf(*program).instructions;
    const std::int64_t first = random.between(0, std::max<std::int64_t>(0, all - 1));
    const std::int64_t end = std::min(all, first + random.between(1, 60));
    Progress progress;
    const auto window = graphWindowOf(machine, *program, {first, end}, progress);
    if (!window || window->graph.nodes.empty()) continue;
    ++windows;
    for (const FoldBy by : {FoldBy::Loops, FoldBy::Blocks}) {
      GraphFold fold = usualFold(*window, *program, by);
      for (int step = 0; step < 8; ++step) {
        const FoldedGraph folded = foldGraph(*window, *program, fold);
        expectAllIsThere(*window, folded);
        const FoldedBox& box = folded.boxes[random.below(folded.boxes.size())];
        if (random.chance(20)) {
          fold = withClosed(fold, box);
        } else if (box.canOpen()) {
          fold = withOpened(*window, *program, fold, box,
                            random.chance(30) ? FoldState::Apart : FoldState::Open);
          ++opened;
          EXPECT_GE(foldGraph(*window, *program, fold).boxes.size(), folded.boxes.size());
        }
        if (HasFailure()) return;
      }
    }
  }
  EXPECT_GT(windows, 20);
  EXPECT_GT(opened, windows);
}

TEST(FoldedGraph, OpenDownToNodesIsTheGraphItself) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const GraphWindow window = windowOf(machine, program, 100, 130);
  for (const FoldBy by : {FoldBy::Loops, FoldBy::Blocks}) {
    const GraphFold fold = withAllOpened(window, program, usualFold(window, program, by));
    const FoldedGraph folded = foldGraph(window, program, fold);
    ASSERT_EQ(folded.boxes.size(), window.graph.nodes.size());
    for (std::uint32_t n = 0; n < folded.boxes.size(); ++n) {
      EXPECT_THAT(folded.boxes[n].nodes, ElementsAre(n));
      EXPECT_FALSE(folded.boxes[n].canOpen());
    }
    std::set<std::tuple<std::uint32_t, std::uint32_t, GraphEdgeKind>> ends;
    for (const GraphEdge& edge : window.graph.edges) ends.insert({edge.from, edge.to, edge.kind});
    EXPECT_EQ(folded.edges.size(), ends.size());
    expectAllIsThere(window, folded);
  }
}

TEST(FoldedGraph, BeginsWithTheBodyOfTheLoopThatTheWindowIsOf) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);  // oc × 3 (k × 2000 (wait, i × 5 (load, add, store)))
  const GraphWindow window = windowOf(machine, program, 2 + 16 * 10, 2 + 16 * 13);  // k = 10, 11, 12
  const GraphFold fold = usualFold(window, program, FoldBy::Loops);
  const FoldedGraph folded = foldGraph(window, program, fold);
  EXPECT_THAT(namesOf(folded), UnorderedElementsAre("before ", "instruction wait", "loop i"));
  const FoldedBox* kernel = boxNamed(folded, FoldedKind::Loop, "i");
  ASSERT_TRUE(kernel);
  EXPECT_EQ(kernel->trips, 5);
  EXPECT_EQ(kernel->iterations, 15) << "five in each of three";
  EXPECT_EQ(kernel->instructions, 45);
  EXPECT_GT(kernel->innerCarried, 0) << "add needs what it made before";
  EXPECT_EQ(boxNamed(folded, FoldedKind::Instruction, "wait")->instructions, 3);
  bool back = false;
  for (const FoldedEdge& edge : folded.edges) {
    const std::string from = folded.boxes[edge.from].name, to = folded.boxes[edge.to].name;
    if (from == "i" && to == "wait") {
      back = true;
      EXPECT_EQ(edge.carried, edge.count) << "from one iteration of k to the next";
    }
  }
  EXPECT_TRUE(back);

  // The body of the kernel: its instructions once each.
  const GraphFold open = withOpened(window, program, fold, *kernel);
  const FoldedGraph body = foldGraph(window, program, open);
  EXPECT_THAT(namesOf(body), UnorderedElementsAre("before ", "instruction wait", "instruction load",
                                                  "instruction add", "instruction store"));
  const FoldedBox* add = boxNamed(body, FoldedKind::Instruction, "add");
  EXPECT_EQ(add->instructions, 15);
  EXPECT_GT(add->innerCarried, 0);
  for (const FoldedEdge& edge : body.edges) {
    if (body.boxes[edge.from].name != "load" || body.boxes[edge.to].name != "add") continue;
    if (edge.kind == GraphEdgeKind::Data) {
      EXPECT_EQ(edge.carried, 0) << "each add needs the load of its own iteration";
    }
  }
  // An instruction opens into what it did in which block, and closes again with what it stands in.
  const FoldedGraph opened = foldGraph(window, program, withOpened(window, program, open, *add));
  const FoldedBox* alu = boxNamed(opened, FoldedKind::Block, "alu");
  ASSERT_TRUE(alu);
  EXPECT_EQ(alu->nodes.size(), 15U);
  EXPECT_EQ(foldGraph(window, program, withClosed(open, *add)).boxes.size(), folded.boxes.size());
}

TEST(FoldedGraph, TellsIterationsApartWhereThatIsAskedFor) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const GraphWindow window = windowOf(machine, program, 2 + 16 * 10, 2 + 16 * 13);
  GraphFold fold = usualFold(window, program, FoldBy::Loops);
  const std::string loop = foldGraph(window, program, fold).boxes.back().within;
  ASSERT_EQ(fold.states.at(loop), FoldState::Open);
  fold.states[loop] = FoldState::Apart;
  const FoldedGraph folded = foldGraph(window, program, fold);
  EXPECT_EQ(folded.boxes.size(), 7U) << "three times wait and i, and what was before";
  fold.states[loop + "/i11"] = FoldState::Closed;
  const FoldedGraph one = foldGraph(window, program, fold);
  const FoldedBox* iteration = boxNamed(one, FoldedKind::Iteration, "k");
  ASSERT_TRUE(iteration);
  EXPECT_EQ(iteration->iterations, 11);
  EXPECT_EQ(iteration->instructions, 16);
  EXPECT_EQ(foldGraph(window, program, withClosed(fold, *iteration)).boxes.size(), 2U);
  expectAllIsThere(window, one);
}

TEST(FoldedGraph, ArraysAndInstancesAreOneBoxEach) {
  const auto machine = machineFromText(R"(
format: taktwerk-architecture/1
name: Four
templates:
  element:
    objects:
      stage: {class: ExecuteStage}
      alu: {class: FunctionalUnit, operations: [add]}
      regs: {class: RegisterFile, registers: [r0], data_width: 32}
    connections:
      - contains: [stage, alu]
      - reads: [alu, regs]
      - writes: [alu, regs]
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  pe: {template: element, size: [2, 3]}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: ["fetch", "pe[r][c].stage"]
    for: {r: 2, c: 3}
)");
  const Program program =
      programOf(*machine,
                "{\"operation\": \"add\", \"reads\": [\"pe[0][1].regs.r0\"], \"unit\": \"pe[0][1].alu\"}\n"
                "{\"operation\": \"add\", \"reads\": [\"pe[1][2].regs.r0\"], \"unit\": \"pe[1][2].alu\"}\n"
                "{\"operation\": \"add\", \"reads\": [\"pe[1][2].regs.r0\"], \"unit\": \"pe[1][2].alu\"}\n");
  const GraphWindow window = windowOf(machine, program, 0, 3);
  // By instructions: what an operation does in the array is one box, then each instruction.
  GraphFold byLoops{FoldBy::Loops, {}};
  const FoldedGraph whole = foldGraph(window, program, byLoops);
  EXPECT_THAT(namesOf(whole), ElementsAre("elements add"));
  EXPECT_EQ(whole.boxes[0].array, "pe");
  EXPECT_THAT(whole.boxes[0].extents, ElementsAre(2, 3));
  byLoops = withOpened(window, program, byLoops, whole.boxes[0]);
  EXPECT_THAT(namesOf(foldGraph(window, program, byLoops)),
              ElementsAre("instruction add", "instruction add", "instruction add"));

  GraphFold fold = usualFold(window, program, FoldBy::Blocks);
  const FoldedGraph folded = foldGraph(window, program, fold);
  const FoldedBox* array = boxNamed(folded, FoldedKind::Array, "pe");
  ASSERT_TRUE(array);
  EXPECT_THAT(array->extents, ElementsAre(2, 3)) << "all there are";
  EXPECT_EQ(array->instructions, 3);
  fold = withOpened(window, program, fold, *array);
  const FoldedGraph elements = foldGraph(window, program, fold);
  const FoldedBox* element = boxNamed(elements, FoldedKind::Instance, "pe[1][2]");
  ASSERT_TRUE(element);
  EXPECT_EQ(element->instructions, 2);
  EXPECT_TRUE(boxNamed(elements, FoldedKind::Instance, "pe[0][1]"));
  const FoldedGraph blocks = foldGraph(window, program, withOpened(window, program, fold, *element));
  EXPECT_TRUE(boxNamed(blocks, FoldedKind::Block, "pe[1][2].alu"));
  EXPECT_EQ(foldGraph(window, program, withClosed(fold, *element)).boxes.size(), folded.boxes.size());
}

}  // namespace
}  // namespace taktwerk::test
