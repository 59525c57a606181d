// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/archs/shipped.h"

#include <algorithm>

namespace taktwerk {
namespace {

using namespace test;

TEST(ShippedArchitectures, AndTheirMappingsAreReadWithoutAWord) {
  int architectures = 0, mappings = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sourcePath("archs"))) {
    const std::string file = entry.path().string();
    if (file.ends_with(".arch.yaml")) {
      const auto architecture = readArchitecture(entry.path());
      ASSERT_TRUE(architecture) << file;
      EXPECT_TRUE(architecture.diagnostics.empty())
          << file << ": " << architecture.diagnostics.front().message;
      EXPECT_TRUE(elaborate(*architecture, {})) << file;
      EXPECT_TRUE(std::filesystem::exists(entry.path().parent_path() / "README.md")) << file;
      ++architectures;
    } else if (file.ends_with(".mapping.yaml")) {
      const auto mapping = readMapping(entry.path());
      ASSERT_TRUE(mapping) << file;
      EXPECT_TRUE(mapping.diagnostics.empty()) << file;
      ++mappings;
    }
  }
  EXPECT_GE(architectures, 5);
  EXPECT_GE(mappings, 50);
}

TEST(ShippedArchitectures, MappingsLeaveNothingOutOfTheLayersTheyTake) {
  int checked = 0;
  for (const char* name :
       {"gemmini", "gemmini-blocks", "nvdla-like", "one-mac", "output-stationary-array", "plasticine-derived",
        "systolic-array", "tpu-like", "ultratrail", "ultratrail-steps"}) {
    const Shipped on = shipped(name);
    for (const char* each : {"tc-resnet8", "mlp", "alexnet", "mobilenet-v2", "bert-base-layer"}) {
      const Network network = shippedNetwork(each);
      for (const Layer& layer : network.layers) {
        for (const Mapping& mapping : on.mappings) {
          EXPECT_TRUE(omissionsOf(mapping).empty()) << mapping.file;
          const Match found = match(mapping, *on.machine, network, layer.id);
          if (found.layers.empty()) continue;
          const auto mapped = mapLayers(mapping, *on.machine, network, found.layers);
          if (!mapped) continue;
          EXPECT_FALSE(mapped->omission)
              << name << ' ' << mapping.name << ' ' << layer.name << ": " << mapped->omission->message;
          ++checked;
        }
      }
    }
  }
  EXPECT_GT(checked, 500);
}

TEST(ShippedArchitectures, SayWhyALayerIsUnmapped) {
  const NetworkEstimate bert = estimate(shipped("gemmini"), shippedNetwork("bert-base-layer"));
  EXPECT_FALSE(bert.complete);
  const auto softmax = std::find_if(bert.unmapped.begin(), bert.unmapped.end(),
                                    [](const UnmappedLayer& layer) { return layer.name == "softmax"; });
  ASSERT_NE(softmax, bert.unmapped.end());
  EXPECT_NE(softmax->reason.find("no unit for it"), std::string::npos) << softmax->reason;
  const NetworkEstimate alexnet = estimate(shipped("ultratrail"), shippedNetwork("alexnet"));
  ASSERT_FALSE(alexnet.unmapped.empty());
  EXPECT_EQ(alexnet.unmapped.front().reason, "no mapping takes conv2d");
}

}  // namespace
}  // namespace taktwerk
