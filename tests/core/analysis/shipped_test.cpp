// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of results holds for shipped networks and architectures.
#include <numeric>

#include <gtest/gtest.h>

#include "core/analysis/breakdown.h"
#include "core/analysis/difference.h"
#include "core/analysis/iteration.h"
#include "core/analysis/kernel_study.h"
#include "core/analysis/kernel_table.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

struct Case {
  const char* architecture;
  const char* network;
};

class Shipped : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    StudyFiles files;
    const std::string name = GetParam().architecture;
    files.architecture = sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
    files.network = sourceDirectory() + "/resources/networks/" + GetParam().network + ".network.yaml";
    study = *readStudy(files, memory);
    result = estimate(study, {}, memory, progress);
    ASSERT_TRUE(result->estimate);
    ASSERT_FALSE(result->estimate->layers.empty());
  }
  StudyMemory memory;
  Progress progress;
  Study study;
  std::shared_ptr<const StudyResult> result;
};

void checkSums(const CauseTable& table, Cycles cycles) {
  EXPECT_EQ(table.cycles, cycles);
  Cycles causes = 0, objects = 0, fetching = 0;
  double shares = 0;
  for (const CauseShare& each : table.causes) {
    EXPECT_GT(each.cycles, 0);
    causes += each.cycles;
    shares += each.share;
    if (each.cause.wait == WaitCause::Fetch) fetching += each.cycles;
  }
  for (const ObjectShare& each : table.objects) objects += each.busy + each.waited;
  EXPECT_EQ(causes, cycles);
  EXPECT_EQ(objects + fetching, cycles);
  EXPECT_NEAR(shares, cycles > 0 ? 1 : 0, 1e-9);
  EXPECT_TRUE(std::is_sorted(table.causes.rbegin(), table.causes.rend(),
                             [](const auto& a, const auto& b) { return a.cycles < b.cycles; }));
}

TEST_P(Shipped, BreakdownsAddUpToTheCycles) {
  const NetworkBreakdown breakdown = breakdownOf(*result->estimate);
  checkSums(breakdown.total, result->estimate->cycles);
  ASSERT_EQ(breakdown.layers.size(), result->estimate->layers.size());
  for (std::size_t i = 0; i < breakdown.layers.size(); ++i) {
    SCOPED_TRACE(breakdown.layers[i].layer);
    checkSums(breakdown.layers[i].table, result->estimate->layers[i].cycles);
  }
}

TEST_P(Shipped, DiffersFromItselfInNothing) {
  const ResultDifference difference =
      differenceOf(storedResult(*result->estimate), storedResult(*result->estimate));
  EXPECT_FALSE(difference.differs());
  EXPECT_EQ(difference.layers.size(), result->network->layers.size()) << "fused and unmapped ones are there";
}

TEST_P(Shipped, LoopsOfALayerAddUpToItsInstructions) {
  const auto program = programOf(study, result->estimate->layers.front().name, memory, progress);
  ASSERT_TRUE(program && program->mapped);
  const Program& mapped = program->mapped->program;
  const KernelTable table = kernelTableOf(mapped);
  EXPECT_EQ(table.instructions, result->estimate->layers.front().instructions);
  std::int64_t outermost = 0;
  for (const KernelRow& kernel : table.kernels) {
    if (kernel.depth == 0) outermost += kernel.length * kernel.trips;
  }
  std::int64_t outside = 0;
  for (const Program::Item& item : mapped.body(mapped.loops[0])) outside += item.isLoop ? 0 : 1;
  EXPECT_EQ(outermost + outside, table.instructions);
  const Iteration iteration = iterationOf(mapped, *program->machine, heaviestNest(mapped));
  EXPECT_FALSE(iteration.instructions.empty());
  for (const ListedOperation& operation : iteration.instructions) {
    for (const ListedAccess& access : operation.reads) {
      EXPECT_EQ(access.strides.size(), iteration.loops.size());
    }
  }
}

TEST_P(Shipped, LoopsOfEveryLayerComeToItsCycles) {
  for (const LayerEstimate& layer : result->estimate->layers) {
    SCOPED_TRACE(layer.name);
    const auto program = programOf(study, layer.name, memory, progress);
    ASSERT_TRUE(program && program->program);
    const auto kernels = studyKernels(*program->machine, *program->program, progress);
    ASSERT_TRUE(kernels);
    EXPECT_TRUE(kernels->finished);
    EXPECT_EQ(kernels->cycles, program->layer.cycles);
    if (program->layer.method == "steady state") {
      EXPECT_EQ(kernels->evaluatedBodies, program->layer.evaluatedIterations);
      EXPECT_EQ(kernels->evaluatedInstructions, program->layer.evaluatedInstructions);
    }
    for (std::size_t i = 0; i < kernels->findings.size(); ++i) {
      EXPECT_TRUE(kernels->findings[i].first.finished);
      EXPECT_EQ(kernels->findings[i].first.iterations, kernels->table.kernels[i].trips);
      EXPECT_LE(kernels->findings[i].evaluatedBodies, kernels->evaluatedBodies);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Shipped,
                         ::testing::Values(Case{"one-mac", "tc-resnet8"}, Case{"ultratrail", "tc-resnet8"},
                                           Case{"systolic-array", "mlp"}, Case{"gemmini", "resnet-18"},
                                           Case{"tpu-like", "alexnet"}, Case{"plasticine-derived", "mlp"}),
                         [](const auto& one) {
                           std::string name = one.param.architecture;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace taktwerk::test
