// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/progress.h"
#include "core/machine/machine.h"
#include "core/program/program.h"
#include "core/program/timing.h"

namespace taktwerk {

/// When the published method stops looking for a fixed point.
struct PublishedOptions {
  std::int64_t fallbackPercent = 1;          ///< of a loop's iterations; then the fallback
  std::int64_t evaluatedLimit = 20'000'000;  ///< instructions; beyond it every loop falls back at once
};

/// What the published method finds.
struct Published {
  Timing timing;
  std::int64_t evaluatedIterations = 0;  ///< innermost bodies that went through the pass, as the papers count
  std::int64_t evaluatedInstructions = 0;
  std::int64_t settledLoops = 0;   ///< executions of loops that came to a fixed point
  std::int64_t fallbackLoops = 0;  ///< and of those that did not within their share
};

/// The estimate as the papers make it (Lübeck et al., arXiv 2409.08595), for comparison; there is no proof in
/// it. Instructions go through a pass in program order (ProgramOrderPass). Of a loop of k iterations, blocks
/// of k_block iterations are evaluated, k_block being the fewest that fill whole fetch groups. The first
/// block is the prologue; when the time from the end of one block to the end of the next is the same twice,
/// that is taken for the fixed point and all further whole blocks are skipped at that pace. When 1 % of the
/// iterations (at least three blocks) were evaluated without, the mean of the blocks after the prologue is
/// taken instead.
///
/// What differs from the papers: nests are evaluated from the inside out (an outer iteration whose inner
/// loops were skipped counts as one of its own loop's), where the papers have one kernel a layer; what is
/// left over behind whole blocks is evaluated; and stages, ports, banks, rows and caches are those of this
/// program's machines. Caches replace the line untouched longest, whatever their policy.
[[nodiscard]] Published timeAsPublished(const Machine& machine, const Program& program,
                                        const PublishedOptions& options, Progress& progress);

}  // namespace taktwerk
