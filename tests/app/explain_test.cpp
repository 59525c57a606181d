// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> oneMac = {"--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                                         "resources/networks/tc-resnet8.network.yaml"};

Outcome explained(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"explain"};
  arguments.insert(arguments.end(), oneMac.begin(), oneMac.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return cli(arguments);
}

TEST(Explain, SaysWhatDecidesAndWhatWouldHelp) {
  const Outcome outcome = explained({});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  for (const char* text : {"Fetching instructions decides 67 % of TC-ResNet8", "fetch_width 1 → 2 would save",
                           "What every block did of the time", "What memories moved", "Roofline at",
                           "What to change", "How far to trust it"}) {
    EXPECT_THAT(outcome.out, HasSubstr(text));
  }
}

TEST(Explain, PrintsTheSameFiguresAsEstimate) {
  const Outcome outcome = explained({"--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  std::vector<std::string> arguments = {"estimate", "--json"};
  arguments.insert(arguments.end(), oneMac.begin(), oneMac.end());
  const json estimated = json::parse(cli(arguments).out);
  EXPECT_EQ(found["cycles"], estimated["cycles"]);
  std::int64_t causes = 0;
  for (const json& cause : found["causes"]) causes += cause["cycles"].get<std::int64_t>();
  EXPECT_EQ(causes, found["cycles"].get<std::int64_t>());
  ASSERT_EQ(found["layers"].size(), estimated["layers"].size());
  std::int64_t words = 0, moved = 0;
  for (const json& layer : estimated["layers"]) {
    for (const json& memory : layer["traffic"]) words += memory["words_read"].get<std::int64_t>();
  }
  for (const json& memory : found["traffic"]) moved += memory["words_read"].get<std::int64_t>();
  EXPECT_EQ(moved, words);
  for (const json& block : found["utilisation"]["blocks"]) {
    EXPECT_EQ(block["busy"].get<std::int64_t>() + block["waiting"].get<std::int64_t>() +
                  block["idle"].get<std::int64_t>(),
              found["cycles"].get<std::int64_t>() * block["places"].get<std::int64_t>())
        << block["object"];
  }
  EXPECT_FALSE(found["sensitivity"]["ranked"].empty());
}

TEST(Explain, OfALayerIsOfThatLayer) {
  const Outcome outcome = explained({"--layer", "conv0", "--no-steps", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  ASSERT_EQ(found["layers"].size(), 1U);
  EXPECT_EQ(found["layers"][0]["name"], "conv0");
  EXPECT_FALSE(found.contains("sensitivity"));
  EXPECT_THAT(found["sentence"].get<std::string>(), HasSubstr("of conv0"));
}

TEST(Explain, OfATraceHasNoSteps) {
  const Folder folder;
  const std::string architecture = folder.write("small.arch.yaml", smallArchitecture);
  const std::string trace = folder.write("small.trace.jsonl", smallTrace);
  const Outcome outcome = cli({"explain", "--arch", architecture, "--trace", trace});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(" decides "));
  EXPECT_THAT(outcome.out, Not(HasSubstr("What to change")));
}

TEST(Explain, RefusesWhatIsNotThere) {
  EXPECT_EQ(explained({"--layer", "conv9"}).status, 2);
  EXPECT_EQ(explained({"--set", "no_such=1"}).status, 2);
  EXPECT_EQ(cli({"explain", "--arch", "no-such.arch.yaml", "--network", oneMac[3]}).status, 1);
  EXPECT_EQ(cli({"explain", "--arch", oneMac[1]}).status, 2);
}

}  // namespace
}  // namespace taktwerk::test
