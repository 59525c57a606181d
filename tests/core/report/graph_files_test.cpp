// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/graph_files.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/cause_text.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using Keyed = std::map<std::string, Cycles>;

GraphWindow sample() {
  const auto machine = smallMachine();
  Progress progress;
  auto window = graphWindowOf(machine, programOf(*machine, traceThatRuns), {0, 2}, progress);
  if (!window) throw std::runtime_error("no window");
  return std::move(*window);
}

std::string written(void (*writer)(std::ostream&, const GraphWindow&), const GraphWindow& window) {
  std::ostringstream out;
  writer(out, window);
  return out.str();
}

TEST(GraphFiles, JsonHasEveryNodeAndEdgeAndTheCriticalPath) {
  const GraphWindow window = sample();
  const auto json = nlohmann::json::parse(written(writeGraphJson, window));
  EXPECT_EQ(json["title"], "Small running test, instructions 0 to 1");
  EXPECT_EQ(json["first_instruction"], 0);
  EXPECT_EQ(json["end_instruction"], 2);
  EXPECT_EQ(json["cycles"], window.graph.cycles);
  EXPECT_EQ(json["nodes"].size(), window.graph.nodes.size());
  EXPECT_EQ(json["edges"].size(), window.graph.edges.size());
  Cycles sum = 0;
  for (const auto& [key, cycles] : json["critical_path"].items()) sum += cycles.get<Cycles>();
  EXPECT_EQ(sum, window.graph.cycles);
  EXPECT_EQ(json["critical_path"].get<Keyed>(), keyedBreakdown(window.criticalPath, *window.machine));
}

TEST(GraphFiles, DotAndSvgNameInstructionsAndTitle) {
  const GraphWindow window = sample();
  const std::string dot = written(writeGraphDot, window), svg = written(writeGraphSvg, window);
  EXPECT_THAT(dot, HasSubstr("label=\"0 add\""));
  EXPECT_THAT(dot, HasSubstr("label=\"1 wait\""));
  EXPECT_THAT(svg, HasSubstr("Small running test, instructions 0 to 1"));
  EXPECT_THAT(svg, HasSubstr("1  wait"));
}

}  // namespace
}  // namespace taktwerk::test
