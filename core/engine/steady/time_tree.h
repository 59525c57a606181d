// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

/// How a program goes through time, as running it has shown, in place of its unrolled run: parts that did the
/// same in the same state are one block, and what is proven to repeat stands once with how often it does.
/// Time is that of the fetch: a block begins when the first instruction of it is asked for, or would be, and
/// ends when what follows is; so the parts of a block fill it.
struct TimeTree {
  /// Place-cycles in which objects were occupied, of those that were: by instructions that had started at a
  /// unit and not left it, by any at a pipeline stage, by groups being fetched; of a memory the time of its
  /// requests, all of it where they were granted.
  using Occupied = std::vector<std::pair<MachineObjectId, double>>;

  /// A block in a sequence as it was run; `begin` and `instruction` count without what repeats.
  struct Part {
    std::uint32_t block = 0;
    Cycles begin = 0;
    std::int64_t instruction = 0;
  };
  /// Whole iterations of a loop that come `times` times, one after the other.
  struct Segment {
    std::uint32_t first = 0, count = 0;  ///< of the block's parts
    std::int64_t times = 1;
    Cycles begin = 0;              ///< from the beginning of the block, like the next two
    std::int64_t instruction = 0;  ///< first one
    std::int64_t iteration = 0;    ///< first one
    Cycles cycles = 0;             ///< of one time, like the next two
    std::int64_t instructions = 0;
    std::int64_t iterations = 0;
    Occupied occupied;  ///< of one time
  };
  struct Block {
    bool isLoop = false;
    std::uint32_t loop = 0;       ///< of Program::loops
    std::uint32_t partsEach = 1;  ///< parts of an iteration
    Cycles cycles = 0;
    std::int64_t instructions = 0;
    std::vector<Part> parts;        ///< of a loop
    std::vector<Segment> segments;  ///< of a loop, in order; they fill it
    Occupied occupied;
  };

  std::vector<Block> blocks;  ///< parts before what they are in
  std::uint32_t root = 0;     ///< of a tree with blocks
  /// At most so long after the end of a block without loops does anything that was begun in it go on; its
  /// instructions may have begun later.
  Cycles overhang = 0;
};

}  // namespace taktwerk::engine
