// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/network/network.h"

namespace taktwerk {

/// What is wrong with a layer and which part of it: a dimension, an input, the output, or the layer itself.
struct LayerProblem {
  std::string message;
  std::string dimension;             ///< if it is about one
  std::optional<std::size_t> input;  ///< if it is about one
  bool output = false;
};

/// Completes a layer whose operator, tensors and given dimensions are set: fills in defaults and derived
/// dimensions, checks the tensors' shapes against them, computes `macs`. Used by the reader and by importers.
/// Tensors must be valid and their element counts must fit 64 bits.
[[nodiscard]] std::vector<LayerProblem> completeLayer(const Network& network, Layer& layer);

/// Whether `expected` comes of `shape` by taking neighbouring axes as one; extents of 1 may come and go.
[[nodiscard]] bool joinsTo(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& expected);

/// "[1, 40, 101]".
[[nodiscard]] std::string shapeText(const std::vector<std::int64_t>& shape);

}  // namespace taktwerk
