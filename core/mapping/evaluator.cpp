// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/evaluator.h"

#include <utility>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

using Operator = Expression::Operator;

Rational truthValue(bool value) {
  return Rational(value ? 1 : 0);
}

}  // namespace

Outcome Evaluator::fail(std::uint32_t column, const std::string& message) {
  report_(expression_->at(column), "in " + inQuotes(expression_->text) + ": " + message);
  return Outcome::Failed;
}

std::string Evaluator::variablesOf(const Affine& value) const {
  std::string names;
  std::string last;
  for (std::size_t level = 0; level < value.levels; ++level) {
    if (value.coefficient[level] == 0 || levels_[level].name == nullptr) continue;
    const std::string& name = *levels_[level].name;
    if (name == last) continue;
    names += (names.empty() ? "" : ", ") + name;
    last = name;
  }
  return names;
}

Outcome Evaluator::affine(const CompiledExpression& expression, Affine& result, Use use) {
  expression_ = &expression;
  use_ = use;
  return evaluate(static_cast<std::uint32_t>(expression.nodes.size() - 1), result);
}

Outcome Evaluator::constant(const CompiledExpression& expression, std::int64_t& result, Use use) {
  Affine value;
  const Outcome status = affine(expression, value, use);
  return status == Outcome::Done ? constant(value, expression, result, use) : status;
}

Outcome Evaluator::constant(const Affine& value, const CompiledExpression& expression, std::int64_t& result,
                            Use use) {
  expression_ = &expression;
  use_ = use;
  if (value.denominator != 1) {
    return fail(1, "must be a whole number, is " + std::to_string(value.base) + '/' +
                       std::to_string(value.denominator));
  }
  for (std::uint32_t level = 0; level < value.levels; ++level) {
    if (value.coefficient[level] == 0) continue;
    if (use == Use::Control) return takeInParts(level, 0, levels_[level].trips, 1);
    return fail(
        1,
        "depends on the loop variable " + variablesOf(value) +
            "; registers, units, words and immediates may only depend on it as v % n, or on a tile's length");
  }
  result = value.base;
  return Outcome::Done;
}

Outcome Evaluator::condition(const CompiledExpression& expression, bool& result) {
  expression_ = &expression;
  use_ = Use::Control;
  return truth(static_cast<std::uint32_t>(expression.nodes.size() - 1), result);
}

Outcome Evaluator::isNotNegative(const Affine& value, const CompiledExpression& blame, bool& result) {
  expression_ = &blame;
  use_ = Use::Control;
  return notNegative(value, 1, result);
}

Outcome Evaluator::truth(std::uint32_t index, bool& result) {
  Affine value;
  const Outcome status = evaluate(index, value);
  if (status != Outcome::Done) return status;
  bool zero = false;
  const Outcome decided = isZero(value, expression_->nodes[index].column, zero);
  result = !zero;
  return decided;
}

Outcome Evaluator::evaluate(std::uint32_t index, Affine& result) {
  const Node& node = expression_->nodes[index];
  switch (node.op) {
    case Operator::Constant:
      result.set(node.constant);
      return Outcome::Done;
    case Operator::Variable: {
      const SlotValue& slot = slots_[node.slot];
      if (!slot.known)
        return fail(node.column, slot.problem.empty() ? "this name has no value here" : slot.problem);
      result = slot.value;
      return Outcome::Done;
    }
    case Operator::And:
    case Operator::Or: {
      bool left = false;
      Outcome status = truth(operand(node, 0), left);
      if (status != Outcome::Done) return status;
      if (left == (node.op == Operator::And)) status = truth(operand(node, 1), left);
      result.set(truthValue(left));
      return status;
    }
    case Operator::Not: {
      bool value = false;
      const Outcome status = truth(operand(node, 0), value);
      result.set(truthValue(!value));
      return status;
    }
    case Operator::If: {
      bool holds = false;
      const Outcome status = truth(operand(node, 0), holds);
      return status == Outcome::Done ? evaluate(operand(node, holds ? 1 : 2), result) : status;
    }
    case Operator::Minimum:
    case Operator::Maximum:
      return extreme(node, result);
    case Operator::Ceil:
    case Operator::Floor:
      return rounded(node, result);
    default:
      break;
  }
  Affine left;
  const Outcome status = evaluate(operand(node, 0), left);
  if (status != Outcome::Done) return status;
  if (node.operandCount == 2) return evaluateBinary(node, left, result);
  bool negate = node.op == Operator::Negate;
  if (node.op == Operator::Absolute) {
    const Outcome decided = notNegative(left, node.column, negate);
    if (decided != Outcome::Done) return decided;
    negate = !negate;
  }
  result = left;
  return !negate || scale(result, -1) ? Outcome::Done : overflow(node.column);
}

Outcome Evaluator::evaluateBinary(const Node& node, Affine& left, Affine& result) {
  Affine right;
  const Outcome status = evaluate(operand(node, 1), right);
  if (status != Outcome::Done) return status;
  switch (node.op) {
    case Operator::Add:
    case Operator::Subtract: {
      if (left.denominator == 1 && right.denominator == 1) {
        result = left;
        return addScaled(result, right, node.op == Operator::Add ? 1 : -1) ? Outcome::Done
                                                                           : overflow(node.column);
      }
      if (!left.isConstant() || !right.isConstant()) {
        return fail(node.column, "a fraction cannot be added to a loop variable; use // for whole quotients");
      }
      const auto sum = node.op == Operator::Add ? add(left.rational(), right.rational())
                                                : subtract(left.rational(), right.rational());
      if (!sum) return overflow(node.column);
      result.set(*sum);
      return Outcome::Done;
    }
    case Operator::Multiply:
      return multiply(node, left, right, result);
    case Operator::Divide:
      return divide(node, left, right, result);
    case Operator::FloorDivide:
      return floorDivide(node, left, right, false, result);
    case Operator::Modulo:
      return floorDivide(node, left, right, true, result);
    case Operator::Power: {
      if (!left.isConstant() || !right.isConstant() || right.denominator != 1) {
        return fail(node.column, "a power needs a constant base and a constant whole exponent");
      }
      if (left.base == 0 && right.base < 0) return fail(node.column, "division by 0");
      const auto value = power(left.rational(), right.rational());
      if (!value) return overflow(node.column);
      result.set(*value);
      return Outcome::Done;
    }
    default:
      return compareNodes(node, left, right, result);
  }
}

Outcome Evaluator::multiply(const Node& node, Affine& left, Affine& right, Affine& result) {
  const bool leftConstant = left.isConstant();
  if (leftConstant && right.isConstant()) {
    const auto product = taktwerk::multiply(left.rational(), right.rational());
    if (!product) return overflow(node.column);
    result.set(*product);
    return Outcome::Done;
  }
  if (!leftConstant && !right.isConstant()) {
    return fail(node.column, "the product of the loop variables " + variablesOf(left) + " and " +
                                 variablesOf(right) + " is not affine");
  }
  Affine& factor = leftConstant ? left : right;
  Affine& other = leftConstant ? right : left;
  if (!scale(other, factor.base)) return overflow(node.column);
  if (factor.denominator == 1) {
    result = other;
    return Outcome::Done;
  }
  return divide(node, other, Affine(factor.denominator), result);
}

Outcome Evaluator::divide(const Node& node, Affine& left, const Affine& right, Affine& result) {
  if (!right.isConstant())
    return fail(node.column, "the divisor depends on the loop variable " + variablesOf(right));
  if (right.base == 0) return fail(node.column, "division by 0");
  if (left.isConstant()) {
    const auto quotient = taktwerk::divide(left.rational(), right.rational());
    if (!quotient) return overflow(node.column);
    result.set(*quotient);
    return Outcome::Done;
  }
  bool whole = right.denominator == 1 && left.base % right.base == 0;
  for (std::size_t level = 0; whole && level < left.levels; ++level)
    whole = left.coefficient[level] % right.base == 0;
  if (!whole)
    return fail(node.column,
                "is not whole for every value of " + variablesOf(left) + "; use // to round down");
  result = left;
  result.base /= right.base;
  for (std::size_t level = 0; level < result.levels; ++level) result.coefficient[level] /= right.base;
  return Outcome::Done;
}

Outcome Evaluator::floorDivide(const Node& node, Affine& left, const Affine& right, bool remainder,
                               Affine& result) {
  if (!right.isConstant())
    return fail(node.column, "the divisor depends on the loop variable " + variablesOf(right));
  if (right.base == 0) return fail(node.column, "division by 0");
  if (left.isConstant()) {
    const auto value = remainder ? modulo(left.rational(), right.rational())
                                 : taktwerk::floorDivide(left.rational(), right.rational());
    if (!value) return overflow(node.column);
    result.set(*value);
    return Outcome::Done;
  }
  const std::int64_t divisor = right.base;
  if (right.denominator != 1 || divisor < 1)
    return fail(node.column, "a loop variable can only be divided by a whole number above 0");
  // left = divisor · quotient + rest, where the rest has what the divisor does not divide.
  Affine quotient(0), rest(0);
  quotient.levels = rest.levels = left.levels;
  for (std::size_t level = 0; level < left.levels; ++level) {
    const bool divides = left.coefficient[level] % divisor == 0;
    quotient.coefficient[level] = divides ? left.coefficient[level] / divisor : 0;
    rest.coefficient[level] = divides ? 0 : left.coefficient[level];
  }
  quotient.base = floorOfQuotient(left.base, divisor);
  rest.base = remainderOf(left.base, divisor);
  const auto range = rangeOf(rest, levels_);
  if (!range) return overflow(node.column);
  const std::int64_t wraps = floorOfQuotient(range->low, divisor);
  const bool wanted =
      remainder && use_ == Use::Fixed && range->low != range->high;  // one value for all iterations
  if (wanted || wraps != floorOfQuotient(range->high, divisor))
    return requestFactor(rest, divisor, node.column);
  if (remainder) {
    rest.base -= wraps * divisor;
    result = rest;
  } else {
    quotient.base += wraps;
    result = quotient;
  }
  return Outcome::Done;
}

Outcome Evaluator::compareNodes(const Node& node, const Affine& left, const Affine& right, Affine& result) {
  bool holds = false;
  if (left.denominator != 1 || right.denominator != 1) {
    if (!left.isConstant() || !right.isConstant())
      return fail(node.column, "a fraction cannot be compared with a loop variable");
    const int order = compare(left.rational(), right.rational());
    switch (node.op) {
      case Operator::Equal:
        holds = order == 0;
        break;
      case Operator::NotEqual:
        holds = order != 0;
        break;
      case Operator::Less:
        holds = order < 0;
        break;
      case Operator::LessEqual:
        holds = order <= 0;
        break;
      case Operator::Greater:
        holds = order > 0;
        break;
      default:
        holds = order >= 0;
        break;
    }
    result.set(truthValue(holds));
    return Outcome::Done;
  }
  // Whole numbers: a < b is b - a - 1 >= 0.
  const bool ascending = node.op == Operator::Less || node.op == Operator::LessEqual;
  Affine difference = ascending ? right : left;
  bool fits = addScaled(difference, ascending ? left : right, -1);
  if (node.op == Operator::Less || node.op == Operator::Greater) {
    fits = fits && !__builtin_sub_overflow(difference.base, 1, &difference.base);
  }
  if (!fits) return overflow(node.column);
  const bool equality = node.op == Operator::Equal || node.op == Operator::NotEqual;
  const Outcome status =
      equality ? isZero(difference, node.column, holds) : notNegative(difference, node.column, holds);
  result.set(truthValue(node.op == Operator::NotEqual ? !holds : holds));
  return status;
}

Outcome Evaluator::extreme(const Node& node, Affine& result) {
  Outcome status = evaluate(operand(node, 0), result);
  for (std::uint32_t i = 1; status == Outcome::Done && i < node.operandCount; ++i) {
    Affine other;
    status = evaluate(operand(node, i), other);
    if (status != Outcome::Done) break;
    bool takeOther = false;
    if (result.isConstant() && other.isConstant()) {
      const int order = compare(other.rational(), result.rational());
      takeOther = node.op == Operator::Minimum ? order < 0 : order > 0;
    } else if (result.denominator != 1 || other.denominator != 1) {
      return fail(node.column, "a fraction cannot be compared with a loop variable");
    } else {
      Affine difference = node.op == Operator::Minimum ? result : other;
      if (!addScaled(difference, node.op == Operator::Minimum ? other : result, -1))
        return overflow(node.column);
      status = notNegative(difference, node.column, takeOther);
    }
    if (takeOther) result = other;
  }
  return status;
}

Outcome Evaluator::rounded(const Node& node, Affine& result) {
  const Node& inner = expression_->nodes[operand(node, 0)];
  const bool up = node.op == Operator::Ceil;
  if (inner.op == Operator::Divide) {
    // ceil(a / b) and floor(a / b) of loop variables, without the fraction between.
    Affine left, right;
    Outcome status = evaluate(operand(inner, 0), left);
    if (status == Outcome::Done) status = evaluate(operand(inner, 1), right);
    if (status != Outcome::Done) return status;
    if (!left.isConstant() && left.denominator == 1) {
      if (up && !scale(left, -1)) return overflow(node.column);
      status = floorDivide(inner, left, right, false, result);
      if (status == Outcome::Done && up && !scale(result, -1)) return overflow(node.column);
      return status;
    }
  }
  const Outcome status = evaluate(operand(node, 0), result);
  if (status != Outcome::Done || result.denominator == 1) return status;
  const auto whole = up ? ceilOf(result.rational()) : floorOf(result.rational());
  if (!whole) return overflow(node.column);
  result.set(*whole);
  return Outcome::Done;
}

}  // namespace taktwerk
