// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/corners.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/architecture/random_point.h"
#include "core/machine/elaborate.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using test::sound;
using test::with;

std::string cornersOf(const std::string& text) {
  const Result<Architecture> a = parseArchitecture(text, "f");
  EXPECT_EQ(test::problems(a.diagnostics), "");
  return test::problems(unworkableCorners(*a));
}

TEST(Corners, EndsOfRangesMustGiveAMachine) {
  EXPECT_EQ(cornersOf(sound), "");
  const std::string wide =
      with(with(sound, "registers: [r0, r1]", "registers: [r0, r1], data_width: 8 * rows"), "maximum: 16",
           "maximum: 1000000");
  EXPECT_EQ(
      cornersOf(wide),
      "4:43: error: parameter \"rows\" may be 1000000, its maximum, which cannot work: data_width must be "
      "at most 1048576, but \"8 * rows\" is 8000000 (regs, line 13) [A0118]");
  EXPECT_EQ(cornersOf(with(wide, "objects:\n", "constraints: [{condition: rows <= 131072}]\nobjects:\n")),
            "");
  const std::string low = with(
      with(sound, "class: PipelineStage, latency: 1", "class: PipelineStage, latency: 1, capacity: rows"),
      "minimum: 1", "minimum: 0");
  EXPECT_EQ(
      cornersOf(low),
      "4:31: error: parameter \"rows\" may be 0, its minimum, which cannot work: capacity must be at least "
      "1, but \"rows\" is 0 (decode, line 9) [A0118]");
}

TEST(Corners, OfListedValuesAreTheirEnds) {
  const std::string text =
      with(with(sound, "registers: [r0, r1]", "registers: [r0, r1], data_width: 8 * rows"),
           "minimum: 1, maximum: 16", "values: [4, 0, 1000000]");
  EXPECT_EQ(
      cornersOf(text),
      "4:34: error: parameter \"rows\" may be 0, one of its values, which cannot work: data_width must be "
      "at least 1, but \"8 * rows\" is 0 (regs, line 13) [A0118]\n"
      "4:37: error: parameter \"rows\" may be 1000000, one of its values, which cannot work: data_width "
      "must be at most 1048576, but \"8 * rows\" is 8000000 (regs, line 13) [A0118]");
}

TEST(Corners, AreOnTheSteps) {
  const std::string text = with(with(sound, "registers: [r0, r1]", "registers: [\"r[rows - 1]\"]"),
                                "minimum: 1, maximum: 16", "minimum: 4, maximum: 262147, step: 4");
  EXPECT_EQ(cornersOf(text), "");  // 262144 registers less one are allowed
}

TEST(Corners, AndRandomPointsOfShippedArchitecturesGiveMachines) {
  std::size_t architectures = 0;
  for (const auto& folder : std::filesystem::directory_iterator(sourceDirectory() + "/archs")) {
    const std::string name = folder.path().filename().string();
    SCOPED_TRACE(name);
    auto a = readArchitecture(folder.path() / (name + ".arch.yaml"));
    ASSERT_TRUE(a);
    ++architectures;
    EXPECT_EQ(test::problems(unworkableCorners(*a)), "");
    for (const Parameter& p : a->parameters) {
      EXPECT_TRUE((p.minimum && p.maximum) || !p.values.empty()) << p.name << " has no range";
    }
    Elaboration elaboration(std::make_shared<const Architecture>(*a));
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const auto point = randomPoint(*a, seed);
      ASSERT_TRUE(point);
      EXPECT_EQ(test::problems(elaboration.machine(*point).diagnostics), "") << "point " << seed;
    }
  }
  EXPECT_EQ(architectures, 12U);
}

}  // namespace
}  // namespace taktwerk
