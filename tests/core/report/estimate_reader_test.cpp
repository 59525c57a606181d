// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_reader.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/difference.h"
#include "core/report/estimate_json.h"
#include "tests/core/analysis/two_results.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string written(const NetworkEstimate& estimate) {
  std::ostringstream out;
  writeEstimateJson(out, estimate);
  return out.str();
}

/// A result of one layer with these members besides its name and operator.
std::string withLayer(const std::string& members, const std::string& total = "5") {
  return "{\"architecture\": \"A\", \"network\": \"N\", \"cycles\": " + total +
         ",\n \"layers\": [\n  {\"name\": \"fc\", \"operator\": \"dense\"" + members + "}\n]}";
}

std::vector<std::string> linesOf(const Diagnostics& diagnostics) {
  std::vector<std::string> lines;
  lines.reserve(diagnostics.size());
  for (const Diagnostic& each : diagnostics) lines.push_back(toString(each));
  return lines;
}

std::vector<std::string> problemsOf(const std::string& text) {
  return linesOf(parseEstimateJson(text, "r.json").diagnostics);
}

TEST(EstimateReader, ReadsBackWhatWasWritten) {
  for (const NetworkEstimate& estimate : {resultBefore(), resultNow()}) {
    const auto read = parseEstimateJson(written(estimate), "r.json");
    ASSERT_TRUE(read) << linesOf(read.diagnostics).front();
    EXPECT_THAT(linesOf(read.diagnostics), IsEmpty());
    const ResultDifference difference = differenceOf(storedResult(estimate), *read);
    EXPECT_FALSE(difference.differs());
    EXPECT_EQ(difference.cycles.now, estimate.cycles);
    EXPECT_EQ(difference.now.exact, estimate.exact);
    EXPECT_EQ(difference.now.complete, estimate.complete);
    EXPECT_EQ(difference.layers.size(), storedResult(estimate).layers.size());
  }
}

TEST(EstimateReader, PassesOverWhatItDoesNotKnow) {
  const auto read = parseEstimateJson(
      "{\"validation\": {\"points\": [1.5, null, true, {\"x\": []}]}, \"next\": NaN,\"layers\": "
      "[{\"usage\": {\"alu\": 3}, \"name\": \"a\", \"cycles\": 7, \"exact\": true}], \"cycles\": 7}",
      "r.json");
  ASSERT_TRUE(read);
  EXPECT_THAT(linesOf(read.diagnostics), IsEmpty());
  ASSERT_EQ(read->layers.size(), 1U);
  EXPECT_EQ(read->layers[0].cycles, 7);
  EXPECT_TRUE(read->layers[0].side.exact);
  EXPECT_FALSE(read->exact) << "what does not say that it is exact is not";
}

TEST(EstimateReader, FiguresThatAreNoneAreMissingAndSaid) {
  const std::pair<const char*, const char*> cases[] = {
      {"NaN", "is NaN, which is no finite number"},
      {"Infinity", "is Infinity, which is no finite number"},
      {"-Infinity", "is -Infinity, which is no finite number"},
      {"1e400", "is 1e400; it may be 9007199254740991 at most"},
      {"99999999999999999999", "is 99999999999999999999; it may be"},
      {"9007199254740993", "is 9007199254740993; it may be"},
      {"-3", "is -3; it has to be at least 0"},
      {"1.5", "is 1.5; it has to be a whole number"},
      {"null", "is not given (null)"},
  };
  for (const auto& [value, problem] : cases) {
    const auto read = parseEstimateJson(withLayer(std::string(", \"cycles\": ") + value), "r.json");
    ASSERT_TRUE(read) << value;
    EXPECT_FALSE(read->layers[0].cycles) << value;
    ASSERT_EQ(read.diagnostics.size(), 1U) << value;
    EXPECT_EQ(read.diagnostics[0].position, (SourcePosition{3, 49})) << value;
    EXPECT_EQ(read.diagnostics[0].severity, Severity::Warning);
    EXPECT_THAT(read.diagnostics[0].message, HasSubstr(std::string("cycles of layer \"fc\" ") + problem));
    EXPECT_THAT(read.diagnostics[0].message, HasSubstr("it counts as missing"));
  }
  const auto whole = parseEstimateJson(withLayer(", \"cycles\": 5.0"), "r.json");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->layers[0].cycles, 5) << "other programs write whole numbers like this";
  EXPECT_THAT(problemsOf(withLayer("")), ElementsAre("r.json:3:3: warning: cycles of layer \"fc\" are not "
                                                     "given; they count as missing [R0004]"));
}

TEST(EstimateReader, WhatIsMissingIsNoDifferenceOfCycles) {
  const auto missing = parseEstimateJson(withLayer(", \"cycles\": null", "null"), "r.json");
  const auto there = parseEstimateJson(withLayer(", \"cycles\": 5, \"exact\": false"), "r.json");
  ASSERT_TRUE(missing && there);
  const ResultDifference difference = differenceOf(*missing, *there);
  EXPECT_FALSE(difference.cycles.absolute());
  EXPECT_FALSE(difference.layers[0].cycles.absolute());
  EXPECT_TRUE(difference.layers[0].differs());
}

TEST(EstimateReader, TellsOfAllThatIsOfAnotherKind) {
  EXPECT_THAT(
      problemsOf("{\"architecture\": 3,\n\"parameters\": {\"arch.rows\": \"many\"},\n\"layers\": [\n"
                 "{\"name\": [], \"cycles\": \"9\", \"breakdown\": 7}, 5, {\"cycles\": 1}]}"),
      ElementsAre(
          "r.json:1:18: error: architecture has to be a text, found a number [R0002]",
          "r.json:2:29: error: parameter \"arch.rows\" has to be a whole number, found a text [R0002]",
          "r.json:4:10: error: name of layer 1 has to be a text, found a list [R0002]",
          "r.json:4:24: error: cycles of layer \"\" has to be a whole number, found a text [R0002]",
          "r.json:4:42: error: breakdown of layer \"\" has to be an object, found a number [R0002]",
          "r.json:4:46: error: a layer has to be an object, found a number [R0002]",
          "r.json:4:49: error: a layer has no name; \"name\": \"…\" is needed [R0003]"));
}

TEST(EstimateReader, RefusesWhatIsNoResult) {
  EXPECT_THAT(problemsOf(""), ElementsAre(HasSubstr("r.json:1:1: error: this is no JSON")));
  EXPECT_THAT(problemsOf("{\"layers\": [\n{\"name\": \"a\", "),
              ElementsAre(HasSubstr("r.json:2:15: error: ")));
  EXPECT_THAT(problemsOf("[]"), ElementsAre(HasSubstr("a result has to be an object, found a list")));
  EXPECT_THAT(problemsOf("{\"cycles\": 3}"), ElementsAre(HasSubstr("it has no \"layers\"")));
  EXPECT_THAT(problemsOf("{} {}"), ElementsAre(HasSubstr("r.json:1:4: error: ")));
  EXPECT_THAT(problemsOf("\x7f"
                         "ELF"),
              ElementsAre(HasSubstr("r.json:1:1: error: ")));
  EXPECT_THAT(problemsOf(std::string(100000, '[')).back(), HasSubstr("nested deeper than 64 levels"));
}

TEST(EstimateReader, SaysWhatDoesNotAddUp) {
  EXPECT_THAT(
      problemsOf(withLayer(", \"cycles\": 5, \"breakdown\": {\"busy:alu\": 3, \"wait:fetch\": 1}", "6")),
      ElementsAre(HasSubstr("r.json:1:49: warning: the layers add up to 5 cycles, not to the 6"),
                  HasSubstr("the causes of layer \"fc\" add up to 4 cycles, not to its 5")));
  EXPECT_THAT(problemsOf(withLayer(", \"cycles\": 5, \"breakdown\": {\"sleep:alu\": 5}")),
              ElementsAre(HasSubstr("warning: there is no cause \"sleep:alu\"")));
}

TEST(EstimateReader, CausesOfWhichOneIsMissingAreNotKnown) {
  const auto read = parseEstimateJson(
      withLayer(", \"cycles\": 5, \"breakdown\": {\"busy:alu\": 3, \"wait:fetch\": NaN}"), "r.json");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->layers[0].hasCauses());
  const auto whole =
      parseEstimateJson(withLayer(", \"cycles\": 5, \"breakdown\": {\"busy:alu\": 5}"), "r.json");
  ASSERT_TRUE(whole);
  const auto changes = differenceOf(*read, *whole).layers[0].causes;
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_FALSE(changes[0].before);
  EXPECT_EQ(changes[0].now, 5);
}

}  // namespace
}  // namespace taktwerk::test
