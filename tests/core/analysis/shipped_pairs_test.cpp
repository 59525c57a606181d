// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of where the time went adds up for every shipped network on every shipped architecture.
#include <algorithm>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "core/analysis/bottleneck.h"
#include "core/analysis/breakdown.h"
#include "core/analysis/filling.h"
#include "core/analysis/roofline_points.h"
#include "core/analysis/utilisation.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> filesIn(const std::string& folder, const std::string& ending) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(sourceDirectory() + '/' + folder)) {
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Causes add up to the cycles, details of a wait to the wait.
void checkCauses(const LayerEstimate& layer, const Machine& machine) {
  Cycles sum = 0;
  for (const auto& [cause, cycles] : layer.breakdown) {
    sum += cycles;
    const bool waits = cause.wait == WaitCause::Data || cause.wait == WaitCause::Structural;
    EXPECT_EQ(cause.detail != WaitDetail::None, waits) << "every wait is told, and nothing else";
  }
  EXPECT_EQ(sum, layer.cycles);
  for (const CauseShare& cause : causeTable(layer.breakdown, machine).causes) {
    Cycles details = 0;
    for (const DetailShare& detail : cause.details) details += detail.cycles;
    EXPECT_EQ(details, cause.details.empty() ? 0 : cause.cycles);
  }
}

/// Of every block busy, waiting and idle make up its places at all cycles.
void checkUtilisation(const UtilisationTable& table, Cycles cycles) {
  EXPECT_EQ(table.cycles, cycles);
  for (const BlockUse& block : table.blocks) {
    SCOPED_TRACE(block.name);
    EXPECT_GE(block.busy, 0);
    EXPECT_GE(block.waiting, 0);
    EXPECT_GE(block.idle, 0);
    EXPECT_LE(block.beforeStart, block.waiting);
    EXPECT_EQ(block.busy + block.waiting + block.idle, cycles * block.places);
  }
}

/// No point lies above what the roofs allow.
void checkRoofline(const RooflinePlot& plot) {
  for (const RooflineLevel& level : plot.levels) {
    EXPECT_FALSE(level.points.empty());
    for (const RooflinePoint& point : level.points) {
      SCOPED_TRACE(level.name + ' ' + point.layer);
      EXPECT_GT(point.intensity, 0);
      EXPECT_GT(point.macsPerCycle, 0);
      const double bound = point.bound > 0 ? point.bound : point.macsPerCycle;
      EXPECT_LE(point.macsPerCycle, bound * (1 + 1e-9));
    }
  }
}

void checkFilling(const std::vector<PartlyFilled>& filling) {
  for (const PartlyFilled& one : filling) {
    SCOPED_TRACE(one.layer + ' ' + one.name + ' ' + one.dimension);
    double shares = 0;
    for (const auto& [used, share] : one.parts) {
      EXPECT_LE(used, one.full);
      shares += share;
    }
    EXPECT_NEAR(shares, 1, 1e-9);
    EXPECT_LT(one.meanShare(), 1);
  }
}

void checkDecider(const NetworkEstimate& estimate) {
  const auto decider = deciderOf(estimate);
  if (estimate.cycles == 0) return;
  ASSERT_TRUE(decider);
  EXPECT_EQ(decider->all, estimate.cycles);
  Cycles layers = 0;
  for (const ConcernedLayer& layer : decider->layers) layers += layer.cycles;
  // The named layers are those of its longest cause, in the finer kind that is longest of it.
  Cycles named = decider->largest.cycles;
  if (!decider->largest.details.empty()) named = decider->largest.details.front().cycles;
  EXPECT_EQ(layers, named);
  for (const ObjectShare& object : totalOf(estimate).objects)
    EXPECT_LE(object.busy + object.waited, decider->cycles);
}

TEST(ShippedPairs, ExplainEveryCycle) {
  int pairs = 0, layers = 0;
  StudyMemory memory;
  for (const std::string& architecture : filesIn("archs", ".arch.yaml")) {
    for (const std::string& network : filesIn("resources/networks", ".network.yaml")) {
      SCOPED_TRACE(architecture + ' ' + network);
      StudyFiles files;
      files.architecture = architecture;
      files.network = network;
      const Study study = *readStudy(files, memory);
      Progress progress;
      StudyOptions options;
      options.how.usage = true;
      const auto result = estimate(study, options, memory, progress);
      if (!result->estimate || hasErrors(result->diagnostics)) continue;
      ++pairs;
      Cycles total = 0;
      for (const LayerEstimate& layer : result->estimate->layers) {
        SCOPED_TRACE(layer.name);
        ++layers;
        checkCauses(layer, *result->machine);
        const UtilisationTable table = utilisationOf(layer, *result->machine);
        EXPECT_TRUE(table.leftOut.empty()) << layer.method;
        checkUtilisation(table, layer.cycles);
        total += layer.cycles;
      }
      EXPECT_EQ(total, result->estimate->cycles);
      if (total > 0) checkUtilisation(utilisationOf(*result->estimate), total);
      checkRoofline(rooflinePlotOf(*result->estimate));
      checkFilling(partlyFilled(*result->estimate));
      checkDecider(*result->estimate);
    }
  }
  EXPECT_GE(pairs, 75);
  EXPECT_GT(layers, 2000);
}

}  // namespace
}  // namespace taktwerk::test
