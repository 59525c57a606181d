// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/parameters.h"

#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using test::problemsOf;
using test::sound;
using test::with;

Architecture architectureWith(const std::string& parameters) {
  return *parseArchitecture(
      "format: taktwerk-architecture/1\nparameters: {" + parameters + "}\nobjects: {}\nconnections: []\n",
      "f");
}

TEST(Parameters, DefaultsUnlessOverridden) {
  Problems problems("f");
  const Architecture a = architectureWith("rows: {default: 4}, columns: {default: 8}");
  EXPECT_EQ(resolveParameters(a, {{"columns", 2}}, problems), (ParameterMap{{"rows", 4}, {"columns", 2}}));
  EXPECT_FALSE(problems.hasErrors());
}

TEST(Parameters, DefaultsMayFollowOthersInAnyOrder) {
  Problems problems("f");
  const Architecture a =
      architectureWith("all: {default: rows * columns}, rows: {default: columns + 1}, columns: {default: 8}");
  EXPECT_EQ(a.parameters[0].defaultValue, 72);
  EXPECT_EQ(a.parameters[0].expression, "rows * columns");
  EXPECT_EQ(resolveParameters(a, {{"columns", 2}}, problems),
            (ParameterMap{{"all", 6}, {"rows", 3}, {"columns", 2}}));
  EXPECT_EQ(resolveParameters(a, {{"rows", 1}}, problems),
            (ParameterMap{{"all", 8}, {"rows", 1}, {"columns", 8}}));
  EXPECT_FALSE(problems.hasErrors());
}

TEST(Parameters, RangesHoldForOverridesAndForComputedDefaults) {
  const Architecture a =
      architectureWith("rows: {default: 4, maximum: 8}, half: {default: rows // 2, minimum: 1}");
  Problems problems("f");
  static_cast<void>(resolveParameters(a, {{"rows", 9}}, problems));
  static_cast<void>(resolveParameters(a, {{"rows", 1}}, problems));
  EXPECT_EQ(test::problems(std::move(problems).take()),
            "2:42: error: infeasible: parameter \"rows\" must be at most 8, is 9 [A0117]\n"
            "2:82: error: infeasible: parameter \"half\" must be at least 1, is 0 [A0117]");
}

TEST(Parameters, UnknownOverridesAreProblems) {
  Problems problems("f");
  static_cast<void>(resolveParameters(architectureWith("rows: {default: 4}"), {{"row", 1}}, problems));
  EXPECT_EQ(test::problems(std::move(problems).take()),
            "1:1: error: the architecture has no parameter \"row\"; did you mean \"rows\"? [A0107]");
}

std::string problemsWith(const std::string& parameter) {
  return problemsOf(with(sound, "  rows: {default: 4, minimum: 1, maximum: 16}\n", parameter));
}

TEST(Parameters, CirclesAreNamedInFull) {
  EXPECT_EQ(
      problemsWith("  a: {default: b}\n  b: {default: c + 1}\n  c: {default: a * 2}\n"),
      "4:3: error: the defaults of parameters depend on each other in a circle: a -> b -> c -> a [A0111]");
  EXPECT_EQ(problemsWith("  x: {default: a}\n  a: {default: a + 1}\n"),
            "5:3: error: the defaults of parameters depend on each other in a circle: a -> a [A0111]");
}

TEST(Parameters, BadDefaultsAreProblemsAtTheirColumn) {
  EXPECT_EQ(problemsWith("  a: {default: 1 + * 2}\n"),
            "4:20: error: default of parameter \"a\": unexpected \"*\" where a value is expected [A0109]");
  EXPECT_EQ(problemsWith("  a: {default: 7 / 2}\n"),
            "4:16: error: default of parameter \"a\" must be a whole number [A0109]");
  EXPECT_EQ(problemsWith("  a: {default: 1 / 0}\n"),
            "4:18: error: default of parameter \"a\": division by 0 [A0109]");
  EXPECT_EQ(problemsWith("  rows: {default: 3}\n  a: {default: row}\n"),
            "5:16: error: default of parameter \"a\": there is no parameter \"row\"; did you mean \"rows\"? "
            "[A0110]");
}

TEST(Parameters, LongChainsEnd) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += "  p" + std::to_string(i) + ": {default: p" + std::to_string(i + 1) + "}\n";
  }
  text += "  p5000: {default: 1}\n";
  EXPECT_NE(problemsWith(text).find("depend on each other over 200 levels"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk
