// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/row_filter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace taktwerk {
namespace {

using Operator = Expression::Operator;

constexpr std::size_t blockRows = 256;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double truth(bool is) {
  return is ? 1 : 0;
}

/// Conditions that may be unknown: Kleene's logic.
double both(double a, double b) {
  if (a == 0 || b == 0) return 0;
  return std::isnan(a) || std::isnan(b) ? nothing : 1;
}

double either(double a, double b) {
  if ((a != 0 && !std::isnan(a)) || (b != 0 && !std::isnan(b))) return 1;
  return std::isnan(a) || std::isnan(b) ? nothing : 0;
}

double applied(Operator op, double a, double b) {
  switch (op) {
    case Operator::And:
      return both(a, b);
    case Operator::Or:
      return either(a, b);
    default:
      break;
  }
  if (std::isnan(a) || std::isnan(b)) return nothing;
  switch (op) {
    case Operator::Negate:
      return -a;
    case Operator::Not:
      return truth(a == 0);
    case Operator::Add:
      return a + b;
    case Operator::Subtract:
      return a - b;
    case Operator::Multiply:
      return a * b;
    case Operator::Divide:
      return b == 0 ? nothing : a / b;
    case Operator::FloorDivide:
      return b == 0 ? nothing : std::floor(a / b);
    case Operator::Modulo:
      return b == 0 ? nothing : a - b * std::floor(a / b);
    case Operator::Power:
      return std::pow(a, b);
    case Operator::Equal:
      return truth(a == b);
    case Operator::NotEqual:
      return truth(a != b);
    case Operator::Less:
      return truth(a < b);
    case Operator::LessEqual:
      return truth(a <= b);
    case Operator::Greater:
      return truth(a > b);
    case Operator::GreaterEqual:
      return truth(a >= b);
    case Operator::Minimum:
      return std::min(a, b);
    case Operator::Maximum:
      return std::max(a, b);
    case Operator::Ceil:
      return std::ceil(a);
    case Operator::Floor:
      return std::floor(a);
    case Operator::Absolute:
      return std::abs(a);
    default:
      return nothing;
  }
}

double chosen(double condition, double then, double otherwise) {
  return std::isnan(condition) ? nothing : condition != 0 ? then : otherwise;
}

}  // namespace

void RowFilter::select(const RowTable& table, std::size_t first, std::size_t end,
                       std::vector<std::uint32_t>& wanted) const {
  if (isEmpty()) {
    wanted.reserve(wanted.size() + (end - first));
    for (std::size_t row = first; row < end; ++row) wanted.push_back(static_cast<std::uint32_t>(row));
    return;
  }
  // By blocks of rows, so that what an operator is is asked once a block.
  std::vector<double> values(nodes_.size() * blockRows);
  for (std::size_t begin = first; begin < end; begin += blockRows) {
    const std::size_t count = std::min(blockRows, end - begin);
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      const Node& node = nodes_[n];
      double* const out = &values[n * blockRows];
      const auto operand = [&](std::size_t place) { return &values[node.operands[place] * blockRows]; };
      if (node.of == Node::Of::Constant) {
        std::fill_n(out, count, node.constant);
      } else if (node.of == Node::Of::Apply && node.op == Operator::If) {
        const double *condition = operand(0), *then = operand(1), *otherwise = operand(2);
        for (std::size_t i = 0; i < count; ++i) out[i] = chosen(condition[i], then[i], otherwise[i]);
      } else if (node.of == Node::Of::Apply) {
        // One operand stands for both; functions of several take one after the other.
        std::copy_n(operand(0), count, out);
        if (node.operands.size() == 1) {
          const bool same = node.op == Operator::Minimum || node.op == Operator::Maximum;
          for (std::size_t i = 0; i < count && !same; ++i) out[i] = applied(node.op, out[i], out[i]);
        }
        for (std::size_t o = 1; o < node.operands.size(); ++o) {
          const double* const other = operand(o);
          for (std::size_t i = 0; i < count; ++i) out[i] = applied(node.op, out[i], other[i]);
        }
      } else {
        for (std::size_t i = 0; i < count; ++i) {
          const double value = table.number(node.column, begin + i);
          out[i] = node.of == Node::Of::Column    ? value
                   : node.of == Node::Of::Missing ? truth(std::isnan(value))
                                                  : truth(!std::isnan(value));
        }
      }
    }
    const double* const decides = &values[(nodes_.size() - 1) * blockRows];
    for (std::size_t i = 0; i < count; ++i) {
      if (decides[i] != 0 && !std::isnan(decides[i])) wanted.push_back(static_cast<std::uint32_t>(begin + i));
    }
  }
}

}  // namespace taktwerk
