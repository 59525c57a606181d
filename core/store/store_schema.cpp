// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_schema.h"

#include <filesystem>
#include <random>
#include <utility>

#include "core/store/migrate_store.h"

namespace taktwerk {
namespace {

constexpr std::int64_t applicationId = 0x54414B54;  // "TAKT"
constexpr std::uintmax_t smallestDatabase = 512;    // bytes, of one of SQLite that is not empty

constexpr const char* tables = R"(
CREATE TABLE about (id INTEGER NOT NULL, points INTEGER NOT NULL);
CREATE TABLE inputs (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
  hash INTEGER NOT NULL);
CREATE TABLE studies (id INTEGER PRIMARY KEY, how TEXT NOT NULL, inputs TEXT NOT NULL, words BLOB NOT NULL,
  hash INTEGER NOT NULL, UNIQUE (how, inputs));
CREATE TABLE texts (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text BLOB NOT NULL);
CREATE INDEX texts_by_hash ON texts (hash);
CREATE TABLE points (id INTEGER PRIMARY KEY, study INTEGER NOT NULL, point BLOB NOT NULL, result BLOB NOT NULL);
CREATE UNIQUE INDEX points_by_content ON points (study, point);
CREATE TABLE layers (id INTEGER PRIMARY KEY, layers BLOB NOT NULL);
PRAGMA application_id = 1413565268;
PRAGMA user_version = 2;
)";
static_assert(applicationId == 1413565268 && schemaVersion == 2);

/// The version of a store that is open.
Result<std::int64_t> versionOf(Database& database, const std::string& path) {
  const auto refuse = [&](const char* code, std::string message) {
    return Diagnostic{Severity::Error, path, {1, 1}, code, std::move(message), {}};
  };
  const std::int64_t application = database.number("PRAGMA application_id");
  const std::int64_t version = database.number("PRAGMA user_version");
  if (database.failure()) return database.problems();
  if (application != applicationId || version < 1) {
    return refuse("S0302", "this is an SQLite file, but no store of results; name another file");
  }
  if (version > schemaVersion) {
    return refuse("S0303", "the store is of a newer version of Taktwerk (format " + std::to_string(version) +
                               ", this one knows " + std::to_string(schemaVersion) +
                               "); use that, or another file");
  }
  return version;
}

bool migrateInPlace(Database& database) {
  return database.execute(
             "BEGIN IMMEDIATE; ALTER TABLE inputs RENAME TO inputs_1; ALTER TABLE studies RENAME TO "
             "studies_1; ALTER TABLE results RENAME TO results_1") &&
         makeTables(database) && migrateRows(database, "_1", database) &&
         database.execute("DROP TABLE inputs_1; DROP TABLE studies_1; DROP TABLE results_1; COMMIT");
}

}  // namespace

Diagnostics checkKind(const std::string& path) {
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  if (none || size == 0 || size >= smallestDatabase) return {};
  return {{Severity::Error, path, {1, 1}, "S0302", "this is no store of results; name another file", {}}};
}

bool makeTables(Database& database) {
  if (!database.execute(tables)) return false;
  std::random_device device;
  const std::uint64_t drawn = (std::uint64_t{device()} << 31U) ^ device();
  return database.prepare("INSERT INTO about (id, points) VALUES (?, 0)")
      .bind(0, static_cast<std::int64_t>(drawn >> 1U))
      .run();
}

AboutStore aboutStore(Database& database) {
  return {database.number("SELECT id FROM about"), database.number("SELECT points FROM about")};
}

Diagnostics prepareSchema(Database& database, const std::string& path) {
  const bool isNew = database.number("SELECT count(*) FROM sqlite_master") == 0 &&
                     database.number("PRAGMA application_id") == 0;
  if (database.failure()) return database.problems();
  std::int64_t version = schemaVersion;
  if (!isNew) {
    Result<std::int64_t> found = versionOf(database, path);
    if (!found) return std::move(found.diagnostics);
    version = *found;
  }
  // Journal and synchronising as they have to be for a process that may be killed at any time. Pages that
  // rows are put into lie far apart in the index of their contents, so that more of them are kept than usual.
  (void)database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
  if (isNew && database.execute("BEGIN IMMEDIATE") && makeTables(database)) (void)database.execute("COMMIT");
  if (version < schemaVersion) (void)migrateInPlace(database);
  if (database.failure()) database.rollBack();
  return database.problems();
}

Result<std::unique_ptr<Database>> openStoreAsItIs(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return Diagnostic{Severity::Error, path, {1, 1}, "S0301", "there is no such store", {}};
  }
  if (Diagnostics problems = checkKind(path); hasErrors(problems)) return problems;
  auto database = std::make_unique<Database>();
  if (!database->openToRead(path)) return database->problems();
  Result<std::int64_t> version = versionOf(*database, path);
  if (!version) return std::move(version.diagnostics);
  return database;
}

Result<std::unique_ptr<Database>> openStoreToRead(const std::string& path) {
  auto opened = openStoreAsItIs(path);
  if (!opened || (*opened)->number("PRAGMA user_version") == schemaVersion) return opened;
  Database& old = **opened;
  auto copy = std::make_unique<Database>();
  (void)(copy->openInMemory(path) && makeTables(*copy) && migrateRows(old, "", *copy));
  if (old.failure()) return old.problems();
  if (copy->failure()) return copy->problems();
  return copy;
}

}  // namespace taktwerk
