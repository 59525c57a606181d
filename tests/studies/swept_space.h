// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/report/explanation.h"
#include "core/study/study_memory.h"
#include "core/sweep/row_table.h"
#include "core/sweep/sweep.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk::studies {

/// A shipped space, every point of it estimated, and what has to be said beside each of its pictures.
struct SweptSpace {
  std::string file;  ///< a path, or one from the root of the checkout
  std::shared_ptr<StudyMemory> memory;
  std::shared_ptr<const Sweep> sweep;
  std::vector<SweepRow> rows;  ///< in the order of the grid
  RowTable table;              ///< the same
};

/// Estimates every point of a space, with figures for these objectives beside its cycles. Throws where the
/// space is wrong, where a point fails, and where no point is done.
[[nodiscard]] SweptSpace sweepSpace(const std::string& file, const std::vector<std::string>& objectives = {});

/// The rows that meet a condition, which is written as a filter of results; all where it is empty.
[[nodiscard]] std::vector<std::uint32_t> rowsWhere(const SweptSpace& space, const std::string& condition);
/// The only one; throws where there is none or more than one.
[[nodiscard]] std::uint32_t rowWhere(const SweptSpace& space, const std::string& condition);
/// Its cycles.
[[nodiscard]] std::int64_t cyclesWhere(const SweptSpace& space, const std::string& condition);
/// Of those that meet a condition the one with the fewest cycles, the first of equals.
[[nodiscard]] std::uint32_t fastestWhere(const SweptSpace& space, const std::string& condition);
/// A cell of a row as tables of results have it, the column by its name.
[[nodiscard]] std::string valueOf(const SweptSpace& space, const std::string& column, std::uint32_t row);

/// What `explain` says of a row's design.
[[nodiscard]] Explanation explained(const SweptSpace& space, std::uint32_t row);
/// The sentence of that, or "" where nothing takes cycles.
[[nodiscard]] std::string whatDecides(const Explanation& explanation);
/// The layer with the heaviest passes that leave something empty: "layer4.0.conv1 fills 8 of 64 rows of …";
/// "" where all passes are full.
[[nodiscard]] std::string whatIsEmpty(const Explanation& explanation);

/// Designs of some rows that no other dominates in the objectives of the space, by the first of these.
[[nodiscard]] std::vector<std::uint32_t> frontOf(const SweptSpace& space,
                                                 const std::vector<std::uint32_t>& rows);

/// What stands below every picture of these rows: layers that are missing, figures that are not exact,
/// designs that cannot be, and what validation the architectures declare, or that they declare none.
[[nodiscard]] std::vector<std::string> standingOf(const SweptSpace& space,
                                                  const std::vector<std::uint32_t>& rows);

/// Throws where a sentence of the guide is not what the figures say: the page is then to be rewritten by
/// hand.
void requireClaim(const std::string& claim, bool holds);

}  // namespace taktwerk::studies
