// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/analysis/object_table.h"
#include "core/architecture/architecture.h"
#include "core/drawing/palette.h"
#include "core/estimate/estimate.h"
#include "widgets/estimate/block_shares.h"

namespace taktwerk {

/// Categories of a breakdown: busy time by the kind of the object, in the order of `BlockKind`, then waiting:
/// for operands, for places in stages and units, for memories, for instructions.
inline constexpr std::size_t waitForData = blockKindCount;
inline constexpr std::size_t waitForPlace = blockKindCount + 1;
inline constexpr std::size_t waitForMemory = blockKindCount + 2;
inline constexpr std::size_t waitForInstructions = blockKindCount + 3;
inline constexpr std::size_t categoryCount = blockKindCount + 4;
[[nodiscard]] constexpr bool isWait(std::size_t category) {
  return category >= blockKindCount;
}

/// The category of a cause: of busy time `kind`, that of its object; of a wait what was waited for longest.
[[nodiscard]] std::size_t categoryOf(WaitCause wait, WaitDetail detail, BlockKind kind);
/// "Compute", …, "Wait: data", ….
[[nodiscard]] QString categoryName(std::size_t category);

/// One entry of a layer's breakdown: a cause with its cycles.
struct BreakdownItem {
  std::size_t category = waitForInstructions;
  QString label;   ///< "alu busy", "waiting for data (dmem)"
  ShownId object;  ///< that it is about as it is shown, if it is one
  Cycles cycles = 0;
  NamedCause cause;
};

struct BreakdownRow {
  QString layer;
  Cycles total = 0;
  std::array<Cycles, categoryCount> parts{};
  std::vector<BreakdownItem> items;  ///< longest first
};

using BreakdownOrder = LayerOrder;

/// A row a layer. Adds up: the parts of a row to its total, the items to the parts.
[[nodiscard]] std::vector<BreakdownRow> breakdownOf(const NetworkEstimate& estimate,
                                                    const ObjectTable& objects, const Document& shown,
                                                    BreakdownOrder order = BreakdownOrder::Network);

/// What takes most of the time, in a sentence, or nothing without cycles.
[[nodiscard]] QString bottleneckSentence(const std::vector<BreakdownRow>& rows);

}  // namespace taktwerk
