// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_schema.h"

namespace taktwerk {
namespace {

constexpr std::int64_t applicationId = 0x54414B54;  // "TAKT"
constexpr std::int64_t schemaVersion = 1;

constexpr const char* tables = R"(
BEGIN IMMEDIATE;
CREATE TABLE inputs (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE studies (id INTEGER PRIMARY KEY, how TEXT NOT NULL, inputs TEXT NOT NULL, UNIQUE (how, inputs));
CREATE TABLE results (study INTEGER NOT NULL REFERENCES studies (id), point TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT NOT NULL, cycles INTEGER NOT NULL, instructions INTEGER NOT NULL, macs INTEGER NOT NULL,
  exact INTEGER NOT NULL, complete INTEGER NOT NULL, missing INTEGER NOT NULL, PRIMARY KEY (study, point))
  WITHOUT ROWID;
PRAGMA application_id = 1413565268;
PRAGMA user_version = 1;
COMMIT;
)";
static_assert(applicationId == 1413565268 && schemaVersion == 1);

}  // namespace

Diagnostics checkSchema(Database& database, const std::string& path) {
  const auto refuse = [&](const char* code, std::string message) {
    return Diagnostics{{Severity::Error, path, {1, 1}, code, std::move(message), {}}};
  };
  const std::int64_t application = database.number("PRAGMA application_id");
  const std::int64_t version = database.number("PRAGMA user_version");
  if (database.failure()) return database.problems();
  if (application != applicationId) {
    return refuse("S0302", "this is an SQLite file, but no store of results; name another file");
  }
  if (version > schemaVersion) {
    return refuse("S0303", "the store is of a newer version of Taktwerk (format " + std::to_string(version) +
                               ", this one knows " + std::to_string(schemaVersion) +
                               "); use that, or another file");
  }
  return {};
}

Diagnostics prepareSchema(Database& database, const std::string& path) {
  const bool isNew = database.number("SELECT count(*) FROM sqlite_master") == 0 &&
                     database.number("PRAGMA application_id") == 0;
  if (database.failure()) return database.problems();
  if (!isNew) {
    if (Diagnostics problems = checkSchema(database, path); hasErrors(problems)) return problems;
  }
  // Journal and synchronising as they have to be for a process that may be killed at any time.
  (void)database.execute("PRAGMA journal_mode = WAL");
  (void)database.execute("PRAGMA synchronous = NORMAL");
  if (isNew) (void)database.execute(tables);
  return database.problems();
}

}  // namespace taktwerk
