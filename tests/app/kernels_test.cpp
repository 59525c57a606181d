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
