// SPDX-License-Identifier: GPL-3.0-or-later
//
// Points that share a memory come to what each of them comes to by itself, whichever parameter they differ
// in: nothing that was remembered is taken where it is not the same.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/random_point.h"
#include "core/estimate/energy.h"
#include "core/estimate/estimate.h"
#include "core/estimate/estimate_memory.h"
#include "core/machine/elaborate.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

void expectSame(const LayerEstimate& a, const LayerEstimate& b, const std::string& where) {
  EXPECT_EQ(a.name, b.name) << where;
  EXPECT_EQ(a.mappingId, b.mappingId) << where;
  EXPECT_EQ(a.tunables, b.tunables) << where;
  EXPECT_EQ(a.adapted, b.adapted) << where;
  EXPECT_EQ(a.instructions, b.instructions) << where;
  EXPECT_EQ(a.cycles, b.cycles) << where;
  EXPECT_EQ(a.method, b.method) << where;
  EXPECT_EQ(a.lower, b.lower) << where;
  EXPECT_EQ(a.upper, b.upper) << where;
  EXPECT_EQ(a.utilisation, b.utilisation) << where;
  EXPECT_EQ(a.evaluatedInstructions, b.evaluatedInstructions) << where;
  EXPECT_EQ(a.roofline.compute, b.roofline.compute) << where;
  EXPECT_EQ(a.roofline.memory, b.roofline.memory) << where;
  EXPECT_EQ(a.breakdown, b.breakdown) << where;
  EXPECT_EQ(a.traffic, b.traffic) << where;
  ASSERT_EQ(a.instructionEnergy == nullptr, b.instructionEnergy == nullptr) << where;
  if (!a.instructionEnergy) return;
  EXPECT_EQ(*a.instructionEnergy, *b.instructionEnergy) << where;
}

void expectSame(const NetworkEstimate& a, const NetworkEstimate& b, const std::string& where) {
  EXPECT_EQ(a.cycles, b.cycles) << where;
  EXPECT_EQ(a.interval, b.interval) << where;
  EXPECT_EQ(a.diagnostics, b.diagnostics) << where;
  ASSERT_EQ(a.unmapped.size(), b.unmapped.size()) << where;
  for (std::size_t i = 0; i < a.unmapped.size(); ++i) {
    EXPECT_EQ(a.unmapped[i].name, b.unmapped[i].name) << where;
    EXPECT_EQ(a.unmapped[i].reason, b.unmapped[i].reason) << where;
  }
  ASSERT_EQ(a.layers.size(), b.layers.size()) << where;
  for (std::size_t i = 0; i < a.layers.size(); ++i) expectSame(a.layers[i], b.layers[i], where);
}

/// A shipped architecture, whose points share a memory.
class SharedMemory : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string file = sourceDirectory() + "/archs/" + GetParam() + '/' + GetParam() + ".arch.yaml";
    architecture_ = *readArchitecture(file);
    mappings_ = *readMappingsBeside(file);
    network_ = *readNetwork(sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml");
    options_.budget.evaluated = 20'000;  // what takes longer is taken by bounds, which share too
    options_.jobs = 1;
  }

  /// Estimates a point with the memory and by itself; nothing where there is no such point.
  void estimateTwice(const ParameterValues& point) {
    const auto machine = elaborate(architecture_, point);
    if (!machine) return;
    std::string where = GetParam();
    for (const auto& [name, value] : point) where += ' ' + name + '=' + std::to_string(value);
    Progress progress;
    expectSame(estimateNetwork(*machine, network_, mappings_, options_, progress, &memory_),
               estimateNetwork(*machine, network_, mappings_, options_, progress), where);
  }

  Architecture architecture_;
  std::vector<Mapping> mappings_;
  Network network_;
  EstimateOptions options_;
  EstimateMemory memory_;
};

/// Around a point each parameter takes a few values while the others stay.
TEST_P(SharedMemory, GivesWhatEachPointComesToByItself) {
  const std::optional<ParameterMap> start = randomPoint(architecture_, 5);
  ASSERT_TRUE(start);
  for (const ParameterValues& around : {ParameterValues{}, ParameterValues(start->begin(), start->end())}) {
    estimateTwice(around);
    for (const Parameter& parameter : architecture_.parameters) {
      if (!parameter.expression.empty() && around.empty()) continue;
      const auto found = around.find(parameter.name);
      const std::int64_t value = found == around.end() ? parameter.defaultValue : found->second;
      std::set<std::int64_t> values{value + 1, value / 2, 2 * value};
      for (const ParameterBound& each : parameter.values) values.insert(each.value);
      for (const std::int64_t other : values) {
        ParameterValues point = around;
        point[parameter.name] = other;
        if (value <= 64 || other < value) estimateTwice(point);
      }
    }
    estimateTwice(around);
  }
  EXPECT_GT(memory_.counts().programsKnown, 0);
  EXPECT_GT(memory_.counts().timingsKnown, 0);
}

/// Where its end decides which tiles fit: every size of a memory by itself.
TEST(SharedMemoryOfGemmini, IsOfNoOtherSizeOfTheScratchpad) {
  const std::string file = sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml";
  const Architecture architecture = *readArchitecture(file);
  const std::vector<Mapping> mappings = *readMappingsBeside(file);
  const Network network = *readNetwork(sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml");
  EstimateOptions options;
  options.jobs = 1;
  EstimateMemory memory;
  std::set<Cycles> different;
  for (const std::int64_t mesh : {8, 32}) {
    for (std::int64_t rows = 128; rows <= 32'768; rows += rows < 1024 ? 64 : 2048) {
      const auto machine = elaborate(architecture, {{"mesh", mesh}, {"scratchpad_rows", rows}});
      ASSERT_TRUE(machine) << rows;
      Progress progress;
      const NetworkEstimate shared = estimateNetwork(*machine, network, mappings, options, progress, &memory);
      expectSame(shared, estimateNetwork(*machine, network, mappings, options, progress),
                 "mesh " + std::to_string(mesh) + " rows " + std::to_string(rows));
      different.insert(shared.cycles);
    }
  }
  EXPECT_GT(different.size(), 4U) << "the sizes should matter";
  const EstimateCounts counts = memory.counts();
  EXPECT_GT(counts.programsKnown, counts.programs) << "most sizes come to tiles of others";
  EXPECT_GT(counts.timingsKnown, counts.timed) << "and to their times";
  EXPECT_EQ(counts.plans, 2) << "which layers are taken depends on the mesh alone";
}

INSTANTIATE_TEST_SUITE_P(Architectures, SharedMemory,
                         testing::Values("gemmini", "nvdla-like", "one-mac", "tpu-like", "ultratrail"),
                         [](const auto& instance) {
                           std::string name = instance.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace taktwerk
