// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check_store.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "core/store/database.h"
#include "core/store/stored_table.h"
#include "tests/core/store/stores.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Existing = ResultStore::Existing;

TEST_F(Stores, ThatAreWholeAreSaidToBe) {
  fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=16"});
  fill(path("a.sqlite"), "two", {"arch.lanes=4"});
  {
    // One that has no layers, and one in the place of another.
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    SweepRow none = rowOf("arch.rows=1", 1);
    none.layers.clear();
    const std::int64_t study = (*store)->studies({studyOf("one")})[0];
    EXPECT_TRUE((*store)->add(study, none) && (*store)->add(study, rowOf("arch.rows=4", 9)));
  }
  const auto summary = checkStore(path("a.sqlite"), Progress());
  ASSERT_TRUE(summary) << problemsOf(summary.diagnostics);
  EXPECT_EQ(summary->rows, 4);
  EXPECT_EQ(summary->studies, 2);
  EXPECT_FALSE(checkStore(path("none.sqlite"), Progress()));
}

/// Each of these opens well, and most reads find nothing.
TEST_F(Stores, WithAnythingAmissAreFoundByAFullCheck) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"DELETE FROM layers WHERE id = 2", "the layers of a row are missing"},
      {"INSERT INTO layers SELECT 77, layers FROM layers WHERE id = 2", "layers of no row"},
      {"UPDATE layers SET layers = (SELECT layers FROM layers WHERE id = 1) WHERE id = 2",
       "the layers of a row have changed"},
      {"UPDATE points SET result = (SELECT result FROM points WHERE id = 1) WHERE id = 2",
       "a row has changed"},
      {"DELETE FROM points WHERE id = 3; DELETE FROM layers WHERE id = 3", "rows are missing"},
      {"UPDATE texts SET hash = hash + 1 WHERE id = 2", "a text has changed"},
      {"UPDATE texts SET text = x'00' WHERE id = 2", "a text has changed"},
      {"DELETE FROM texts WHERE id = (SELECT max(id) FROM texts)", "is missing"},
      {"DELETE FROM studies", "what a row needs is missing"},
      {"DELETE FROM inputs WHERE kind = 'network'", "a file of a study is missing"},
      {"UPDATE inputs SET text = text || ' '", "the text of a.arch.yaml has changed"},
      {"UPDATE studies SET how = 'otherwise'", "a study has changed"},
      {"PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE UNIQUE INDEX points_by_content ON "
       "points (point, study)' WHERE name = 'points_by_content'",
       "damaged"},
  };
  for (const auto& [statements, said] : cases) {
    fs::remove(path("a.sqlite"));
    fill(path("a.sqlite"), "one", {"arch.rows=4", "arch.rows=16", "arch.rows=2"});
    {
      Database database;
      ASSERT_TRUE(database.open(path("a.sqlite")));
      ASSERT_TRUE(database.execute(statements)) << statements;
    }
    const auto checked = checkStore(path("a.sqlite"), Progress());
    EXPECT_FALSE(checked) << statements;
    EXPECT_THAT(problemsOf(checked.diagnostics), HasSubstr(said)) << statements;
    EXPECT_THAT(problemsOf(checked.diagnostics), HasSubstr("[S0302]")) << statements;
  }
}

TEST_F(Stores, GiveTheirInputsBackStudyByStudy) {
  StoredStudy first = studyOf("one"), second = studyOf("two");
  first.inputs.push_back({"mapping", "archs/a/mappings/rows.mapping.yaml", "rows"});
  first.inputs.push_back({"mapping", "mine/rows.mapping.yaml", "other rows"});
  second.inputs[0].path = "";                 // never saved
  second.inputs[1].path = "models/net.onnx";  // imported
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    EXPECT_EQ((*store)->studies({first, second}).size(), 2U);
  }
  const fs::path folder = path("inputs");
  const auto written = writeStoredInputs(path("a.sqlite"), folder);
  ASSERT_TRUE(written) << problemsOf(written.diagnostics);
  ASSERT_EQ(written->size(), 6U);
  EXPECT_EQ(bytesOf(folder / "1/a.arch.yaml"), "one");
  EXPECT_EQ(bytesOf(folder / "1/mappings/rows.mapping.yaml"), "rows");
  EXPECT_EQ(bytesOf(folder / "1/mappings/rows-2.mapping.yaml"), "other rows");
  EXPECT_EQ(bytesOf(folder / "2/architecture.arch.yaml"), "two");
  // The same text is one input, by the name that it had first.
  EXPECT_EQ(bytesOf(folder / "2/n.network.yaml"), "layers");
  EXPECT_TRUE(written->front().isNew);
  fs::remove(folder / "1/a.arch.yaml");
  std::ofstream(folder / "2/architecture.arch.yaml") << "else";
  const auto refused = writeStoredInputs(path("a.sqlite"), folder);
  EXPECT_FALSE(refused);
  EXPECT_THAT(problemsOf(refused.diagnostics),
              HasSubstr("2/architecture.arch.yaml:1:1: error: this is another text than the architecture"));
  EXPECT_FALSE(fs::exists(folder / "1/a.arch.yaml"));  // nothing was written
}

TEST_F(Stores, GiveNoInputsBackOfAKindThatIsAPlace) {
  StoredStudy study = studyOf("one");
  study.inputs[1].kind = "/../../elsewhere";
  {
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    EXPECT_EQ((*store)->studies({study}).size(), 1U);
  }
  const auto written = writeStoredInputs(path("a.sqlite"), path("inputs"));
  EXPECT_FALSE(written);
  EXPECT_THAT(problemsOf(written.diagnostics), HasSubstr("of no kind that is known"));
  EXPECT_FALSE(fs::exists(path("inputs")));
}

TEST_F(Stores, AreNotCheckedToTheEndWhereThatIsNotWanted) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  {
    Database database;
    ASSERT_TRUE(database.open(path("a.sqlite")));
    ASSERT_TRUE(
        database.execute("PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = 'CREATE UNIQUE INDEX "
                         "points_by_content ON "
                         "points (point, study)' WHERE name = 'points_by_content'"));
  }
  EXPECT_FALSE(checkStore(path("a.sqlite"), Progress()));
  Progress progress;
  progress.cancel();
  const auto summary = checkStore(path("a.sqlite"), progress);
  ASSERT_TRUE(summary) << problemsOf(summary.diagnostics);
  EXPECT_EQ(summary->rows, 1);
}

TEST(Interruption, EndsWhatADatabaseIsAt) {
  Progress progress;
  Database database;
  ASSERT_TRUE(database.openInMemory("a"));
  {
    const Interruption interruption(database, progress);
    const std::jthread later([&] { progress.cancel(); });
    Statement endless = database.prepare(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) FROM "
        "numbers");
    EXPECT_FALSE(endless.step());
  }
  EXPECT_TRUE(database.failure());
}

}  // namespace
}  // namespace taktwerk::test
