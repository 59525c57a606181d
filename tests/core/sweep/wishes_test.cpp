// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/wishes.h"

#include <cmath>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/files.h"
#include "core/report/cost_text.h"
#include "core/report/row_files.h"
#include "core/report/sweep_table.h"
#include "core/sweep/point_table.h"
#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Sweep sweepOf(const std::string& architecture, StudyMemory& memory, const std::vector<std::string>& vary) {
  auto sweep = bindSpace(spaceOf(vary), shippedFiles(architecture, "tc-resnet8"), memory);
  for (const Diagnostic& problem : sweep.diagnostics) ADD_FAILURE() << toString(problem);
  return std::move(*sweep);
}

std::string problemOf(Sweep& sweep, const std::vector<std::string>& objectives) {
  const auto problem = wish(sweep, {objectives, 1});
  return problem ? problem->message : "";
}

SweepRow rowOf(const Sweep& sweep, StudyMemory& memory, const StudyOptions& options = {}) {
  Progress progress;
  return estimatePoint(sweep, sweepPoint(sweep, {0, {{4}, {}}}), options, memory, progress);
}

double valueOf(const Sweep& sweep, const SweepRow& row, const std::string& figure) {
  return row.figures.at(findFigure(sweep.figures, figure).value());
}

TEST(Wishes, OfferTheTrafficOfEachMemory) {
  StudyMemory memory;
  Sweep sweep = sweepOf("gemmini", memory, {"mesh=4"});
  const auto offered = figuresOffered(sweep);
  for (const char* name : {"cycles", "utilisation", "traffic", "traffic.dram", "traffic.scratchpad"}) {
    EXPECT_TRUE(findFigure(offered, name)) << name;
  }
  EXPECT_FALSE(findFigure(sweep.figures, "traffic.dram"));
  EXPECT_EQ(problemOf(sweep, {"traffic.dram", "utilisation:min"}), "");
  EXPECT_THAT(sweep.objectives, ElementsAre(Objective{"traffic.dram", Figure::Better::Less},
                                            Objective{"utilisation", Figure::Better::Less}));
  EXPECT_TRUE(findFigure(sweep.figures, "traffic.dram"));
}

TEST(Wishes, RefuseAFigureTwiceAndOneThatThereIsNot) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  EXPECT_THAT(problemOf(sweep, {"cycles", "cycles:max"}), HasSubstr("cycles is an objective twice"));
  EXPECT_THAT(problemOf(sweep, {"traffic.dmen"}), HasSubstr("did you mean \"traffic.dmem\""));
}

TEST(Wishes, TheTrafficOfMemoriesAddsUpToAll) {
  StudyMemory memory;
  Sweep sweep = sweepOf("gemmini", memory, {"mesh=4"});
  ASSERT_EQ(
      problemOf(sweep, {"traffic.dram", "traffic.scratchpad", "traffic.accumulator", "traffic.iterations"}),
      "");
  const SweepRow row = rowOf(sweep, memory);
  ASSERT_EQ(row.state, PointState::Done) << row.reason;
  EXPECT_GT(valueOf(sweep, row, "traffic.dram"), 0);
  EXPECT_EQ(valueOf(sweep, row, "traffic"),
            valueOf(sweep, row, "traffic.dram") + valueOf(sweep, row, "traffic.scratchpad") +
                valueOf(sweep, row, "traffic.accumulator") + valueOf(sweep, row, "traffic.iterations"));
}

TEST(Wishes, WhatAMethodDoesNotCountIsNoNumber) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  ASSERT_EQ(problemOf(sweep, {"traffic"}), "");
  StudyOptions options;
  options.how.method = Method::Roofline;
  const SweepRow row = rowOf(sweep, memory, options);
  ASSERT_EQ(row.state, PointState::Done) << row.reason;
  EXPECT_TRUE(std::isnan(valueOf(sweep, row, "traffic")));
  EXPECT_EQ(valueOf(sweep, row, "cycles"), static_cast<double>(row.cycles));
}

TEST(Wishes, UtilisationIsNoNumberWhereNothingTellsWhatTheMachineCouldDo) {
  StudyMemory memory;
  Sweep tiles = sweepOf("gemmini", memory, {"mesh=16"});  // an instruction is a tile of products
  ASSERT_EQ(problemOf(tiles, {"utilisation"}), "");
  EXPECT_TRUE(std::isnan(valueOf(tiles, rowOf(tiles, memory), "utilisation")));
  Sweep array = sweepOf("systolic-array", memory, {"rows=4"});
  ASSERT_EQ(problemOf(array, {"utilisation"}), "");
  EXPECT_GT(valueOf(array, rowOf(array, memory), "utilisation"), 0);
}

TEST(Wishes, ObjectivesAreColumnsThatATableOfPointsPassesOver) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  ASSERT_EQ(problemOf(sweep, {"traffic.dmem", "cycles", "utilisation"}), "");
  const SweepRow row = rowOf(sweep, memory);
  std::ostringstream text, json;
  SweepCsv csv(text, sweep);
  csv.add(row);
  std::istringstream lines(text.str());
  std::string heading, line;
  ASSERT_TRUE(std::getline(lines, heading) && std::getline(lines, line));
  EXPECT_EQ(heading,
            "point,arch.rows,state,cycles,instructions,macs,exact,complete,missing_layers,traffic.dmem,"
            "utilisation,reason");
  EXPECT_THAT(line, HasSubstr(",true,true,0," + figureText(valueOf(sweep, row, "traffic.dmem")) + ',' +
                              figureText(valueOf(sweep, row, "utilisation")) + ','));
  PointTable table("p.csv");
  EXPECT_THAT(*table.readHeading(heading), ElementsAre("arch.rows"));
  EXPECT_EQ((**table.readLine(line)).front(), 4);
  SweepJson object(json, sweep);
  object.add(row);
  object.finish();
  EXPECT_THAT(json.str(), HasSubstr("\"objectives\": [\"traffic.dmem:min\", \"cycles:min\", "
                                    "\"utilisation:max\"]"));
  EXPECT_THAT(json.str(), HasSubstr("\"traffic.dmem\": "));
}

TEST(RowFiles, OfASweepAndOfATableAreTheSame) {
  StudyMemory memory;
  Sweep sweep = sweepOf("one-mac", memory, {"fetch_width=4"});
  std::vector<std::string> all;
  for (const Figure& figure : sweep.figures) all.push_back(figure.name);
  ASSERT_EQ(problemOf(sweep, all), "");
  SweepRow infeasible = rowOf(sweep, memory);
  infeasible.state = PointState::Infeasible;
  infeasible.reason = "too large, it \"seems\"";
  SweepRow large = rowOf(sweep, memory), without = large;
  large.figures.back() = 12e6;
  without.figures.back() = std::nan("");
  std::ostringstream streamedCsv, streamedJson, csv, json;
  SweepCsv asCsv(streamedCsv, sweep);
  SweepJson asJson(streamedJson, sweep);
  RowTable table(sweep.columns, sweep.figures);
  std::vector<std::uint32_t> places;
  for (const SweepRow& row : {rowOf(sweep, memory), infeasible, large, without}) {
    asCsv.add(row);
    asJson.add(row);
    table.add(row);
    places.push_back(static_cast<std::uint32_t>(places.size()));
  }
  asJson.finish();
  Progress progress;
  writeRowsAsCsv(csv, table, places, progress);
  writeRowsAsJson(json, table, places, progress, rowFileHeadOf(sweep));
  EXPECT_EQ(csv.str(), streamedCsv.str());
  EXPECT_EQ(json.str(), streamedJson.str());
  EXPECT_THAT(json.str(), HasSubstr("\"architecture\": \""));
  EXPECT_THAT(json.str(), HasSubstr("\"objectives\": [\"cycles:min\""));
  EXPECT_THAT(json.str(), HasSubstr(": 12000000"));
}

TEST(Wishes, ABatchHasColumnsOfItsFigures) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  ASSERT_FALSE(wish(sweep, {{"total"}, 7}));
  const SweepRow row = rowOf(sweep, memory);
  EXPECT_EQ(valueOf(sweep, row, "interval"), static_cast<double>(row.cycles));
  EXPECT_EQ(valueOf(sweep, row, "total"), 7.0 * static_cast<double>(row.cycles));
  std::ostringstream text;
  const SweepCsv csv(text, sweep);
  EXPECT_THAT(text.str(), HasSubstr(",missing_layers,total,interval,reason\n"));
}

TEST(Wishes, OfferTimeAndCostsWhereTheArchitectureDeclaresThem) {
  StudyMemory memory;
  const Sweep plain = sweepOf("one-mac", memory, {"fetch_width=4"});
  const Sweep tight = sweepOf("ultratrail", memory, {"lanes=8"});
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  for (const char* name :
       {"time", "inferences_per_second", "area", "leakage", "energy", "power", "energy_delay"}) {
    const bool isCost = findFigure(costFigures(), name).has_value();
    EXPECT_EQ(findFigure(plain.figures, name).has_value(), isCost) << name << ": it has no clock";
    EXPECT_TRUE(findFigure(sweep.figures, name)) << name;
    EXPECT_TRUE(isFigureName(name)) << name;
  }
  EXPECT_FALSE(findFigure(tight.figures, "leakage")) << "nothing of it leaks";
  const SweepRow row = rowOf(sweep, memory);
  const double seconds = valueOf(sweep, row, "time"), energy = valueOf(sweep, row, "energy");
  EXPECT_NEAR(seconds, static_cast<double>(row.cycles) / 500e6, 1e-12);
  EXPECT_NEAR(valueOf(sweep, row, "inferences_per_second"), 1 / seconds, 1e-6);
  EXPECT_GT(energy, 0);
  EXPECT_NEAR(valueOf(sweep, row, "power"), energy * 1e-12 / seconds * 1e3, 1e-6);
  EXPECT_NEAR(valueOf(sweep, row, "energy_delay"), energy * seconds, 1e-6);
}

TEST(Wishes, AreNotOfferedOfInstructionMemoriesAndCostsWithoutASource) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  EXPECT_FALSE(findFigure(figuresOffered(sweep), "traffic.imem"));
  EXPECT_TRUE(findFigure(figuresOffered(sweep), "traffic.dmem"));
  EXPECT_THAT(problemOf(sweep, {"traffic.imem"}), HasSubstr("there is no figure \"traffic.imem\""));
  // The same file but for where its costs are from.
  std::string text = *readFile(architecturePath("systolic-array"));
  const std::size_t costs = text.find("\ncosts:") + 1;
  text.erase(costs, text.find("# Assumed; nothing", costs) - costs);
  text = std::regex_replace(text, std::regex(",? *cost_source: [{][^}]*[}]"), "");
  const std::string path = testing::TempDir() + "/unsourced.arch.yaml";
  ASSERT_FALSE(hasErrors(writeFileAtomically(path, text)));
  SweepFiles files = shippedFiles("systolic-array", "tc-resnet8");
  files.files.architecture = path;
  files.files.mappings = {sourceDirectory() + "/archs/systolic-array/mappings/dense.mapping.yaml"};
  auto unsourced = bindSpace(spaceOf({"rows=4"}), files, memory);
  ASSERT_TRUE(unsourced) << toString(unsourced.diagnostics.front());
  for (const char* name : {"area", "energy", "power", "energy_delay"})
    EXPECT_FALSE(findFigure(unsourced->figures, name)) << name << " would have no value";
  EXPECT_TRUE(findFigure(unsourced->figures, "time"));
}

TEST(Wishes, TakeFiguresOfTheFile) {
  std::string text = *readFile(architecturePath("one-mac"));
  text.insert(text.find("costs:\n"), "figures: {price: {unit: EUR, description: of the parts}}\n");
  text.insert(text.find("  dmem:\n") + 8, "    figures: {price: 5 / 2 + memory_port_width}\n");
  const std::string path = testing::TempDir() + "/priced.arch.yaml";
  ASSERT_FALSE(hasErrors(writeFileAtomically(path, text)));
  SweepFiles files = shippedFiles("one-mac", "tc-resnet8");
  files.files.architecture = path;
  files.files.mappings = {sourceDirectory() + "/archs/one-mac/mappings/dense.mapping.yaml"};
  StudyMemory memory;
  auto sweep = bindSpace(spaceOf({"memory_port_width=4"}), files, memory);
  ASSERT_TRUE(sweep) << toString(sweep.diagnostics.front());
  ASSERT_EQ(problemOf(*sweep, {"figure.price", "cycles"}), "");
  EXPECT_EQ(sweep->figures[*findFigure(sweep->figures, "figure.price")],
            (Figure{"figure.price", "EUR", Figure::Better::Less, "of the parts"}));
  EXPECT_TRUE(isFigureName("figure.price"));
  const SweepRow row = rowOf(*sweep, memory);
  ASSERT_EQ(row.state, PointState::Done) << row.reason;
  EXPECT_EQ(valueOf(*sweep, row, "figure.price"), 6.5);
  std::ostringstream table;
  SweepCsv csv(table, *sweep);
  csv.add(row);
  EXPECT_THAT(table.str(), HasSubstr(",missing_layers,figure.price,reason\n"));
  EXPECT_THAT(table.str(), HasSubstr(",6.5,"));
  EXPECT_THAT(problemOf(*sweep, {"figure.prize"}), HasSubstr("did you mean \"figure.price\"?"));
}

TEST(Wishes, SayWhatTheirCostsLeaveOut) {
  StudyMemory memory;
  Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  Progress progress;
  ASSERT_EQ(problemOf(sweep, {"cycles"}), "");
  const StudyCounts before = memory.counts();
  EXPECT_THAT(leftOutInWords(sweep, memory, progress), testing::IsEmpty());
  EXPECT_EQ(memory.counts(), before) << "nobody asked for costs";
  ASSERT_EQ(problemOf(sweep, {"area", "energy"}), "");
  EXPECT_THAT(leftOutInWords(sweep, memory, progress),
              ElementsAre(HasSubstr("area leaves out imem, imau, "), "energy leaves out imem"));
  StudyMemory another;
  progress.cancel();
  EXPECT_THAT(leftOutInWords(sweep, another, progress), testing::IsEmpty());
}

TEST(Wishes, EnergyWithoutTrafficIsNoNumber) {
  StudyMemory memory;
  const Sweep sweep = sweepOf("systolic-array", memory, {"rows=4"});
  StudyOptions options;
  options.how.method = Method::Roofline;
  const SweepRow row = rowOf(sweep, memory, options);
  EXPECT_TRUE(std::isnan(valueOf(sweep, row, "energy")));
  EXPECT_GT(valueOf(sweep, row, "area"), 0);
}

TEST(Wishes, TheAreaGrowsWithAMemory) {
  StudyMemory memory;
  Sweep sweep = sweepOf("gemmini", memory, {"scratchpad_rows=16384,32768,65536"});
  Progress progress;
  std::vector<double> areas;
  for (std::int64_t place = 0; place < 3; ++place) {
    const SweepPoint point = sweepPoint(sweep, {place, {{16384 << place}, {}}});
    const SweepRow row = estimatePoint(sweep, point, {}, memory, progress);
    ASSERT_EQ(row.state, PointState::Done) << row.reason;
    areas.push_back(valueOf(sweep, row, "area"));
  }
  // 128 bit of 0.567 µm² a row.
  EXPECT_NEAR(areas[1] - areas[0], 16384 * 128 * 0.567, 1);
  EXPECT_NEAR(areas[2] - areas[1], 32768 * 128 * 0.567, 1);
}

TEST(Figures, AreWrittenAsTheShortestTextOfTheirValue) {
  EXPECT_EQ(figureText(1536), "1536");
  EXPECT_EQ(figureText(0.25), "0.25");
  EXPECT_EQ(figureText(12e6), "12000000") << "whole numbers are written whole";
  EXPECT_EQ(figureText(-3e9), "-3000000000");
  EXPECT_EQ(figureText(1e300), "1e+300");
  EXPECT_EQ(figureText(std::nan("")), "");
}

}  // namespace
}  // namespace taktwerk::test
