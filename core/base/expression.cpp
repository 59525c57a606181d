// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/expression.h"

#include <array>
#include <span>
#include <utility>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

enum class Failure : std::uint8_t { None, UnknownName, DivisionByZero, FractionalExponent, Overflow };

/// The value of a node, or why there is none and which node is to blame. Failures are values until a
/// chosen branch asks for them, so that `if(n == 0, 0, 1 / n)` is 0 for n = 0 without recursion.
struct Slot {
  Rational value;
  Failure failure = Failure::None;
  std::uint32_t culprit = 0;
};

using Operator = Expression::Operator;

Slot whole(bool condition) {
  return {Rational(condition ? 1 : 0), Failure::None, 0};
}

Slot orOverflow(const std::optional<Rational>& value, std::uint32_t node) {
  if (value) return {*value, Failure::None, 0};
  return {{}, Failure::Overflow, node};
}

Slot compute(Operator op, std::uint32_t node, Rational a, Rational b) {
  switch (op) {
    case Operator::Negate:
      return orOverflow(subtract(Rational(0), a), node);
    case Operator::Not:
      return whole(a.numerator == 0);
    case Operator::Add:
      return orOverflow(add(a, b), node);
    case Operator::Subtract:
      return orOverflow(subtract(a, b), node);
    case Operator::Multiply:
      return orOverflow(multiply(a, b), node);
    case Operator::Divide:
    case Operator::FloorDivide:
    case Operator::Modulo:
      if (b.numerator == 0) return {{}, Failure::DivisionByZero, node};
      if (op == Operator::Divide) return orOverflow(divide(a, b), node);
      return orOverflow(op == Operator::Modulo ? modulo(a, b) : floorDivide(a, b), node);
    case Operator::Power:
      if (!b.isWhole()) return {{}, Failure::FractionalExponent, node};
      if (a.numerator == 0 && b.numerator < 0) return {{}, Failure::DivisionByZero, node};
      return orOverflow(power(a, b), node);
    case Operator::Equal:
      return whole(a == b);
    case Operator::NotEqual:
      return whole(!(a == b));
    case Operator::Less:
      return whole(compare(a, b) < 0);
    case Operator::LessEqual:
      return whole(compare(a, b) <= 0);
    case Operator::Greater:
      return whole(compare(a, b) > 0);
    case Operator::GreaterEqual:
      return whole(compare(a, b) >= 0);
    case Operator::Ceil:
      return orOverflow(ceilOf(a), node);
    case Operator::Floor:
      return orOverflow(floorOf(a), node);
    case Operator::Absolute:
      return a.numerator < 0 ? orOverflow(subtract(Rational(0), a), node) : Slot{a, Failure::None, 0};
    default:
      return {a, Failure::None, 0};
  }
}

Slot computeExtreme(const Expression::Node& node, std::span<const Slot> slots) {
  Slot best = slots[node.operands[0]];
  for (std::size_t i = 1; i < node.operands.size() && best.failure == Failure::None; ++i) {
    const Slot& other = slots[node.operands[i]];
    if (other.failure != Failure::None) return other;
    const int order = compare(other.value, best.value);
    if (node.op == Operator::Minimum ? order < 0 : order > 0) best = other;
  }
  return best;
}

/// Operators that look at an operand only if another one asks for it.
Slot computeLazily(const Expression::Node& node, std::span<const Slot> slots) {
  const Slot& first = slots[node.operands[0]];
  if (first.failure != Failure::None) return first;
  const bool holds = first.value.numerator != 0;
  if (node.op == Operator::If) return slots[node.operands[holds ? 1 : 2]];
  if (holds == (node.op == Operator::Or)) return whole(holds);
  const Slot& second = slots[node.operands[1]];
  return second.failure != Failure::None ? second : whole(second.value.numerator != 0);
}

Slot computeNode(const Expression::Node& node, std::uint32_t index, std::span<const Slot> slots) {
  switch (node.op) {
    case Operator::Constant:
      return {node.constant, Failure::None, 0};
    case Operator::And:
    case Operator::Or:
    case Operator::If:
      return computeLazily(node, slots);
    case Operator::Minimum:
    case Operator::Maximum:
      return computeExtreme(node, slots);
    default:
      break;
  }
  const Slot& a = slots[node.operands[0]];
  if (a.failure != Failure::None) return a;
  if (node.operands.size() == 1) return compute(node.op, index, a.value, {});
  const Slot& b = slots[node.operands[1]];
  if (b.failure != Failure::None) return b;
  return compute(node.op, index, a.value, b.value);
}

std::string describe(Failure failure, const std::string& name) {
  switch (failure) {
    case Failure::UnknownName:
      return "unknown name " + inQuotes(name);
    case Failure::DivisionByZero:
      return "division by 0";
    case Failure::FractionalExponent:
      return "an exponent must be a whole number";
    default:
      return "the result does not fit 64 bits";
  }
}

std::string toText(Rational value) {
  std::string text = std::to_string(value.numerator);
  if (!value.isWhole()) text += '/' + std::to_string(value.denominator);
  return text;
}

}  // namespace

Expression Expression::constant(std::int64_t value) {
  Content content;
  content.text = std::to_string(value);
  content.nodes.emplace_back().constant = Rational(value);
  Expression expression;
  expression.content_ = std::make_shared<const Content>(std::move(content));
  return expression;
}

const std::shared_ptr<const Expression::Content>& Expression::nothing() {
  static const auto empty = std::make_shared<const Content>();
  return empty;
}

Expression::Value Expression::evaluate(const Lookup& lookup) const {
  const std::vector<Node>& nodes = content_->nodes;
  const std::vector<std::string>& variables = content_->variables;
  if (nodes.empty()) return ExpressionError{1, "the expression is empty"};
  std::array<Slot, 24> few;
  std::vector<Slot> many;
  std::span<Slot> slots = few;
  if (nodes.size() > few.size()) {
    many.resize(nodes.size());
    slots = many;
  }
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (node.op == Operator::Variable) {
      const std::optional<Rational> value = lookup ? lookup(variables[node.variable]) : std::nullopt;
      slots[i] = value ? Slot{*value, Failure::None, 0} : Slot{{}, Failure::UnknownName, i};
    } else {
      slots[i] = computeNode(node, i, slots);
    }
  }
  const Slot& result = slots[nodes.size() - 1];
  if (result.failure == Failure::None) return result.value;
  const Node& culprit = nodes[result.culprit];
  return ExpressionError{
      culprit.column, describe(result.failure, culprit.op == Operator::Variable ? variables[culprit.variable]
                                                                                : std::string{})};
}

std::variant<std::int64_t, ExpressionError> Expression::evaluateWhole(const Lookup& lookup) const {
  Value value = evaluate(lookup);
  if (auto* error = std::get_if<ExpressionError>(&value)) return std::move(*error);
  const Rational result = std::get<Rational>(value);
  if (!result.isWhole()) return ExpressionError{1, "must be a whole number, is " + toText(result)};
  if (result.numerator < 0) return ExpressionError{1, "must be at least 0, is " + toText(result)};
  return result.numerator;
}

}  // namespace taktwerk
