// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped Gemmini against cycles that others measured on its RTL (tests/data/gemmini).
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "tests/archs/shipped.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

using Sizes = std::map<std::string, std::int64_t>;

/// The lines of a table whose cells, but for a first one of letters ("kind"), are numbers.
std::vector<std::pair<std::string, Sizes>> linesOf(const std::string& name) {
  std::ifstream file(taktwerk::sourceDirectory() + "/tests/data/gemmini/" + name);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error(name + " is missing");
  const auto cellsOf = [](const std::string& text) {
    std::vector<std::string> cells;
    std::istringstream stream(text);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    return cells;
  };
  const std::vector<std::string> headings = cellsOf(line);
  std::vector<std::pair<std::string, Sizes>> found;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cellsOf(line);
    if (cells.size() != headings.size()) throw std::runtime_error(name + ": " + line);
    auto& [kind, sizes] = found.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (headings[i] == "kind") {
        kind = cells[i];
      } else {
        sizes[headings[i]] = std::stoll(cells[i]);
      }
    }
  }
  return found;
}

/// A convolution of P × Q results from an input just large enough for them with its padding.
Network convolution(const Sizes& s, std::int64_t padding, std::int64_t groups, bool bias) {
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const auto n = [&](const char* name) { return s.at(name); };
  const auto extent = [&](const char* results, const char* kernel) {
    // With padding the last window of a stride ends at the border or before it, as Gemmini's tests have it.
    return padding > 0 ? n(results) * n("stride") : (n(results) - 1) * n("stride") + n(kernel);
  };
  const std::int64_t h = extent("P", "R"), w = extent("Q", "S");
  return test::oneLayer(
      "  x: {shape: [" + text(n("N")) + ", " + text(n("C")) + ", " + text(h) + ", " + text(w) +
          "], role: input}\n  w: {shape: [" + text(n("K")) + ", " + text(n("C") / groups) + ", " +
          text(n("R")) + ", " + text(n("S")) + "], role: weight}\n" +
          (bias ? "  b: {shape: [" + text(n("K")) + "], bits: 32, role: weight}\n" : std::string()) +
          "  o: {shape: [" + text(n("N")) + ", " + text(n("K")) + ", " + text(n("P")) + ", " + text(n("Q")) +
          "], role: output}\n",
      "operator: conv2d, dimensions: {N: " + text(n("N")) + ", C: " + text(n("C")) + ", K: " + text(n("K")) +
          ", H: " + text(h) + ", W: " + text(w) + ", R: " + text(n("R")) + ", S: " + text(n("S")) +
          ", stride: " + text(n("stride")) + ", padding: " + text(padding) + ", groups: " + text(groups) +
          "}, inputs: [x, w" + (bias ? ", b" : "") + "], output: o");
}

std::int64_t cyclesOf(const test::Shipped& on, const Network& network,
                      const std::map<std::string, std::int64_t>& tunables) {
  Progress progress;
  EstimateOptions options;
  options.jobs = 1;
  options.tunables = tunables;
  const NetworkEstimate estimated = estimateNetwork(on.machine, network, on.mappings, options, progress);
  if (!estimated.complete || hasErrors(estimated.diagnostics))
    throw std::runtime_error("a layer is not mapped");
  return estimated.cycles;
}

/// Blocks of 16 that an extent has, as the largest choice of a tunable that is no larger.
std::int64_t blocks(std::int64_t extent, std::int64_t most) {
  std::int64_t choice = 1;
  while (choice < most && 2 * choice <= (extent + 15) / 16) choice *= 2;
  return choice;
}

/// The tunables nearest to a tile of Gemmini's own: rows are its pixels. Columns and inner dimension, two
/// sizes there, are one number here, taken from either. Half an accumulator holds 32 blocks; what is over is
/// cut off the side that is not taken from K. As many slots as the scratchpad holds.
std::map<std::string, std::int64_t> tunablesFor(const Sizes& s, bool columnsOfResults) {
  std::int64_t rows = blocks(s.at("tile_P") * s.at("tile_Q") * s.at("tile_N"), 16);
  std::int64_t columns = blocks(columnsOfResults ? s.at("tile_K") : s.at("tile_C"), 8);
  while (rows * columns > 32) (columnsOfResults ? rows : columns) /= 2;
  std::int64_t slots = 32;
  while (slots > 2 && slots * columns * 16 * (rows + columns) > 16384) slots /= 2;
  return {{"tile_rows", rows}, {"tile_columns", columns}, {"slots", slots}};
}

struct Distance {
  std::int64_t layers = 0, tooFast = 0, measured = 0, estimated = 0;
  double absolute = 0, signedSum = 0;
  void add(std::int64_t truth, std::int64_t cycles) {
    const double error = static_cast<double>(cycles) / static_cast<double>(truth) - 1;
    ++layers;
    tooFast += error < 0;
    measured = truth;
    estimated = cycles;
    absolute += std::abs(error);
    signedSum += error;
  }
  [[nodiscard]] std::vector<std::string> row(const std::string& what, const std::string& tiles) const {
    const bool one = layers == 1;
    const auto percent = [&](double sum) { return fixed(100 * sum / static_cast<double>(layers), 1); };
    return {what,
            tiles,
            std::to_string(layers),
            one ? grouped(measured) : "",
            one ? grouped(estimated) : "",
            percent(absolute),
            (signedSum > 0 ? "+" : "") + percent(signedSum),
            std::to_string(tooFast)};
  }
};

}  // namespace

MeasuredDistance distanceOfOwnTiles() {
  const test::Shipped on = test::shipped("gemmini");
  Distance own;
  double largest = 0;
  for (const auto& [kind, s] : linesOf("own_tiles.csv")) {
    Distance one;
    one.add(s.at("cycles"), cyclesOf(on, convolution(s, 0, 1, false), {}));
    own.add(s.at("cycles"), one.estimated);
    largest = std::max(largest, one.absolute);
  }
  return {own.layers, 100 * own.absolute / static_cast<double>(own.layers), 100 * largest};
}

std::vector<std::vector<std::string>> distancesFromGemmini() {
  const test::Shipped on = test::shipped("gemmini");
  Distance own, results, operands;
  for (const auto& [kind, s] : linesOf("own_tiles.csv")) {
    const Network network = convolution(s, 0, 1, false);
    own.add(s.at("cycles"), cyclesOf(on, network, {}));
    results.add(s.at("cycles"), cyclesOf(on, network, tunablesFor(s, true)));
    operands.add(s.at("cycles"), cyclesOf(on, network, tunablesFor(s, false)));
  }
  std::vector<std::vector<std::string>> rows{
      own.row("layers with Gemmini's own tiles", "the mapping's"),
      results.row("layers with Gemmini's own tiles", "nearest in P · Q · N and K"),
      operands.row("layers with Gemmini's own tiles", "nearest in P · Q · N and C")};
  for (const auto& [kind, s] : linesOf("single_layers.csv")) {
    const bool product = kind == "product";
    const auto text = [&s = s](const char* name) { return std::to_string(s.at(name)); };
    Distance one;
    one.add(s.at("cycles"), cyclesOf(on,
                                     product ? test::matrixProduct(s.at("N"), s.at("K"), s.at("C"))
                                             : convolution(s, s.at("padding"), s.at("groups"), true),
                                     {}));
    rows.push_back(one.row(product
                               ? "matrix product " + text("N") + " × " + text("C") + " × " + text("K")
                               : kind + ' ' + text("N") + " × " + std::to_string(s.at("P") * s.at("stride")) +
                                     "² × " + text("C") + " → " + text("K") + ", " + text("R") + " × " +
                                     text("S") + ", stride " + text("stride"),
                           "the mapping's"));
  }
  return rows;
}

std::string measuredTable() {
  std::cerr << "distances from Gemmini's RTL\n";
  std::vector<std::vector<std::string>> rows{{"measured on Gemmini's RTL", "tiles", "layers", "RTL", "model",
                                              "mean absolute error, %", "mean error, %", "too fast"}};
  for (std::vector<std::string>& row : distancesFromGemmini()) rows.push_back(std::move(row));
  return markdown(rows, {"layers", "RTL", "model", "mean absolute error, %", "mean error, %", "too fast"});
}

}  // namespace taktwerk::tables
