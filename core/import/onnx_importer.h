// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/import/import_network.h"
#include "core/network/network.h"

namespace taktwerk {

/// Turns the bytes of an ONNX model into a network.
///
/// - Convolution, Gemm, MatMul, pooling, activations, normalisations, additions and products become layers of
///   the table of operators, quantised forms (QLinearConv, ConvInteger, …) too.
/// - What only changes how elements are looked at (Reshape, Flatten, Squeeze, Identity, Dropout, Cast,
///   QuantizeLinear, a Transpose that moves nothing, …) is left out; where the next layer needs the other
///   shape, a `reshape` stays.
/// - What deployment fuses is fused: inference BatchNormalization and additions of a bias into the layer
///   before, Pad into the convolution behind it, x · Sigmoid(x) into `swish`, whatever depends on constants
///   only into a constant.
/// - Any other operator becomes a foreign layer with its own name. Its output's shape is the file's, or one
///   that follows from its inputs; where neither is known that is a warning, and the shape of its first input
///   is taken.
///
/// Shapes come from rules of our own, checked for overflow; shapes that the file states for what lies between
/// its layers are used for foreign operators only. Weights are not looked at, only their shapes; external
/// data is never opened. Element widths are the file's unless `options.bits` says otherwise.
[[nodiscard]] Result<Network> parseOnnx(std::string_view bytes, const std::string& file,
                                        const ImportOptions& options = {});

}  // namespace taktwerk
