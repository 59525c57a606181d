// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/parameters.h"
#include "core/base/expression.h"
#include "core/base/expression_cache.h"
#include "core/base/problems.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {

/// What the values of attributes are computed with, and where their problems go.
struct ValueContext {
  const ParameterMap& parameters;
  Problems& problems;
  ExpressionCache* expressions = nullptr;  ///< where it is worth remembering them
};

/// A number with parameters bound: a constant, or an expression that also needs an instruction's immediates
/// or an access's `words` and `beats`.
struct NumberValue {
  std::int64_t constant = 0;
  std::optional<Expression> expression;  ///< none: `constant`
};

/// A cost with parameters bound, in fractions: a constant, or an expression that also needs what NumberValue
/// may need.
struct QuantityValue {
  Rational constant;
  std::optional<Expression> expression;  ///< none: `constant`
};

/// Each of these computes the value of an attribute of the given specification. Nothing is returned, and
/// the problem reported at its place, where the value is not what the specification wants.
[[nodiscard]] std::optional<NumberValue> numberValue(const AttributeSpecification& specification,
                                                     const YamlNode& value, const ObjectDeclaration& object,
                                                     ValueContext context);
[[nodiscard]] std::optional<bool> booleanValue(const AttributeSpecification& specification,
                                               const YamlNode& value, const ObjectDeclaration& object,
                                               ValueContext context);
/// Index into the specification's choices.
[[nodiscard]] std::optional<std::size_t> choiceValue(const AttributeSpecification& specification,
                                                     const YamlNode& value, const ObjectDeclaration& object,
                                                     ValueContext context);
/// Operations, or registers with `w[8]` spelt out as w[0] … w[7]; the number may be an expression over
/// parameters.
[[nodiscard]] std::optional<std::vector<std::string>> namesValue(const AttributeSpecification& specification,
                                                                 const YamlNode& value,
                                                                 const ObjectDeclaration& object,
                                                                 ValueContext context);
/// [first, end) pairs in the order of addresses.
[[nodiscard]] std::optional<std::vector<std::pair<std::int64_t, std::int64_t>>> rangesValue(
    const AttributeSpecification& specification, const YamlNode& value, const ObjectDeclaration& object,
    ValueContext context);
/// Keys as written, with their values.
[[nodiscard]] std::optional<std::vector<std::pair<std::string_view, NumberValue>>> latencyMapValue(
    const AttributeSpecification& specification, const YamlNode& value, const ObjectDeclaration& object,
    ValueContext context);

[[nodiscard]] std::optional<QuantityValue> quantityValue(const AttributeSpecification& specification,
                                                         const YamlNode& value,
                                                         const ObjectDeclaration& object,
                                                         ValueContext context);
/// Energies by what they are of, an operation or "read" and "write"; one with an empty name is of everything.
/// Of an access each is `a + b * words` (A1006).
[[nodiscard]] std::optional<std::vector<std::pair<std::string_view, QuantityValue>>> energyValue(
    const AttributeSpecification& specification, const YamlNode& value, const ObjectDeclaration& object,
    ValueContext context);

/// What an object adds to a figure of this name, which messages name.
[[nodiscard]] std::optional<QuantityValue> figureValue(AttributeSpecification specification,
                                                       std::string_view figure, const YamlNode& value,
                                                       const ObjectDeclaration& object, ValueContext context);

/// Whether what an object adds to figures is understood: a map from figures that the architecture declares.
/// Problems: A1009, those of the values.
bool checkOwnFigures(const AttributeSpecification& specification, const YamlNode& value,
                     const Architecture& architecture, const ObjectDeclaration& object, ValueContext context);

/// An energy `each + perWord * words`.
struct LinearInWords {
  Rational each, perWord;
};
/// What an expression is of `words`, parameters bound, both parts at least 0; none where it is nothing of the
/// kind.
[[nodiscard]] std::optional<LinearInWords> linearInWords(const Expression& expression,
                                                         const ParameterMap& parameters);

/// The most registers one register file may have, and all of an architecture together.
inline constexpr std::size_t mostRegisters = std::size_t{1} << 18U;
inline constexpr std::size_t mostRegistersInAll = std::size_t{1} << 20U;

/// Where in an expression a name first appears.
[[nodiscard]] std::uint32_t columnOf(const Expression& expression, std::string_view name);

}  // namespace taktwerk
