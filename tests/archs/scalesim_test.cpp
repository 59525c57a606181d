// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays against the cycles SCALE-Sim reports for the same layers (tests/data/scalesim). Where they differ by
// more than 5 %, the test is for the reason the READMEs give.
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

/// A line of the table; columns by their names.
struct SimulatedLayer {
  std::string name;
  std::map<std::string, std::int64_t> column;

  [[nodiscard]] std::int64_t side() const {
    return (column.at("ifmap_h") - column.at("filt_h") + 2 * column.at("stride") - 1) / column.at("stride");
  }
  [[nodiscard]] std::int64_t pixels() const { return side() * side(); }
  [[nodiscard]] std::int64_t window() const {
    return column.at("filt_h") * column.at("filt_w") * column.at("channels");
  }
  [[nodiscard]] std::int64_t filters() const { return column.at("num_filters"); }
  [[nodiscard]] std::int64_t cycles(std::int64_t array, const std::string& dataflow) const {
    const std::string size = std::to_string(array);
    return column.at(size + 'x' + size + '_' + dataflow + "_cycles");
  }
};

std::vector<SimulatedLayer> simulatedLayers() {
  std::ifstream file(sourcePath("tests/data/scalesim/alexnet_cycles_8_16_32.csv"));
  std::string line, field;
  std::vector<std::string> names;
  std::getline(file, line);
  for (std::istringstream fields(line); std::getline(fields, field, ',');) names.push_back(field);
  std::vector<SimulatedLayer> layers;
  while (std::getline(file, line)) {
    SimulatedLayer layer;
    std::istringstream fields(line);
    for (const std::string& name : names) {
      std::getline(fields, field, ',');
      if (name == "layer") {
        layer.name = field;
      } else {
        layer.column[name] = std::stoll(field);
      }
    }
    layers.push_back(layer);
  }
  return layers;
}

/// The layer as a convolution whose input is just large enough for its output.
Network convolution(const SimulatedLayer& layer) {
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const std::int64_t filter = layer.column.at("filt_h"), stride = layer.column.at("stride");
  const std::string c = text(layer.column.at("channels")), k = text(layer.filters()), f = text(filter);
  const std::string h = text((layer.side() - 1) * stride + filter), p = text(layer.side());
  return oneLayer("  x: {shape: [1, " + c + ", " + h + ", " + h + "], role: input}\n  w: {shape: [" + k +
                      ", " + c + ", " + f + ", " + f + "], role: weight}\n  o: {shape: [1, " + k + ", " + p +
                      ", " + p + "], role: output}\n",
                  "operator: conv2d, dimensions: {C: " + c + ", K: " + k + ", H: " + h + ", W: " + h +
                      ", R: " + f + ", S: " + f + ", stride: " + text(stride) +
                      "}, inputs: [x, w], output: o");
}

double ratio(std::int64_t a, std::int64_t b) {
  return static_cast<double>(a) / static_cast<double>(b);
}
std::int64_t folds(std::int64_t extent, std::int64_t array) {
  return (extent + array - 1) / array;
}

/// Room for all sums of a layer, and weights that never stall, as SCALE-Sim has it.
Shipped tpuLike(std::int64_t array, std::int64_t preload) {
  return shipped("tpu-like", {{"rows", array},
                              {"columns", array},
                              {"accumulator_lines", 8192},
                              {"weight_bytes", array * array},
                              {"preload", preload}});
}

TEST(ScaleSim, TakesAsLongAsWeightsThatMoveIntoAnIdleArray) {
  const auto layers = simulatedLayers();
  ASSERT_EQ(layers.size(), 5U);
  for (const SimulatedLayer& layer : layers)
    for (const std::int64_t array : {8, 16, 32}) {
      const NetworkEstimate estimated = estimate(tpuLike(array, 0), convolution(layer));
      ASSERT_TRUE(estimated.exact && estimated.complete);
      EXPECT_NEAR(ratio(estimated.cycles, layer.cycles(array, "ws")), 1, 0.05)
          << layer.name << " on " << array;
    }
}

TEST(ScaleSim, DoesNotOverlapWhatTheWeightStationaryArrayDoes) {
  for (const SimulatedLayer& layer : simulatedLayers())
    for (const std::int64_t array : {8, 16, 32}) {
      const NetworkEstimate estimated = estimate(tpuLike(array, 1), convolution(layer));
      const std::int64_t tiles = folds(layer.window(), array) * folds(layer.filters(), array);
      EXPECT_LT(estimated.cycles, layer.cycles(array, "ws"));
      // What SCALE-Sim adds to each fold: weights in, and the way through the array.
      EXPECT_NEAR(ratio(estimated.cycles, layer.cycles(array, "ws") - tiles * (3 * array - 2)), 1, 0.03)
          << layer.name << " on " << array;
    }
}

TEST(ScaleSim, TakesAsLongAsTheOutputStationaryCircuit) {
  const Shipped on = shipped("output-stationary-array", {{"rows", 8}, {"columns", 8}, {"line_words", 8}});
  for (const SimulatedLayer& layer : simulatedLayers()) {
    const NetworkEstimate estimated =
        estimate(on, matrixProduct(layer.pixels(), layer.filters(), layer.window()));
    ASSERT_TRUE(estimated.exact && estimated.complete);
    EXPECT_NEAR(ratio(estimated.cycles, layer.cycles(8, "os")), 1, 0.05) << layer.name;
  }
}

TEST(ScaleSim, IsFasterThanElementsThatSpendFiveInstructionsOnAProduct) {
  // Enough instructions and memory requests that only the elements count. A fold of this array holds pixels
  // of one image row.
  const Shipped on = shipped(
      "systolic-array",
      {{"rows", 8}, {"columns", 8}, {"fetch_width", 360}, {"issue_buffer", 1800}, {"memory_requests", 16}});
  for (const SimulatedLayer& layer : simulatedLayers()) {
    if (layer.name == "Conv4" || layer.name == "Conv5") continue;  // as Conv3
    const NetworkEstimate estimated = estimate(on, convolution(layer));
    ASSERT_TRUE(estimated.exact && estimated.complete);
    const std::int64_t tiles = folds(layer.side(), 8) * layer.side() * folds(layer.filters(), 8);
    const double excess = ratio(estimated.cycles, 5 * tiles * layer.window());
    EXPECT_GE(excess, 1) << layer.name;
    EXPECT_LE(excess, 1.08) << layer.name;
    EXPECT_GT(estimated.cycles, 5 * layer.cycles(8, "os"));
  }
}

}  // namespace
}  // namespace taktwerk
