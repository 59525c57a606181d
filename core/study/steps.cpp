// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/steps.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/architecture/feasibility.h"
#include "core/mapping/mapping_document.h"
#include "core/network/network_file.h"
#include "core/study/study_memory.h"

namespace taktwerk {
namespace {

constexpr std::int64_t narrowRange = 16;

bool isWide(const ValueChoices& choices) {
  std::int64_t width = 0;
  return !choices.minimum || !choices.maximum ||
         __builtin_sub_overflow(*choices.maximum, *choices.minimum, &width) ||
         width / choices.step.value_or(1) > narrowRange;
}

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}

/// The value itself, or the next one below it that is on the steps.
std::optional<std::int64_t> onStep(std::int64_t value, const ValueChoices& choices) {
  if (!choices.step) return value;
  std::int64_t distance = 0, below = 0;
  if (__builtin_sub_overflow(value, choices.minimum.value_or(0), &distance)) return std::nullopt;
  std::int64_t rest = distance % *choices.step;
  if (rest < 0) rest += *choices.step;
  return __builtin_sub_overflow(value, rest, &below) ? std::nullopt : std::optional(below);
}

void addSteps(Step step, const ValueChoices& choices, std::vector<Step>& steps) {
  const NextValues next = nextValues(step.from, choices);
  for (const auto& value : {next.down, next.up}) {
    if (!value) continue;
    step.to = *value;
    steps.push_back(step);
  }
}

void addArchitecture(const Study& study, const StudyResult& present, std::vector<Step>& steps) {
  std::map<std::string, ValueChoices> choices;
  for (const Parameter& p : study.architecture->parameters) {
    auto bounds = boundsOf(p, present.machine->parameters);
    auto* known = std::get_if<ParameterBounds>(&bounds);
    if (known == nullptr) continue;  // there would be no machine
    choices[p.name] = {std::move(known->values), known->minimum, known->maximum, known->step};
  }
  for (const auto& [name, range] : choices) {
    const auto value = present.machine->parameters.find(name);
    if (value == present.machine->parameters.end()) continue;
    addSteps({Step::Of::Architecture, name, {}, value->second, 0, {}}, range, steps);
  }
}

void addNetwork(const Study& study, const StudyResult& present, StudyMemory& memory,
                std::vector<Step>& steps) {
  if (!present.network || present.network->parameters.empty()) return;  // none: a trace
  std::shared_ptr<const std::string> text = study.network.text;
  if (!text) {
    if (auto read = memory.networkText(study.network.path)) text = *read;
  }
  std::map<std::string, ParameterRange> ranges;
  if (text) ranges = parameterRanges(*text);
  for (const auto& [name, value] : present.network->parameters) {
    const ParameterRange& range = ranges[name];
    addSteps({Step::Of::Network, name, {}, value, 0, "another amount of work"},
             {{}, range.minimum, range.maximum, {}}, steps);
  }
}

/// One tunable in one layer of an estimate.
struct TunableInForce {
  std::string layer;
  std::int64_t value = 0;
  ValueChoices choices;
};

/// Whether a mapping's tunable may be any whole number between two.
bool isPlainRange(const Mapping& mapping, const std::string& name) {
  const auto& declared = mapping.document->tunables;
  const auto found = std::find_if(declared.begin(), declared.end(),
                                  [&](const TunableDeclaration& each) { return each.name == name; });
  return found != declared.end() && found->values.empty() && !found->step;
}

/// By tunable the layers that have it.
std::map<std::string, std::vector<TunableInForce>> tunablesInForce(const StudyResult& present) {
  std::map<std::string, std::vector<TunableInForce>> inForce;
  for (const LayerEstimate& layer : present.estimate->layers) {
    if (layer.tunables.empty() || !layer.mappingId.valid()) continue;
    const Mapping& mapping = (*present.mappings)[layer.mappingId.index()];
    const auto tunables = tunablesOf(mapping, *present.machine, *present.network, layer.layers);
    if (!tunables) continue;
    for (const Tunable& tunable : *tunables) {
      const auto value = layer.tunables.find(tunable.name);
      if (value == layer.tunables.end() || tunable.values.empty()) continue;
      TunableInForce& each = inForce[tunable.name].emplace_back();
      each = {layer.name, value->second, {tunable.values, {}, {}, {}}};
      if (!isPlainRange(mapping, tunable.name)) continue;
      const auto [least, most] = std::minmax_element(tunable.values.begin(), tunable.values.end());
      each.choices = {{}, *least, *most, {}};
    }
  }
  return inForce;
}

/// What is legal in all of the layers; where nothing is, what is legal in any: it will be said why it cannot
/// be.
ValueChoices commonChoices(const std::vector<TunableInForce>& layers) {
  std::map<std::int64_t, std::size_t> legalIn;
  std::size_t listed = 0;
  ValueChoices common;
  for (const TunableInForce& each : layers) {
    const ValueChoices& own = each.choices;
    for (const std::int64_t value : std::set(own.values.begin(), own.values.end())) ++legalIn[value];
    listed += own.values.empty() ? 0 : 1;
    if (own.minimum) common.minimum = std::max(common.minimum.value_or(*own.minimum), *own.minimum);
    if (own.maximum) common.maximum = std::min(common.maximum.value_or(*own.maximum), *own.maximum);
  }
  const auto inRange = [&](std::int64_t value) {
    return value >= common.minimum.value_or(value) && value <= common.maximum.value_or(value);
  };
  for (const auto& [value, count] : legalIn) {
    if (count == listed && inRange(value)) common.values.push_back(value);
  }
  if (!common.values.empty() || listed == 0) return common;
  for (const auto& [value, count] : legalIn) common.values.push_back(value);
  return common;
}

/// The steps of a tunable that no layer of these has for itself; `note` says who decided it.
void addShared(const std::string& name, const std::vector<TunableInForce>& layers, std::string note,
               std::vector<Step>& steps) {
  if (layers.empty()) return;
  std::map<std::int64_t, std::size_t> count;
  for (const TunableInForce& each : layers) ++count[each.value];
  const auto most = std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) {
    return a.second < b.second;  // of equals the least value
  });
  if (count.size() > 1) {
    note += (note.empty() ? "" : ", ") + std::to_string(most->first) + " in " + std::to_string(most->second) +
            " of " + std::to_string(layers.size()) + " layers";
  }
  addSteps({Step::Of::Mapping, name, {}, most->first, 0, note}, commonChoices(layers), steps);
}

void addTunables(const Study& study, const StudyOptions& options, const StudyResult& present,
                 std::vector<Step>& steps) {
  for (auto& [name, layers] : tunablesInForce(present)) {
    const auto ofItsOwn = [&, &name = name](const TunableInForce& each) {
      const auto choice = study.choices.find(each.layer);
      return choice != study.choices.end() && choice->second.tunables.contains(name);
    };
    const auto own =
        std::stable_partition(layers.begin(), layers.end(), [&](const auto& l) { return !ofItsOwn(l); });
    for (auto each = own; each != layers.end(); ++each) {
      addSteps({Step::Of::Mapping, name, each->layer, each->value, 0, "chosen for this layer"}, each->choices,
               steps);
    }
    layers.erase(own, layers.end());
    const bool searched = options.how.search > 1 && !study.settings.tunables.contains(name);
    addShared(name, layers, searched ? "found by the search" : "", steps);
  }
}

}  // namespace

NextValues nextValues(std::int64_t present, const ValueChoices& choices) {
  NextValues next;
  const auto offer = [&](std::optional<std::int64_t> value) {
    if (!value || *value == present) return;
    if ((choices.minimum && *value < *choices.minimum) || (choices.maximum && *value > *choices.maximum))
      return;
    std::optional<std::int64_t>& side = *value < present ? next.down : next.up;
    const bool nearer = !side || (*value < present ? *value > *side : *value < *side);
    if (nearer) side = value;
  };
  if (!choices.values.empty()) {
    for (const std::int64_t value : choices.values) offer(value);
  } else if (isWide(choices)) {
    const std::int64_t half = present >> 1;  // rounds down, also below 0
    offer(onStep(half, choices));
    std::optional<std::int64_t> twice = sum(present, present);
    if (twice) twice = onStep(*twice, choices);
    if (choices.step && twice == present)
      twice = sum(present, *choices.step);  // twice is not yet the next one
    offer(twice);
  } else {
    const std::int64_t step = choices.step.value_or(1);
    const std::int64_t base = onStep(present, choices).value_or(present);
    offer(base < present ? std::optional(base) : sum(base, -step));
    offer(sum(base, step));
  }
  return next;
}

std::string settingName(const Step& step) {
  switch (step.of) {
    case Step::Of::Architecture:
      return "arch." + step.name;
    case Step::Of::Network:
      return "network." + step.name;
    case Step::Of::Mapping:
      break;
  }
  return "mapping." + step.name;
}

std::string inWords(const Step& step) {
  return settingName(step) + ' ' + std::to_string(step.from) + " → " + std::to_string(step.to) +
         (step.layer.empty() ? "" : " for " + step.layer);
}

std::vector<Step> stepsOf(const Study& study, const StudyOptions& options, const StudyResult& present,
                          StudyMemory& memory) {
  std::vector<Step> steps;
  if (!present.estimate) return steps;
  addArchitecture(study, present, steps);
  addNetwork(study, present, memory, steps);
  addTunables(study, options, present, steps);
  return steps;
}

Study withStep(Study study, const Step& step) {
  switch (step.of) {
    case Step::Of::Architecture:
      study.settings.architecture[step.name] = step.to;
      break;
    case Step::Of::Network:
      study.settings.network[step.name] = step.to;
      break;
    case Step::Of::Mapping:
      if (step.layer.empty()) {
        study.settings.tunables[step.name] = step.to;
      } else {
        study.choices[step.layer].tunables[step.name] = step.to;
      }
      break;
  }
  return study;
}

}  // namespace taktwerk
