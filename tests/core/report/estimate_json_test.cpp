// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_json.h"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

std::string jsonOf(const NetworkEstimate& estimate, bool times = false) {
  std::ostringstream out;
  writeEstimateJson(out, estimate, {times});
  return out.str();
}

TEST(EstimateJson, WritesABatchAndTheTimeWhereTheyAreKnown) {
  NetworkEstimate estimate = sampleEstimate();
  EXPECT_EQ(jsonOf(estimate).find("interval"), std::string::npos);
  estimate.interval = 1500;
  auto machine = std::make_shared<Machine>();
  machine->memories = estimate.machine->memories;
  machine->objectNames = estimate.machine->objectNames;
  machine->clock = 500;
  estimate.machine = machine;
  std::ostringstream out;
  writeEstimateJson(out, estimate, {false, 3});
  const auto parsed = nlohmann::json::parse(out.str());
  EXPECT_EQ(parsed["interval"], 1500);
  EXPECT_EQ(parsed["batch"], nlohmann::json({{"inferences", 3}, {"cycles", 5000}, {"holds", true}}));
  EXPECT_EQ(parsed["time"]["clock_mhz"], 500.0);
  EXPECT_DOUBLE_EQ(parsed["time"]["first"], 4e-6);
  EXPECT_DOUBLE_EQ(parsed["time"]["interval"], 3e-6);
  EXPECT_DOUBLE_EQ(parsed["time"]["batch"], 10e-6);
  EXPECT_DOUBLE_EQ(parsed["time"]["inferences_per_second"], 1e6 / 3);
}

TEST(EstimateJson, WritesEveryMemberInTheDocumentedOrder) {
  EXPECT_EQ(
      jsonOf(sampleEstimate()),
      R"({
  "architecture": "Tiny",
  "network": "Small",
  "parameters": {"arch.rows": 8, "network.batch": 1},
  "cycles": 2000,
  "instructions": 1234567,
  "exact": false,
  "complete": false,
  "seconds": 0.25,
  "layers": [
    {"name": "conv1", "fused": ["relu1", "pool1"], "operator": "conv2d", "mapping": "direct", "tunables": {"tile_k": 16}, )"
      R"("macs": 1000, "instructions": 1234567, "cycles": 2000, "exact": false, )"
      R"("method": "approximation", "bounds": {"lower": 1990, "upper": 2010}, )"
      R"("loop_iterations": 400, "evaluated_iterations": 12, )"
      R"("evaluated_instructions": 60, "utilisation": 0.5, )"
      R"("breakdown": {"busy:alu": 500, "wait:data:alu": 1200, "wait:fetch": 300}, "breakdown_details": {}, )"
      R"("roofline": {"compute": 1000, "memory": 1500}, )"
      R"("traffic": {"dmem": {"reads": 7, "writes": 8, "words_read": 9, )"
      R"("words_written": 10, "busy": 11}}}
  ],
  "unmapped": [
    {"name": "softmax", "operator": "softmax", "reason": "no mapping takes softmax"}
  ],
  "validation": []
}
)");
}

TEST(EstimateJson, AddsTheTimesOnlyWhenAsked) {
  const auto with = nlohmann::json::parse(jsonOf(sampleEstimate(), true));
  EXPECT_EQ(with["layers"][0]["times"],
            nlohmann::json::parse(R"([{"index": 0, "fetched": 1, "issued": 2, "enter": 3,
    "start": 4, "complete": 5, "release": 6, "unit": "lsu",
    "accesses": [{"memory": "dmem", "address": 64, "words": 4, "granted": 4, "ready": 9}]}])"));
  EXPECT_FALSE(nlohmann::json::parse(jsonOf(sampleEstimate()))["layers"][0].contains("times"));
}

TEST(EstimateJson, TunablesThatAreNotTheDefaultsAreNamed) {
  NetworkEstimate estimate = sampleEstimate();
  EXPECT_EQ(jsonOf(estimate).find("adapted"), std::string::npos);
  estimate.layers.front().adapted = {{"tile_k", 16}};
  EXPECT_NE(jsonOf(estimate).find(R"("tunables": {"tile_k": 16}, "adapted": {"tile_k": 16}, "macs")"),
            std::string::npos)
      << jsonOf(estimate);
}

TEST(EstimateJson, AGuessedSizeStandsWithItsLayer) {
  NetworkEstimate estimate = sampleEstimate();
  EXPECT_FALSE(nlohmann::json::parse(jsonOf(estimate))["layers"][0].contains("guessed"));
  estimate.layers[0].guessed = true;
  EXPECT_EQ(nlohmann::json::parse(jsonOf(estimate))["layers"][0]["guessed"], true);
}

TEST(EstimateJson, AnEmptyEstimateHasEmptyLists) {
  const auto json = nlohmann::json::parse(jsonOf(NetworkEstimate{}));
  EXPECT_EQ(json["layers"], nlohmann::json::array());
  EXPECT_EQ(json["unmapped"], nlohmann::json::array());
  EXPECT_EQ(json["parameters"], nlohmann::json::object());
  EXPECT_EQ(json["complete"], true);
}

TEST(EstimateJson, TheSameEstimateGivesTheSameBytes) {
  EXPECT_EQ(jsonOf(sampleEstimate(), true), jsonOf(sampleEstimate(), true));
}

}  // namespace
}  // namespace taktwerk
