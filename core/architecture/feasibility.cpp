// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/feasibility.h"

#include <algorithm>

#include "core/base/expression.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

__extension__ using Wide = __int128;  // differences of 64-bit numbers

enum class Rounding : std::uint8_t { Up, Down, None };

class Evaluation {
 public:
  Evaluation(const ParameterMap& values, ExpressionCache* expressions)
      : values_(values), expressions_(expressions != nullptr ? *expressions : own_) {}

  [[nodiscard]] Expression::Value value(std::string_view text) {
    const ExpressionCache::Parsed& parsed = expressions_.parse(text);
    if (const auto* error = std::get_if<ExpressionError>(&parsed)) return *error;
    return std::get<Expression>(parsed).evaluate([&](std::string_view name) -> std::optional<Rational> {
      const auto found = values_.find(name);
      return found == values_.end() ? std::nullopt : std::optional(Rational(found->second));
    });
  }

  /// The value of a bound, or what is wrong with it.
  [[nodiscard]] std::variant<std::int64_t, Infeasibility> value(const ParameterBound& bound,
                                                                const std::string& what, Rounding rounding) {
    if (bound.expression.empty()) return bound.value;
    const Expression::Value computed = value(bound.expression);
    if (const auto* error = std::get_if<ExpressionError>(&computed)) {
      SourcePosition position = bound.position;
      position.column += error->column - 1;
      return Infeasibility{what + ": " + error->message, position};
    }
    std::optional<Rational> number = std::get<Rational>(computed);
    if (rounding != Rounding::None && !number->isWhole()) {
      number = rounding == Rounding::Up ? ceilOf(*number) : floorOf(*number);
    }
    if (!number || !number->isWhole()) {
      return Infeasibility{what + " must be a whole number", bound.position};
    }
    return number->numerator;
  }

  [[nodiscard]] const ParameterMap& values() const { return values_; }
  [[nodiscard]] const std::vector<std::string>& variables(const std::string& text) {
    return std::get<Expression>(expressions_.parse(text)).variables();
  }
  [[nodiscard]] const Expression::Node& root(const std::string& text) {
    return std::get<Expression>(expressions_.parse(text)).nodes().back();
  }

 private:
  ExpressionCache own_;
  const ParameterMap& values_;
  ExpressionCache& expressions_;
};

std::variant<ParameterBounds, Infeasibility> boundsOf(const Parameter& parameter, Evaluation& evaluation) {
  ParameterBounds bounds;
  std::optional<Infeasibility> problem;
  const auto take = [&](const ParameterBound& bound, const char* what, Rounding rounding) {
    auto value =
        evaluation.value(bound, std::string(what) + " of parameter " + inQuotes(parameter.name), rounding);
    if (auto* wrong = std::get_if<Infeasibility>(&value); wrong != nullptr && !problem) {
      problem = std::move(*wrong);
    }
    return std::holds_alternative<std::int64_t>(value) ? std::get<std::int64_t>(value) : 0;
  };
  if (parameter.minimum) bounds.minimum = take(*parameter.minimum, "minimum", Rounding::Up);
  if (parameter.maximum) bounds.maximum = take(*parameter.maximum, "maximum", Rounding::Down);
  if (parameter.step) {
    bounds.step = take(*parameter.step, "step", Rounding::None);
    if (!problem && *bounds.step < 1) {
      problem = Infeasibility{"step of parameter " + inQuotes(parameter.name) + " must be at least 1, is " +
                                  std::to_string(*bounds.step),
                              parameter.step->position};
    }
  }
  bounds.values.reserve(parameter.values.size());
  for (const ParameterBound& each : parameter.values) {
    bounds.values.push_back(take(each, "a value", Rounding::None));
  }
  if (problem) return *std::move(problem);
  return bounds;
}

/// "8 (fetch_width)"
std::string figure(std::int64_t value, const ParameterBound& bound) {
  return std::to_string(value) + (bound.expression.empty() ? "" : " (" + bound.expression + ')');
}

std::string listed(const std::vector<std::int64_t>& values) {
  constexpr std::size_t most = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(values.size(), most); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(values[i]);
  }
  return values.size() > most ? text + " …" : text;
}

/// "at least 1 and at most 16 (2 * rows)", "one of 1, 2, 4"
std::string range(const Parameter& parameter, const ParameterBounds& bounds) {
  std::string text;
  if (!bounds.values.empty()) text = "one of " + listed(bounds.values);
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " and ") + part; };
  if (bounds.minimum) add("at least " + figure(*bounds.minimum, *parameter.minimum));
  if (bounds.maximum) add("at most " + figure(*bounds.maximum, *parameter.maximum));
  if (bounds.step)
    text += (text.empty() ? "in steps of " : ", in steps of ") + figure(*bounds.step, *parameter.step);
  return text;
}

SourcePosition placeOf(const Parameter& parameter, const ParameterBounds& bounds, std::int64_t value) {
  if (bounds.minimum && value < *bounds.minimum) return parameter.minimum->position;
  if (bounds.maximum && value > *bounds.maximum) return parameter.maximum->position;
  if (!parameter.values.empty()) return parameter.values.front().position;
  return parameter.step->position;
}

std::optional<Infeasibility> outsideBounds(const Parameter& parameter, Evaluation& evaluation) {
  const auto present = evaluation.values().find(parameter.name);
  if (present == evaluation.values().end()) return std::nullopt;
  const auto bounds = boundsOf(parameter, evaluation);
  if (const auto* problem = std::get_if<Infeasibility>(&bounds)) return *problem;
  const auto& known = std::get<ParameterBounds>(bounds);
  if (known.contains(present->second)) return std::nullopt;
  return Infeasibility{"parameter " + inQuotes(parameter.name) + " must be " + range(parameter, known) +
                           ", is " + std::to_string(present->second),
                       placeOf(parameter, known, present->second)};
}

bool isComparison(Expression::Operator op) {
  return op >= Expression::Operator::Equal && op <= Expression::Operator::GreaterEqual;
}

/// Both sides of a condition that compares, as figures: ", 262144 against 131072".
std::string sidesOf(const std::string& condition, Evaluation& evaluation) {
  const Expression::Node& root = evaluation.root(condition);
  if (!isComparison(root.op)) return {};
  const std::size_t sign = root.column - 1;
  const std::size_t behind = condition.find_first_not_of("=!<>", sign);
  if (behind == std::string::npos) return {};
  const auto left = evaluation.value(condition.substr(0, sign));
  const auto right = evaluation.value(condition.substr(behind));
  const auto* a = std::get_if<Rational>(&left);
  const auto* b = std::get_if<Rational>(&right);
  if (a == nullptr || b == nullptr) return {};  // the whole stands in brackets
  const auto text = [](const Rational& number) {
    return std::to_string(number.numerator) +
           (number.isWhole() ? std::string() : '/' + std::to_string(number.denominator));
  };
  return ", " + text(*a) + " against " + text(*b);
}

std::optional<Infeasibility> brokenConstraint(const ParameterConstraint& constraint, Evaluation& evaluation) {
  const std::string& condition = constraint.condition.text;
  const auto value = evaluation.value(condition);
  if (const auto* error = std::get_if<ExpressionError>(&value)) {
    SourcePosition position = constraint.condition.position;
    position.column += error->column - 1;
    return Infeasibility{"constraint " + condition + ": " + error->message, position};
  }
  if (std::get<Rational>(value).numerator != 0) return std::nullopt;
  std::string text = condition + " does not hold" + sidesOf(condition, evaluation);
  std::string names;
  for (const std::string& name : evaluation.variables(condition)) {
    const auto found = evaluation.values().find(name);
    if (found != evaluation.values().end()) {
      names += (names.empty() ? "" : ", ") + name + ' ' + std::to_string(found->second);
    }
  }
  if (!names.empty()) text += " (" + names + ')';
  if (!constraint.reason.empty()) text += ": " + constraint.reason;
  return Infeasibility{std::move(text), constraint.condition.position};
}

}  // namespace

bool ParameterBounds::contains(std::int64_t value) const {
  if ((minimum && value < *minimum) || (maximum && value > *maximum)) return false;
  if (!values.empty() && std::find(values.begin(), values.end(), value) == values.end()) return false;
  if (!step) return true;
  return (static_cast<Wide>(value) - minimum.value_or(0)) % *step == 0;
}

std::variant<ParameterBounds, Infeasibility> boundsOf(const Parameter& parameter, const ParameterMap& values,
                                                      ExpressionCache* expressions) {
  Evaluation evaluation(values, expressions);
  return boundsOf(parameter, evaluation);
}

std::optional<Infeasibility> outsideBounds(const Parameter& parameter, const ParameterMap& values,
                                           ExpressionCache* expressions) {
  Evaluation evaluation(values, expressions);
  return outsideBounds(parameter, evaluation);
}

std::optional<Infeasibility> brokenConstraint(const ParameterConstraint& constraint,
                                              const ParameterMap& values, ExpressionCache* expressions) {
  Evaluation evaluation(values, expressions);
  return brokenConstraint(constraint, evaluation);
}

std::optional<Infeasibility> infeasibility(const Architecture& architecture, const ParameterMap& values,
                                           ExpressionCache* expressions) {
  Evaluation evaluation(values, expressions);
  for (const Parameter& parameter : architecture.parameters) {
    if (auto problem = outsideBounds(parameter, evaluation)) return problem;
  }
  for (const ParameterConstraint& constraint : architecture.constraints) {
    if (auto problem = brokenConstraint(constraint, evaluation)) return problem;
  }
  return std::nullopt;
}

void forEachBound(const Parameter& parameter,
                  const std::function<void(std::string_view what, const ParameterBound& bound)>& visit) {
  if (parameter.minimum) visit("minimum", *parameter.minimum);
  if (parameter.maximum) visit("maximum", *parameter.maximum);
  if (parameter.step) visit("step", *parameter.step);
  for (const ParameterBound& each : parameter.values) visit("values", each);
}

std::string boundText(const ParameterBound& bound) {
  return bound.expression.empty() ? std::to_string(bound.value) : bound.expression;
}

std::string inWords(const ParameterBounds& bounds) {
  if (!bounds.values.empty()) return listed(bounds.values);
  std::string text;
  if (bounds.minimum) text = std::to_string(*bounds.minimum) + " …";
  if (bounds.maximum) text += (text.empty() ? "… " : " ") + std::to_string(*bounds.maximum);
  if (bounds.step) text += (text.empty() ? "in steps of " : " in steps of ") + std::to_string(*bounds.step);
  return text;
}

}  // namespace taktwerk
