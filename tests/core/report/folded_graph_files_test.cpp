// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/folded_graph_files.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/folded_graph_drawing.h"
#include "tests/core/analysis/nest_program.h"

namespace taktwerk::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class FoldedGraphFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    // k = 10, 11, 12, and i × 5 in each.
    Progress progress;
    auto made = graphWindowOf(machine, program, {2 + 16 * 10, 2 + 16 * 13}, progress);
    ASSERT_TRUE(made);
    window = std::move(*made);
    folded = foldGraph(window, program, usualFold(window, program, FoldBy::Loops));
  }
  std::shared_ptr<const Machine> machine = twoLanes();
  Program program = nestProgram(*machine);
  GraphWindow window;
  FoldedGraph folded;
};

TEST_F(FoldedGraphFiles, JsonHasEveryBoxAndEdge) {
  std::ostringstream out;
  writeFoldedJson(out, window, folded);
  const auto json = nlohmann::json::parse(out.str());
  EXPECT_EQ(json["title"], window.title);
  ASSERT_EQ(json["boxes"].size(), folded.boxes.size());
  ASSERT_EQ(json["edges"].size(), folded.edges.size());
  std::size_t nodes = 0;
  std::int64_t edges = 0;
  for (const auto& box : json["boxes"]) {
    nodes += box["nodes"].get<std::size_t>();
    for (const auto& [kind, count] : box["inner_edges"].items()) edges += count.get<std::int64_t>();
    if (box["kind"] == "loop") {
      EXPECT_EQ(box["title"], "i ×15");
      EXPECT_EQ(box["trips"], 5);
    }
  }
  for (const auto& edge : json["edges"]) edges += edge["count"].get<std::int64_t>();
  EXPECT_EQ(nodes, json["nodes"]);
  EXPECT_EQ(edges, json["edges_between_nodes"].get<std::int64_t>());
  EXPECT_EQ(nodes, window.graph.nodes.size());
}

TEST_F(FoldedGraphFiles, DotHasEveryBoxAndEdge) {
  std::ostringstream out;
  writeFoldedDot(out, window, folded);
  const std::string dot = out.str();
  EXPECT_THAT(dot, testing::StartsWith("digraph \"Two lanes running nest"));
  EXPECT_THAT(dot, HasSubstr("label=\"before the window\\n"));
  EXPECT_THAT(dot, HasSubstr("label=\"i ×15\\n45 instructions\""));
  std::size_t arrows = 0;
  for (std::size_t at = dot.find(" -> "); at != std::string::npos; at = dot.find(" -> ", at + 1)) ++arrows;
  EXPECT_EQ(arrows, folded.edges.size());
}

TEST_F(FoldedGraphFiles, SvgHasEveryBoxAndArrowInSight) {
  std::ostringstream out;
  writeFoldedSvg(out, window, folded);
  const std::string svg = out.str();
  EXPECT_THAT(svg, testing::StartsWith("<svg "));
  std::size_t arrows = 0;
  for (std::size_t at = svg.find("marker-end"); at != std::string::npos; at = svg.find("marker-end", at + 1))
    ++arrows;
  EXPECT_EQ(arrows, folded.edges.size());
  for (const FoldedBox& box : folded.boxes)
    EXPECT_THAT(svg, HasSubstr(">" + boxTitle(window, box) + "</text>"));
}

TEST_F(FoldedGraphFiles, ADrawingTakesPlacesFromAnyLayout) {
  std::vector<Size> sizes(folded.boxes.size(), foldedBoxSize("i ×15", ""));
  EXPECT_EQ(foldedBoxSize("×××", ""), foldedBoxSize("abc", "")) << "letters, not bytes";
  const FoldedLayout layout(folded, sizes);
  const LayoutGraph& request = layout.request();
  EXPECT_EQ(request.boxes, sizes);
  EXPECT_LE(request.edges.size(), folded.edges.size());
  for (const LayoutGraph::Edge& edge : request.edges)
    EXPECT_LT(edge.from, edge.to) << "what leads back is turned";
  std::vector<Point> corners;
  for (std::size_t b = 0; b < sizes.size(); ++b) corners.push_back({300.0 * static_cast<double>(b), 0});
  const FoldedDrawing drawing = layout.drawn(corners, std::vector<std::vector<Point>>(request.edges.size()));
  ASSERT_EQ(drawing.arrows.size(), folded.edges.size());
  for (std::size_t e = 0; e < folded.edges.size(); ++e) {
    const Rect &from = drawing.boxes[folded.edges[e].from], &to = drawing.boxes[folded.edges[e].to];
    EXPECT_TRUE(from.contains(drawing.arrows[e].front()));
    EXPECT_TRUE(to.contains(drawing.arrows[e].back()));
  }
  for (std::size_t e = 1; e < folded.edges.size(); ++e) {
    const FoldedEdge &a = folded.edges[e - 1], &b = folded.edges[e];
    if (a.from == b.from && a.to == b.to) {
      EXPECT_NE(drawing.arrows[e - 1].front().y, drawing.arrows[e].front().y) << "kinds stand apart";
    }
  }
  const FoldedDrawing plain = layout.plainly();
  for (std::size_t b = 0; b < plain.boxes.size(); ++b) {
    for (std::size_t other = 0; other < b; ++other) EXPECT_FALSE(plain.boxes[b].overlaps(plain.boxes[other]));
  }
}

TEST_F(FoldedGraphFiles, WordsSayWhatABoxIsAndWhatIsInIt) {
  for (const FoldedBox& box : folded.boxes) {
    const std::vector<std::string> lines = boxInWords(window, box);
    ASSERT_GE(lines.size(), 2U);
    if (box.kind == FoldedKind::Loop) {
      EXPECT_THAT(lines[0], HasSubstr("i ×15: 45 instructions"));
      EXPECT_THAT(lines[0], HasSubstr("15 executions of a body that repeats 5 times"));
      EXPECT_THAT(lines, Contains(HasSubstr("carried to another iteration")));
    }
    if (box.critical > 0) {
      EXPECT_THAT(lines[1], HasSubstr("of the critical path"));
    }
  }
  FoldedEdge edge;
  edge.kind = GraphEdgeKind::Data;
  edge.count = 4;
  edge.carried = 3;
  edge.longest = 6;
  edge.critical = true;
  EXPECT_EQ(
      edgeInWords(edge),
      "4 data edges, 3 of them carried to another iteration, the longest 6 cycles; on the critical path");
}

}  // namespace
}  // namespace taktwerk::test
