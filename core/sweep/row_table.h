// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sweep/figures.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// What a column of results holds.
struct RowColumn {
  enum class Of : std::uint8_t {
    Point,      ///< the number of the point
    Parameter,  ///< a value that was varied or derived
    Choice,     ///< which of several architectures, networks, mappings
    State,      ///< `PointState`
    Figure,     ///< a number by which designs are compared
    Count,      ///< another whole number about the result
    Word,       ///< another word about the result
    Text        ///< a sentence of the row's own
  };
  Of of = Of::Parameter;
  std::string name;  ///< "arch.rows", "cycles"
  std::string unit;
  std::string meaning;                           ///< a sentence for users, or empty
  Figure::Better better = Figure::Better::Less;  ///< of a figure
  std::vector<std::string> words;                ///< of Choice, State and Word: what its numbers mean

  [[nodiscard]] bool isWord() const { return of == Of::Choice || of == Of::State || of == Of::Word; }
  [[nodiscard]] bool isReal() const { return of == Of::Figure; }
};

/// Results of a sweep as columns, a row a point: what tables, plots, filters and files of results all read.
/// A copy costs next to nothing and shares the rows, which never change; a table grows at its end. Others may
/// read copies while one thread adds to a table; only one of them all may be added to.
///
/// Columns: `point`, those of the sweep, `state`, its figures, `instructions`, `macs`, `exact`, `complete`,
/// `missing_layers`, `reason`.
class RowTable {
 public:
  static constexpr std::size_t chunkRows = 4096;
  /// In place of a value that is none.
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

  RowTable() = default;
  RowTable(const std::vector<SweepColumn>& columns, const std::vector<Figure>& figures);

  [[nodiscard]] const std::vector<RowColumn>& columns() const { return *columns_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  void add(const SweepRow& row);

  /// A cell as a number: a value, the place of a word, a figure; NaN where there is none. Whole numbers
  /// beyond 2^53 are rounded.
  [[nodiscard]] double number(std::size_t column, std::size_t row) const {
    const Chunk& chunk = *chunks_[row / chunkRows];
    if (real_[column]) return chunk.reals[place_[column]][row % chunkRows];
    const std::int64_t whole = chunk.wholes[place_[column]][row % chunkRows];
    return whole == none ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(whole);
  }
  /// A cell of a column that holds no figures; `none` where there is none.
  [[nodiscard]] std::int64_t whole(std::size_t column, std::size_t row) const {
    return chunks_[row / chunkRows]->wholes[place_[column]][row % chunkRows];
  }
  [[nodiscard]] PointState state(std::size_t row) const {
    return static_cast<PointState>(whole(stateColumn_, row));
  }
  /// A cell as files write it: digits, a word; empty where there is none.
  [[nodiscard]] std::string text(std::size_t column, std::size_t row) const;
  /// −1, 0 or 1 as the cell of row `a` is less than that of `b`; alternatives and sentences by their letters.
  /// None is behind all.
  [[nodiscard]] int compare(std::size_t column, std::size_t a, std::size_t b) const;

  /// The column of this name, or of the only one that is the same but for the part before the dot.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  [[nodiscard]] std::size_t stateColumn() const { return stateColumn_; }
  /// Whether all rows have the same in this column, and there are some.
  [[nodiscard]] bool isConstant(std::size_t column) const { return rows_ > 0 && !varies_[column]; }
  /// Whether it is a value that was varied, and differs between rows.
  [[nodiscard]] bool wasVaried(std::size_t column) const {
    const RowColumn::Of of = columns()[column].of;
    return (of == RowColumn::Of::Parameter || of == RowColumn::Of::Choice) && !isConstant(column);
  }
  /// How many rows are in this state.
  [[nodiscard]] std::int64_t count(PointState state) const {
    return counts_[static_cast<std::size_t>(state)];
  }
  /// Bytes of the rows.
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Room for `chunkRows` rows. What is there once stays where it is, so that readers of a copy need not know
  /// of rows that are added behind theirs.
  struct Chunk {
    std::vector<std::unique_ptr<std::int64_t[]>> wholes;
    std::vector<std::unique_ptr<double[]>> reals;
    std::unique_ptr<std::string[]> texts;  ///< of the reasons that differ; none: there are no reasons
    std::int64_t textCount = 0;
    std::size_t used = 0;
  };
  [[nodiscard]] std::shared_ptr<Chunk> makeChunk() const;
  /// The chunk that takes the next row.
  Chunk& tail();
  void noteWhetherVaries();

  std::shared_ptr<const std::vector<RowColumn>> columns_ = std::make_shared<const std::vector<RowColumn>>();
  std::vector<bool> real_;          ///< by column: a figure
  std::vector<std::size_t> place_;  ///< by column: among the reals or the wholes of a chunk
  std::size_t wholes_ = 0, reals_ = 0;
  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::size_t rows_ = 0;
  std::size_t stateColumn_ = 0;
  std::vector<bool> varies_;
  std::array<std::int64_t, 4> counts_{};  ///< by state
};

}  // namespace taktwerk
