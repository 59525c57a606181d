// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/onnx_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/base/whole_number.h"
#include "core/network/layer_rules.h"
#include "core/network/operators.h"

namespace taktwerk {

namespace {
constexpr int mostNodes = 200'000;
}

OnnxGraphReader::OnnxGraphReader(const onnx::ModelProto& model, const std::string& file,
                                 const ImportOptions& options)
    : model_(model), graph_(model.graph()), options_(options), builder_(file) {
  Network& network = builder_.network();
  const std::size_t slash = file.find_last_of("/\\");
  network.name = slash == std::string::npos ? file : file.substr(slash + 1);
  if (network.name.ends_with(".onnx")) network.name.resize(network.name.size() - 5);
  if (!isLegibleName(network.name)) network.name = "model";
  network.description = "Imported from an ONNX model.";
}

Result<Network> OnnxGraphReader::run() {
  for (const auto& set : model_.opset_import()) {
    if (set.domain().empty() || set.domain() == "ai.onnx") version_ = set.version();
  }
  if (version_ < 1) {
    builder_.error("this is no ONNX model: it names no version of the standard operators (opset_import)");
  } else if (graph_.node_size() == 0) {
    builder_.error("the model has no nodes");
  } else if (graph_.node_size() > mostNodes) {
    builder_.error("the model has " + std::to_string(graph_.node_size()) + " nodes, at most " +
                   std::to_string(mostNodes) + " are read");
  }
  if (builder_.failed()) return builder_.finish();
  countUses();
  readInitializers();
  if (!knowsAxes() || !readInputs()) return builder_.finish();
  for (const onnx::NodeProto& proto : graph_.node()) {
    readNode(proto);
    if (builder_.full()) break;
  }
  if (!builder_.failed()) readOutputs();
  builder_.network().parameters["batch"] = batch_;
  return builder_.finish();
}

void OnnxGraphReader::countUses() {
  for (const onnx::NodeProto& proto : graph_.node()) {
    for (const std::string& input : proto.input()) ++uses_[input];
  }
  for (const auto& output : graph_.output()) uses_[output.name()] += 2;  // never folded into anything
  for (const auto& info : graph_.value_info()) stated_[info.name()] = &info;
  for (const auto& info : graph_.output()) stated_[info.name()] = &info;
}

std::int64_t OnnxGraphReader::bitsOf(int elementType) const {
  if (options_.bits) return *options_.bits;
  switch (elementType) {
    case onnx::TensorProto::INT8:
    case onnx::TensorProto::UINT8:
    case onnx::TensorProto::BOOL:
      return 8;
    case onnx::TensorProto::INT16:
    case onnx::TensorProto::UINT16:
    case onnx::TensorProto::FLOAT16:
    case onnx::TensorProto::BFLOAT16:
      return 16;
    case onnx::TensorProto::INT64:
    case onnx::TensorProto::UINT64:
    case onnx::TensorProto::DOUBLE:
    case onnx::TensorProto::COMPLEX64:
      return 64;
    case onnx::TensorProto::COMPLEX128:
      return 128;
    case 21:  // UINT4 and INT4 of later versions
    case 22:
      return 4;
    default:
      return 32;
  }
}

void OnnxGraphReader::readInitializers() {
  for (const onnx::TensorProto& tensor : graph_.initializer()) values_[tensor.name()] = constantFrom(tensor);
  for (const auto& sparse : graph_.sparse_initializer()) {
    OnnxValue value;
    value.constant = true;
    value.shape.assign(sparse.dims().begin(), sparse.dims().end());
    value.bits = bitsOf(sparse.values().data_type());
    values_[sparse.values().name()] = std::move(value);
  }
}

std::optional<OnnxGraphReader::Shape> OnnxGraphReader::statedShape(const onnx::ValueInfoProto& info,
                                                                   bool isInput) {
  if (!info.type().has_tensor_type() || !info.type().tensor_type().has_shape()) return std::nullopt;
  Shape shape;
  for (const auto& dimension : info.type().tensor_type().shape().dim()) {
    const bool first = shape.empty();
    const auto given = options_.axes.find(dimension.dim_param());
    const bool isBatch = first && (dimension.has_dim_value() ? dimension.dim_value() == fileBatch_
                                                             : given == options_.axes.end());
    if (isBatch) {
      shape.push_back(batch_);
      followsBatch_ = followsBatch_ || isInput;
    } else if (dimension.has_dim_value()) {
      shape.push_back(dimension.dim_value());
    } else if (given != options_.axes.end()) {
      shape.push_back(given->second);
    } else {
      if (isInput) {
        builder_.error("the axis " + inQuotes(dimension.dim_param()) + " of the input " +
                           inQuotes(info.name()) +
                           " has no size in the file; give it with --axis NAME=SIZE on import",
                       {});
      }
      return std::nullopt;
    }
  }
  return shape;
}

bool OnnxGraphReader::knowsAxes() {
  std::vector<std::string> names;
  for (const auto* list : {&graph_.input(), &graph_.output(), &graph_.value_info()}) {
    for (const auto& info : *list) {
      for (const auto& dimension : info.type().tensor_type().shape().dim()) {
        if (!dimension.dim_param().empty()) names.push_back(dimension.dim_param());
      }
    }
  }
  for (const auto& [name, size] : options_.axes) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    builder_.error("there is no axis " + inQuotes(name) + " in the file to give a size (--axis)" +
                   didYouMean(name, names));
  }
  return !builder_.failed();
}

bool OnnxGraphReader::readInputs() {
  std::vector<const onnx::ValueInfoProto*> inputs;
  for (const auto& info : graph_.input()) {
    if (!values_.contains(info.name())) inputs.push_back(&info);  // old files list weights here too
  }
  // The first axis of the first input is the batch.
  if (!inputs.empty()) {
    const auto& shape = inputs.front()->type().tensor_type().shape();
    if (shape.dim_size() > 1 && shape.dim(0).has_dim_value() && shape.dim(0).dim_value() > 0) {
      fileBatch_ = shape.dim(0).dim_value();
    }
  }
  batch_ = options_.batch.value_or(fileBatch_.value_or(1));
  for (const onnx::ValueInfoProto* info : inputs) {
    OnnxValue value;
    const auto shape = statedShape(*info, true);
    if (!shape) {
      if (!builder_.failed()) builder_.error("the input " + inQuotes(info->name()) + " has no shape");
      continue;
    }
    value.shape = *shape;
    value.bits = bitsOf(info->type().tensor_type().elem_type());
    if (uses_.contains(info->name())) {
      value.tensor = builder_.addTensor(isLegibleName(info->name()) ? info->name() : "input", value.shape,
                                        value.bits, TensorRole::Input);
      if (!value.tensor.valid()) continue;
    }
    values_[info->name()] = std::move(value);
  }
  if (options_.batch && !followsBatch_ && !builder_.failed()) {
    builder_.error("a batch is given, but no input has one: the first axis of none is left open for it");
  }
  return !builder_.failed();
}

const OnnxValue* OnnxGraphReader::find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

bool OnnxGraphReader::allConstant(const Node& node) const {
  return std::all_of(node.proto.input().begin(), node.proto.input().end(),
                     [&](const std::string& name) { return name.empty() || find(name)->constant; });
}

bool OnnxGraphReader::isSingleUse(const std::string& name) const {
  const auto found = uses_.find(name);
  return found != uses_.end() && found->second == 1;
}

bool OnnxGraphReader::refuse(const Node& node, const std::string& problem) {
  bool guessed = false;
  for (const std::string& name : node.proto.input()) {
    if (const OnnxValue* value = find(name)) guessed = guessed || value->guessed;
  }
  builder_.error(node.label + ": " + problem +
                     (guessed ? "; a shape before it could only be guessed (see the warnings)" : ""),
                 isLegibleName(node.proto.name()) ? node.proto.name() : std::string());
  return true;
}

void OnnxGraphReader::define(const Node& node, OnnxValue value, int output) {
  if (node.output(output).empty()) return;
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
    layer.output = builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation);
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
  layer.output = builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation);
  if (!layer.output.valid()) return {};
  value.tensor = layer.output;
  if (!builder_.addLayer(std::move(layer))) return {};
  return value.tensor;
}

TensorId OnnxGraphReader::weight(const std::string& name, const Shape& shape, const std::string& layer,
                                 const char* part, TensorRole role) {
  const std::string key = shapeText(shape) + name;
  if (const auto found = weights_.find(key); found != weights_.end()) return found->second;
  const TensorId id = builder_.addTensor(layer + '.' + part, shape, find(name)->bits, role);
  if (id.valid()) weights_[key] = id;
  return id;
}

TensorId OnnxGraphReader::operandOrWeight(const std::string& name, const std::string& layer,
                                          const char* part) {
  const OnnxValue& value = *find(name);
  return value.constant ? weight(name, value.shape, layer, part) : operand(name);
}

bool OnnxGraphReader::emitForeign(const Node& node, const Shape& shape) {
  Layer layer = begin(node, node.operatorName);
  layer.foreign = true;
  for (const std::string& input : node.proto.input()) {
    if (!input.empty() && !find(input)->constant) layer.inputs.push_back(operand(input));
  }
  return emit(node, std::move(layer), shape, *find(node.input(0)));
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
  value.guessed = like.guessed;
  value.tensor = builder_.addTensor(layer.name + ".out", shape, value.bits, TensorRole::Activation);
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

Layer* OnnxGraphReader::foldable(const std::string& name) {
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

std::string OnnxGraphReader::whyMissing(const onnx::NodeProto& reader, const std::string& input) const {
  std::map<std::string_view, const onnx::NodeProto*> writers;
  for (const onnx::NodeProto& node : graph_.node()) {
    for (const std::string& output : node.output()) writers.emplace(output, &node);
  }
  if (!writers.contains(input)) return ", which nothing in the file writes";
  std::set<const onnx::NodeProto*> seen;
  std::vector<const onnx::NodeProto*> before{writers[input]};
  while (!before.empty()) {
    const onnx::NodeProto* node = before.back();
    before.pop_back();
    if (node == &reader) return ", which depends on what it writes itself: the graph has a cycle";
    if (!seen.insert(node).second) continue;
    for (const std::string& name : node->input()) {
      if (const auto writer = writers.find(name); writer != writers.end()) before.push_back(writer->second);
    }
  }
  return ", which no node before it writes; nodes must be in an order of execution";
}

void OnnxGraphReader::readNode(const onnx::NodeProto& proto) {
  Node node{proto, OnnxAttributes(proto), proto.op_type(), {}};
  node.label =
      "node " +
      inQuotes(proto.name().empty() ? proto.output_size() > 0 ? proto.output(0) : "" : proto.name()) + " (" +
      inQuotes(node.operatorName) + ")";
  for (const std::string& input : proto.input()) {
    if (input.empty() || find(input) != nullptr) continue;
    refuse(node, "reads " + inQuotes(input) + whyMissing(proto, input));
    return;
  }
  for (const std::string& output : proto.output()) {
    if (output.empty() || find(output) == nullptr) continue;
    refuse(node, "writes " + inQuotes(output) + ", which is there already");
    return;
  }
  const bool standard =
      proto.domain().empty() || proto.domain() == "ai.onnx" || proto.domain() == "com.microsoft";
  if (standard) {
    const auto handler = handlers().find(node.operatorName);
    if (handler != handlers().end() && (this->*handler->second)(node)) return;
  }
  if (!builder_.full()) foreign(node);
}

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

void OnnxGraphReader::foreign(const Node& node) {
  // What depends on constants only is computed before the network runs, whatever it is.
  const bool known = node.proto.input_size() > 0 && allConstant(node);
  std::string kind = isLegibleName(node.operatorName) ? node.operatorName : std::string("unnamed");
  if (findOperator(kind) != nullptr) kind = "onnx." + kind;
  for (int output = 0; output < node.proto.output_size(); ++output) {
    const std::string name = node.output(output);
    if (name.empty() || (output > 0 && !uses_.contains(name))) continue;
    OnnxValue value;
    const OnnxValue* first = node.proto.input_size() > 0 && node.has(0) ? find(node.input(0)) : nullptr;
    if (first != nullptr) value.bits = first->bits;
    std::optional<Shape> shape;
    if (const auto stated = stated_.find(name); stated != stated_.end()) {
      shape = statedShape(*stated->second, false);
      const int type = stated->second->type().tensor_type().elem_type();
      if (type != 0) value.bits = bitsOf(type);
    }
    if (shape && !elementsOf(*shape)) shape.reset();
    if (!shape && output == 0) shape = shapeOfForeign(node);
    if (shape && !elementsOf(*shape)) shape.reset();
    if (!shape) {
      if (first == nullptr) {
        refuse(node, "neither the file nor a rule says what shape its output " + inQuotes(name) + " has");
        return;
      }
      shape = first->shape;
      value.guessed = true;
      builder_.warning(node.label +
                           ": neither the file nor a rule says what shape its output has; taken to be " +
                           shapeText(*shape) + ", as its input",
                       {});
    }
    value.shape = *shape;
    value.constant = known;
    if (known) {
      define(node, std::move(value), output);
      continue;
    }
    Layer layer;
    layer.operatorName = kind;
    layer.foreign = true;
    layer.name = builder_.layerName(node.proto.name(), kind);
    for (const std::string& input : node.proto.input()) {
      if (!input.empty() && !find(input)->constant) layer.inputs.push_back(operand(input));
    }
    value.tensor = builder_.addTensor(layer.name + ".out", value.shape, value.bits, TensorRole::Activation);
    layer.output = value.tensor;
    if (!builder_.addLayer(std::move(layer))) return;
    define(node, std::move(value), output);
  }
}

void OnnxGraphReader::readOutputs() {
  for (const auto& output : graph_.output()) {
    const OnnxValue* value = find(output.name());
    if (value == nullptr) {
      builder_.error("no node writes the output " + inQuotes(output.name()));
      continue;
    }
    if (value->constant) continue;
    TensorId id = value->tensor;
    if (!value->padding.empty()) id = operand(output.name());
    if (!id.valid()) continue;
    Tensor& tensor = builder_.network().tensors[id.index()];
    if (tensor.role == TensorRole::Activation) tensor.role = TensorRole::Output;
  }
}

const std::unordered_map<std::string_view, OnnxGraphReader::Handler>& OnnxGraphReader::handlers() {
  using R = OnnxGraphReader;
  static const std::unordered_map<std::string_view, Handler> table{
      {"Conv", &R::convolution},
      {"QLinearConv", &R::quantisedConvolution},
      {"ConvInteger", &R::integerConvolution},
      {"MaxPool", &R::maxPool},
      {"AveragePool", &R::averagePool},
      {"GlobalAveragePool", &R::globalPool},
      {"GlobalMaxPool", &R::globalPool},
      {"QLinearGlobalAveragePool", &R::globalPool},
      {"ReduceMean", &R::reduceMean},
      {"Gemm", &R::gemm},
      {"MatMul", &R::matmul},
      {"QLinearMatMul", &R::quantisedMatmul},
      {"MatMulInteger", &R::integerMatmul},
      {"Add", &R::elementwise},
      {"Sub", &R::elementwise},
      {"Mul", &R::elementwise},
      {"Div", &R::elementwise},
      {"Sum", &R::elementwise},
      {"QLinearAdd", &R::quantisedAdd},
      {"Relu", &R::activation},
      {"Sigmoid", &R::activation},
      {"Tanh", &R::activation},
      {"Gelu", &R::activation},
      {"HardSwish", &R::activation},
      {"Swish", &R::activation},
      {"Clip", &R::clip},
      {"Softmax", &R::softmax},
      {"BatchNormalization", &R::batchNorm},
      {"LayerNormalization", &R::layerNorm},
      {"LRN", &R::localResponse},
      {"Concat", &R::concat},
      {"Identity", &R::identity},
      {"Dropout", &R::identity},
      {"Cast", &R::cast},
      {"QuantizeLinear", &R::quantise},
      {"DequantizeLinear", &R::quantise},
      {"Reshape", &R::reshape},
      {"Flatten", &R::flatten},
      {"Squeeze", &R::squeeze},
      {"Unsqueeze", &R::unsqueeze},
      {"Transpose", &R::transpose},
      {"Pad", &R::pad},
      {"Constant", &R::constant},
      {"ConstantOfShape", &R::constantOfShape},
      {"Shape", &R::shapeOf},
      {"Gather", &R::evaluate},
      {"Slice", &R::evaluate}};
  return table;
}

}  // namespace taktwerk
