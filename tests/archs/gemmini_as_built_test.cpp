// SPDX-License-Identifier: GPL-3.0-or-later
// Gemmini with its own library's tiles against what others measured on its RTL (tests/data/gemmini).
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

using Row = std::map<std::string, std::int64_t>;

std::vector<Row> measuredLayers() {
  std::ifstream file(sourcePath("tests/data/gemmini/own_tiles.csv"));
  std::string line, cell;
  std::getline(file, line);
  std::vector<std::string> names;
  for (std::istringstream text(line); std::getline(text, cell, ',');) names.push_back(cell);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    std::istringstream text(line);
    Row& row = rows.emplace_back();
    for (const std::string& name : names) {
      std::getline(text, cell, ',');
      row[name] = std::stoll(cell);
    }
  }
  return rows;
}

bool isProduct(const Row& row) {
  return row.at("R") * row.at("S") == 1 && row.at("Q") == 1;
}

/// A convolution whose image is as large as its results in steps of the stride; P of the table counts
/// columns.
Network convolution(const Row& row) {
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const std::int64_t rows = row.at("Q"), columns = row.at("P"), stride = row.at("stride");
  const std::int64_t h = rows * stride, w = columns * stride, pad = row.at("R") / 2;
  const auto behind = [&](std::int64_t results, std::int64_t extent) {
    return std::max<std::int64_t>(0, (results - 1) * stride + row.at("R") - extent - pad);
  };
  return oneLayer(
      "  x: {shape: [1, " + text(row.at("C")) + ", " + text(h) + ", " + text(w) +
          "], role: input}\n  w: {shape: [" + text(row.at("K")) + ", " + text(row.at("C")) + ", " +
          text(row.at("S")) + ", " + text(row.at("R")) + "], role: weight}\n  o: {shape: [1, " +
          text(row.at("K")) + ", " + text(rows) + ", " + text(columns) + "], role: output}\n",
      "operator: conv2d, dimensions: {C: " + text(row.at("C")) + ", K: " + text(row.at("K")) +
          ", H: " + text(h) + ", W: " + text(w) + ", R: " + text(row.at("S")) + ", S: " + text(row.at("R")) +
          ", stride: " + text(stride) + ", padding_top: " + text(pad) + ", padding_left: " + text(pad) +
          ", padding_bottom: " + text(behind(rows, h)) + ", padding_right: " + text(behind(columns, w)) +
          "}, inputs: [x, w], output: o");
}

Network networkOf(const Row& row) {
  return isProduct(row) ? matrixProduct(row.at("P"), row.at("K"), row.at("C")) : convolution(row);
}

/// The tile that was recorded, as tunables; the table tells products in elements.
std::map<std::string, std::int64_t> tileOf(const Row& row) {
  if (!isProduct(row)) {
    return {{"rows_of_tile", row.at("tile_Q")},
            {"columns_of_tile", row.at("tile_P")},
            {"filters_of_tile", row.at("tile_K")},
            {"channels_of_tile", row.at("tile_C")}};
  }
  const auto blocks = [](std::int64_t elements) { return (elements + 15) / 16; };
  return {{"blocks_high", blocks(row.at("tile_P"))},
          {"blocks_wide", blocks(row.at("tile_K"))},
          {"blocks_deep", blocks(row.at("tile_C"))}};
}

NetworkEstimate estimateWith(const Row& row, const std::map<std::string, std::int64_t>& tile = {}) {
  // The benchmark of products has just written its operands, which therefore are in the L2.
  const Shipped on = shipped("gemmini-as-built", {{"warm", isProduct(row) ? 1 : 0}});
  EstimateOptions options;
  options.jobs = 1;
  options.tunables = tile;
  Progress progress;
  return estimateNetwork(on.machine, networkOf(row), on.mappings, options, progress);
}

TEST(GemminiAsBuilt, TilesAreThoseThatItsLibraryChose) {
  const auto rows = measuredLayers();
  ASSERT_EQ(rows.size(), 36U);
  for (const Row& row : rows) {
    const NetworkEstimate rule = estimateWith(row), recorded = estimateWith(row, tileOf(row));
    ASSERT_TRUE(rule.complete && rule.exact && recorded.complete);
    EXPECT_EQ(rule.cycles, recorded.cycles)
        << row.at("R") << " x " << row.at("S") << ", " << row.at("C") << " to " << row.at("K");
  }
}

TEST(GemminiAsBuilt, IsAsFarFromTheRtlAsItSays) {
  std::map<std::string, std::vector<double>> errors;
  for (const Row& row : measuredLayers()) {
    const double error =
        static_cast<double>(estimateWith(row).cycles) / static_cast<double>(row.at("cycles")) - 1;
    errors["all"].push_back(error);
    errors[isProduct(row)         ? "products"
           : row.at("stride") > 1 ? "strided"
           : row.at("R") == 1     ? "1 x 1"
                                  : "2 x 2, 3 x 3"]
        .push_back(error);
  }
  const auto mean = [](const std::vector<double>& values, bool sizes) {
    double sum = 0;
    for (const double value : values) sum += sizes ? std::abs(value) : value;
    return sum / static_cast<double>(values.size());
  };
  // As the architecture file and the README have it.
  EXPECT_NEAR(mean(errors["all"], true), 0.112, 0.0005);
  EXPECT_NEAR(mean(errors["all"], false), -0.034, 0.0005);
  EXPECT_EQ(errors.size(), 5U);
  for (const auto& [kind, values] : errors) EXPECT_LE(mean(values, true), 0.20) << kind;
}

TEST(GemminiAsBuilt, RunsNetworksExactlyAndAsTheReferenceSimulationDoes) {
  const Shipped on = shipped("gemmini-as-built");
  const NetworkEstimate resnet = estimate(on, shippedNetwork("resnet-50"));
  EXPECT_TRUE(resnet.exact);
  EXPECT_GT(resnet.layers.size(), 50U);
  const Network product = matrixProduct(200, 150, 300);
  EXPECT_EQ(estimate(on, product).cycles, estimate(on, product, Method::Simulate).cycles);
}

}  // namespace
}  // namespace taktwerk
