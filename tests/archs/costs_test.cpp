// SPDX-License-Identifier: GPL-3.0-or-later
// What shipped architectures say of costs: sources, sums by hand, and that designs can be compared.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/estimate/cost_totals.h"
#include "core/machine/machine_costs.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

const std::vector<std::string> costed = {"gemmini",
                                         "gemmini-blocks",
                                         "nvdla-like",
                                         "one-mac",
                                         "output-stationary-array",
                                         "plasticine-derived",
                                         "systolic-array",
                                         "tpu-like",
                                         "ultratrail",
                                         "ultratrail-steps"};

std::string pathOf(const std::string& name) {
  return sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
}

std::shared_ptr<const Machine> machineOf(const std::string& name, const ParameterValues& values = {}) {
  const auto machine = elaborate(*readArchitecture(pathOf(name)), values);
  EXPECT_TRUE(machine) << name << ": " << (machine ? "" : machine.diagnostics.front().message);
  return *machine;
}

double areaOf(const std::string& name, const ParameterValues& values = {}) {
  return machineOf(name, values)->costs->area.total.value_or(-1);
}

NetworkEstimate estimateOf(const std::string& name, const std::string& network,
                           const ParameterValues& values = {}) {
  Progress progress;
  return estimateNetwork(machineOf(name, values),
                         *readNetwork(sourceDirectory() + "/resources/networks/" + network + ".network.yaml"),
                         *readMappingsBeside(pathOf(name)), {}, progress);
}

TEST(ShippedCosts, HaveSourcesAndAClock) {
  for (const std::string& name : costed) {
    const auto machine = machineOf(name);
    ASSERT_TRUE(machine->costs) << name;
    EXPECT_EQ(machine->clock.has_value(), name != "one-mac") << name;
    EXPECT_TRUE(machine->costs->area.total) << name;
    EXPECT_TRUE(machine->costs->hasEnergy) << name;
    std::vector<std::string> sources;
    for (const CostSource& source : machine->costs->sources) sources.push_back(source.name);
    EXPECT_THAT(sources, IsSupersetOf({"horowitz", "cell"})) << name;
  }
}

/// Chips that hardly leak are not told by figures of other technologies.
bool leaks(const std::string& name) {
  return !name.starts_with("ultratrail");
}

TEST(ShippedCosts, SayWhereEachOfThemIsFrom) {
  for (const std::string& name : costed) {
    const auto machine = machineOf(name);
    const MachineCosts& costs = *machine->costs;
    EXPECT_EQ(costs.leakage.total.has_value(), leaks(name)) << name;
    for (std::size_t group = 0; group < costs.groups.size(); ++group) {
      const std::string what = name + ": " + costs.groups[group];
      EXPECT_TRUE(costs.area.byGroup[group] == 0 || !costs.sourcesOf[group].area.empty()) << what;
      if (!leaks(name)) continue;
      EXPECT_EQ(costs.leakage.byGroup[group] > 0, costs.area.byGroup[group] > 0) << what;
      EXPECT_EQ(costs.leakage.byGroup[group] > 0, !costs.sourcesOf[group].leakage.empty()) << what;
    }
  }
}

TEST(ShippedCosts, TheLeakageOfASystolicArrayIsThatOfItsParts) {
  const double adder = 137 * 0.0133, multiplier = 3495 * 0.0094, bit = 0.074, cell = 0.0035;
  const double element = adder + multiplier + 6 * 32 * bit, edge = adder + 32 * bit;
  EXPECT_NEAR(*machineOf("systolic-array")->costs->leakage.total,
              16 * element + 12 * edge + 16 * 64 * bit + 65536 * 8 * cell, 0.1);
}

TEST(ShippedCosts, OfTwoModelsOfOneMachineAreNear) {
  EXPECT_NEAR(areaOf("gemmini-blocks") / areaOf("gemmini"), 1, 0.01);
  EXPECT_NEAR(areaOf("ultratrail-steps") / areaOf("ultratrail"), 1, 0.05);
}

TEST(ShippedCosts, EveryUnitThatComputesHasAnEnergy) {
  for (const std::string& name : costed) {
    const bool onlyProducts = name == "output-stationary-array";
    const NetworkEstimate estimate = estimateOf(name, onlyProducts ? "bert-base-layer" : "tc-resnet8");
    ASSERT_TRUE(estimate.diagnostics.empty()) << name << ": " << estimate.diagnostics.front().message;
    const CostTotals totals = costTotals(estimate);
    ASSERT_TRUE(totals.energy()) << name;
    EXPECT_GT(totals.energy()->least, 0) << name;
    EXPECT_EQ(totals.energy()->least, totals.energy()->most) << name;
    for (const std::string& left : totals.energyLeftOut) {
      EXPECT_THAT(left, testing::AnyOf("imem", "fetch", "issue", "loader", "storer", "fetcher", "loopback",
                                       "shifter", "fifo", "shadow", "idle", "setup", "reader", "tile", "lock",
                                       "chains", "left.generator", "top.generator", "out.generator",
                                       "features", "host", "preloader", "output_unit", "bmem"))
          << name;
    }
  }
}

TEST(ShippedCosts, TheAreaOfASystolicArrayIsThatOfItsParts) {
  const double adder = 137, multiplier = 3495, bit = 5.98, cell = 0.567;
  const double element = adder + multiplier + 6 * 32 * bit, edge = adder + 32 * bit;
  const double buffer = 16 * 64 * bit, memory = 65536 * 8 * cell * (1 + 3 / 20.0);
  EXPECT_NEAR(areaOf("systolic-array"), 16 * element + 12 * edge + buffer + memory, 1);
  const double slow = adder + multiplier / 4 + 64 * bit + 6 * 32 * bit;
  EXPECT_NEAR(areaOf("systolic-array",
                     {{"rows", 3}, {"columns", 5}, {"element_latency", 4}, {"memory_port_width", 4}}),
              15 * slow + 13 * edge + buffer + 65536 * 8 * cell * (1 + 15 / 20.0), 1);
}

TEST(ShippedCosts, TheEnergyOfAGemminiTileIsThatOfItsProducts) {
  const NetworkEstimate estimate = estimateOf("gemmini", "tc-resnet8");
  double macs = 0, energy = 0;
  for (const LayerEstimate& layer : estimate.layers) macs += static_cast<double>(layer.macs);
  for (const EnergyShare& share : energyShares(estimate)) {
    if (share.what == "multiply") energy += share.most;
  }
  // 0.2 pJ and 0.1 pJ each; blocks at the edges of tiles multiply more than the layers ask for.
  EXPECT_GE(energy, macs * 0.3);
  EXPECT_LE(energy, macs * 0.3 * 8);
}

TEST(ShippedCosts, DependOnWhatMakesADesignLarger) {
  const auto grows = [](const std::string& name, const ParameterValues& smaller,
                        const ParameterValues& larger) {
    EXPECT_LT(areaOf(name, smaller), areaOf(name, larger)) << name;
  };
  grows("systolic-array", {{"rows", 4}}, {{"rows", 5}});
  grows("systolic-array", {{"element_latency", 8}}, {{"element_latency", 1}});
  grows("gemmini", {{"mesh", 8}}, {{"mesh", 16}});
  grows("gemmini", {{"accumulator_rows", 512}}, {{"accumulator_rows", 1024}});
  grows("output-stationary-array", {{"columns", 8}}, {{"columns", 9}});
  grows("output-stationary-array", {{"line_words", 8}}, {{"line_words", 16}});
  grows("tpu-like", {{"rows", 128}}, {{"rows", 256}});
  grows("tpu-like", {{"buffer_bytes", 16777216}}, {{"buffer_bytes", 25165824}});
  grows("plasticine-derived", {{"lanes", 8}}, {{"lanes", 16}});
  grows("plasticine-derived", {{"memory_words", 32768}}, {{"memory_words", 65536}});
  grows("ultratrail", {{"partial_sum_ports", 1}}, {{"partial_sum_ports", 2}});
  grows("nvdla-like", {{"atomic_c", 32}}, {{"atomic_c", 64}});
  grows("nvdla-like", {{"buffer_bytes", 262144}}, {{"buffer_bytes", 524288}});
}

}  // namespace
}  // namespace taktwerk
