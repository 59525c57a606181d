// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// Something of an accelerator that a layer does not fill: the elements of an array along one dimension, or
/// what an operation could take at once. Passes that use a part of it take as long as full ones, so cycles
/// over a dimension of a layer, or of the array, go up in steps.
struct PartlyFilled {
  enum class What : std::uint8_t { Array, Immediate };
  std::string layer;
  Cycles cycles = 0;  ///< of the layer
  What what = What::Array;
  std::string name;  ///< of an array "pe[ ][ ].alu", of an immediate its operation
  std::string
      dimension;  ///< "rows" and "columns" (of more dimensions "dimension 3"), or the immediate's name
  std::int64_t full = 0;  ///< elements of the array, or the largest value that a layer of the network has
  /// So many of them in which share of the passes (0 to 1), from few to many; the shares add up to 1.
  std::vector<std::pair<std::int64_t, double>> parts;

  /// The share of it that is used in the mean, 0 to 1.
  [[nodiscard]] double meanShare() const;
  /// How much is empty for how long: the empty share times the layer's cycles.
  [[nodiscard]] double weight() const { return (1 - meanShare()) * static_cast<double>(cycles); }
};

/// "pe[2][3].alu" as "pe[ ][ ].alu": elements of an array are one. Names without indexes stay as they are.
[[nodiscard]] std::string withoutIndexes(const std::string& name);

/// What each layer leaves empty; the heaviest first, of equals in the order of the network. Needs estimates
/// with usage; others give nothing.
[[nodiscard]] std::vector<PartlyFilled> partlyFilled(const NetworkEstimate& estimate);

}  // namespace taktwerk
