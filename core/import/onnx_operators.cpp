// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes that become layers. A function returns false to leave its node to `foreign`.
#include <algorithm>
#include <limits>

#include "core/import/onnx_graph.h"
#include "core/network/layer_rules.h"

namespace taktwerk {

namespace {

std::int64_t productOf(const std::vector<std::int64_t>& shape, std::size_t end) {
  // Tensors were checked: their elements fit 64 bits.
  std::int64_t product = 1;
  for (std::size_t i = 0; i < end; ++i) product *= shape[i];
  return product;
}

/// Whether b, right-aligned, is ones, then equal to a, then ones: what the table's broadcasts can say.
bool repeatsInBlocks(const std::vector<std::int64_t>& a, std::vector<std::int64_t> b) {
  if (b.size() > a.size()) return false;
  b.insert(b.begin(), a.size() - b.size(), 1);
  std::size_t first = 0, end = a.size();
  while (first < end && b[first] == 1) ++first;
  while (end > first && b[end - 1] == 1) --end;
  return std::equal(a.begin() + static_cast<std::ptrdiff_t>(first),
                    a.begin() + static_cast<std::ptrdiff_t>(end),
                    b.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

bool OnnxGraphReader::gemm(const Node& node) {
  if (!node.has(0) || !node.has(1)) return refuse(node, "has no matrices");
  const OnnxValue a = *find(node.input(0));
  const OnnxValue& b = *find(node.input(1));
  if (a.constant && b.constant) return false;
  if (a.shape.size() != 2 || b.shape.size() != 2) {
    return refuse(node, "the matrices have shapes " + shapeText(a.shape) + " and " + shapeText(b.shape));
  }
  const bool turnA = node.attributes.integer("transA", 0) != 0,
             turnB = node.attributes.integer("transB", 0) != 0;
  const std::int64_t rows = a.shape[turnA ? 1 : 0], depth = a.shape[turnA ? 0 : 1];
  const std::int64_t columns = b.shape[turnB ? 0 : 1];
  if (b.shape[turnB ? 1 : 0] != depth) {
    return refuse(node, "the matrices " + shapeText(a.shape) + " and " + shapeText(b.shape) +
                            " do not go together" + (turnB ? ", b transposed" : ""));
  }
  const OnnxValue* c = node.has(2) ? find(node.input(2)) : nullptr;
  const bool plainBias = c == nullptr || (c->constant && elementsOf(c->shape) == columns);
  if (turnA || !b.constant || !plainBias || a.constant) return emitForeign(node, {rows, columns});
  Layer layer = begin(node, "dense");
  layer.dimensions = {{"N", rows}, {"C", depth}, {"K", columns}};
  layer.inputs = {operand(node.input(0), true),
                  weight(node.input(1), {columns, depth}, layer.name, "weight")};
  if (c != nullptr) layer.inputs.push_back(weight(node.input(2), {columns}, layer.name, "bias"));
  return emit(node, std::move(layer), {rows, columns}, a);
}

bool OnnxGraphReader::matmul(const Node& node) {
  return multiplyMatrices(node, 0, 1, 0);
}

bool OnnxGraphReader::quantisedMatmul(const Node& node) {
  return multiplyMatrices(node, 0, 3, 0);
}

bool OnnxGraphReader::integerMatmul(const Node& node) {
  return multiplyMatrices(node, 0, 1, options_.bits.value_or(32));
}

bool OnnxGraphReader::multiplyMatrices(const Node& node, int left, int right, std::int64_t bits) {
  if (!node.has(left) || !node.has(right)) return refuse(node, "has no matrices");
  const OnnxValue a = *find(node.input(left));
  const OnnxValue b = *find(node.input(right));
  if (a.constant && b.constant) return false;
  const onnx_shapes::Outcome product = onnx_shapes::matmul(a.shape, b.shape);
  if (!product.good()) return refuse(node, product.problem);
  if (!elementsOf(product.shape)) return refuse(node, "the product has shape " + shapeText(product.shape));
  if (a.shape.size() < 2 || b.shape.size() < 2) return emitForeign(node, product.shape);
  const std::int64_t depth = a.shape.back(), columns = b.shape.back();
  const std::int64_t rowsOfAll = productOf(a.shape, a.shape.size() - 1);
  const std::int64_t batchOfB = productOf(b.shape, b.shape.size() - 2);
  if (b.constant && batchOfB == 1) {
    Layer layer = begin(node, "dense");
    layer.dimensions = {{"N", rowsOfAll}, {"C", depth}, {"K", columns}};
    layer.inputs = {operand(node.input(left), true),
                    weight(node.input(right), {columns, depth}, layer.name, "weight")};
    return emit(node, std::move(layer), product.shape, a, bits);
  }
  const std::int64_t batchOfA = productOf(a.shape, a.shape.size() - 2);
  if (batchOfB != 1 && batchOfB != batchOfA) return emitForeign(node, product.shape);
  Layer layer = begin(node, "matmul");
  const std::int64_t rows = a.shape[a.shape.size() - 2];
  layer.dimensions = {{"M", batchOfB == 1 ? rowsOfAll : rows}, {"N", columns}, {"K", depth}, {"B", batchOfB}};
  layer.inputs = {
      a.constant ? weight(node.input(left), a.shape, layer.name, "weight") : operand(node.input(left), true),
      b.constant ? weight(node.input(right), b.shape, layer.name, "weight")
                 : operand(node.input(right), true)};
  return emit(node, std::move(layer), product.shape, a.constant ? b : a, bits);
}

bool OnnxGraphReader::elementwise(const Node& node) {
  if (node.proto.input_size() != 2 || !node.has(0) || !node.has(1)) return false;
  const OnnxValue& a = *find(node.input(0));
  const OnnxValue& b = *find(node.input(1));
  if (a.numbers && b.numbers) return evaluate(node);
  if (a.constant && b.constant) return false;
  const std::string& name = node.operatorName;
  // Taking away a constant adds another one, dividing by a constant multiplies by another one.
  if ((name == "Sub" || name == "Div") && !b.constant) return false;
  const bool product = name == "Mul" || name == "Div";
  const std::string first = a.constant ? node.input(1) : node.input(0);
  const std::string second = a.constant ? node.input(0) : node.input(1);
  if (!product && fuseBias(node, first, second)) return true;
  if (product && (fuseSwish(node, first, second) || fuseSwish(node, second, first))) return true;
  return combine(node, first, second, product ? "multiply" : "add", 0);
}

bool OnnxGraphReader::quantisedAdd(const Node& node) {
  if (!node.has(0) || !node.has(3)) return false;
  return combine(node, node.input(0), node.input(3), "add", 0);
}

bool OnnxGraphReader::combine(const Node& node, const std::string& a, const std::string& b, const char* kind,
                              std::int64_t bits) {
  std::string large = a, small = b;
  const onnx_shapes::Outcome sum = onnx_shapes::broadcast(find(a)->shape, find(b)->shape);
  if (!sum.good()) return refuse(node, sum.problem);
  if (find(large)->shape != sum.shape || find(large)->constant) std::swap(large, small);
  const OnnxValue value = *find(large);
  Shape other = find(small)->shape;
  if (value.constant || value.shape != sum.shape || !repeatsInBlocks(value.shape, other)) {
    return emitForeign(node, sum.shape);
  }
  Layer layer = begin(node, kind);
  if (other.empty()) other = {1};
  const TensorId first = operand(large);
  layer.inputs = {first, find(small)->constant
                             ? weight(small, other, layer.name, "constant",
                                      elementsOf(other) == 1 ? TensorRole::Constant : TensorRole::Weight)
                             : operand(small)};
  return emit(node, std::move(layer), sum.shape, value, bits);
}

bool OnnxGraphReader::fuseBias(const Node& node, const std::string& sum, const std::string& bias) {
  const OnnxValue& constant = *find(bias);
  if (!constant.constant) return false;
  Layer* layer = fusable(sum);
  if (layer == nullptr || layer->inputs.size() != 2) return false;
  const bool dense = layer->operatorName == "dense";
  if (!dense && layer->operatorName != "conv1d" && layer->operatorName != "conv2d") return false;
  const auto channels = layer->dimensions.find("K");
  if (channels == layer->dimensions.end()) return false;
  const Shape& shape = find(sum)->shape;
  Shape alongChannels(dense ? 1 : shape.size() - 1, 1);
  alongChannels.front() = channels->second;
  if (!joinsTo(constant.shape, alongChannels) || constant.shape.size() > shape.size()) return false;
  if (!dense && constant.shape.size() < alongChannels.size()) return false;
  const TensorId id = weight(bias, {channels->second}, layer->name, "bias");
  if (!id.valid()) return true;
  fusable(sum)->inputs.push_back(id);
  return alias(node, sum, shape);
}

bool OnnxGraphReader::fuseSwish(const Node& node, const std::string& factor, const std::string& gate) {
  const OnnxValue& x = *find(factor);
  Layer* layer = fusable(gate);
  if (layer == nullptr || layer->operatorName != "sigmoid" || x.constant || !x.padding.empty()) return false;
  if (layer->inputs.front() != x.tensor || x.shape != find(gate)->shape) return false;
  layer->operatorName = "swish";
  return alias(node, gate, x.shape);
}

bool OnnxGraphReader::activation(const Node& node) {
  static const std::unordered_map<std::string_view, const char*> kinds{
      {"Relu", "relu"}, {"Sigmoid", "sigmoid"},     {"Tanh", "tanh"},
      {"Gelu", "gelu"}, {"HardSwish", "hardswish"}, {"Swish", "swish"}};
  return activate(node, kinds.at(node.operatorName));
}

bool OnnxGraphReader::activate(const Node& node, const std::string& kind) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue x = *find(node.input(0));
  if (x.constant) return false;
  Layer layer = begin(node, kind);
  layer.inputs = {operand(node.input(0))};
  return emit(node, std::move(layer), x.shape, x);
}

bool OnnxGraphReader::clip(const Node& node) {
  const auto bound = [&](int input, const char* attribute, double otherwise) -> std::optional<double> {
    if (!node.has(input)) return node.attributes.number(attribute, otherwise);
    return find(node.input(input))->number;
  };
  constexpr double infinite = std::numeric_limits<float>::max();
  const auto least = bound(1, "min", -infinite), most = bound(2, "max", infinite);
  if (!least || !most || *least != 0) return false;
  if (*most == 6) return activate(node, "relu6");
  return *most >= infinite && activate(node, "relu");
}

bool OnnxGraphReader::softmax(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const std::size_t rank = find(node.input(0))->shape.size();
  const std::int64_t axis = node.attributes.integer("axis", version_ < 13 ? 1 : -1);
  if (rank == 0 || onnx_shapes::axisOf(axis, rank) != rank - 1) return false;
  return activate(node, "softmax");
}

bool OnnxGraphReader::batchNorm(const Node& node) {
  if (!node.has(0) || !node.has(1) || !node.has(2)) return refuse(node, "has no scale or no shift");
  const OnnxValue x = *find(node.input(0));
  const bool training = node.attributes.integer("training_mode", 0) != 0;
  if (x.constant || training || x.shape.size() < 2) return false;
  if (!find(node.input(1))->constant || !find(node.input(2))->constant) return false;
  const std::int64_t channels = x.shape[1];
  if (elementsOf(find(node.input(1))->shape) != channels ||
      elementsOf(find(node.input(2))->shape) != channels) {
    return refuse(
        node, "scale and shift must have one element for each of " + std::to_string(channels) + " channels");
  }
  Layer* before = fusable(node.input(0));
  if (before != nullptr && (before->operatorName == "conv1d" || before->operatorName == "conv2d" ||
                            (before->operatorName == "dense" && x.shape.size() == 2))) {
    if (before->inputs.size() == 2) {
      const TensorId id = weight(node.input(2), {channels}, before->name, "bias");
      if (id.valid()) fusable(node.input(0))->inputs.push_back(id);
    }
    return alias(node, node.input(0), x.shape);
  }
  Layer layer = begin(node, "batch_norm");
  layer.inputs = {operand(node.input(0)), weight(node.input(1), {channels}, layer.name, "scale"),
                  weight(node.input(2), {channels}, layer.name, "shift")};
  return emit(node, std::move(layer), x.shape, x);
}

bool OnnxGraphReader::layerNorm(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue x = *find(node.input(0));
  if (x.constant || x.shape.empty()) return false;
  if (onnx_shapes::axisOf(node.attributes.integer("axis", -1), x.shape.size()) != x.shape.size() - 1)
    return false;
  Layer layer = begin(node, "layer_norm");
  layer.inputs = {operand(node.input(0))};
  for (int i = 1; i <= 2 && node.has(i); ++i) {
    layer.inputs.push_back(operandOrWeight(node.input(i), layer.name, i == 1 ? "scale" : "shift"));
  }
  return emit(node, std::move(layer), x.shape, x);
}

bool OnnxGraphReader::localResponse(const Node& node) {
  if (!node.has(0)) return refuse(node, "has no input");
  const OnnxValue x = *find(node.input(0));
  if (x.constant) return false;
  Layer layer = begin(node, "lrn");
  layer.dimensions["size"] = node.attributes.integer("size", 0);
  layer.inputs = {operand(node.input(0))};
  return emit(node, std::move(layer), x.shape, x);
}

bool OnnxGraphReader::concat(const Node& node) {
  std::vector<Shape> shapes;
  bool numbers = true;
  for (const std::string& input : node.proto.input()) {
    if (input.empty()) return refuse(node, "has an input without a name");
    shapes.push_back(find(input)->shape);
    numbers = numbers && find(input)->numbers.has_value();
  }
  if (numbers && !shapes.empty()) return evaluate(node);
  const std::int64_t axis = node.attributes.integer("axis", 1);
  const onnx_shapes::Outcome outcome = onnx_shapes::concat(shapes, axis);
  if (!outcome.good()) return refuse(node, outcome.problem);
  if (allConstant(node)) {
    OnnxValue value = *find(node.input(0));
    value.shape = outcome.shape;
    value.numbers.reset();
    define(node, std::move(value));
    return true;
  }
  Layer layer = begin(node, "concat");
  layer.dimensions["axis"] = static_cast<std::int64_t>(*onnx_shapes::axisOf(axis, outcome.shape.size()));
  const OnnxValue* like = nullptr;
  for (const std::string& input : node.proto.input()) {
    if (!find(input)->constant) like = find(input);
    layer.inputs.push_back(operandOrWeight(input, layer.name, "part"));
  }
  const OnnxValue first = *like;
  return emit(node, std::move(layer), outcome.shape, first);
}

}  // namespace taktwerk
