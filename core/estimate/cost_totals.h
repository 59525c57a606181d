// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/estimate/energy.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// From and to; the same where it is known.
struct CostRange {
  double least = 0, most = 0;
  friend bool operator==(const CostRange&, const CostRange&) = default;
};

/// What a machine, and a network on it, cost; none of what nothing is known of. What is left out names groups
/// of objects ("pe.regs"): a sum without some of them is never the whole.
struct CostTotals {
  std::optional<double> area;     ///< µm²
  std::optional<double> leakage;  ///< µW
  /// pJ of all that was done in the layers that are mapped.
  std::optional<CostRange> dynamic;
  /// pJ that leak away in the time of the layers; none without a clock or leakage.
  std::optional<double> leaked;
  std::vector<std::string> areaLeftOut, leakageLeftOut, energyLeftOut;

  /// pJ: `dynamic`, and `leaked` where that is known.
  [[nodiscard]] std::optional<CostRange> energy() const;
};
[[nodiscard]] CostTotals costTotals(const NetworkEstimate& estimate);

/// The shares of all layers together, those that cost most first; of equals, as their groups stand in the
/// file.
[[nodiscard]] std::vector<EnergyShare> energyShares(const NetworkEstimate& estimate);

}  // namespace taktwerk
