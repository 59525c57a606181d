// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/front/front.h"
#include "core/search/batch_runner.h"

namespace taktwerk {

/// How much of the space of objectives a front dominates (core/front/hypervolume.h): which part of
/// the box around the rows is no better than the front. It compares fronts only where best and worst values,
/// and with them the box, are the same.
struct FrontVolume {
  double share = 0;  ///< of the box between the best value of each objective and the reference, 0 to 1
  std::vector<double> reference;  ///< by objective: worse by a tenth than the worst value of all rows
  bool logarithmic = false;       ///< by the logarithms of values, as all of them are above 0
};

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
  /// None for a single objective and for more than three, where it would take long, and where all rows are
  /// alike in one.
  [[nodiscard]] std::optional<FrontVolume> volume();

 private:
  void forgetDominated();
  /// What is better in an objective, and by how much, as columns of a front.
  [[nodiscard]] std::vector<FrontColumn> columnsOf(const std::vector<std::vector<double>>& values) const;

  const Sweep& sweep_;
  std::vector<SweepRow> kept_;
  std::vector<ObjectiveValues> values_;  ///< of those kept
  std::size_t forgetAt_ = 4096;
  std::vector<double> worst_;  ///< of all rows, by objective
  std::int64_t leftOut_ = 0;
};

}  // namespace taktwerk
