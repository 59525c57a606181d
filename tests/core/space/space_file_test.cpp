// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/space_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string problemsOf(const std::string& text) {
  std::string all;
  for (const Diagnostic& problem : parseSpace(text, "a.space.yaml").diagnostics)
    all += toString(problem) + '\n';
  return all;
}

std::string problemsIn(const std::string& text) {
  return problemsOf("format: taktwerk-space/1\n" + text);
}

TEST(SpaceFile, HoldsDimensionsDerivedValuesAndConstraints) {
  const auto space = parseSpace(R"(format: taktwerk-space/1
name: Sizes
description: how large
architecture: ../a/one.arch.yaml
network: [x.network.yaml, {name: wide, file: /n/y.network.yaml}]
mappings:
  - {name: rows, files: [m/r.mapping.yaml, m/s.mapping.yaml]}
vary:
  arch.rows: {from: 2, to: 32, step: 2}
  tile: {values: [1, 2], when: rows > 4}
derived:
  arch.columns: 2 * rows
constraints:
  - rows * columns <= 256
  - {condition: rows != 6, reason: six is unlucky}
)",
                                "d/a.space.yaml");
  ASSERT_TRUE(space) << toString(space.diagnostics.front());
  EXPECT_EQ(space->name, "Sizes");
  EXPECT_EQ(space->description, "how large");
  ASSERT_EQ(space->dimensions.size(), 5U);
  EXPECT_THAT(space->dimensions[0].alternatives[0].files, ElementsAre("a/one.arch.yaml"));
  EXPECT_EQ(space->dimensions[0].alternatives[0].name, "one");
  EXPECT_THAT(space->dimensions[1].alternatives[0].files, ElementsAre("d/x.network.yaml"));
  EXPECT_EQ(space->dimensions[1].alternatives[1].name, "wide");
  EXPECT_THAT(space->dimensions[1].alternatives[1].files, ElementsAre("/n/y.network.yaml"));
  EXPECT_THAT(space->dimensions[2].alternatives[0].files,
              ElementsAre("d/m/r.mapping.yaml", "d/m/s.mapping.yaml"));
  EXPECT_EQ(std::get<ValueRange>(space->dimensions[3].values), (ValueRange{2, 32, 2, false}));
  EXPECT_EQ(space->dimensions[4].when->expression.text(), "rows > 4");
  EXPECT_EQ(space->derived[0].value.expression.text(), "2 * rows");
  EXPECT_EQ(space->constraints[1].reason, "six is unlucky");
}

TEST(SpaceFile, AListOfPathsOfMappingsIsOneSet) {
  const auto space =
      parseSpace("format: taktwerk-space/1\nmappings: [a.mapping.yaml, b.mapping.yaml]\nvary: {r: [1]}\n",
                 "a.space.yaml");
  ASSERT_TRUE(space);
  ASSERT_EQ(space->dimensions[0].alternatives.size(), 1U);
  EXPECT_THAT(space->dimensions[0].alternatives[0].files, ElementsAre("a.mapping.yaml", "b.mapping.yaml"));
}

TEST(SpaceFile, ProblemsHaveTheirPlacesAndSayWhatWouldBeRight) {
  EXPECT_THAT(problemsOf("format: taktwerk-space/2\n"),
              HasSubstr("1:9: error: format must be taktwerk-space/1"));
  EXPECT_THAT(problemsIn("vray: {r: [1]}\n"),
              HasSubstr("2:1: error: a space has no key \"vray\"; did you mean"));
  EXPECT_THAT(problemsIn("vary: {r: 4}\n"), HasSubstr("2:11: error: r is varied over a list"));
  EXPECT_THAT(problemsIn("vary: {r: []}\n"), HasSubstr("r needs at least one value"));
  EXPECT_THAT(problemsIn("vary: {r: [1, 2, 1]}\n"), HasSubstr("2:18: error: r has the value 1 twice"));
  EXPECT_THAT(problemsIn("vary: {r: [1.5]}\n"), HasSubstr("is not a whole number"));
  EXPECT_THAT(problemsIn("vary: {r: {from: 1}}\n"), HasSubstr("r needs \"to\""));
  EXPECT_THAT(problemsIn("vary: {r: {from: 4, to: 1}}\n"), HasSubstr("a range goes upwards"));
  EXPECT_THAT(problemsIn("vary: {r: {from: 1, to: 9, step: 2, factor: 2}}\n"), HasSubstr("one of the two"));
  EXPECT_THAT(problemsIn("vary: {r: {values: [1], to: 9}}\n"), HasSubstr("listed or a range"));
  EXPECT_THAT(problemsIn("vary: {r.s.t: [1]}\n"), HasSubstr("2:8: error: a parameter is"));
  EXPECT_THAT(problemsIn("vary: {arc.rows: [1]}\n"), HasSubstr("\"arch.NAME\""));
  EXPECT_THAT(problemsIn("vary: {r: [1]}\nconstraints: [r <]\n"), HasSubstr("3:18: error: "));
  EXPECT_THAT(problemsIn("vary: {r: [1]}\nconstraints: [[r]]\n"), HasSubstr("a constraint is a condition"));
  EXPECT_THAT(problemsIn("architecture: []\nvary: {r: [1]}\n"),
              HasSubstr("a path or a list of alternatives"));
  EXPECT_THAT(problemsIn("network: [a.onnx, b/a.onnx]\n"), HasSubstr("\"a\" twice"));
  EXPECT_THAT(problemsIn("network: \"\"\n"), HasSubstr("must not be empty"));
  EXPECT_THAT(problemsIn("mappings: [{name: x, files: []}]\n"), HasSubstr("at least one file"));
}

TEST(SpaceFile, NamesOfParametersThatItDoesNotVaryAreLeftToWhoKnowsThem) {
  EXPECT_EQ(problemsIn("vary: {rows: [1]}\nconstraints: [rows * columns <= 256]\n"), "");
}

}  // namespace
}  // namespace taktwerk
