// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expression.h"

namespace taktwerk {

/// How the axes of an operator's tensors follow from its dimensions.
enum class ShapeRule : std::uint8_t {
  Exact,      ///< rank and extents as the operand's axes say
  Joined,     ///< as Exact, but neighbouring axes of a tensor count as one: [1, 256, 6, 6] is [1, 9216]
  Flat,       ///< any shape, all equal: [E]
  Broadcast,  ///< a any shape, seen as [B, M, E]; b seen as [M], repeated before and after
  Channels,   ///< [N, K, rest…] seen as [N, K, E]; parameters [K]
  Rows,       ///< [rest…, N] seen as [M, N]; parameters [N]
  Resize,     ///< any shape, as many elements out as in: [E]
  Transpose,  ///< as Resize, and the same extents in another order
  Concat      ///< any number of inputs, equal but along `axis`, where they add up: [E]
};

/// A dimension in the field's own letters. One without default must be given; a derived one may be given
/// too and must then agree.
struct DimensionSpecification {
  std::string name;
  std::optional<Expression> value;  ///< default or formula, over dimensions that stand before it
  bool derived = false;
  std::int64_t minimum = 1;
  std::string description;
};

/// One axis as mappings see it: a letter to name it in layouts, and its extent.
struct AxisSpecification {
  std::string letter;
  Expression extent;
};

struct OperandSpecification {
  std::string name;                     ///< "input", "weight", "bias", "a", "b", "output"
  bool optional = false;                ///< only trailing inputs are
  std::vector<AxisSpecification> axes;  ///< as collapsed by the shape rule
};

struct OperatorCondition {
  Expression condition;  ///< over the dimensions
  std::string message;   ///< what must hold, in words
};

/// One operator: dimensions, operands, multiply-accumulates. The one table for reader, importers,
/// mappings and documentation.
///
///     conv1d: N batch, C input channels, K output channels, W input width, F taps, Q output width
///       input [N, C, W], weight [K, C / groups, F], bias [K] (may be missing) → output [N, K, Q]
///       macs N·K·Q·(C / groups)·F
struct OperatorSpecification {
  std::string name;
  std::string description;
  ShapeRule rule = ShapeRule::Exact;
  std::vector<DimensionSpecification> dimensions;
  std::vector<OperandSpecification> inputs;
  OperandSpecification output;
  std::vector<OperatorCondition> conditions;
  std::optional<Expression> macs;  ///< none: 0

  [[nodiscard]] const DimensionSpecification* findDimension(std::string_view dimension) const;
  /// The operand's specification by name, `output` included, or null pointer.
  [[nodiscard]] const OperandSpecification* findOperand(std::string_view operand) const;
};

/// Every operator, by name.
[[nodiscard]] std::span<const OperatorSpecification> operatorSpecifications();
/// Also understands "silu" for "swish". Null pointer if there is none.
[[nodiscard]] const OperatorSpecification* findOperator(std::string_view name);
[[nodiscard]] std::vector<std::string> operatorNames();

/// A tensor's shape as the operator's axes see it, outermost first: what layouts and indices of mappings
/// refer to. Empty when the operand has no such view (a missing one).
[[nodiscard]] std::vector<std::int64_t> collapsedShape(
    const OperatorSpecification& specification, const OperandSpecification& operand,
    const std::map<std::string, std::int64_t, std::less<>>& dimensions);

}  // namespace taktwerk
