// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the circuit in SystemVerilog: its results are those of a plain product, and the cycles it takes are
// the recorded ones that tests/archs compares the model with. `TAKTWERK_RECORD=FILE` writes them anew.
#include "tests/rtl/circuit.h"

#include <cstdlib>
#include <fstream>
#include <ostream>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/recorded_circuit.h"

namespace taktwerk {
namespace {

using namespace test;

std::vector<std::int8_t> randomMatrix(std::size_t elements, std::mt19937& random) {
  std::vector<std::int8_t> matrix(elements);
  for (std::int8_t& element : matrix)
    element = static_cast<std::int8_t>(static_cast<int>(random() % 256) - 128);
  return matrix;
}

std::vector<std::int64_t> plainProduct(const CircuitTask& task) {
  std::vector<std::int64_t> product(static_cast<std::size_t>(task.m) * task.n, 0);
  for (int i = 0; i < task.m; ++i)
    for (int j = 0; j < task.n; ++j)
      for (int x = 0; x < task.k; ++x)
        product[static_cast<std::size_t>(i) * task.n + j] +=
            task.a[static_cast<std::size_t>(i) * task.k + x] *
            task.b[static_cast<std::size_t>(x) * task.n + j];
  return product;
}

CircuitTask taskOf(int m, int n, int k) {
  std::mt19937 random(static_cast<unsigned>(m * 1'000'003 + n * 1'009 + k));
  CircuitTask task{m, n, k, {}, {}};
  task.a = randomMatrix(static_cast<std::size_t>(m) * k, random);
  task.b = randomMatrix(static_cast<std::size_t>(k) * n, random);
  return task;
}

constexpr std::array<std::array<int, 3>, 20> products{
    {{1, 1, 1},     {1, 8, 16},    {8, 8, 8},   {16, 16, 16}, {5, 7, 11},   {13, 40, 27},  {40, 13, 27},
     {64, 64, 64},  {33, 17, 100}, {17, 33, 3}, {32, 48, 2},  {48, 32, 1},  {24, 24, 200}, {64, 10, 128},
     {10, 64, 128}, {50, 50, 50},  {31, 1, 64}, {1, 31, 64},  {20, 30, 40}, {60, 60, 12}}};

TEST(Circuit, ComputesProductsInTheRecordedCycles) {
  std::vector<RecordedProduct> measured;
  for (const CircuitSize& size : circuitSizes())
    for (const auto& [m, n, k] : products) {
      if (size.rows > 8 && m * n * k > 100'000) continue;  // the model of so many elements takes its time
      const CircuitTask task = taskOf(m, n, k);
      const CircuitRun run = runCircuit(size, task);
      EXPECT_TRUE(run.eachWrittenOnce);
      ASSERT_EQ(run.product, plainProduct(task))
          << size.rows << " x " << size.columns << ": " << m << ' ' << n << ' ' << k;
      measured.push_back({size.rows, size.columns, size.lineWords, m, n, k, run.cycles});
    }
  if (const char* file = std::getenv("TAKTWERK_RECORD")) std::ofstream(file) << textOf(measured);
  EXPECT_EQ(textOf(measured), textOf(recordedProducts()));
}

TEST(Circuit, IsNotDisturbedByWhatRanBefore) {
  // Every product starts from a circuit that is reset; sums of one tile must not leak into the next either.
  const CircuitTask task = taskOf(9, 9, 1);
  for (const CircuitSize& size : circuitSizes())
    EXPECT_EQ(runCircuit(size, task).product, plainProduct(task));
}

}  // namespace
}  // namespace taktwerk
