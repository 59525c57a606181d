// SPDX-License-Identifier: GPL-3.0-or-later
// The systolic array at scalar level: billions of instructions, a handful of which are evaluated.
#include <algorithm>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/estimate/estimate.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

std::filesystem::path source(const std::string& file) {
  return std::filesystem::path(taktwerk::sourceDirectory()) / file;
}

NetworkEstimate estimate(const std::string& network, const ParameterValues& parameters,
                         Method method = Method::Auto, const std::string& layer = {}) {
  const auto file = source("archs/systolic-array/systolic-array.arch.yaml");
  Progress progress;
  EstimateOptions options;
  options.method = method;
  options.jobs = 1;
  const Network read = *readNetwork(source("resources/networks/" + network + ".network.yaml"));
  options.layer = read.find(layer);
  return estimateNetwork(*elaborate(*readArchitecture(file), parameters), read, *readMappingsBeside(file),
                         options, progress);
}

/// The most that any layer evaluates; each does so by itself.
std::int64_t bodies(const NetworkEstimate& estimate) {
  std::int64_t most = 0;
  for (const LayerEstimate& layer : estimate.layers) most = std::max(most, layer.evaluatedIterations);
  return most;
}

TEST(SystolicArray, AlexNetOnTwoByTwoEvaluatesAtMostThirtyTwoBodiesALayer) {
  const NetworkEstimate e = estimate("alexnet", {{"rows", 2}, {"columns", 2}});
  EXPECT_TRUE(e.exact);
  EXPECT_TRUE(e.unmapped.empty());
  EXPECT_GT(e.instructions, 4'000'000'000);
  EXPECT_LE(bodies(e), 32);
  std::int64_t macs = 0;
  for (const LayerEstimate& layer : e.layers) macs += layer.macs;
  EXPECT_EQ(macs, 714'188'480);
}

TEST(SystolicArray, WideFetchAndBigBuffersNeedAtMostTwoHundredBodiesALayer) {
  for (const std::int64_t size : {2, 4, 8}) {
    const NetworkEstimate e =
        estimate("alexnet", {{"rows", size}, {"columns", size}, {"fetch_width", 16}, {"issue_buffer", 64}});
    EXPECT_TRUE(e.exact);
    EXPECT_LE(bodies(e), 200) << size;
  }
}

TEST(SystolicArray, AutoEqualsFull) {
  for (const ParameterValues& parameters :
       {ParameterValues{}, ParameterValues{{"rows", 3}, {"columns", 5}, {"memory_latency", 7}},
        ParameterValues{{"rows", 2}, {"columns", 2}, {"fetch_width", 3}, {"memory_requests", 3}}}) {
    const NetworkEstimate exact = estimate("tc-resnet8", parameters);
    const NetworkEstimate full = estimate("tc-resnet8", parameters, Method::Full);
    ASSERT_EQ(exact.layers.size(), full.layers.size());
    EXPECT_TRUE(exact.unmapped.empty());
    for (std::size_t k = 0; k < full.layers.size(); ++k) {
      EXPECT_EQ(exact.layers[k].cycles, full.layers[k].cycles) << full.layers[k].name;
      EXPECT_EQ(exact.layers[k].breakdown, full.layers[k].breakdown) << full.layers[k].name;
      EXPECT_EQ(exact.layers[k].traffic, full.layers[k].traffic) << full.layers[k].name;
    }
  }
}

TEST(SystolicArray, FullEqualsTheReferenceOnALayer) {
  const ParameterValues parameters{{"rows", 2}, {"columns", 3}};
  const NetworkEstimate full = estimate("tc-resnet8", parameters, Method::Full, "fc");
  const NetworkEstimate simulated = estimate("tc-resnet8", parameters, Method::Simulate, "fc");
  EXPECT_EQ(full.cycles, simulated.cycles);
}

}  // namespace
}  // namespace taktwerk
