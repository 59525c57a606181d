// SPDX-License-Identifier: GPL-3.0-or-later
// Why one design of a sweep takes other cycles than its neighbour, or the same.
#include "core/report/step_causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/drawing/palette.h"
#include "core/estimate/estimate.h"
#include "core/network/network_file.h"
#include "core/study/study.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Kind = StepReason::Kind;

const NamedCause alu{WaitCause::Busy, "pe[0][1].alu"}, otherAlu{WaitCause::Busy, "pe[3][2].alu"},
    lsu{WaitCause::Busy, "lsu"};

LayerProfile layer(const std::string& name, const std::vector<std::pair<NamedCause, Cycles>>& causes) {
  LayerProfile made;
  made.name = name;
  made.mapping = "conv";
  for (const auto& [cause, cycles] : causes) {
    made.causes.push_back({cause, WaitDetail::None, ObjectClass::FunctionalUnit, cycles});
    made.cycles += cycles;
  }
  return made;
}
PartlyFilled columns(std::int64_t full, std::vector<std::pair<std::int64_t, double>> parts) {
  return {"", 0, PartlyFilled::What::Array, "pe[ ][ ].alu", "columns", full, std::move(parts)};
}
DesignProfile design(std::vector<LayerProfile> layers) {
  DesignProfile made;
  made.layers = std::move(layers);
  return made;
}
std::vector<Kind> kindsOf(const LayerStep& step) {
  std::vector<Kind> kinds;
  for (const StepReason& reason : step.reasons) kinds.push_back(reason.kind);
  return kinds;
}

TEST(StepCauses, NamePassesThatFillAPart) {
  LayerProfile before = layer("conv", {{alu, 2000}}), after = layer("conv", {{otherAlu, 1000}});
  before.filling = {columns(16, {{1, 0.5}, {16, 0.5}})};
  const StepExplanation step = explainStep(design({before, layer("pool", {{lsu, 300}})}),
                                           design({after, layer("pool", {{lsu, 310}})}));
  EXPECT_EQ(step.before, 2300);
  EXPECT_EQ(step.after, 1310);
  ASSERT_EQ(step.layers.size(), 1U) << "half of the change and more";
  EXPECT_EQ(step.sentence,
            "conv −1,000 of −990 cycles: columns of pe[ ][ ].alu: 1 of 16 in 50.0 % of passes, 16 of 16 in "
            "50.0 % → filled in all passes; pe[ ][ ].alu busy −1,000. 1 more layer changes.");
  EXPECT_EQ(step.others, 1U);
}

TEST(StepCauses, NameTunablesThatWereFittedMappingsAndWhatDecides) {
  LayerProfile before = layer("conv", {{alu, 600}, {lsu, 400}}),
               after = layer("conv", {{alu, 300}, {lsu, 3000}});
  before.tunables = {{"tile_k", 16}, {"order", 0}};
  after.tunables = {{"tile_k", 4}, {"order", 0}};
  after.adapted = {{"tile_k", 4}};
  const StepExplanation step = explainStep(design({before}), design({after}));
  ASSERT_EQ(step.layers.size(), 1U);
  EXPECT_THAT(kindsOf(step.layers[0]), ElementsAre(Kind::Tunable, Kind::Limit));
  EXPECT_EQ(step.sentence,
            "conv +2,300: tile_k 16 → 4 (the default does not fit); pe[ ][ ].alu busy 60.0 % → lsu busy "
            "90.9 %.");
  after.mapping = "conv in parts";
  EXPECT_THAT(explainStep(design({before}), design({after})).sentence,
              HasSubstr("mapping \"conv\" → \"conv in parts\"; tile_k 16 → 4"));
}

TEST(StepCauses, TellOfTheLayersThatMakeUpTheChange) {
  std::vector<LayerProfile> before, after;
  for (int i = 0; i < 8; ++i) {
    before.push_back(layer("conv" + std::to_string(i), {{alu, 1000}}));
    after.push_back(layer("conv" + std::to_string(i), {{alu, i == 5 ? 1900 : 1000 - 100 * i}}));
  }
  const StepExplanation step = explainStep(design(before), design(after));
  EXPECT_EQ(step.after - step.before, -1400);
  ASSERT_EQ(step.layers.size(), 1U);
  EXPECT_EQ(step.layers[0].name, "conv7") << "the largest that goes the same way";
  EXPECT_EQ(step.others, 6U);
  const StepExplanation lost = explainStep(design(before), design({after.begin(), after.begin() + 2}));
  EXPECT_THAT(lost.sentence, HasSubstr("nothing takes it any more"));
  EXPECT_EQ(lost.layers.size(), 3U) << "at most";
}

TEST(StepCauses, OfAPlateauSayWhatDecidesAndWhatStaysEmpty) {
  LayerProfile first = layer("conv", {{lsu, 700}, {alu, 300}}), last = first;
  last.filling = {columns(24, {{16, 1.0}})};
  EXPECT_EQ(explainPlateau(design({first}), design({last})).sentence,
            "lsu busy 70.0 % of the time from one end to the other; conv: columns of pe[ ][ ].alu: filled in "
            "all passes → 16 of 24 in all passes.");
  EXPECT_EQ(explainPlateau(design({first}), design({first})).sentence,
            "lsu busy 70.0 % of the time from one end to the other.");
  EXPECT_EQ(explainPlateau({}, {}).sentence, "") << "nothing is known";
  EXPECT_EQ(explainStep({}, {}).sentence, "");
}

DesignProfile shippedProfile(std::int64_t columns) {
  StudyMemory memory;
  StudyFiles files;
  files.architecture = sourceDirectory() + "/archs/tpu-like/tpu-like.arch.yaml";
  files.network = sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml";
  auto study = readStudy(files, memory);
  study->settings.architecture["columns"] = columns;
  StudyOptions options;
  options.how.usage = true;
  Progress progress;
  const auto result = estimate(*study, options, memory, progress);
  return profileOf(*result->estimate);
}

TEST(StepCauses, OfAMatrixUnitTellHowManyPassesItNeeds) {
  // Layers of 16 and 48 channels need another pass where there are 15 columns.
  const DesignProfile narrow = shippedProfile(15), wide = shippedProfile(16);
  Cycles sum = 0;
  for (const LayerProfile& each : wide.layers) {
    Cycles causes = 0;
    for (const ProfileCause& cause : each.causes) causes += cause.cycles;
    EXPECT_EQ(causes, each.cycles) << each.name;
    sum += each.cycles;
  }
  EXPECT_EQ(sum, wide.cycles);
  const StepExplanation step = explainStep(narrow, wide);
  EXPECT_LT(step.after, step.before);
  EXPECT_THAT(step.sentence, HasSubstr("b3.conv2 −"));
  EXPECT_THAT(step.sentence, testing::ContainsRegex("[a-z_]+ [0-9]+ → [0-9]+ times"));
}

TEST(StepCauses, OfAnArrayTellHowOftenItRuns) {
  LayerProfile before = layer("conv", {{alu, 2000}}), after = layer("conv", {{alu, 1000}});
  before.passes = {{"pe[ ][ ].alu", 200}, {"load", 200}, {"store", 50}};
  after.passes = {{"pe[ ][ ].alu", 100}, {"load", 101}, {"store", 50}};
  const StepExplanation step = explainStep(design({before}), design({after}));
  EXPECT_THAT(kindsOf(step.layers.at(0)), ElementsAre(Kind::Passes, Kind::Cause));
  EXPECT_THAT(step.sentence, HasSubstr("pe[ ][ ].alu 200 → 100 times"));
}

TEST(DesignProfile, KnowsObjectsByTheirClassesInTheFile) {
  for (const char* name :
       {"one-mac", "systolic-array", "gemmini", "tpu-like", "ultratrail", "plasticine-derived"}) {
    const std::string path = sourceDirectory() + "/archs/" + name + '/' + name + ".arch.yaml";
    StudyMemory memory;
    const auto architecture = memory.architecture(path);
    ASSERT_TRUE(architecture) << name;
    const auto machine = memory.machine(*architecture, {});
    ASSERT_TRUE(machine) << name;
    const std::vector<ObjectClass> classes = classesOf(**machine);
    for (const ObjectDeclaration& object : (*architecture)->objects) {
      const auto& names = (*machine)->objectNames;
      const auto found = std::find(names.begin(), names.end(), object.name);
      if (found == names.end()) continue;
      const MachineObjectId id{static_cast<std::uint32_t>(found - names.begin())};
      EXPECT_EQ(kindOf(classes[id.index()]), kindOf(object.objectClass)) << name << ' ' << object.name;
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
