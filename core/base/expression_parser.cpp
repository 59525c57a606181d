// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "core/base/expression.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

using Operator = Expression::Operator;

constexpr std::size_t longestText = 4000;
constexpr int deepestNesting = 100;
constexpr std::size_t mostNames = 64;

struct Function {
  std::string_view name;
  Operator op;
  std::size_t fewest;
  std::size_t most;
};
constexpr std::array<Function, 6> functions{{{"min", Operator::Minimum, 1, 4000},
                                             {"max", Operator::Maximum, 1, 4000},
                                             {"ceil", Operator::Ceil, 1, 1},
                                             {"floor", Operator::Floor, 1, 1},
                                             {"abs", Operator::Absolute, 1, 1},
                                             {"if", Operator::If, 3, 3}}};

struct Symbol {
  std::string_view text;
  Operator op;
};
// Longer spellings first.
constexpr std::array<Symbol, 6> comparisons{{{"==", Operator::Equal},
                                             {"!=", Operator::NotEqual},
                                             {"<=", Operator::LessEqual},
                                             {">=", Operator::GreaterEqual},
                                             {"<", Operator::Less},
                                             {">", Operator::Greater}}};
constexpr std::array<Symbol, 2> sums{{{"+", Operator::Add}, {"-", Operator::Subtract}}};
constexpr std::array<Symbol, 4> products{{{"//", Operator::FloorDivide},
                                          {"*", Operator::Multiply},
                                          {"/", Operator::Divide},
                                          {"%", Operator::Modulo}}};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

/// Recursive descent; each level of the grammar is a function that returns the index of its node, or
/// nothing once `error_` is set.
class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : text_(text) { result_.text = text; }

  std::variant<Expression, ExpressionError> run() {
    if (text_.size() > longestText) {
      return ExpressionError{1, "the expression is longer than " + std::to_string(longestText) + " bytes"};
    }
    skipBlanks();
    if (atEnd()) return ExpressionError{1, "the expression is empty"};
    if (parseOr()) {
      if (!atEnd()) fail(unexpected("an operator"));
    }
    if (error_) return std::move(*error_);
    Expression parsed;
    parsed.content_ = std::make_shared<const Expression::Content>(std::move(result_));
    return parsed;
  }

 private:
  using Index = std::optional<std::uint32_t>;

  /// Counts how deep the recursion is, for one level of the grammar that calls itself.
  struct Deeper {
    explicit Deeper(ExpressionParser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool tooDeep() const {
      if (parser_.depth_ <= deepestNesting) return false;
      parser_.fail("the expression is nested deeper than " + std::to_string(deepestNesting) + " levels");
      return true;
    }
    ExpressionParser& parser_;
  };

  Index parseOr() {
    const Deeper deeper(*this);
    if (deeper.tooDeep()) return {};
    Index left = parseAnd();
    while (left) {
      const std::uint32_t column = here();
      if (!takeWord("or")) break;
      left = binary(Operator::Or, column, left, parseAnd());
    }
    return left;
  }

  Index parseAnd() {
    Index left = parseNot();
    while (left) {
      const std::uint32_t column = here();
      if (!takeWord("and")) break;
      left = binary(Operator::And, column, left, parseNot());
    }
    return left;
  }

  Index parseNot() {
    const std::uint32_t column = here();
    if (!takeWord("not")) return parseComparison();
    const Deeper deeper(*this);
    if (deeper.tooDeep()) return {};
    const Index operand = parseNot();
    return operand ? Index(append(Operator::Not, column, {*operand})) : Index{};
  }

  Index parseComparison() {
    Index left = parseSum();
    if (!left) return {};
    const std::uint32_t column = here();
    const Symbol* symbol = take(comparisons);
    if (symbol == nullptr) {
      if (peek() == '=') fail("unexpected \"=\"; equality is written ==");
      return error_ ? Index{} : left;
    }
    left = binary(symbol->op, column, left, parseSum());
    if (!left) return {};
    const std::uint32_t second = here();
    if (take(comparisons) != nullptr) {
      failAt(second, "comparisons do not chain; write a < b and b < c");
      return {};
    }
    return left;
  }

  Index parseSum() {
    Index left = parseProduct();
    while (left) {
      const std::uint32_t column = here();
      const Symbol* symbol = take(sums);
      if (symbol == nullptr) break;
      left = binary(symbol->op, column, left, parseProduct());
    }
    return left;
  }

  Index parseProduct() {
    Index left = parseUnary();
    while (left) {
      const std::uint32_t column = here();
      const Symbol* symbol = take(products);
      if (symbol == nullptr) break;
      left = binary(symbol->op, column, left, parseUnary());
    }
    return left;
  }

  Index parseUnary() {
    const std::uint32_t column = here();
    const Deeper deeper(*this);
    if (deeper.tooDeep()) return {};
    if (takeSymbol("-")) {
      const Index operand = parseUnary();
      return operand ? Index(append(Operator::Negate, column, {*operand})) : Index{};
    }
    const Index base = parsePrimary();
    if (!base) return {};
    const std::uint32_t caret = here();
    if (!takeSymbol("^")) return base;
    return binary(Operator::Power, caret, base, parseUnary());
  }

  Index parsePrimary() {
    if (atEnd()) {
      fail("the expression ends where a value is expected");
      return {};
    }
    if (isDigit(peek())) return parseNumber();
    if (isLetter(peek())) return parseName();
    if (takeSymbol("(")) {
      const Index inner = parseOr();
      if (!inner || !expectClosing()) return {};
      return inner;
    }
    fail(unexpected("a value"));
    return {};
  }

  Index parseNumber() {
    const std::uint32_t column = here();
    const std::size_t start = position_;
    while (!atEnd() && isDigit(peek())) ++position_;
    const std::string_view digits = text_.substr(start, position_ - start);
    if (!atEnd() && (isLetter(peek()) || peek() == '.')) {
      while (!atEnd() && (isLetter(peek()) || isDigit(peek()) || peek() == '.')) ++position_;
      failAt(column, inQuotes(text_.substr(start, position_ - start)) +
                         " is not a whole number in decimal digits; fractions are written 3 / 2");
      return {};
    }
    const std::optional<std::int64_t> value = wholeNumber(digits);
    if (!value) {
      failAt(column, whyNotWholeNumber(digits));
      return {};
    }
    skipBlanks();
    const std::uint32_t node = append(Operator::Constant, column, {});
    result_.nodes[node].constant = Rational(*value);
    return node;
  }

  Index parseName() {
    const std::uint32_t column = here();
    const std::string_view name = readName();
    skipBlanks();
    if (name == "and" || name == "or" || name == "not") {
      failAt(column, "unexpected " + inQuotes(name) + " where a value is expected");
      return {};
    }
    const auto function =
        std::find_if(functions.begin(), functions.end(), [&](const Function& f) { return f.name == name; });
    if (function != functions.end()) return parseCall(*function, column);
    if (peek() != '(') return variable(std::string(name), column);
    if (name == "bits" || name == "words") return parseProperty(name, column);
    failAt(column, "unknown function " + inQuotes(name) + "; there are min, max, ceil, floor, abs and if");
    return {};
  }

  Index parseCall(const Function& function, std::uint32_t column) {
    if (!takeSymbol("(")) {
      failAt(column, inQuotes(function.name) + " is a function and needs arguments in parentheses");
      return {};
    }
    std::vector<std::uint32_t> operands;
    do {
      const Index operand = parseOr();
      if (!operand) return {};
      operands.push_back(*operand);
    } while (takeSymbol(","));
    if (!expectClosing()) return {};
    if (operands.size() < function.fewest || operands.size() > function.most) {
      failAt(column, std::string(function.name) + " takes " + std::to_string(function.fewest) +
                         (function.fewest == 1 ? " argument" : " arguments") + ", found " +
                         std::to_string(operands.size()));
      return {};
    }
    return append(function.op, column, std::move(operands));
  }

  /// `bits(weight)`: one variable whose name includes the parentheses.
  Index parseProperty(std::string_view property, std::uint32_t column) {
    takeSymbol("(");
    if (!isLetter(peek())) {
      fail(inQuotes(property) + " takes the name of a tensor");
      return {};
    }
    const std::string_view tensor = readName();
    skipBlanks();
    if (!expectClosing()) return {};
    return variable(std::string(property) + '(' + std::string(tensor) + ')', column);
  }

  Index variable(std::string name, std::uint32_t column) {
    const auto known = std::find(result_.variables.begin(), result_.variables.end(), name);
    const auto index = static_cast<std::uint32_t>(known - result_.variables.begin());
    if (known == result_.variables.end()) {
      if (result_.variables.size() >= mostNames) {
        failAt(column, "the expression uses more than " + std::to_string(mostNames) + " different names");
        return {};
      }
      result_.variables.push_back(std::move(name));
    }
    const std::uint32_t node = append(Operator::Variable, column, {});
    result_.nodes[node].variable = index;
    return node;
  }

  Index binary(Operator op, std::uint32_t column, Index left, Index right) {
    if (!left || !right) return {};
    return append(op, column, {*left, *right});
  }

  std::uint32_t append(Operator op, std::uint32_t column, std::vector<std::uint32_t> operands) {
    Expression::Node& node = result_.nodes.emplace_back();
    node.op = op;
    node.column = column;
    node.operands = std::move(operands);
    return static_cast<std::uint32_t>(result_.nodes.size() - 1);
  }

  [[nodiscard]] bool atEnd() const { return position_ >= text_.size(); }
  [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[position_]; }
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(position_ + 1); }

  void skipBlanks() {
    while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++position_;
  }

  /// Identifiers joined by single dots.
  std::string_view readName() {
    const std::size_t start = position_;
    while (!atEnd() && (isLetter(peek()) || isDigit(peek()) ||
                        (peek() == '.' && position_ + 1 < text_.size() && isLetter(text_[position_ + 1])))) {
      ++position_;
    }
    return text_.substr(start, position_ - start);
  }

  bool takeSymbol(std::string_view symbol) {
    if (text_.substr(position_, symbol.size()) != symbol) return false;
    position_ += symbol.size();
    skipBlanks();
    return true;
  }

  template <std::size_t N>
  const Symbol* take(const std::array<Symbol, N>& symbols) {
    for (const Symbol& symbol : symbols) {
      if (takeSymbol(symbol.text)) return &symbol;
    }
    return nullptr;
  }

  bool takeWord(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    const std::size_t next = position_ + word.size();
    if (next < text_.size() && (isLetter(text_[next]) || isDigit(text_[next]) || text_[next] == '.'))
      return false;
    position_ = next;
    skipBlanks();
    return true;
  }

  bool expectClosing() {
    if (takeSymbol(")")) return true;
    fail(atEnd() ? "a closing parenthesis is missing" : unexpected("a closing parenthesis"));
    return false;
  }

  [[nodiscard]] std::string unexpected(std::string_view wanted) const {
    std::size_t length = 1;
    while (position_ + length < text_.size() &&
           (static_cast<unsigned char>(text_[position_ + length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    return "unexpected " + inQuotes(text_.substr(position_, length)) + " where " + std::string(wanted) +
           " is expected";
  }

  void fail(std::string message) { failAt(here(), std::move(message)); }
  void failAt(std::uint32_t column, std::string message) {
    if (!error_) error_ = ExpressionError{column, std::move(message)};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  int depth_ = 0;
  Expression::Content result_;
  std::optional<ExpressionError> error_;
};

std::variant<Expression, ExpressionError> Expression::parse(std::string_view text) {
  return ExpressionParser(text).run();
}

}  // namespace taktwerk
