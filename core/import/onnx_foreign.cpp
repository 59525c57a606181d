// SPDX-License-Identifier: GPL-3.0-or-later
// Operators that the table does not have: they stand as layers by their own names.
#include <algorithm>
#include <string_view>

#include "core/base/quotes.h"
#include "core/import/onnx_graph.h"
#include "core/import/onnx_subgraphs.h"
#include "core/network/layer_rules.h"
#include "core/network/operators.h"

namespace taktwerk {

std::optional<OnnxGraphReader::Shape> OnnxGraphReader::shapeOfForeign(const Node& node) {
  using namespace onnx_shapes;
  const std::string& name = node.operatorName;
  const OnnxValue* first = node.has(0) ? find(node.input(0)) : nullptr;
  if (first == nullptr) return std::nullopt;
  static const std::vector<std::string_view> unary{"Abs",
                                                   "Acos",
                                                   "Asin",
                                                   "Atan",
                                                   "Ceil",
                                                   "Celu",
                                                   "Cos",
                                                   "CumSum",
                                                   "Elu",
                                                   "Erf",
                                                   "Exp",
                                                   "Floor",
                                                   "HardSigmoid",
                                                   "InstanceNormalization",
                                                   "IsInf",
                                                   "IsNaN",
                                                   "LeakyRelu",
                                                   "Log",
                                                   "LogSoftmax",
                                                   "Mish",
                                                   "Neg",
                                                   "Not",
                                                   "PRelu",
                                                   "Reciprocal",
                                                   "Round",
                                                   "Selu",
                                                   "Sign",
                                                   "Sin",
                                                   "Softplus",
                                                   "Softsign",
                                                   "Sqrt",
                                                   "Tan",
                                                   "ThresholdedRelu",
                                                   "Clip",
                                                   "Softmax",
                                                   "BatchNormalization",
                                                   "LpNormalization"};
  if (std::find(unary.begin(), unary.end(), name) != unary.end()) return first->shape;
  static const std::vector<std::string_view> binary{
      "Add",        "Sub", "Mul", "Div",     "Pow",  "Min",   "Max",   "Mod",
      "And",        "Or",  "Xor", "Greater", "Less", "Equal", "Where", "GreaterOrEqual",
      "LessOrEqual"};
  if (std::find(binary.begin(), binary.end(), name) != binary.end()) {
    Shape shape;
    for (const std::string& input : node.proto.input()) {
      const Outcome outcome = onnx_shapes::broadcast(shape, find(input)->shape);
      if (!outcome.good()) return std::nullopt;
      shape = outcome.shape;
    }
    return shape;
  }
  Outcome outcome = {{}, "unknown"};
  if (name.starts_with("Reduce")) {
    const auto axes = numbersOf(node, 1, "axes");
    if (node.has(1) && !axes) return std::nullopt;
    outcome = reduce(first->shape, axes, node.attributes.integer("keepdims", 1) != 0);
  } else if (name == "Slice") {
    const auto starts = numbersOf(node, 1, "starts"), ends = numbersOf(node, 2, "ends");
    const auto axes = numbersOf(node, 3, "axes"), steps = numbersOf(node, 4, "steps");
    if (!starts || !ends || (node.has(3) && !axes) || (node.has(4) && !steps)) return std::nullopt;
    outcome = slice(first->shape, *starts, *ends, axes.value_or(Numbers{}), steps.value_or(Numbers{}));
  } else if (name == "Gather" && node.has(1)) {
    outcome = gather(first->shape, find(node.input(1))->shape, node.attributes.integer("axis", 0));
  } else if (name == "MatMul" && node.has(1)) {
    outcome = onnx_shapes::matmul(first->shape, find(node.input(1))->shape);
  } else if (name == "Transpose") {
    outcome = onnx_shapes::transpose(first->shape, node.attributes.integers("perm").value_or(Numbers{}));
  } else if (name == "Conv" || name == "MaxPool" || name == "AveragePool" || name == "LpPool") {
    return std::nullopt;  // read by their own rules
  }
  if (!outcome.good()) return std::nullopt;
  return outcome.shape;
}

std::optional<OnnxGraphReader::Shape> OnnxGraphReader::shapeWithin(const Node& node, int output) {
  // The first output of a Loop's body says whether to go on. Behind the states come outputs that grow by an
  // axis.
  const bool loop = node.operatorName == "Loop";
  const std::int64_t inputs = node.proto.input_size();
  std::int64_t states = 0;
  if (loop) states = inputs - 2;
  if (node.operatorName == "Scan") {
    states = inputs - std::clamp<std::int64_t>(node.attributes.integer("num_scan_inputs", 0), 0, inputs);
  }
  if (node.operatorName != "If" && output >= states) return std::nullopt;
  const int inside = output + (loop ? 1 : 0);
  std::optional<Shape> shape;
  for (const onnx::GraphProto* graph : subgraphsOf(node.proto)) {
    if (inside >= graph->output_size()) return std::nullopt;
    const std::optional<Shape> here = statedShape(graph->output(inside), false);
    if (!here || (shape && *shape != *here)) return std::nullopt;
    shape = here;
  }
  return shape;
}

std::vector<TensorId> OnnxGraphReader::operandsOfForeign(const Node& node) {
  std::vector<TensorId> operands;
  for (const std::string& name : node.reads) {
    if (!find(name)->constant) operands.push_back(operand(name));
  }
  return operands;
}

void OnnxGraphReader::warnOfUnread(const Node& node) {
  std::int64_t nodes = nodesWithin(node.proto);
  const char* what = "in branches or a body of its own";
  const auto function = functionNodes_.find(node.proto.domain() + ':' + node.operatorName);
  if (function != functionNodes_.end()) {
    nodes += function->second;
    what = "in a function of the file";
  }
  if (nodes == 0) return;
  builder_.warning(node.label + ": it stands as one layer without mapping; " + std::to_string(nodes) +
                       (nodes == 1 ? " node " : " nodes ") + what + (nodes == 1 ? " is" : " are") +
                       " not read",
                   isLegibleName(node.proto.name()) ? node.proto.name() : std::string(), {1, 1}, "I0008");
}

void OnnxGraphReader::foreign(const Node& node) {
  std::string kind = isLegibleName(node.operatorName) ? node.operatorName : std::string("unnamed");
  if (findOperator(kind) != nullptr) kind = "onnx." + kind;
  std::vector<int> outputs;  // those that are used, or the first that there is
  int first = -1;
  for (int output = 0; output < node.proto.output_size(); ++output) {
    if (node.output(output).empty()) continue;
    if (first < 0) first = output;
    if (uses_.contains(node.output(output))) outputs.push_back(output);
  }
  if (first < 0) {
    builder_.warning(
        node.label + ": writes nothing that has a name, so that nothing can depend on it; left out", {},
        {1, 1}, "I0010");
    return;
  }
  if (outputs.empty()) outputs.push_back(first);
  // What depends on constants only is computed before the network runs, whatever it is.
  const bool known = !node.reads.empty() && allConstant(node);
  if (!known) warnOfUnread(node);
  for (const int output : outputs) foreignOutput(node, output, known ? std::string() : kind);
}

void OnnxGraphReader::foreignOutput(const Node& node, int output, const std::string& kind) {
  const bool known = kind.empty();
  const std::string name = node.output(output);
  // What the output is most like, if nothing is said of it: a loop hands its third input on, and so forth.
  const int carried = output + (node.operatorName == "Loop" ? 2 : 0);
  const bool hands = node.operatorName == "Loop" || node.operatorName == "Scan";
  std::string like = hands && node.has(carried) ? node.input(carried) : node.input(0);
  if (node.operatorName == "If" || like.empty()) {
    const auto running = std::find_if(node.reads.begin(), node.reads.end(),
                                      [&](const std::string& read) { return !find(read)->constant; });
    like = running != node.reads.end() ? *running : node.input(0);
  }
  const OnnxValue* first = like.empty() ? nullptr : find(like);
  OnnxValue value;
  if (first != nullptr) value.bits = first->bits;
  std::optional<Shape> shape;
  if (const auto stated = stated_.find(name); stated != stated_.end()) {
    shape = statedShape(*stated->second, false);
    const int type = stated->second->type().tensor_type().elem_type();
    if (type != 0) value.bits = bitsOf(type);
  }
  if (shape && !elementsOf(*shape)) shape.reset();
  bool stated = shape.has_value();
  if (!shape && output == 0) shape = shapeOfForeign(node);
  if (!shape) {
    shape = shapeWithin(node, output);
    stated = shape.has_value();
  }
  if (shape && !elementsOf(*shape)) shape.reset();
  if (!shape) {
    if (first == nullptr) {
      refuse(node, "neither the file nor a rule says what shape its output " + inQuotes(name) + " has");
      return;
    }
    shape = first->shape;
    stated = false;
    value.guessed = true;
    builder_.warning(
        node.label + ": neither the file nor a rule says what shape its output has; taken to be " +
            shapeText(*shape) + (like == node.input(0) ? ", as its input" : ", as " + inQuotes(like)),
        {}, {1, 1}, "I0007");
  }
  // What is written down is no guess, whatever stands before it.
  value.guessed = value.guessed || (!stated && readsGuess(node));
  value.shape = *shape;
  value.constant = known;
  if (known) return define(node, std::move(value), output, stated);
  Layer layer;
  layer.operatorName = kind;
  layer.foreign = true;
  layer.name = builder_.layerName(node.proto.name(), kind);
  layer.inputs = operandsOfForeign(node);
  value.tensor =
      builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation, value.guessed);
  layer.output = value.tensor;
  if (builder_.addLayer(std::move(layer))) define(node, std::move(value), output, stated);
}

bool OnnxGraphReader::emitForeign(const Node& node, const Shape& shape) {
  Layer layer = begin(node, node.operatorName);
  layer.foreign = true;
  layer.inputs = operandsOfForeign(node);
  return emit(node, std::move(layer), shape, *find(node.input(0)));
}

}  // namespace taktwerk
