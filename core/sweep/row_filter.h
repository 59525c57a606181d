// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/expression.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// Which rows of a table of results are wanted, as users write it: `cycles < 1e6 and rows >= 8`,
/// `state == failed`, `network == "tc-resnet8" or not exact`, `tile_k == none`.
///
/// It is an expression (core/base/expression.h) over the columns, by their full names or without the part
/// before the dot where that is enough. Besides, numbers may have decimals and exponents, `=` is `==`, words
/// of columns are compared with `==` and `!=` (in quotes if they are no names), and `none` is where a row has
/// no value. Any other comparison with a value that is not there holds no more than its opposite does: such a
/// row is wanted only if the rest decides. It is computed in floating point.
class RowFilter {
 public:
  /// Lets every row through.
  RowFilter() = default;
  /// Blanks let every row through. Errors, with their column in `text`: those of expressions, names that no
  /// column has (with the nearest one), words that a column does not have, words where numbers belong.
  [[nodiscard]] static std::variant<RowFilter, ExpressionError> parse(std::string_view text,
                                                                      const RowTable& table);

  [[nodiscard]] bool isEmpty() const { return nodes_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// Appends those of the rows from `first` up to `end` that are wanted, in order. `table` has the columns
  /// of the one it was parsed for.
  void select(const RowTable& table, std::size_t first, std::size_t end,
              std::vector<std::uint32_t>& wanted) const;

 private:
  friend class RowFilterParser;
  struct Node {
    enum class Of : std::uint8_t { Constant, Column, Missing, Present, Apply };
    Of of = Of::Constant;
    double constant = 0;
    std::size_t column = 0;  ///< of Column; of Missing and Present: whose value is there or not
    Expression::Operator op = Expression::Operator::Constant;
    std::vector<std::uint32_t> operands;  ///< places among the nodes before this
  };

  std::string text_;
  std::vector<Node> nodes_;  ///< the last one decides
};

}  // namespace taktwerk
