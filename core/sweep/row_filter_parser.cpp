// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/quotes.h"
#include "core/sweep/row_filter.h"

namespace taktwerk {
namespace {

using Operator = Expression::Operator;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isOfName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

/// A number or a word that expressions do not have, which stands in them under another name.
struct Literal {
  std::optional<double> number;
  std::string word;
};

/// A filter's text as an expression, and where each of its characters comes from.
struct Rewritten {
  std::string text;
  std::vector<std::uint32_t> columns;
  std::map<std::string, Literal, std::less<>> literals;
  std::optional<ExpressionError> error;
};

class Rewriter {
 public:
  explicit Rewriter(std::string_view text) : text_(text) {}

  Rewritten run() && {
    while (at_ < text_.size() && !made_.error) {
      const char c = text_[at_];
      if (isDigit(c)) {
        takeNumber();
      } else if (isOfName(c)) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && isOfName(text_[at_])) ++at_;
        put(text_.substr(begin, at_ - begin), begin);
      } else if (c == '"' || c == '\'') {
        takeQuoted(c);
      } else if (c == '=' || c == '<' || c == '>' || c == '!') {
        takeComparison(c);
      } else {
        put(text_.substr(at_, 1), at_);
        ++at_;
      }
    }
    made_.columns.push_back(static_cast<std::uint32_t>(text_.size() + 1));
    return std::move(made_);
  }

 private:
  void put(std::string_view what, std::size_t from) {
    for (std::size_t i = 0; i < what.size(); ++i) {
      made_.columns.push_back(static_cast<std::uint32_t>(from + std::min(i, text_.size() - from - 1) + 1));
    }
    made_.text += what;
  }

  void putLiteral(Literal literal, std::size_t from) {
    const std::string name = "literal__" + std::to_string(made_.literals.size());
    made_.columns.insert(made_.columns.end(), name.size(), static_cast<std::uint32_t>(from + 1));
    made_.text += name;
    made_.literals.emplace(name, std::move(literal));
  }

  void takeNumber() {
    const std::string_view rest = text_.substr(at_);
    double value = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    const std::string_view number = rest.substr(0, static_cast<std::size_t>(read.ptr - rest.data()));
    const std::size_t from = at_;
    at_ += number.size();
    if (read.ec != std::errc()) {
      made_.error = ExpressionError{static_cast<std::uint32_t>(from + 1), "the number is too large"};
    } else if (std::all_of(number.begin(), number.end(), isDigit) && number.size() < 18) {
      put(number, from);
    } else {
      putLiteral({value, {}}, from);
    }
  }

  void takeQuoted(char mark) {
    const std::size_t end = text_.find(mark, at_ + 1);
    if (end == std::string_view::npos) {
      made_.error = ExpressionError{static_cast<std::uint32_t>(at_ + 1), "the quote is not closed"};
      return;
    }
    putLiteral({std::nullopt, std::string(text_.substr(at_ + 1, end - at_ - 1))}, at_);
    at_ = end + 1;
  }

  void takeComparison(char c) {
    const bool two = at_ + 1 < text_.size() && text_[at_ + 1] == '=';
    if (c == '=' && !two) {
      put("==", at_);
    } else {
      put(text_.substr(at_, two ? 2 : 1), at_);
    }
    at_ += two ? 2 : 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Rewritten made_;
};

}  // namespace

/// Gives the names of an expression their meaning.
class RowFilterParser {
 public:
  RowFilterParser(std::string_view text, const RowTable& table)
      : table_(table), written_(Rewriter(text).run()) {
    filter_.text_ = text;
  }

  std::variant<RowFilter, ExpressionError> run() {
    if (written_.error) return *written_.error;
    auto parsed = Expression::parse(written_.text);
    if (auto* error = std::get_if<ExpressionError>(&parsed)) {
      return ExpressionError{original(error->column), std::move(error->message)};
    }
    const Expression& expression = std::get<Expression>(parsed);
    findNames(expression);
    for (const Expression::Node& node : expression.nodes()) take(expression, node);
    if (!error_) checkWords(expression);
    if (error_) return std::move(*error_);
    return std::move(filter_);
  }

 private:
  using Node = RowFilter::Node;
  /// What a name of the expression is: a column, a literal, or a word that must be one of a column.
  struct Name {
    std::optional<std::size_t> column;
    std::optional<double> number;
    std::string word;
  };

  [[nodiscard]] std::uint32_t original(std::uint32_t column) const {
    const std::size_t place = std::min<std::size_t>(column - 1, written_.columns.size() - 1);
    return written_.columns[place];
  }

  void findNames(const Expression& expression) {
    for (const std::string& text : expression.variables()) {
      Name name;
      if (const auto literal = written_.literals.find(text); literal != written_.literals.end()) {
        name.number = literal->second.number;
        name.word = literal->second.word;
      } else if (const auto column = table_.find(text)) {
        name.column = column;
      } else {
        name.word = text;
      }
      names_.push_back(std::move(name));
    }
  }

  void fail(const Expression::Node& node, std::string message) {
    if (!error_) error_ = ExpressionError{original(node.column), std::move(message)};
  }

  void take(const Expression& expression, const Expression::Node& node) {
    Node made;
    if (node.op == Operator::Constant) {
      made.constant =
          static_cast<double>(node.constant.numerator) / static_cast<double>(node.constant.denominator);
    } else if (node.op == Operator::Variable) {
      const Name& name = names_[node.variable];
      made.of = name.column ? Node::Of::Column : Node::Of::Constant;
      made.column = name.column.value_or(0);
      made.constant = name.number.value_or(0);
    } else if (!takeWords(expression, node, made)) {
      made.of = Node::Of::Apply;
      made.op = node.op;
      made.operands = node.operands;
    }
    filter_.nodes_.push_back(std::move(made));
  }

  /// The column or word that a node is, if it is one.
  [[nodiscard]] const Name* nameOf(const Expression& expression, std::uint32_t node) const {
    const Expression::Node& of = expression.nodes()[node];
    return of.op == Operator::Variable ? &names_[of.variable] : nullptr;
  }

  [[nodiscard]] static bool isWord(const Name* name) {
    return name != nullptr && !name->column && !name->number;
  }

  /// A comparison of a column with a word of it, or with `none`.
  bool takeWords(const Expression& expression, const Expression::Node& node, Node& made) {
    if (node.op != Operator::Equal && node.op != Operator::NotEqual) return false;
    std::uint32_t left = node.operands[0], right = node.operands[1];
    if (isWord(nameOf(expression, left))) std::swap(left, right);
    const Name* column = nameOf(expression, left);
    const Name* word = nameOf(expression, right);
    if (!isWord(word) || column == nullptr || !column->column) return false;
    const RowColumn& of = table_.columns()[*column->column];
    used_.insert(right);
    used_.insert(left);
    if (word->word == "none") {
      made.of = node.op == Operator::Equal ? Node::Of::Missing : Node::Of::Present;
      made.column = *column->column;
      return true;
    }
    const auto found = std::find(of.words.begin(), of.words.end(), word->word);
    if (!of.isWord() || found == of.words.end()) {
      failForWord(expression.nodes()[right], of, word->word);
      return false;
    }
    filter_.nodes_[right].constant = static_cast<double>(found - of.words.begin());
    return false;
  }

  void failForWord(const Expression::Node& node, const RowColumn& of, const std::string& word) {
    if (!of.isWord()) {
      return fail(node, inQuotes(word) + " is no column and no number; " + of.name +
                            (of.of == RowColumn::Of::Text ? " is a sentence" : " is a number"));
    }
    std::string known;
    for (std::size_t i = 0; i < std::min<std::size_t>(of.words.size(), 8); ++i) {
      known += (i == 0 ? "" : ", ") + of.words[i];
    }
    fail(node,
         of.name + " is never " + inQuotes(word) + "; it is one of " + known + didYouMean(word, of.words));
  }

  /// Words and columns of words stand only where they are compared with each other.
  void checkWords(const Expression& expression) {
    const auto& nodes = expression.nodes();
    for (std::uint32_t place = 0; place < nodes.size(); ++place) {
      const Name* name = nameOf(expression, place);
      if (name == nullptr || used_.contains(place)) continue;
      if (isWord(name)) {
        std::vector<std::string> columns;
        for (const RowColumn& each : table_.columns()) {
          columns.push_back(each.name.substr(each.name.find('.') + 1));
        }
        return fail(nodes[place],
                    "there is no column " + inQuotes(name->word) + didYouMean(name->word, columns));
      }
      if (!name->column) continue;
      const RowColumn& of = table_.columns()[*name->column];
      if (of.of == RowColumn::Of::Text || of.of == RowColumn::Of::State || of.of == RowColumn::Of::Choice) {
        return fail(nodes[place], of.name + " holds words; compare it with one of them, as in " + of.name +
                                      " == " + (of.words.empty() ? "none" : of.words.front()));
      }
    }
  }

  const RowTable& table_;
  Rewritten written_;
  RowFilter filter_;
  std::vector<Name> names_;
  std::set<std::uint32_t> used_;  ///< nodes that are words or columns compared with words
  std::optional<ExpressionError> error_;
};

std::variant<RowFilter, ExpressionError> RowFilter::parse(std::string_view text, const RowTable& table) {
  if (text.find_first_not_of(" \t") == std::string_view::npos) return RowFilter();
  return RowFilterParser(text, table).run();
}

}  // namespace taktwerk
