// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

/// Where an access to a DRAM that is in flight between two nodes of a program came from.
struct RowInFlight {
  Words first = 0;
  std::uint32_t family = 0;
  std::int64_t serial = 0;  ///< of this very execution
};

/// What a DRAM's future depends on besides a state: rows open and rows that will be asked for. Kept as they
/// are beside the state, since over a nest of loops they practically never recur.
struct RowsInPlay {
  std::vector<RowInFlight> inFlight;  ///< in the order of Engine::rowAccesses
  std::vector<Words> open;            ///< by DRAM bank, −1: none
};

/// All that a DRAM makes of addresses is whether accesses go to the same bank and to the same row, and which
/// row of a bank is open. So what matters of a set of rows is the pattern of their
/// equalities: banks and rows are numbered in the order of their first appearance, and with a bank the row
/// that is open in it. Two sets with one pattern behave alike.
class RowPattern {
 public:
  struct Bank {
    std::uint32_t bank;  ///< of the engine
    Words openBefore;
  };
  struct Row {
    std::uint32_t bank;  ///< of the engine
    Words row;
  };

  void clear() {
    sequence_.clear();
    banks_.clear();
    rows_.clear();
  }
  /// A figure that is part of the pattern as it is.
  void push(std::int64_t figure) { sequence_.push_back(figure); }
  /// The next row of the set, in `bank` of the engine where `open` is open.
  void see(std::uint32_t bank, Words row, Words open) {
    std::size_t b = 0;
    while (b < banks_.size() && banks_[b].bank != bank) ++b;
    sequence_.push_back(static_cast<std::int64_t>(b << 32 | labelOf(bank, row)));
    if (b < banks_.size()) return;
    banks_.push_back({bank, open});
    sequence_.push_back(open < 0 ? -1 : static_cast<std::int64_t>(labelOf(bank, open)));
  }
  [[nodiscard]] std::size_t labelOf(std::uint32_t bank, Words row) {
    std::size_t r = 0;
    while (r < rows_.size() && (rows_[r].row != row || rows_[r].bank != bank)) ++r;
    if (r == rows_.size()) rows_.push_back({bank, row});
    return r;
  }
  [[nodiscard]] const std::vector<std::int64_t>& sequence() const { return sequence_; }
  [[nodiscard]] const std::vector<Bank>& banks() const { return banks_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<std::int64_t> sequence_;
  std::vector<Bank> banks_;
  std::vector<Row> rows_;
};

/// What a node makes of the rows in play, in terms of the pattern it met: valid wherever that pattern is met.
struct RowsChange {
  struct Source {
    bool before = false;      ///< was in flight when the node began
    std::uint32_t index = 0;  ///< into what was in flight, or into the node's rows
    Words offset = 0;         ///< from the address of the latter when the node began
  };
  std::vector<Source> inFlight;
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      opened;  ///< bank and row by their numbers in the pattern
};

}  // namespace taktwerk::engine
