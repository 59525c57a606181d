// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/variables.h"

#include <algorithm>
#include <map>

#include "core/mapping/mapping.h"
#include "core/network/network_file.h"
#include "widgets/document/document.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

namespace {

using Set = std::map<std::string, std::int64_t>;

std::int64_t present(const Set& set, const std::string& name, std::int64_t otherwise) {
  const auto found = set.find(name);
  return found == set.end() ? otherwise : found->second;
}

std::optional<std::int64_t> valueOf(const std::optional<ParameterBound>& bound) {
  return bound ? std::optional(bound->value) : std::nullopt;
}

void addArchitecture(const Architecture& architecture, const Set& set, std::vector<Variable>& all) {
  for (const Parameter& parameter : architecture.parameters) {
    Variable variable{"arch." + parameter.name, parameter.description, {}};
    variable.range.now = present(set, variable.name, parameter.defaultValue);
    variable.range.least = valueOf(parameter.minimum);
    variable.range.most = valueOf(parameter.maximum);
    variable.range.step = parameter.step ? parameter.step->value : 1;
    for (const ParameterBound& value : parameter.values) variable.range.values.push_back(value.value);
    all.push_back(std::move(variable));
  }
}

void addNetwork(const EstimateController& estimates, const Set& set, std::vector<Variable>& all) {
  if (!estimates.network()) return;
  std::map<std::string, ParameterRange> ranges;
  if (estimates.networkText()) ranges = parameterRanges(*estimates.networkText());
  for (const auto& [name, value] : estimates.network()->parameters) {
    Variable variable{"network." + name, {}, {}};
    variable.range.now = present(set, variable.name, value);
    variable.range.least = ranges[name].minimum.value_or(1);
    variable.range.most = ranges[name].maximum;
    all.push_back(std::move(variable));
  }
}

/// What is legal in any layer; the values that most layers have are tried first by the sweep anyway.
void addTunables(const EstimateOutcome& outcome, const Set& set, std::vector<Variable>& all) {
  if (!outcome.estimate || !outcome.machine || !outcome.network || !outcome.mappingFiles) return;
  std::map<std::string, Variable> found;
  for (const LayerEstimate& layer : outcome.estimate->layers) {
    if (layer.tunables.empty() || !layer.mappingId.valid()) continue;
    const auto tunables = tunablesOf((*outcome.mappingFiles)[layer.mappingId.index()], *outcome.machine,
                                     *outcome.network, layer.layers);
    if (!tunables) continue;
    for (const Tunable& tunable : *tunables) {
      Variable& variable = found[tunable.name];
      if (variable.name.empty()) {
        variable.name = "mapping." + tunable.name;
        variable.description = tunable.description;
        variable.range.now = present(set, variable.name, tunable.defaultValue);
      }
      auto& values = variable.range.values;
      values.insert(values.end(), tunable.values.begin(), tunable.values.end());
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
    }
  }
  for (auto& [name, variable] : found) all.push_back(std::move(variable));
}

}  // namespace

std::vector<Variable> variablesOf(const EstimateController& estimates) {
  std::vector<Variable> all;
  const EstimateInput& input = estimates.input();
  if (!input.document) return all;
  addArchitecture(*input.document->architecture, input.parameters, all);
  addNetwork(estimates, input.parameters, all);
  if (estimates.outcome().document) addTunables(estimates.outcome(), input.parameters, all);
  return all;
}

}  // namespace taktwerk
