// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sensitivity_report.h"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/json_writer.h"

namespace taktwerk {
namespace {

StepOutcome outcome(Step step, std::optional<Cycles> cycles, const std::string& reason = {}) {
  StepOutcome each;
  each.step = std::move(step);
  each.cycles = cycles;
  each.reason = reason;
  return each;
}

Sensitivity sample() {
  using Of = Step::Of;
  Sensitivity found;
  found.cycles = 8400;
  found.outcomes = {outcome({Of::Architecture, "fetch_width", {}, 1, 2, {}}, 4300),
                    outcome({Of::Architecture, "mac_latency", {}, 1, 2, {}}, 8400),
                    outcome({Of::Mapping, "tile_k", "conv1", 4, 8, "chosen for this layer"}, 8500),
                    outcome({Of::Network, "batch", {}, 1, 2, "another amount of work"}, 16800),
                    outcome({Of::Architecture, "banks", {}, 4, 2, {}}, {}, "out of\nmemory")};
  found.outcomes[2].exact = false;
  found.outcomes[3].comparable = false;
  found.steps = found.outcomes.size();
  return found;
}

TEST(SensitivityText, IsRankedWithChangesAndRemarks) {
  std::ostringstream out;
  writeSensitivityText(out, sample());
  EXPECT_EQ(out.str(),
            R"(What to change: 8,400 cycles now, 5 steps

step                            cycles  change            remark
------------------------------  ------  ----------------  ------------------------------------
arch.fetch_width 1 → 2           4,300  −4,100 (−48.8 %)
arch.mac_latency 1 → 2           8,400  0
mapping.tile_k 4 → 8 for conv1   8,500  +100 (+1.2 %)     approximation, chosen for this layer
network.batch 1 → 2             16,800                    another amount of work
arch.banks 4 → 2                                          cannot be: out of\x0amemory
)");
}

TEST(SensitivityText, SaysWhatThePresentFigureIsAndIsNot) {
  Sensitivity found = sample();
  found.complete = found.exact = false;
  found.outcomes.clear();
  std::ostringstream out;
  writeSensitivityText(out, found);
  EXPECT_EQ(out.str(), "What to change: at least 8,400 cycles now (approximation), 0 steps\n");
  found.cycles.reset();
  found.reason = "nothing is mapped";
  out.str({});
  writeSensitivityText(out, found);
  EXPECT_EQ(out.str(), "What to change: nothing to compare with: nothing is mapped\n");
}

TEST(SensitivityText, MarksWhatIsNotCompared) {
  StepOutcome other = outcome({Step::Of::Architecture, "rows", {}, 4, 8, {}}, 10);
  other.comparable = other.complete = false;
  other.missing = "1 layer missing: fc (too large)";
  EXPECT_EQ(remarkInWords(other), "counts other layers, at least: 1 layer missing: fc (too large)");
}

nlohmann::json jsonOf(const Sensitivity& found) {
  std::ostringstream out;
  JsonWriter json(out);
  json.openObject();
  writeSensitivity(json, found);
  json.closeObject();
  return nlohmann::json::parse(out.str()).at("sensitivity");
}

TEST(SensitivityJson, HasTheSameFigures) {
  const nlohmann::json json = jsonOf(sample());
  EXPECT_EQ(json.at("cycles"), 8400);
  EXPECT_EQ(json.at("steps"), 5);
  const nlohmann::json& ranked = json.at("ranked");
  EXPECT_EQ(ranked[0].at("name"), "arch.fetch_width");
  EXPECT_EQ(ranked[0].at("from"), 1);
  EXPECT_EQ(ranked[0].at("to"), 2);
  EXPECT_EQ(ranked[0].at("saved"), 4100);
  EXPECT_NEAR(ranked[0].at("relative"), 4100.0 / 8400, 1e-12);
  EXPECT_EQ(ranked[2].at("layer"), "conv1");
  EXPECT_EQ(ranked[2].at("saved"), -100);
  EXPECT_EQ(ranked[2].at("exact"), false);
  EXPECT_FALSE(ranked[3].contains("saved"));
  EXPECT_EQ(ranked[3].at("comparable"), false);
  EXPECT_FALSE(ranked[4].contains("cycles"));
  EXPECT_EQ(ranked[4].at("reason"), "out of\nmemory");
}

TEST(SensitivityJson, DividesByNothingAndSaysWhyThereIsNone) {
  Sensitivity found = sample();
  found.cycles = 0;
  EXPECT_FALSE(jsonOf(found).at("ranked")[0].contains("relative"));
  found.cycles.reset();
  found.reason = "no";
  EXPECT_EQ(jsonOf(found), (nlohmann::json{{"reason", "no"}}));
}

}  // namespace
}  // namespace taktwerk
