// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/operators.h"

#include <algorithm>

namespace taktwerk {

const DimensionSpecification* OperatorSpecification::findDimension(std::string_view dimension) const {
  const auto found = std::find_if(dimensions.begin(), dimensions.end(),
                                  [&](const DimensionSpecification& d) { return d.name == dimension; });
  return found == dimensions.end() ? nullptr : &*found;
}

const OperandSpecification* OperatorSpecification::findOperand(std::string_view operand) const {
  if (operand == output.name) return &output;
  const auto found = std::find_if(inputs.begin(), inputs.end(),
                                  [&](const OperandSpecification& o) { return o.name == operand; });
  return found == inputs.end() ? nullptr : &*found;
}

const OperatorSpecification* findOperator(std::string_view name) {
  if (name == "silu") name = "swish";
  const auto table = operatorSpecifications();
  const auto found =
      std::lower_bound(table.begin(), table.end(), name,
                       [](const OperatorSpecification& o, std::string_view n) { return o.name < n; });
  return found != table.end() && found->name == name ? &*found : nullptr;
}

std::vector<std::string> operatorNames() {
  std::vector<std::string> names;
  for (const OperatorSpecification& specification : operatorSpecifications())
    names.push_back(specification.name);
  return names;
}

std::vector<std::int64_t> collapsedShape(const OperatorSpecification& specification,
                                         const OperandSpecification& operand,
                                         const std::map<std::string, std::int64_t, std::less<>>& dimensions) {
  (void)specification;
  std::vector<std::int64_t> shape;
  const Expression::Lookup lookup = [&](std::string_view name) -> std::optional<Rational> {
    const auto found = dimensions.find(name);
    if (found == dimensions.end()) return std::nullopt;
    return Rational(found->second);
  };
  for (const AxisSpecification& axis : operand.axes) {
    const auto extent = axis.extent.evaluateWhole(lookup);
    if (std::holds_alternative<ExpressionError>(extent)) return {};
    shape.push_back(std::get<std::int64_t>(extent));
  }
  return shape;
}

}  // namespace taktwerk
