// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace taktwerk::test {

/// The parameters the circuit is built with: those of output_stationary_array.sv.
struct CircuitSize {
  int rows = 0, columns = 0, lineWords = 0;
};

/// A matrix product of m x k by k x n, row-major operands of 8 bit.
struct CircuitTask {
  int m = 0, n = 0, k = 0;
  std::vector<std::int8_t> a, b;
};

struct CircuitRun {
  /// Clock cycles from the one in which `start` is seen to that of the last write, both counted.
  std::int64_t cycles = 0;
  std::vector<std::int64_t> product;  ///< row-major; what was written, once for each element
  bool eachWrittenOnce = true;
};

/// The sizes there are circuits of.
[[nodiscard]] std::vector<CircuitSize> circuitSizes();

/// Fills the operand memories, starts the circuit and clocks it until it is done. Throws std::runtime_error
/// if there is no circuit of that size, the operands do not fit its memories, or it is not done in time.
[[nodiscard]] CircuitRun runCircuit(const CircuitSize& size, const CircuitTask& task);

}  // namespace taktwerk::test
