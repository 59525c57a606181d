// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bottleneck.h"

#include <gtest/gtest.h>

#include "core/analysis/remedy.h"
#include "core/report/bottleneck_sentence.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

std::shared_ptr<const Machine> machine() {
  Machine made;
  made.objectNames = {"alu", "dram"};
  return std::make_shared<const Machine>(std::move(made));
}

LayerEstimate layerOf(const std::string& name, const Breakdown& breakdown) {
  LayerEstimate layer;
  layer.name = name;
  layer.breakdown = breakdown;
  for (const auto& [cause, cycles] : breakdown) layer.cycles += cycles;
  return layer;
}

NetworkEstimate twoLayers() {
  NetworkEstimate estimate;
  estimate.machine = machine();
  estimate.network = "Small";
  estimate.layers = {
      layerOf("conv", {{{WaitCause::Structural, {1}, WaitDetail::Slot}, 500}, {{WaitCause::Busy, {0}}, 200}}),
      layerOf("fc", {{{WaitCause::Busy, {1}}, 100}, {{WaitCause::Fetch, {}}, 200}})};
  estimate.cycles = 1000;
  return estimate;
}

TEST(Decider, IsTheObjectThatConcernsMostCycles) {
  const auto decider = deciderOf(twoLayers());
  ASSERT_TRUE(decider);
  EXPECT_EQ(decider->object, "dram");
  EXPECT_EQ(decider->cycles, 600);
  EXPECT_EQ(decider->busy, 100);
  EXPECT_DOUBLE_EQ(decider->share, 0.6);
  EXPECT_EQ(decider->largest.cause.wait, WaitCause::Structural);
  EXPECT_EQ(decider->detail, WaitDetail::Slot);
  ASSERT_EQ(decider->layers.size(), 1U) << "fc keeps it at work, and waits for no slot of it";
  EXPECT_EQ(decider->layers[0].layer, "conv");
  EXPECT_EQ(decider->layers[0].cycles, 500);
}

TEST(Decider, OfOneLayerMayBeTheFetch) {
  const auto decider = deciderOf(twoLayers(), "fc");
  ASSERT_TRUE(decider);
  EXPECT_TRUE(decider->object.empty());
  EXPECT_EQ(decider->cycles, 200);
  EXPECT_EQ(plainText(bottleneckSentence(*decider, "fc")),
            "Fetching instructions decides 67 % of fc: it waits for "
            "instructions.");
  EXPECT_FALSE(deciderOf(twoLayers(), "no such layer"));
  EXPECT_FALSE(deciderOf({}));
}

StepOutcome stepTo(std::int64_t to, std::optional<Cycles> cycles) {
  StepOutcome outcome;
  outcome.step.name = "bus_width";
  outcome.step.from = 16;
  outcome.step.to = to;
  outcome.cycles = cycles;
  return outcome;
}

TEST(BottleneckSentence, SaysWhatWouldSaveMost) {
  const auto decider = deciderOf(twoLayers());
  EXPECT_EQ(plainText(bottleneckSentence(*decider, "Small")),
            "dram decides 60 % of Small: conv waits for a request slot of it.");
  const Remedies remedies{1000, {stepTo(8, 1400), stepTo(32, 730), stepTo(64, std::nullopt)}, {}};
  EXPECT_EQ(
      plainText(bottleneckSentence(*decider, "Small", &remedies)),
      "dram decides 60 % of Small: conv waits for a request slot of it; bus_width 16 → 32 would save 27 %.");
  const Remedies none{1000, {stepTo(8, 1400)}, {}};
  EXPECT_TRUE(plainText(bottleneckSentence(*decider, "Small", &none))
                  .ends_with("; no step of its own parameters saves anything."));
  const Remedies elsewhere{1000, {stepTo(32, 999)}, {stepTo(128, 500)}};
  EXPECT_TRUE(plainText(bottleneckSentence(*decider, "Small", &elsewhere))
                  .ends_with("; steps of its own parameters save less than 1 %, of all others bus_width 16 → "
                             "128 would save 50 %."));
  const Remedies another{1000, {stepTo(32, 730)}, {stepTo(32, 730), stepTo(128, 500)}};
  EXPECT_TRUE(
      plainText(bottleneckSentence(*decider, "Small", &another))
          .ends_with(
              "; bus_width 16 → 32 would save 27 %, and of all steps bus_width 16 → 128 would save 50 %."));
  const Remedies same{1000, {stepTo(32, 730)}, {stepTo(32, 730)}};
  EXPECT_TRUE(plainText(bottleneckSentence(*decider, "Small", &same))
                  .ends_with("; bus_width 16 → 32 would save 27 %."));
  const Remedies blocked{1000, {stepTo(8, 1400), stepTo(32, std::nullopt)}, {stepTo(128, 976)}};
  EXPECT_TRUE(plainText(bottleneckSentence(*decider, "Small", &blocked))
                  .ends_with("; no step of its own parameters saves anything (bus_width 16 → 32 cannot be "
                             "taken), of all others bus_width "
                             "16 → 128 would save 2.4 %."));
}

TEST(BottleneckSentence, CountsNoFigureThatIsNotComparable) {
  StepOutcome partial = stepTo(32, 100);
  partial.complete = false;
  StepOutcome other = stepTo(64, 100);
  other.comparable = false;
  const auto decider = deciderOf(twoLayers());
  const Remedies remedies{1000, {partial, other}, {}};
  EXPECT_TRUE(plainText(bottleneckSentence(*decider, "Small", &remedies))
                  .ends_with("; no step of its own parameters saves anything."));
}

TEST(BottleneckSentence, LeadsToWhatItIsAbout) {
  const Remedies remedies{1000, {stepTo(32, 730)}, {}};
  std::vector<std::string> targets;
  for (const SentencePart& part : bottleneckSentence(*deciderOf(twoLayers()), "Small", &remedies)) {
    if (!part.target.empty()) targets.push_back(part.target);
  }
  EXPECT_EQ(targets, (std::vector<std::string>{"dram", "dram", "conv", "arch.bus_width", "arch.bus_width"}));
}

TEST(Remedies, AreStepsOfTheParametersThatConcernTheObject) {
  StudyFiles files;
  files.architecture = sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml";
  files.network = sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml";
  StudyMemory memory;
  Progress progress;
  const Study study = *readStudy(files, memory);
  const auto present = estimate(study, {}, memory, progress);
  ASSERT_TRUE(present->estimate);
  const auto decider = deciderOf(*present->estimate);
  ASSERT_TRUE(decider);
  const auto outcomes = remediesFor(decider->object, study, {}, *present, memory, progress);
  ASSERT_FALSE(outcomes.empty());
  for (const StepOutcome& outcome : outcomes) {
    EXPECT_EQ(outcome.step.of, Step::Of::Architecture);
    EXPECT_EQ(outcome.cycles, estimateStep(study, outcome.step, {}, *present, memory, progress).cycles);
  }
  EXPECT_EQ(outcomes.front().step.name, "fetch_width") << "fetching decides there";
  for (const Step& step : stepsConcerning("alu", study, {}, *present, memory))
    EXPECT_EQ(step.name, "mac_latency");
}

}  // namespace
}  // namespace taktwerk
