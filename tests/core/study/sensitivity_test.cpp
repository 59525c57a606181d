// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/sensitivity.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/import/import_network.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

StudyFiles shipped(const std::string& architecture, const std::string& network) {
  StudyFiles files;
  files.architecture = sourceDirectory() + "/archs/" + architecture + '/' + architecture + ".arch.yaml";
  files.network = sourceDirectory() + "/resources/networks/" + network + ".network.yaml";
  return files;
}

/// The same point from its files, as `--set` makes it, without anything remembered. None with errors.
std::optional<NetworkEstimate> byHand(const StudyFiles& files, const Step& step, const std::string& layer) {
  const auto architecture = readArchitecture(files.architecture);
  const auto mappings = readMappingsBeside(files.architecture);
  StudySettings settings;
  EstimateOptions options;
  if (step.of == Step::Of::Architecture) settings.architecture[step.name] = step.to;
  if (step.of == Step::Of::Network) settings.network[step.name] = step.to;
  if (step.of == Step::Of::Mapping) options.tunables[step.name] = step.to;
  const auto machine = elaborate(*architecture, settings.architecture);
  const auto network = readAnyNetwork(files.network, settings.network);
  if (!machine || !network) return std::nullopt;
  if (!layer.empty()) options.layer = network->find(layer);
  Progress progress;
  NetworkEstimate estimate = estimateNetwork(*machine, *network, *mappings, options, progress);
  if (hasErrors(estimate.diagnostics) || estimate.layers.empty()) return std::nullopt;
  return estimate;
}

void expectAsByHand(const StudyFiles& files, const std::string& layer, std::size_t& incomplete) {
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(files, memory);
  const Sensitivity found = sensitivityOf(study, {{}, layer}, memory, progress);
  ASSERT_TRUE(found.cycles) << found.reason;
  EXPECT_EQ(found.outcomes.size(), found.steps);
  EXPECT_FALSE(found.cancelled);
  EXPECT_GT(found.steps, 4U);
  for (const StepOutcome& outcome : found.outcomes) {
    SCOPED_TRACE(files.architecture + ' ' + inWords(outcome.step));
    const auto expected = byHand(files, outcome.step, layer);
    EXPECT_EQ(outcome.cycles.has_value(), expected.has_value());
    EXPECT_EQ(outcome.reason.empty(), expected.has_value());
    incomplete += expected && expected->complete ? 0 : 1;
    if (!expected || !outcome.cycles) continue;
    EXPECT_EQ(*outcome.cycles, expected->cycles);
    EXPECT_EQ(outcome.exact, expected->exact);
    EXPECT_EQ(outcome.complete, expected->complete);
  }
}

TEST(Sensitivity, EqualsEstimatesMadeByHand) {
  std::size_t incomplete = 0;
  for (const auto& [architecture, network] :
       {std::pair("one-mac", "tc-resnet8"), std::pair("systolic-array", "mlp"),
        std::pair("gemmini", "tc-resnet8"), std::pair("ultratrail", "tc-resnet8"),
        std::pair("plasticine-derived", "mlp"), std::pair("nvdla-like", "mobilenet-v2")}) {
    expectAsByHand(shipped(architecture, network), {}, incomplete);
  }
  EXPECT_GT(incomplete, 0U);  // or nothing was shown of them
}

TEST(Sensitivity, OfALayerEqualsEstimatesOfThatLayer) {
  std::size_t incomplete = 0;
  expectAsByHand(shipped("gemmini", "resnet-18"), "conv1", incomplete);
}

TEST(Sensitivity, OfATraceIsOfTheParametersOfTheArchitecture) {
  StudyFiles files;
  files.architecture = sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml";
  files.trace = testing::TempDir() + "/sensitivity.trace.jsonl";
  {
    std::ofstream trace(files.trace);
    for (int i = 0; i < 20; ++i)
      trace << R"({"operation": "add", "reads": ["regs.r1"], "writes": ["regs.r1"]})" << '\n';
  }
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(files, memory);
  const Sensitivity found = sensitivityOf(study, {}, memory, progress);
  std::filesystem::remove(files.trace);
  ASSERT_TRUE(found.cycles) << found.reason;
  ASSERT_FALSE(found.outcomes.empty());
  for (const StepOutcome& each : found.outcomes) EXPECT_EQ(each.step.of, Step::Of::Architecture);
  EXPECT_EQ(inWords(found.outcomes.front().step), "arch.fetch_width 1 → 2");
  EXPECT_LT(found.outcomes.front().cycles, found.cycles);
}

std::vector<std::string> listed(const Sensitivity& found) {
  std::vector<std::string> lines;
  for (const StepOutcome& each : found.outcomes) {
    lines.push_back(inWords(each.step) + ' ' + (each.cycles ? std::to_string(*each.cycles) : each.reason));
  }
  return lines;
}

TEST(Sensitivity, IsTheSameForAnyNumberOfThreads) {
  const StudyFiles files = shipped("gemmini", "mlp");
  std::vector<std::string> first;
  for (const unsigned jobs : {1U, 2U, 7U}) {
    StudyMemory memory;
    Progress progress;
    StudyOptions options;
    options.how.jobs = jobs;
    const std::vector<std::string> lines =
        listed(sensitivityOf(*readStudy(files, memory), options, memory, progress));
    if (first.empty()) first = lines;
    EXPECT_EQ(lines, first) << jobs;
  }
  EXPECT_GT(first.size(), 20U);
}

TEST(Sensitivity, TellsOfEachStepOnceAsItIsThere) {
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(shipped("one-mac", "mlp"), memory);
  std::vector<std::size_t> counted;
  std::size_t all = 0;
  const Sensitivity found = sensitivityOf(study, {}, memory, progress,
                                          [&](const StepOutcome& outcome, std::size_t done, std::size_t of) {
                                            EXPECT_TRUE(outcome.cycles || !outcome.reason.empty());
                                            counted.push_back(done);
                                            all = of;
                                          });
  ASSERT_EQ(counted.size(), found.steps);
  for (std::size_t k = 0; k < counted.size(); ++k) EXPECT_EQ(counted[k], k + 1);
  EXPECT_EQ(all, found.steps);
}

TEST(Sensitivity, RanksComparableFiguresByCyclesThenOthersThenWhatCannotBe) {
  const auto outcome = [](const std::string& name, std::int64_t to, std::optional<Cycles> cycles,
                          bool comparable = true) {
    StepOutcome each;
    each.step = {Step::Of::Architecture, name, {}, 1, to, {}};
    each.cycles = cycles;
    each.comparable = comparable;
    return each;
  };
  const std::vector<StepOutcome> ranked = {outcome("z", 2, 10),       outcome("a", 2, 20),
                                           outcome("a", 4, 20),       outcome("b", 2, 20),
                                           outcome("a", 8, 5, false), outcome("a", 16, std::nullopt)};
  for (std::size_t a = 0; a < ranked.size(); ++a) {
    for (std::size_t b = 0; b < ranked.size(); ++b) {
      EXPECT_EQ(ranksBefore(ranked[a], ranked[b]), a < b) << a << ' ' << b;
    }
  }
}

TEST(Sensitivity, IsOrderedByEffectForCharts) {
  const auto outcome = [](const std::string& name, std::optional<Cycles> cycles, bool comparable = true) {
    StepOutcome each;
    each.step.name = name;
    each.cycles = cycles;
    each.comparable = comparable;
    return each;
  };
  const std::vector<StepOutcome> outcomes = {outcome("none", {}),   outcome("same", 100),
                                             outcome("saves", 60),  outcome("other", 1, false),
                                             outcome("costs", 170), outcome("as much", 30)};
  EXPECT_EQ(byEffect(outcomes, 100), (std::vector<std::size_t>{5, 4, 2, 1, 3, 0}));
  EXPECT_TRUE(byEffect({}, 0).empty());
}

TEST(Sensitivity, AStepThatLosesALayerIsNotCompared) {
  // The present figure counts one more layer than the step's: fewer cycles would be no gain.
  StudyMemory memory;
  Progress progress;
  Study study = *readStudy(shipped("ultratrail", "tc-resnet8"), memory);
  const auto present = estimate(study, {}, memory, progress);
  ASSERT_TRUE(present->estimate);
  StudyResult complete = *present;
  auto all = std::make_shared<NetworkEstimate>(*present->estimate);
  all->unmapped.push_back({LayerId{}, "another", "conv1d", "it is not there"});
  complete.estimate = all;
  const Step step{Step::Of::Architecture,
                  study.architecture->parameters.front().name,
                  {},
                  0,
                  study.architecture->parameters.front().defaultValue,
                  {}};
  EXPECT_TRUE(estimateStep(study, step, {}, *present, memory, progress).comparable);
  EXPECT_FALSE(estimateStep(study, step, {}, complete, memory, progress).comparable);
}

TEST(Sensitivity, WithoutAFigureSaysWhy) {
  StudyMemory memory;
  Progress progress;
  Study study = *readStudy(shipped("one-mac", "mlp"), memory);
  study.settings.architecture["mac_latency"] = 100;
  EXPECT_NE(sensitivityOf(study, {}, memory, progress).reason.find("at most 64"), std::string::npos);
  study.settings.architecture.clear();
  study.mappings = std::make_shared<const std::vector<Mapping>>();
  const Sensitivity none = sensitivityOf(study, {}, memory, progress);
  EXPECT_FALSE(none.cycles);
  EXPECT_NE(none.reason.find("there are no mappings"), std::string::npos) << none.reason;
  EXPECT_EQ(sensitivityOf(study, {{}, "nowhere"}, memory, progress).reason, "the network has no such layer");
}

TEST(Sensitivity, StopsWhenItIsAskedToAndKeepsWhatIsThere) {
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(shipped("gemmini", "tc-resnet8"), memory);
  StudyOptions options;
  options.how.jobs = 1;
  const Sensitivity found =
      sensitivityOf(study, options, memory, progress, [&](const StepOutcome&, std::size_t done, std::size_t) {
        if (done == 3) progress.cancel();
      });
  EXPECT_TRUE(found.cancelled);
  EXPECT_EQ(found.outcomes.size(), 3U);
  EXPECT_GT(found.steps, 3U);
}

}  // namespace
}  // namespace taktwerk
