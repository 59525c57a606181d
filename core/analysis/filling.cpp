// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/filling.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <optional>

namespace taktwerk {

namespace {

/// "pe[2][3].alu" as "pe[ ][ ].alu" and {2, 3}; nothing without indexes.
struct Element {
  std::string array;
  std::vector<std::int64_t> indexes;
};
std::optional<Element> elementOf(const std::string& name) {
  Element element;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t close = name[at] == '[' ? name.find(']', at) : std::string::npos;
    std::int64_t index = 0;
    if (close != std::string::npos &&
        std::from_chars(name.data() + at + 1, name.data() + close, index).ptr == name.data() + close) {
      element.array += "[ ]";
      element.indexes.push_back(index);
      at = close + 1;
    } else {
      element.array += name[at++];
    }
  }
  if (element.indexes.empty()) return std::nullopt;
  return element;
}

}  // namespace

std::string withoutIndexes(const std::string& name) {
  const auto element = elementOf(name);
  return element ? element->array : name;
}

namespace {

/// The most uses of any element with an index, by index, of each dimension.
using MostUses = std::vector<std::map<std::int64_t, std::int64_t>>;

/// So many are used together: those that are used often are in all passes in which those are that are used
/// less.
std::vector<std::pair<std::int64_t, double>> partsOf(const std::map<std::int64_t, std::int64_t>& byIndex) {
  std::vector<std::int64_t> uses;
  uses.reserve(byIndex.size());
  for (const auto& [index, count] : byIndex) uses.push_back(count);
  std::sort(uses.begin(), uses.end(), std::greater<>());
  std::vector<std::pair<std::int64_t, double>> parts;
  const auto all = static_cast<double>(uses.front());
  for (std::size_t k = 0; k < uses.size(); ++k) {
    const std::int64_t beyond = k + 1 < uses.size() ? uses[k + 1] : 0;
    if (uses[k] == beyond) continue;
    parts.emplace_back(static_cast<std::int64_t>(k + 1), static_cast<double>(uses[k] - beyond) / all);
  }
  return parts;
}

std::string dimensionName(std::size_t dimension, std::size_t dimensions) {
  if (dimensions == 1) return "elements";
  if (dimensions == 2) return dimension == 0 ? "rows" : "columns";
  return "dimension " + std::to_string(dimension + 1);
}

void addArrays(const LayerEstimate& layer, const Machine& machine, std::vector<PartlyFilled>& found) {
  std::map<std::string, MostUses> arrays;
  for (const Unit& unit : machine.units) {
    const auto element = elementOf(machine.objectNames[unit.object]);
    if (!element) continue;
    MostUses& most = arrays[element->array];
    most.resize(std::max(most.size(), element->indexes.size()));
    const auto used = layer.usage.find({unit.object});
    for (std::size_t d = 0; d < element->indexes.size(); ++d) {
      std::int64_t& uses = most[d][element->indexes[d]];
      if (used != layer.usage.end()) uses = std::max(uses, used->second.uses);
    }
  }
  for (const auto& [array, most] : arrays) {
    for (std::size_t d = 0; d < most.size(); ++d) {
      const auto isUsed = [](const auto& one) { return one.second > 0; };
      if (most[d].size() < 2 || std::none_of(most[d].begin(), most[d].end(), isUsed)) continue;
      found.push_back({layer.name, layer.cycles, PartlyFilled::What::Array, array,
                       dimensionName(d, most.size()), static_cast<std::int64_t>(most[d].size()),
                       partsOf(most[d])});
    }
  }
}

/// The largest value of an immediate of an operation in any layer.
using Largest = std::map<std::pair<std::string, std::string>, std::int64_t>;

void addImmediates(const LayerEstimate& layer, const Largest& largest, std::vector<PartlyFilled>& found) {
  for (const ImmediateUse& use : layer.immediates) {
    const std::int64_t full = largest.at({use.operation, use.immediate});
    // What may be 0 or less is no length.
    if (use.executions.empty() || use.executions.begin()->first <= 0) continue;
    double all = 0;
    for (const auto& [value, count] : use.executions) all += static_cast<double>(count);
    PartlyFilled filled{
        layer.name, layer.cycles, PartlyFilled::What::Immediate, use.operation, use.immediate, full, {}};
    for (const auto& [value, count] : use.executions) {
      filled.parts.emplace_back(value, static_cast<double>(count) / all);
    }
    found.push_back(std::move(filled));
  }
}

}  // namespace

double PartlyFilled::meanShare() const {
  double mean = 0;
  for (const auto& [value, share] : parts) mean += static_cast<double>(value) * share;
  return full > 0 ? mean / static_cast<double>(full) : 1;
}

std::vector<PartlyFilled> partlyFilled(const NetworkEstimate& estimate) {
  Largest largest;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const ImmediateUse& use : layer.immediates) {
      std::int64_t& most = largest[{use.operation, use.immediate}];
      if (!use.executions.empty()) most = std::max(most, use.executions.rbegin()->first);
    }
  }
  std::vector<PartlyFilled> all;
  for (const LayerEstimate& layer : estimate.layers) {
    std::vector<PartlyFilled> found;
    addArrays(layer, *estimate.machine, found);
    addImmediates(layer, largest, found);
    std::erase_if(found, [](const PartlyFilled& one) { return one.meanShare() > 0.9999; });
    all.insert(all.end(), found.begin(), found.end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const PartlyFilled& a, const PartlyFilled& b) { return a.weight() > b.weight(); });
  return all;
}

}  // namespace taktwerk
