// SPDX-License-Identifier: GPL-3.0-or-later
// Bad models: every one is refused with a reason, quickly, and nothing but the bytes given is looked at.
#include <fstream>
#include <iterator>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/import/model_builder.h"
#include "tests/support/places.h"
#include "tests/support/property_seed.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

ModelBuilder convolution(const Shape& input, const Shape& weight) {
  ModelBuilder m;
  m.input("x", input).weight("w", weight).output("y");
  return m;
}

void refused(const ModelBuilder& model, const char* reason) {
  const auto network = model.import();
  EXPECT_FALSE(network);
  EXPECT_TRUE(hasErrors(network.diagnostics));
  EXPECT_THAT(problemsOf(network), HasSubstr(reason));
}

TEST(HostileOnnx, StrideZeroIsRefused) {
  for (const char* type : {"Conv", "MaxPool", "AveragePool"}) {
    ModelBuilder m = convolution({1, 3, 8, 8}, {4, 3, 3, 3});
    const bool weighted = type == std::string("Conv");
    m.node(type, weighted ? std::vector<std::string>{"x", "w"} : std::vector<std::string>{"x"}, "y")
        .ints("kernel_shape", {3, 3})
        .ints("strides", {0, 0});
    refused(m, "strides = [0, 0] must be at least 1");
  }
}

TEST(HostileOnnx, NegativeAndGiganticSizesAreRefused) {
  const std::int64_t huge = std::int64_t{1} << 62;
  {
    ModelBuilder m = convolution({1, 3, -8, 8}, {4, 3, 3, 3});
    m.node("Conv", {"x", "w"}, "y");
    refused(m, "has the shape [1, 3, -8, 8]");
  }
  {
    ModelBuilder m = convolution({1, 3, 8, 8}, {4, 3, 3, 3});
    m.node("Conv", {"x", "w"}, "y").ints("pads", {huge, huge, huge, huge});
    refused(m, "pads");
  }
  {
    ModelBuilder m = convolution({1, 3, 8, 8}, {4, 3, 3, 3});
    m.node("Conv", {"x", "w"}, "y").ints("dilations", {huge, huge});
    refused(m, "dilations");
  }
  {
    ModelBuilder m = convolution({1, 1, std::int64_t{1} << 31, std::int64_t{1} << 31}, {1, 1, 1, 1});
    m.node("Conv", {"x", "w"}, "y");
    refused(m, "all elements together must fit 64 bits");
  }
  {
    // Each tensor is fine, the multiply-accumulates are not.
    ModelBuilder m = convolution({1, 1 << 24, 1 << 13, 1 << 13}, {1 << 24, 1 << 24, 1, 1});
    m.node("Conv", {"x", "w"}, "y");
    EXPECT_FALSE(m.import());
  }
  {
    ModelBuilder m = convolution({1, 3, 8, 8}, {4, 3, 3, 3});
    m.node("Conv", {"x", "w"}, "y").integer("group", 0);
    refused(m, "groups");
  }
}

TEST(HostileOnnx, CyclesAndValuesFromNowhereAreRefused) {
  ModelBuilder m;
  m.input("x", {1, 8}).output("y");
  m.node("Add", {"x", "b"}, "a");
  m.node("Relu", {"a"}, "b");
  m.node("Relu", {"b"}, "y");
  refused(m, "reads \"b\", which depends on what it writes itself: the graph has a cycle");
  ModelBuilder disordered;
  disordered.input("x", {1, 8}).output("y");
  disordered.node("Relu", {"a"}, "y");
  disordered.node("Relu", {"x"}, "a");
  refused(disordered, "reads \"a\", which no node before it writes; nodes must be in an order of execution");
  ModelBuilder nowhere;
  nowhere.input("x", {1, 8}).output("y");
  nowhere.node("Add", {"x", "b"}, "y");
  refused(nowhere, "reads \"b\", which nothing in the file writes");
  ModelBuilder twice;
  twice.input("x", {1, 8}).output("y");
  twice.node("Relu", {"x"}, "y");
  twice.node("Relu", {"x"}, "y");
  refused(twice, "writes \"y\", which is there already");
}

TEST(HostileOnnx, DeepNestingIsRefused) {
  onnx::ModelProto model = ModelBuilder().input("x", {1, 8}).output("y").model();
  onnx::GraphProto* graph = model.mutable_graph();
  for (int depth = 0; depth < 200; ++depth) {
    onnx::NodeProto* node = graph->add_node();
    node->set_op_type("If");
    node->add_output("y");
    onnx::AttributeProto* branch = node->add_attribute();
    branch->set_name("then_branch");
    graph = branch->mutable_g();
  }
  const auto network = parseOnnx(model.SerializeAsString(), "deep.onnx");
  ASSERT_FALSE(network);
  EXPECT_THAT(network.diagnostics.front().message, HasSubstr("no ONNX model"));
}

TEST(HostileOnnx, WhatIsNoModelIsRefused) {
  EXPECT_THAT(parseOnnx("", "empty.onnx").diagnostics.front().message, HasSubstr("the file is empty"));
  EXPECT_FALSE(parseOnnx("format: taktwerk-network/1\n", "text.onnx"));
  EXPECT_FALSE(parseOnnx(std::string(4096, '\0'), "zero.onnx"));
  EXPECT_FALSE(parseOnnx(onnx::ModelProto().SerializeAsString() + '\x08', "short.onnx"));
  ModelBuilder nothing;
  refused(nothing.input("x", {1}), "no nodes");
}

TEST(HostileOnnx, ExternalDataIsNeverOpened) {
  // Reading from a terminal that is not there would fail or block.
  ModelBuilder m = convolution({1, 3, 8, 8}, {4, 3, 3, 3});
  auto* tensor = m.graph().mutable_initializer(0);
  tensor->set_data_location(onnx::TensorProto::EXTERNAL);
  auto* location = tensor->add_external_data();
  location->set_key("location");
  location->set_value("/dev/tty");
  m.node("Conv", {"x", "w"}, "y");
  EXPECT_TRUE(m.import());
}

TEST(HostileOnnx, MessagesStayShortAndFew) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).output("y0");
  for (int i = 0; i < 500; ++i) {
    m.node("Reshape", {"x", "s" + std::to_string(i)}, "y" + std::to_string(i));
    m.numbers("s" + std::to_string(i), Shape(4000, 7));
  }
  const auto network = m.import();
  EXPECT_FALSE(network);
  EXPECT_LE(network.diagnostics.size(), 50U);
  for (const Diagnostic& diagnostic : network.diagnostics) EXPECT_LT(diagnostic.message.size(), 700U);
}

std::string fileBytes(const std::string& name) {
  std::ifstream file(taktwerk::sourceDirectory() + "/tests/data/onnx/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Damaged copies of real files give a network or a reason, never anything else.
TEST(HostileOnnx, DamagedFilesGiveANetworkOrAReason) {
  const std::vector<const char*> names{"resnet18.onnx", "alexnet.onnx", "mlperf_tiny_ds_cnn.onnx"};
  std::vector<std::string> files;
  for (const char* name : names) {
    files.push_back(fileBytes(name));
    ASSERT_GT(files.back().size(), 1000U);
  }
  const std::uint32_t first = propertySeed();
  int networks = 0, reasons = 0;
  for (std::uint32_t seed = first; seed != first + 900; ++seed) {
    SCOPED_TRACE(seedTrace(seed));
    std::mt19937 random(seed);
    std::string damaged = files[seed % files.size()];
    if (random() % 3 == 0) damaged.resize(random() % damaged.size());
    const int flips = 1 + static_cast<int>(random() % 8);
    for (int i = 0; i < flips && !damaged.empty(); ++i) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    const auto network = parseOnnx(damaged, names[seed % names.size()]);
    ASSERT_NE(network.value.has_value(), hasErrors(network.diagnostics));
    network ? ++networks : ++reasons;
  }
  EXPECT_GT(networks, 0);
  EXPECT_GT(reasons, 0);
}

}  // namespace
}  // namespace taktwerk::test
