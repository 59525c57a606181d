// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/files.h"
#include "core/sweep/point_stream.h"
#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string problemsOf(const Result<Sweep>& sweep) {
  std::string all;
  for (const Diagnostic& problem : sweep.diagnostics) all += toString(problem) + '\n';
  return all;
}

std::vector<SweepPoint> pointsIn(const Sweep& sweep) {
  std::vector<SweepPoint> points;
  const Progress progress;
  const PointSupply supply = pointsOf(std::make_shared<const Sweep>(sweep), {});
  while (auto point = supply.stream(progress)) points.push_back(std::move(*point));
  return points;
}

TEST(BindSpace, GivesNamesTheirOwners) {
  StudyMemory memory;
  const auto sweep = bindSpace(spaceOf({"rows=2,4", "network.batch=1:2"}),
                               shippedFiles("systolic-array", "tc-resnet8"), memory);
  ASSERT_TRUE(sweep) << problemsOf(sweep);
  EXPECT_EQ(sweep->columns[0].name, "arch.rows");
  EXPECT_EQ(sweep->columns[1].name, "network.batch");
  const auto points = pointsIn(*sweep);
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points[3].settings.architecture.at("rows"), 4);
  EXPECT_EQ(points[3].settings.network.at("batch"), 2);
}

TEST(BindSpace, ExpressionsKnowWhatIsNotVaried) {
  StudyMemory memory;
  SweepFiles files = shippedFiles("systolic-array", "tc-resnet8");
  files.settings = {{"columns", 8}};
  // issue_buffer is 4 * fetch_width unless it is said otherwise.
  const auto sweep = bindSpace(spaceIn("vary: {rows: {from: 1, to: 100}, fetch_width: [2, 8]}\n"
                                       "constraints: [rows * columns <= 16, issue_buffer == 8]\n"),
                               files, memory);
  ASSERT_TRUE(sweep) << problemsOf(sweep);
  const auto points = pointsIn(*sweep);
  ASSERT_EQ(points.size(), 2U);
  for (const SweepPoint& point : points) {
    EXPECT_EQ(point.settings.architecture.at("columns"), 8);
    EXPECT_EQ(point.settings.architecture.at("fetch_width"), 2);
    EXPECT_FALSE(point.settings.architecture.contains("issue_buffer"));
  }
}

TEST(BindSpace, DerivedParametersAreSet) {
  StudyMemory memory;
  const auto sweep = bindSpace(spaceIn("vary: {rows: [2, 4]}\nderived: {columns: 2 * arch.rows}\n"),
                               shippedFiles("systolic-array", "tc-resnet8"), memory);
  ASSERT_TRUE(sweep) << problemsOf(sweep);
  const auto points = pointsIn(*sweep);
  EXPECT_EQ(points[1].settings.architecture.at("columns"), 8);
  EXPECT_EQ(sweep->columns[1].name, "arch.columns");
  EXPECT_EQ(points[1].values[1], 8);
}

TEST(BindSpace, AlternativesAreStudiesOfTheirOwnWithTheParametersThatTheyHave) {
  StudyMemory memory;
  SweepFiles files;
  files.files.network = networkPath("tc-resnet8");
  const auto sweep =
      bindSpace(spaceIn("architecture: [" + architecturePath("systolic-array") + ", " +
                        architecturePath("gemmini") + "]\nvary: {rows: [2, 4], mesh: [4, 8, 16]}\n"),
                files, memory);
  ASSERT_TRUE(sweep) << problemsOf(sweep);
  ASSERT_EQ(sweep->studies.size(), 2U);
  EXPECT_THAT(sweep->columns[0].words, ElementsAre("systolic-array", "gemmini"));
  const auto points = pointsIn(*sweep);
  ASSERT_EQ(points.size(), 5U);  // two arrays and three meshes, not two times two times three
  EXPECT_EQ(points[1].values[1], 4);
  EXPECT_EQ(points[1].values[2], std::nullopt);
  EXPECT_EQ(points[4].study, 1U);
  EXPECT_EQ(points[4].settings.architecture, (StudySettings::Values{{"mesh", 16}}));
  EXPECT_EQ(studyOf(*sweep, points[4]).architecture->name, "Gemmini");
  EXPECT_EQ(valueText(sweep->columns[0], points[4].values[0]), "gemmini");
}

/// The array as it is shipped, with a figure of its own, under a name in the folder of temporary files.
std::string pricedArray(const std::string& name, const std::string& figures) {
  std::string text = *readFile(architecturePath("systolic-array"));
  text.insert(text.find("costs:\n"), "figures: " + figures + "\n");
  std::string path = testing::TempDir() + '/' + name + ".arch.yaml";
  EXPECT_FALSE(hasErrors(writeFileAtomically(path, text)));
  return path;
}

TEST(BindSpace, OneFigureHasOneUnitInAllArchitectures) {
  const auto bind = [](const std::string& first, const std::string& second) {
    StudyMemory memory;
    SweepFiles files = shippedFiles("systolic-array", "tc-resnet8");
    files.files.architecture.clear();
    return problemsOf(bindSpace(spaceIn("architecture: [" + pricedArray("first", first) + ", " +
                                        pricedArray("second", second) + "]\nvary: {rows: [2, 4]}\n"),
                                files, memory));
  };
  const std::string euros = "{price: {unit: EUR}}";
  EXPECT_THAT(bind(euros, euros), Not(HasSubstr("price")));
  EXPECT_THAT(bind(euros, "{price: {unit: EUR, description: of it all}}"), Not(HasSubstr("price")));
  EXPECT_THAT(bind(euros, "{price: {unit: USD}}"), AllOf(HasSubstr("second.arch.yaml"), HasSubstr("S0207"),
                                                         HasSubstr("in USD"), HasSubstr("in EUR")));
  EXPECT_THAT(bind("{speed: {}}", "{speed: {better: more}}"),
              AllOf(HasSubstr("S0207"), HasSubstr("more is better here"), HasSubstr("less is better in")));
}

TEST(BindSpace, WhatCannotBeMeantIsRefused) {
  StudyMemory memory;
  const SweepFiles files = shippedFiles("systolic-array", "tc-resnet8");
  EXPECT_THAT(problemsOf(bindSpace(spaceIn("vary: {rwos: [2]}\n"), files, memory)),
              HasSubstr("a.space.yaml:2:8: error: there is no parameter \"rwos\"; did you mean \"rows\"?"));
  EXPECT_THAT(
      problemsOf(bindSpace(spaceIn("vary: {rows: [2]}\nconstraints: [rows < clumns]\n"), files, memory)),
      HasSubstr("there is no parameter \"clumns\""));
  EXPECT_THAT(problemsOf(bindSpace(spaceOf({"rows=2", "arch.rows=4"}), files, memory)),
              HasSubstr("is there twice"));
  SweepFiles set = files;
  set.settings = {{"rows", 8}};
  EXPECT_THAT(problemsOf(bindSpace(spaceOf({"rows=2"}), set, memory)),
              HasSubstr("cannot be varied or derived too"));
  EXPECT_THAT(problemsOf(bindSpace(spaceIn("network: x.network.yaml\nvary: {rows: [2]}\n"), files, memory)),
              HasSubstr("names its own network"));
  SweepFiles none;
  EXPECT_THAT(problemsOf(bindSpace(spaceOf({"rows=2"}), none, memory)), HasSubstr("names no architecture"));
}

TEST(Shards, ShareAllPointsWithoutGapsOrRepetitions) {
  StudyMemory memory;
  const auto sweep = std::make_shared<const Sweep>(*bindSpace(
      spaceOf({"rows=1:20", "columns=1:10"}), shippedFiles("systolic-array", "tc-resnet8"), memory));
  const Progress progress;
  for (const auto how : {PointChoice::How::Grid, PointChoice::How::Random}) {
    std::vector<int> times(200, 0);
    for (std::int64_t shard = 1; shard <= 3; ++shard) {
      const PointSupply supply = pointsOf(sweep, {how, 1000, 1, shard, 3});
      int own = 0;
      while (const auto point = supply.stream(progress))
        ++times[static_cast<std::size_t>(point->number)], ++own;
      EXPECT_GT(own, 40);  // a third, more or less
    }
    EXPECT_THAT(times, testing::Each(1));
  }
}

}  // namespace
}  // namespace taktwerk::test
