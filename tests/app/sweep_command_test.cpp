// SPDX-License-Identifier: GPL-3.0-or-later
// `taktwerk-cli sweep` as a process.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/process.h"
#include "tests/app/sweep_words.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(SweepCommand, PrintsARowForEachPointAndNothingElseOnStandardOutput) {
  const Outcome outcome = cli(oneMac({"--vary", "mac_latency=0:2", "--vary", "fetch_width=1,2"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Words lines = linesOf(outcome.out);
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0],
            "point,arch.mac_latency,arch.fetch_width,state,cycles,instructions,macs,exact,complete,missing_"
            "layers,reason");
  EXPECT_THAT(lines[1],
              HasSubstr("0,0,1,infeasible,,,,,,,\"parameter \"\"mac_latency\"\" must be at least 1"));
  EXPECT_THAT(lines[5], HasSubstr("4,2,1,done,13979190,4659705,1533504,true,true,0,"));
  EXPECT_THAT(outcome.err, HasSubstr("6 points\n"));
  EXPECT_THAT(outcome.err, HasSubstr("6 points: 4 done, 2 infeasible, 0 failed"));
}

TEST(SweepCommand, RowsAreThoseOfEstimates) {
  const Outcome outcome =
      cli(oneMac({"--vary", "fetch_width=4", "--vary", "network.batch=2", "--set", "mac_latency=3"}));
  const Outcome estimate = cli({"estimate", "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                                "resources/networks/tc-resnet8.network.yaml", "--set", "fetch_width=4",
                                "--set", "network.batch=2", "--set", "mac_latency=3", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json expected = json::parse(estimate.out);
  EXPECT_THAT(outcome.out,
              HasSubstr(",done," + expected["cycles"].dump() + ',' + expected["instructions"].dump() + ','));
}

TEST(SweepCommand, ObjectivesAreColumns) {
  const Outcome outcome = cli(oneMac({"--vary", "mac_latency=1", "--objective", "traffic.dmem", "--objective",
                                      "utilisation:max", "--objective", "cycles"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Words lines = linesOf(outcome.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(",missing_layers,traffic.dmem,utilisation,reason"));
  EXPECT_THAT(lines[1], testing::MatchesRegex(".*,true,true,0,[1-9][0-9]*,0[.][0-9]+,"));
}

TEST(SweepCommand, ABatchHasItsFigures) {
  const Outcome outcome = cli(oneMac({"--vary", "mac_latency=2", "--batch", "10"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Words lines = linesOf(outcome.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(",missing_layers,interval,total,reason"));
  EXPECT_THAT(lines[1], HasSubstr(",true,true,0,13979190,139791900,"));
}

TEST(SweepCommand, AnObjectiveThatThereIsNotIsAMistakeOfTheCommandLine) {
  for (const char* objective : {"cycle", "traffic.nowhere", "cycles:least"}) {
    const Outcome outcome = cli(oneMac({"--vary", "mac_latency=1", "--objective", objective}));
    EXPECT_EQ(outcome.status, 2) << objective;
    EXPECT_THAT(outcome.err, HasSubstr("--objective: ")) << objective;
  }
}

TEST(SweepCommand, WritesTheSameFileForAnyNumberOfThreads) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=1:4", "--vary", "fetch_width=1:8:*2", "--out"};
  std::set<std::string> texts;
  for (const char* jobs : {"1", "2", "5"}) {
    Words words = oneMac(vary);
    const std::string file = folder / (std::string(jobs) + ".csv");
    words.insert(words.end(), {file, "--jobs", jobs});
    const Outcome outcome = cli(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    texts.insert(textOf(file));
  }
  EXPECT_EQ(texts.size(), 1U);
  EXPECT_EQ(linesOf(*texts.begin()).size(), 17U);
}

TEST(SweepCommand, JsonHoldsTheValuesOfEachRow) {
  const Folder folder;
  EXPECT_EQ(cli(oneMac({"--vary", "mac_latency=2,99", "--out", folder / "a.json"})).status, 0);
  const json all = json::parse(textOf(folder / "a.json"));
  EXPECT_EQ(all["columns"], json({"arch.mac_latency"}));
  ASSERT_EQ(all["rows"].size(), 2U);
  EXPECT_EQ(all["rows"][0]["values"]["arch.mac_latency"], 2);
  EXPECT_EQ(all["rows"][0]["cycles"], 13979190);
  EXPECT_EQ(all["rows"][1]["state"], "infeasible");
  EXPECT_FALSE(all["rows"][1].contains("cycles"));
}

TEST(SweepCommand, PointsComeFromATableOrFromStandardInput) {
  const Folder folder;
  const std::string table = folder.write("p.csv", "fetch_width,point,mac_latency\n4,9,2\n,8,3\n\n4,7,\n");
  const Outcome fromFile = cli(oneMac({"--points", table}));
  EXPECT_EQ(fromFile.status, 0) << fromFile.err;
  const Words lines = linesOf(fromFile.out);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[1], HasSubstr("0,4,2,done,"));
  EXPECT_THAT(lines[2], HasSubstr("1,,3,done,"));
  EXPECT_THAT(lines[3], HasSubstr("2,4,,done,"));
  ProcessOptions options;
  options.inFrom = table;
  const Outcome fromInput = cli(oneMac({"--points", "-"}), options);
  EXPECT_EQ(fromInput.out, fromFile.out);
  // What a sweep wrote can be read again.
  const std::string again = folder.write("again.csv", fromFile.out);
  EXPECT_EQ(cli(oneMac({"--points", again})).out, fromFile.out);
}

TEST(SweepCommand, PointsAreReadWithAnyEndsOfLines) {
  const Folder folder;
  const auto rowsOf = [&](const std::string& text) {
    const Outcome outcome = cli(oneMac({"--points", folder.write("p.csv", text)}));
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.out;
  };
  const std::string rows = rowsOf("fetch_width\n4\n2\n");
  EXPECT_EQ(linesOf(rows).size(), 3U);
  EXPECT_EQ(rowsOf("fetch_width\r\n4\r\n2\r\n"), rows);
  EXPECT_EQ(rowsOf("fetch_width\r4\r2\r"), rows);
  EXPECT_EQ(rowsOf("fetch_width\r4\r2"), rows);
  const Outcome wrong = cli(oneMac({"--points", folder.write("p.csv", "fetch_width\r4\rx\r")}));
  EXPECT_THAT(wrong.err, HasSubstr("p.csv:3:1: error: fetch_width: \"x\" is not a whole number"));
}

TEST(SweepCommand, AWrongLineOfPointsIsSaidAtItsPlace) {
  const Folder folder;
  const std::string table = folder.write("p.csv", "fetch_width\n4\nx\n");
  const Outcome outcome = cli(oneMac({"--points", table}));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("p.csv:3:1: error: fetch_width: \"x\" is not a whole number"));
  const Outcome unknown = cli(oneMac({"--points", folder.write("q.csv", "fetch_widht\n4\n")}));
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"fetch_width\""));
  EXPECT_THAT(cli(oneMac({"--points", folder / "no.csv"})).err,
              HasSubstr("no.csv:1:1: error: points cannot be read"));
}

TEST(SweepCommand, SharesTogetherAreTheWhole) {
  const Words vary = {"--vary", "mac_latency=1:4", "--vary", "fetch_width=1:8"};
  const auto whole = linesOf(cli(oneMac(vary)).out);
  std::map<int, std::string> rows;
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    Words words = oneMac(vary);
    words.insert(words.end(), {"--shard", shard});
    const Words lines = linesOf(cli(words).out);
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.front(), whole.front());
    for (std::size_t i = 1; i < lines.size(); ++i)
      EXPECT_TRUE(rows.emplace(std::stoi(lines[i]), lines[i]).second);
  }
  ASSERT_EQ(rows.size(), 32U);
  for (const auto& [number, line] : rows) EXPECT_EQ(line, whole[static_cast<std::size_t>(number) + 1]);
}

TEST(SweepCommand, SamplesAreOfTheirSeed) {
  const Words vary = {"--vary", "mac_latency=1:16", "--vary", "fetch_width=1:64", "--sample"};
  const auto sampled = [&](const Words& how) {
    Words words = oneMac(vary);
    words.insert(words.end(), how.begin(), how.end());
    const Outcome outcome = cli(words);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return outcome.out;
  };
  const std::string first = sampled({"random:6", "--seed", "4"});
  EXPECT_EQ(linesOf(first).size(), 7U);
  EXPECT_EQ(sampled({"random:6", "--seed", "4", "--jobs", "1"}), first);
  EXPECT_NE(sampled({"random:6", "--seed", "5"}), first);
  EXPECT_EQ(linesOf(sampled({"lhs:6"})).size(), 7U);
}

TEST(SweepCommand, AnInterruptionEndsItAndLeavesTheFileAsItWas) {
  const Folder folder;
  const std::string file = folder.write("old.csv", "old\n");
  ProcessOptions options;
  options.signalAfterStart = 2;
  const Outcome outcome = cli({"sweep", "--arch", "archs/systolic-array/systolic-array.arch.yaml",
                               "--network", "resources/networks/tc-resnet8.network.yaml", "--vary",
                               "rows=8:128", "--vary", "columns=8:128", "--out", file},
                              options);
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  EXPECT_EQ(textOf(file), "old\n");
  EXPECT_EQ(folder.names(), Words{"old.csv"});
}

/// What a terminal that is closed does to it; nohup keeps that from it.
TEST(SweepCommand, AHangUpIsAnInterruptionUnlessItIsToBeIgnored) {
  const Folder folder;
  ProcessOptions options;
  options.signalAfterStart = SIGHUP;
  const Words endless = {"sweep",
                         "--arch",
                         "archs/systolic-array/systolic-array.arch.yaml",
                         "--network",
                         "resources/networks/tc-resnet8.network.yaml",
                         "--vary",
                         "rows=8:128",
                         "--vary",
                         "columns=8:128",
                         "--store",
                         folder / "a.sqlite"};
  const Outcome outcome = cli(endless, options);
  EXPECT_EQ(outcome.status, 130) << "signal " << outcome.signal << '\n' << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("what was done is in " + (folder / "a.sqlite")));
  Words few = {"/usr/bin/nohup", taktwerk::programDirectory() + "/taktwerk-cli"};
  for (const std::string& word : oneMac({"--vary", "mac_latency=1:32", "--vary", "fetch_width=1:8"}))
    few.push_back(word);
  EXPECT_EQ(run(few, options).status, 0);
}

/// Words of the command line may be as long as somebody likes; what is said of them is not.
TEST(SweepCommand, LongWordsAreCutInMessages) {
  const std::string word(5000, 'w');
  for (const Words& words : {oneMac({"--vary", word}), oneMac({"--vary", word + "=1"}),
                             oneMac({"--shard", word}), oneMac({"--vary", "mac_latency=1", "--out", word}),
                             oneMac({"--vary", "mac_latency=1", "--method", word}),
                             oneMac({"--vary", "mac_latency=1", "--jobs", word}), oneMac({"--set", word}),
                             Words{word}, oneMac({"--" + word})}) {
    const Outcome outcome = cli(words);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_LT(outcome.err.size(), 600U) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("…"));
  }
}

TEST(SweepCommand, SaysWhatItCostAndTakesNoMoreThreadsThanThereAre) {
  const Outcome outcome =
      cli({"sweep", "--arch", "archs/gemmini/gemmini.arch.yaml", "--network",
           "resources/networks/tc-resnet8.network.yaml", "--vary", "bus_bytes=1:33", "--jobs", "1000"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, Not(HasSubstr("TBB")));
  EXPECT_THAT(outcome.err, Not(HasSubstr("1000 threads")));
  EXPECT_THAT(outcome.err,
              testing::ContainsRegex("33 points: 33 done.*\n[0-9.]+ s of processor time, [0-9]+ % of it"));
}

/// A value that some layers cannot have is said once, with the layers, and keeps nothing of the others back.
TEST(SweepCommand, ATunableThatIsNotLegalIsAReason) {
  const Words common = {"--arch",    "archs/gemmini-blocks/gemmini-blocks.arch.yaml",
                        "--network", "resources/networks/tc-resnet8.network.yaml",
                        "--set",     "mapping.tile_rows=3"};
  Words words = {"sweep", "--vary", "mesh=8,16"};
  words.insert(words.end(), common.begin(), common.end());
  const Outcome sweep = cli(words);
  EXPECT_EQ(sweep.status, 0) << sweep.err;
  EXPECT_THAT(sweep.out, HasSubstr("0,8,done,"));
  EXPECT_THAT(sweep.out, HasSubstr("tile_rows is 3, legal values here are 1, 2, 4, 8, 16"));
  EXPECT_THAT(sweep.err, Not(HasSubstr("M0203")));
  words = {"estimate"};
  words.insert(words.end(), common.begin(), common.end());
  const Outcome estimate = cli(words);
  EXPECT_EQ(estimate.status, 0) << estimate.err;
  EXPECT_THAT(estimate.err, HasSubstr("conv1d.mapping.yaml:16:"));
  EXPECT_THAT(estimate.err, HasSubstr("warning: layers \"conv0\", "));
  EXPECT_THAT(estimate.err, HasSubstr("[E0006]"));
  const std::size_t first = estimate.err.find("conv1d.mapping.yaml:16:");
  EXPECT_EQ(estimate.err.find("conv1d.mapping.yaml:16:", first + 1), std::string::npos) << estimate.err;
}

TEST(SweepCommand, AMissingReaderEndsIt) {
  ProcessOptions options;
  options.outTo = "/dev/full";
  const Outcome outcome = cli(oneMac({"--vary", "mac_latency=1:16", "--vary", "fetch_width=1:64"}), options);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("could not be written to standard output"));
}

TEST(SweepCommand, WhatIsMissingOrDoesNotGoTogetherIsSaid) {
  const auto said = [](const Words& more) {
    const Outcome outcome = cli(oneMac(more));
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    return outcome.err;
  };
  EXPECT_THAT(said({}), HasSubstr("say what is varied"));
  EXPECT_THAT(said({"--vary", "mac_latency=1:2", "--points", "a.csv"}),
              HasSubstr("leave out --space, --vary"));
  EXPECT_THAT(said({"--vary", "mac_latency"}), HasSubstr("wants NAME=V,V"));
  EXPECT_THAT(said({"--vary", "mac_latncy=1"}), HasSubstr("did you mean \"mac_latency\""));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--set", "mac_latency=1"}), HasSubstr("cannot be varied"));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--sample", "some:4"}), HasSubstr("random:N or lhs:N"));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--seed", "4"}), HasSubstr("--seed is of a sample"));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--shard", "0/3"}), HasSubstr("--shard wants I/N"));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--out", "a.txt"}), HasSubstr("FILE.csv"));
  EXPECT_THAT(said({"--vary", "mac_latency=1", "--jobs", "0"}), HasSubstr("--jobs wants"));
  const Outcome bare = cli({"sweep", "--vary", "mac_latency=1"});
  EXPECT_EQ(bare.status, 2);
  EXPECT_THAT(bare.err, HasSubstr("names no architecture; say"));
}

TEST(SweepCommand, SpacesAreCheckedAndRunWithTheFilesThatTheyName) {
  const Folder folder;
  (void)folder.write("small.arch.yaml", smallArchitecture);
  const std::string wrong =
      folder.write("wrong.space.yaml", "format: taktwerk-space/1\nvary:\n  rows: [4, 4]\n");
  const Outcome bad = cli({"check", wrong});
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.err, HasSubstr("wrong.space.yaml:3:13: error: rows has the value 4 twice"));
  const std::string names =
      folder.write("names.space.yaml",
                   "format: taktwerk-space/1\narchitecture: small.arch.yaml\nvary: {mac_latncy: [1]}\n");
  const Outcome unknown = cli({"check", names, "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                               "resources/networks/tc-resnet8.network.yaml"});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("names its own architecture"));
  const Outcome run =
      cli({"sweep", "--space", names, "--network", "resources/networks/tc-resnet8.network.yaml"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err,
              HasSubstr("names.space.yaml:3:8: error: there is no parameter \"mac_latncy\"; did you mean"));
}

TEST(SweepCommand, PointsWhoseValuesCannotBeComputedAreInfeasible) {
  const Folder folder;
  const std::string space = folder.write("a.space.yaml",
                                         "format: taktwerk-space/1\nvary: {mac_latency: [1, 2, 3]}\n"
                                         "derived: {fetch_width: 2 / (mac_latency - 2) + 3}\n");
  const Outcome outcome = cli(oneMac({"--space", space, "--store", folder / "a.sqlite"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Words lines = linesOf(outcome.out);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[1], HasSubstr("0,1,1,done,"));
  EXPECT_EQ(
      lines[2],
      "1,2,,infeasible,,,,,,,arch.fetch_width: 2 / (mac_latency - 2) + 3 cannot be computed: division by 0 "
      "(mac_latency = 2)");
  EXPECT_THAT(lines[3], HasSubstr("2,3,5,done,"));
  EXPECT_THAT(outcome.err, HasSubstr("a.space.yaml:3:26: warning: arch.fetch_width: "));
  EXPECT_THAT(cli({"check", space, "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                   "resources/networks/tc-resnet8.network.yaml"})
                  .err,
              HasSubstr("points like this are infeasible [S0111]"));
  // It is not taken for the point with those values that the other parameters have anyway.
  const Outcome more = cli(oneMac({"--vary", "mac_latency=1:3", "--store", folder / "a.sqlite", "--resume"}));
  EXPECT_THAT(more.err, HasSubstr("3 points: 3 done, 0 infeasible"));
  const Outcome again = cli(oneMac({"--space", space, "--store", folder / "a.sqlite", "--resume"}));
  EXPECT_EQ(again.out, outcome.out);
  EXPECT_THAT(again.err, HasSubstr("2 of them were in the store"));
}

TEST(SweepCommand, ASpaceWithoutAnyPointIsRefused) {
  const Folder folder;
  const std::string space = folder.write("a.space.yaml",
                                         "format: taktwerk-space/1\nvary: {mac_latency: [1, 2, 3]}\n"
                                         "constraints: [mac_latency > 3]\n");
  for (const Words& more : {Words{}, Words{"--sample", "random:2"}}) {
    Words words = {"--space", space, "--out", folder / "a.csv"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = cli(oneMac(words));
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.err,
                HasSubstr("a.space.yaml:1:1: error: the space has no point, every combination is "
                          "ruled out: mac_latency > 3 does not hold (mac_latency = 1) [S0112]"));
    EXPECT_FALSE(std::filesystem::exists(folder / "a.csv"));
  }
}

TEST(SweepCommand, RefusesOfOneLayerWhatCountsInferences) {
  for (const char* figure : {"interval:min", "inferences_per_second", "total"}) {
    const Outcome refused =
        cli(oneMac({"--vary", "mac_latency=1:3", "--layer", "conv0", "--objective", figure}));
    EXPECT_EQ(refused.status, 2) << figure;
    EXPECT_THAT(refused.err, HasSubstr("counts inferences of a whole network; leave out --layer"));
  }
  EXPECT_EQ(cli(oneMac({"--vary", "mac_latency=1:3", "--layer", "conv0", "--objective", "cycles"})).status,
            0);
}

}  // namespace
}  // namespace taktwerk::test
