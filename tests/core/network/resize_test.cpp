// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/resize.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/network/network_file.h"
#include "core/network/network_writer.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using testing::HasSubstr;

Network shipped(const std::string& name) {
  auto network = readNetwork(taktwerk::sourceDirectory() + "/resources/networks/" + name + ".network.yaml");
  EXPECT_TRUE(network) << name;
  return network ? std::move(*network) : Network{};
}

const Layer& layerNamed(const Network& network, const std::string& name) {
  const auto found = std::find_if(network.layers.begin(), network.layers.end(),
                                  [&](const Layer& l) { return l.name == name; });
  EXPECT_NE(found, network.layers.end()) << name;
  return *found;
}

/// What came out must be a network that the reader takes.
void expectSound(const Network& network) {
  const auto again = parseNetwork(writeNetwork(network), "again");
  ASSERT_TRUE(again) << toString(again.diagnostics.front());
  EXPECT_EQ(again->macs(), network.macs());
}

TEST(Resize, MoreFiltersFlowToTheNextLayers) {
  const Network alexnet = shipped("alexnet");
  const Layer& first = layerNamed(alexnet, "conv1");
  const Resized wider = resizeLayer(alexnet, first.id, "K", 96);
  EXPECT_EQ(wider.problem, "");
  expectSound(wider.network);
  EXPECT_EQ(layerNamed(wider.network, "conv2").dimensions.at("C"), 96);
  EXPECT_EQ(layerNamed(wider.network, "conv1").macs, first.macs / first.dimensions.at("K") * 96);
  EXPECT_EQ(layerNamed(wider.network, "conv3").macs, layerNamed(alexnet, "conv3").macs);
}

TEST(Resize, ALargerInputReachesTheFullyConnectedLayers) {
  const Network alexnet = shipped("alexnet");
  const Resized taller = resizeLayer(alexnet, layerNamed(alexnet, "conv1").id, "H", 256);
  EXPECT_EQ(taller.problem, "");
  expectSound(taller.network);
  EXPECT_GT(layerNamed(taller.network, "fc6").dimensions.at("C"), 9216);
}

TEST(Resize, DepthwiseStaysDepthwiseAndGlobalPoolsStayGlobal) {
  const Network mobile = shipped("mobilenet-v2");
  const auto depthwise = std::find_if(mobile.layers.begin(), mobile.layers.end(), [](const Layer& l) {
    return l.operatorName == "conv2d" && l.dimensions.at("groups") > 1;
  });
  ASSERT_NE(depthwise, mobile.layers.end());
  const Resized wider = resizeLayer(mobile, mobile.layers.front().id, "K", 40);
  EXPECT_EQ(wider.problem, "");
  expectSound(wider.network);
  EXPECT_EQ(layerNamed(wider.network, depthwise->name).dimensions.at("groups"), 40);
}

TEST(Resize, WhatCannotFollowIsSaid) {
  const Network resnet = shipped("resnet-18");
  const auto conv = std::find_if(resnet.layers.begin() + 2, resnet.layers.end(),
                                 [](const Layer& l) { return l.operatorName == "conv2d"; });
  EXPECT_THAT(resizeLayer(resnet, conv->id, "C", 7).problem, HasSubstr("change it where that is written"));
  EXPECT_THAT(resizeLayer(resnet, conv->id, "P", 7).problem, HasSubstr("follows from the others"));
  EXPECT_THAT(resizeLayer(resnet, conv->id, "stride", 0).problem, HasSubstr("must be at least 1"));
  EXPECT_THAT(resizeLayer(resnet, resnet.layers.front().id, "K", std::int64_t{1} << 60).problem,
              testing::Not(testing::IsEmpty()));
}

TEST(Resize, EveryDimensionOfEveryLayerGivesASoundNetworkOrAProblem) {
  int sound = 0, problems = 0;
  for (const char* name : {"tc-resnet8", "mlp", "alexnet", "resnet-18"}) {
    const Network network = shipped(name);
    for (const Layer& layer : network.layers) {
      for (const auto& [dimension, value] : layer.dimensions) {
        const Resized resized = resizeLayer(network, layer.id, dimension, value + 1);
        if (!resized.problem.empty()) {
          ++problems;
          continue;
        }
        SCOPED_TRACE(std::string(name) + ' ' + layer.name + ' ' + dimension);
        expectSound(resized.network);
        ++sound;
      }
    }
  }
  EXPECT_GT(sound, 100);
  EXPECT_GT(problems, 100);
}

}  // namespace
}  // namespace taktwerk
