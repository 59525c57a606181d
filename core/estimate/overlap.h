// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/estimate/time_program.h"

namespace taktwerk {

/// Layers whose programs run into each other (`overlap: next` of a mapping): the layers as timed alone, and
/// their programs, in order. At least one.
struct OverlappedLayer {
  const Program* program = nullptr;
  TimedProgram alone;
};

/// Times the programs concatenated, as one, and shares the figures out among the layers so that they add up
/// to those of the whole.
///
/// Layer k ends when the concatenation of the first k programs does. Its cycles are the time from the end of
/// the layer before to its own; its traffic is what the first k programs move more than the first k − 1. So
/// is its breakdown; where the binding path to the later end does not pass the earlier one, a share may
/// have become smaller, which is then taken from the layer's largest shares, so that all stay above zero and
/// add up to its cycles. Where the end of a longer concatenation comes before that of a shorter one, the
/// earlier counts. Bounds are those of the differences. Names, MACs and roofline bounds stay those of the
/// layer alone.
///
/// A layer that fails, alone or after the others, has the diagnostics of that; those after it are timed as if
/// they were the first.
[[nodiscard]] std::vector<TimedProgram> timeOverlapped(const Machine& machine,
                                                       std::vector<OverlappedLayer> layers,
                                                       const EstimateOptions& options, Progress& progress);

}  // namespace taktwerk
