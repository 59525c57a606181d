// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_writer.h"

#include <optional>

#include "core/base/yaml_text.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Dimensions = std::map<std::string, std::int64_t, std::less<>>;

std::string_view roleName(TensorRole role) {
  switch (role) {
    case TensorRole::Input:
      return "input";
    case TensorRole::Activation:
      return "activation";
    case TensorRole::Weight:
      return "weight";
    case TensorRole::Constant:
      return "constant";
    case TensorRole::Output:
      return "output";
  }
  return {};
}

/// Writes numbers that grow with the parameter as multiples of it.
class Sizes {
 public:
  Sizes(const Network& network, const Network* doubled) {
    if (doubled == nullptr || network.parameters.size() != 1) return;
    name_ = network.parameters.begin()->first;
    value_ = network.parameters.begin()->second;
  }

  [[nodiscard]] std::string text(std::int64_t here, std::int64_t doubled) const {
    if (value_ < 1 || here == doubled || doubled - here != here || here % value_ != 0) {
      return std::to_string(here);
    }
    return here == value_ ? name_ : std::to_string(here / value_) + " * " + name_;
  }
  [[nodiscard]] const std::string& parameter() const { return name_; }
  [[nodiscard]] std::int64_t value() const { return value_; }

 private:
  std::string name_;
  std::int64_t value_ = 0;
};

std::optional<std::int64_t> defaultOf(const DimensionSpecification& specification, const Dimensions& values) {
  if (!specification.value) return std::nullopt;
  const auto value =
      specification.value->evaluateWhole([&](std::string_view name) -> std::optional<Rational> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<Rational>(found->second);
      });
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? std::nullopt : std::optional<std::int64_t>(*number);
}

std::string dimensionsText(const Layer& layer, const Layer& doubled, const Sizes& sizes) {
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  if (specification == nullptr) return {};
  std::string text;
  for (const DimensionSpecification& dimension : specification->dimensions) {
    const auto value = layer.dimensions.find(dimension.name);
    if (dimension.derived || value == layer.dimensions.end()) continue;
    const auto there = doubled.dimensions.find(dimension.name);
    const std::int64_t other = there == doubled.dimensions.end() ? value->second : there->second;
    if (defaultOf(dimension, layer.dimensions) == value->second &&
        defaultOf(dimension, doubled.dimensions) == other) {
      continue;
    }
    text += (text.empty() ? "" : ", ") + dimension.name + ": " + sizes.text(value->second, other);
  }
  return text;
}

std::string tensorLine(const Tensor& tensor, const Tensor& doubled, const Sizes& sizes) {
  std::string shape;
  for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
    const bool both = doubled.shape.size() == tensor.shape.size();
    shape += (i > 0 ? ", " : "") + sizes.text(tensor.shape[i], both ? doubled.shape[i] : tensor.shape[i]);
  }
  std::string text =
      "  " + yamlText(tensor.name) + ": {shape: [" + shape + "], bits: " + std::to_string(tensor.bits);
  if (tensor.role != TensorRole::Activation) text += ", role: " + std::string(roleName(tensor.role));
  if (tensor.guessed) text += ", guessed: true";
  return text + "}\n";
}

}  // namespace

std::string writeNetwork(const Network& network, const Network* doubled) {
  const bool comparable = doubled != nullptr && doubled->tensors.size() == network.tensors.size() &&
                          doubled->layers.size() == network.layers.size();
  const Network& other = comparable ? *doubled : network;
  const Sizes sizes(network, comparable ? doubled : nullptr);
  std::string text = "format: taktwerk-network/1\nname: " + yamlText(network.name) + '\n';
  if (!network.description.empty()) text += "description: " + yamlText(network.description) + '\n';
  if (sizes.value() > 0) {
    text += "parameters:\n  " + sizes.parameter() + ": {default: " + std::to_string(sizes.value()) +
            ", minimum: 1}\n";
  }
  text += network.tensors.empty() ? "tensors: {}\n" : "tensors:\n";
  for (std::size_t i = 0; i < network.tensors.size(); ++i) {
    text += tensorLine(network.tensors[i], other.tensors[i], sizes);
  }
  text += network.layers.empty() ? "layers: []\n" : "layers:\n";
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    text += "  - name: " + yamlText(layer.name) + "\n    operator: " + yamlText(layer.operatorName) + '\n';
    if (layer.foreign) text += "    foreign: true\n";
    const std::string dimensions = dimensionsText(layer, other.layers[i], sizes);
    if (!dimensions.empty()) text += "    dimensions: {" + dimensions + "}\n";
    std::string inputs;
    for (const TensorId input : layer.inputs) {
      inputs += (inputs.empty() ? "" : ", ") + yamlText(network.tensor(input).name);
    }
    text += "    inputs: [" + inputs + "]\n    output: " + yamlText(network.tensor(layer.output).name) + '\n';
  }
  return text;
}

}  // namespace taktwerk
