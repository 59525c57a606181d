// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_table.h"

#include <cmath>
#include <filesystem>

#include "core/store/database.h"
#include "tests/core/store/stores.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Existing = ResultStore::Existing;

StoredTable tableOf(const std::string& path) {
  auto table = readStoredTable(path, Progress());
  EXPECT_TRUE(table) << problemsOf(table.diagnostics);
  return table ? std::move(*table) : StoredTable();
}

const StoredColumn& columnOf(const StoredTable& table, const std::string& name) {
  for (const StoredColumn& column : table.columns)
    if (column.name == name) return column;
  ADD_FAILURE() << "no column " << name;
  return table.columns.front();
}

TEST_F(Stores, AreReadColumnByColumnInTheOrderOfTheirRows) {
  fill(path("a.sqlite"), "one", {"arch.rows=16", "arch.rows=4"});
  fill(path("a.sqlite"), "one", {"arch.lanes=2", "arch.rows=-8"});
  const StoredTable table = tableOf(path("a.sqlite"));
  ASSERT_EQ(table.size(), 4U);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_THAT(columnOf(table, "arch.rows").values, ElementsAre(16, 4, 0, -8));
  EXPECT_EQ(columnOf(table, "arch.rows").at(2), std::nullopt);
  EXPECT_EQ(columnOf(table, "arch.lanes").at(2), 2);
  EXPECT_EQ(columnOf(table, "arch.lanes").at(3), std::nullopt);
  EXPECT_THAT(table.ids, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(table.cycles, ElementsAre(12, 11, 12, 12));
  ASSERT_EQ(table.figures.size(), threeFigures().size());
  EXPECT_EQ(table.figures[0].figure, threeFigures()[0]);
  EXPECT_THAT(table.figures[1].values, ElementsAre(0.5, 0.5, 0.5, 0.5));
  EXPECT_TRUE(std::isnan(table.figures[2].values[3]));
  EXPECT_EQ(table.reasonOf(3), "2 layers missing: \"fc\"");
  EXPECT_EQ(table.reasons.size(), 2U);  // each once, and none
  EXPECT_EQ(settingsOf(table, 3), settingsIn("arch.rows=-8"));
  EXPECT_EQ(settingsOf(table, 2), settingsIn("arch.lanes=2"));
}

TEST_F(Stores, NameWhatTheirStudiesDifferIn) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  EXPECT_EQ(tableOf(path("a.sqlite")).columns.size(), 1U);
  fill(path("a.sqlite"), "two", {"arch.rows=4"});
  StoredTable table = tableOf(path("a.sqlite"));
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].name, "architecture");
  EXPECT_THAT(table.columns[0].words, ElementsAre("one", "two"));
  EXPECT_THAT(table.columns[0].values, ElementsAre(0, 1));
  ASSERT_EQ(table.studies.size(), 2U);
  ASSERT_EQ(table.studies[1].files.size(), 2U);
  EXPECT_EQ(*readStoredResults(path("a.sqlite"), Progress())->texts.at(table.studies[1].files[0].id), "two");
  // Called the same, but not the same.
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    StoredStudy third = studyOf("three");
    third.words = {{"architecture", "two"}};
    EXPECT_TRUE((*store)->add((*store)->studies({third})[0], rowOf("arch.rows=4", 3)));
  }
  ASSERT_TRUE(readMore(table, Progress()));
  EXPECT_THAT(table.columns[0].words, ElementsAre("one", "two", "two (2)"));
  EXPECT_THAT(table.columns[0].values, ElementsAre(0, 1, 2));
}

TEST_F(Stores, GiveTheTextsThatAreWholeWhereOneIsDamaged) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    ASSERT_TRUE(database.execute("UPDATE inputs SET text = 'another' WHERE kind = 'architecture'"));
  }
  const auto results = readStoredResults(path("a.sqlite"), Progress());
  ASSERT_TRUE(results) << problemsOf(results.diagnostics);
  const std::vector<StoredFile>& files = results->table.studies[0].files;
  EXPECT_THAT(problemsOf(results->texts.at(files[0].id).diagnostics),
              HasSubstr("a.arch.yaml in the store has changed"));
  EXPECT_EQ(*results->texts.at(files[1].id), "layers");
}

TEST_F(Stores, GiveTheLayersOfAPointWhenAskedFor) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=16"});
  const StoredTable table = tableOf(path("a.sqlite"));
  const auto layers = readStoredLayers(path("a.sqlite"), table.place.store, table.ids[1]);
  ASSERT_TRUE(layers) << problemsOf(layers.diagnostics);
  EXPECT_EQ(*layers, rowOf("arch.rows=16", 12).layers);
  EXPECT_TRUE(readStoredLayers(path("a.sqlite"), table.place.store, 77)->empty());
  std::filesystem::remove(path("a.sqlite"));
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=8"});
  EXPECT_THAT(problemsOf(readStoredLayers(path("a.sqlite"), table.place.store, table.ids[1]).diagnostics),
              HasSubstr("another file by now"))
      << "not those of a row that has the same number there";
}

TEST_F(Stores, AreReadOnWhileAnotherWritesThem) {
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  ASSERT_TRUE(store);
  const std::int64_t study = (*store)->studies({studyOf("one")})[0];
  ASSERT_TRUE((*store)->add(study, rowOf("arch.rows=4", 5)));
  ASSERT_TRUE((*store)->commit());
  StoredTable table = tableOf(path("a.sqlite"));
  EXPECT_EQ(table.size(), 1U);
  ASSERT_TRUE((*store)->add(study, rowOf("arch.rows=8", 6)));
  EXPECT_EQ(readMore(table, Progress())->firstNew, 1U);
  EXPECT_EQ(table.size(), 1U);  // not committed yet
  ASSERT_TRUE((*store)->add(study, rowOf("arch.lanes=9", 7)));
  ASSERT_TRUE((*store)->commit());
  const auto news = readMore(table, Progress());
  ASSERT_TRUE(news);
  EXPECT_FALSE(news->anew);
  EXPECT_EQ(news->firstNew, 1U);
  EXPECT_TRUE(news->replaced.empty());
  EXPECT_THAT(table.cycles, ElementsAre(5, 6, 7));
  EXPECT_EQ(columnOf(table, "arch.lanes").at(0), std::nullopt);
  EXPECT_EQ(columnOf(table, "arch.lanes").at(2), 9);
  EXPECT_EQ(readMore(table, Progress())->firstNew, 3U);
}

TEST_F(Stores, PutWhatFailedAndIsTriedAgainInItsPlace) {
  SweepRow failed = rowOf("arch.rows=4", 0);
  failed.state = PointState::Failed;
  failed.figures.clear();
  failed.layers.clear();
  const auto add = [&](const SweepRow& row) {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    EXPECT_TRUE((*store)->add((*store)->studies({studyOf("one")})[0], row));
  };
  add(failed);
  add(rowOf("arch.rows=8", 8));
  StoredTable table = tableOf(path("a.sqlite"));
  EXPECT_EQ(table.states[0], PointState::Failed);
  EXPECT_TRUE(std::isnan(table.figures[0].values[0]));
  add(rowOf("arch.rows=4", 4));
  const auto news = readMore(table, Progress());
  EXPECT_THAT(news->replaced, ElementsAre(0U));
  EXPECT_THAT(table.states, ElementsAre(PointState::Done, PointState::Done));
  EXPECT_THAT(table.ids, ElementsAre(3, 2));
  EXPECT_THAT(table.figures[0].values, ElementsAre(4, 8));
  EXPECT_EQ(*readStoredLayers(path("a.sqlite"), table.place.store, table.ids[0]),
            rowOf("arch.rows=4", 4).layers);
  EXPECT_THAT(tableOf(path("a.sqlite")).ids, ElementsAre(2, 3));
}

TEST_F(Stores, ThatAreOtherFilesMeanwhileAreReadAnew) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=8"});
  StoredTable table = tableOf(path("a.sqlite"));
  std::filesystem::remove(path("a.sqlite"));
  EXPECT_THAT(problemsOf(readMore(table, Progress()).diagnostics), HasSubstr("there is no such store"));
  EXPECT_EQ(table.size(), 2U);
  fill(path("a.sqlite"), "other", {"arch.lanes=16"});
  const auto news = readMore(table, Progress());
  ASSERT_TRUE(news);
  EXPECT_TRUE(news->anew);
  EXPECT_EQ(news->firstNew, 0U);
  ASSERT_EQ(table.size(), 1U);
  EXPECT_EQ(table.columns.size(), 1U);
  EXPECT_EQ(columnOf(table, "arch.lanes").at(0), 16);
}

TEST_F(Stores, EstimateAgainWhatLacksAFigure) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  std::vector<Figure> more = threeFigures();
  more.insert(more.begin() + 1, {"area", "mm²", Figure::Better::Less, "of all objects"});
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, more);
    const std::int64_t study = (*store)->studies({studyOf("one")})[0];
    EXPECT_FALSE((*store)->find(study, settingsIn("arch.rows=4")));
    SweepRow row = rowOf("arch.rows=4", 11);
    row.figures.insert(row.figures.begin() + 1, 2.5);
    EXPECT_TRUE((*store)->add(study, row));
    EXPECT_EQ((*store)->find(study, settingsIn("arch.rows=4"))->figures[1], 2.5);
  }
  // Who wants fewer finds them among more.
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  const auto row = (*store)->find((*store)->studies({studyOf("one")})[0], settingsIn("arch.rows=4"));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->figures[1], 0.5);
  const StoredTable table = tableOf(path("a.sqlite"));
  ASSERT_EQ(table.size(), 1U);
  EXPECT_EQ(table.figures.size(), 4U);
}

TEST_F(Stores, AreReadAnewWhenWhatWasDoneWasEstimatedAgain) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=8", "arch.rows=16"});
  StoredTable table = tableOf(path("a.sqlite"));
  std::vector<Figure> more = threeFigures();
  more.push_back({"area", "mm²", Figure::Better::Less, "of all objects"});
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, more);
    SweepRow row = rowOf("arch.rows=8", 11);
    row.figures.push_back(2.5);
    EXPECT_TRUE((*store)->add((*store)->studies({studyOf("one")})[0], row));
  }
  const auto news = readMore(table, Progress());
  ASSERT_TRUE(news) << problemsOf(news.diagnostics);
  EXPECT_TRUE(news->anew);
  EXPECT_EQ(news->firstNew, 0U);
  EXPECT_THAT(table.ids, ElementsAre(1, 3, 4));
  EXPECT_THAT(columnOf(table, "arch.rows").values, ElementsAre(4, 16, 8));
  EXPECT_EQ(table.figures.back().values[2], 2.5);
  // What comes then is read on as ever.
  fill(path("a.sqlite"), "one", {"arch.rows=32"});
  const auto later = readMore(table, Progress());
  ASSERT_TRUE(later) << problemsOf(later.diagnostics);
  EXPECT_FALSE(later->anew);
  EXPECT_EQ(later->firstNew, 3U);
}

TEST_F(Stores, WithRowsMissingAreDamagedAlsoWhenMoreIsRead) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=8", "arch.rows=16"});
  StoredTable table = tableOf(path("a.sqlite"));
  fill(path("a.sqlite"), "one", {"arch.rows=32", "arch.rows=64"});
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    ASSERT_TRUE(database.execute("DELETE FROM points WHERE id = 4"));
  }
  EXPECT_THAT(problemsOf(readMore(table, Progress()).diagnostics), HasSubstr("rows are missing"));
}

/// Ids that are far apart take no room between them.
TEST_F(Stores, WithIdsFarApartTakeNoMoreMemory) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    // What a row of a later id leaves behind when a bad disk gives it another one.
    ASSERT_TRUE(database.execute("UPDATE points SET id = 4611686018427387904"));
  }
  EXPECT_THAT(problemsOf(readStoredTable(path("a.sqlite"), Progress()).diagnostics), HasSubstr("damaged"));
}

/// A store as version 1 made it.
void makeFirstVersion(const std::string& path) {
  Database database;
  ASSERT_TRUE(database.open(path));
  EXPECT_TRUE(database.execute(R"(
    CREATE TABLE inputs (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL);
    CREATE TABLE studies (id INTEGER PRIMARY KEY, how TEXT NOT NULL, inputs TEXT NOT NULL,
      UNIQUE (how, inputs));
    CREATE TABLE results (study INTEGER NOT NULL REFERENCES studies (id), point TEXT NOT NULL,
      state TEXT NOT NULL, reason TEXT NOT NULL, cycles INTEGER NOT NULL, instructions INTEGER NOT NULL,
      macs INTEGER NOT NULL, exact INTEGER NOT NULL, complete INTEGER NOT NULL, missing INTEGER NOT NULL,
      PRIMARY KEY (study, point)) WITHOUT ROWID;
    PRAGMA application_id = 1413565268;
    PRAGMA user_version = 1;
    PRAGMA journal_mode = WAL;
    INSERT INTO inputs VALUES (1, 'architecture', 'folder/a.arch.yaml', 'one');
    INSERT INTO inputs VALUES (2, 'network', 'n.network.yaml', 'layers');
    INSERT INTO studies VALUES (1, 'method auto', '1 2');
    INSERT INTO results VALUES (1, 'arch.rows=4 network.batch=-1', 'done', '', 99, 7, 5, 1, 1, 0);
    INSERT INTO results VALUES (1, 'arch.rows=8', 'infeasible', 'too large', 0, 0, 0, 1, 1, 0);
  )"));
}

void expectFirstVersion(const StoredTable& table) {
  ASSERT_EQ(table.size(), 2U);
  EXPECT_THAT(table.cycles, ElementsAre(99, 0));
  EXPECT_THAT(table.states, ElementsAre(PointState::Done, PointState::Infeasible));
  EXPECT_EQ(table.reasonOf(1), "too large");
  EXPECT_EQ(columnOf(table, "network.batch").at(0), -1);
  EXPECT_EQ(columnOf(table, "network.batch").at(1), std::nullopt);
  ASSERT_EQ(table.figures.size(), 1U);
  EXPECT_EQ(table.figures[0].values[0], 99);
  EXPECT_TRUE(std::isnan(table.figures[0].values[1]));
  EXPECT_EQ(table.studies[0].files[0].path, "folder/a.arch.yaml");
}

TEST_F(Stores, OfTheFirstVersionAreReadAsTheyAreAndMigratedWhenWritten) {
  makeFirstVersion(path("a.sqlite"));
  const StoredTable before = tableOf(path("a.sqlite"));
  expectFirstVersion(before);
  EXPECT_TRUE(readStoredLayers(path("a.sqlite"), before.place.store, before.ids[0])->empty());
  EXPECT_EQ(readStoreSummary(path("a.sqlite"))->rows, 2);
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    EXPECT_EQ(database.number("PRAGMA user_version"), 1);  // reading changes nothing
  }
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, {threeFigures().front()});
    ASSERT_TRUE(store) << problemsOf(store.diagnostics);
    const std::int64_t study = (*store)->studies({studyOf("one")})[0];
    const auto known = (*store)->find(study, settingsIn("arch.rows=8"));
    ASSERT_TRUE(known);
    EXPECT_EQ(known->reason, "too large");
    SweepRow row = rowOf("arch.rows=16", 12);
    row.figures.resize(1);
    EXPECT_TRUE((*store)->add(study, row));
  }
  StoredTable after = tableOf(path("a.sqlite"));
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after.cycles[2], 12);
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    EXPECT_EQ(database.number("PRAGMA user_version"), 2);
    EXPECT_EQ(database.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name GLOB '*_1'"),
              0);
  }
}

}  // namespace
}  // namespace taktwerk::test
