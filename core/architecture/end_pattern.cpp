// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/end_pattern.h"

#include "core/architecture/local_values.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

SourcePosition moved(SourcePosition position, std::size_t by) {
  position.column += static_cast<std::uint32_t>(by);
  return position;
}

}  // namespace

std::optional<EndPattern> EndPattern::parse(const ScalarText& end, Problems& problems) {
  EndPattern pattern;
  pattern.position_ = end.position;
  const std::string& text = end.text;
  std::string literal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '[') {
      literal += text[i];
      continue;
    }
    const std::size_t close = text.find(']', i);
    if (close == std::string::npos) {
      problems.error(moved(end.position, i), "A0606", "the [ in " + inQuotes(text) + " is not closed");
      return std::nullopt;
    }
    auto parsed = Expression::parse(std::string_view(text).substr(i + 1, close - i - 1));
    if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
      problems.error(moved(end.position, i + error->column), "A0606",
                     "index in " + inQuotes(text) + ": " + error->message);
      return std::nullopt;
    }
    Index index{std::get<Expression>(std::move(parsed)), moved(end.position, i + 1), {}, 0};
    // Most indices are a variable, or a variable plus or minus a number.
    const std::vector<Expression::Node>& nodes = index.expression.nodes();
    using Operator = Expression::Operator;
    if (nodes.size() == 1 && nodes[0].op == Operator::Variable) {
      index.variable = index.expression.variables()[0];
    } else if (nodes.size() == 3 && nodes[0].op == Operator::Variable && nodes[1].op == Operator::Constant &&
               (nodes[2].op == Operator::Add || nodes[2].op == Operator::Subtract)) {
      index.variable = index.expression.variables()[0];
      index.plus = nodes[2].op == Operator::Add ? nodes[1].constant.numerator : -nodes[1].constant.numerator;
    }
    literal += '[';
    pattern.literals_.push_back(std::move(literal));
    pattern.indices_.push_back(std::move(index));
    literal = "]";
    i = close;
  }
  pattern.literals_.push_back(std::move(literal));
  return pattern;
}

std::optional<std::string> EndPattern::name(const ParameterMap& values, Problems& problems) const {
  std::string name = literals_.front();
  for (std::size_t k = 0; k < indices_.size(); ++k) {
    const Index& index = indices_[k];
    std::int64_t value = 0;
    const auto known = index.variable.empty() ? values.end() : values.find(index.variable);
    if (known == values.end() || __builtin_add_overflow(known->second, index.plus, &value)) {
      const std::optional<std::int64_t> computed =
          wholeValue(index.expression, index.position, values, "index", {}, problems);
      if (!computed) return std::nullopt;
      value = *computed;
    }
    name += std::to_string(value);
    name += literals_[k + 1];
  }
  return name;
}

}  // namespace taktwerk
