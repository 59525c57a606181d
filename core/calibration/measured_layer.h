// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

#include "core/network/operators.h"

namespace taktwerk {

using LayerDimensions = std::map<std::string, std::int64_t, std::less<>>;

/// Completes what is known of a layer's dimensions: defaults, what follows, and where an extent is missing
/// that a given one follows from, the smallest that gives it: of `P` results in strides of 2 the input that
/// is just large enough. Or what is wrong, in words.
[[nodiscard]] std::variant<LayerDimensions, std::string> completeDimensions(
    const OperatorSpecification& specification, const LayerDimensions& given);

/// The text of a network (taktwerk-network/1) that is one layer, with tensors of the shapes that its
/// dimensions tell. `bias`: with the last operand that may be missing.
[[nodiscard]] std::string networkOfLayer(const OperatorSpecification& specification, const std::string& name,
                                         const LayerDimensions& dimensions, std::int64_t bits, bool bias);

}  // namespace taktwerk
