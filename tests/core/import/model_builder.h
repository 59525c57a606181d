// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <onnx/onnx_pb.h>

#include "core/import/onnx_importer.h"

namespace taktwerk::test {

using Shape = std::vector<std::int64_t>;

/// Small ONNX models, written as one says them:
///
///     ModelBuilder m;
///     m.input("x", {1, 3, 8, 8}).weight("w", {4, 3, 3, 3});
///     m.node("Conv", {"x", "w"}, "y").ints("pads", {1, 1, 1, 1});
///     m.output("y");
class ModelBuilder {
 public:
  class Node {
   public:
    explicit Node(onnx::NodeProto& proto) : proto_(&proto) {}
    Node& ints(const std::string& name, const Shape& values) {
      auto* attribute = proto_->add_attribute();
      attribute->set_name(name);
      attribute->set_type(onnx::AttributeProto::INTS);
      for (const std::int64_t value : values) attribute->add_ints(value);
      return *this;
    }
    Node& integer(const std::string& name, std::int64_t value) {
      auto* attribute = proto_->add_attribute();
      attribute->set_name(name);
      attribute->set_type(onnx::AttributeProto::INT);
      attribute->set_i(value);
      return *this;
    }
    Node& text(const std::string& name, const std::string& value) {
      auto* attribute = proto_->add_attribute();
      attribute->set_name(name);
      attribute->set_type(onnx::AttributeProto::STRING);
      attribute->set_s(value);
      return *this;
    }
    Node& domain(const std::string& name) {
      proto_->set_domain(name);
      return *this;
    }
    [[nodiscard]] onnx::NodeProto& proto() { return *proto_; }

   private:
    onnx::NodeProto* proto_;
  };

  explicit ModelBuilder(std::int64_t opset = 13) {
    model_.set_ir_version(8);
    model_.add_opset_import()->set_version(opset);
    model_.mutable_graph()->set_name("g");
  }

  ModelBuilder& input(const std::string& name, const Shape& shape) {
    describe(*graph().add_input(), name, shape);
    return *this;
  }
  ModelBuilder& output(const std::string& name) {
    auto* info = graph().add_output();
    info->set_name(name);
    info->mutable_type()->mutable_tensor_type()->set_elem_type(onnx::TensorProto::FLOAT);
    return *this;
  }
  ModelBuilder& weight(const std::string& name, const Shape& shape, int type = onnx::TensorProto::FLOAT) {
    auto* tensor = graph().add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(type);
    for (const std::int64_t extent : shape) tensor->add_dims(extent);
    return *this;
  }
  ModelBuilder& numbers(const std::string& name, const Shape& values) {
    auto* tensor = graph().add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(onnx::TensorProto::INT64);
    tensor->add_dims(static_cast<std::int64_t>(values.size()));
    for (const std::int64_t value : values) tensor->add_int64_data(value);
    return *this;
  }
  ModelBuilder& scalar(const std::string& name, float value) {
    auto* tensor = graph().add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(onnx::TensorProto::FLOAT);
    tensor->add_float_data(value);
    return *this;
  }
  Node node(const std::string& type, const std::vector<std::string>& inputs, const std::string& output) {
    auto* proto = graph().add_node();
    proto->set_op_type(type);
    proto->set_name(output + "_node");
    for (const std::string& input : inputs) proto->add_input(input);
    proto->add_output(output);
    return Node(*proto);
  }

  static void describe(onnx::ValueInfoProto& info, const std::string& name, const Shape& shape) {
    info.set_name(name);
    auto* type = info.mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::FLOAT);
    type->mutable_shape();
    for (const std::int64_t extent : shape) type->mutable_shape()->add_dim()->set_dim_value(extent);
  }

  [[nodiscard]] onnx::ModelProto& model() { return model_; }
  [[nodiscard]] onnx::GraphProto& graph() { return *model_.mutable_graph(); }
  [[nodiscard]] std::string bytes() const { return model_.SerializeAsString(); }
  [[nodiscard]] Result<Network> import(const ImportOptions& options = {}) const {
    return parseOnnx(bytes(), "m.onnx", options);
  }

 private:
  onnx::ModelProto model_;
};

inline std::string problemsOf(const Result<Network>& network) {
  std::string text;
  for (const Diagnostic& diagnostic : network.diagnostics) text += toString(diagnostic) + '\n';
  return text;
}

/// "conv2d relu dense": the operators in their order, foreign ones in angle brackets.
inline std::string operatorsOf(const Network& network) {
  std::string text;
  for (const Layer& layer : network.layers) {
    text += (text.empty() ? "" : " ") + (layer.foreign ? '<' + layer.operatorName + '>' : layer.operatorName);
  }
  return text;
}

}  // namespace taktwerk::test
