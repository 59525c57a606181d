// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace taktwerk::test {

/// What the circuit in tests/rtl took for a matrix product of m x k by k x n.
struct RecordedProduct {
  std::int64_t rows = 0, columns = 0, lineWords = 0;  ///< the array's
  std::int64_t m = 0, n = 0, k = 0;
  std::int64_t cycles = 0;
};

/// Those in tests/data/rtl/output_stationary_array.csv.
[[nodiscard]] std::vector<RecordedProduct> recordedProducts();
/// As that file has them.
[[nodiscard]] std::string textOf(const std::vector<RecordedProduct>& products);

}  // namespace taktwerk::test
