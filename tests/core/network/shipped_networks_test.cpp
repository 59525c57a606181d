// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <gtest/gtest.h>

#include "core/network/network_file.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

Network shipped(const std::string& name,
                const std::map<std::string, std::int64_t, std::less<>>& parameters = {}) {
  const auto network =
      readNetwork(taktwerk::sourceDirectory() + "/resources/networks/" + name + ".network.yaml", parameters);
  for (const Diagnostic& diagnostic : network.diagnostics) ADD_FAILURE() << toString(diagnostic);
  return network ? *network : Network{};
}

std::int64_t macsOf(const Network& network, const std::string& layer) {
  const auto found = std::find_if(network.layers.begin(), network.layers.end(),
                                  [&](const Layer& l) { return l.name == layer; });
  return found == network.layers.end() ? -1 : found->macs;
}

TEST(ShippedNetworks, TcResNet8HasThePublishedMacs) {
  const Network network = shipped("tc-resnet8");
  const std::vector<std::pair<std::string, std::int64_t>> published{
      {"conv0", 190080},    {"b1.conv1", 172800}, {"b1.down", 19200},   {"b1.conv2", 259200},
      {"b2.conv1", 172800}, {"b2.down", 19200},   {"b2.conv2", 230400}, {"b3.conv1", 179712},
      {"b3.down", 19968},   {"b3.conv2", 269568}, {"fc", 576}};
  for (const auto& [layer, macs] : published) EXPECT_EQ(macsOf(network, layer), macs) << layer;
  EXPECT_EQ(network.macs(), 1533504);
  EXPECT_EQ(network.weights(), 64512 + 340);  // and biases
  for (const Tensor& tensor : network.tensors) {
    EXPECT_EQ(tensor.bits, tensor.name.ends_with(".weight") ? 6 : 8) << tensor.name;
  }
}

TEST(ShippedNetworks, AlexNetHasThePublishedMacsAndWeights) {
  const Network network = shipped("alexnet");
  EXPECT_EQ(macsOf(network, "conv1"), 70276800);
  EXPECT_EQ(macsOf(network, "fc6"), 37748736);
  EXPECT_EQ(network.macs(), 714188480);
  EXPECT_EQ(network.weights(), 61100840);  // torchvision's parameter count
}

/// Weights are the published parameter counts less one of the two numbers of each batch normalisation's
/// channel, which fold into one bias.
TEST(ShippedNetworks, HaveThePublishedTotals) {
  struct Published {
    const char* name;
    std::int64_t macs, weights;
  };
  const std::vector<Published> all{
      {"resnet-18", 1814073344, 11689512 - 4800},   {"resnet-50", 4089184256, 25557032 - 26560},
      {"mobilenet-v2", 300774272, 3504872 - 17056}, {"efficientnet-b0", 385814752, 5288548 - 21008},
      {"bert-base-layer", 931135488, 7087872},      {"mlp", 234752, 234752 + 394}};
  for (const Published& each : all) {
    const Network network = shipped(each.name);
    EXPECT_EQ(network.macs(), each.macs) << each.name;
    EXPECT_EQ(network.weights(), each.weights) << each.name;
  }
}

TEST(ShippedNetworks, SequencesGrowQuadraticallyInAttentionOnly) {
  const Network network = shipped("bert-base-layer", {{"length", 256}});
  EXPECT_EQ(macsOf(network, "query"), 2 * 75497472);
  EXPECT_EQ(macsOf(network, "scores"), 4 * 12582912);
}

TEST(ShippedNetworks, BatchMultipliesTheWork) {
  EXPECT_EQ(shipped("tc-resnet8", {{"batch", 3}}).macs(), 3 * 1533504);
  EXPECT_EQ(shipped("alexnet", {{"batch", 2}}).macs(), 2 * 714188480);
}

}  // namespace
}  // namespace taktwerk
