// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/engine/steady/access_analysis.h"
#include "core/engine/steady/interner.h"
#include "core/program/program.h"

namespace taktwerk::engine {

/// An access whose address must be looked at when a node begins, because what matters of it (its residue, or
/// its place relative to the others that are tracked) differs from one iteration of the loops around the node
/// to the next.
struct Sensitive {
  std::uint32_t family = 0;
};

/// An access to a DRAM somewhere in a node, and where its executions lie: at its address when the node
/// begins, plus an offset each by the loops inside the node.
struct RowFamily {
  std::uint32_t family = 0;
  Words low = 0, high = 0;     ///< least and largest offset
  std::vector<Words> offsets;  ///< all of them, sorted, where they are few enough to be listed …
  bool listed = true;          ///< … which they are
};

/// A part of a program: a run of instructions without loops (a leaf), or a loop with parts of its own.
struct ProgramNode {
  bool isLoop = false;
  std::uint32_t content = 0;      ///< nodes with equal contents do the same in the same state
  std::int64_t instructions = 0;  ///< of the whole, unrolled
  std::int64_t bodies = 0;        ///< executions of leaves in loops, of the whole
  // leaf
  std::uint32_t firstItem = 0, itemCount = 0;  ///< into Program::items
  bool inLoop = false;                         ///< a loop body or part of one
  // loop
  std::int64_t trips = 1;
  std::uint32_t loop = 0;   ///< of Program::loops
  std::uint32_t depth = 0;  ///< which loop variable is this loop's own; the root has none
  bool hasVariable = false;
  std::vector<std::uint32_t> children;  ///< nodes
  std::vector<std::pair<std::uint32_t, Words>>
      advance;                             ///< root memory → how far an iteration moves its frame
  std::vector<Sensitive> sensitive;        ///< by loops around this node
  std::vector<Sensitive> sensitiveInside;  ///< of a loop: by loops around its body, itself included
  std::vector<RowFamily> rows;             ///< all accesses to DRAMs in it, in program order
};

/// A program as nodes, with contents that are shared between programs through `contents`.
struct ProgramNodes {
  std::vector<ProgramNode> nodes;  ///< children before parents; the root is the last
  AddressFrame start;              ///< the frame in which the program begins
};

/// No leaf has more than `longest` instructions.
[[nodiscard]] ProgramNodes buildNodes(const Resolver& resolver, const Prepared& prepared,
                                      const Program& program, const AccessAnalysis& analysis,
                                      Interner& contents, std::uint32_t longest);

}  // namespace taktwerk::engine
