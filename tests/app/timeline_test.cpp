// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Outcome timeline(std::vector<std::string> more) {
  const std::vector<std::string> conv0 = {"timeline",
                                          "--arch",
                                          "archs/one-mac/one-mac.arch.yaml",
                                          "--network",
                                          "resources/networks/tc-resnet8.network.yaml",
                                          "--layer",
                                          "conv0"};
  more.insert(more.begin(), conv0.begin(), conv0.end());
  return cli(more);
}

TEST(Timeline, OfAWindowFarInALayerIsWrittenForPerfettoAndKonata) {
  const Folder folder;
  for (const char* name : {"a.json", "b.json", "a.kanata", "b.kanata"}) {
    const Outcome outcome = timeline({"--instructions", "550000:550010", "--out", folder / name});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(textOf(folder / "a.json"), textOf(folder / "b.json"));
  EXPECT_EQ(textOf(folder / "a.kanata"), textOf(folder / "b.kanata"));
  EXPECT_THAT(textOf(folder / "a.kanata"), testing::StartsWith("Kanata\t0004\nC=\t"));
  EXPECT_THAT(textOf(folder / "a.kanata"), HasSubstr("\nI\t10\t550010\t0\n"));
  const json events = json::parse(textOf(folder / "a.json"))["traceEvents"];
  EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const json& event) {
    return event["ph"] == "X" && event["args"]["instruction"] == 550010;
  }));
}

TEST(Timeline, OfATraceIsWrittenWhole) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("three.trace.jsonl", smallTrace);
  const Outcome outcome =
      cli({"timeline", "--arch", architecture, "--trace", trace, "--out", folder / "t.json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const Outcome estimate = cli({"estimate", "--arch", architecture, "--trace", trace, "--json"});
  std::int64_t end = 0;
  const json events = json::parse(textOf(folder / "t.json"))["traceEvents"];
  for (const json& event : events) {
    if (event["ph"] == "X") {
      end = std::max(end, event["ts"].get<std::int64_t>() + event["dur"].get<std::int64_t>());
    }
  }
  EXPECT_EQ(json(end), json::parse(estimate.out)["cycles"]);
}

TEST(Timeline, FarInATraceThatRepeatsIsReachedToo) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += smallTrace;
  const std::string trace = folder.write("long.trace.jsonl", lines);
  const Outcome outcome = cli({"timeline", "--arch", architecture, "--trace", trace, "--instructions",
                               "45000:45009", "--reach-limit", "1000", "--out", folder / "t.kanata"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(textOf(folder / "t.kanata"), HasSubstr("\t45000: load regs.r0 ← dmem[0]\n"));
}

TEST(Timeline, RefusesWhatIsAbsurdWithTheOptionThatLimitsIt) {
  const Folder folder;
  const Outcome whole = timeline({"--out", folder / "a.json"});
  EXPECT_EQ(whole.status, 2);
  EXPECT_THAT(whole.err, HasSubstr("--window-limit"));
  const Outcome far =
      timeline({"--instructions", "550000:550010", "--reach-limit", "50", "--out", folder / "a.json"});
  EXPECT_EQ(far.status, 2);
  EXPECT_THAT(far.err, HasSubstr("--reach-limit"));
  const Outcome ending = timeline({"--iterations", "0:1", "--out", folder / "a.svg"});
  EXPECT_EQ(ending.status, 2);
  EXPECT_THAT(ending.err, HasSubstr(".kanata"));
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace taktwerk::test
