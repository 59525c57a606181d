// SPDX-License-Identifier: GPL-3.0-or-later
// Circuits of others that were simulated: their cycles, and the tables of sizes in the READMEs.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

std::vector<std::vector<std::int64_t>> recorded(const std::string& name) {
  std::ifstream file(sourcePath("tests/data/" + name + ".csv"));
  std::vector<std::vector<std::int64_t>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream text(line);
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(text, cell, ',');) row.push_back(std::stoll(cell));
  }
  return rows;
}

std::string inPercent(Cycles found, std::int64_t measured) {
  const double off = 100.0 * static_cast<double>(found - measured) / static_cast<double>(measured);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%+.2f", off);
  return std::string(text.data()) == "-0.00" ? "+0.00" : text.data();
}

double absolute(const std::string& percent) {
  return std::abs(std::stod(percent));
}

/// Says what the table is where the README has another.
void expectInReadme(const std::string& architecture, const std::string& table) {
  std::ifstream file(sourcePath("archs/" + architecture + "/README.md"));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(text.find(table), std::string::npos) << "archs/" << architecture << "/README.md lacks\n" << table;
}

/// M, K, N, every how manyth request is refused (0: none), cycles.
std::vector<std::vector<std::int64_t>> redmuleRows() {
  auto rows = recorded("redmule/products");
  for (auto& row : rows) row.insert(row.begin() + 3, 0);
  for (auto& row : recorded("redmule/refusals")) rows.push_back(std::move(row));
  return rows;
}

TEST(Circuits, TinyTpuTakesTheCyclesOfItsVhdl) {
  const auto rows = recorded("tiny-tpu/products");
  ASSERT_EQ(rows.size(), 21U);
  std::string table = "| width | rows | inner | columns | circuit | model |\n|--:|--:|--:|--:|--:|--:|\n";
  for (const auto& row : rows) {
    const Network network = matrixProduct(row[1], row[3], row[2]);
    const NetworkEstimate found = estimate(shipped("tiny-tpu", {{"width", row[0]}}), network);
    EXPECT_TRUE(found.exact && found.complete);
    EXPECT_EQ(found.cycles, row[4]) << row[0] << ": " << row[1] << " x " << row[2] << " x " << row[3];
    for (const std::size_t cell : {0, 1, 2, 3, 4}) table += "| " + std::to_string(row[cell]) + ' ';
    table += "| " + std::to_string(found.cycles) + " |\n";
  }
  expectInReadme("tiny-tpu", table);
}

TEST(Circuits, RedMulEIsWithinOnePercentOfItsSystemVerilog) {
  const Shipped redmule = shipped("redmule");
  std::string table =
      "| rows | inner | columns | refused | circuit | model | auto, % | published, % | roofline, % |\n"
      "|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
  std::vector<double> granted;
  for (const auto& row : redmuleRows()) {
    const Network network = matrixProduct(row[0], row[2], row[1]);
    const NetworkEstimate found = estimate(redmule, network);
    EXPECT_TRUE(found.exact && found.complete && found.diagnostics.empty());
    const std::string off = inPercent(found.cycles, row[4]);
    if (row[3] == 0) granted.push_back(absolute(off));
    EXPECT_LE(absolute(off), row[3] == 0 ? 2 : 10) << row[0] << " x " << row[1] << " x " << row[2];
    for (const std::size_t cell : {0, 1, 2}) table += "| " + std::to_string(row[cell]) + ' ';
    table += "| " + (row[3] == 0 ? std::string() : "1 in " + std::to_string(row[3]));
    table += " | " + std::to_string(row[4]) + " | " + std::to_string(found.cycles) + " | " + off;
    for (const Method method : {Method::Published, Method::Roofline}) {
      table += " | " + inPercent(estimate(redmule, network, method).cycles, row[4]);
    }
    table += " |\n";
  }
  ASSERT_EQ(granted.size(), 27U);
  double sum = 0;
  for (const double off : granted) sum += off;
  EXPECT_LE(sum / 27, 1);
  // What the architecture file declares.
  EXPECT_NEAR(sum / 27, 0.52, 0.005);
  EXPECT_NEAR(*std::max_element(granted.begin(), granted.end()), 1.61, 0.005);
  expectInReadme("redmule", table);
}

TEST(Circuits, AreTimedAsTheReferenceSimulationDoes) {
  for (const auto& [m, n, k] : {std::tuple{12, 16, 16}, std::tuple{31, 31, 31}, std::tuple{40, 70, 50}}) {
    for (const ParameterValues& values :
         {ParameterValues{}, ParameterValues{{"array_height", 2}, {"array_width", 5}, {"fifo_rows", 3}},
          ParameterValues{{"pipe_registers", 0}, {"memory_latency", 4}, {"fifo_rows", 20}}}) {
      const Shipped redmule = shipped("redmule", values);
      const Network network = matrixProduct(m, n, k);
      EXPECT_EQ(estimate(redmule, network).cycles, estimate(redmule, network, Method::Simulate).cycles) << m;
    }
  }
  const Network products = matrixProduct(20, 42, 56);
  const Shipped tiny = shipped("tiny-tpu");
  EXPECT_EQ(estimate(tiny, products).cycles, estimate(tiny, products, Method::Simulate).cycles);
}

TEST(Circuits, TinyTpuTakesWholeSquaresOfWeights) {
  const NetworkEstimate found = estimate(shipped("tiny-tpu"), matrixProduct(8, 15, 14));
  ASSERT_EQ(found.unmapped.size(), 1U);
  EXPECT_NE(found.unmapped.front().reason.find("whole squares of weights"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk
