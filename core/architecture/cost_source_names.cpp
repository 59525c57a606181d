// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/cost_source_names.h"

#include <algorithm>
#include <array>

#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

constexpr std::string_view badName = "A1007";
constexpr std::array<std::string_view, 3> costs = {"area", "leakage", "energy"};

/// Calls with each name of a scalar or a list.
template <class Call>
void eachName(const YamlNode& value, const Call& call) {
  if (!value.isSequence()) return call(value);
  for (const YamlNode& item : value.items) call(item);
}

}  // namespace

std::vector<std::string> costSourceNames(const YamlNode& value, std::string_view cost) {
  const YamlNode* of = value.isMap() ? value.find(cost) : &value;
  std::vector<std::string> names;
  if (of == nullptr) return names;
  eachName(*of, [&](const YamlNode& name) {
    if (name.isScalar()) names.push_back(name.scalar);
  });
  return names;
}

bool checkCostSource(const YamlNode& value, const std::vector<CostSource>& sources,
                     const std::string& objectName, Problems& problems) {
  bool good = true;
  const auto check = [&](const YamlNode& name) {
    const auto isIt = [&](const CostSource& source) { return name.isScalar() && source.name == name.scalar; };
    if (std::any_of(sources.begin(), sources.end(), isIt)) return;
    std::vector<std::string> known;
    known.reserve(sources.size());
    for (const CostSource& source : sources) known.push_back(source.name);
    problems.error(name.position, badName,
                   "cost_source: there is no entry " + describe(name) + " under costs" +
                       (name.isScalar() ? problems.suggestion(name.scalar, known) : std::string()),
                   objectName);
    good = false;
  };
  if (!value.isMap()) {
    eachName(value, check);
    return good;
  }
  for (const YamlNode::Entry& entry : value.entries) {
    if (std::find(costs.begin(), costs.end(), entry.key) == costs.end()) {
      problems.error(entry.position, badName,
                     "cost_source: " + inQuotes(entry.key) + " is no cost" +
                         problems.suggestion(entry.key, {costs.begin(), costs.end()}) +
                         "; there are area, leakage and energy",
                     objectName);
      good = false;
    } else {
      eachName(entry.value, check);
    }
  }
  return good;
}

}  // namespace taktwerk
