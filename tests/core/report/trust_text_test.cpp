// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/trust_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

LayerEstimate sampleLayer(const std::string& method, bool exact) {
  LayerEstimate layer = sampleEstimate().layers.front();
  layer.method = method;
  layer.exact = exact;
  return layer;
}

TEST(Trust, OfALayerSaysMethodWhatWasEvaluatedAndTheGround) {
  const Trust steady = trustIn(sampleLayer("steady state", true));
  EXPECT_EQ(steady.label, "proven to repeat");
  EXPECT_THAT(
      steady.explanation,
      AllOf(StartsWith("Method: steady state. 12 of 400 loop bodies and 60 of 1,234,567 instructions"),
            HasSubstr("again in a state in which it had been"),
            HasSubstr("Exact is meant for this description"), Not(HasSubstr("The truth lies"))));
  const Trust full = trustIn(sampleLayer("full", true));
  EXPECT_EQ(full.label, "exact");
  EXPECT_THAT(full.explanation,
              HasSubstr("All 1,234,567 instructions were timed one by one; nothing was skipped."));
  const Trust simulated = trustIn(sampleLayer("simulate", true));
  EXPECT_THAT(simulated.explanation, HasSubstr("reference simulation"));
}

TEST(Trust, OfAGuessHasItsBoundsAndIsNeverCalledExact) {
  for (const char* method : {"approximation", "published", "roofline"}) {
    const Trust trust = trustIn(sampleLayer(method, false));
    EXPECT_EQ(trust.label, method == std::string("roofline") ? "bound" : "estimated");
    EXPECT_THAT(trust.explanation, AllOf(HasSubstr(method), HasSubstr("between 1,990 and 2,010 cycles"),
                                         Not(HasSubstr("Exact")), Not(HasSubstr("proven"))));
  }
  LayerEstimate unbounded = sampleLayer("published", false);
  unbounded.lower = unbounded.upper = 0;
  EXPECT_THAT(trustIn(unbounded).explanation, Not(HasSubstr("The truth lies")));
}

TEST(Trust, OfALayerThatEqualsAnotherSaysWhereItWasTimed) {
  LayerEstimate layer = sampleLayer("steady state", true);
  layer.evaluatedIterations = layer.evaluatedInstructions = 0;
  EXPECT_THAT(trustIn(layer).explanation, HasSubstr("the program of a layer that was timed before"));
}

TEST(Trust, OutOfDateComesFirst) {
  const Trust trust = trustIn(sampleLayer("full", true), true);
  EXPECT_EQ(trust.standing, Standing::OutOfDate);
  EXPECT_EQ(trust.label, "out of date");
  EXPECT_THAT(trust.explanation, AllOf(StartsWith("Something has changed"), HasSubstr("Method: full")));
}

TEST(Trust, OfATotalNamesWhatIsMissingAndTheValidation) {
  const Trust trust = trustIn(sampleEstimate());
  EXPECT_EQ(trust.label, "incomplete");
  EXPECT_THAT(
      trust.explanation,
      AllOf(
          StartsWith("1 layer is not in it, since no mapping takes it: softmax (no mapping takes softmax)."),
          HasSubstr("Method: approximation."), HasSubstr("between 1,990 and 2,010"),
          HasSubstr("No validation is declared for this architecture.")));
  NetworkEstimate failed = sampleEstimate();
  failed.diagnostics.push_back({Severity::Error, "f", {1, 1}, "E0002", "deadlock at cycle 3", {}});
  EXPECT_EQ(trustIn(failed).label, "no result");
  EXPECT_THAT(trustIn(failed).explanation, HasSubstr("deadlock at cycle 3"));
  EXPECT_EQ(trustIn(NetworkEstimate{}).label, "no result");
}

TEST(Validation, IsASentenceForEachComparison) {
  Machine machine;
  EXPECT_THAT(validationInWords(machine), ElementsAre("No validation is declared for this architecture."));
  machine.validation = {{"RTL", 71, 43, std::nullopt, "a repository", "", {}},
                        {"silicon", 1, 4.5, 9, "a paper", "without the host", {}}};
  EXPECT_THAT(
      validationInWords(machine),
      ElementsAre("Validation: 43 % mean error over 71 points against RTL (a repository).",
                  "Validation: 4.5 % mean error over 1 point against silicon, at most 9 % (a paper); without "
                  "the host."));
  machine.changedParameters = {"rows", "columns"};
  EXPECT_EQ(validationInWords(machine).back(),
            "That is said of the file's own values; here rows, columns have others.");
}

}  // namespace
}  // namespace taktwerk
