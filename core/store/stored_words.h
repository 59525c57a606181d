// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/stored_table.h"

namespace taktwerk {

/// Makes the columns of a table that say what its studies differ in: architecture, network, mappings and how
/// they were timed. Two that are called the same but are not are told apart by a number. Columns that are
/// there stay where they are; new ones are put before all others, or behind them.
void fillWords(StoredTable& table, bool atFront);

}  // namespace taktwerk
