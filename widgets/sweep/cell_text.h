// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>

#include "core/sweep/row_table.h"

namespace taktwerk {

/// "✓ done", "⊘ infeasible", "✕ failed", "◼ cancelled": never colour alone.
[[nodiscard]] QString stateText(PointState state);

/// How many layers the cycles of a row lack, or count with a guess; 0 of a row without a result.
[[nodiscard]] std::int64_t missingLayersOf(const RowTable& table, std::size_t row);
/// The state of a row; of one that is done but lacks layers "⚠ done, 2 layers missing".
[[nodiscard]] QString stateText(const RowTable& table, std::size_t row);

/// What a cell says to people: whole and large numbers in groups of three digits, seconds with a prefix
/// ("29.93 µs"), other numbers with the digits that count, "yes" and "no"; empty where there is no value.
[[nodiscard]] QString cellText(const RowTable& table, std::size_t column, std::size_t row);

}  // namespace taktwerk
