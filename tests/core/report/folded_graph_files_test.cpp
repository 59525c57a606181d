// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/folded_graph_files.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

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
