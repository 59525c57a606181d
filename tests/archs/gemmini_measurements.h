// SPDX-License-Identifier: GPL-3.0-or-later
// What others measured on Gemmini's RTL (tests/data/gemmini), as layers that its own mappings take.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/archs/shipped.h"

namespace taktwerk::test {

using Tunables = std::map<std::string, std::int64_t>;

/// A layer that was measured, and how.
struct MeasuredOnGemmini {
  std::string kind;  ///< "products", "1 x 1", "2 x 2, 3 x 3", "strided", "depthwise"
  std::string name;  ///< with its sizes
  Network network;
  Tunables tile;  ///< the tile that was recorded
  ParameterValues
      machine;  ///< `warm`: its operands had just been used; sizes of memories other than the default's
  double cycles = 0;
  std::optional<double> timeloop;  ///< what Timeloop says, where it is recorded
};

namespace measured {

using Row = std::map<std::string, std::string>;

inline std::vector<Row> rowsOf(const std::string& name) {
  std::ifstream file(sourcePath("tests/data/gemmini/" + name));
  const auto cellsOf = [](const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    return cells;
  };
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error(name + " is missing");
  const std::vector<std::string> names = cellsOf(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cellsOf(line);
    if (cells.size() != names.size()) throw std::runtime_error(name + ": " + line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[names[i]] = cells[i];
  }
  return rows;
}

inline std::int64_t number(const Row& row, const std::string& name) {
  return std::stoll(row.at(name));
}

/// P × Q results of an R × S kernel, with or without a bias; the image is as large as its results in steps of
/// the stride.
struct ConvolutionSizes {
  std::int64_t n = 1, c = 1, k = 1, p = 1, q = 1, r = 1, s = 1, stride = 1, groups = 1;
  bool bias = false;
};

inline Network convolutionOf(const ConvolutionSizes& of) {
  const auto text = [](std::int64_t value) { return std::to_string(value); };
  const std::int64_t h = of.p * of.stride, w = of.q * of.stride, top = of.r / 2, left = of.s / 2;
  const auto behind = [&](std::int64_t results, std::int64_t kernel, std::int64_t extent,
                          std::int64_t before) {
    return std::max<std::int64_t>(0, (results - 1) * of.stride + kernel - extent - before);
  };
  return oneLayer(
      "  x: {shape: [" + text(of.n) + ", " + text(of.c) + ", " + text(h) + ", " + text(w) +
          "], role: input}\n  w: {shape: [" + text(of.k) + ", " + text(of.c / of.groups) + ", " + text(of.r) +
          ", " + text(of.s) + "], role: weight}\n" +
          (of.bias ? "  b: {shape: [" + text(of.k) + "], bits: 32, role: weight}\n" : std::string()) +
          "  o: {shape: [" + text(of.n) + ", " + text(of.k) + ", " + text(of.p) + ", " + text(of.q) +
          "], role: output}\n",
      "operator: conv2d, dimensions: {N: " + text(of.n) + ", C: " + text(of.c) + ", K: " + text(of.k) +
          ", H: " + text(h) + ", W: " + text(w) + ", R: " + text(of.r) + ", S: " + text(of.s) +
          ", stride: " + text(of.stride) + ", groups: " + text(of.groups) + ", padding_top: " + text(top) +
          ", padding_left: " + text(left) + ", padding_bottom: " + text(behind(of.p, of.r, h, top)) +
          ", padding_right: " + text(behind(of.q, of.s, w, left)) + "}, inputs: [x, w" +
          (of.bias ? ", b" : "") + "], output: o");
}

/// A row of a table of layers with their tiles; a product has its rows in P, its inner dimension in C and its
/// columns in K. P of these tables counts columns.
inline MeasuredOnGemmini withTile(const Row& row) {
  const auto of = [&](const char* name) { return number(row, name); };
  const auto blocks = [](std::int64_t elements) { return (elements + 15) / 16; };
  MeasuredOnGemmini layer;
  layer.cycles = std::stod(row.at("cycles"));
  if (of("R") * of("S") == 1 && of("Q") == 1) {
    layer.kind = "products";
    layer.network = matrixProduct(of("P"), of("K"), of("C"));
    layer.tile = {{"blocks_high", blocks(of("tile_P"))},
                  {"blocks_wide", blocks(of("tile_K"))},
                  {"blocks_deep", blocks(of("tile_C"))}};
    layer.machine["warm"] = 1;  // the benchmark of products has just written its operands
    return layer;
  }
  layer.kind = of("stride") > 1 ? "strided" : of("R") == 1 ? "1 x 1" : "2 x 2, 3 x 3";
  layer.network =
      convolutionOf({of("N"), of("C"), of("K"), of("Q"), of("P"), of("S"), of("R"), of("stride"), 1, false});
  layer.tile = {{"rows_of_tile", of("tile_Q")},
                {"columns_of_tile", of("tile_P")},
                {"filters_of_tile", of("tile_K")},
                {"channels_of_tile", of("tile_C")}};
  return layer;
}

}  // namespace measured

/// 36 layers with the tiles that Gemmini's own library chose.
inline std::vector<MeasuredOnGemmini> measuredWithOwnTiles() {
  std::vector<MeasuredOnGemmini> layers;
  for (const measured::Row& row : measured::rowsOf("own_tiles.csv"))
    layers.push_back(measured::withTile(row));
  return layers;
}

/// 114 layers with other tiles and orders, some with larger memories, each run after the own tiles of the
/// same layer.
inline std::vector<MeasuredOnGemmini> measuredWithOtherTiles() {
  std::vector<MeasuredOnGemmini> layers;
  for (const measured::Row& row : measured::rowsOf("other_tiles.csv")) {
    const auto of = [&row](const char* name) { return measured::number(row, name); };
    MeasuredOnGemmini& layer = layers.emplace_back(measured::withTile(row));
    layer.machine = {{"warm", 1},
                     {"accumulator_rows", of("accumulator_rows")},
                     {"scratchpad_rows", of("scratchpad_rows")}};
    layer.timeloop = std::stod(row.at("timeloop"));
    if (layer.kind == "products") continue;
    layer.tile["order"] = of("order");
    layer.tile["kernel_rows_of_tile"] = of("tile_S");
    layer.tile["kernel_columns_of_tile"] = of("tile_R");
  }
  return layers;
}

/// Four tests of Gemmini's own, which write their operands first.
inline std::vector<MeasuredOnGemmini> measuredSingleLayers() {
  std::vector<MeasuredOnGemmini> layers;
  for (const measured::Row& row : measured::rowsOf("single_layers.csv")) {
    const auto of = [&row](const char* name) { return measured::number(row, name); };
    const auto text = [&row](const char* name) { return row.at(name); };
    MeasuredOnGemmini& layer = layers.emplace_back();
    layer.kind = row.at("kind");
    layer.machine["warm"] = 1;
    layer.cycles = std::stod(row.at("cycles"));
    if (layer.kind == "product") {
      layer.name = "matrix product " + text("N") + " × " + text("C") + " × " + text("K");
      layer.network = matrixProduct(of("N"), of("K"), of("C"));
      continue;
    }
    layer.name = layer.kind + ' ' + text("N") + " × " + std::to_string(of("P") * of("stride")) + "² × " +
                 text("C") + " → " + text("K") + ", " + text("R") + " × " + text("S") + ", stride " +
                 text("stride");
    layer.network = measured::convolutionOf(
        {of("N"), of("C"), of("K"), of("P"), of("Q"), of("R"), of("S"), of("stride"), of("groups"), true});
  }
  return layers;
}

/// The shipped Gemmini with the mappings of its own library.
inline Shipped gemminiOwnTiler(const ParameterValues& parameters = {}) {
  Shipped on = shipped("gemmini", parameters, "own-tiler/conv2d.mapping.yaml");
  for (const char* other : {"conv1d", "dense", "depthwise", "matmul"})
    on.mappings.push_back(
        *readMapping(sourcePath("archs/gemmini/own-tiler/" + std::string(other) + ".mapping.yaml")));
  return on;
}

/// The estimate of a layer with the tiles of the library's rule, or with those recorded.
inline NetworkEstimate estimateOf(const MeasuredOnGemmini& layer, bool recorded,
                                  Method method = Method::Auto) {
  const Shipped on = gemminiOwnTiler(layer.machine);
  EstimateOptions options;
  options.method = method;
  options.jobs = 1;
  if (recorded) options.tunables = layer.tile;
  Progress progress;
  return estimateNetwork(on.machine, layer.network, on.mappings, options, progress);
}

}  // namespace taktwerk::test
