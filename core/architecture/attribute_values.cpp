// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/attribute_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_set>

#include "core/architecture/names.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

using Range = std::pair<std::int64_t, std::int64_t>;

/// One attribute of one object on its way to a value.
struct Site {
  const AttributeSpecification& specification;
  const ObjectDeclaration& object;
  ValueContext context;

  [[nodiscard]] std::string label() const { return std::string(specification.name); }
  void error(SourcePosition position, const char* code, std::string message) const {
    context.problems.error(position, code, std::move(message), object.name);
  }
};

std::optional<Expression> parseScalar(const Site& site, const YamlNode& value) {
  if (!value.isScalar()) {
    refuse(value, site.context.problems, "A0303", site.label() + " must be a whole number or an expression",
           site.object.name);
    return std::nullopt;
  }
  ExpressionCache once;
  ExpressionCache& expressions = site.context.expressions != nullptr ? *site.context.expressions : once;
  const ExpressionCache::Parsed& parsed = expressions.parse(value.scalar);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    site.error(positionWithin(value, error->column), "A0304", site.label() + ": " + error->message);
    return std::nullopt;
  }
  return std::get<Expression>(parsed);
}

/// Whether every name of the expression has a value already; nothing when one can never have.
std::optional<bool> isBound(const Site& site, const YamlNode& value, const Expression& expression) {
  bool bound = true;
  for (const std::string& name : expression.variables()) {
    if (site.context.parameters.contains(name)) continue;
    bound = false;
    const ExpressionScope scope = site.specification.scope;
    const bool ofAccess = name == "words" || name == "beats";
    const bool legal = scope == ExpressionScope::Immediates ? isIdentifier(name)
                                                            : scope == ExpressionScope::Access && ofAccess;
    if (legal) continue;
    std::vector<std::string> candidates;
    for (const auto& [parameter, ignored] : site.context.parameters) candidates.push_back(parameter);
    std::string hint = site.context.problems.suggestion(name, candidates);
    if (hint.empty()) {
      hint = scope == ExpressionScope::Access
                 ? "; parameters, words and beats may be used here"
                 : (scope == ExpressionScope::Immediates ? "; parameters and immediates may be used here"
                                                         : "; only parameters may be used here");
    }
    site.error(positionWithin(value, columnOf(expression, name)), "A0305",
               site.label() + ": unknown name " + inQuotes(name) + hint);
    return std::nullopt;
  }
  return bound;
}

std::string foundAs(const YamlNode& value, std::int64_t number) {
  const std::string digits = std::to_string(number);
  return value.scalar == digits ? ", found " + digits : ", but " + inQuotes(value.scalar) + " is " + digits;
}

bool withinLimits(const Site& site, const YamlNode& value, std::int64_t number) {
  const AttributeSpecification& s = site.specification;
  if (number < s.minimum) {
    site.error(value.position, "A0306",
               site.label() + " must be at least " + std::to_string(s.minimum) + foundAs(value, number));
    return false;
  }
  if (number > s.maximum) {
    site.error(value.position, "A0307",
               site.label() + " must be at most " + std::to_string(s.maximum) + foundAs(value, number));
    return false;
  }
  if (s.name == "sets" && !std::has_single_bit(static_cast<std::uint64_t>(number))) {
    site.error(value.position, "A0308", site.label() + " must be a power of two" + foundAs(value, number));
    return false;
  }
  return true;
}

/// A value that need not be whole.
std::optional<QuantityValue> fraction(const Site& site, const YamlNode& value) {
  if (value.isScalar()) {
    if (const auto number = wholeNumber(value.scalar)) return QuantityValue{Rational(*number), std::nullopt};
  }
  std::optional<Expression> expression = parseScalar(site, value);
  if (!expression) return std::nullopt;
  const std::optional<bool> bound = isBound(site, value, *expression);
  if (!bound) return std::nullopt;
  if (!*bound) return QuantityValue{{}, std::move(expression)};
  const Expression::Value result =
      expression->evaluate([&](std::string_view name) -> std::optional<Rational> {
        const auto found = site.context.parameters.find(name);
        if (found == site.context.parameters.end()) return std::nullopt;
        return Rational(found->second);
      });
  if (const auto* error = std::get_if<ExpressionError>(&result)) {
    site.error(positionWithin(value, error->column), "A0304",
               site.label() + ": " + error->message + " in " + inQuotes(value.scalar));
    return std::nullopt;
  }
  return QuantityValue{std::get<Rational>(result), std::nullopt};
}

std::optional<NumberValue> number(const Site& site, const YamlNode& value) {
  std::optional<QuantityValue> found = fraction(site, value);
  if (!found) return std::nullopt;
  if (found->expression) return NumberValue{0, std::move(found->expression)};
  const Rational exact = found->constant;
  if (!exact.isWhole()) {
    site.error(value.position, "A0304",
               site.label() + " must be a whole number, but " + inQuotes(value.scalar) + " is " +
                   std::to_string(exact.numerator) + '/' + std::to_string(exact.denominator));
    return std::nullopt;
  }
  if (!withinLimits(site, value, exact.numerator)) return std::nullopt;
  return NumberValue{exact.numerator, std::nullopt};
}

/// One entry of a list of registers: `t[2][3]` stands for t[0][0] … t[1][2], which nobody spells out before
/// the whole list is known to be good, for a short text can stand for very many.
struct RegisterGroup {
  std::string base;
  std::vector<std::int64_t> sizes;

  [[nodiscard]] std::string first() const {
    std::string name = base;
    for (std::size_t i = 0; i < sizes.size(); ++i) name += "[0]";
    return name;
  }
  void spellOut(std::vector<std::string>& names) const {
    std::vector<std::string> expanded{base};
    for (const std::int64_t size : sizes) {
      std::vector<std::string> longer;
      longer.reserve(expanded.size() * static_cast<std::size_t>(size));
      for (const std::string& name : expanded) {
        for (std::int64_t i = 0; i < size; ++i) longer.push_back(name + '[' + std::to_string(i) + ']');
      }
      expanded = std::move(longer);
    }
    names.insert(names.end(), std::make_move_iterator(expanded.begin()),
                 std::make_move_iterator(expanded.end()));
  }
};

/// Reads `w[8]`; sizes may be expressions over parameters. `registers` counts those of the list so far.
std::optional<RegisterGroup> readGroup(const Site& site, const YamlNode& item, std::size_t& registers) {
  const std::string& text = item.scalar;
  const std::size_t bracket = std::min(text.find('['), text.size());
  if (!isIdentifier(std::string_view(text).substr(0, bracket))) {
    site.error(item.position, "A0310",
               inQuotes(text) +
                   " is not a register name; write letters, digits and _, or \"w[8]\" for eight of them");
    return std::nullopt;
  }
  RegisterGroup group{text.substr(0, bracket), {}};
  std::size_t inGroup = 1;
  for (std::size_t at = bracket; at < text.size();) {
    const std::size_t end = text.find(']', at);
    if (text[at] != '[' || end == std::string::npos) {
      site.error(item.position, "A0310",
                 inQuotes(text) + " is not a register name; sizes stand in brackets as in \"w[8]\"");
      return std::nullopt;
    }
    YamlNode sizeNode;
    sizeNode.kind = YamlNode::Kind::Scalar;
    sizeNode.position = positionWithin(item, static_cast<std::uint32_t>(at + 2));
    sizeNode.scalar = text.substr(at + 1, end - at - 1);
    constexpr AttributeSpecification size{"the number of registers",
                                          AttributeType::Count,
                                          ExpressionScope::Parameters,
                                          true,
                                          "",
                                          1,
                                          static_cast<std::int64_t>(mostRegisters),
                                          {},
                                          "",
                                          ""};
    const std::optional<NumberValue> count = number({size, site.object, site.context}, sizeNode);
    if (!count) return std::nullopt;
    inGroup *= static_cast<std::size_t>(count->constant);
    group.sizes.push_back(count->constant);
    if (registers + inGroup > mostRegisters) {
      site.error(item.position, "A0311",
                 "a register file has at most " + std::to_string(mostRegisters) + " registers");
      return std::nullopt;
    }
    at = end + 1;
  }
  registers += inGroup;
  return group;
}

/// Registers or operations, or nothing and their problems.
std::optional<std::vector<std::string>> readNames(const Site& site, const YamlNode& value) {
  const bool wantsRegisters = site.specification.name == "registers";
  std::vector<RegisterGroup> groups;
  std::size_t registers = 0;
  bool good = true;
  for (const YamlNode& item : value.items) {
    if (!item.isScalar()) {
      site.error(item.position, "A0310",
                 site.label() + " must be a list of names, found " + describe(item) +
                     (wantsRegisters && item.isSequence() ? "; write \"w[8]\" in quotes" : ""));
      good = false;
    } else if (wantsRegisters) {
      std::optional<RegisterGroup> group = readGroup(site, item, registers);
      good = group && good;
      if (group) groups.push_back(std::move(*group));
    } else if (!isIdentifier(item.scalar)) {
      site.error(item.position, "A0310",
                 inQuotes(item.scalar) + " is not the name of an operation; write letters, digits and _");
      good = false;
    } else {
      groups.push_back({item.scalar, {}});
    }
  }
  // Groups of one base and as many indices share at least their first register, others none.
  std::unordered_set<std::string> seen;
  for (const RegisterGroup& group : groups) {
    if (seen.insert(group.first()).second) continue;
    site.error(value.position, "A0312", site.label() + " lists " + inQuotes(group.first()) + " twice");
    good = false;
  }
  if (!good) return std::nullopt;
  std::vector<std::string> names;
  for (const RegisterGroup& group : groups) group.spellOut(names);
  return names;
}

}  // namespace

std::uint32_t columnOf(const Expression& expression, std::string_view name) {
  for (const Expression::Node& node : expression.nodes()) {
    if (node.op == Expression::Operator::Variable && expression.variables()[node.variable] == name)
      return node.column;
  }
  return 1;
}

std::optional<NumberValue> numberValue(const AttributeSpecification& specification, const YamlNode& value,
                                       const ObjectDeclaration& object, ValueContext context) {
  return number({specification, object, context}, value);
}

std::optional<QuantityValue> quantityValue(const AttributeSpecification& specification, const YamlNode& value,
                                           const ObjectDeclaration& object, ValueContext context) {
  const Site site{specification, object, context};
  std::optional<QuantityValue> found = fraction(site, value);
  if (!found || found->expression) return found;
  const bool small = compare(found->constant, Rational(specification.minimum)) < 0;
  if (!small && compare(found->constant, Rational(specification.maximum)) <= 0) return found;
  site.error(value.position, small ? "A0306" : "A0307",
             site.label() + " must be at " + (small ? "least " : "most ") +
                 std::to_string(small ? specification.minimum : specification.maximum) + ", found " +
                 inQuotes(value.scalar));
  return std::nullopt;
}

std::optional<bool> booleanValue(const AttributeSpecification& specification, const YamlNode& value,
                                 const ObjectDeclaration& object, ValueContext context) {
  if (value.isScalar() && !value.quoted && value.scalar == "true") return true;
  if (value.isScalar() && !value.quoted && value.scalar == "false") return false;
  refuse(value, context.problems, "A0309", std::string(specification.name) + " must be true or false",
         object.name);
  return std::nullopt;
}

std::optional<std::size_t> choiceValue(const AttributeSpecification& specification, const YamlNode& value,
                                       const ObjectDeclaration& object, ValueContext context) {
  std::vector<std::string> choices(specification.choices.begin(), specification.choices.end());
  if (value.isScalar()) {
    const auto found = std::find(choices.begin(), choices.end(), value.scalar);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  }
  std::string listed;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    listed += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  }
  context.problems.error(value.position, "A0309",
                         std::string(specification.name) + " must be " + listed + ", found " +
                             describe(value) +
                             (value.isScalar() ? context.problems.suggestion(value.scalar, choices) : ""),
                         object.name);
  return std::nullopt;
}

std::optional<std::vector<std::string>> namesValue(const AttributeSpecification& specification,
                                                   const YamlNode& value, const ObjectDeclaration& object,
                                                   ValueContext context) {
  const Site site{specification, object, context};
  if (!value.isSequence() || value.items.empty()) {
    site.error(value.position, "A0310",
               site.label() + " must be a list of at least one name, found " +
                   (value.isSequence() ? "an empty list" : describe(value)));
    return std::nullopt;
  }
  return readNames(site, value);
}

std::optional<std::vector<Range>> rangesValue(const AttributeSpecification& specification,
                                              const YamlNode& value, const ObjectDeclaration& object,
                                              ValueContext context) {
  const Site site{specification, object, context};
  if (!value.isSequence() || value.items.empty()) {
    site.error(value.position, "A0313",
               site.label() + " must be a list of [first, end) pairs as in [[0, 1024]], found " +
                   (value.isSequence() ? "an empty list" : describe(value)));
    return std::nullopt;
  }
  std::vector<Range> ranges;
  bool good = true;
  for (const YamlNode& item : value.items) {
    if (!item.isSequence() || item.items.size() != 2) {
      site.error(item.position, "A0313",
                 "an address range is a pair [first, end), found " +
                     (item.isSequence() ? "a list of " + std::to_string(item.items.size()) : describe(item)));
      good = false;
      continue;
    }
    const std::optional<NumberValue> first = number(site, item.items[0]);
    const std::optional<NumberValue> end = number(site, item.items[1]);
    if (!first || !end) {
      good = false;
    } else if (first->constant >= end->constant) {
      site.error(item.position, "A0314",
                 "an address range [first, end) must end after its first address, found [" +
                     std::to_string(first->constant) + ", " + std::to_string(end->constant) + ']');
      good = false;
    } else {
      ranges.emplace_back(first->constant, end->constant);
    }
  }
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first >= ranges[i - 1].second) continue;
    site.error(value.position, "A0314",
               "address ranges overlap at address " + std::to_string(ranges[i].first));
    good = false;
  }
  if (!good) return std::nullopt;
  return ranges;
}

std::optional<std::vector<std::pair<std::string_view, NumberValue>>> latencyMapValue(
    const AttributeSpecification& specification, const YamlNode& value, const ObjectDeclaration& object,
    ValueContext context) {
  const Site site{specification, object, context};
  if (!value.isMap()) {
    refuse(value, site.context.problems, "A0315",
           site.label() + " must be a map from register files to cycles as in {regs: 1}", site.object.name);
    return std::nullopt;
  }
  std::vector<std::pair<std::string_view, NumberValue>> result;
  for (const YamlNode::Entry& entry : value.entries) {
    std::optional<NumberValue> latency = number(site, entry.value);
    if (!latency) return std::nullopt;
    result.emplace_back(entry.key, std::move(*latency));
  }
  return result;
}

}  // namespace taktwerk
