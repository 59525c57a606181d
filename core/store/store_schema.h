// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/diagnostic.h"
#include "core/store/database.h"

namespace taktwerk {

/// That a file which is there is one of SQLite, before SQLite takes a short one of another kind for an empty
/// database and writes into it. Errors: something else (S0302). A file that is missing or empty is fine.
[[nodiscard]] Diagnostics checkKind(const std::string& path);

/// Makes the tables of a new store, or checks those of one that is there. Errors: something else (S0302), a
/// newer version (S0303), and those of the database.
[[nodiscard]] Diagnostics prepareSchema(Database& database, const std::string& path);

/// Only checks.
[[nodiscard]] Diagnostics checkSchema(Database& database, const std::string& path);

}  // namespace taktwerk
