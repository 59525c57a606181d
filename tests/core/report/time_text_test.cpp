// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/time_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/quantity_text.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

NetworkEstimate estimateAt(std::optional<double> clock) {
  auto machine = std::make_shared<Machine>();
  machine->clock = clock;
  NetworkEstimate estimate;
  estimate.machine = machine;
  estimate.cycles = 1'234'000;
  estimate.interval = 1'000'000;
  estimate.layers.emplace_back();
  return estimate;
}

TEST(TimeText, SaysNothingWithoutAClockAndABatch) {
  EXPECT_THAT(timeInWords(estimateAt(std::nullopt), 1), IsEmpty());
}

TEST(TimeText, TellsTimeAndRateAtAClock) {
  NetworkEstimate estimate = estimateAt(500);
  EXPECT_THAT(timeInWords(estimate, 1),
              ElementsAre("At 500 MHz: 2.47 ms an inference, 500 inferences a second."));
  estimate.parameters["network.batch"] = 4;
  EXPECT_THAT(timeInWords(estimate, 1),
              ElementsAre("At 500 MHz: 2.47 ms an inference of 4 results, 2,000 results a second."));
  estimate.complete = false;
  EXPECT_THAT(
      timeInWords(estimate, 1),
      ElementsAre("At 500 MHz: at least 2.47 ms an inference of 4 results, at most 2,000 results a second."));
}

TEST(TimeText, TellsTheTimeOfASingleLayerAlone) {
  NetworkEstimate estimate = estimateAt(500);
  estimate.ofInferences = false;
  estimate.interval.reset();
  EXPECT_THAT(timeInWords(estimate, 8), ElementsAre("At 500 MHz: 2.47 ms."));
}

TEST(TimeText, TellsTheThreeFiguresOfABatch) {
  NetworkEstimate estimate = estimateAt(std::nullopt);
  EXPECT_THAT(timeInWords(estimate, 8),
              ElementsAre("8 inferences one after another: 8,234,000 cycles; the first 1,234,000, each "
                          "further one 1,000,000."));
  estimate.intervalHolds = false;
  EXPECT_THAT(timeInWords(estimate, 8).front(),
              testing::StartsWith("8 inferences one after another: about 8,234,000 cycles; the first "
                                  "1,234,000, the second 1,000,000 more."));
  EXPECT_THAT(timeInWords(estimate, 2).front(), testing::HasSubstr(": 2,234,000 cycles;"));
  estimate.interval.reset();
  EXPECT_THAT(timeInWords(estimate, 8).front(), testing::HasSubstr("unknown"));
}

TEST(QuantityText, HasThreeDigitsAndAPrefix) {
  EXPECT_EQ(quantityText(0.00247, "s"), "2.47 ms");
  EXPECT_EQ(quantityText(0.9996, "s"), "1.00 s");
  EXPECT_EQ(quantityText(1.31e-5, "J"), "13.1 µJ");
  EXPECT_EQ(quantityText(0, "W"), "0 W");
  EXPECT_EQ(quantityText(3e-14, "J"), "0.0300 pJ");
  EXPECT_EQ(numberText(12345.6), "12,346");
  EXPECT_EQ(numberText(404.4), "404");
  EXPECT_EQ(numberText(0.0312), "0.0312");
  EXPECT_EQ(areaText(4184), "4,184 µm²");
  EXPECT_EQ(areaText(1'250'000), "1.25 mm²");
}

}  // namespace
}  // namespace taktwerk
