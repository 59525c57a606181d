// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/quantity.h"

#include <variant>
#include <vector>

#include "core/architecture/attribute_values.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {

std::optional<Rational> quantityOf(const ScalarText& text, std::string_view what, std::string_view code,
                                   const QuantityContext& context) {
  if (const auto number = wholeNumber(text.text)) return Rational(*number);
  const auto fail = [&](std::uint32_t column, const std::string& message) {
    SourcePosition position = text.position;
    if (position.line > 0) position.column += column - 1;
    context.problems.error(position, code, std::string(what) + ": " + message);
    return std::nullopt;
  };
  ExpressionCache once;
  ExpressionCache& expressions = context.expressions != nullptr ? *context.expressions : once;
  const ExpressionCache::Parsed& parsed = expressions.parse(text.text);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) return fail(error->column, error->message);
  const Expression& expression = std::get<Expression>(parsed);
  for (const std::string& name : expression.variables()) {
    if (context.parameters.contains(name)) continue;
    std::vector<std::string> candidates;
    for (const auto& [parameter, ignored] : context.parameters) candidates.push_back(parameter);
    std::string hint = context.problems.suggestion(name, candidates);
    if (hint.empty()) hint = "; only parameters may be used here";
    return fail(columnOf(expression, name), "unknown name " + inQuotes(name) + hint);
  }
  const Expression::Value value = expression.evaluate([&](std::string_view name) -> std::optional<Rational> {
    return Rational(context.parameters.find(name)->second);
  });
  if (const auto* error = std::get_if<ExpressionError>(&value)) return fail(error->column, error->message);
  return std::get<Rational>(value);
}

std::optional<Rational> clockOf(const Architecture& architecture, const QuantityContext& context) {
  if (architecture.clock.text.empty()) return std::nullopt;
  constexpr std::string_view code = "A1001";
  const auto clock = quantityOf(architecture.clock, "clock", code, context);
  if (!clock || clock->numerator > 0) return clock;
  context.problems.error(architecture.clock.position, code, "clock must be above 0 MHz");
  return std::nullopt;
}

}  // namespace taktwerk
