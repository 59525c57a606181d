// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/whole_value.h"

namespace taktwerk {
namespace {

using Operator = Expression::Operator;
using Node = CompiledExpression::Node;

/// Each step gives false where it has no whole value.
class Steps {
 public:
  Steps(const CompiledExpression& expression, const std::vector<SlotValue>& slots)
      : nodes_(expression.nodes.data()), operands_(expression.operands.data()), slots_(slots.data()) {}

  bool value(std::uint32_t index, std::int64_t& result) const {
    const Node& node = nodes_[index];
    switch (node.op) {
      case Operator::Constant:
        result = node.constant.numerator;
        return node.constant.isWhole();
      case Operator::Variable: {
        const SlotValue& slot = slots_[node.slot];
        result = slot.value.base;
        return slot.known && slot.value.levels == 0 && slot.value.denominator == 1;
      }
      case Operator::Negate:
        return operand(node, 0, result) && !__builtin_sub_overflow(0, result, &result);
      case Operator::Absolute:
        return operand(node, 0, result) && (result >= 0 || !__builtin_sub_overflow(0, result, &result));
      case Operator::Not:
        if (!operand(node, 0, result)) return false;
        result = result == 0 ? 1 : 0;
        return true;
      case Operator::And:
      case Operator::Or:
        if (!operand(node, 0, result)) return false;
        if ((result != 0) == (node.op == Operator::And) && !operand(node, 1, result)) return false;
        result = result != 0 ? 1 : 0;
        return true;
      case Operator::If:
        return operand(node, 0, result) && operand(node, result != 0 ? 1 : 2, result);
      case Operator::Minimum:
      case Operator::Maximum:
        return extreme(node, result);
      case Operator::Ceil:
      case Operator::Floor:
        return rounded(node, result);
      case Operator::Power:
        return false;
      default:
        return binary(node, result);
    }
  }

 private:
  bool operand(const Node& node, std::uint32_t place, std::int64_t& result) const {
    return value(operands_[node.firstOperand + place], result);
  }

  bool extreme(const Node& node, std::int64_t& result) const {
    if (!operand(node, 0, result)) return false;
    for (std::uint32_t i = 1; i < node.operandCount; ++i) {
      std::int64_t other = 0;
      if (!operand(node, i, other)) return false;
      if (node.op == Operator::Minimum ? other < result : other > result) result = other;
    }
    return true;
  }

  /// Rounds the quotient in it, if it is one; whole numbers stay.
  bool rounded(const Node& node, std::int64_t& result) const {
    const Node& inner = nodes_[operands_[node.firstOperand]];
    if (inner.op != Operator::Divide) return operand(node, 0, result);
    std::int64_t divisor = 0;
    if (!operand(inner, 0, result) || !operand(inner, 1, divisor) || divisor < 1) return false;
    const std::int64_t down = floorOfQuotient(result, divisor);
    result = down + (node.op == Operator::Ceil && result % divisor != 0 ? 1 : 0);
    return true;
  }

  bool binary(const Node& node, std::int64_t& result) const {
    std::int64_t right = 0;
    if (!operand(node, 0, result) || !operand(node, 1, right)) return false;
    const std::int64_t left = result;
    switch (node.op) {
      case Operator::Add:
        return !__builtin_add_overflow(left, right, &result);
      case Operator::Subtract:
        return !__builtin_sub_overflow(left, right, &result);
      case Operator::Multiply:
        return !__builtin_mul_overflow(left, right, &result);
      case Operator::Divide:
        if (right < 1 || left % right != 0) return false;
        result = left / right;
        return true;
      case Operator::FloorDivide:
        if (right < 1) return false;
        result = floorOfQuotient(left, right);
        return true;
      case Operator::Modulo:
        if (right < 1) return false;
        result = remainderOf(left, right);
        return true;
      default:
        return compared(node.op, left, right, result);
    }
  }

  /// An `Evaluator` compares by the difference, which must fit.
  static bool compared(Operator op, std::int64_t left, std::int64_t right, std::int64_t& result) {
    constexpr std::int64_t large = std::int64_t{1} << 61U;
    if (left > large || left < -large || right > large || right < -large) return false;
    const auto holds = [&] {
      switch (op) {
        case Operator::Equal:
          return left == right;
        case Operator::NotEqual:
          return left != right;
        case Operator::Less:
          return left < right;
        case Operator::LessEqual:
          return left <= right;
        case Operator::Greater:
          return left > right;
        default:
          return left >= right;
      }
    };
    result = holds() ? 1 : 0;
    return true;
  }

  const Node* nodes_;
  const std::uint32_t* operands_;
  const SlotValue* slots_;
};

}  // namespace

std::optional<std::int64_t> wholeValue(const CompiledExpression& expression,
                                       const std::vector<SlotValue>& slots) {
  std::int64_t value = 0;
  const auto root = static_cast<std::uint32_t>(expression.nodes.size() - 1);
  return Steps(expression, slots).value(root, value) ? std::optional(value) : std::nullopt;
}

}  // namespace taktwerk
