// SPDX-License-Identifier: GPL-3.0-or-later
// What calibrate finds where the truth is known: layers timed on an architecture with a parameter changed.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/calibration/calibration.h"
#include "core/calibration/calibration_edits.h"
#include "core/report/calibration_report.h"
#include "core/space/vary.h"
#include "core/study/study_estimate.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string gemmini() {
  return sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml";
}

Dimension vary(const std::string& text) {
  return std::get<Dimension>(parseVary(text));
}

Study studyOf(const std::string& architecture, StudyMemory& memory) {
  StudyFiles files;
  files.architecture = architecture;
  auto study = readStudy(*parseMeasurements("M,N,K,cycles\n1,1,1,1\n", "m.csv", {"matmul"}), files, memory);
  EXPECT_TRUE(study);
  return *study;
}

EstimatedRow of(Cycles cycles) {
  EstimatedRow row;
  row.cycles = cycles;
  return row;
}

class Calibrating : public testing::Test {
 protected:
  Calibrating() : study_(studyOf(gemmini(), memory_)) {}

  /// `count` products timed with these values, each off by up to `noise` to either side.
  std::string table(int count, const StudySettings::Values& values, double noise, std::uint64_t seed = 3) {
    std::mt19937_64 random(seed);
    const auto from = [&](std::int64_t least, std::int64_t most) {
      return least + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most - least + 1));
    };
    std::ostringstream sizes;
    sizes << "operator,M,N,K,cycles\n";
    std::vector<std::string> lines;
    for (int i = 0; i < count; ++i) {
      std::ostringstream line;
      line << "matmul," << from(1, 300) << ',' << from(16, 300) << ',' << from(16, 600);
      lines.push_back(line.str());
    }
    std::string draft = sizes.str();
    for (const std::string& line : lines) draft += line + ",1\n";
    Study other = study_;
    other.settings.architecture = values;
    Progress progress;
    const auto truth = calibrate(other, *parseMeasurements(draft, "draft.csv"), {}, memory_, progress);
    std::string text = sizes.str();
    for (int i = 0; i < count; ++i) {
      const double unit = static_cast<double>(random() >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
      const double cycles = static_cast<double>(*truth.before[static_cast<std::size_t>(i)].cycles) *
                            (1 + noise * (2 * unit - 1));
      text += lines[static_cast<std::size_t>(i)] + ',' + std::to_string(cycles) + '\n';
    }
    return text;
  }

  Calibration fit(const std::string& text, const std::vector<std::string>& varied, unsigned jobs = 1,
                  std::uint64_t seed = 1) {
    measurements_ = *parseMeasurements(text, "layers.csv");
    CalibrationOptions options;
    for (const std::string& each : varied) options.vary.push_back(vary(each));
    options.how.jobs = jobs;
    options.seed = seed;
    Progress progress;
    return calibrate(study_, measurements_, options, memory_, progress);
  }

  std::string report(const Calibration& calibration) {
    std::ostringstream out;
    writeCalibrationText(out, study_, measurements_, calibration, {});
    return out.str();
  }

  StudyMemory memory_;
  Study study_;
  Measurements measurements_;
};

TEST_F(Calibrating, FindsALatencyThatWasChangedFromLayersWithNoise) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const Calibration found =
        fit(table(30, {{"command_latency", 150}}, 0.05, seed), {"command_latency=10:500"});
    ASSERT_EQ(found.parameters.size(), 1U);
    const FittedParameter& latency = found.parameters.front();
    EXPECT_EQ(latency.before, 20);
    EXPECT_NEAR(static_cast<double>(latency.value), 150, 3) << "2 %, seed " << seed;
    EXPECT_NEAR(static_cast<double>(latency.half), 150, 10) << "half of the rows, seed " << seed;
    EXPECT_EQ(latency.determined, FittedParameter::Determined::Yes);
    EXPECT_LE(latency.least, latency.value);
    EXPECT_GE(latency.most, latency.value);
    EXPECT_LT(latency.most - latency.least, 25);
    EXPECT_LT(accuracyOf(measurements_, found.after, found.fitted, Rows::Judged).meanAbsolute, 0.05);
    EXPECT_GT(accuracyOf(measurements_, found.before).meanAbsolute, 0.1);
  }
}

TEST_F(Calibrating, SaysHowWellNoiseLetsItFindALatencyThatLayersHardlyFollow) {
  // Cycles follow this latency by about a quarter: what 5 % of noise leaves of it is some per cent, which the
  // band of values says.
  int inside = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    const Calibration found = fit(table(30, {{"dram_latency", 150}}, 0.05, seed), {"dram_latency=10:500"});
    ASSERT_EQ(found.parameters.size(), 1U);
    const FittedParameter& latency = found.parameters.front();
    EXPECT_NEAR(static_cast<double>(latency.value), 150, 9) << "6 %, seed " << seed;
    EXPECT_LT(latency.most - latency.least, 40) << seed;
    if (latency.least <= 150 && latency.most >= 150) ++inside;
  }
  EXPECT_GE(inside, 5) << "of 6, a band of 95 %";
}

TEST_F(Calibrating, FitsAllRowsOnceTheHalvesHaveJudged) {
  const std::string layers = table(20, {{"dram_latency", 140}}, 0.1);
  const Calibration found = fit(layers, {"dram_latency=10:300"});
  const FittedParameter& latency = found.parameters.front();
  ASSERT_NE(latency.half, latency.value) << "the other half says something else";
  // The rows shown are those of the half's value: no judged row had a part in it.
  study_.settings.architecture["dram_latency"] = latency.half;
  const Calibration again = fit(layers, {});
  for (std::size_t i = 0; i < found.after.size(); ++i)
    EXPECT_EQ(found.after[i].cycles, again.before[i].cycles) << i;
  const auto squares = [&](std::int64_t value) {
    study_.settings.architecture["dram_latency"] = value;
    const Calibration at = fit(layers, {});
    double sum = 0;
    for (std::size_t i = 0; i < at.before.size(); ++i) {
      const double off = std::log(static_cast<double>(*at.before[i].cycles) / measurements_.rows[i].cycles);
      sum += off * off;
    }
    return sum;
  };
  EXPECT_LT(squares(latency.value), squares(latency.half)) << "better on all";
}

TEST_F(Calibrating, FindsTwoParametersExactlyWhereNothingDisturbs) {
  const Calibration found = fit(table(40, {{"dram_latency", 133}, {"bus_bytes", 8}}, 0),
                                {"dram_latency=10:400", "bus_bytes=4,8,16,32"});
  ASSERT_EQ(found.parameters.size(), 2U);
  EXPECT_EQ(found.parameters[0].value, 133);
  EXPECT_EQ(found.parameters[1].value, 8);
  EXPECT_LT(accuracyOf(measurements_, found.after).largest, 1e-6);
}

TEST_F(Calibrating, SaysWhatTheseLayersDoNotDetermine) {
  // A larger accumulator changes no tile of these.
  const Calibration found =
      fit(table(20, {{"dram_latency", 120}}, 0), {"accumulator_rows=1024:4096:1024", "dram_latency=60:200"});
  ASSERT_EQ(found.parameters.size(), 2U);
  EXPECT_EQ(found.parameters[0].determined, FittedParameter::Determined::No);
  EXPECT_EQ(found.parameters[0].value, 1024) << "as it was";
  EXPECT_EQ(found.parameters[1].determined, FittedParameter::Determined::Yes);
  EXPECT_EQ(found.parameters[1].value, 120);
  EXPECT_THAT(report(found), HasSubstr("not determined by these layers"));
  EXPECT_EQ(editsOf(study_, measurements_, found, 1).size(), 2U) << "the latency and its source";
}

TEST_F(Calibrating, ShowsBothHalvesAlways) {
  const Calibration found = fit(table(12, {{"dram_latency", 100}}, 0.02), {"dram_latency=20:200:5"});
  EXPECT_EQ(std::count(found.fitted.begin(), found.fitted.end(), true), 6);
  const std::string text = report(found);
  EXPECT_THAT(text, HasSubstr("fitted on 6 rows, judged on the 6 others (seed 1"));
  EXPECT_THAT(text, HasSubstr("\nfitted on "));
  EXPECT_THAT(text, HasSubstr("\njudged on "));
  std::ostringstream json;
  writeCalibrationJson(json, study_, measurements_, found, {});
  EXPECT_THAT(json.str(), HasSubstr("\"judged\": {\"rows\": 6"));
  EXPECT_THAT(json.str(), HasSubstr("\"determined\": \"yes\""));
}

TEST_F(Calibrating, IsTheSameWithAnyNumberOfThreads) {
  const std::string layers = table(16, {{"dram_latency", 90}}, 0.1);
  const Calibration one = fit(layers, {"dram_latency=10:300"}, 1),
                    four = fit(layers, {"dram_latency=10:300"}, 4);
  EXPECT_EQ(report(one), report(four));
  const Calibration other = fit(layers, {"dram_latency=10:300"}, 1, 2);
  EXPECT_NE(one.fitted, other.fitted) << "another half";
}

TEST_F(Calibrating, WritesWhatItFoundWithItsSource) {
  const Calibration found = fit(table(20, {{"dram_latency", 140}}, 0), {"arch.dram_latency=10:300"});
  std::ifstream file(gemmini());
  const std::string before{std::istreambuf_iterator<char>(file), {}};
  const auto edited = applyEdits(before, editsOf(study_, measurements_, found, 1));
  ASSERT_TRUE(edited);
  const auto read = parseArchitecture(*edited, "edited.arch.yaml");
  ASSERT_TRUE(read);
  const auto latency = std::find_if(read->parameters.begin(), read->parameters.end(),
                                    [](const Parameter& each) { return each.name == "dram_latency"; });
  EXPECT_EQ(latency->defaultValue, 140);
  EXPECT_EQ(
      latency->source,
      "calibrated on layers.csv: fitted on 20 rows; on 10 of them alone it is 0.0 % off in the mean on the "
      "10 others (seed 1)");
  study_.settings.architecture["bus_bytes"] = 8;
  EXPECT_THAT(provenanceOf(study_, measurements_, found, 1),
              testing::EndsWith("(seed 1), with bus_bytes = 8"))
      << "which the file does not hold";
  study_.settings.architecture["dram_latency"] = 70;
  EXPECT_THAT(provenanceOf(study_, measurements_, found, 1),
              testing::EndsWith("(seed 1), with bus_bytes = 8"))
      << "what was set in place of the one that is fitted is of no account";
  EXPECT_EQ(latency->description, "cycles from the L2 to the memory behind it and back") << "the rest stays";
}

TEST_F(Calibrating, ComparesWithoutFitting) {
  const Calibration found = fit(table(8, {{"dram_latency", 120}}, 0), {});
  EXPECT_TRUE(found.after.empty());
  EXPECT_LT(accuracyOf(measurements_, found.before).bias, -0.1) << "faster than measured";
  const std::string text = report(found);
  EXPECT_THAT(text, HasSubstr("8 rows"));
  EXPECT_THAT(text, HasSubstr("wait:structural:mesher"));
  EXPECT_THAT(text, Not(HasSubstr("judged")));
}

TEST_F(Calibrating, RowsThatNoMappingTakesAreSaidAndLeftOut) {
  measurements_ =
      *parseMeasurements("operator,E,M,N,K,cycles\ngelu,100,,,,50\nmatmul,,16,16,16,200\n", "layers.csv");
  Progress progress;
  const Calibration found = calibrate(study_, measurements_, {}, memory_, progress);
  EXPECT_FALSE(found.before[0].cycles);
  EXPECT_THAT(found.before[0].reason, HasSubstr("the host processor computes it"));
  EXPECT_EQ(accuracyOf(measurements_, found.before).missing, 1U);
  EXPECT_THAT(report(found), HasSubstr("1 row without an estimate"));
}

TEST_F(Calibrating, RefusesWhatItCannotFit) {
  const Calibration unknown = fit(table(4, {}, 0), {"dram_latencies=1:5"});
  ASSERT_TRUE(hasErrors(unknown.diagnostics));
  EXPECT_THAT(unknown.diagnostics.front().message, HasSubstr("dram_latency"));
  const Calibration few = fit(table(2, {}, 0), {"dram_latency=10:100"});
  ASSERT_TRUE(hasErrors(few.diagnostics));
  EXPECT_THAT(few.diagnostics.front().message, HasSubstr("too few"));
}

TEST_F(Calibrating, CountsOnlyRowsThatJudge) {
  const std::string layers = table(6, {{"dram_latency", 100}}, 0);
  const std::string more = layers.substr(layers.find('\n') + 1);
  const Calibration found =
      fit("operator,M,N,K,cycles,E\n" + more + "gelu,,,,50,100\ngelu,,,,60,120\n", {"dram_latency=20:200"});
  ASSERT_EQ(found.fitted.size(), 8U);
  const std::string text = report(found);
  EXPECT_THAT(text, HasSubstr("fitted on 3 rows, judged on the 3 others")) << "two have no estimate";
  EXPECT_THAT(text, HasSubstr("2 rows without an estimate"));
}

TEST_F(Calibrating, RefusesRangesInWhichNothingCanBe) {
  // Four blocks of sums at least have to fit.
  const Calibration none = fit(table(8, {}, 0), {"accumulator_rows=1:3"});
  ASSERT_TRUE(hasErrors(none.diagnostics));
  EXPECT_THAT(none.diagnostics.front().message, HasSubstr("no values in these ranges"));
  const Calibration huge = fit(table(8, {}, 0), {"dram_latency=1:2000000000000"});
  ASSERT_TRUE(hasErrors(huge.diagnostics));
  EXPECT_THAT(huge.diagnostics.front().message, HasSubstr("more than 2^40 values"));
}

TEST_F(Calibrating, TellsOfEachRowThatItEstimated) {
  measurements_ = *parseMeasurements(table(6, {}, 0), "layers.csv");
  CalibrationOptions options;
  std::atomic<int> rows = 0;
  options.estimated = [&rows] { ++rows; };
  Progress progress;
  ASSERT_FALSE(calibrate(study_, measurements_, options, memory_, progress).before.empty());
  EXPECT_EQ(rows, 6);
}

TEST_F(Calibrating, StopsWhenItIsCancelled) {
  measurements_ = *parseMeasurements(table(6, {}, 0), "layers.csv");
  CalibrationOptions options;
  options.vary.push_back(vary("dram_latency=10:500"));
  Progress progress;
  progress.cancel();
  EXPECT_TRUE(calibrate(study_, measurements_, options, memory_, progress).cancelled);
}

TEST(Accuracies, AreMeansOfRelativeErrors) {
  const Measurements measured = *parseMeasurements(
      "M,N,K,cycles,cycles_min,cycles_max\n1,1,1,100,90,110\n2,1,1,200,200,200\n3,1,1,50,,\n", "m.csv",
      {"matmul"});
  const std::vector<EstimatedRow> rows{of(110), of(100), {}};
  const Accuracy all = accuracyOf(measured, rows);
  EXPECT_EQ(all.rows, 2U);
  EXPECT_EQ(all.missing, 1U);
  EXPECT_DOUBLE_EQ(all.meanAbsolute, 0.3);
  EXPECT_DOUBLE_EQ(all.bias, -0.2);
  EXPECT_DOUBLE_EQ(all.largest, 0.5);
  EXPECT_DOUBLE_EQ(*spreadOf(measured), 0.05) << "a tenth and nothing";
  const auto groups = groupsOf(measured, rows);
  ASSERT_EQ(groups.size(), 3U) << "M is 1, 2, 3";
  EXPECT_EQ(groups[1].of, "M");
  EXPECT_EQ(groups[1].first, 2);
  EXPECT_DOUBLE_EQ(groups[1].accuracy.bias, -0.5);
}

TEST(Accuracies, AreToldInRangesWhereValuesAreMany) {
  std::string table = "M,N,K,cycles\n";
  std::vector<EstimatedRow> rows;
  for (int i = 1; i <= 40; ++i) {
    table += std::to_string(i) + ",1,1,100\n";
    rows.push_back(of(i <= 20 ? 100 : 200));
  }
  const auto groups = groupsOf(*parseMeasurements(table, "m.csv", {"matmul"}), rows);
  ASSERT_EQ(groups.size(), 4U);
  EXPECT_EQ(groups[0].first, 1);
  EXPECT_EQ(groups[0].last, 10);
  EXPECT_EQ(groups[3].last, 40);
  EXPECT_DOUBLE_EQ(groups[1].accuracy.bias, 0);
  EXPECT_DOUBLE_EQ(groups[2].accuracy.bias, 1);
}

}  // namespace
}  // namespace taktwerk
