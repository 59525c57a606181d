// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::vector<std::string> conv0 = {"graph",
                                        "--arch",
                                        "archs/one-mac/one-mac.arch.yaml",
                                        "--network",
                                        "resources/networks/tc-resnet8.network.yaml",
                                        "--layer",
                                        "conv0"};

Outcome graph(std::vector<std::string> more) {
  more.insert(more.begin(), conv0.begin(), conv0.end());
  return cli(more);
}

TEST(Graph, IterationsOfALoopComeAsJsonWhoseTimesAndEdgesFit) {
  const Folder folder;
  const Outcome outcome = graph({"--loop", "k/q/c", "--iterations", "2:3", "--out", folder / "a.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  const json graph = json::parse(textOf(folder / "a.json"));
  const auto& nodes = graph["nodes"];
  ASSERT_FALSE(graph["edges"].empty());
  bool critical = false;
  for (const json& edge : graph["edges"]) {
    const std::int64_t over = nodes[edge["from"].get<std::size_t>()]["enter"].get<std::int64_t>() +
                              edge["duration"].get<std::int64_t>();
    const std::int64_t enter = nodes[edge["to"].get<std::size_t>()]["enter"].get<std::int64_t>();
    EXPECT_LE(over, enter);
    if (edge["binding"].get<bool>()) {
      EXPECT_EQ(over, enter);
    }
    critical = critical || edge["critical"].get<bool>();
  }
  EXPECT_TRUE(critical);
  std::int64_t sum = 0;
  for (const auto& [category, cycles] : graph["critical_path"].items()) sum += cycles.get<std::int64_t>();
  EXPECT_EQ(sum, graph["cycles"].get<std::int64_t>());
}

TEST(Graph, AWholeTraceEndsWhenItsEstimateDoes) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("three.trace.jsonl", smallTrace);
  const Outcome outcome =
      cli({"graph", "--arch", architecture, "--trace", trace, "--out", folder / "t.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Outcome estimate = cli({"estimate", "--arch", architecture, "--trace", trace, "--json"});
  EXPECT_EQ(json::parse(textOf(folder / "t.json"))["cycles"], json::parse(estimate.out)["cycles"]);
}

TEST(Graph, OfATraceThatRepeatsAndIsWrongSaysAtWhichLine) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += smallTrace;
  lines +=
      R"({"operation": "load", "writes": ["regs.r0"], "memory_reads": [{"memory": "dmem", "address": -4, "words": 1}]}
)";
  const std::string trace = folder.write("wrong.trace.jsonl", lines);
  const Outcome outcome = cli({"graph", "--arch", architecture, "--trace", trace, "--instructions",
                               "1499:1500", "--out", folder / "t.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("wrong.trace.jsonl:1501:"));
}

TEST(Graph, OfInstructionsUpToTheLargestNumberEndsWithTheLast) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("small.trace.jsonl", smallTrace);
  const auto drawn = [&](const std::string& range, const std::string& name) {
    const Outcome outcome = cli(
        {"graph", "--arch", architecture, "--trace", trace, "--instructions", range, "--out", folder / name});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return textOf(folder / name);
  };
  EXPECT_EQ(drawn("0:9223372036854775807", "a.json"), drawn("0:2", "b.json"));
}

TEST(Graph, IsDrawnAsSvgAndDotTheSameEveryTime) {
  const Folder folder;
  for (const char* name : {"a.svg", "b.svg", "a.dot", "b.dot"}) {
    ASSERT_EQ(graph({"--iterations", "0:1", "--out", folder / name}).status, 0);
  }
  EXPECT_THAT(textOf(folder / "a.svg"), testing::StartsWith("<svg "));
  EXPECT_THAT(textOf(folder / "a.svg"), HasSubstr(">fetch</text>"));
  EXPECT_THAT(textOf(folder / "a.dot"), testing::StartsWith("digraph "));
  EXPECT_EQ(textOf(folder / "a.svg"), textOf(folder / "b.svg"));
  EXPECT_EQ(textOf(folder / "a.dot"), textOf(folder / "b.dot"));
}

TEST(Graph, RefusesWhatIsAbsurdWithTheOptionThatLimitsIt) {
  const Folder folder;
  const Outcome whole = graph({"--out", folder / "a.svg"});
  EXPECT_EQ(whole.status, 2);
  EXPECT_THAT(whole.err, HasSubstr("--iterations"));
  const Outcome far =
      graph({"--instructions", "550000:550010", "--reach-limit", "50", "--out", folder / "a.svg"});
  EXPECT_EQ(far.status, 2);
  EXPECT_THAT(far.err, HasSubstr("--reach-limit"));
  EXPECT_THAT(far.err, HasSubstr("not found to repeat soon enough"));
  const Outcome loop = graph({"--loop", "z", "--iterations", "0:0", "--out", folder / "a.svg"});
  EXPECT_EQ(loop.status, 2);
  EXPECT_THAT(loop.err, HasSubstr("k/q/c/f"));
  EXPECT_EQ(graph({"--iterations", "3:2", "--out", folder / "a.svg"}).status, 2);
  EXPECT_EQ(graph({"--iterations", "0:1", "--out", folder / "a.png"}).status, 2);
  EXPECT_TRUE(folder.names().empty());
}

TEST(Graph, IsFoldedByLoopsAndBlocksAndOpenedByKey) {
  const Folder folder;
  const std::vector<std::string> window = {"--loop", "k/q", "--iterations", "2:3"};
  const auto written = [&](std::vector<std::string> more) {
    more.insert(more.begin(), window.begin(), window.end());
    more.insert(more.end(), {"--out", folder / "f.json"});
    const Outcome outcome = graph(more);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.status == 0 ? json::parse(textOf(folder / "f.json")) : json{};
  };
  const json whole = written({});
  const json loops = written({"--fold", "loops"}), blocks = written({"--fold", "blocks"});
  for (const json* folded : {&loops, &blocks}) {
    EXPECT_EQ((*folded)["nodes"], whole["nodes"].size());
    EXPECT_EQ((*folded)["edges_between_nodes"], whole["edges"].size());
    EXPECT_LT((*folded)["boxes"].size(), whole["nodes"].size());
  }
  std::string loop, instruction;
  for (const json& box : loops["boxes"]) {
    if (box["kind"] == "loop") loop = box["key"];
    if (box["kind"] == "instruction") instruction = box["key"];
  }
  ASSERT_NE(loop, "");
  ASSERT_NE(instruction, "");
  const json opened = written({"--fold", "loops", "--open", instruction});
  EXPECT_GT(opened["boxes"].size(), loops["boxes"].size());
  const json apart = written({"--fold", "loops", "--apart", loop});
  EXPECT_GT(apart["boxes"].size(), loops["boxes"].size());
  for (const char* name : {"f.dot", "f.svg", "g.svg"}) {
    ASSERT_EQ(graph({"--iterations", "0:1", "--fold", "blocks", "--out", folder / name}).status, 0);
  }
  EXPECT_THAT(textOf(folder / "f.dot"), testing::StartsWith("digraph "));
  EXPECT_THAT(textOf(folder / "f.svg"), testing::StartsWith("<svg "));
  EXPECT_EQ(textOf(folder / "f.svg"), textOf(folder / "g.svg"));
}

TEST(Graph, FoldedSaysWhatItWants) {
  const Folder folder;
  const auto refused = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"--iterations", "0:1"});
    const Outcome outcome = graph(more);
    EXPECT_EQ(outcome.status, 2);
    return outcome.err;
  };
  EXPECT_THAT(refused({"--fold", "stages", "--out", folder / "a.dot"}), HasSubstr("by loops or by blocks"));
  EXPECT_THAT(refused({"--fold", "loops", "--out", folder / "a.png"}), HasSubstr(".dot, .svg or .json"));
  EXPECT_THAT(refused({"--open", "/s1", "--out", folder / "a.dot"}), HasSubstr("say --fold"));
  EXPECT_THAT(refused({"--fold", "loops", "--open", "/x", "--out", folder / "a.dot"}),
              HasSubstr("no box to open has the key \"/x\""));
  EXPECT_TRUE(folder.names().empty());
}

/// A layer whose loop has two million iterations.
constexpr std::string_view longNetwork = R"(format: taktwerk-network/1
name: Long
tensors:
  a: {shape: [1, 2000000], bits: 8, role: input}
  z: {shape: [1, 2000000], bits: 8, role: output}
layers:
  - name: relu
    operator: relu
    inputs: [a]
    output: z
)";

TEST(Graph, OfIterationOneMillionIsThatOfIterationAHundredButLater) {
  const Folder folder;
  const std::string network = folder.write("long.network.yaml", longNetwork);
  const auto at = [&](const std::string& iterations, const std::string& file) {
    ProcessOptions options;
    options.cpuSeconds = 5;
    const Outcome outcome = cli({"graph", "--arch", "archs/one-mac/one-mac.arch.yaml", "--network", network,
                                 "--layer", "relu", "--iterations", iterations, "--out", folder / file},
                                options);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return json::parse(textOf(folder / file));
  };
  const json near = at("100:101", "near.json"), far = at("1000100:1000101", "far.json");
  ASSERT_EQ(near["nodes"].size(), far["nodes"].size());
  ASSERT_FALSE(near["nodes"].empty());
  EXPECT_EQ(near["edges"], far["edges"]);
  const auto whole = [](const json& value) { return value.get<std::int64_t>(); };
  const std::int64_t later = whole(far["cycles"]) - whole(near["cycles"]);
  const std::int64_t further = whole(far["first_instruction"]) - whole(near["first_instruction"]);
  EXPECT_EQ(further % 1'000'000, 0);
  for (std::size_t n = 0; n < near["nodes"].size(); ++n) {
    EXPECT_EQ(whole(far["nodes"][n]["enter"]), whole(near["nodes"][n]["enter"]) + later);
    EXPECT_EQ(whole(far["nodes"][n]["instruction"]), whole(near["nodes"][n]["instruction"]) + further);
  }
  std::int64_t sum = 0;
  for (const auto& [cause, cycles] : far["critical_path"].items()) sum += whole(cycles);
  EXPECT_EQ(sum, whole(far["cycles"]));
}

}  // namespace
}  // namespace taktwerk::test
