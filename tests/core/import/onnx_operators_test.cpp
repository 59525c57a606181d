// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of single operators and of patterns of them.
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/import/model_builder.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Network good(const ModelBuilder& model, const ImportOptions& options = {}) {
  const auto network = model.import(options);
  EXPECT_TRUE(network) << problemsOf(network);
  return network ? *network : Network{};
}

const Shape& outputShape(const Network& network, std::size_t layer) {
  return network.tensor(network.layers.at(layer).output).shape;
}

TEST(OnnxOperators, QuantisedFormsAreTheirOperators) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).weight("w", {4, 3, 3, 3}, onnx::TensorProto::INT8).weight("b", {4});
  for (const char* name : {"xs", "ws", "ys"}) m.scalar(name, 0.5F);
  for (const char* name : {"xz", "wz", "yz"}) m.weight(name, {}, onnx::TensorProto::UINT8);
  m.node("QuantizeLinear", {"x", "xs", "xz"}, "q");
  m.node("QLinearConv", {"q", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"}, "c");
  m.node("DequantizeLinear", {"c", "ys", "yz"}, "d");
  m.node("Relu", {"d"}, "y");
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "conv2d relu");
  EXPECT_EQ(network.layers[0].inputs.size(), 3U);
  EXPECT_EQ(network.tensor(network.layers[0].inputs[0]).bits, 8);
  EXPECT_EQ(network.tensor(network.layers[0].output).bits, 8);
}

TEST(OnnxOperators, NormalisationFoldsIntoTheLayerBeforeOrStaysALayer) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).weight("w", {4, 3, 1, 1});
  for (const char* name : {"s", "b", "mean", "var"}) m.weight(name, {4});
  m.node("Conv", {"x", "w"}, "c");
  m.node("BatchNormalization", {"c", "s", "b", "mean", "var"}, "n");
  m.node("Relu", {"n"}, "r");
  m.node("BatchNormalization", {"r", "s", "b", "mean", "var"}, "y");
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "conv2d relu batch_norm");
  EXPECT_EQ(network.layers[0].inputs.size(), 3U) << "the shift became a bias";
}

TEST(OnnxOperators, NothingIsFoldedIntoWhatOthersReadToo) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).weight("w", {4, 3, 1, 1});
  for (const char* name : {"s", "b", "mean", "var"}) m.weight(name, {4});
  m.node("Conv", {"x", "w"}, "c");
  m.node("BatchNormalization", {"c", "s", "b", "mean", "var"}, "n");
  m.node("Add", {"c", "n"}, "y");
  EXPECT_EQ(operatorsOf(good(m.output("y"))), "conv2d batch_norm add");
}

TEST(OnnxOperators, BiasAdditionsFoldIntoMatrixProducts) {
  ModelBuilder m;
  m.input("x", {2, 16, 32}).weight("w", {32, 64}).weight("b", {64});
  m.node("MatMul", {"x", "w"}, "p");
  m.node("Add", {"b", "p"}, "s");
  m.node("Gelu", {"s"}, "y").domain("com.microsoft");
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "dense gelu");
  EXPECT_EQ(network.layers[0].inputs.size(), 3U);
  EXPECT_EQ(network.layers[0].macs, 2 * 16 * 32 * 64);
  EXPECT_EQ(outputShape(network, 0), (Shape{2, 16, 64}));
}

TEST(OnnxOperators, XTimesSigmoidOfXIsSwish) {
  ModelBuilder m;
  m.input("x", {1, 8, 4, 4});
  m.node("Relu", {"x"}, "r");
  m.node("Sigmoid", {"r"}, "g");
  m.node("Mul", {"r", "g"}, "y");
  EXPECT_EQ(operatorsOf(good(m.output("y"))), "relu swish");
  ModelBuilder other;
  other.input("x", {1, 8, 4, 4}).input("z", {1, 8, 1, 1});
  other.node("Sigmoid", {"z"}, "g");
  other.node("Mul", {"x", "g"}, "y");
  EXPECT_EQ(operatorsOf(good(other.output("y"))), "sigmoid multiply");
}

TEST(OnnxOperators, PaddingBeforeAConvolutionIsItsPadding) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).weight("w", {4, 3, 3, 3}).numbers("p", {0, 0, 0, 0, 0, 0, 1, 1});
  m.node("Pad", {"x", "p"}, "padded");
  m.node("Conv", {"padded", "w"}, "y").ints("strides", {2, 2});
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "conv2d");
  EXPECT_EQ(network.layers[0].dimensions.at("padding_bottom"), 1);
  EXPECT_EQ(network.layers[0].dimensions.at("padding_top"), 0);
  EXPECT_EQ(outputShape(network, 0), (Shape{1, 4, 4, 4}));
}

TEST(OnnxOperators, PaddingBeforeAMaximumStays) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).numbers("p", {0, 0, 1, 1, 0, 0, 1, 1});
  m.node("Pad", {"x", "p"}, "padded");
  m.node("MaxPool", {"padded"}, "y").ints("kernel_shape", {2, 2}).ints("strides", {2, 2});
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "<Pad> max_pool2d");
  EXPECT_EQ(outputShape(network, 1), (Shape{1, 3, 5, 5}));
}

TEST(OnnxOperators, ShapesThatAreComputedInTheGraphAreUnderstood) {
  ModelBuilder m;
  m.input("x", {2, 4, 3, 3}).numbers("zero", {0}).numbers("rest", {-1}).weight("w", {10, 36});
  m.node("Shape", {"x"}, "shape");
  m.node("Gather", {"shape", "zero"}, "first").integer("axis", 0);
  m.node("Concat", {"first", "rest"}, "target").integer("axis", 0);
  m.node("Reshape", {"x", "target"}, "flat");
  m.node("Gemm", {"flat", "w"}, "y").integer("transB", 1);
  const Network network = good(m.output("y"));
  EXPECT_EQ(operatorsOf(network), "dense");
  EXPECT_EQ(network.layers[0].dimensions.at("N"), 2);
}

TEST(OnnxOperators, AReshapeStaysWhereTheNextLayerNeedsIt) {
  ModelBuilder m;
  m.input("x", {1, 8, 4}).numbers("s", {1, 2, 4, 4}).weight("w", {4, 2, 3, 3});
  m.node("Reshape", {"x", "s"}, "r");
  m.node("Conv", {"r", "w"}, "y");
  EXPECT_EQ(operatorsOf(good(m.output("y"))), "reshape conv2d");
}

TEST(OnnxOperators, RoundingUpTakesNoWindowThatBeginsBehindTheInput) {
  for (const auto& [extent, outputs] : {std::pair<std::int64_t, std::int64_t>{14, 5}, {15, 5}, {16, 6}}) {
    ModelBuilder m;
    m.input("x", {1, 1, extent});
    m.node("MaxPool", {"x"}, "y").ints("kernel_shape", {2}).ints("strides", {3}).integer("ceil_mode", 1);
    EXPECT_EQ(outputShape(good(m.output("y")), 0), (Shape{1, 1, outputs})) << extent;
  }
}

TEST(OnnxOperators, OnlyTransposesThatMoveElementsStay) {
  ModelBuilder m;
  m.input("x", {1, 8, 1, 4}).weight("w", {5, 32});
  m.node("Transpose", {"x"}, "t").ints("perm", {0, 2, 1, 3});
  m.node("Flatten", {"t"}, "f");
  m.node("Gemm", {"f", "w"}, "y").integer("transB", 1);
  EXPECT_EQ(operatorsOf(good(m.output("y"))), "dense");
  ModelBuilder moving;
  moving.input("x", {1, 8, 2, 4});
  moving.node("Transpose", {"x"}, "t").ints("perm", {0, 2, 1, 3});
  moving.node("Relu", {"t"}, "y");
  EXPECT_EQ(operatorsOf(good(moving.output("y"))), "transpose relu");
}

TEST(OnnxOperators, UnknownOperatorsAreForeignLayersWithTheirNames) {
  ModelBuilder m;
  m.input("x", {1, 8, 4, 4});
  m.node("GridWarp", {"x"}, "g").domain("org.example");
  ModelBuilder::describe(*m.graph().add_value_info(), "g", {1, 8, 2, 2});
  m.node("Relu", {"g"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "<GridWarp> relu");
  EXPECT_EQ(outputShape(*network, 0), (Shape{1, 8, 2, 2}));
  EXPECT_THAT(network.diagnostics, IsEmpty());
}

TEST(OnnxOperators, AGuessedShapeIsAWarningAndIsNamedInWhatFollows) {
  ModelBuilder m;
  m.input("x", {1, 8, 4, 4}).weight("w", {4, 3, 3, 3});
  m.node("GridWarp", {"x"}, "g").domain("org.example");
  m.node("Conv", {"g", "w"}, "y");
  const auto network = m.output("y").import();
  EXPECT_FALSE(network);
  EXPECT_THAT(problemsOf(network), HasSubstr("taken to be [1, 8, 4, 4], as its input"));
}

TEST(OnnxOperators, ForeignNamesNeverLookLikeOurs) {
  ModelBuilder m;
  m.input("x", {1, 8});
  m.node("relu", {"x"}, "y").domain("org.example");
  EXPECT_EQ(operatorsOf(good(m.output("y"))), "<onnx.relu>");
}

TEST(OnnxOperators, ClipIsReluOrRelu6OrForeign) {
  for (const auto& [most, expected] : {std::pair<float, const char*>{6.0F, "relu6"},
                                       {5.0F, "<Clip>"},
                                       {std::numeric_limits<float>::max(), "relu"}}) {
    ModelBuilder m;
    m.input("x", {1, 8}).scalar("least", 0.0F).scalar("most", most);
    m.node("Clip", {"x", "least", "most"}, "y");
    EXPECT_EQ(operatorsOf(good(m.output("y"))), expected) << most;
  }
}

TEST(OnnxOperators, NamedAxesNeedASize) {
  ModelBuilder m;
  m.input("x", {1, 1, 64}).weight("w", {64, 8});
  auto* shape = m.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
  shape->mutable_dim(0)->set_dim_param("batch");
  shape->mutable_dim(1)->set_dim_param("tokens");
  m.node("MatMul", {"x", "w"}, "y");
  const auto without = m.output("y").import();
  EXPECT_FALSE(without);
  EXPECT_THAT(problemsOf(without), HasSubstr("the axis \"tokens\" of the input \"x\" has no size"));
  ImportOptions options;
  options.axes["tokens"] = 16;
  options.batch = 3;
  EXPECT_EQ(good(m, options).macs(), 3 * 16 * 64 * 8);
  options.axes["token"] = 2;
  EXPECT_THAT(
      problemsOf(m.import(options)),
      HasSubstr("there is no axis \"token\" in the file to give a size (--axis); did you mean \"tokens\"?"));
}

TEST(OnnxOperators, ABatchThatNoInputTakesIsRefused) {
  ModelBuilder m;
  m.input("x", {1, 1, 64}).weight("w", {64, 8});
  auto* shape = m.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
  shape->mutable_dim(0)->set_dim_param("images");
  m.node("MatMul", {"x", "w"}, "y");
  m.output("y");
  ImportOptions options;
  options.axes["images"] = 5;
  EXPECT_EQ(good(m, options).macs(), 5 * 64 * 8);
  options.batch = 3;
  EXPECT_THAT(problemsOf(m.import(options)), HasSubstr("a batch is given, but no input has one"));
}

}  // namespace
}  // namespace taktwerk::test
