// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/rational.h"

namespace taktwerk {

/// What is wrong with an expression and where: `column` counts from 1 within the expression's text.
struct ExpressionError {
  std::uint32_t column = 1;
  std::string message;
};

/// A parsed arithmetic expression over named values, computed in exact rationals.
///
/// Operators by falling precedence: `^` (right associative), unary `-`, `* / // %`, `+ -`,
/// `== != < <= > >=` (1 or 0; do not chain), `not`, `and`, `or`. Functions: `min` and `max` (one or more
/// arguments), `ceil floor abs` (one), `if(condition, then, else)` (only the chosen branch is computed).
/// `//` is floor division, `%` its remainder. Numbers are decimal whole numbers. Names are
/// identifiers, possibly dotted (`arch.rows`). `bits(weight)` and `words(weight)` read a property of a
/// named tensor; they are variables whose name is spelt exactly so, without blanks.
/// There are no assignments, no side effects and no loops; length (4,000 bytes), nesting (100)
/// and different names (64) are limited.
///
///     auto parsed = Expression::parse("ceil(k / 4) + latency");
///     auto value = std::get<Expression>(parsed).evaluate(lookup);   // k = 14, latency = 1: 5
class Expression {
 public:
  enum class Operator : std::uint8_t {
    Constant,
    Variable,
    Negate,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    Minimum,
    Maximum,
    Ceil,
    Floor,
    Absolute,
    If
  };
  /// A node of the tree; operands are indices into `nodes()` and always smaller than the node's own.
  struct Node {
    Operator op = Operator::Constant;
    std::uint32_t column = 1;    ///< of the operator or name, for messages
    Rational constant;           ///< of Constant
    std::uint32_t variable = 0;  ///< of Variable: index into `variables()`
    std::vector<std::uint32_t> operands;
  };
  using Value = std::variant<Rational, ExpressionError>;
  using Lookup = std::function<std::optional<Rational>(std::string_view name)>;

  Expression() = default;
  // No moves: what a move would leave behind could not be looked at.
  Expression(const Expression&) = default;
  Expression& operator=(const Expression&) = default;

  [[nodiscard]] static std::variant<Expression, ExpressionError> parse(std::string_view text);
  [[nodiscard]] static Expression constant(std::int64_t value);

  /// Computes the value; an unknown name, a division by 0 or an overflow is an error with its column.
  [[nodiscard]] Value evaluate(const Lookup& lookup) const;
  /// As `evaluate`; a value that is not whole or below 0 is an error too ("must be a whole number, is 7/2").
  [[nodiscard]] std::variant<std::int64_t, ExpressionError> evaluateWhole(const Lookup& lookup) const;

  [[nodiscard]] const std::string& text() const { return content_->text; }
  /// Distinct names, in the order of their first appearance.
  [[nodiscard]] const std::vector<std::string>& variables() const { return content_->variables; }
  /// The root is the last node.
  [[nodiscard]] const std::vector<Node>& nodes() const { return content_->nodes; }
  [[nodiscard]] bool isConstant() const { return content_->variables.empty(); }

 private:
  /// Never changes once it is parsed, so that copies, of which sweeps make very many, share it.
  struct Content {
    std::string text;
    std::vector<std::string> variables;
    std::vector<Node> nodes;
  };
  [[nodiscard]] static const std::shared_ptr<const Content>& nothing();
  std::shared_ptr<const Content> content_ = nothing();
  friend class ExpressionParser;
};

}  // namespace taktwerk
