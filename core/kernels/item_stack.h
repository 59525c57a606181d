// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/kernels/loop_finder.h"

namespace taktwerk {

using LoopItem = LoopFinder::Item;
using ItemLoop = LoopFinder::Loop;

/// Hash of what must be equal in every iteration: structure, templates, trips, strides of inner loops.
[[nodiscard]] std::uint64_t shapeOf(const LoopItem& item);
/// True if the two have the same shape, compared in full.
[[nodiscard]] bool sameShape(const LoopItem& a, const LoopItem& b);
/// The item as it is in one iteration of `count` loops around it: their strides go into the bases.
[[nodiscard]] LoopItem instantiated(const LoopItem& item, std::span<const std::int64_t> variables);

/// A sequence of items that knows which blocks at its end repeat.
class ItemStack {
 public:
  /// `blocks` equal blocks at the end become a loop; the items have `depth` loops around them already.
  /// Blocks without loops in them must be at least `shortest` items long.
  explicit ItemStack(int blocks, std::size_t depth = 0, std::int64_t shortest = 1)
      : blocks_(blocks), depth_(depth), shortest_(shortest) {}

  void push(LoopItem item);
  LoopItem pop();
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] LoopItem& top() { return items_.back(); }
  /// Takes the hash of the top anew after it has changed.
  void refreshTop();
  /// Makes one loop of the blocks at the end, if there are as many as it takes; the loop is the new top.
  bool closeLoop();
  [[nodiscard]] std::vector<LoopItem> take() && { return std::move(items_); }

 private:
  struct Place {
    std::uint64_t shape;
    std::uint64_t prefix;  ///< hash of all shapes up to and including this
    std::uint64_t run;     ///< hash of the last `runLength` shapes, if there are as many
    /// The last place below with the same shape, and with the same run; −1 if none.
    std::int64_t sameShape, sameRun;
  };
  /// Blocks longer than this are looked for by runs: single shapes may be common within one block.
  static constexpr std::size_t runLength = 12;

  void enter();
  [[nodiscard]] bool closeLoopAt(std::int64_t place);
  void leave();
  [[nodiscard]] std::uint64_t hashOf(std::size_t first, std::size_t count) const;
  [[nodiscard]] bool repeats(std::size_t length) const;
  void makeLoop(std::size_t length);

  int blocks_;
  std::size_t depth_;
  std::int64_t shortest_;
  std::vector<LoopItem> items_;
  std::vector<Place> places_;
  std::vector<std::uint64_t> powers_{1};
  std::unordered_map<std::uint64_t, std::int64_t> lastOfShape_, lastOfRun_;
};

}  // namespace taktwerk
