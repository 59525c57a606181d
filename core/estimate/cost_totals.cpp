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

/// Adds up the shares of `energyOf` in their order without putting them together: sweeps ask for nothing else
/// of them.
void addUp(const LayerEnergy& accesses, const LayerEnergy& instructions, CostRange& sum,
           std::set<std::uint32_t>& leftOut) {
  auto access = accesses.shares.begin();
  auto instruction = instructions.shares.begin();
  while (access != accesses.shares.end() || instruction != instructions.shares.end()) {
    const bool takeAccess = instruction == instructions.shares.end() ||
                            (access != accesses.shares.end() && !goesBefore(*instruction, *access));
    const EnergyShare& share = takeAccess ? *access++ : *instruction++;
    sum.least += share.least;
    sum.most += share.most;
  }
  leftOut.insert(accesses.leftOut.begin(), accesses.leftOut.end());
  leftOut.insert(instructions.leftOut.begin(), instructions.leftOut.end());
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
    if (!layer.instructionEnergy) continue;
    addUp(energyOfAccesses(layer, *estimate.machine), *layer.instructionEnergy, sum, leftOut);
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
