// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/document_reader.h"
#include "core/base/expression.h"

namespace taktwerk {

/// A name of a mapping, resolved: an index into the values a program is made with.
using SlotIndex = std::uint32_t;

/// An expression whose names are slots, ready to be evaluated many times.
struct CompiledExpression {
  struct Node {
    Expression::Operator op = Expression::Operator::Constant;
    std::uint32_t column = 1;
    Rational constant;
    SlotIndex slot = 0;
    std::uint32_t firstOperand = 0;  ///< into `operands`
    std::uint32_t operandCount = 0;
  };
  std::vector<Node> nodes;  ///< the root is the last
  std::vector<std::uint32_t> operands;
  std::string text;
  SourcePosition position;

  [[nodiscard]] SourcePosition at(std::uint32_t column) const {
    return {position.line, position.column + (column > 0 ? column - 1 : 0)};
  }
};

/// `slotOf` gives the slot of a name, creating one if need be.
[[nodiscard]] CompiledExpression compile(const PlacedExpression& source,
                                         const std::function<SlotIndex(const std::string& name)>& slotOf);

/// A constant as a compiled expression.
[[nodiscard]] CompiledExpression compiledConstant(std::int64_t value, SourcePosition position);

}  // namespace taktwerk
