// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/random_point.h"
#include "core/estimate/estimate.h"
#include "core/estimate/estimate_memory.h"
#include "core/machine/elaborate.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

std::string source(const std::string& path) {
  return sourceDirectory() + '/' + path;
}

/// A shipped architecture, and what its points have in common.
class ShippedPoints : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] std::string file() const {
    return source("archs/" + std::string(GetParam()) + '/' + GetParam() + ".arch.yaml");
  }

  void SetUp() override {
    architecture_ = *readArchitecture(file());
    mappings_ = *readMappingsBeside(file());
  }

  /// Estimates a point; nothing where the architecture itself does not allow it.
  std::optional<NetworkEstimate> at(const ParameterValues& point, const std::string& network) {
    const auto machine = elaborate(architecture_, point);
    if (!machine) return std::nullopt;
    auto& known = networks_[network];
    if (known.layers.empty()) known = *readNetwork(source("resources/networks/" + network + ".network.yaml"));
    Progress progress;
    EstimateOptions options;
    options.method = Method::Roofline;  // the same programs, without timing them
    return estimateNetwork(*machine, known, mappings_, options, progress, &memory_);
  }

  static std::string inWords(const ParameterValues& point) {
    std::string text;
    for (const auto& [name, value] : point) text += " --set " + name + '=' + std::to_string(value);
    return text;
  }

  void expectResult(const ParameterValues& point, const std::string& network) {
    const auto estimate = at(point, network);
    if (!estimate) return;
    ++estimated_;
    EXPECT_FALSE(hasErrors(estimate->diagnostics))
        << GetParam() << ' ' << network << inWords(point) << ": " << toString(estimate->diagnostics.front());
    EXPECT_FALSE(estimate->layers.empty() && estimate->unmapped.empty()) << inWords(point);
    for (const UnmappedLayer& layer : estimate->unmapped) EXPECT_FALSE(layer.reason.empty()) << layer.name;
    note(network, estimate->unmapped);
  }

  /// Counts reasons, figures in them left out.
  void note(const std::string& network, const std::vector<UnmappedLayer>& unmapped) {
    ++points_[network];
    if (unmapped.empty()) ++whole_[network];
    std::set<std::string> reasons;
    for (const UnmappedLayer& layer : unmapped) {
      std::string reason;
      for (const char each : layer.reason) {
        const bool digit = each >= '0' && each <= '9';
        if (!digit) reason += each;
        if (digit && !reason.ends_with('#')) reason += '#';
      }
      reasons.insert(layer.operatorName + ": " + reason);
    }
    for (const std::string& reason : reasons) ++reasons_[network + ", " + reason];
  }

  /// What came of the points, for whoever runs many.
  void tell() const {
    for (const auto& [network, count] : points_) {
      const auto whole = whole_.find(network);
      std::cout << GetParam() << ", " << network << ": " << count << " points, "
                << (whole == whole_.end() ? 0 : whole->second) << " with all layers mapped\n";
    }
    for (const auto& [reason, count] : reasons_) std::cout << "  " << count << " points: " << reason << '\n';
  }

  /// The ends of each range that the defaults of the others leave.
  [[nodiscard]] std::map<std::string, std::pair<std::int64_t, std::int64_t>> limitsOf() const {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> limits;
    for (const Parameter& parameter : architecture_.parameters) {
      if (parameter.minimum && parameter.maximum)
        limits[parameter.name] = {parameter.minimum->value, parameter.maximum->value};
    }
    return limits;
  }

  Architecture architecture_;
  std::vector<Mapping> mappings_;
  std::map<std::string, Network> networks_;
  EstimateMemory memory_;
  int estimated_ = 0;
  std::map<std::string, int> points_, whole_;  ///< by network: all, and those that leave no layer out
  std::map<std::string, int> reasons_;         ///< points by network, operator and reason
};

TEST_P(ShippedPoints, EachRandomOneHasAResult) {
  const int count = test::propertyCount(10);
  for (int i = 0; i < count; ++i) {
    const std::optional<ParameterMap> point = randomPoint(architecture_, static_cast<std::uint64_t>(i));
    ASSERT_TRUE(point);
    expectResult(*point, "tc-resnet8");
    if (count > 10) expectResult(*point, "resnet-50");
  }
  EXPECT_EQ(estimated_, count > 10 ? 2 * count : count) << "a feasible point is no architecture";
  if (count > 10) tell();
}

TEST_P(ShippedPoints, TheEndsOfEachRangeHaveResults) {
  ParameterValues least, most;
  for (const auto& [name, limits] : limitsOf()) {
    expectResult({{name, limits.first}}, "tc-resnet8");
    expectResult({{name, limits.second}}, "tc-resnet8");
    least[name] = limits.first;
    most[name] = limits.second;
  }
  expectResult(least, "tc-resnet8");
  expectResult(most, "tc-resnet8");
  EXPECT_GT(estimated_, std::ssize(limitsOf()));
}

INSTANTIATE_TEST_SUITE_P(Architectures, ShippedPoints,
                         testing::Values("gemmini", "gemmini-blocks", "nvdla-like", "one-mac",
                                         "output-stationary-array", "plasticine-derived", "systolic-array",
                                         "redmule", "tiny-tpu", "tpu-like", "ultratrail", "ultratrail-steps"),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

NetworkEstimate gemminiAt(const ParameterValues& point, const EstimateOptions& options = {}) {
  const std::string file = source("archs/gemmini/gemmini.arch.yaml");
  Progress progress;
  return estimateNetwork(*elaborate(*readArchitecture(file), point),
                         *readNetwork(source("resources/networks/tc-resnet8.network.yaml")),
                         *readMappingsBeside(file), options, progress);
}

TEST(GemminiPoints, ALargerMeshTakesSmallerTilesInEveryLayer) {
  const NetworkEstimate estimate = gemminiAt({{"mesh", 32}});
  EXPECT_TRUE(estimate.complete);
  EXPECT_TRUE(estimate.exact);
  ASSERT_FALSE(estimate.layers.empty());
  const LayerEstimate& first = estimate.layers.front();
  EXPECT_EQ(first.adapted, (std::map<std::string, std::int64_t>{{"tile_rows", 4}}));
  EXPECT_EQ(first.tunables.at("tile_columns"), 4);
}

TEST(GemminiPoints, TheDefaultsAreNotAdapted) {
  for (const LayerEstimate& layer : gemminiAt({}).layers) EXPECT_TRUE(layer.adapted.empty()) << layer.name;
}

TEST(GemminiPoints, ASmallScratchpadTakesFewerSlots) {
  const NetworkEstimate estimate = gemminiAt({{"scratchpad_rows", 512}});
  EXPECT_TRUE(estimate.complete);
  ASSERT_FALSE(estimate.layers.empty());
  EXPECT_FALSE(estimate.layers.front().adapted.empty());
}

TEST(GemminiPoints, WhatIsGivenStaysAndTheReasonIsToldWhereItCannotFit) {
  EstimateOptions options;
  options.tunables = {{"tile_rows", 16}, {"tile_columns", 8}, {"slots", 32}};
  const NetworkEstimate estimate = gemminiAt({{"mesh", 32}}, options);
  EXPECT_FALSE(hasErrors(estimate.diagnostics));
  EXPECT_FALSE(estimate.complete);
  ASSERT_FALSE(estimate.unmapped.empty());
  EXPECT_NE(estimate.unmapped.front().reason.find("buffer \"rows\" needs 131072 words, but memory "
                                                  "\"scratchpad\" holds 16384 words"),
            std::string::npos)
      << estimate.unmapped.front().reason;
  EXPECT_FALSE(estimate.layers.empty());  // others are mapped all the same
}

TEST(GemminiPoints, ASearchBeginsWithWhatFitsAndFindsNothingSlower) {
  EstimateOptions options;
  const NetworkEstimate plain = gemminiAt({{"mesh", 32}}, options);
  options.search = 6;
  const NetworkEstimate searched = gemminiAt({{"mesh", 32}}, options);
  EXPECT_TRUE(searched.complete);
  ASSERT_EQ(searched.layers.size(), plain.layers.size());
  for (std::size_t i = 0; i < plain.layers.size(); ++i) {
    EXPECT_LE(searched.layers[i].cycles, plain.layers[i].cycles) << plain.layers[i].name;
    EXPECT_EQ(searched.layers[i].adapted.empty(), plain.layers[i].adapted.empty()) << plain.layers[i].name;
  }
}

}  // namespace
}  // namespace taktwerk
