// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/search/batch_runner.h"

namespace taktwerk {

/// The rows of a run that no other dominates in the sweep's objectives. Rows may come in any order and any
/// number; what is dominated is forgotten now and then.
class FrontRows {
 public:
  /// The sweep lives longer.
  explicit FrontRows(const Sweep& sweep) : sweep_(sweep) {}
  void add(const SweepRow& row);
  /// By the first objective, the best first, then by the next; equals by their points.
  [[nodiscard]] std::vector<SweepRow> rows();
  /// Rows that were done, but cannot be compared with others: layers are missing, or a value.
  [[nodiscard]] std::int64_t leftOut() const { return leftOut_; }

 private:
  void forgetDominated();

  const Sweep& sweep_;
  std::vector<SweepRow> kept_;
  std::vector<ObjectiveValues> values_;  ///< of those kept
  std::size_t forgetAt_ = 4096;
  std::int64_t leftOut_ = 0;
};

}  // namespace taktwerk
