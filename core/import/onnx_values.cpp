// SPDX-License-Identifier: GPL-3.0-or-later
// What names stand for, and the layers that are made of nodes.
#include <algorithm>

#include "core/import/onnx_graph.h"
#include "core/network/layer_rules.h"

namespace taktwerk {

const OnnxValue* OnnxGraphReader::find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

bool OnnxGraphReader::allConstant(const Node& node) const {
  return std::all_of(node.reads.begin(), node.reads.end(),
                     [&](const std::string& name) { return find(name)->constant; });
}

bool OnnxGraphReader::readsGuess(const Node& node) const {
  return std::any_of(node.reads.begin(), node.reads.end(), [&](const std::string& name) {
    const OnnxValue* value = find(name);
    return value != nullptr && value->guessed;
  });
}

bool OnnxGraphReader::isSingleUse(const std::string& name) const {
  const auto found = uses_.find(name);
  return found != uses_.end() && found->second == 1;
}

bool OnnxGraphReader::refuse(const Node& node, const std::string& problem) {
  builder_.error(node.label + ": " + problem +
                     (readsGuess(node) ? "; a shape before it could only be guessed (see the warnings)" : ""),
                 isLegibleName(node.proto.name()) ? node.proto.name() : std::string());
  return true;
}

void OnnxGraphReader::define(const Node& node, OnnxValue value, int output, bool stated) {
  if (node.output(output).empty()) return;
  if (!stated) value.guessed = value.guessed || readsGuess(node);
  values_[node.output(output)] = std::move(value);
}

TensorId OnnxGraphReader::operand(const std::string& name, bool joined) {
  OnnxValue& value = values_[name];
  if (!value.tensor.valid()) return {};  // said when the tensor was refused
  if (!value.padding.empty()) {
    // Nobody took the padding over: it has to be done.
    Layer layer;
    layer.name = builder_.layerName(value.viewName, "pad");
    layer.operatorName = "Pad";
    layer.foreign = true;
    layer.inputs = {value.tensor};
    layer.output = builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation,
                                      value.guessed);
    value.tensor = layer.output;
    value.padding.clear();
    if (!builder_.addLayer(std::move(layer))) return {};
    return value.tensor;
  }
  const Shape& held = builder_.network().tensor(value.tensor).shape;
  if (held == value.shape || (joined && joinsTo(held, value.shape))) return value.tensor;
  Layer layer;
  layer.name = builder_.layerName(value.viewName, "reshape");
  layer.operatorName = "reshape";
  layer.inputs = {value.tensor};
  layer.output =
      builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation, value.guessed);
  if (!layer.output.valid()) return {};
  value.tensor = layer.output;
  if (!builder_.addLayer(std::move(layer))) return {};
  return value.tensor;
}

TensorId OnnxGraphReader::weight(const std::string& name, const Shape& shape, const std::string& layer,
                                 const char* part, TensorRole role) {
  const std::string key = shapeText(shape) + name;
  if (const auto found = weights_.find(key); found != weights_.end()) return found->second;
  const OnnxValue& value = *find(name);
  const TensorId id = builder_.addTensor(layer + '.' + part, shape, value.bits, role, value.guessed);
  if (id.valid()) weights_[key] = id;
  return id;
}

TensorId OnnxGraphReader::operandOrWeight(const std::string& name, const std::string& layer,
                                          const char* part) {
  const OnnxValue& value = *find(name);
  return value.constant ? weight(name, value.shape, layer, part) : operand(name);
}

Layer OnnxGraphReader::begin(const Node& node, const std::string& operatorName) {
  Layer layer;
  layer.operatorName = operatorName;
  layer.name = builder_.layerName(node.proto.name(), operatorName);
  return layer;
}

bool OnnxGraphReader::emit(const Node& node, Layer layer, const Shape& shape, const OnnxValue& like,
                           std::int64_t bits) {
  OnnxValue value;
  value.shape = shape;
  value.bits = bits > 0 ? bits : like.bits;
  value.guessed = like.guessed || readsGuess(node);
  value.tensor =
      builder_.addTensor(layer.name + ".out", shape, value.bits, TensorRole::Activation, value.guessed);
  layer.output = value.tensor;
  if (value.tensor.valid())
    producers_[static_cast<std::uint32_t>(value.tensor.index())] = builder_.network().layers.size();
  builder_.addLayer(std::move(layer));
  define(node, std::move(value));
  return true;
}

Layer* OnnxGraphReader::producerOf(const OnnxValue& value) {
  if (!value.tensor.valid()) return nullptr;
  const auto found = producers_.find(static_cast<std::uint32_t>(value.tensor.index()));
  return found == producers_.end() ? nullptr : &builder_.network().layers[found->second];
}

Layer* OnnxGraphReader::fusable(const std::string& name) {
  const OnnxValue& value = *find(name);
  if (!isSingleUse(name) || !value.padding.empty()) return nullptr;
  Layer* layer = producerOf(value);
  return layer != nullptr && builder_.network().tensor(layer->output).shape == value.shape ? layer : nullptr;
}

bool OnnxGraphReader::alias(const Node& node, const std::string& from, Shape shape, std::int64_t bits) {
  OnnxValue value = *find(from);
  if (value.shape != shape && !value.padding.empty()) {
    (void)operand(from);
    value = *find(from);
  }
  if (value.shape != shape) value.viewName = node.proto.name();
  value.shape = std::move(shape);
  if (bits > 0) value.bits = bits;
  define(node, std::move(value));
  return true;
}

std::optional<OnnxGraphReader::Numbers> OnnxGraphReader::numbersOf(const Node& node, int input,
                                                                   const char* attribute) const {
  if (node.has(input)) {
    const OnnxValue* value = find(node.input(input));
    return value == nullptr ? std::nullopt : value->numbers;
  }
  return node.attributes.integers(attribute);
}

}  // namespace taktwerk
