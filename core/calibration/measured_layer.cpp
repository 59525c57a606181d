// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/measured_layer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/base/quotes.h"
#include "core/base/yaml_text.h"

namespace taktwerk {
namespace {

constexpr std::int64_t largestExtent = std::int64_t{1} << 40U;

std::optional<std::int64_t> valueOf(const Expression& expression, const LayerDimensions& dimensions) {
  const auto value = expression.evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
    const auto found = dimensions.find(name);
    if (found == dimensions.end()) return std::nullopt;
    return Rational(found->second);
  });
  const auto* whole = std::get_if<std::int64_t>(&value);
  return whole != nullptr ? std::optional(*whole) : std::nullopt;
}

bool isRequired(const DimensionSpecification& dimension) {
  return !dimension.value && !dimension.derived;
}

/// Defaults of what is not given, in the order of the table, as far as they can be computed.
void addDefaults(const OperatorSpecification& specification, LayerDimensions& dimensions) {
  for (const DimensionSpecification& each : specification.dimensions) {
    if (!each.value || each.derived || dimensions.contains(each.name)) continue;
    if (const auto value = valueOf(*each.value, dimensions)) dimensions[each.name] = *value;
  }
}

/// The smallest value of `wanted` for which `formula` gives `result`; the formula never falls.
std::optional<std::int64_t> smallestThatGives(const Expression& formula, std::int64_t result,
                                              const std::string& wanted, LayerDimensions dimensions) {
  const auto reaches = [&](std::int64_t value) {
    dimensions[wanted] = value;
    const auto found = valueOf(formula, dimensions);
    return found && *found >= result;
  };
  std::int64_t low = 1, high = 1;
  while (!reaches(high)) {
    if (high >= largestExtent) return std::nullopt;
    low = high + 1;
    high *= 2;
  }
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (reaches(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  dimensions[wanted] = high;
  return valueOf(formula, dimensions) == result ? std::optional(high) : std::nullopt;
}

/// Extents that are missing, from the ones that follow from them.
void solve(const OperatorSpecification& specification, LayerDimensions& dimensions) {
  for (const DimensionSpecification& each : specification.dimensions) {
    const auto given = dimensions.find(each.name);
    if (!each.derived || !each.value || given == dimensions.end()) continue;
    for (const std::string& name : each.value->variables()) {
      const DimensionSpecification* wanted = specification.findDimension(name);
      if (wanted == nullptr || !isRequired(*wanted) || dimensions.contains(name)) continue;
      if (const auto found = smallestThatGives(*each.value, given->second, name, dimensions)) {
        dimensions[name] = *found;
      }
    }
  }
}

/// The derived dimension that could stand for one, or none.
const DimensionSpecification* followerOf(const OperatorSpecification& specification,
                                         const std::string& name) {
  for (const DimensionSpecification& each : specification.dimensions) {
    if (!each.derived || !each.value) continue;
    const auto& names = each.value->variables();
    if (std::find(names.begin(), names.end(), name) != names.end()) return &each;
  }
  return nullptr;
}

}  // namespace

std::variant<LayerDimensions, std::string> completeDimensions(const OperatorSpecification& specification,
                                                              const LayerDimensions& given) {
  for (const DimensionSpecification& each : specification.dimensions) {
    const auto said = given.find(each.name);
    if (said == given.end() || said->second >= each.minimum) continue;
    return each.name + " is " + std::to_string(said->second) + ", but must be at least " +
           std::to_string(each.minimum);
  }
  LayerDimensions dimensions = given;
  addDefaults(specification, dimensions);
  solve(specification, dimensions);
  for (const DimensionSpecification& each : specification.dimensions) {
    if (each.derived && each.value) {
      const auto value = valueOf(*each.value, dimensions);
      const auto said = dimensions.find(each.name);
      if (value && said != dimensions.end() && said->second != *value) {
        return each.name + " is " + std::to_string(said->second) + ", but " + std::to_string(*value) +
               " follows from the other dimensions of " + specification.name;
      }
      if (value) dimensions[each.name] = *value;
    }
    if (dimensions.contains(each.name)) {
      if (dimensions[each.name] >= each.minimum) continue;
      return each.name + " is " + std::to_string(dimensions[each.name]) + ", but must be at least " +
             std::to_string(each.minimum);
    }
    if (!isRequired(each) && each.value) continue;
    const DimensionSpecification* follower = followerOf(specification, each.name);
    return specification.name + " needs " + each.name + " (" + each.description + ')' +
           (follower != nullptr ? ", or " + follower->name + " (" + follower->description + ')' : "");
  }
  for (const OperatorCondition& condition : specification.conditions) {
    if (valueOf(condition.condition, dimensions) == std::int64_t{0}) return condition.message;
  }
  return dimensions;
}

namespace {

std::string shapeOf(const OperatorSpecification& specification, const OperandSpecification& operand,
                    const LayerDimensions& dimensions) {
  std::string text = "[";
  for (const std::int64_t extent : collapsedShape(specification, operand, dimensions)) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  }
  return text + "]";
}

/// What is the same for all inputs of a network: the operands that a layer is trained to have.
bool isWeight(const OperatorSpecification& specification, const std::string& operand) {
  constexpr std::array trained = {"weight", "bias", "scale", "shift"};
  return std::find(trained.begin(), trained.end(), operand) != trained.end() ||
         (specification.name == "matmul" && operand == "b");
}

}  // namespace

std::string networkOfLayer(const OperatorSpecification& specification, const std::string& name,
                           const LayerDimensions& dimensions, std::int64_t bits, bool bias) {
  std::string tensors, inputs;
  bool taken = false;
  for (const OperandSpecification& operand : specification.inputs) {
    if (operand.optional && (!bias || taken)) continue;
    taken = taken || operand.optional;
    const bool wide = operand.name == "bias";
    tensors += "  " + operand.name + ": {shape: " + shapeOf(specification, operand, dimensions) +
               ", bits: " + std::to_string(wide ? std::max<std::int64_t>(bits, 32) : bits) +
               ", role: " + (isWeight(specification, operand.name) ? "weight" : "input") + "}\n";
    inputs += (inputs.empty() ? "" : ", ") + operand.name;
  }
  std::string sizes;
  for (const auto& [dimension, value] : dimensions) {
    sizes += (sizes.empty() ? "" : ", ") + dimension + ": " + std::to_string(value);
  }
  return "format: taktwerk-network/1\nname: " + yamlText(name) + "\ntensors:\n" + tensors +
         "  output: {shape: " + shapeOf(specification, specification.output, dimensions) +
         ", bits: " + std::to_string(bits) + ", role: output}\nlayers:\n  - {name: " + yamlText(name) +
         ", operator: " + specification.name + ", dimensions: {" + sizes + "}, inputs: [" + inputs +
         "], output: output}\n";
}

}  // namespace taktwerk
