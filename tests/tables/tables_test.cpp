// SPDX-License-Identifier: GPL-3.0-or-later
// The README's tables say what is so; where a test fails because an architecture, a mapping or a network has
// changed, run build/release/bin/taktwerk_tables.
#include "tests/tables/tables.h"

#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "tests/support/places.h"

namespace taktwerk::tables {
namespace {

/// The cells of a table of the README, without its headings.
std::vector<std::vector<std::string>> readmeTable(const std::string& name) {
  std::ifstream file(taktwerk::sourceDirectory() + "/README.md");
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "<!-- " + name + ": begin -->") inside = true;
    if (line == "<!-- " + name + ": end -->") inside = false;
    if (!inside || !line.starts_with("| ")) continue;
    std::vector<std::string> cells;
    std::istringstream text(line.substr(1));
    for (std::string cell; std::getline(text, cell, '|');) {
      const auto first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
      cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    rows.push_back(std::move(cells));
  }
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

TEST(ReadmeTables, HaveTheCyclesOfEveryNetwork) {
  const auto rows = readmeTable("networks");
  ASSERT_GE(rows.size(), 50U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 8U);
    if (row[0] == "gemmini-blocks" && row[2].size() > 7) continue;  // seconds each
    if (row[2].empty()) {
      EXPECT_TRUE(networkRow(row[0], row[1].substr(0, row[1].find(','))).empty()) << row[0];
      continue;
    }
    const auto now = networkRow(row[0], row[1]);
    ASSERT_EQ(now.size(), 8U) << row[0] << ' ' << row[1];
    for (const std::size_t column : {2, 3, 4, 7})
      EXPECT_EQ(row[column], now[column]) << row[0] << ' ' << row[1];
  }
}

TEST(ReadmeTables, HaveTheErrorsOfTheFourFamilies) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& row : readmeTable("errors")) rows[row[0]] = row;
  for (const char* architecture : {"systolic-array", "gemmini", "ultratrail", "plasticine-derived"}) {
    const auto now = errorsAgainstSimulation(architecture);
    EXPECT_EQ(rows[architecture], now) << architecture;
    const double automatic = std::stod(now[3]), regression = std::stod(now[6]);
    EXPECT_EQ(automatic, 0) << architecture;
    EXPECT_LE(automatic, std::stod(now[4])) << architecture;
    EXPECT_LE(automatic, std::stod(now[5])) << architecture;
    EXPECT_GT(regression, 1) << architecture;
  }
}

TEST(ReadmeTables, HaveTheDistancesFromGemminisRtl) {
  const auto now = distancesFromGemmini();
  ASSERT_EQ(now.size(), 7U);
  EXPECT_EQ(readmeTable("measured"), now);
  // Gemmini's own README names the ones that it speaks of.
  std::ifstream file(taktwerk::sourceDirectory() + "/archs/gemmini/README.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_NE(text.find(now[row][5] + " %"), std::string::npos) << "mean absolute error " << now[row][5];
  }
  for (std::size_t row = 3; row < now.size(); ++row) {
    EXPECT_NE(text.find(now[row][3]), std::string::npos) << now[row][0] << " takes " << now[row][3];
    EXPECT_NE(text.find(now[row][4]), std::string::npos) << now[row][0] << " is estimated as " << now[row][4];
  }
}

TEST(DeclaredValidation, OfGemminiIsWhatIsMeasured) {
  const auto architecture =
      readArchitecture(taktwerk::sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml");
  ASSERT_TRUE(architecture);
  const MeasuredDistance now = distanceOfOwnTiles();
  int found = 0;
  for (const DeclaredValidation& each : architecture->validation) {
    if (each.points != now.layers) continue;
    ++found;
    EXPECT_NEAR(each.meanError, now.mean, 0.05);
    ASSERT_TRUE(each.largestError);
    EXPECT_NEAR(*each.largestError, now.largest, 0.05);
  }
  EXPECT_EQ(found, 1);
}

TEST(DeclaredValidation, OfTheOutputStationaryArrayIsWhatIsMeasured) {
  const auto architecture = readArchitecture(
      taktwerk::sourceDirectory() + "/archs/output-stationary-array/output-stationary-array.arch.yaml");
  ASSERT_TRUE(architecture);
  ASSERT_EQ(architecture->validation.size(), 1U);
  const DeclaredValidation& declared = architecture->validation.front();
  for (const auto& row : readmeTable("errors")) {
    if (row[0] != "output-stationary-array") continue;
    EXPECT_EQ(std::to_string(declared.points), row[2]);
    EXPECT_EQ(fixed(declared.meanError, 2), row[3]);
  }
}

}  // namespace
}  // namespace taktwerk::tables
