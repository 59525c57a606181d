// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/attribute_text.h"

#include <variant>

#include "core/base/expression.h"

namespace taktwerk {

namespace {
constexpr std::size_t enough = 200;  // bytes of a list; nobody reads more in one line
}

std::optional<std::int64_t> defaultNumber(const std::vector<Parameter>& parameters,
                                          const Attribute& attribute) {
  if (!attribute.value.isScalar() || attribute.value.quoted) return std::nullopt;
  const auto parsed = Expression::parse(attribute.value.scalar);
  const auto* expression = std::get_if<Expression>(&parsed);
  if (!expression) return std::nullopt;
  const auto value = expression->evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
    for (const Parameter& parameter : parameters) {
      if (parameter.name == name) return Rational(parameter.defaultValue);
    }
    return std::nullopt;
  });
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? std::optional(*number) : std::nullopt;
}

std::string shortText(const std::vector<Parameter>& parameters, const Attribute& attribute) {
  if (const auto number = defaultNumber(parameters, attribute)) return std::to_string(*number);
  if (attribute.value.isScalar()) return attribute.value.scalar;
  std::string text;
  for (const YamlNode& item : attribute.value.items) {
    if (!item.isScalar()) continue;
    if (!text.empty()) text += ", ";
    text += item.scalar;
    if (text.size() > enough) break;
  }
  return text;
}

}  // namespace taktwerk
