// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/saved_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/study/workspace.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

std::string problemOf(const std::string& view) {
  const auto read = parseWorkspace(
      "format: taktwerk-workspace/1\narchitecture: a.arch.yaml\nsweep:\n  views:\n    - " + view + "\n",
      "w.taktwerk");
  return read.diagnostics.empty() ? std::string() : toString(read.diagnostics.front());
}

SavedView fullView() {
  SavedView view;
  view.name = "small: \"and\" quick\n\\";
  view.filter = "cycles <= 1e6 and network == \"tc # resnet\"";
  view.sort = "cycles";
  view.descending = true;
  view.columns = {"arch.rows", "cycles", "- odd: name"};
  view.hidden = {"macs"};
  view.plot = "parallel";
  view.x = {"area", true, true};
  view.y = {"cycles", false, false};
  view.colour = "network";
  view.size = "arch.rows";
  view.front = true;
  view.objectives = {"cycles", "area"};
  view.axes = {{"arch.rows", true, {}}, {"cycles", false, true}};
  view.lineColour = "null";
  view.heatX = "arch.rows";
  view.heatY = "arch.columns";
  view.heatFigure = "cycles";
  view.effectFigure = "area";
  view.orders = {{"network", {"small", "true", "", "ä, ö"}}};
  return view;
}

TEST(SavedViews, AreWrittenAndReadBack) {
  Workspace workspace;
  workspace.architecture = "a.arch.yaml";
  SavedView plain;
  plain.name = "all";
  SavedView heat;
  heat.name = "heat";
  heat.heatX = "arch.rows";
  workspace.sweep.views = {fullView(), plain, heat};
  const std::string text = writeWorkspace(workspace);
  const auto back = parseWorkspace(text, "w.taktwerk");
  ASSERT_TRUE(back) << toString(back.diagnostics.front()) << '\n' << text;
  EXPECT_EQ(back->sweep.views, workspace.sweep.views) << text;
  EXPECT_EQ(writeWorkspace(*back), text) << "same content, same bytes";
  EXPECT_FALSE(workspace.sweep.isEmpty()) << "views alone are worth keeping";
}

TEST(SavedViews, ThatAreNotUnderstoodSaySo) {
  EXPECT_EQ(problemOf("{name: a, filter: cycles > 1, scatter: {x: {column: area, log: true}}}"), "");
  EXPECT_EQ(problemOf("{name: a, plot: heat, orders: {network: [b, a]}, parallel: {axes: []}}"), "");
  for (const char* view : {"5", "{name: \"\"}", "{name: a, plot: pie}", "{name: a, descending: maybe}",
                           "{name: a, columns: [x, x]}", "{name: a, parallel: {axes: [rows]}}",
                           "{name: a, scatter: {x: {column: area, log: 3}}}",
                           "{name: a, parallel: {axes: [{column: rows}, {column: rows}]}}",
                           "{name: a, parallel: {axes: [{column: \"\"}]}}", "{name: a}\n    - {name: a}",
                           "{name: a, orders: {network: b}}", "{name: a, orders: {network: [b, b]}}"})
    EXPECT_THAT(problemOf(view), HasSubstr("[W0106]")) << view;
  EXPECT_THAT(problemOf("{filter: a}"), HasSubstr("[W0002]")) << "it has no name";
  EXPECT_THAT(problemOf("{name: a, points: [1, 2]}"), HasSubstr("[W0001]")) << "points are no condition";
  EXPECT_THAT(problemOf("{name: a, scatter: {x: {log: true}}}"), HasSubstr("[W0002]"));
  EXPECT_THAT(problemOf("{name: a, columns: {b: c}}"), HasSubstr("[W0003]"));
  EXPECT_THAT(problemOf("{name: a, columns: [[b]]}"), HasSubstr("w.taktwerk:5:"));
}

}  // namespace
}  // namespace taktwerk
