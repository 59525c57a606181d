// SPDX-License-Identifier: GPL-3.0-or-later
// The README's tables say what is so; where a test fails because an architecture, a mapping or a network has
// changed, run build/release/bin/taktwerk_tables.
#include "tests/tables/tables.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "tests/support/places.h"

namespace taktwerk::tables {
namespace {

/// The cells of a table of a file, without its headings.
std::vector<std::vector<std::string>> tableIn(const std::string& path, const std::string& name) {
  std::ifstream file(taktwerk::sourceDirectory() + path);
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

std::vector<std::vector<std::string>> readmeTable(const std::string& name) {
  return tableIn("/README.md", name);
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

/// A row's error, bias and layers as numbers.
struct Told {
  double layers = 0, error = 0, bias = 0;
};

std::map<std::string, Told> told(const std::vector<std::vector<std::string>>& rows) {
  std::map<std::string, Told> byName;
  for (const auto& row : rows) byName[row[0]] = {std::stod(row[1]), std::stod(row[2]), std::stod(row[3])};
  return byName;
}

TEST(ReadmeTables, HaveTheDistancesFromGemminisRtl) {
  const auto now = distancesFromGemmini();
  ASSERT_EQ(now.size(), 12U);
  EXPECT_EQ(readmeTable("measured"), now);
  EXPECT_EQ(tableIn("/archs/gemmini/README.md", "measured"), now);
  // No kind of layer is far off, and none of the simpler estimates is nearer to the machine.
  for (const auto& [name, row] : told(now)) EXPECT_LE(row.error, 20) << name;
  EXPECT_LE(std::abs(told(now)["own tiles"].bias), 5);
  EXPECT_LE(told(now)["own tiles"].error, 10);
  EXPECT_LE(told(now)["other tiles and orders"].error, 15);
  for (std::size_t i = now.size() - 4; i < now.size(); ++i) EXPECT_LE(std::stod(now[i][2]), 15) << now[i][0];
  for (const char* name : {"own tiles", "other tiles and orders"}) {
    for (const auto& row : now) {
      if (row[0] != name) continue;
      for (std::size_t column = 4; column < row.size(); ++column) {
        const bool published = column == 4;  // which is as near where an instruction is all of a tile
        if (row[column].empty() || (published && row[0] != "own tiles")) continue;
        EXPECT_LT(std::stod(row[2]), std::stod(row[column])) << name << ' ' << column;
      }
    }
  }
}

TEST(DeclaredValidation, OfGemminiIsWhatIsMeasured) {
  const auto architecture =
      readArchitecture(taktwerk::sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml");
  ASSERT_TRUE(architecture);
  const MeasuredDistance now = distanceOfOwnTiles();
  const auto rows = distancesFromGemmini();
  const Told other = told(rows)["other tiles and orders"];
  int found = 0;
  for (const DeclaredValidation& each : architecture->validation) {
    if (each.points == now.layers) {
      ++found;
      EXPECT_NEAR(each.meanError, now.mean, 0.05);
      ASSERT_TRUE(each.largestError);
      EXPECT_NEAR(*each.largestError, now.largest, 0.5);
    } else if (static_cast<double>(each.points) == other.layers) {
      ++found;
      EXPECT_NEAR(each.meanError, other.error, 0.05);
    } else {
      ++found;
      double sum = 0, largest = 0;
      for (std::size_t i = rows.size() - 4; i < rows.size(); ++i) {
        sum += std::stod(rows[i][2]);
        largest = std::max(largest, std::stod(rows[i][2]));
      }
      EXPECT_EQ(each.points, 4);
      EXPECT_NEAR(each.meanError, sum / 4, 0.1);
      EXPECT_NEAR(each.largestError.value_or(0), largest, 0.05);
    }
  }
  EXPECT_EQ(found, 3);
}

TEST(DeclaredValidation, OfGemminiBlocksIsWhatIsMeasured) {
  const auto architecture =
      readArchitecture(taktwerk::sourceDirectory() + "/archs/gemmini-blocks/gemmini-blocks.arch.yaml");
  ASSERT_TRUE(architecture);
  ASSERT_EQ(architecture->validation.size(), 1U);
  const DeclaredValidation& declared = architecture->validation.front();
  const MeasuredDistance now = distanceOfBlocks();
  EXPECT_EQ(declared.points, now.layers);
  EXPECT_NEAR(declared.meanError, now.mean, 0.05);
  EXPECT_NEAR(declared.largestError.value_or(0), now.largest, 0.05);
  EXPECT_NEAR(now.bias, -now.mean, 1e-9) << "each layer is taken for faster than it is";
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
