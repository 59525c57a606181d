// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/diagnostic.h"
#include "core/store/database.h"

namespace taktwerk {

/// Tables of a store, version 2:
///
/// | table | holds |
/// |---|---|
/// | `about` | a number that was drawn when the store was made, and how many points there are |
/// | `inputs` | kind, path and text of each file that went in |
/// | `studies` | the way of timing, and the files, by their numbers; what they are called |
/// | `texts` | what many rows have in common (store_texts.h) |
/// | `points` | a row each: its study, the values of the point and what came of it (row_code.h) |
/// | `layers` | of the rows that have some, by the same number |
///
/// Numbers of points rise in the order in which rows come and are never used again. Everything carries a
/// check of its bytes, since a figure that has changed on a bad disk looks like any other. Version 1 had
/// `results` with values as text, without figures and layers.
inline constexpr std::int64_t schemaVersion = 2;

/// That a file is not shorter than every database of SQLite, which would take it for an empty one and write
/// into it; the file is not opened, as closing it would take the locks that this process has on it. Errors:
/// something else (S0302). A file that is missing or empty is fine.
[[nodiscard]] Diagnostics checkKind(const std::string& path);

/// Makes the tables of an empty database.
bool makeTables(Database& database);

/// Makes the tables of a new store, or checks those of one that is there and brings them to this version.
/// Errors: something else (S0302), a newer version (S0303), and those of the database.
[[nodiscard]] Diagnostics prepareSchema(Database& database, const std::string& path);

/// Opens a store to read it; one of an older version is then a copy in memory. Errors: there is none (S0301),
/// and those of `prepareSchema`.
[[nodiscard]] Result<std::unique_ptr<Database>> openStoreToRead(const std::string& path);

/// The same without the copy: one of an older version is as it is, and has none of the tables above.
[[nodiscard]] Result<std::unique_ptr<Database>> openStoreAsItIs(const std::string& path);

/// The number of a store, another one is another file; and how many points it has to have: a tree that lost a
/// leaf looks like any other.
struct AboutStore {
  std::int64_t id = 0;
  std::int64_t points = 0;
};
[[nodiscard]] AboutStore aboutStore(Database& database);

}  // namespace taktwerk
