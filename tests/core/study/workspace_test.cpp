// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/workspace.h"

#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

TEST(Workspace, ReadsEverything) {
  const auto workspace = parseWorkspace(R"(format: taktwerk-workspace/1
architecture: a/b.arch.yaml
network: ../n.network.yaml
mappings: [m1.mapping.yaml, /abs/m2.mapping.yaml]
parameters: {arch.rows: 8, network.batch: 2, mapping.tile: 2}
layers:
  conv0: {mapping: rows, tunables: {tile: 4}}
results: [{file: w.results/base.json}, {file: /abs/other.json, title: the other}]
baseline: base
)",
                                        "/home/user/study/w.taktwerk");
  ASSERT_TRUE(workspace) << toString(workspace.diagnostics.front());
  EXPECT_EQ(workspace->resolve(workspace->architecture), "/home/user/study/a/b.arch.yaml");
  EXPECT_EQ(workspace->resolve(workspace->network), "/home/user/n.network.yaml");
  EXPECT_EQ(workspace->resolve(workspace->mappings[1]), "/abs/m2.mapping.yaml");
  EXPECT_EQ(workspace->parameters.at("arch.rows"), 8);
  EXPECT_EQ(workspace->parameters.at("mapping.tile"), 2);
  EXPECT_EQ(workspace->layers.at("conv0").tunables.at("tile"), 4);
  EXPECT_EQ(workspace->results, (std::vector<WorkspaceResult>{{"w.results/base.json", "base"},
                                                              {"/abs/other.json", "the other"}}));
  EXPECT_EQ(workspace->baseline, "base");
}

TEST(Workspace, KeepsASweep) {
  Workspace workspace;
  workspace.architecture = "a.arch.yaml";
  workspace.sweep = {"format: taktwerk-space/1\nvary:\n\n  arch.rows: [1, 2]\n", "lhs:40", 3, "out/r.sqlite"};
  const std::string text = writeWorkspace(workspace);
  EXPECT_NE(text.find("  space: |\n    format: taktwerk-space/1\n    vary:\n\n      arch.rows: [1, 2]\n"),
            std::string::npos)
      << text;
  for (const std::string& space : {workspace.sweep.space, std::string("  odd"), std::string("a\n\n"),
                                   std::string("tab\there\n"), std::string("x"), std::string()}) {
    workspace.sweep.space = space;
    const auto back = parseWorkspace(writeWorkspace(workspace), "w.taktwerk");
    ASSERT_TRUE(back) << toString(back.diagnostics.front()) << writeWorkspace(workspace);
    EXPECT_EQ(back->sweep, workspace.sweep) << writeWorkspace(workspace);
  }
  workspace.sweep = {};
  EXPECT_EQ(writeWorkspace(workspace).find("sweep"), std::string::npos) << "old files stay as they are";
}

TEST(Workspace, RefusesSweepsThatAreNone) {
  const auto problem = [](const std::string& sweep) {
    const auto read = parseWorkspace(
        "format: taktwerk-workspace/1\narchitecture: a.arch.yaml\nsweep: " + sweep + "\n", "w.taktwerk");
    return read.diagnostics.empty() ? std::string() : toString(read.diagnostics.front());
  };
  EXPECT_EQ(problem("{sample: random:5, seed: 2}"), "");
  EXPECT_NE(problem("{sample: some:5}").find("[W0105]"), std::string::npos) << problem("{sample: some:5}");
  EXPECT_NE(problem("{sample: random:0}").find("[W0105]"), std::string::npos);
  EXPECT_NE(problem("{sample: lhs:1000000000000}").find("from 1 to 1000000"), std::string::npos)
      << "what cannot be drawn is told where it stands";
  EXPECT_NE(problem("{seed: -1}").find("[W0105]"), std::string::npos);
}

TEST(Workspace, WritesWhatItReadsBack) {
  Workspace workspace;
  workspace.file = "w.taktwerk";
  workspace.architecture = "folder with spaces/ä \"quoted\" \\ #.arch.yaml";
  workspace.network = "null";
  workspace.mappings = {"-x", "a: b", "../up.mapping.yaml", "tab\there"};
  workspace.parameters = {{"arch.rows", -3}, {"network.batch", 9223372036854775807}};
  workspace.layers["layer: one"] = {"best", {{"tile", 2}, {"order", 1}}};
  workspace.layers["two"] = {};
  workspace.results = {{"w.results/a.json", "a, mesh 8"}, {"b.json", "b: \"x\""}};
  workspace.baseline = "b: \"x\"";
  const std::string text = writeWorkspace(workspace);
  const auto back = parseWorkspace(text, "w.taktwerk");
  ASSERT_TRUE(back) << toString(back.diagnostics.front()) << "\n" << text;
  EXPECT_EQ(back->architecture, workspace.architecture);
  EXPECT_EQ(back->network, workspace.network);
  EXPECT_EQ(back->mappings, workspace.mappings);
  EXPECT_EQ(back->parameters, workspace.parameters);
  EXPECT_EQ(back->layers, workspace.layers);
  EXPECT_EQ(back->results, workspace.results);
  EXPECT_EQ(back->baseline, workspace.baseline);
  EXPECT_EQ(writeWorkspace(*back), text);
}

TEST(Workspace, IsOfANetworkOrOfATrace) {
  Workspace workspace;
  workspace.architecture = "a.arch.yaml";
  workspace.trace = "runs/gemm.trace.jsonl";
  const auto back = parseWorkspace(writeWorkspace(workspace), "folder/w.taktwerk");
  ASSERT_TRUE(back) << toString(back.diagnostics.front());
  EXPECT_EQ(back->trace, workspace.trace);
  EXPECT_EQ(back->resolve(back->trace), "folder/runs/gemm.trace.jsonl");
  workspace.network = "n.network.yaml";
  const auto both = parseWorkspace(writeWorkspace(workspace), "w.taktwerk");
  ASSERT_FALSE(both);
  EXPECT_EQ(both.diagnostics.front().code, "W0103");
  EXPECT_EQ(both.diagnostics.front().position.line, 4U);
}

TEST(Workspace, SaysWhereAndWhatIsWrong) {
  const std::pair<const char*, std::uint32_t> cases[] = {
      {"format: taktwerk-architecture/1\narchitecture: a\n", 1},
      {"format: taktwerk-workspace/1\n", 1},
      {"format: taktwerk-workspace/1\narchitecture: [a]\n", 2},
      {"format: taktwerk-workspace/1\narchitecture: \"\"\n", 2},
      {"format: taktwerk-workspace/1\narchitecture: a\nnetwrk: b\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nparameters: {rows: 1}\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nparameters:\n  arch.rows: many\n", 4},
      {"format: taktwerk-workspace/1\narchitecture: a\nlayers: {x: 3}\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nmappings: [[a]]\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nresults: [x.json]\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nresults: [{title: x}]\n", 3},
      {"format: taktwerk-workspace/1\narchitecture: a\nresults:\n  - {file: x.json}\n  - {file: y/x.json}\n",
       5},
      {"format: taktwerk-workspace/1\narchitecture: a\nresults: [{file: x.json}]\nbaseline: y\n", 4},
      {"format: taktwerk-workspace/1\narchitecture: a\nbaseline: y\n", 3},
  };
  for (const auto& [text, line] : cases) {
    const auto workspace = parseWorkspace(text, "w.taktwerk");
    EXPECT_FALSE(workspace) << text;
    ASSERT_FALSE(workspace.diagnostics.empty()) << text;
    EXPECT_EQ(workspace.diagnostics.front().position.line, line)
        << text << workspace.diagnostics.front().message;
    EXPECT_EQ(workspace.diagnostics.front().code.front(), 'W');
  }
}

}  // namespace
}  // namespace taktwerk::test
