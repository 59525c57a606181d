// SPDX-License-Identifier: GPL-3.0-or-later
// Methods side by side, what they are judged by, and the parts that this is made of.
#include <cmath>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/least_squares.h"
#include "core/analysis/measured_cycles.h"
#include "core/analysis/method_comparison.h"
#include "core/analysis/method_regression.h"
#include "tests/core/analysis/two_results.h"
#include "tests/support/places.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(LeastSquares, FindsTheCoefficientsOfExactData) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same data in every run
  std::vector<std::vector<double>> features;
  std::vector<double> targets;
  for (int i = 0; i < 12; ++i) {
    const auto drawn = [&] { return static_cast<double>(random() % 100); };
    const double a = drawn(), b = 1e9 * drawn(), c = 1e-6 * drawn();
    features.push_back({1, a, b, c});
    targets.push_back(5 + 2 * a + 3e-9 * b - 4e6 * c);
  }
  const LinearModel model(features, targets);
  EXPECT_EQ(model.rank(), 4U);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    EXPECT_NEAR(model.at(features[i]), targets[i], 1e-6 * (1 + std::abs(targets[i])));
  }
}

TEST(LeastSquares, HasAnAnswerWhereFeaturesDependOnEachOther) {
  const LinearModel twice({{1, 2, 0}, {2, 4, 0}, {3, 6, 0}}, std::vector<double>{3, 6, 9});
  EXPECT_EQ(twice.rank(), 1U);
  EXPECT_NEAR(twice.at(std::vector<double>{4, 8, 0}), 12, 1e-9);
  EXPECT_EQ(twice.coefficients()[2], 0);
  const LinearModel none({}, {});
  EXPECT_EQ(none.rank(), 0U);
  const LinearModel fewer({{1, 1}}, std::vector<double>{5});
  EXPECT_NEAR(fewer.at(std::vector<double>{1, 1}), 5, 1e-9);
}

TEST(LeastSquares, LeavesWhatIsAtRightAnglesToItsFeatures) {
  const std::vector<std::vector<double>> features{{1, 0}, {1, 1}, {1, 2}, {1, 3}};
  const std::vector<double> targets{1, 3, 2, 5};
  const LinearModel model(features, targets);
  double constant = 0, slope = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double rest = targets[i] - model.at(features[i]);
    constant += rest;
    slope += rest * features[i][1];
  }
  EXPECT_NEAR(constant, 0, 1e-12);
  EXPECT_NEAR(slope, 0, 1e-12);
}

std::vector<std::string> problemsOf(const std::string& table) {
  std::vector<std::string> lines;
  for (const Diagnostic& each : parseMeasuredCycles(table, "m.csv").diagnostics)
    lines.push_back(toString(each));
  return lines;
}

TEST(MeasuredCycles, AreFoundByTheirHeadings) {
  const auto measured =
      parseMeasuredCycles("\xEF\xBB\xBFremark, Cycles ,layer\r\nwarm,1234.5,\"conv,0\"\n\n,0,fc\n", "m.csv");
  ASSERT_TRUE(measured) << toString(measured.diagnostics.front());
  ASSERT_EQ(measured->layers.size(), 2U);
  EXPECT_EQ(measured->layers[0].layer, "conv,0");
  EXPECT_EQ(measured->layers[0].cycles, 1234.5);
  EXPECT_EQ(measured->layers[1].position.line, 4U);
}

TEST(MeasuredCycles, TellOfEveryRowThatCannotBeUsed) {
  EXPECT_THAT(
      problemsOf("layer,cycles\na,1\nb,many\n,3\na,4\nc\nd,-1\ne,nan\nf,1e300\ng,inf\n"),
      ElementsAre(HasSubstr("m.csv:3:3: error: cycles of layer \"b\" have to be a finite number of at "
                            "least 0, found \"many\""),
                  HasSubstr("m.csv:4:1: error: a row has no layer"),
                  HasSubstr("m.csv:5:1: error: layer \"a\" was there before, in line 2"),
                  HasSubstr("m.csv:6:1: error: cycles of layer \"c\""),
                  HasSubstr("m.csv:7:3: error: cycles of layer \"d\""),
                  HasSubstr("m.csv:8:3: error: cycles of layer \"e\""),
                  HasSubstr("m.csv:9:3: error: cycles of layer \"f\""),
                  HasSubstr("m.csv:10:3: error: cycles of layer \"g\"")));
  EXPECT_THAT(problemsOf("conv0,12\n"),
              ElementsAre(HasSubstr("m.csv:1:1: error: there is no heading \"layer\""),
                          HasSubstr("there is no heading \"cycles\"")));
  EXPECT_THAT(problemsOf(""), testing::SizeIs(2));
  EXPECT_THAT(problemsOf("layer,cycles\n"), ElementsAre(HasSubstr("there is no row below the headings")));
  EXPECT_THAT(problemsOf("layer,cycles,layer\na,1,b\n"), ElementsAre(HasSubstr("\"layer\" is there twice")));
}

/// A comparison of layers whose cycles are 10 + 3 MACs + 2 instructions, but for what is changed.
MethodComparison linear(std::size_t layers) {
  MethodComparison comparison;
  auto estimate = std::make_shared<NetworkEstimate>();
  MethodColumn automatic;
  for (std::size_t i = 0; i < layers; ++i) {
    LayerEstimate layer;
    layer.name = "l" + std::to_string(i);
    layer.macs = static_cast<std::int64_t>(100 * i * i + 7);
    layer.instructions = static_cast<std::int64_t>(13 * (i % 5) + i);
    layer.cycles = 10 + 3 * layer.macs + 2 * layer.instructions;
    comparison.layers.push_back({layer.name, {}, layer.instructions, true});
    automatic.figures.push_back({static_cast<double>(layer.cycles), {}, {}});
    estimate->layers.push_back(layer);
  }
  comparison.automatic = estimate;
  comparison.columns.push_back(automatic);
  return comparison;
}

TEST(Regression, IsFittedOnOneHalfAndSaidOfTheOther) {
  const MethodComparison comparison = linear(12);
  const MethodColumn column = regressionColumn(comparison);
  for (std::size_t i = 0; i < 12; ++i) {
    const MethodFigure& figure = column.figures[i];
    EXPECT_EQ(figure.cycles.has_value(), i % 2 == 1) << i;
    if (!figure.cycles) {
      EXPECT_EQ(figure.why, "fitted on");
      continue;
    }
    EXPECT_NEAR(*figure.cycles, *comparison.columns[0].figures[i].cycles, 1e-3);
  }
  EXPECT_THAT(column.note, HasSubstr("fitted on 6 layers, judged on the 6 between them"));
}

TEST(Regression, WhatItIsJudgedOnChangesNothingOfIt) {
  MethodComparison comparison = linear(12);
  const MethodColumn before = regressionColumn(comparison);
  comparison.columns[0].figures[5].cycles = 1;
  const MethodColumn now = regressionColumn(comparison);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(before.figures[i].cycles, now.figures[i].cycles) << i;
}

TEST(Regression, SaysThatThereAreTooFewLayers) {
  const MethodColumn column = regressionColumn(linear(9));
  for (const MethodFigure& figure : column.figures) EXPECT_FALSE(figure.cycles);
  EXPECT_EQ(column.note, "too few layers with a reference for a regression: 9; it needs 10");
  MethodComparison inexact = linear(12);
  for (std::size_t i = 0; i < 4; ++i) inexact.layers[i].exact = false;
  EXPECT_THAT(regressionColumn(inexact).note, HasSubstr("too few layers"));
  EXPECT_EQ(regressionColumn(inexact).figures[0].why, "no reference");
}

class Methods : public testing::Test {
 protected:
  Methods() {
    StudyFiles files;
    files.architecture = taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml";
    files.network = taktwerk::sourceDirectory() + "/resources/networks/tc-resnet8.network.yaml";
    study = *readStudy(files, memory);
  }
  static const MethodColumn& column(const MethodComparison& comparison, ComparedMethod method) {
    for (const MethodColumn& each : comparison.columns) {
      if (each.method == method) return each;
    }
    throw std::logic_error("no such column");
  }
  StudyMemory memory;
  Study study;
  Progress progress;
};

TEST_F(Methods, AreJudgedByAutoWhereThatIsExact) {
  MethodOptions options;
  options.simulateLimit = 6000;
  const MethodComparison comparison = compareMethods(study, options, memory, progress);
  ASSERT_FALSE(hasErrors(comparison.diagnostics));
  EXPECT_EQ(comparison.reference, ComparedMethod::Auto);
  ASSERT_EQ(comparison.columns.size(), 5U);
  const MethodColumn& automatic = column(comparison, ComparedMethod::Auto);
  EXPECT_FALSE(automatic.meanError);
  const MethodColumn& simulated = column(comparison, ComparedMethod::Simulate);
  ASSERT_TRUE(simulated.meanError);
  EXPECT_EQ(*simulated.meanError, 0) << "both are exact";
  double sum = 0;
  std::size_t judged = 0;
  const MethodColumn& roofline = column(comparison, ComparedMethod::Roofline);
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    const bool small = comparison.layers[i].instructions <= options.simulateLimit;
    EXPECT_EQ(simulated.figures[i].cycles.has_value(), small) << comparison.layers[i].name;
    EXPECT_EQ(simulated.figures[i].why, small ? "" : "more than 6000 instructions");
    const double reference = automatic.figures[i].cycles.value_or(0);
    if (reference == 0) continue;
    EXPECT_LE(*roofline.figures[i].cycles, reference);
    sum += std::abs(*roofline.figures[i].cycles - reference) / reference;
    ++judged;
  }
  EXPECT_EQ(roofline.compared, judged);
  EXPECT_DOUBLE_EQ(roofline.meanError.value_or(-1), sum / static_cast<double>(judged));
  EXPECT_EQ(roofline.zeroReference, comparison.layers.size() - judged);
}

TEST_F(Methods, AreJudgedByWhatWasMeasured) {
  MethodOptions options;
  options.measured = std::make_shared<const MeasuredCycles>(
      MeasuredCycles{"m.csv", {{"conv0", 1000000, {2, 1}}, {"fc", 0, {3, 1}}, {"nowhere", 7, {4, 1}}}});
  const MethodComparison comparison = beginMethods(study, options, memory, progress);
  EXPECT_EQ(comparison.reference, ComparedMethod::Measured);
  ASSERT_EQ(comparison.unmatched.size(), 1U);
  EXPECT_EQ(comparison.unmatched[0].layer, "nowhere");
  const MethodColumn& automatic = column(comparison, ComparedMethod::Auto);
  EXPECT_EQ(automatic.compared, 1U);
  EXPECT_EQ(automatic.zeroReference, 1U);
  EXPECT_EQ(automatic.noReference, comparison.layers.size() - 2);
  const double cycles = *automatic.figures[0].cycles;
  EXPECT_DOUBLE_EQ(automatic.meanError.value_or(-1), std::abs(cycles - 1e6) / 1e6);
}

TEST_F(Methods, AreCancelledBetweenAndWithin) {
  const MethodComparison begun = beginMethods(study, {}, memory, progress);
  progress.cancel();
  const MethodComparison comparison = withMethod(begun, ComparedMethod::Simulate, {}, memory, progress);
  EXPECT_TRUE(comparison.cancelled);
  EXPECT_EQ(comparison.columns.size(), begun.columns.size());
}

}  // namespace
}  // namespace taktwerk::test
