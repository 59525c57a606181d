// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/diagnostic.h"
#include "core/store/database.h"

namespace taktwerk {

/// Makes the tables of a new store, or checks those of one that is there. Errors: something else (S0302), a
/// newer version (S0303), and those of the database.
[[nodiscard]] Diagnostics prepareSchema(Database& database, const std::string& path);

/// Only checks.
[[nodiscard]] Diagnostics checkSchema(Database& database, const std::string& path);

}  // namespace taktwerk
