// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "core/architecture/attribute_values.h"
#include "core/base/joined.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

/// Whether an expression depends on `words` in sums, and in products and quotients with what does not, alone.
bool dependsLinearly(const Expression& expression, const ParameterMap& parameters) {
  using enum Expression::Operator;
  std::vector<bool> depends;
  depends.reserve(expression.nodes().size());
  for (const Expression::Node& node : expression.nodes()) {
    const auto ofWords = std::count_if(node.operands.begin(), node.operands.end(),
                                       [&](std::uint32_t operand) { return depends[operand]; });
    bool good = ofWords == 0;
    if (node.op == Negate || node.op == Add || node.op == Subtract) good = true;
    if (node.op == Multiply) good = ofWords < 2;
    if (node.op == Divide) good = !depends[node.operands[1]];
    if (!good) return false;
    const bool isWords = node.op == Variable && expression.variables()[node.variable] == "words" &&
                         !parameters.contains("words");
    depends.push_back(isWords || ofWords > 0);
  }
  return true;
}

std::optional<Rational> valueWith(const Expression& expression, const ParameterMap& parameters,
                                  std::int64_t words) {
  const Expression::Value value = expression.evaluate([&](std::string_view name) -> std::optional<Rational> {
    const auto parameter = parameters.find(name);
    if (parameter != parameters.end()) return Rational(parameter->second);
    return name == "words" ? std::optional(Rational(words)) : std::nullopt;
  });
  const auto* number = std::get_if<Rational>(&value);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

/// What an object does that can have an energy of its own.
std::vector<std::string> keysOf(const ObjectDeclaration& object) {
  std::vector<std::string> keys;
  switch (object.objectClass) {
    case ObjectClass::FunctionalUnit:
    case ObjectClass::MemoryAccessUnit:
      if (const Attribute* operations = object.find("operations")) {
        for (const YamlNode& operation : operations->value.items) keys.push_back(operation.scalar);
      }
      break;
    case ObjectClass::RegisterFile:
    case ObjectClass::Sram:
    case ObjectClass::Memory:
    case ObjectClass::Dram:
    case ObjectClass::SetAssociativeCache:
      keys = {"read", "write"};
      break;
    default:
      break;
  }
  return keys;
}

}  // namespace

std::optional<LinearInWords> linearInWords(const Expression& expression, const ParameterMap& parameters) {
  if (!dependsLinearly(expression, parameters)) return std::nullopt;
  const auto none = valueWith(expression, parameters, 0), one = valueWith(expression, parameters, 1);
  const auto perWord = none && one ? subtract(*one, *none) : std::nullopt;
  if (!perWord || none->numerator < 0 || perWord->numerator < 0) return std::nullopt;
  return LinearInWords{*none, *perWord};
}

std::optional<std::vector<std::pair<std::string_view, QuantityValue>>> energyValue(
    const AttributeSpecification& specification, const YamlNode& value, const ObjectDeclaration& object,
    ValueContext context) {
  std::vector<std::pair<std::string_view, QuantityValue>> result;
  const auto take = [&](std::string_view key, const YamlNode& node) {
    auto energy = quantityValue(specification, node, object, context);
    if (!energy) return false;
    if (energy->expression && specification.scope == ExpressionScope::Access &&
        !linearInWords(*energy->expression, context.parameters)) {
      context.problems.error(node.position, "A1006",
                             "energy of an access must be a + b * words with a and b of at least 0, found " +
                                 inQuotes(node.scalar) +
                                 "; beats are not counted, and only sums, products and quotients hold words",
                             object.name);
      return false;
    }
    result.emplace_back(key, std::move(*energy));
    return true;
  };
  if (!value.isMap()) {
    if (!take({}, value)) return std::nullopt;
    return result;
  }
  const std::vector<std::string> keys = keysOf(object);
  bool good = true;
  for (const YamlNode::Entry& entry : value.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) == keys.end()) {
      const std::string all = joined(keys, ", ");
      context.problems.error(entry.position, "A1005",
                             "energy: " + inQuotes(entry.key) + " is nothing that " + inQuotes(object.name) +
                                 " does" + context.problems.suggestion(entry.key, keys) +
                                 (all.empty() ? "; write one number" : "; there are " + all),
                             object.name);
      good = false;
    } else {
      good = take(entry.key, entry.value) && good;
    }
  }
  if (!good) return std::nullopt;
  return result;
}

}  // namespace taktwerk
