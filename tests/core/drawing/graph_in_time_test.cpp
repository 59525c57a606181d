// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/graph_in_time.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/graph/recorder.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

constexpr std::int64_t everything = std::int64_t{1} << 60;

Cycles shownEnd(const GraphBar& bar) {
  return std::max(bar.leave, bar.enter + 1);
}

/// Bars of a lane follow each other, bands hold their lanes, and all of the graph is there once.
void checkLayout(const DependencyGraph& graph, const GraphInTime& layout, GraphRows rows) {
  ASSERT_EQ(layout.bars.size(), graph.nodes.size());
  ASSERT_EQ(layout.lines.size(), graph.edges.size());
  ASSERT_EQ(layout.laneBars.size(), graph.nodes.size());
  ASSERT_EQ(layout.laneFirst.size(), layout.lanes() + 1U);
  std::set<std::uint32_t> seen;
  for (std::uint32_t lane = 0; lane < layout.lanes(); ++lane) {
    Cycles free = 0;
    const GraphBand& band = layout.bands[layout.bandOfLane[lane]];
    ASSERT_GE(lane, band.firstLane);
    ASSERT_LT(lane, band.firstLane + band.lanes);
    ASSERT_LT(layout.laneFirst[lane], layout.laneFirst[lane + 1]) << "an empty lane";
    for (std::uint32_t at = layout.laneFirst[lane]; at < layout.laneFirst[lane + 1]; ++at) {
      const std::uint32_t n = layout.laneBars[at];
      const GraphBar& bar = layout.bars[n];
      ASSERT_TRUE(seen.insert(n).second);
      ASSERT_EQ(bar.lane, lane);
      ASSERT_GE(bar.enter, free) << "bars overlap";
      ASSERT_EQ(bar.enter, graph.nodes[n].enter);
      ASSERT_EQ(bar.leave, graph.nodes[n].leave);
      const GraphNode& node = graph.nodes[n];
      ASSERT_EQ(band.key, rows == GraphRows::Instructions ? node.instruction : node.object);
      free = shownEnd(bar);
    }
  }
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const GraphEdge& edge = graph.edges[e];
    const GraphLine& line = layout.lines[e];
    ASSERT_EQ(line.fromLane, layout.bars[edge.from].lane);
    ASSERT_EQ(line.toLane, layout.bars[edge.to].lane);
    ASSERT_EQ(line.over, graph.nodes[edge.from].enter + edge.duration);
    ASSERT_EQ(line.enters, graph.nodes[edge.to].enter);
  }
  // Each node is handled twice, each edge once, each row once; a row has a node.
  ASSERT_LE(layout.steps, static_cast<std::int64_t>(3 * graph.nodes.size() + graph.edges.size()));
}

TEST(GraphInTime, RandomGraphsAreLaidOutWithoutOverlap) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 150;
  int graphs = 0;
  for (int i = 0; i < propertyCount(60); ++i) {
    SCOPED_TRACE("seed " + std::to_string(31'000'000 + i));
    const RandomCase one = randomCase(31'000'000 + static_cast<std::uint64_t>(i), options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    Progress progress;
    RecordedGraph recorded = recordGraph(*machine, *program, everything, progress);
    if (!recorded.timing.ok()) continue;
    ++graphs;
    markCriticalPath(recorded.graph);
    const DependencyGraph window = windowOf(recorded.graph, 5, 40);
    for (const GraphRows rows : {GraphRows::Instructions, GraphRows::Objects}) {
      const GraphInTimeOptions how{rows, 5, 40, 0, 0};
      ASSERT_NO_FATAL_FAILURE(checkLayout(window, layOutInTime(window, *machine, how), rows));
    }
  }
  EXPECT_GT(graphs, 10);
}

/// Instructions 0 to 3 with a stage of `length` cycles each, one after the other, and an edge to the next.
DependencyGraph chain(int count, Cycles length) {
  DependencyGraph graph;
  for (int i = 0; i < count; ++i) {
    graph.nodes.push_back({i, NodeKind::Stage, 0, i * length, (i + 1) * length, 0, 0, false});
    if (i == 0) continue;
    GraphEdge edge;
    edge.from = static_cast<std::uint32_t>(i - 1);
    edge.to = static_cast<std::uint32_t>(i);
    edge.duration = length;
    edge.instruction = i - 1;
    graph.edges.push_back(edge);
  }
  return graph;
}

Machine oneObject() {
  Machine machine;
  machine.objectNames = {"stage"};
  return machine;
}

TEST(GraphInTime, AnObjectIsOneRowAndSourcesFromBeforeAreTold) {
  const DependencyGraph graph = chain(4, 10);
  const GraphInTime rows = layOutInTime(graph, oneObject(), {GraphRows::Instructions, 1, 4, 0, 0});
  EXPECT_EQ(rows.lanes(), 4U);
  EXPECT_FALSE(rows.bands[0].inside);
  EXPECT_TRUE(rows.bands[1].inside);
  EXPECT_FALSE(rows.bars[0].inside);
  EXPECT_TRUE(rows.lines[0].carried) << "it comes from before the window";
  EXPECT_FALSE(rows.lines[1].carried);
  EXPECT_EQ(rows.from, 4) << "a fifth of the window before it";
  EXPECT_EQ(rows.to, 40);
  EXPECT_EQ(layOutInTime(graph, oneObject(), {GraphRows::Objects, 1, 4, 0, 0}).lanes(), 1U);
}

TEST(GraphInTime, EdgesBetweenIterationsAreCarriedByTheLoop) {
  const GraphInTime layout = layOutInTime(chain(6, 10), oneObject(), {GraphRows::Instructions, 0, 6, 1, 2});
  std::vector<bool> carried;
  for (const GraphLine& line : layout.lines) carried.push_back(line.carried);
  // Instruction 0 stands before the loop; 1 and 2, 3 and 4, 5 are its iterations.
  EXPECT_THAT(carried, testing::ElementsAre(true, false, true, false, true));
}

TEST(GraphInTime, ABarIsFoundByRowAndCycle) {
  const GraphInTime layout = layOutInTime(chain(4, 10), oneObject(), {GraphRows::Objects, 0, 4, 0, 0});
  EXPECT_EQ(barAt(layout, 0, 0, 0), 0U);
  EXPECT_EQ(barAt(layout, 0, 15, 0), 1U);
  EXPECT_EQ(barAt(layout, 0, 39.5, 0), 3U);
  EXPECT_EQ(barAt(layout, 0, 44, 0), std::nullopt);
  EXPECT_EQ(barAt(layout, 0, 44, 5), 3U);
  EXPECT_EQ(barAt(layout, 0, -3, 5), 0U);
  EXPECT_EQ(barAt(layout, 1, 15, 5), std::nullopt) << "no such lane";
}

TEST(GraphInTime, BarsBelowAPixelAreDrawnAsOne) {
  const GraphInTime layout = layOutInTime(chain(100'000, 2), oneObject(), {GraphRows::Objects, 0, 100'000});
  std::vector<GraphPiece> pieces;
  piecesOf(layout, 0, 0, 200'000, 200, pieces);
  EXPECT_LE(pieces.size(), 1001U);
  std::uint32_t bars = 0;
  Cycles reached = 0;
  for (const GraphPiece& piece : pieces) {
    EXPECT_EQ(piece.enter, reached) << "nothing is left out between";
    reached = piece.leave;
    bars += piece.count;
  }
  EXPECT_EQ(bars, 100'000U);
  EXPECT_EQ(reached, 200'000);
  piecesOf(layout, 0, 100, 110, 0.1, pieces);
  EXPECT_EQ(pieces.size(), 5U) << "what is in sight, one by one";
  for (const GraphPiece& piece : pieces) EXPECT_EQ(piece.count, 1U);
}

TEST(GraphInTime, AnEmptyGraphIsEmpty) {
  const GraphInTime layout = layOutInTime({}, oneObject(), {});
  EXPECT_EQ(layout.lanes(), 0U);
  EXPECT_LT(layout.from, layout.to);
  EXPECT_EQ(barAt(layout, 0, 0, 10), std::nullopt);
}

}  // namespace
}  // namespace taktwerk::test
