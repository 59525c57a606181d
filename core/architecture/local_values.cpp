// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/local_values.h"

#include <algorithm>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/expression_text.h"
#include "core/architecture/feasibility.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

SourcePosition columnIn(SourcePosition position, std::uint32_t column) {
  position.column += column - 1;
  return position;
}

/// The text with local names replaced by their values.
std::string replaceLocals(const std::string& text, const ParameterMap& locals) {
  return mapNamesAndNumbers(text, [&](std::string_view word, bool dotted) {
    const auto local = dotted ? locals.end() : locals.find(word);
    if (local == locals.end()) return std::string(word);
    const std::string number = std::to_string(local->second);
    return local->second < 0 && text.size() != word.size() ? '(' + number + ')' : number;
  });
}

void replaceLocals(YamlNode& node, const ParameterMap& locals) {
  if (node.isScalar()) node.scalar = replaceLocals(node.scalar, locals);
  for (YamlNode& item : node.items) replaceLocals(item, locals);
  for (YamlNode::Entry& entry : node.entries) replaceLocals(entry.value, locals);
}

/// Register lists have expressions in their brackets only: `w[8]`.
void replaceInBrackets(YamlNode& node, const ParameterMap& locals) {
  for (YamlNode& item : node.items) {
    const std::size_t open = item.scalar.find('[');
    if (open == std::string::npos) continue;
    item.scalar = item.scalar.substr(0, open) + replaceLocals(item.scalar.substr(open), locals);
  }
}

}  // namespace

std::optional<std::int64_t> wholeValue(const Expression& expression, SourcePosition position,
                                       const ParameterMap& values, std::string_view what,
                                       std::optional<std::int64_t> minimum, Problems& problems) {
  const Expression::Value value = expression.evaluate([&](std::string_view name) -> std::optional<Rational> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(Rational(found->second));
  });
  if (const auto* error = std::get_if<ExpressionError>(&value)) {
    problems.error(columnIn(position, error->column), "A0607", std::string(what) + ": " + error->message);
    return std::nullopt;
  }
  const Rational& number = std::get<Rational>(value);
  if (!number.isWhole() || (minimum && number.numerator < *minimum)) {
    problems.error(position, "A0607",
                   std::string(what) + " must be a whole number" +
                       (minimum ? " of at least " + std::to_string(*minimum) : std::string()) +
                       (number.isWhole() ? ", is " + std::to_string(number.numerator) : std::string()));
    return std::nullopt;
  }
  return number.numerator;
}

std::optional<std::int64_t> wholeValue(const ScalarText& text, const ParameterMap& values,
                                       std::string_view what, std::optional<std::int64_t> minimum,
                                       Problems& problems) {
  auto parsed = Expression::parse(text.text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    problems.error(columnIn(text.position, error->column), "A0607",
                   std::string(what) + ": " + error->message);
    return std::nullopt;
  }
  return wholeValue(std::get<Expression>(parsed), text.position, values, what, minimum, problems);
}

void argumentValues(const TemplateDeclaration& declaration, const std::vector<Attribute>& arguments,
                    const ParameterMap& outer, ParameterMap& values, Problems& problems) {
  for (const Attribute& argument : arguments) {
    const bool known = std::any_of(declaration.parameters.begin(), declaration.parameters.end(),
                                   [&](const Parameter& p) { return p.name == argument.name; });
    if (known) continue;
    std::vector<std::string> names;
    for (const Parameter& p : declaration.parameters) names.push_back(p.name);
    problems.error(argument.position, "A0608",
                   "template " + inQuotes(declaration.name) + " has no parameter " + inQuotes(argument.name) +
                       problems.suggestion(argument.name, names));
  }
  std::vector<SourcePosition> positions;  // of the values
  positions.reserve(declaration.parameters.size());
  for (const Parameter& parameter : declaration.parameters) {
    const auto given = std::find_if(arguments.begin(), arguments.end(),
                                    [&](const Attribute& a) { return a.name == parameter.name; });
    const std::string what = "parameter " + inQuotes(parameter.name);
    std::int64_t value = parameter.defaultValue;
    SourcePosition position = parameter.valuePosition;
    if (given != arguments.end()) {
      position = textPosition(given->value);
      if (given->value.isScalar()) {
        value = wholeValue({given->value.scalar, position}, outer, what, {}, problems).value_or(value);
      } else {
        problems.error(position, "A0607", what + " must be a whole number, found " + describe(given->value));
      }
    } else if (!parameter.expression.empty()) {
      value = wholeValue({parameter.expression, position}, values, what, {}, problems).value_or(value);
    }
    positions.push_back(position);
    values.insert_or_assign(parameter.name, value);
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Parameter& parameter = declaration.parameters[i];
    const auto bounds = boundsOf(parameter, values);
    if (const auto* wrong = std::get_if<Infeasibility>(&bounds)) {
      problems.error(wrong->position, "A0109", wrong->reason);
    } else if (const auto outside = outsideBounds(parameter, values)) {
      problems.error(positions[i], "A0108", outside->reason);
    }
  }
}

ObjectDeclaration withLocals(const ObjectDeclaration& object, const ParameterMap& values,
                             const ParameterMap& globals) {
  ObjectDeclaration result = object;
  ParameterMap locals;
  for (const auto& [name, value] : values) {
    const auto global = globals.find(name);
    if (global == globals.end() || global->second != value) locals.emplace(name, value);
  }
  const ClassSpecification* specification = specificationOf(object.objectClass);
  if (locals.empty() || specification == nullptr) return result;
  for (Attribute& attribute : result.attributes) {
    const AttributeSpecification* a = specification->find(attribute.name);
    if (a == nullptr) continue;
    switch (a->type) {
      case AttributeType::Duration:
      case AttributeType::Count:
      case AttributeType::AddressRanges:
      case AttributeType::LatencyMap:
      case AttributeType::Quantity:
      case AttributeType::Energy:
      case AttributeType::Figures:
        replaceLocals(attribute.value, locals);
        break;
      case AttributeType::Names:
        replaceInBrackets(attribute.value, locals);
        break;
      case AttributeType::Boolean:
      case AttributeType::Choice:
      case AttributeType::Source:
        break;
    }
  }
  return result;
}

void qualifyNames(ObjectDeclaration& object, std::string_view prefix) {
  for (Attribute& attribute : object.attributes) {
    if (attribute.name != "result_latency") continue;
    for (YamlNode::Entry& entry : attribute.value.entries) entry.key = std::string(prefix) + '.' + entry.key;
  }
}

}  // namespace taktwerk
