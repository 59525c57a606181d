// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/mapping/affine.h"
#include "core/mapping/mapping_document.h"

namespace taktwerk {

/// What became of the making of a part of the program.
enum class Outcome : std::uint8_t {
  Done,
  Split,  ///< a loop must be taken in parts first: see `SplitRequest`
  Failed  ///< an error has been reported
};

/// How a loop has to be taken so that something in its body becomes the same for a whole part.
struct SplitRequest {
  enum class Kind : std::uint8_t { Breakpoints, Unroll, StripMine };
  Kind kind = Kind::Breakpoints;
  std::uint32_t level = 0;
  std::vector<std::int64_t> breakpoints;  ///< ascending first iterations of new parts
  std::int64_t factor = 1;                ///< of Unroll and StripMine
};

/// What a value is wanted for; decides what `v % n` does to the loop.
enum class Use : std::uint8_t {
  Address,  ///< may be affine; large n: nested loops
  Control,  ///< conditions, trip counts: must be constant; large n: nested loops
  Fixed     ///< registers, units, immediates, words: must be constant; loops are unrolled
};

/// The value of a name, or why it has none.
struct SlotValue {
  Affine value;
  bool known = false;
  std::string problem;
};

/// Evaluates a mapping's expressions over loop variables: results are affine in them. Where the answer
/// differs between iterations it asks for a split instead.
class Evaluator {
 public:
  using Report = std::function<void(SourcePosition position, std::string message)>;

  Evaluator(std::vector<SlotValue>& slots, const LoopLevels& levels, Report report)
      : slots_(slots), levels_(levels), report_(std::move(report)) {}

  Outcome affine(const CompiledExpression& expression, Affine& result, Use use = Use::Address);
  /// A whole number that is the same for all iterations under way.
  Outcome constant(const CompiledExpression& expression, std::int64_t& result, Use use);
  /// As `constant`, of a value already computed.
  Outcome constant(const Affine& value, const CompiledExpression& expression, std::int64_t& result, Use use);
  Outcome condition(const CompiledExpression& expression, bool& result);
  /// Whether value >= 0 for all iterations under way.
  Outcome isNotNegative(const Affine& value, const CompiledExpression& blame, bool& result);

  [[nodiscard]] SplitRequest& request() { return request_; }

 private:
  using Node = CompiledExpression::Node;

  Outcome evaluate(std::uint32_t index, Affine& result);
  Outcome evaluateBinary(const Node& node, Affine& left, Affine& result);
  Outcome multiply(const Node& node, Affine& left, Affine& right, Affine& result);
  Outcome divide(const Node& node, Affine& left, const Affine& right, Affine& result);
  Outcome floorDivide(const Node& node, Affine& left, const Affine& right, bool remainder, Affine& result);
  Outcome compareNodes(const Node& node, const Affine& left, const Affine& right, Affine& result);
  Outcome extreme(const Node& node, Affine& result);
  Outcome rounded(const Node& node, Affine& result);
  Outcome isZero(const Affine& value, std::uint32_t column, bool& result);
  Outcome notNegative(const Affine& value, std::uint32_t column, bool& result);
  Outcome truth(std::uint32_t index, bool& result);

  Outcome fail(std::uint32_t column, const std::string& message);
  Outcome overflow(std::uint32_t column) { return fail(column, "the result does not fit 64 bits"); }
  Outcome takeInParts(std::uint32_t level, std::int64_t first, std::int64_t end, std::uint32_t column);
  Outcome requestFactor(const Affine& value, std::int64_t divisor, std::uint32_t column);
  [[nodiscard]] std::string variablesOf(const Affine& value) const;
  [[nodiscard]] std::uint32_t operand(const Node& node, std::uint32_t i) const {
    return expression_->operands[node.firstOperand + i];
  }

  std::vector<SlotValue>& slots_;
  const LoopLevels& levels_;
  Report report_;
  SplitRequest request_;
  const CompiledExpression* expression_ = nullptr;
  Use use_ = Use::Address;
};

}  // namespace taktwerk
