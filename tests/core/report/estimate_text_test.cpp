// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_text.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

std::string textOf(const NetworkEstimate& estimate) {
  std::ostringstream out;
  writeEstimateText(out, estimate);
  return out.str();
}

TEST(EstimateText, ShowsLayersTotalAndWhatIsMissing) {
  EXPECT_EQ(textOf(sampleEstimate()),
            R"(Tiny running Small: at least 2,000 cycles, 1 layer missing (approximation)

layer                  operator  mapping  instructions  cycles  exact                               MACs used  most of the time
---------------------  --------  -------  ------------  ------  ----------------------------------  ---------  -------------------------------------
conv1 + relu1 + pool1  conv2d    direct      1,234,567   2,000  no, approximation (1,990 to 2,010)     50.0 %  wait:data:alu 60.0 %, busy:alu 25.0 %
---------------------  --------  -------  ------------  ------  ----------------------------------  ---------  -------------------------------------
at least                                     1,234,567   2,000  no

not mapped  operator  reason
----------  --------  ------------------------
softmax     softmax   no mapping takes softmax

No validation is declared for this architecture.
)");
}

TEST(EstimateText, NamesTunablesThatAreNotTheDefaults) {
  NetworkEstimate estimate = sampleEstimate();
  EXPECT_THAT(textOf(estimate), testing::Not(testing::HasSubstr("defaults")));
  estimate.layers.front().adapted = {{"slots", 2}, {"tile_k", 16}};
  EXPECT_THAT(textOf(estimate), testing::HasSubstr("  direct (not the defaults: slots 2, tile_k 16)  "));
}

TEST(EstimateText, NothingIsExactWhereLayersAreMissing) {
  NetworkEstimate estimate = sampleEstimate();
  estimate.exact = estimate.layers[0].exact = true;
  EXPECT_THAT(textOf(estimate), testing::ContainsRegex("\nat least +1,234,567 +2,000  no\n"));
}

TEST(EstimateText, ACompleteExactEstimateSaysSo) {
  NetworkEstimate estimate = sampleEstimate();
  estimate.exact = estimate.complete = true;
  estimate.unmapped.clear();
  estimate.layers[0].exact = true;
  const std::string text = textOf(estimate);
  EXPECT_THAT(text, testing::StartsWith("Tiny running Small: 2,000 cycles\n"));
  EXPECT_THAT(text, testing::HasSubstr("  yes  "));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("not mapped")));
}

TEST(EstimateText, CountsInGrammaticalWords) {
  NetworkEstimate estimate;
  estimate.cycles = 1;
  EXPECT_EQ(totalInWords(estimate), "1 cycle");
  estimate.complete = false;
  estimate.unmapped.resize(3);
  EXPECT_EQ(totalInWords(estimate), "at least 1 cycle, 3 layers missing");
  estimate.cycles = 0;
  EXPECT_EQ(totalInWords(estimate), "nothing is mapped, so there are no cycles");
}

TEST(EstimateText, SaysWhatRestsOnAGuess) {
  NetworkEstimate estimate = sampleEstimate();
  estimate.layers[0].guessed = estimate.layers[0].exact = true;
  EXPECT_EQ(totalInWords(estimate), "at least 2,000 cycles, 1 layer missing, 1 layer of guessed size");
  estimate.unmapped.clear();
  EXPECT_EQ(totalInWords(estimate), "at least 2,000 cycles, 1 layer of guessed size");
  EXPECT_THAT(textOf(estimate), testing::HasSubstr("  no, size guessed  "));
}

TEST(EstimateText, TimesHaveOneLineAnInstruction) {
  std::ostringstream out;
  writeTimesText(out, sampleEstimate());
  EXPECT_THAT(out.str(),
              testing::HasSubstr("\n          0        1       2      3      4         5        6  lsu   "
                                 "dmem 4 at 64: 4 to 9\n"));
}

TEST(EstimateText, NamesFromFilesCannotSteerTheTerminal) {
  NetworkEstimate estimate = sampleEstimate();
  estimate.layers[0].name = "conv\x1b[2J";
  EXPECT_THAT(textOf(estimate), testing::HasSubstr("conv\\x1b[2J"));
}

}  // namespace
}  // namespace taktwerk
