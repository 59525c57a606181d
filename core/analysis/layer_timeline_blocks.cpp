// SPDX-License-Identifier: GPL-3.0-or-later
// What of a whole layer lies between two cycles, at a scale.
#include <algorithm>
#include <cmath>

#include "core/analysis/layer_timeline.h"

namespace taktwerk {

namespace {

using engine::TimeTree;

/// Where a block, an iteration or a segment lies.
struct At {
  Cycles begin = 0;
  std::int64_t instruction = 0;
};

class Blocks {
 public:
  Blocks(const TimeTree& tree, Cycles begin, Cycles end, Cycles least)
      : tree_(tree), begin_(begin), end_(end), least_(std::max<Cycles>(1, least)) {}

  std::vector<TimelineBlock> run() {
    const TimeTree::Block& root = tree_.blocks[tree_.root];
    loop(root, {}, 0);
    std::stable_sort(found_.begin(), found_.end(), [](const TimelineBlock& a, const TimelineBlock& b) {
      return std::pair(a.depth, a.begin) < std::pair(b.depth, b.begin);
    });
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool isOutside(Cycles begin, Cycles end) const { return end <= begin_ || begin >= end_; }

  void loop(const TimeTree::Block& block, At at, std::uint32_t depth) {
    for (const TimeTree::Segment& segment : block.segments) {
      const At start{at.begin + segment.begin, at.instruction + segment.instruction};
      if (isOutside(start.begin, start.begin + segment.cycles * segment.times)) continue;
      if (segment.times > 1) {
        repeated(block, segment, start, depth);
      } else {
        once(block, segment, start, segment.iteration, false, depth);
      }
    }
  }

  void repeated(const TimeTree::Block& block, const TimeTree::Segment& segment, At start,
                std::uint32_t depth) {
    if (segment.cycles < least_) {
      found_.push_back({depth, block.loop, segment.iteration, segment.iterations * segment.times, start.begin,
                        start.begin + segment.cycles * segment.times, start.instruction,
                        segment.instructions * segment.times, true});
      return;
    }
    const std::int64_t from = std::max<std::int64_t>(0, (begin_ - start.begin) / segment.cycles);
    for (std::int64_t round = from; round < segment.times; ++round) {
      const At at{start.begin + round * segment.cycles, start.instruction + round * segment.instructions};
      if (at.begin >= end_) return;
      once(block, segment, at, segment.iteration + round * segment.iterations, true, depth);
    }
  }

  /// The iterations of a segment, one time.
  void once(const TimeTree::Block& block, const TimeTree::Segment& segment, At start, std::int64_t iteration,
            bool repeats, std::uint32_t depth) {
    const TimeTree::Part* const parts = block.parts.data() + segment.first;
    const std::int64_t each = block.partsEach;
    // Where iteration `i` of these begins, counted from the first part; `count` of them end the segment.
    const auto begin = [&](std::int64_t i) {
      const std::int64_t part = i * each;
      return part < segment.count ? parts[part].begin - parts[0].begin : segment.cycles;
    };
    const auto instruction = [&](std::int64_t i) {
      const std::int64_t part = i * each;
      return part < segment.count ? parts[part].instruction - parts[0].instruction : segment.instructions;
    };
    /// The first iteration from `low` on of which `reaches` is true, if it is of all behind it.
    const auto firstOf = [&](std::int64_t low, const auto& reaches) {
      std::int64_t high = segment.iterations;
      while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        (reaches(middle) ? high : low) = reaches(middle) ? middle : middle + 1;
      }
      return low;
    };
    std::int64_t i = firstOf(0, [&](std::int64_t k) { return start.begin + begin(k + 1) > begin_; });
    while (i < segment.iterations && start.begin + begin(i) < end_) {
      std::int64_t next = i + 1;
      const bool isShort = begin(next) - begin(i) < least_;
      if (isShort) {
        next = firstOf(i, [&](std::int64_t k) { return begin(k + 1) - begin(i) >= least_; });
        next = std::min(std::max(next, i + 1), segment.iterations);
      }
      found_.push_back({depth, block.loop, iteration + i, next - i, start.begin + begin(i),
                        start.begin + begin(next), start.instruction + instruction(i),
                        instruction(next) - instruction(i), repeats});
      if (!isShort)
        inside(parts, segment, i * each, std::min<std::int64_t>(segment.count, (i + 1) * each), start, depth);
      i = next;
    }
  }

  void inside(const TimeTree::Part* parts, const TimeTree::Segment& segment, std::int64_t first,
              std::int64_t end, At start, std::uint32_t depth) {
    for (std::int64_t p = first; p < std::min<std::int64_t>(end, segment.count); ++p) {
      const TimeTree::Block& block = tree_.blocks[parts[p].block];
      const At at{start.begin + parts[p].begin - parts[0].begin,
                  start.instruction + parts[p].instruction - parts[0].instruction};
      if (!block.isLoop || isOutside(at.begin, at.begin + block.cycles)) continue;
      if (block.cycles >= least_) loop(block, at, depth + 1);
    }
  }

  const TimeTree& tree_;
  Cycles begin_, end_, least_;
  std::vector<TimelineBlock> found_;
};

/// Adds up what lies in bins.
class Spreader {
 public:
  Spreader(const TimeTree& tree, OccupiedShares& shares)
      : tree_(tree),
        shares_(shares),
        width_(static_cast<double>(shares.end - shares.begin) / static_cast<double>(shares.bins)) {}

  void block(const TimeTree::Block& block, Cycles begin) {
    if (isOutside(begin, begin + block.cycles)) return;
    if (!block.isLoop || static_cast<double>(block.cycles) <= width_) {
      spread(block.occupied, 1, begin, block.cycles);
      return;
    }
    for (const TimeTree::Segment& each : block.segments) segment(block, each, begin + each.begin);
  }

 private:
  [[nodiscard]] bool isOutside(Cycles begin, Cycles end) const {
    return end < shares_.begin || begin >= shares_.end;
  }

  void segment(const TimeTree::Block& block, const TimeTree::Segment& segment, Cycles begin) {
    const Cycles all = segment.cycles * segment.times;
    if (isOutside(begin, begin + all)) return;
    if (static_cast<double>(segment.cycles) <= width_) {
      spread(segment.occupied, static_cast<double>(segment.times), begin, all);
      return;
    }
    const auto first = block.parts.begin() + segment.first;
    const std::int64_t from = std::max<std::int64_t>(0, (shares_.begin - begin) / segment.cycles);
    for (std::int64_t round = from; round < segment.times; ++round) {
      const Cycles start = begin + round * segment.cycles;
      if (start >= shares_.end) return;
      auto part = std::partition_point(first, first + segment.count, [&](const TimeTree::Part& each) {
        return start + (each.begin - first->begin) + tree_.blocks[each.block].cycles < shares_.begin;
      });
      for (; part != first + segment.count; ++part) {
        const Cycles at = start + (part->begin - first->begin);
        if (at >= shares_.end) return;
        this->block(tree_.blocks[part->block], at);
      }
    }
  }

  /// `times` as much, evenly.
  void spread(const TimeTree::Occupied& occupied, double times, Cycles begin, Cycles cycles) {
    const auto from = static_cast<double>(begin - shares_.begin) / width_;
    const double to = std::max(from, static_cast<double>(begin + cycles - shares_.begin) / width_);
    const auto last = static_cast<std::int64_t>(shares_.bins) - 1;
    const auto firstBin = std::clamp(static_cast<std::int64_t>(std::floor(from)), std::int64_t{0}, last);
    const auto lastBin = std::clamp(static_cast<std::int64_t>(std::ceil(to)) - 1, firstBin, last);
    for (std::int64_t bin = firstBin; bin <= lastBin; ++bin) {
      const double overlap =
          std::min(to, static_cast<double>(bin + 1)) - std::max(from, static_cast<double>(bin));
      const double share = to > from ? std::max(0.0, overlap) / (to - from) : 1;
      if (share <= 0) continue;
      for (const auto& [object, places] : occupied) {
        shares_.places[object.index() * shares_.bins + static_cast<std::size_t>(bin)] +=
            static_cast<float>(places * times * share / width_);
      }
    }
  }

  const TimeTree& tree_;
  OccupiedShares& shares_;
  double width_;
};

}  // namespace

std::vector<TimelineBlock> blocksIn(const LayerTimeline& timeline, Cycles begin, Cycles end, Cycles least) {
  if (timeline.tree.blocks.empty() || begin >= end) return {};
  return Blocks(timeline.tree, begin, end, least).run();
}

OccupiedShares occupiedIn(const LayerTimeline& timeline, Cycles begin, Cycles end, std::size_t bins) {
  OccupiedShares shares{begin, end, bins, {}};
  shares.places.assign(timeline.machine->objectNames.size() * bins, 0);
  if (timeline.tree.blocks.empty() || begin >= end || bins == 0) return shares;
  Spreader(timeline.tree, shares).block(timeline.tree.blocks[timeline.tree.root], 0);
  return shares;
}

}  // namespace taktwerk
