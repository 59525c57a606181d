// SPDX-License-Identifier: GPL-3.0-or-later
// From cycles to instructions of a whole layer, and back.
#include <algorithm>

#include "core/analysis/layer_timeline.h"

namespace taktwerk {

namespace {

using engine::TimeTree;

/// A piece without loops, or an empty program.
struct Piece {
  Cycles begin = 0, cycles = 0;
  std::int64_t first = 0, instructions = 0;
};

/// What a search goes by: lengths in cycles, or in instructions.
struct ByCycles {
  static std::int64_t of(const TimeTree::Block& block) { return block.cycles; }
  static std::int64_t of(const TimeTree::Segment& segment) { return segment.cycles; }
  static std::int64_t begin(const TimeTree::Segment& segment) { return segment.begin; }
  static std::int64_t begin(const TimeTree::Part& part) { return part.begin; }
};
struct ByInstructions {
  static std::int64_t of(const TimeTree::Block& block) { return block.instructions; }
  static std::int64_t of(const TimeTree::Segment& segment) { return segment.instructions; }
  static std::int64_t begin(const TimeTree::Segment& segment) { return segment.instruction; }
  static std::int64_t begin(const TimeTree::Part& part) { return part.instruction; }
};

/// The first piece that ends behind `at`; the last one, where none does.
template <class Axis>
Piece pieceBehind(const TimeTree& tree, std::int64_t at) {
  Piece piece;
  if (tree.blocks.empty()) return piece;
  const TimeTree::Block* block = &tree.blocks[tree.root];
  at = std::clamp<std::int64_t>(at, -1, std::max<std::int64_t>(0, Axis::of(*block) - 1));
  // `at` counts from the beginning of the block, and lies in it, or just before all.
  while (block->isLoop && !block->segments.empty()) {
    const auto segment = std::partition_point(
        block->segments.begin(), block->segments.end() - 1,
        [&](const TimeTree::Segment& each) { return Axis::begin(each) + Axis::of(each) * each.times <= at; });
    std::int64_t within = at - Axis::begin(*segment);
    std::int64_t round = Axis::of(*segment) > 0 && within > 0 ? within / Axis::of(*segment) : 0;
    round = std::min(round, segment->times - 1);
    within -= round * Axis::of(*segment);
    const auto first = block->parts.begin() + segment->first;
    const auto last = first + segment->count - 1;
    const std::int64_t start = Axis::begin(*first);
    const auto part = std::partition_point(first, last, [&](const TimeTree::Part& each) {
      return Axis::begin(each) - start + Axis::of(tree.blocks[each.block]) <= within;
    });
    piece.begin += segment->begin + round * segment->cycles + (part->begin - first->begin);
    piece.first +=
        segment->instruction + round * segment->instructions + (part->instruction - first->instruction);
    at = within - (Axis::begin(*part) - start);
    block = &tree.blocks[part->block];
  }
  piece.cycles = block->cycles;
  piece.instructions = block->instructions;
  return piece;
}

}  // namespace

std::int64_t instructionAt(const LayerTimeline& timeline, Cycles cycle) {
  return pieceBehind<ByCycles>(timeline.tree, cycle).first;
}

Cycles cycleOf(const LayerTimeline& timeline, std::int64_t instruction) {
  if (instruction >= timeline.known) return timeline.cycles;
  return pieceBehind<ByInstructions>(timeline.tree, instruction).begin;
}

InstructionWindow instructionsIn(const LayerTimeline& timeline, Cycles begin, Cycles end) {
  if (timeline.tree.blocks.empty() || begin >= end || end <= 0 || begin >= timeline.cycles) return {};
  InstructionWindow window;
  window.first = pieceBehind<ByCycles>(timeline.tree, begin - timeline.tree.overhang - 1).first;
  const Piece last = pieceBehind<ByCycles>(timeline.tree, end - 1);
  window.end = std::min(last.first + last.instructions, timeline.known);
  window.first = std::min(window.first, window.end);
  return window;
}

}  // namespace taktwerk
