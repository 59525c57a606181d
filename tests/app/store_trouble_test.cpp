// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to sweeps and their stores from outside: processes that are killed, disks that are full,
// folders that cannot be written, other processes, other versions, bytes that change.
#include <csignal>
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/store/database.h"
#include "core/store/store_lock.h"
#include "core/store/stored_rows.h"
#include "core/store/stored_table.h"
#include "tests/app/process.h"
#include "tests/app/sweep_words.h"
#include "tests/support/property_seed.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// All that a store holds of each point, in the order of the points: every figure, and of every layer what
/// became of it.
std::string everythingIn(const std::string& path) {
  const auto table = readStoredTable(path, Progress());
  if (!table) return "no table";
  std::ostringstream all;
  all.precision(17);
  for (const std::uint32_t row : rowsByPoint(*table)) {
    all << table->numbers[row];
    for (const StoredColumn& column : table->columns) all << ' ' << column.name << '=' << *column.at(row);
    all << ' ' << toString(table->states[row]) << ' ' << table->cycles[row] << ' ' << table->instructions[row]
        << ' ' << table->macs[row] << ' ' << int{table->exact[row]} << int{table->complete[row]} << ' '
        << table->missingLayers[row] << ' ' << table->reasonOf(row);
    for (const StoredFigure& figure : table->figures)
      all << ' ' << figure.figure.name << '=' << figure.values[row];
    const auto layers = readStoredLayers(path, table->place.store, table->ids[row]);
    if (!layers) return "no layers";
    for (const SweepLayer& layer : *layers) {
      all << "\n  " << layer.name << ' ' << layer.operatorName << ' ' << layer.mapping << ' ' << layer.cycles
          << ' ' << layer.exact << layer.guessed << ' ' << layer.reason;
      for (const auto& [name, value] : layer.tunables) all << ' ' << name << '=' << value;
      for (const std::string& name : layer.fused) all << " +" << name;
    }
    all << '\n';
  }
  return all.str();
}

/// Killed fifty times at random moments and gone on with until it is through: table and store are those of a
/// sweep that nobody disturbed.
TEST(StoreTrouble, KilledAtRandomMomentsLosesNothing) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=0:31", "--vary", "fetch_width=1:16"};
  const Outcome undisturbed =
      cli(oneMac(with(vary, {"--store", folder / "whole.sqlite", "--out", folder / "whole.csv"})));
  ASSERT_EQ(undisturbed.status, 0) << undisturbed.err;
  const std::string whole = everythingIn(folder / "whole.sqlite");
  EXPECT_THAT(whole, HasSubstr("\n  conv0 conv1d "));
  const Words resumed =
      oneMac(with(vary, {"--store", folder / "a.sqlite", "--resume", "--out", folder / "a.csv"}));
  const auto expectWhole = [&] {
    EXPECT_EQ(textOf(folder / "a.csv"), textOf(folder / "whole.csv"));
    EXPECT_EQ(everythingIn(folder / "a.sqlite"), whole);
    EXPECT_EQ(cli({"check", folder / "a.sqlite"}).status, 0);
    // Nothing but the store and the tables is left, least of all half a file.
    EXPECT_EQ(folder.names(), (Words{"a.csv", "a.sqlite", "whole.csv", "whole.sqlite"}));
    fs::remove(folder / "a.sqlite");
    fs::remove(folder / "a.csv");
  };
  const std::uint32_t seed = propertySeed();
  SCOPED_TRACE(seedTrace(seed));
  Random random(seed);
  int kills = 0, runs = 0;
  for (; kills < 50 && runs < 500; ++runs) {
    ProcessOptions options;
    options.killAfterMicroseconds = random.between(5'000, 400'000);
    const Outcome outcome = cli(resumed, options);
    kills += outcome.signal == SIGKILL ? 1 : 0;
    if (outcome.signal != 0) continue;
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    expectWhole();  // and once more from the beginning
  }
  EXPECT_EQ(kills, 50) << runs << " runs";
  const Outcome last = cli(resumed);
  EXPECT_EQ(last.status, 0) << last.err;
  expectWhole();
}

/// Whatever becomes of the store, the table is written as if nothing had happened.
TEST(StoreTrouble, ThatFailsMeanwhileIsSaidAndTheTableIsWhole) {
  const Folder folder;
  const Words vary = {"--vary", "mac_latency=1:64", "--vary", "fetch_width=1:16"};
  EXPECT_EQ(cli(oneMac(with(vary, {"--out", folder / "whole.csv"}))).status, 0);
  ProcessOptions options;
  options.fileBytes = 128 << 10;  // the table is smaller, and so is a store that holds nothing yet
  const Outcome full =
      cli(oneMac(with(vary, {"--store", folder / "a.sqlite", "--out", folder / "a.csv", "--jobs", "1"})),
          options);
  EXPECT_EQ(full.status, 1);
  const std::string first = "a.sqlite:1:1: error: the store could not be written";
  EXPECT_THAT(full.err, HasSubstr(first));
  EXPECT_EQ(full.err.find(first), full.err.rfind(first));  // once
  EXPECT_THAT(full.err, HasSubstr("the sweep goes on without " + (folder / "a.sqlite") + "; all rows go to " +
                                  (folder / "a.csv")));
  EXPECT_THAT(full.err, HasSubstr("1,024 points: 1,024 done"));
  EXPECT_EQ(textOf(folder / "a.csv"), textOf(folder / "whole.csv"));
  EXPECT_EQ(cli({"check", folder / "a.sqlite"}).status, 0);
}

TEST(StoreTrouble, AFullDiskIsSaidAndWhatWasWrittenIsKept) {
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

TEST(StoreTrouble, AFolderThatCannotBeWrittenIsSaidBeforeAnythingIsEstimated) {
  const Folder folder;
  fs::create_directory(folder / "shut");
  const std::string store = folder / "shut/a.sqlite";
  const Words few = {"--vary", "mac_latency=1:3", "--store", store};
  ASSERT_EQ(cli(oneMac(few)).status, 0);
  ASSERT_EQ(chmod((folder / "shut").c_str(), 0555), 0);
  ASSERT_EQ(chmod(store.c_str(), 0444), 0);
  ProcessOptions options;
  options.obeysModes = true;
  const Outcome outcome = cli(oneMac(with(few, {"--resume"})), options);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err,
              HasSubstr("a.sqlite:1:1: error: the store cannot be opened or made: Permission "
                        "denied; name a file in a folder that is there and that you may write to"));
  // It can be read all the same.
  EXPECT_EQ(cli({"check", store}, options).status, 0);
  chmod((folder / "shut").c_str(), 0755);
}

TEST(StoreTrouble, AStoreOfANewerVersionIsSaidAndLeftAlone) {
  const Folder folder;
  const std::string store = folder / "a.sqlite";
  ASSERT_EQ(cli(oneMac({"--vary", "mac_latency=1:3", "--store", store})).status, 0);
  {
    Database database;
    ASSERT_TRUE(database.open(store) && database.execute("PRAGMA user_version = 99"));
  }
  const std::string before = textOf(store);
  for (const Words& words : {oneMac({"--vary", "mac_latency=1:4", "--store", store, "--resume"}),
                             Words{"check", store}, Words{"merge", store, "--out", folder / "all.sqlite"},
                             Words{"merge", store, "--out", folder / "all.csv"}}) {
    const Outcome outcome = cli(words);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_THAT(outcome.err,
                HasSubstr("a.sqlite:1:1: error: the store is of a newer version of Taktwerk (format 99"));
  }
  EXPECT_EQ(textOf(store), before);
  EXPECT_EQ(folder.names(), Words{"a.sqlite"});
}

TEST(StoreTrouble, AStoreThatAnotherProcessWritesIsReadButNotWritten) {
  const Folder folder;
  const std::string store = folder / "a.sqlite";
  ASSERT_EQ(cli(oneMac({"--vary", "mac_latency=1:3", "--store", store})).status, 0);
  const auto lock = StoreLock::take(store);
  ASSERT_TRUE(lock);
  const Outcome outcome = cli(oneMac({"--vary", "mac_latency=1:4", "--store", store, "--resume"}));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("a.sqlite:1:1: error: another process writes this store; wait until it "
                                     "has ended, or name another file [S0304]"));
  EXPECT_EQ(cli({"check", store}).status, 0);
  EXPECT_EQ(cli({"merge", store, "--out", folder / "a.csv"}).status, 0);
  const Outcome into = cli({"merge", store, "--out", folder / "b.sqlite"});
  EXPECT_EQ(into.status, 0) << into.err;
}

TEST(StoreTrouble, ADamagedStoreIsSaidByEverythingThatReadsIt) {
  const Folder folder;
  const std::string store = folder / "a.sqlite";
  ASSERT_EQ(
      cli(oneMac({"--vary", "mac_latency=1:32", "--vary", "fetch_width=1:16", "--store", store})).status, 0);
  fs::resize_file(store, fs::file_size(store) / 2);
  for (const Words& words : {Words{"check", store}, Words{"check", store, "--inputs", folder / "inputs"},
                             Words{"merge", store, "--out", folder / "all.sqlite"},
                             Words{"merge", store, "--out", folder / "all.json"},
                             oneMac({"--vary", "mac_latency=1:33", "--store", store, "--resume"})}) {
    const Outcome outcome = cli(words);
    EXPECT_EQ(outcome.status, 1) << words[0];
    EXPECT_THAT(outcome.err, HasSubstr("a.sqlite:1:1: error: this is no store of results, or it is damaged"))
        << words[0];
    EXPECT_THAT(outcome.err, HasSubstr("[S0302]"));
  }
  EXPECT_EQ(folder.names(), Words{"a.sqlite"});
}

}  // namespace
}  // namespace taktwerk::test
