// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/breakdown.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace taktwerk {

namespace {

double shareOf(Cycles part, Cycles all) {
  return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0;
}

std::vector<ObjectShare> objectsOf(const std::vector<CauseShare>& causes, Cycles all) {
  std::map<std::pair<MachineObjectId, std::string>, ObjectShare> byObject;
  for (const CauseShare& each : causes) {
    if (each.cause.wait == WaitCause::Fetch) continue;
    ObjectShare& object = byObject[{each.object, each.cause.object}];
    (each.cause.wait == WaitCause::Busy ? object.busy : object.waited) += each.cycles;
  }
  std::vector<ObjectShare> objects;
  objects.reserve(byObject.size());
  for (auto& [key, object] : byObject) {
    std::tie(object.object, object.name) = key;
    object.share = shareOf(object.busy + object.waited, all);
    objects.push_back(std::move(object));
  }
  std::stable_sort(objects.begin(), objects.end(), [](const ObjectShare& a, const ObjectShare& b) {
    return a.busy + a.waited > b.busy + b.waited;
  });
  return objects;
}

}  // namespace

NamedCause namedCause(const Cause& cause, const Machine& machine) {
  return {cause.wait, cause.object.valid() ? machine.objectNames[cause.object.index()] : std::string()};
}

CauseTable causeTable(std::vector<CauseShare> causes) {
  struct Sum {
    Cycles cycles = 0;
    std::map<WaitDetail, Cycles> details;
  };
  std::map<std::tuple<WaitCause, MachineObjectId, std::string>, Sum> sums;
  CauseTable table;
  for (CauseShare& each : causes) {
    Sum& sum = sums[{each.cause.wait, each.object, std::move(each.cause.object)}];
    sum.cycles += each.cycles;
    for (const DetailShare& part : each.details) sum.details[part.detail] += part.cycles;
    table.cycles += each.cycles;
  }
  table.causes.reserve(sums.size());
  for (const auto& [key, sum] : sums) {
    const auto& [wait, object, name] = key;
    table.causes.push_back({{wait, name}, object, sum.cycles, shareOf(sum.cycles, table.cycles)});
    auto& details = table.causes.back().details;
    for (const auto& [detail, cycles] : sum.details) details.push_back({detail, cycles});
    std::stable_sort(details.begin(), details.end(),
                     [](const DetailShare& a, const DetailShare& b) { return a.cycles > b.cycles; });
  }
  std::stable_sort(table.causes.begin(), table.causes.end(),
                   [](const CauseShare& a, const CauseShare& b) { return a.cycles > b.cycles; });
  table.objects = objectsOf(table.causes, table.cycles);
  return table;
}

CauseTable causeTable(const Breakdown& breakdown, const Machine& machine) {
  std::vector<CauseShare> causes;
  causes.reserve(breakdown.size());
  for (const auto& [cause, cycles] : breakdown) {
    causes.push_back({namedCause(cause, machine), cause.object, cycles, 0});
    if (cause.detail != WaitDetail::None) causes.back().details = {{cause.detail, cycles}};
  }
  return causeTable(std::move(causes));
}

LayerBreakdown breakdownOf(const LayerEstimate& layer, const Machine& machine) {
  return {layer.name, causeTable(layer.breakdown, machine)};
}

CauseTable totalOf(const NetworkEstimate& estimate) {
  Breakdown sum;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [cause, cycles] : layer.breakdown) sum[cause] += cycles;
  }
  return sum.empty() ? CauseTable{} : causeTable(sum, *estimate.machine);
}

NetworkBreakdown breakdownOf(const NetworkEstimate& estimate) {
  NetworkBreakdown breakdown{estimate.architecture, estimate.network, totalOf(estimate), {}};
  breakdown.layers.reserve(estimate.layers.size());
  for (const LayerEstimate& layer : estimate.layers) {
    breakdown.layers.push_back(breakdownOf(layer, *estimate.machine));
  }
  return breakdown;
}

void sortLayers(std::vector<LayerBreakdown>& layers, LayerOrder order) {
  if (order == LayerOrder::Longest) {
    std::stable_sort(layers.begin(), layers.end(), [](const LayerBreakdown& a, const LayerBreakdown& b) {
      return a.table.cycles > b.table.cycles;
    });
  } else if (order == LayerOrder::Name) {
    std::stable_sort(layers.begin(), layers.end(),
                     [](const LayerBreakdown& a, const LayerBreakdown& b) { return a.layer < b.layer; });
  }
}

std::optional<Bottleneck> bottleneckOf(const CauseTable& table) {
  if (table.cycles <= 0 || table.causes.empty()) return std::nullopt;
  Bottleneck bottleneck{table.causes[0], std::nullopt};
  if (table.causes.size() > 1) bottleneck.second = table.causes[1];
  return bottleneck;
}

}  // namespace taktwerk
