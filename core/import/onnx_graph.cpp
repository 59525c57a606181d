// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/onnx_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/base/quotes.h"
#include "core/import/onnx_subgraphs.h"
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
    const std::vector<std::string> reads = namesReadBy(proto);
    for (const std::string& name : reads) {
      // What a branch or a body reads is never fused into anything.
      if (std::find(proto.input().begin(), proto.input().end(), name) == proto.input().end())
        uses_[name] += 2;
    }
  }
  for (const auto& output : graph_.output()) uses_[output.name()] += 2;  // never fused into anything
  for (const auto& function : model_.functions()) {
    functionNodes_[function.domain() + ':' + function.name()] = function.node_size();
  }
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
    for (const std::string& name : namesReadBy(*node)) {
      if (const auto writer = writers.find(name); writer != writers.end()) before.push_back(writer->second);
    }
  }
  return ", which no node before it writes; nodes must be in an order of execution";
}

void OnnxGraphReader::readNode(const onnx::NodeProto& proto) {
  Node node{proto, OnnxAttributes(proto), proto.op_type(), {}, namesReadBy(proto)};
  node.label =
      "node " +
      inQuotes(proto.name().empty() ? proto.output_size() > 0 ? proto.output(0) : "" : proto.name()) + " (" +
      inQuotes(node.operatorName) + ")";
  for (const std::string& input : node.reads) {
    if (find(input) != nullptr) continue;
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

void OnnxGraphReader::readOutputs() {
  for (const auto& output : graph_.output()) {
    const OnnxValue* value = find(output.name());
    if (value == nullptr) {
      builder_.error("no node writes the output " + inQuotes(output.name()));
      continue;
    }
    if (value->constant) {
      builder_.warning("the output " + inQuotes(output.name()) +
                           " is a constant: it follows from no input of the model, and no layer computes it",
                       {}, {1, 1}, "I0009");
      continue;
    }
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
