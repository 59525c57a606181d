// SPDX-License-Identifier: GPL-3.0-or-later
// `taktwerk-cli sweep` as a process that searches: --explore, --goal, --front.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"
#include "tests/app/sweep_words.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// A sweep of the one layer that takes longest.
Words oneLayer(const Words& more) {
  return with(oneMac({"--layer", "conv0"}), more);
}

const Words large = {"--vary",      "fetch_width=1:8", "--vary",      "mac_latency=1:16",
                     "--objective", "cycles",          "--objective", "utilisation"};

Words exploring(const Words& more) {
  Words words = large;
  words.insert(words.end(), more.begin(), more.end());
  return oneLayer(words);
}

TEST(SweepExplores, SoManyPointsAndNamesTheFrontBesideTheRows) {
  const Outcome outcome = cli(exploring({"--explore", "30", "--seed", "2"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Words lines = linesOf(outcome.out);
  ASSERT_EQ(lines.size(), 31U);
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 31U);
  EXPECT_THAT(outcome.err, HasSubstr("30 of 128 points\n"));
  EXPECT_THAT(
      outcome.err,
      HasSubstr("30 points: 30 done, 0 infeasible, 0 failed\nfront of cycles:min, utilisation:max: "));
  EXPECT_EQ(cli(exploring({"--explore", "30", "--seed", "2", "--jobs", "1"})).out, outcome.out);
  EXPECT_NE(cli(exploring({"--explore", "30", "--seed", "3"})).out, outcome.out);
}

TEST(SweepExplores, AllOfASpaceThatIsNotLarger) {
  const Outcome outcome =
      cli(oneLayer({"--vary", "mac_latency=0:3", "--objective", "cycles", "--explore", "100"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(linesOf(outcome.out).size(), 5U);
  EXPECT_THAT(outcome.err, HasSubstr("4 points: 3 done, 1 infeasible, 0 failed\n"));
}

TEST(SweepExplores, IntoFilesAndStores) {
  const Folder folder;
  const std::string table = folder / "a.json", store = folder / "a.sqlite";
  const Outcome outcome = cli(exploring({"--explore", "24", "--out", table, "--store", store}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::StartsWith("front of cycles:min, utilisation:max: "));
  const json written = json::parse(textOf(table));
  EXPECT_EQ(written["rows"].size(), 24U);
  ASSERT_GE(written["front"].size(), 1U);
  std::set<int> points;
  for (const json& row : written["rows"]) points.insert(row["point"].get<int>());
  for (const json& point : written["front"]) EXPECT_TRUE(points.contains(point.get<int>()));
  const Outcome again = cli(exploring({"--explore", "24", "--out", table, "--store", store, "--resume"}));
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(json::parse(textOf(table)), written);
}

TEST(SweepFront, IsNamedBehindTheRowsOfAnySweep) {
  const Outcome outcome = cli(oneLayer({"--vary", "mac_latency=1,8,16", "--objective", "cycles", "--front"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(linesOf(outcome.out).size(), 4U);
  EXPECT_THAT(outcome.err, HasSubstr("front of cycles:min: 1 point\npoint  arch.mac_latency     cycles\n"));
}

TEST(SweepGoal, IsAnsweredOnStandardOutput) {
  const Outcome outcome = cli(
      oneLayer({"--vary", "mac_latency=1:10", "--objective", "cycles:max", "--goal", "cycles <= 2000000"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::StartsWith("most cycles that reaches cycles <= 2000000: point 5\n"
                                               "arch.mac_latency 6: cycles "));
  EXPECT_THAT(outcome.out, HasSubstr("all 10 points were looked at\n"));
  EXPECT_THAT(outcome.out, testing::ContainsRegex("arch.mac_latency 7 .*misses it by [0-9.]+ %\n"));
  EXPECT_THAT(outcome.out, HasSubstr(" decides "));
  EXPECT_THAT(outcome.out, Not(HasSubstr("point,")));
}

TEST(SweepGoal, IsAnsweredInJsonBesideTheRows) {
  const Folder folder;
  const std::string path = folder / "goal.json";
  const Outcome outcome = cli(exploring({"--goal", "cycles <= 1"}));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("say --objective once"));
  const Outcome asked = cli(oneLayer({"--vary", "mac_latency=1:10", "--objective", "utilisation", "--goal",
                                      "cycles <= 2000000", "--explore", "5", "--out", path}));
  EXPECT_EQ(asked.status, 0) << asked.err;
  const json written = json::parse(textOf(path));
  EXPECT_TRUE(written["goal"]["reached"]);
  EXPECT_FALSE(written["goal"]["all"]);
  EXPECT_EQ(written["goal"]["estimated"], written["rows"].size());
  EXPECT_THAT(asked.out, HasSubstr("there may be better ones"));
}

TEST(SweepSearch, WhatDoesNotGoTogetherIsAMistakeOfTheCommandLine) {
  const std::vector<std::pair<Words, std::string>> mistakes = {
      {{"--explore", "5"}, "say --objective NAME too"},
      {{"--goal", "cycles <= 3"}, "say --objective NAME too"},
      {{"--front"}, "say --objective NAME too"},
      {{"--explore", "0", "--objective", "cycles"}, "--explore"},
      {{"--explore", "5", "--objective", "cycles", "--sample", "random:5"},
       "leave out --points, --sample and --shard"},
      {{"--explore", "5", "--objective", "cycles", "--shard", "1/2"},
       "leave out --points, --sample and --shard"},
      {{"--goal", "cycles < 3", "--objective", "cycles"}, "FIGURE >= NUMBER"},
      {{"--goal", "speed >= 3", "--objective", "cycles"}, "--goal: there is no figure \"speed\""},
      {{"--seed", "5"}, "--seed is of a sample or a search"}};
  for (const auto& [words, expected] : mistakes) {
    Words all = {"--vary", "mac_latency=1:10"};
    all.insert(all.end(), words.begin(), words.end());
    const Outcome outcome = cli(oneLayer(all));
    EXPECT_EQ(outcome.status, 2) << words.front();
    EXPECT_THAT(outcome.err, HasSubstr(expected));
    EXPECT_EQ(outcome.out, "");
  }
}

}  // namespace
}  // namespace taktwerk::test
