// SPDX-License-Identifier: GPL-3.0-or-later
// The model of the circuit in tests/rtl against the cycles the circuit took, and what simpler estimates make
// of the same products.
#include <iostream>
#include <map>
#include <tuple>

#include "tests/archs/shipped.h"
#include "tests/support/least_squares.h"
#include "tests/support/recorded_circuit.h"

namespace taktwerk {
namespace {

using namespace test;

Shipped modelOf(const RecordedProduct& product) {
  return shipped("output-stationary-array",
                 {{"rows", product.rows}, {"columns", product.columns}, {"line_words", product.lineWords}});
}

/// Features of a product that do not know the array: constant, multiply-accumulates, words of each operand.
std::vector<double> featuresOfLayer(const RecordedProduct& p) {
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  return {1, number(p.m * p.n * p.k), number(p.m * p.k), number(p.k * p.n), number(p.m * p.n)};
}

/// Features that know how it is cut into tiles: constant, multiply-accumulates, tiles, steps of all tiles.
std::vector<double> featuresOfTiles(const RecordedProduct& p) {
  const std::int64_t tiles = ((p.m + p.rows - 1) / p.rows) * ((p.n + p.columns - 1) / p.columns);
  const auto number = [](std::int64_t value) { return static_cast<double>(value); };
  return {1, number(p.m * p.n * p.k), number(tiles), number(tiles * p.k)};
}

/// Of each circuit, every second product is fitted and the others are estimated.
template <typename Features>
double errorOfRegression(const std::vector<RecordedProduct>& products, Features features) {
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::vector<RecordedProduct>> circuits;
  for (const RecordedProduct& product : products)
    circuits[{product.rows, product.columns, product.lineWords}].push_back(product);
  std::vector<double> estimates, truths;
  for (const auto& [size, all] : circuits) {
    std::vector<std::vector<double>> rows;
    std::vector<double> targets;
    for (std::size_t i = 0; i < all.size(); i += 2) {
      rows.push_back(features(all[i]));
      targets.push_back(static_cast<double>(all[i].cycles));
    }
    const LinearModel model(rows, targets);
    for (std::size_t i = 1; i < all.size(); i += 2) {
      estimates.push_back(model.at(features(all[i])));
      truths.push_back(static_cast<double>(all[i].cycles));
    }
  }
  return meanAbsolutePercentageError(estimates, truths);
}

TEST(OutputStationaryArray, TakesTheCyclesOfTheCircuit) {
  const std::vector<RecordedProduct> products = recordedProducts();
  ASSERT_GE(products.size(), 100U);
  std::vector<double> truths, estimates, rooflines, published;
  for (const RecordedProduct& product : products) {
    const Shipped on = modelOf(product);
    const Network network = matrixProduct(product.m, product.n, product.k);
    const NetworkEstimate estimated = estimate(on, network);
    ASSERT_TRUE(estimated.complete && estimated.exact) << product.m << ' ' << product.n << ' ' << product.k;
    truths.push_back(static_cast<double>(product.cycles));
    estimates.push_back(static_cast<double>(estimated.cycles));
    rooflines.push_back(static_cast<double>(estimate(on, network, Method::Roofline).cycles));
    published.push_back(static_cast<double>(estimate(on, network, Method::Published).cycles));
    EXPECT_EQ(estimated.cycles, product.cycles)
        << product.rows << 'x' << product.columns << '_' << product.lineWords << ' ' << product.m << ' '
        << product.n << ' ' << product.k;
  }
  const double model = meanAbsolutePercentageError(estimates, truths);
  const double roofline = meanAbsolutePercentageError(rooflines, truths);
  const double ofLayer = errorOfRegression(products, featuresOfLayer);
  const double ofTiles = errorOfRegression(products, featuresOfTiles);
  std::cout << products.size() << " products: mean absolute percentage error of auto " << model
            << ", published " << meanAbsolutePercentageError(published, truths) << ", roofline " << roofline
            << ", regression on the layer " << ofLayer << ", on its tiles " << ofTiles << '\n';
  EXPECT_LT(model, 1.0);
  EXPECT_GT(roofline, 10 * model);
  EXPECT_GT(ofLayer, 10 * model);
  EXPECT_GT(ofTiles, 10 * model);
}

TEST(OutputStationaryArray, IsTimedAsTheReferenceSimulationDoes) {
  for (const RecordedProduct& product : recordedProducts()) {
    if (product.rows > 4 || product.m * product.n * product.k > 10'000) continue;
    const Shipped on = modelOf(product);
    const Network network = matrixProduct(product.m, product.n, product.k);
    EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles);
  }
}

TEST(OutputStationaryArray, MultipliesEachPairOnce) {
  const Shipped on = shipped("output-stationary-array", {{"rows", 4}, {"columns", 3}, {"line_words", 2}});
  const OperationId mac = on.machine->findOperation("mac");
  std::int64_t found = 0;
  forEachInstruction(on, matrixProduct(11, 7, 5),
                     [&](const auto&, const InstructionTemplate& instruction, auto) {
                       if (instruction.operation == mac) ++found;
                     });
  EXPECT_EQ(found, 11 * 7 * 5);
}

}  // namespace
}  // namespace taktwerk
