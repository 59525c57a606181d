// SPDX-License-Identifier: GPL-3.0-or-later
// `taktwerk-cli sweep --store` and `merge` as processes, which are killed, too.
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/process.h"
#include "tests/support/places.h"
#include "tests/support/property_seed.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

Words oneMac(const Words& more) {
  Words words = {"sweep", "--arch", "archs/one-mac/one-mac.arch.yaml", "--network",
                 "resources/networks/tc-resnet8.network.yaml"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

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

/// Killed at random moments and resumed until it is through: the same table as undisturbed.
TEST(SweepStore, KilledAtRandomMomentsLosesNothing) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=1:32", "--vary", "fetch_width=1:16"};
  const Outcome undisturbed = cli(oneMac(with(vary, {"--out", folder / "whole.csv"})));
  ASSERT_EQ(undisturbed.status, 0) << undisturbed.err;
  const Words resumed =
      oneMac(with(vary, {"--store", folder / "a.sqlite", "--resume", "--out", folder / "a.csv"}));
  const std::uint32_t seed = propertySeed();
  SCOPED_TRACE(seedTrace(seed));
  Random random(seed);
  int kills = 0;
  for (int run = 0; run < 50; ++run) {
    ProcessOptions options;
    options.killAfterMicroseconds = random.between(5'000, 300'000);
    const Outcome outcome = cli(resumed, options);
    kills += outcome.signal == SIGKILL ? 1 : 0;
    if (outcome.signal == 0) {
      EXPECT_EQ(outcome.status, 0) << outcome.err;
    }
  }
  EXPECT_GT(kills, 0);
  const Outcome last = cli(resumed);
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(textOf(folder / "a.csv"), textOf(folder / "whole.csv"));
  // Nothing but the store and the tables is left, least of all half a file.
  for (const std::string& name : folder.names()) {
    EXPECT_THAT(name, testing::AnyOf("whole.csv", "a.csv", "a.sqlite", HasSubstr("a.csv")));
  }
}

TEST(SweepStore, AFullDiskIsSaidAndWhatWasWrittenIsKept) {
  const Folder folder;
  const Words words = oneMac({"--vary", "mac_latency=1:32", "--vary", "fetch_width=1:16", "--store",
                              folder / "a.sqlite", "--resume"});
  ProcessOptions options;
  options.fileBytes = 48 << 10;  // the texts of the files alone are more than half of it
  const Outcome full = cli(words, options);
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("a.sqlite:1:1: error: the store could not be written"));
  const Outcome resumed = cli(words);
  EXPECT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_THAT(resumed.err, HasSubstr("512 points: 512 done"));
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
  EXPECT_THAT(said({a, c}, 1), HasSubstr("c.csv:1:1: error: the columns are others than those of " + a));
  EXPECT_THAT(said({a, folder.write("d.sqlite", "x")}, 2), HasSubstr("tables (.csv) into a table"));
  const Outcome damaged = cli({"merge", folder / "d.sqlite", "--out", folder / "e.sqlite"});
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.err, HasSubstr("d.sqlite:1:1: error: this is no store of results"));
}

}  // namespace
}  // namespace taktwerk::test
