// SPDX-License-Identifier: GPL-3.0-or-later
// `taktwerk-cli sweep --store`, `merge` and `check` of stores as processes.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/app/sweep_words.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

const Words fewPoints = {"--vary", "mac_latency=1:3", "--vary", "fetch_width=2,2000"};

TEST(SweepStore, AnExtendedSweepEstimatesOnlyWhatIsNew) {
  const Folder folder;
  const Words store = {"--store", folder / "a.sqlite"};
  const Outcome first = cli(oneMac(with(fewPoints, store)));
  ASSERT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.err, HasSubstr("6 points: 3 done, 3 infeasible, 0 failed\n"));
  const Outcome again = cli(oneMac(with(with(fewPoints, store), {"--resume"})));
  EXPECT_EQ(again.out, first.out);
  EXPECT_THAT(again.err, HasSubstr("; 6 of them were in the store"));
  const Outcome more =
      cli(oneMac(with(store, {"--vary", "mac_latency=1:4", "--vary", "fetch_width=2,2000", "--resume"})));
  EXPECT_THAT(more.err, HasSubstr("8 points: 4 done, 4 infeasible, 0 failed; 6 of them were in the store"));
  EXPECT_EQ(cli(oneMac({"--vary", "mac_latency=1:4", "--vary", "fetch_width=2,2000"})).out, more.out);
  const Outcome refused = cli(oneMac(with(fewPoints, store)));
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("say --resume"));
  const Outcome checked = cli({"check", folder / "a.sqlite"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("store of results, 8 points; of archs/one-mac/one-mac.arch.yaml"));
}

TEST(SweepStore, AnotherTextOfAFileIsAnotherSweep) {
  const Folder folder;
  const std::string text = textOf(taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml");
  const std::string architecture = folder.write("copy.arch.yaml", text);
  const std::string mappings = taktwerk::sourceDirectory() + "/archs/one-mac/mappings/conv1d.mapping.yaml";
  const Words words = {"sweep",
                       "--arch",
                       architecture,
                       "--network",
                       "resources/networks/tc-resnet8.network.yaml",
                       "--mapping",
                       mappings,
                       "--vary",
                       "mac_latency=1:3",
                       "--store",
                       folder / "a.sqlite",
                       "--resume"};
  EXPECT_EQ(cli(words).status, 0);
  EXPECT_THAT(cli(words).err, HasSubstr("3 of them were in the store"));
  (void)folder.write("copy.arch.yaml", text + "# another remark\n");
  EXPECT_THAT(cli(words).err, testing::Not(HasSubstr("in the store")));
  (void)folder.write("copy.arch.yaml", text);
  EXPECT_THAT(cli(words).err, HasSubstr("3 of them were in the store"));
}

TEST(SweepStore, NamesThatMeanSomethingToSqliteAreThoseOfFiles) {
  const Folder folder;
  ProcessOptions here;
  here.folder = folder / ".";
  for (const char* name : {":memory:", "file:x?mode=memory"}) {
    Words words = fewPoints;
    words = with(words, {"--store", name});
    words = with({"sweep", "--arch", taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml",
                  "--network", taktwerk::sourceDirectory() + "/resources/networks/mlp.network.yaml"},
                 words);
    EXPECT_EQ(cli(words, here).status, 0);
    EXPECT_TRUE(std::filesystem::exists(folder / name)) << name;
  }
}

TEST(SweepStore, SharesAreMergedIntoTheWhole) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=0:4", "--vary", "fetch_width=1:8"};
  const std::string whole = cli(oneMac(vary)).out;
  Words tables = {"merge"}, stores = {"merge"};
  for (const char* shard : {"1", "2", "3"}) {
    const std::string table = folder / (std::string(shard) + ".csv"),
                      store = folder / (std::string(shard) + ".sqlite");
    EXPECT_EQ(
        cli(oneMac(with(vary, {"--shard", std::string(shard) + "/3", "--out", table, "--store", store})))
            .status,
        0);
    tables.push_back(table);
    stores.push_back(store);
  }
  const Outcome merged = cli(with(tables, {"--out", folder / "all.csv"}));
  EXPECT_EQ(merged.status, 0) << merged.err;
  EXPECT_EQ(textOf(folder / "all.csv"), whole);
  const Outcome put = cli(with(stores, {"--out", folder / "all.sqlite"}));
  EXPECT_EQ(put.status, 0) << put.err;
  EXPECT_THAT(put.err, HasSubstr("40 results, 40 of them new"));
  const Outcome resumed = cli(oneMac(with(vary, {"--store", folder / "all.sqlite", "--resume"})));
  EXPECT_EQ(resumed.out, whole);
  EXPECT_THAT(resumed.err, HasSubstr("40 of them were in the store"));
}

TEST(SweepStore, SharesAreMergedIntoATableOfTheWhole) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=0:4", "--vary", "fetch_width=1:8", "--objective", "utilisation"};
  EXPECT_EQ(cli(oneMac(with(vary, {"--store", folder / "whole.sqlite"}))).status, 0);
  Words stores = {"merge"};
  for (const char* shard : {"3", "1", "2"}) {
    const std::string store = folder / (std::string(shard) + ".sqlite");
    EXPECT_EQ(cli(oneMac(with(vary, {"--shard", std::string(shard) + "/3", "--store", store}))).status, 0);
    stores.push_back(store);
  }
  for (const char* ending : {".csv", ".json"}) {
    const std::string all = folder / (std::string("all") + ending),
                      whole = folder / (std::string("w") + ending);
    const Outcome merged = cli(with(stores, {"--out", all}));
    EXPECT_EQ(merged.status, 0) << merged.err;
    EXPECT_THAT(merged.err, HasSubstr("40 points in " + all));
    EXPECT_EQ(cli({"merge", folder / "whole.sqlite", "--out", whole}).status, 0);
    EXPECT_EQ(textOf(all), textOf(whole));
  }
  const std::string csv = textOf(folder / "all.csv");
  EXPECT_THAT(csv, testing::StartsWith("point,arch.fetch_width,arch.mac_latency,state,cycles,"));
  EXPECT_THAT(csv, HasSubstr("\n8,1,1,done,13979190,"));
  EXPECT_THAT(csv, HasSubstr("\n0,1,0,infeasible,"));
}

TEST(SweepStore, IsCheckedFullyAndGivesItsInputsBack) {
  const Folder folder;
  const std::string store = folder / "a.sqlite";
  EXPECT_EQ(cli(oneMac(with(fewPoints, {"--store", store}))).status, 0);
  const std::string inputs = folder / "inputs";
  const Outcome checked = cli({"check", store, "--inputs", folder / "inputs"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  const std::string network = "resources/networks/tc-resnet8.network.yaml";
  EXPECT_THAT(checked.out, HasSubstr(folder / "inputs/tc-resnet8.network.yaml: the network as it went in, "
                                              "written; it was " +
                                     network + '\n'));
  const std::string root = taktwerk::sourceDirectory() + '/';
  EXPECT_EQ(textOf(folder / "inputs/tc-resnet8.network.yaml"), textOf(root + network));
  EXPECT_EQ(textOf(folder / "inputs/one-mac.arch.yaml"), textOf(root + "archs/one-mac/one-mac.arch.yaml"));
  // With them the results are known: they are what went in, mappings and all.
  const Outcome again = cli({"sweep", "--arch", folder / "inputs/one-mac.arch.yaml", "--network",
                             folder / "inputs/tc-resnet8.network.yaml", "--vary", "mac_latency=1:3", "--vary",
                             "fetch_width=2,2000", "--store", store, "--resume"});
  EXPECT_THAT(again.err, HasSubstr("; 6 of them were in the store"));
  EXPECT_THAT(cli({"check", store, "--inputs", folder / "inputs"}).out, HasSubstr("was there already"));
  (void)folder.write("inputs/one-mac.arch.yaml", "another text\n");
  const Outcome other = cli({"check", store, "--inputs", folder / "inputs"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err,
              HasSubstr("one-mac.arch.yaml:1:1: error: this is another text than the architecture"));
  EXPECT_EQ(textOf(folder / "inputs/one-mac.arch.yaml"), "another text\n");
  EXPECT_EQ(cli({"check", root + network, "--inputs", folder / "inputs"}).status, 2);
}

TEST(SweepStore, WhatDoesNotGoTogetherIsNotMerged) {
  const Folder folder;
  const std::string a = folder.write("a.csv", "point,arch.rows,state\n0,4,done\n1,5,done\n");
  const std::string b = folder.write("b.csv", "point,arch.rows,state\n1,6,done\n");
  const std::string c = folder.write("c.csv", "point,arch.columns,state\n");
  const auto said = [&](const Words& files, int status) {
    const Outcome outcome = cli(with(with({"merge"}, files), {"--out", folder / "all.csv"}));
    EXPECT_EQ(outcome.status, status);
    EXPECT_FALSE(std::filesystem::exists(folder / "all.csv"));
    return outcome.err;
  };
  EXPECT_THAT(said({a, b}, 1), HasSubstr("b.csv:2:1: error: point 1 has another row in " + a + ", line 3"));
  const std::string e = folder.write("e.csv", "point,arch.rows,state\n7,4,done\n8,6,done\n");
  const std::string f = folder.write("f.csv", "point,arch.rows,state\n7,4,infeasible\n");
  EXPECT_THAT(said({a, f}, 1), HasSubstr("f.csv:2:1: error: the values of point 7 are those of point 0 in " +
                                         a + ", line 2, but its results are others"));
  // A failure before it does not hide that two results of the same values differ.
  const std::string failed = folder.write("failed.csv", "point,arch.rows,state\n9,4,failed\n");
  EXPECT_THAT(said({failed, a, f}, 1), HasSubstr("the values of point 7 are those of point 0 in " + a));
  EXPECT_EQ(cli({"merge", a, e, "--out", folder / "other.csv"}).status, 0);
  EXPECT_EQ(textOf(folder / "other.csv"), "point,arch.rows,state\n0,4,done\n1,5,done\n7,4,done\n8,6,done\n");
  EXPECT_THAT(said({a, c}, 1), HasSubstr("c.csv:1:1: error: the columns are others than those of " + a));
  EXPECT_THAT(said({a, folder.write("d.sqlite", "x")}, 2), HasSubstr("tables (.csv) into a table"));
  const Outcome damaged = cli({"merge", folder / "d.sqlite", "--out", folder / "e.sqlite"});
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.err, HasSubstr("d.sqlite:1:1: error: this is no store of results"));
}

}  // namespace
}  // namespace taktwerk::test
