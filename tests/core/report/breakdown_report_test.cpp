// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/breakdown_report.h"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

std::string textOf(const NetworkBreakdown& breakdown) {
  std::ostringstream out;
  writeBreakdownText(out, breakdown);
  return out.str();
}

TEST(BreakdownText, ShowsCausesObjectsAndLayers) {
  EXPECT_EQ(textOf(breakdownOf(sampleEstimate())),
            R"(Tiny running Small: 2,000 cycles
On the critical path: waiting for data (alu) 60 % of the time, alu busy 25 %.

cause                     cycles   share
------------------------  ------  ------
waiting for data (alu)     1,200  60.0 %
alu busy                     500  25.0 %
waiting for instructions     300  15.0 %

object  busy  waited for   share
------  ----  ----------  ------
alu      500       1,200  85.0 %

layer  cycles  most of the time
-----  ------  ----------------------------------------------
conv1   2,000  waiting for data (alu) 60.0 %, alu busy 25.0 %
)");
}

TEST(BreakdownText, OfNothingIsOneLine) {
  NetworkBreakdown none;
  none.architecture = "Tiny";
  EXPECT_EQ(textOf(none), "Tiny: 0 cycles\n");
}

TEST(BreakdownJson, HasTheSame) {
  std::ostringstream out;
  writeBreakdownJson(out, breakdownOf(sampleEstimate()));
  EXPECT_EQ(out.str(), R"({
  "architecture": "Tiny",
  "network": "Small",
  "cycles": 2000,
  "bottleneck": ["wait:data:alu", "busy:alu"],
  "causes": [
    {"cause": "wait:data:alu", "cycles": 1200, "share": 0.6},
    {"cause": "busy:alu", "cycles": 500, "share": 0.25},
    {"cause": "wait:fetch", "cycles": 300, "share": 0.15}
  ],
  "objects": [
    {"object": "alu", "busy": 500, "waited": 1200, "share": 0.85}
  ],
  "layers": [
    {"name": "conv1", "cycles": 2000, "causes": [{"cause": "wait:data:alu", "cycles": 1200, "share": 0.6}, {"cause": "busy:alu", "cycles": 500, "share": 0.25}, {"cause": "wait:fetch", "cycles": 300, "share": 0.15}], "objects": [{"object": "alu", "busy": 500, "waited": 1200, "share": 0.85}]}
  ]
}
)");
  std::ostringstream nothing;
  writeBreakdownJson(nothing, NetworkBreakdown{});
  EXPECT_TRUE(nlohmann::json::parse(nothing.str())["bottleneck"].empty());
}

TEST(Bottleneck, InWordsDecidesTiesByHowTheyRead) {
  const auto table = causeTable({{{WaitCause::Structural, "b"}, {0}, 25, 0},
                                 {{WaitCause::Busy, "z"}, {1}, 25, 0},
                                 {{WaitCause::Busy, "alu"}, {2}, 25, 0},
                                 {{WaitCause::Fetch, ""}, {}, 125, 0}});
  EXPECT_EQ(bottleneckInWords(table),
            "On the critical path: waiting for instructions 63 % of the time, alu busy 13 %.")
      << "halves are rounded up";
  EXPECT_EQ(bottleneckInWords(causeTable({{{WaitCause::Busy, "alu"}, {2}, 3, 0}})),
            "On the critical path: alu busy 100 % of the time.");
  EXPECT_EQ(bottleneckInWords({}), "");
}

}  // namespace
}  // namespace taktwerk
