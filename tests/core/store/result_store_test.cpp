// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/result_store.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/store/check_store.h"
#include "core/store/database.h"
#include "core/store/merge_stores.h"
#include "tests/core/store/stores.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Existing = ResultStore::Existing;

TEST_F(Stores, KeepWhatWasPutIn) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=16"});
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  ASSERT_TRUE(store);
  const auto studies = (*store)->studies({studyOf("one")});
  const auto row = (*store)->find(studies[0], settingsIn("arch.rows=16"));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->state, PointState::Done);
  EXPECT_EQ(row->cycles, 12);
  EXPECT_EQ(row->instructions, 7);
  EXPECT_EQ(row->macs, 5);
  EXPECT_TRUE(row->exact);
  EXPECT_FALSE(row->complete);
  EXPECT_EQ(row->missingLayers, 2);
  EXPECT_EQ(row->reason, "2 layers missing: \"fc\"");
  ASSERT_EQ(row->figures.size(), 3U);
  EXPECT_EQ(row->figures[0], 12);
  EXPECT_EQ(row->figures[1], 0.5);
  EXPECT_TRUE(std::isnan(row->figures[2]));
  EXPECT_FALSE((*store)->find(studies[0], settingsIn("arch.rows=8")));
}

TEST_F(Stores, KnowResultsByTheContentOfWhatWentIn) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  const auto numbers = (*store)->studies({studyOf("another text"), studyOf("one")});
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_FALSE((*store)->find(numbers[0], settingsIn("arch.rows=4")));
  EXPECT_TRUE((*store)->find(numbers[1], settingsIn("arch.rows=4")));
  StoredStudy moved = studyOf("one");
  moved.inputs[0].path = "elsewhere/a.arch.yaml";  // where a file lies changes no figure
  EXPECT_TRUE((*store)->find((*store)->studies({moved})[0], settingsIn("arch.rows=4")));
  StoredStudy otherwise = studyOf("one");
  otherwise.how = "method roofline";
  EXPECT_FALSE((*store)->find((*store)->studies({otherwise})[0], settingsIn("arch.rows=4")));
}

TEST_F(Stores, KnowWhereFilesWereTheLatestTime) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  fill(path("b.sqlite"), "one", {"arch.rows=8"});
  {
    StoredStudy moved = studyOf("one");
    moved.inputs[0].path = "elsewhere/a.arch.yaml";
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    ASSERT_EQ((*store)->studies({moved}), std::vector<std::int64_t>{1});
  }
  const auto places = [&] { return readStoreSummary(path("a.sqlite"))->inputs; };
  EXPECT_THAT(places(), testing::ElementsAre(testing::Pair("architecture", "elsewhere/a.arch.yaml"),
                                             testing::Pair("network", "n.network.yaml")));
  ASSERT_TRUE(mergeStores({path("b.sqlite")}, path("a.sqlite"), Progress()));
  EXPECT_EQ(places()[0].second, "elsewhere/a.arch.yaml") << "not where they were on another computer";
  EXPECT_TRUE(checkStore(path("a.sqlite"), Progress())) << "the check of the text goes with its path";
}

TEST_F(Stores, ShowTheExactInputsLater) {
  fill(path("a.sqlite"), "the text of the architecture", {"arch.rows=4"});
  const auto summary = readStoreSummary(path("a.sqlite"));
  ASSERT_TRUE(summary) << problemsOf(summary.diagnostics);
  EXPECT_EQ(summary->rows, 1);
  EXPECT_EQ(summary->studies, 1);
  EXPECT_THAT(summary->inputs, testing::ElementsAre(testing::Pair("architecture", "a.arch.yaml"),
                                                    testing::Pair("network", "n.network.yaml")));
  Database database;
  ASSERT_TRUE(database.open(path("a.sqlite")));
  Statement text = database.prepare("SELECT text FROM inputs WHERE kind = 'architecture'");
  ASSERT_TRUE(text.step());
  EXPECT_EQ(text.text(0), "the text of the architecture");
}

TEST_F(Stores, WithResultsAreRefusedUnlessTheyAreToBeContinued) {
  EXPECT_TRUE(ResultStore::open(path("a.sqlite"), Existing::Refuse));
  EXPECT_TRUE(ResultStore::open(path("a.sqlite"), Existing::Refuse));  // still nothing in it
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  const auto refused = ResultStore::open(path("a.sqlite"), Existing::Refuse);
  EXPECT_FALSE(refused);
  EXPECT_THAT(problemsOf(refused.diagnostics), HasSubstr("say --resume to go on"));
}

TEST_F(Stores, ThatAnotherProcessUsesAreSaid) {
  const auto first = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  ASSERT_TRUE(first);
  const auto second = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  EXPECT_FALSE(second);
  EXPECT_THAT(problemsOf(second.diagnostics), HasSubstr("another process writes this store"));
}

TEST_F(Stores, OfANewerVersionAreLeftAlone) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    ASSERT_TRUE(database.execute("PRAGMA user_version = 3"));
  }
  const auto refused = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  EXPECT_FALSE(refused);
  EXPECT_THAT(problemsOf(refused.diagnostics),
              HasSubstr("newer version of Taktwerk (format 3, this one knows 2)"));
}

TEST_F(Stores, ThatAreSomethingElseOrDamagedAreSaidAndLeftAlone) {
  const std::string text(20'000, 'x');
  std::ofstream(path("text.sqlite")) << text;
  EXPECT_THAT(
      problemsOf(ResultStore::open(path("text.sqlite"), Existing::Continue, threeFigures()).diagnostics),
      HasSubstr("this is no store of results"));
  EXPECT_EQ(fs::file_size(path("text.sqlite")), text.size());
  std::ofstream(path("short.sqlite")) << "mine";
  EXPECT_FALSE(ResultStore::open(path("short.sqlite"), Existing::Continue, threeFigures()));
  EXPECT_EQ(fs::file_size(path("short.sqlite")), 4U);
  {
    Database other;
    ASSERT_TRUE(other.open(path("other.sqlite")));
    ASSERT_TRUE(other.execute("CREATE TABLE results (a)"));
  }
  EXPECT_THAT(
      problemsOf(ResultStore::open(path("other.sqlite"), Existing::Continue, threeFigures()).diagnostics),
      HasSubstr("an SQLite file, but no store of results"));
  std::vector<std::string> points;
  points.reserve(5000);
  for (int i = 0; i < 5000; ++i) points.push_back("arch.rows=" + std::to_string(i));
  fill(path("cut.sqlite"), "one", points);
  fs::resize_file(path("cut.sqlite"), fs::file_size(path("cut.sqlite")) / 2);
  const auto cut = readStoreSummary(path("cut.sqlite"));
  EXPECT_FALSE(cut);
  EXPECT_THAT(problemsOf(cut.diagnostics), HasSubstr("damaged"));
}

TEST_F(Stores, ThatCannotBeMadeAreSaid) {
  EXPECT_THAT(
      problemsOf(ResultStore::open(path("nowhere/a.sqlite"), Existing::Continue, threeFigures()).diagnostics),
      HasSubstr("cannot be opened or made"));
  EXPECT_THAT(problemsOf(readStoreSummary(path("none.sqlite")).diagnostics),
              HasSubstr("there is no such store"));
  EXPECT_FALSE(fs::exists(path("none.sqlite")));
}

TEST_F(Stores, MergedHoldAllResultsOnce) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=8"});
  fill(path("b.sqlite"), "two", {"arch.rows=4"});
  fill(path("c.sqlite"), "one", {"arch.rows=8", "arch.rows=16"});
  const Progress progress;
  const auto merged =
      mergeStores({path("a.sqlite"), path("b.sqlite"), path("c.sqlite")}, path("all.sqlite"), progress);
  ASSERT_TRUE(merged) << problemsOf(merged.diagnostics);
  EXPECT_EQ(merged->rows, 5);
  EXPECT_EQ(merged->added, 4);
  auto all = ResultStore::open(path("all.sqlite"), Existing::Continue, threeFigures());
  const auto numbers = (*all)->studies({studyOf("one"), studyOf("two")});
  EXPECT_TRUE((*all)->find(numbers[0], settingsIn("arch.rows=16")));
  EXPECT_TRUE((*all)->find(numbers[1], settingsIn("arch.rows=4")));
  EXPECT_FALSE((*all)->find(numbers[1], settingsIn("arch.rows=16")));
}

TEST_F(Stores, AFileThatIsNoStoreStopsAMergeBeforeItBegins) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  std::ofstream(path("text.sqlite")) << std::string(5000, 'x');
  EXPECT_FALSE(mergeStores({path("a.sqlite"), path("text.sqlite")}, path("all.sqlite"), Progress()));
  EXPECT_FALSE(fs::exists(path("all.sqlite")));
}

TEST(SettingsText, IsTheSameForTheSameValues) {
  StudySettings settings;
  settings.tunables["tile"] = 2;
  settings.architecture["rows"] = 4;
  settings.architecture["columns"] = -1;
  EXPECT_EQ(settingsText(settings), "arch.columns=-1 arch.rows=4 mapping.tile=2");
  EXPECT_EQ(settingsText({}), "");
}

}  // namespace
}  // namespace taktwerk::test
