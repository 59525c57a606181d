// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a store from outside: bytes that change, files that are removed, folders that cannot be
// written.
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

#include "core/store/stored_table.h"
#include "tests/core/store/stores.h"
#include "tests/support/property_seed.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using Existing = ResultStore::Existing;

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// All that a store says, row by row; empty with `problems` where it says that it is damaged.
std::string allOf(const std::string& path, std::string& problems) {
  const auto results = readStoredResults(path, Progress());
  if (!results) problems += problemsOf(results.diagnostics);
  if (!results) return {};
  const StoredTable* const table = &results->table;
  std::ostringstream all;
  for (std::size_t row = 0; row < table->size(); ++row) {
    all << table->ids[row] << ' ' << settingsText(settingsOf(*table, row)) << ' ' << table->cycles[row] << ' '
        << table->reasonOf(row);
    for (const StoredFigure& figure : table->figures) all << ' ' << figure.figure.name << figure.values[row];
    all << '\n';
    if (row % 3 != 0) continue;
    const auto layers = readStoredLayers(path, table->place.store, table->ids[row]);
    if (!layers) problems += problemsOf(layers.diagnostics);
    if (!layers) return {};
    for (const SweepLayer& layer : *layers) all << ' ' << layer.name << layer.mapping << layer.cycles;
  }
  for (const StoredStudyFiles& study : table->studies) {
    for (const StoredFile& file : study.files) {
      const Result<std::string>& text = results->texts.at(file.id);
      if (!text) problems += problemsOf(text.diagnostics);
      if (!text) return {};
      all << file.kind << file.path << *text << '\n';
    }
  }
  return all.str();
}

/// A store with a byte changed anywhere says so, or says what it said before: never something else.
TEST_F(Stores, WithAnyByteChangedSayNothingWrong) {
  std::vector<std::string> points;
  points.reserve(120);
  for (int i = 0; i < 120; ++i) points.push_back("arch.rows=" + std::to_string(i * i));
  fill(path("whole.sqlite"), std::string(6000, 'a'), points);
  const std::string whole = bytesOf(path("whole.sqlite"));
  std::string none;
  const std::string right = allOf(path("whole.sqlite"), none);
  ASSERT_EQ(none, "");
  const std::uint32_t seed = propertySeed();
  SCOPED_TRACE(seedTrace(seed));
  Random random(seed);
  int seen = 0;
  for (int run = 0; run < 150; ++run) {
    // The heads of pages say how they are read; they get more than their share.
    std::size_t at = static_cast<std::size_t>(random.between(0, std::ssize(whole) - 1));
    if (run % 4 == 0) at = at / 4096 * 4096 + at % 16;
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(random.between(1, 255)));
    write(path("a.sqlite"), bytes);
    std::string problems;
    const std::string all = allOf(path("a.sqlite"), problems);
    if (problems.empty()) {
      ASSERT_EQ(all, right) << "byte " << at;
    } else {
      ++seen;
      ASSERT_THAT(problems, HasSubstr("a.sqlite:1:1: error: ")) << "byte " << at;
    }
    // Who goes on with it is told, or finds what was there; and it ends.
    auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
    if (store) {
      const auto studies = (*store)->studies({studyOf(std::string(6000, 'a'))});
      const auto row =
          studies.empty() ? std::nullopt : (*store)->find(studies[0], settingsIn("arch.rows=81"));
      if (row) {
        ASSERT_EQ(row->cycles, 12) << "byte " << at;
      }
    }
    store = {};
    for (const char* ending : {"", "-wal", "-shm", "-lock"}) fs::remove(path("a.sqlite") + ending);
  }
  EXPECT_GT(seen, 30);
}

TEST_F(Stores, RemovedWhileTheyAreWrittenAreNoticed) {
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  ASSERT_TRUE(store);
  const std::int64_t study = (*store)->studies({studyOf("one")})[0];
  ASSERT_TRUE((*store)->add(study, rowOf("arch.rows=4", 4)));
  ASSERT_TRUE((*store)->commit());
  fs::remove(path("a.sqlite"));
  ASSERT_TRUE((*store)->add(study, rowOf("arch.rows=8", 8)));
  EXPECT_FALSE((*store)->commit());
  EXPECT_THAT(problemsOf((*store)->problems()), HasSubstr("removed or replaced while it was written"));
  EXPECT_FALSE((*store)->add(study, rowOf("arch.rows=16", 8)));
  store->reset();
  for (const char* ending : {"", "-wal", "-shm", "-lock"})
    EXPECT_FALSE(fs::exists(path("a.sqlite") + ending)) << ending;
}

TEST_F(Stores, ReplacedWhileTheyAreWrittenLeaveTheNewFileAlone) {
  fill(path("b.sqlite"), "two", {"arch.rows=4"});
  auto store = ResultStore::open(path("a.sqlite"), Existing::Continue, threeFigures());
  const std::int64_t study = (*store)->studies({studyOf("one")})[0];
  ASSERT_TRUE((*store)->add(study, rowOf("arch.rows=4", 4)));
  fs::rename(path("b.sqlite"), path("a.sqlite"));
  EXPECT_FALSE((*store)->commit());
  store->reset();
  EXPECT_FALSE(fs::exists(path("a.sqlite-wal")));
  const auto results = readStoredResults(path("a.sqlite"), Progress());
  ASSERT_TRUE(results) << problemsOf(results.diagnostics);
  EXPECT_EQ(results->table.size(), 1U);
  EXPECT_EQ(*results->texts.at(results->table.studies[0].files[0].id), "two");
}

/// The superuser may write everywhere, so that he is somebody else meanwhile.
class Nobody {
 public:
  Nobody() : was_(geteuid()) {
    if (was_ == 0) changed_ = seteuid(65534) == 0;
  }
  ~Nobody() {
    if (changed_) (void)!seteuid(was_);
  }
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;

 private:
  uid_t was_;
  bool changed_ = false;
};

TEST_F(Stores, InAFolderThatCannotBeWrittenAreRead) {
  fs::create_directory(path("folder"));
  fill(path("folder/a.sqlite"), "one", {"arch.rows=4"});
  ASSERT_EQ(chmod(path("folder").c_str(), 0555), 0);
  ASSERT_EQ(chmod(path("folder/a.sqlite").c_str(), 0444), 0);
  ASSERT_EQ(chmod(path(".").c_str(), 0755), 0);
  auto nobody = std::make_unique<Nobody>();
  const auto table = readStoredTable(path("folder/a.sqlite"), Progress());
  EXPECT_TRUE(table) << problemsOf(table.diagnostics);
  EXPECT_EQ(table->size(), 1U);
  const auto refused = ResultStore::open(path("folder/a.sqlite"), Existing::Continue, threeFigures());
  EXPECT_FALSE(refused);
  EXPECT_THAT(problemsOf(refused.diagnostics), HasSubstr("may write to"));
  nobody.reset();
  chmod(path("folder").c_str(), 0755);
}

TEST_F(Stores, LeaveNothingBesideThemselves) {
  fill(path("a.sqlite"), "one", {"arch.rows=4"});
  (void)readStoredTable(path("a.sqlite"), Progress());
  for (const auto& entry : fs::directory_iterator(path("."))) EXPECT_EQ(entry.path().filename(), "a.sqlite");
  // A lock that a killed process left is taken over.
  write(path("a.sqlite-lock"), "");
  fill(path("a.sqlite"), "one", {"arch.rows=8"});
  EXPECT_FALSE(fs::exists(path("a.sqlite-lock")));
}

}  // namespace
}  // namespace taktwerk::test
