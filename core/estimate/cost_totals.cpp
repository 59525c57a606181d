// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/cost_totals.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/bounds/saturating.h"
#include "core/estimate/real_time.h"
#include "core/machine/machine_costs.h"

namespace taktwerk {
namespace {

template <class Groups>
std::vector<std::string> namesOf(const MachineCosts& costs, const Groups& groups) {
  std::vector<std::string> names;
  names.reserve(groups.size());
  for (const std::uint32_t group : groups) names.push_back(costs.groups[group]);
  return names;
}

}  // namespace

std::optional<CostRange> CostTotals::energy() const {
  if (!dynamic) return std::nullopt;
  const double more = leaked.value_or(0);
  return CostRange{dynamic->least + more, dynamic->most + more};
}

CostTotals costTotals(const NetworkEstimate& estimate) {
  CostTotals totals;
  if (!estimate.machine || !estimate.machine->costs) return totals;
  const MachineCosts& costs = *estimate.machine->costs;
  totals.area = costs.area.total;
  totals.leakage = costs.leakage.total;
  totals.areaLeftOut = namesOf(costs, costs.area.leftOut);
  totals.leakageLeftOut = namesOf(costs, costs.leakage.leftOut);
  if (!costs.hasEnergy) return totals;
  std::set<std::uint32_t> leftOut;
  CostRange sum;
  for (const LayerEstimate& layer : estimate.layers) {
    const LayerEnergy energy = energyOf(layer, *estimate.machine);
    for (const EnergyShare& share : energy.shares) {
      sum.least += share.least;
      sum.most += share.most;
    }
    leftOut.insert(energy.leftOut.begin(), energy.leftOut.end());
  }
  totals.dynamic = sum;
  totals.energyLeftOut = namesOf(costs, leftOut);
  const auto seconds = secondsOf(*estimate.machine, static_cast<double>(estimate.cycles));
  // 1 µW for a second is 10⁶ pJ.
  if (seconds && totals.leakage) totals.leaked = *totals.leakage * *seconds * 1e6;
  return totals;
}

std::vector<EnergyShare> energyShares(const NetworkEstimate& estimate) {
  std::map<std::pair<std::vector<std::uint32_t>, std::string>, EnergyShare> sums;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const EnergyShare& share : energyOf(layer, *estimate.machine).shares) {
      EnergyShare& sum = sums[{share.groups, share.what}];
      sum.groups = share.groups;
      sum.what = share.what;
      sum.count = saturatingSum(sum.count, share.count);
      sum.least += share.least;
      sum.most += share.most;
    }
  }
  std::vector<EnergyShare> shares;
  shares.reserve(sums.size());
  for (auto& [key, share] : sums) shares.push_back(std::move(share));
  std::stable_sort(shares.begin(), shares.end(),
                   [](const EnergyShare& a, const EnergyShare& b) { return a.most > b.most; });
  return shares;
}

}  // namespace taktwerk
