// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/object_values.h"

namespace taktwerk {

std::optional<ObjectValues::Given> ObjectValues::given(std::string_view name) const {
  const Attribute* attribute = object_.find(name);
  const ClassSpecification* specification = specificationOf(object_.objectClass);
  if (attribute == nullptr || specification == nullptr) return std::nullopt;
  const AttributeSpecification* known = specification->find(name);
  if (known == nullptr) return std::nullopt;
  return Given{known, &attribute->value};
}

std::optional<NumberValue> ObjectValues::number(std::string_view name) const {
  const std::optional<Given> g = given(name);
  return g ? numberValue(*g->specification, *g->value, object_, source_.context) : std::nullopt;
}

Cost ObjectValues::toCost(NumberValue value) const {
  Cost cost;
  cost.constant = value.constant;
  if (value.expression) {
    cost.expression = std::make_shared<const Expression>(std::move(*value.expression));
    cost.parameters = source_.parameters;
  }
  return cost;
}

std::optional<std::int64_t> ObjectValues::optionalWhole(std::string_view name) const {
  const std::optional<NumberValue> value = number(name);
  return value ? std::optional(value->constant) : std::nullopt;
}

std::int64_t ObjectValues::whole(std::string_view name, std::int64_t byDefault) const {
  return optionalWhole(name).value_or(byDefault);
}

std::uint32_t ObjectValues::small(std::string_view name, std::uint32_t byDefault) const {
  return static_cast<std::uint32_t>(whole(name, byDefault));
}

std::optional<Cost> ObjectValues::optionalCost(std::string_view name) const {
  std::optional<NumberValue> value = number(name);
  return value ? std::optional(toCost(std::move(*value))) : std::nullopt;
}

Cost ObjectValues::cost(std::string_view name, Cycles byDefault) const {
  return optionalCost(name).value_or(Cost{byDefault, nullptr, nullptr});
}

std::size_t ObjectValues::choice(std::string_view name) const {
  const std::optional<Given> g = given(name);
  return g ? choiceValue(*g->specification, *g->value, object_, source_.context).value_or(0) : 0;
}

bool ObjectValues::boolean(std::string_view name, bool byDefault) const {
  const std::optional<Given> g = given(name);
  if (!g) return byDefault;
  return booleanValue(*g->specification, *g->value, object_, source_.context).value_or(byDefault);
}

std::vector<std::string> ObjectValues::names(std::string_view name) const {
  constexpr std::size_t mostFailures = 100;  // lists can be long once they are spelt out
  const std::optional<Given> g = given(name);
  if (!g || source_.failedLists > mostFailures) return {};
  auto list = namesValue(*g->specification, *g->value, object_, source_.context);
  if (!list) ++source_.failedLists;
  return list ? std::move(*list) : std::vector<std::string>{};
}

std::vector<std::pair<Words, Words>> ObjectValues::ranges(std::string_view name) const {
  const std::optional<Given> g = given(name);
  if (!g) return {};
  auto list = rangesValue(*g->specification, *g->value, object_, source_.context);
  return list ? std::move(*list) : std::vector<std::pair<Words, Words>>{};
}

std::vector<std::pair<std::string_view, Cost>> ObjectValues::latencies(std::string_view name) const {
  std::vector<std::pair<std::string_view, Cost>> result;
  const std::optional<Given> g = given(name);
  if (!g) return result;
  auto list = latencyMapValue(*g->specification, *g->value, object_, source_.context);
  if (!list) return result;
  for (auto& [key, value] : *list) result.emplace_back(key, toCost(std::move(value)));
  return result;
}

SourcePosition ObjectValues::positionOf(std::string_view name) const {
  const Attribute* attribute = object_.find(name);
  return attribute != nullptr ? attribute->value.position : object_.position;
}

}  // namespace taktwerk
