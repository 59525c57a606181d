// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cost_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/joined.h"
#include "core/estimate/cost_totals.h"
#include "core/machine/machine_costs.h"
#include "core/report/front_report.h"
#include "core/report/text_table.h"

namespace taktwerk {
namespace {

/// A row of the table.
struct ObjectCosts {
  std::string name;
  std::optional<double> area, leakage, energy;
  GroupSources sources;
};

std::optional<double> ofGroup(const CostSum& sum, std::uint32_t group) {
  // A group of which no object has a cost is left out, and its sum is 0.
  if (!sum.total) return std::nullopt;
  const bool leftOut = std::find(sum.leftOut.begin(), sum.leftOut.end(), group) != sum.leftOut.end();
  return leftOut && sum.byGroup[group] == 0 ? std::nullopt : std::optional(sum.byGroup[group]);
}

std::vector<ObjectCosts> costsByObject(const NetworkEstimate& estimate) {
  std::vector<ObjectCosts> rows;
  if (!estimate.machine || !estimate.machine->costs) return rows;
  const MachineCosts& costs = *estimate.machine->costs;
  std::map<std::vector<std::uint32_t>, double> energies;
  for (const EnergyShare& share : energyShares(estimate)) energies[share.groups] += share.most;
  for (std::uint32_t group = 0; group < costs.groups.size(); ++group) {
    ObjectCosts row{costs.groups[group],
                    ofGroup(costs.area, group),
                    ofGroup(costs.leakage, group),
                    {},
                    costs.sourcesOf[group]};
    if (const auto energy = energies.find({group}); energy != energies.end()) row.energy = energy->second;
    if (row.area || row.leakage || row.energy) rows.push_back(std::move(row));
  }
  for (const auto& [groups, energy] : energies) {
    if (groups.size() < 2) continue;
    ObjectCosts row{whose({groups, {}, 0, 0, 0}, costs), {}, {}, energy, {}};
    for (const std::uint32_t group : groups) {
      const auto& more = costs.sourcesOf[group].energy;
      row.sources.energy.insert(row.sources.energy.end(), more.begin(), more.end());
    }
    std::sort(row.sources.energy.begin(), row.sources.energy.end());
    const auto end = std::unique(row.sources.energy.begin(), row.sources.energy.end());
    row.sources.energy.erase(end, row.sources.energy.end());
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> namesOf(const std::vector<std::uint32_t>& places, const MachineCosts& costs) {
  std::vector<std::string> names;
  names.reserve(places.size());
  for (const std::uint32_t place : places) names.push_back(costs.sources[place].name);
  return names;
}

/// "horowitz", or where they differ "area: cell; energy: horowitz".
std::string sourcesInWords(const ObjectCosts& row, const MachineCosts& costs) {
  std::vector<std::pair<const char*, std::string>> parts;
  const auto add = [&](const char* cost, const std::optional<double>& value,
                       const std::vector<std::uint32_t>& places) {
    if (!value || *value == 0) return;  // nothing needs no source
    const std::string names = joined(namesOf(places, costs), ", ", " and ");
    parts.emplace_back(cost, names.empty() ? "not said" : names);
  };
  add("area", row.area, row.sources.area);
  add("leakage", row.leakage, row.sources.leakage);
  add("energy", row.energy, row.sources.energy);
  bool same = true;
  for (const auto& [cost, names] : parts) same = same && names == parts.front().second;
  if (same) return parts.empty() ? std::string() : parts.front().second;
  std::vector<std::string> texts;
  texts.reserve(parts.size());
  for (const auto& [cost, names] : parts) texts.push_back(std::string(cost) + ": " + names);
  return joined(texts, "; ");
}

std::string figureOrNone(const std::optional<double>& value) {
  return value ? figureInWords(*value) : std::string();
}

}  // namespace

void writeCostTable(std::ostream& out, const NetworkEstimate& estimate) {
  using Align = TextTable::Align;
  const std::vector<ObjectCosts> rows = costsByObject(estimate);
  if (rows.empty()) return;
  double all = 0;
  for (const ObjectCosts& row : rows) all += row.energy.value_or(0);
  TextTable table({{"object", Align::Left},
                   {"area µm²", Align::Right},
                   {"leakage µW", Align::Right},
                   {"energy pJ", Align::Right},
                   {"share", Align::Right},
                   {"from", Align::Left}});
  for (const ObjectCosts& row : rows) {
    table.add({printable(row.name), figureOrNone(row.area), figureOrNone(row.leakage),
               figureOrNone(row.energy),
               row.energy && all > 0 ? percentage(*row.energy / all) : std::string(),
               printable(sourcesInWords(row, *estimate.machine->costs))});
  }
  table.write(out);
}

void writeCostObjects(JsonWriter& json, const NetworkEstimate& estimate) {
  json.openArray("objects");
  for (const ObjectCosts& row : costsByObject(estimate)) {
    const MachineCosts& costs = *estimate.machine->costs;
    json.openObject().member("name", row.name);
    if (row.area) json.member("area", *row.area);
    if (row.leakage) json.member("leakage", *row.leakage);
    if (row.energy) json.member("energy", *row.energy);
    json.openObject("sources");
    const auto add = [&](const char* cost, const std::optional<double>& value,
                         const std::vector<std::uint32_t>& places) {
      if (!value) return;
      json.openArray(cost);
      for (const std::string& name : namesOf(places, costs)) json.item(name);
      json.closeArray();
    };
    add("area", row.area, row.sources.area);
    add("leakage", row.leakage, row.sources.leakage);
    add("energy", row.energy, row.sources.energy);
    json.closeObject().closeObject();
  }
  json.closeArray();
}

}  // namespace taktwerk
