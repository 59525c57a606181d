// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/engine/steady/loop_report.h"

namespace taktwerk {

/// A piece of a plot of a loop's iterations: one that was run, or a stretch that was skipped because it
/// repeats.
struct SettlingPiece {
  std::int64_t iteration = 0;  ///< the first
  std::int64_t count = 1;      ///< of iterations
  Cycles cycles = 0;           ///< of all of them
  std::int64_t periods = 0;    ///< skipped; 0 of an iteration that was run
  double place = 0;            ///< where it begins on the axis of the plot …
  double width = 1;            ///< … and how much of it it takes: 1 of a single iteration
  friend bool operator==(const SettlingPiece&, const SettlingPiece&) = default;
};

/// How the cycles of iterations settle, in order, without gaps: at most `most` iterations that were run, and
/// the stretches between them. Skipped stretches together take at most a third of the axis, so that what
/// there is to see stays wide.
struct Settling {
  std::vector<SettlingPiece> pieces;
  std::int64_t notShown = 0;  ///< iterations behind the last piece
  double width = 0;           ///< of the axis
  Cycles highest = 0;         ///< cycles of an iteration

  /// The iteration at a place on the axis; the nearest one where none is. Nothing without pieces.
  [[nodiscard]] std::optional<std::int64_t> iterationAt(double place) const;
  /// Where an iteration begins on the axis; the end behind the last.
  [[nodiscard]] double placeOf(std::int64_t iteration) const;
};
[[nodiscard]] Settling settlingOf(const engine::LoopExecution& execution, std::size_t most = 300);

}  // namespace taktwerk
