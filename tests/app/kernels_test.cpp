// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// A dumped layer: its trace has no loops in it any more.
struct Dumped {
  Folder folder;
  std::string architecture = folder / "fc.arch.yaml";
  std::string trace = folder / "fc.trace.jsonl";
  Dumped() {
    EXPECT_EQ(cli({"dump", "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                   "resources/networks/tc-resnet8.network.yaml", "--layer", "fc", "--out-arch", architecture,
                   "--out-trace", trace})
                  .status,
              0);
  }
};

TEST(Kernels, OfADumpedLayerAreTheLoopsOfItsMapping) {
  const Dumped dumped;
  const Outcome outcome = cli({"kernels", "--trace", dumped.trace, "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  EXPECT_EQ(found["instructions"], 1752);
  ASSERT_EQ(found["kernels"].size(), 1u);
  const json& outer = found["kernels"][0];
  EXPECT_EQ(outer["repetitions"], 12);
  EXPECT_EQ(outer["length"], 146);
  ASSERT_EQ(outer["kernels"].size(), 1u);
  EXPECT_EQ(outer["kernels"][0]["repetitions"], 48);
  EXPECT_EQ(outer["kernels"][0]["length"], 3);
  EXPECT_EQ(outer["kernels"][0]["depth"], 1);
  const Outcome text = cli({"kernels", "--trace", dumped.trace});
  EXPECT_THAT(text.out, HasSubstr("1,752 instructions"));
}

TEST(Kernels, MakeAutoSkipInATraceAndChangeNoFigure) {
  const Dumped dumped;
  const auto estimate = [&](const char* method) {
    const Outcome outcome = cli(
        {"estimate", "--arch", dumped.architecture, "--trace", dumped.trace, "--method", method, "--json"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return json::parse(outcome.out)["layers"][0];
  };
  const json automatic = estimate("auto");
  const json full = estimate("full");
  EXPECT_EQ(automatic["method"], "steady state");
  EXPECT_EQ(automatic["exact"], true);
  EXPECT_LT(automatic["evaluated_instructions"].get<int>(), 100);
  for (const char* figure : {"cycles", "instructions", "breakdown", "traffic"}) {
    EXPECT_EQ(automatic[figure], full[figure]) << figure;
  }
}

const std::vector<std::string> layerOfOneMac = {"kernels",
                                                "--arch",
                                                "archs/one-mac/one-mac.arch.yaml",
                                                "--network",
                                                "resources/networks/tc-resnet8.network.yaml",
                                                "--layer",
                                                "fc"};

std::vector<std::string> with(std::vector<std::string> command, const std::vector<std::string>& more) {
  command.insert(command.end(), more.begin(), more.end());
  return command;
}

TEST(Kernels, OfALayerSayWhenTheyBecameSteadyAndWhatABodyWaitsFor) {
  const Outcome outcome = cli(with(layerOfOneMac, {"--json"}));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  EXPECT_EQ(found["layer"], "fc");
  EXPECT_EQ(found["cycles"], 5259);
  EXPECT_EQ(found["exact"], true);
  EXPECT_EQ(found["finished"], true);
  const json& outer = found["kernels"][0];
  EXPECT_EQ(outer["variable"], "k");
  EXPECT_EQ(outer["standing"], "repeats");
  EXPECT_EQ(outer["first_execution"]["cycles"].get<int>() + found["drain"].get<int>(), 5259);
  EXPECT_EQ(outer["period_cycles"].get<int>() * 12, outer["first_execution"]["cycles"]);
  EXPECT_EQ(outer["kernels"][0]["number"], "1.1");
  EXPECT_EQ(found["body"]["kernel"], "1.1");
  EXPECT_EQ(found["body"]["steady"], true);
  ASSERT_EQ(found["body"]["instructions"].size(), 3u);
  EXPECT_EQ(found["body"]["instructions"][2]["runs_on"], "alu");
  EXPECT_EQ(found["body"]["instructions"][2]["waits"][0]["object"], "fetch");

  const Outcome text = cli(with(layerOfOneMac, {"--kernel", "1"}));
  EXPECT_THAT(text.out, HasSubstr("fc on One MAC accelerator: 5,259 cycles"));
  EXPECT_THAT(text.out, HasSubstr("Kernel 1, k × 12: iteration 1, steady"));
  // Values are set as in an estimate.
  const Outcome slower = cli(with(layerOfOneMac, {"--set", "arch.mac_latency=9", "--json"}));
  ASSERT_EQ(slower.status, 0) << slower.err;
  EXPECT_GT(json::parse(slower.out)["kernels"][0]["period_cycles"], outer["period_cycles"]);
}

TEST(Kernels, OfATraceOnAnArchitectureAreThoseOfItsLayer) {
  const Dumped dumped;
  const Outcome ofTrace = cli({"kernels", "--arch", dumped.architecture, "--trace", dumped.trace, "--json"});
  ASSERT_EQ(ofTrace.status, 0) << ofTrace.err;
  const json trace = json::parse(ofTrace.out);
  const json layer = json::parse(cli(with(layerOfOneMac, {"--json"})).out);
  EXPECT_EQ(trace["trace"], "fc");
  EXPECT_EQ(trace["cycles"], layer["cycles"]);
  EXPECT_EQ(trace["drain"], layer["drain"]);
  for (const char* figure : {"period", "period_cycles", "steady_after", "first_execution"}) {
    EXPECT_EQ(trace["kernels"][0][figure], layer["kernels"][0][figure]) << figure;
    EXPECT_EQ(trace["kernels"][0]["kernels"][0][figure], layer["kernels"][0]["kernels"][0][figure]) << figure;
  }
}

TEST(Kernels, ATraceOfAWorkspaceIsEstimatedAndChecked) {
  const Dumped dumped;
  const std::string workspace = dumped.folder.write(
      "fc.taktwerk", "format: taktwerk-workspace/1\narchitecture: fc.arch.yaml\ntrace: fc.trace.jsonl\n");
  const Outcome outcome = cli({"estimate", "--json", workspace});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(json::parse(outcome.out)["cycles"], 5259);
  EXPECT_EQ(json::parse(outcome.out)["layers"][0]["name"], "fc");
  EXPECT_EQ(cli({"check", workspace}).status, 0);
  const std::string wrong = dumped.folder.write(
      "wrong.taktwerk", "format: taktwerk-workspace/1\narchitecture: fc.arch.yaml\ntrace: x\n");
  EXPECT_EQ(cli({"check", wrong}).status, 1);
  EXPECT_EQ(cli({"estimate", wrong}).status, 1);
}

TEST(Kernels, WantALayerAndALoopThatIsThere) {
  std::vector<std::string> noLayer = layerOfOneMac;
  noLayer.resize(noLayer.size() - 2);
  Outcome outcome = cli(noLayer);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--layer NAME"));
  outcome = cli(with(layerOfOneMac, {"--kernel", "2"}));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no kernel \"2\""));
  std::vector<std::string> wrong = layerOfOneMac;
  wrong.back() = "fcc";
  outcome = cli(wrong);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no layer \"fcc\""));
  const Dumped dumped;
  EXPECT_EQ(cli({"kernels", "--trace", dumped.trace, "--kernel", "1"}).status, 2);
}

TEST(Kernels, OfNoOrABrokenTraceAreRefused) {
  const Folder folder;
  EXPECT_EQ(cli({"kernels"}).status, 2);
  EXPECT_EQ(cli({"kernels", "--trace", folder / "none.trace.jsonl"}).status, 1);
  const Outcome empty = cli({"kernels", "--trace", folder.write("empty.trace.jsonl", "\n")});
  EXPECT_EQ(empty.status, 0);
  EXPECT_THAT(empty.err, HasSubstr("empty.trace.jsonl:1:1: warning: the trace holds no instructions"));
  const std::string broken = folder.write("broken.trace.jsonl", "{\"operation\": \"add\"}\n{]\n");
  const Outcome outcome = cli({"kernels", "--trace", broken});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("broken.trace.jsonl:2:"));
}

}  // namespace
}  // namespace taktwerk::test
