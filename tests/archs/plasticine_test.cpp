// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

const std::string name = "plasticine-derived";

TEST(PlasticineDerived, TimesOneTileAsWorkedOutByHand) {
  // As in its README: fetched 1, address generator 1, DRAM 50 + 63, product 256, activation 16, address
  // generator 1, DRAM 50 + 63.
  EXPECT_EQ(estimate(shipped(name), matrixProduct(16, 16, 16)).cycles,
            1 + 1 + (50 + 63) + 256 + 16 + 1 + (50 + 63));
  // Half the lanes: product and activation take twice as long.
  EXPECT_EQ(estimate(shipped(name, {{"lanes", 8}}), matrixProduct(16, 16, 16)).cycles,
            1 + 1 + (50 + 63) + 512 + 32 + 1 + (50 + 63));
  // 5 x 7 times 7 x 3: 35 and 21 words in, 15 out, over channels of 4 words.
  EXPECT_EQ(estimate(shipped(name), matrixProduct(5, 3, 7)).cycles, 1 + 1 + (50 + 8) + 35 + 5 + 1 + (50 + 3));
}

TEST(PlasticineDerived, IsNeverSlowerWithTwiceTheRowsOrColumns) {
  const Network network = shippedNetwork("tc-resnet8");
  for (const std::int64_t tile : {8, 16, 32}) {
    std::map<std::pair<std::int64_t, std::int64_t>, Cycles> cycles;
    for (std::int64_t rows = 1; rows <= 8; rows *= 2) {
      for (std::int64_t columns = 1; columns <= 8; columns *= 2) {
        const NetworkEstimate estimated =
            estimate(shipped(name, {{"rows", rows}, {"columns", columns}, {"tile", tile}}), network);
        ASSERT_TRUE(estimated.exact && estimated.complete);
        cycles[{rows, columns}] = estimated.cycles;
        if (rows > 1) {
          EXPECT_LE(estimated.cycles, (cycles[{rows / 2, columns}])) << rows << " x " << columns;
        }
        if (columns > 1) {
          EXPECT_LE(estimated.cycles, (cycles[{rows, columns / 2}])) << rows << " x " << columns;
        }
      }
    }
  }
}

TEST(PlasticineDerived, HasTheOptimumItsReadmeExplains) {
  const Network network = shippedNetwork("tc-resnet8");
  const auto cycles = [&](std::int64_t side, std::int64_t tile) {
    return estimate(shipped(name, {{"rows", side}, {"columns", side}, {"tile", tile}}), network).cycles;
  };
  for (const std::int64_t tile : {4, 8, 32}) EXPECT_LT(cycles(1, 16), cycles(1, tile)) << tile;
  for (const std::int64_t tile : {4, 16, 32}) EXPECT_LT(cycles(8, 8), cycles(8, tile)) << tile;
}

TEST(PlasticineDerived, IsTimedAsTheReferenceSimulationDoes) {
  for (const ParameterValues& parameters :
       {ParameterValues{}, ParameterValues{{"rows", 2}, {"columns", 3}, {"tile", 8}, {"fetch_width", 1}}}) {
    const Shipped on = shipped(name, parameters);
    const Network network = shippedNetwork("tc-resnet8");
    EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles);
  }
}

TEST(PlasticineDerived, MultipliesEachPairOnce) {
  expectEachPairMultipliedOnce(shipped(name), "gemm", {"tc-resnet8", "mlp", "resnet-18"});
}

}  // namespace
}  // namespace taktwerk
