// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taktwerk::onnx_shapes {

using Shape = std::vector<std::int64_t>;
using Numbers = std::vector<std::int64_t>;

/// A shape, or why there is none. Nothing here trusts its arguments: no overflow, no division by zero.
struct Outcome {
  Shape shape;
  std::string problem;
  [[nodiscard]] bool good() const { return problem.empty(); }
};

/// Attributes of Conv and of the pools, as in the file; empty lists are the defaults.
struct Window {
  Numbers kernel, strides, dilations, pads;  ///< pads: all beginnings, then all ends
  std::string_view autoPad = "NOTSET";
  bool roundUp = false;  ///< ceil_mode
};

/// A window with every list filled in for the spatial axes of `input` ([N, C, …]) and the outputs it has.
struct PlacedWindow {
  Numbers kernel, strides, dilations, before, after;
  Shape outputs;
  std::string problem;
};
[[nodiscard]] PlacedWindow place(const Window& window, const Shape& input);

[[nodiscard]] Outcome broadcast(const Shape& a, const Shape& b);
/// ONNX's MatMul: the last two axes multiply, those before are broadcast.
[[nodiscard]] Outcome matmul(const Shape& a, const Shape& b);
/// `target` may hold one −1, and 0 for "as in the input" unless `zeroIsZero`.
[[nodiscard]] Outcome reshape(const Shape& input, const Numbers& target, bool zeroIsZero);
[[nodiscard]] Outcome flatten(const Shape& input, std::int64_t axis);
/// Without axes all extents of 1 go.
[[nodiscard]] Outcome squeeze(const Shape& input, const std::optional<Numbers>& axes);
[[nodiscard]] Outcome unsqueeze(const Shape& input, const Numbers& axes);
/// Without an order the axes are reversed.
[[nodiscard]] Outcome transpose(const Shape& input, const Numbers& order);
[[nodiscard]] Outcome concat(const std::vector<Shape>& inputs, std::int64_t axis);
[[nodiscard]] Outcome reduce(const Shape& input, const std::optional<Numbers>& axes, bool keep);
[[nodiscard]] Outcome pad(const Shape& input, const Numbers& pads);
[[nodiscard]] Outcome slice(const Shape& input, const Numbers& starts, const Numbers& ends,
                            const Numbers& axes, const Numbers& steps);
/// Replaces the axis by the shape of the indices.
[[nodiscard]] Outcome gather(const Shape& input, const Shape& indices, std::int64_t axis);

/// −1 is the last axis; nothing when it is none of `rank`.
[[nodiscard]] std::optional<std::size_t> axisOf(std::int64_t axis, std::size_t rank);
/// Whether a transpose leaves the elements in their order: only extents of 1 move.
[[nodiscard]] bool movesNothing(const Shape& input, const Numbers& order);

}  // namespace taktwerk::onnx_shapes
