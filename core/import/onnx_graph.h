// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <onnx/onnx_pb.h>

#include "core/base/diagnostic.h"
#include "core/import/import_network.h"
#include "core/import/network_builder.h"
#include "core/import/onnx_shapes.h"

namespace taktwerk {

/// Attributes of a node, by name; what has another type counts as missing.
class OnnxAttributes {
 public:
  explicit OnnxAttributes(const onnx::NodeProto& node) : node_(node) {}
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] double number(std::string_view name, double otherwise) const;
  [[nodiscard]] std::string_view text(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] std::optional<std::vector<std::int64_t>> integers(std::string_view name) const;
  [[nodiscard]] const onnx::TensorProto* tensor(std::string_view name) const;
  [[nodiscard]] const onnx::AttributeProto* find(std::string_view name) const;

 private:
  const onnx::NodeProto& node_;
};

/// What a name in the graph stands for.
struct OnnxValue {
  onnx_shapes::Shape shape;  ///< as the model sees it here
  std::int64_t bits = 32;
  bool constant = false;  ///< known before the network runs: a weight, or computed from weights
  bool guessed = false;   ///< the shape, or one it follows from
  TensorId tensor;        ///< that holds it; not of constants
  std::string viewName;   ///< of the node that last changed the shape of this
  /// Elements of small constants of whole numbers (shapes, axes), and of single real numbers.
  std::optional<std::vector<std::int64_t>> numbers;
  std::optional<double> number;
  /// Zeros around the elements of `tensor` that a convolution behind may take over; two for each axis.
  std::vector<std::int64_t> padding;
};

/// Turns a graph into a network, node by node; one use.
class OnnxGraphReader {
 public:
  using Shape = onnx_shapes::Shape;
  using Numbers = onnx_shapes::Numbers;

  OnnxGraphReader(const onnx::ModelProto& model, const std::string& file, const ImportOptions& options);
  [[nodiscard]] Result<Network> run();

 private:
  /// One node while it is read.
  struct Node {
    const onnx::NodeProto& proto;
    OnnxAttributes attributes;
    std::string operatorName;        ///< op_type
    std::string label;               ///< for messages: node "x" (Conv)
    std::vector<std::string> reads;  ///< inputs, and what subgraphs read from around the node
    [[nodiscard]] std::string input(int index) const {
      return index < proto.input_size() ? proto.input(index) : std::string();
    }
    [[nodiscard]] std::string output(int index = 0) const {
      return index < proto.output_size() ? proto.output(index) : std::string();
    }
    [[nodiscard]] bool has(int index) const { return !input(index).empty(); }
  };
  using Handler = bool (OnnxGraphReader::*)(const Node&);

  // onnx_graph.cpp: the frame
  /// Every axis that is given a size must be named in the file.
  bool knowsAxes();
  bool readInputs();
  /// Why no node before `reader` has written one of its inputs: nothing does, a later one does, or a cycle.
  [[nodiscard]] std::string whyMissing(const onnx::NodeProto& reader, const std::string& input) const;
  void readInitializers();
  void readOutputs();
  void readNode(const onnx::NodeProto& proto);
  void countUses();
  [[nodiscard]] std::optional<Shape> statedShape(const onnx::ValueInfoProto& info, bool isInput);
  static const std::unordered_map<std::string_view, Handler>& handlers();

  // onnx_foreign.cpp: what the table of operators does not have
  /// Makes a node a layer without mapping, or a constant if it reads constants only. Nothing else may become
  /// of it: what is read while the network runs, in a branch or a body too, keeps a node in the network.
  void foreign(const Node& node);
  void foreignOutput(const Node& node, int output, const std::string& kind);
  /// A foreign layer whose shape is known.
  bool emitForeign(const Node& node, const Shape& shape);
  [[nodiscard]] std::optional<Shape> shapeOfForeign(const Node& node);
  /// The shape that the branches or the body of a node state for one of its outputs.
  [[nodiscard]] std::optional<Shape> shapeWithin(const Node& node, int output);
  /// Operands of a foreign layer: all it reads but constants.
  [[nodiscard]] std::vector<TensorId> operandsOfForeign(const Node& node);
  /// Says of a node that holds graphs of its own, or calls a function of the file, that these are not read.
  void warnOfUnread(const Node& node);

  // onnx_values.cpp: values and layers
  [[nodiscard]] const OnnxValue* find(const std::string& name) const;
  [[nodiscard]] bool allConstant(const Node& node) const;
  /// Whether the shape of anything that the node reads is a guess.
  [[nodiscard]] bool readsGuess(const Node& node) const;
  [[nodiscard]] std::int64_t bitsOf(int elementType) const;
  [[nodiscard]] bool isSingleUse(const std::string& name) const;
  /// A failed shape rule; always true, "this node is dealt with".
  bool refuse(const Node& node, const std::string& problem);
  /// What an output stands for. Its shape is a guess if that of anything the node reads is, unless it is
  /// `stated`.
  void define(const Node& node, OnnxValue value, int output = 0, bool stated = false);
  /// The tensor of a value in the shape it is seen in, with a `reshape` layer where there is none yet.
  [[nodiscard]] TensorId operand(const std::string& name, bool joined = false);
  /// A constant as a weight of `layer`, once for each shape it is used in.
  [[nodiscard]] TensorId weight(const std::string& name, const Shape& shape, const std::string& layer,
                                const char* part, TensorRole role = TensorRole::Weight);
  /// A constant as a weight, anything else as an operand.
  [[nodiscard]] TensorId operandOrWeight(const std::string& name, const std::string& layer, const char* part);
  /// Adds a layer that writes `output` of the node; the rest of the value is taken from `like`.
  bool emit(const Node& node, Layer layer, const Shape& shape, const OnnxValue& like, std::int64_t bits = 0);
  [[nodiscard]] Layer begin(const Node& node, const std::string& operatorName);
  bool alias(const Node& node, const std::string& from, Shape shape, std::int64_t bits = 0);
  [[nodiscard]] std::optional<Numbers> numbersOf(const Node& node, int input, const char* attribute) const;
  [[nodiscard]] Layer* producerOf(const OnnxValue& value);
  /// The layer that made a value nobody else reads, in the shape it made it: something may be fused into it.
  [[nodiscard]] Layer* fusable(const std::string& name);

  // onnx_windows.cpp: convolutions and pools
  bool convolution(const Node& node);
  bool convolve(const Node& node, int input, int kernel, int bias, std::int64_t bits = 0);
  bool quantisedConvolution(const Node& node);
  bool integerConvolution(const Node& node);
  bool maxPool(const Node& node);
  bool averagePool(const Node& node);
  bool pool(const Node& node, const char* kind);
  bool globalPool(const Node& node);
  bool globalPoolOf(const Node& node, const char* kind, const std::string& input, bool keep);
  bool reduceMean(const Node& node);
  [[nodiscard]] onnx_shapes::Window windowOf(const Node& node) const;

  // onnx_operators.cpp: other layers
  bool gemm(const Node& node);
  bool matmul(const Node& node);
  bool multiplyMatrices(const Node& node, int left, int right, std::int64_t bits);
  bool quantisedMatmul(const Node& node);
  bool integerMatmul(const Node& node);
  bool elementwise(const Node& node);
  bool combine(const Node& node, const std::string& a, const std::string& b, const char* kind,
               std::int64_t bits);
  bool quantisedAdd(const Node& node);
  bool fuseBias(const Node& node, const std::string& sum, const std::string& bias);
  bool fuseSwish(const Node& node, const std::string& factor, const std::string& gate);
  bool activation(const Node& node);
  bool activate(const Node& node, const std::string& kind);
  bool clip(const Node& node);
  bool softmax(const Node& node);
  bool batchNorm(const Node& node);
  bool layerNorm(const Node& node);
  bool localResponse(const Node& node);
  bool concat(const Node& node);

  // onnx_shape_operators.cpp: left out, or evaluated
  bool identity(const Node& node);
  bool cast(const Node& node);
  bool quantise(const Node& node);
  bool reshape(const Node& node);
  bool flatten(const Node& node);
  bool squeeze(const Node& node);
  bool unsqueeze(const Node& node);
  bool transpose(const Node& node);
  bool pad(const Node& node);
  bool constant(const Node& node);
  bool constantOfShape(const Node& node);
  bool shapeOf(const Node& node);
  bool evaluate(const Node& node);
  void defineNumbers(const Node& node, Numbers numbers, Shape shape);
  [[nodiscard]] OnnxValue constantFrom(const onnx::TensorProto& tensor) const;

  const onnx::ModelProto& model_;
  const onnx::GraphProto& graph_;
  const ImportOptions& options_;
  NetworkBuilder builder_;
  std::int64_t version_ = 0;               ///< of the standard operator set
  std::int64_t batch_ = 1;                 ///< that is imported
  bool followsBatch_ = false;              ///< an input's first axis is the batch
  std::optional<std::int64_t> fileBatch_;  ///< that the file has, if it is a number
  std::unordered_map<std::string, OnnxValue> values_;
  std::unordered_map<std::string, int> uses_;
  std::unordered_map<std::string, const onnx::ValueInfoProto*> stated_;
  std::unordered_map<std::string, std::int64_t> functionNodes_;  ///< of the file's functions: "domain:name"
  std::unordered_map<std::string, TensorId> weights_;
  std::unordered_map<std::uint32_t, std::size_t> producers_;  ///< layer by tensor
};

}  // namespace taktwerk
