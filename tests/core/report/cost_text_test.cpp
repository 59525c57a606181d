// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cost_text.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/cost_table.h"
#include "core/report/estimate_json.h"
#include "core/report/estimate_text.h"
#include "tests/support/machine_from_text.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string text = R"(format: taktwerk-architecture/1
costs:
  book: {source: "A Book, 2014.", technology: 45 nm, scale: absolute}
  guess: {source: a guess, scale: relative}
clock: 100
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, area: 200000, leakage: 1500}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [mac], area: 50000, energy: 3000}
  regs: {class: RegisterFile, registers: [a], energy: 1000}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - reads: [alu, regs]
)";

NetworkEstimate estimateOf(const std::shared_ptr<const Machine>& machine) {
  ProgramBuilder builder("t");
  InstructionTemplate mac;
  mac.operation = machine->findOperation("mac");
  mac.reads = {{0}};
  builder.openLoop(10, "i");
  builder.add(std::move(mac), {});
  builder.closeLoop();
  Progress progress;
  return estimateProgram(machine, std::move(builder).finish(), {}, progress);
}

TEST(CostText, SaysWhatIsLeftOutAndWhereCostsAreFrom) {
  NetworkEstimate estimate = estimateOf(test::machineFromText(text));
  EXPECT_THAT(costsInWords(estimate)[2], Not(HasSubstr("inference"))) << "it is of a trace";
  estimate.ofInferences = true;
  estimate.cycles = 60;  // 600 ns at 100 MHz: 900 pJ leak away
  EXPECT_THAT(
      costsInWords(estimate),
      ElementsAre("Area: 0.250 mm², but for imem, imau, execute and regs.",
                  "Leakage: 1.50 mW, but for imem, imau, execute, alu and regs.",
                  "Energy: 40.9 nJ an inference, but for imem and fetch; 900 pJ of it leaks away; alu "
                  "mac 73.3 %, regs read 24.4 %.",
                  "Power: 68.2 mW in the mean, but for imem and fetch.",
                  "Costs are from book (45 nm): A Book, 2014; guess (relative): a guess."));
  estimate.complete = false;
  EXPECT_THAT(costsInWords(estimate)[2], HasSubstr("Energy: at least 40.9 nJ"));
}

TEST(CostText, IsNothingWithoutCosts) {
  std::string plain = text;
  plain.erase(plain.find("costs:"), plain.find("clock:") - plain.find("costs:"));
  for (const char* cost :
       {", area: 200000, leakage: 1500", ", area: 50000, energy: 3000", ", energy: 1000"}) {
    plain.erase(plain.find(cost), std::string(cost).size());
  }
  const NetworkEstimate estimate = estimateOf(test::machineFromText(plain));
  EXPECT_THAT(costsInWords(estimate), IsEmpty());
  std::ostringstream json;
  writeEstimateJson(json, estimate);
  const auto parsed = nlohmann::json::parse(json.str());
  EXPECT_FALSE(parsed.contains("costs"));
  EXPECT_FALSE(parsed["layers"][0].contains("energy"));
}

TEST(CostText, JsonHasTheSumsAndEachLayersShares) {
  const NetworkEstimate estimate = estimateOf(test::machineFromText(text));
  std::ostringstream json;
  writeEstimateJson(json, estimate);
  const auto parsed = nlohmann::json::parse(json.str());
  const auto& costs = parsed["costs"];
  EXPECT_EQ(costs["area"], 250000.0);
  EXPECT_EQ(costs["leakage"], 1500.0);
  EXPECT_DOUBLE_EQ(costs["energy"].get<double>(), 40000 + costs["leaked"].get<double>());
  EXPECT_GT(costs["power"], 0.0);
  EXPECT_EQ(costs["left_out"]["energy"], nlohmann::json({"imem", "fetch"}));
  EXPECT_EQ(costs["sources"][0]["technology"], "45 nm");
  EXPECT_EQ(costs["sources"][1]["scale"], "relative");
  EXPECT_EQ(parsed["layers"][0]["energy"]["alu"]["mac"],
            nlohmann::json({{"count", 10}, {"energy", 30000.0}}));
  EXPECT_EQ(parsed["layers"][0]["energy"]["regs"]["read"]["count"], 10);
}

TEST(CostTable, SaysOfEachObjectWhatItCostsAndWhereThatIsFrom) {
  std::string named = text;
  named.replace(named.find("leakage: 1500"), 13, "leakage: 1500, cost_source: {area: guess, leakage: book}");
  named.replace(named.find("energy: 3000"), 12, "energy: 3000, cost_source: [book, guess]");
  const NetworkEstimate estimate = estimateOf(test::machineFromText(named));
  std::ostringstream out;
  writeCostTable(out, estimate);
  EXPECT_EQ(out.str(),
            "object  area µm²  leakage µW  energy pJ   share  from\n"
            "------  --------  ----------  ---------  ------  --------------------------\n"
            "fetch    200,000       1,500                     area: guess; leakage: book\n"
            "alu       50,000                 30,000  75.0 %  book and guess\n"
            "regs                             10,000  25.0 %  not said\n");
  std::ostringstream json;
  writeEstimateJson(json, estimate);
  const auto objects = nlohmann::json::parse(json.str())["costs"]["objects"];
  ASSERT_EQ(objects.size(), 3U);
  EXPECT_EQ(objects[0], nlohmann::json::parse(R"({"name": "fetch", "area": 200000.0, "leakage": 1500.0,
      "sources": {"area": ["guess"], "leakage": ["book"]}})"));
  EXPECT_EQ(objects[1]["sources"]["energy"], nlohmann::json({"book", "guess"}));
  EXPECT_TRUE(objects[2]["sources"]["energy"].empty());
}

TEST(CostTable, OfAFileWithOneSourceIsFromThat) {
  std::string one = text;
  const std::string guess = "  guess: {source: a guess, scale: relative}\n";
  one.erase(one.find(guess), guess.size());
  std::ostringstream out;
  writeCostTable(out, estimateOf(test::machineFromText(one)));
  EXPECT_THAT(out.str(), HasSubstr("fetch    200,000       1,500                     book\n"));
}

TEST(OwnFigures, StandBehindCosts) {
  std::string priced = text;
  priced.insert(priced.find("clock:"), "figures: {price: {unit: EUR}, pins: {}}\n");
  priced.replace(priced.find("area: 50000"), 11, "area: 50000, figures: {price: 5 / 2, pins: 1200}");
  const NetworkEstimate estimate = estimateOf(test::machineFromText(priced));
  EXPECT_EQ(ownFiguresInWords(*estimate.machine), "Figures of the file: price 2.5 EUR, pins 1,200.");
  std::ostringstream out, json;
  writeEstimateText(out, estimate);
  EXPECT_THAT(out.str(), HasSubstr("\nFigures of the file: price 2.5 EUR, pins 1,200.\n"));
  writeEstimateJson(json, estimate);
  const auto figures = nlohmann::json::parse(json.str())["figures"];
  EXPECT_EQ(figures["price"], nlohmann::json({{"value", 2.5}, {"unit", "EUR"}}));
  EXPECT_EQ(figures["pins"], nlohmann::json({{"value", 1200.0}}));
  EXPECT_EQ(ownFiguresInWords(*estimateOf(test::machineFromText(text)).machine), "");
}

TEST(CostText, StandsBehindTheTables) {
  std::ostringstream out;
  writeEstimateText(out, estimateOf(test::machineFromText(text)));
  EXPECT_THAT(out.str(), HasSubstr("\n\nAt 100 MHz: "));
  EXPECT_THAT(out.str(),
              HasSubstr("\nCosts are from book (45 nm): A Book, 2014; guess (relative): a guess.\n\n"));
}

TEST(CostText, NamesAtMostAFewThatAreLeftOut) {
  EXPECT_EQ(leftOutInWords({}), "");
  EXPECT_EQ(leftOutInWords({"a"}), "a");
  EXPECT_EQ(leftOutInWords({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(leftOutInWords({"a", "b", "c", "d", "e", "f", "g"}), "a, b, c, d, e, f and g");
  EXPECT_EQ(leftOutInWords({"a", "b", "c", "d", "e", "f", "g", "h"}), "a, b, c, d, e, f and 2 others");
}

}  // namespace
}  // namespace taktwerk
