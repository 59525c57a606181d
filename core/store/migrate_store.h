// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/store/database.h"

namespace taktwerk {

/// Copies what a store of version 1 holds into the tables of this version, which are empty. `suffix` is what
/// the names of the old tables end with. False: one of the two failed.
bool migrateRows(Database& from, const std::string& suffix, Database& to);

}  // namespace taktwerk
