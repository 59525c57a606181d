// SPDX-License-Identifier: GPL-3.0-or-later
// Real files: what comes out is the published network.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/import/import_network.h"
#include "core/network/network_file.h"
#include "core/network/network_writer.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

const std::string folder = taktwerk::sourceDirectory() + "/tests/data/onnx/";

std::map<std::string, int> countsOf(const Network& network) {
  std::map<std::string, int> counts;
  for (const Layer& layer : network.layers) ++counts[layer.operatorName];
  return counts;
}

std::int64_t macsOf(std::int64_t k, std::int64_t c, std::int64_t taps, std::int64_t outputs) {
  return k * c * taps * outputs;
}

Network imported(const std::string& name, const ImportOptions& options = {}) {
  const auto network = importNetwork(folder + name + ".onnx", options);
  for (const Diagnostic& diagnostic : network.diagnostics) ADD_FAILURE() << toString(diagnostic);
  return network ? *network : Network{};
}

TEST(OnnxFiles, ResNet18HasThePublishedLayersAndMacs) {
  const Network network = imported("resnet18");
  EXPECT_EQ(
      countsOf(network),
      (std::map<std::string, int>{
          {"conv2d", 20}, {"relu", 17}, {"add", 8}, {"max_pool2d", 1}, {"average_pool2d", 1}, {"dense", 1}}));
  EXPECT_EQ(network.macs(),
            1814073344);  // as torchvision's; the network that comes with this project has the same
  EXPECT_EQ(network.weights(), 11689512 - 4800);  // one of two numbers a normalised channel is folded away
}

TEST(OnnxFiles, AlexNetHasThePublishedLayersAndMacs) {
  const Network network = imported("alexnet");
  EXPECT_EQ(countsOf(network),
            (std::map<std::string, int>{
                {"conv2d", 5}, {"relu", 7}, {"lrn", 2}, {"max_pool2d", 3}, {"dense", 3}, {"softmax", 1}}));
  // Krizhevsky's two groups; this export has no padding before the first layer, hence 54 outputs and not 55.
  const std::int64_t convolutions = macsOf(96, 3, 121, 54 * 54) + macsOf(256, 48, 25, 26 * 26) +
                                    macsOf(384, 256, 9, 12 * 12) + macsOf(384, 192, 9, 12 * 12) +
                                    macsOf(256, 192, 9, 12 * 12);
  EXPECT_EQ(network.macs(), convolutions + 9216 * 4096 + 4096 * 4096 + 4096 * 1000);
  EXPECT_EQ(network.weights(), 60965224);
}

TEST(OnnxFiles, TheMlperfTinyNetworksHaveThePublishedLayersAndMacs) {
  const Network keywords = imported("mlperf_tiny_ds_cnn");
  EXPECT_EQ(countsOf(keywords),
            (std::map<std::string, int>{
                {"conv2d", 9}, {"relu", 9}, {"average_pool2d", 1}, {"dense", 1}, {"softmax", 1}}));
  EXPECT_EQ(keywords.macs(),
            macsOf(64, 1, 40, 125) + 4 * (macsOf(64, 1, 9, 125) + macsOf(64, 64, 1, 125)) + 64 * 12);
  EXPECT_EQ(keywords.macs(), 2656768);
  const Network images = imported("mlperf_tiny_resnet8");
  EXPECT_EQ(
      countsOf(images),
      (std::map<std::string, int>{
          {"conv2d", 9}, {"relu", 7}, {"add", 3}, {"average_pool2d", 1}, {"dense", 1}, {"softmax", 1}}));
  EXPECT_EQ(images.macs(), 12501632);  // the 12.5 million of the benchmark
}

TEST(OnnxFiles, TheBatchMultipliesTheWork) {
  for (const char* name : {"resnet18", "alexnet", "mlperf_tiny_ds_cnn", "mlperf_tiny_resnet8"}) {
    ImportOptions four;
    four.batch = 4;
    const Network network = imported(name, four);
    EXPECT_EQ(network.macs(), 4 * imported(name).macs()) << name;
    EXPECT_EQ(network.weights(), imported(name).weights()) << name;
  }
}

TEST(OnnxFiles, WhatIsWrittenIsTheSameNetworkAndItsBatchAParameter) {
  for (const char* name : {"resnet18", "alexnet", "mlperf_tiny_ds_cnn", "mlperf_tiny_resnet8"}) {
    const auto text = importAsText(folder + name + ".onnx");
    ASSERT_TRUE(text) << name;
    EXPECT_THAT(text.diagnostics, testing::IsEmpty()) << name << toString(text.diagnostics.front());
    const auto again = parseNetwork(*text, "again");
    ASSERT_TRUE(again) << name << toString(again.diagnostics.front());
    EXPECT_EQ(writeNetwork(*again), writeNetwork(imported(name))) << name;
    ImportOptions five;
    five.batch = 5;
    const auto grown = parseNetwork(*text, "grown", {{"batch", 5}});
    ASSERT_TRUE(grown) << name << toString(grown.diagnostics.front());
    EXPECT_EQ(writeNetwork(*grown), writeNetwork(imported(name, five))) << name;
  }
}

TEST(OnnxFiles, BitsAreTheFilesUnlessSaid) {
  EXPECT_EQ(imported("resnet18").tensors.front().bits, 32);
  ImportOptions narrow;
  narrow.bits = 8;
  for (const Tensor& tensor : imported("resnet18", narrow).tensors) EXPECT_EQ(tensor.bits, 8) << tensor.name;
}

TEST(OnnxFiles, ShippedNetworksSurviveTheWriter) {
  for (const char* name : {"tc-resnet8", "alexnet", "efficientnet-b0", "mobilenet-v2", "resnet-18",
                           "resnet-50", "bert-base-layer", "mlp"}) {
    const std::string path = taktwerk::sourceDirectory() + "/resources/networks/" + name + ".network.yaml";
    const auto network = readNetwork(path);
    ASSERT_TRUE(network) << name;
    const std::string text = writeNetwork(*network);
    const auto again = parseNetwork(text, "again");
    ASSERT_TRUE(again) << name << ": " << toString(again.diagnostics.front());
    EXPECT_EQ(writeNetwork(*again), text) << name;
    EXPECT_EQ(again->macs(), network->macs()) << name;
    ASSERT_EQ(again->layers.size(), network->layers.size());
    for (std::size_t i = 0; i < again->layers.size(); ++i) {
      EXPECT_EQ(again->layers[i].dimensions, network->layers[i].dimensions)
          << name << ' ' << again->layers[i].name;
    }
  }
}

}  // namespace
}  // namespace taktwerk
