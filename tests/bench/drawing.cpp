// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a move of the mouse costs while blocks are dragged: their wires are found anew. A frame has 16 ms.
#include <set>

#include <benchmark/benchmark.h>

#include "core/architecture/architecture_file.h"
#include "core/drawing/drag_wires.h"
#include "core/folding/fold.h"
#include "tests/support/stage_row.h"

namespace taktwerk {
namespace {

void dragIn500Blocks(benchmark::State& state, const std::set<std::uint32_t>& dragged) {
  const BlockDiagram diagram =
      drawBlockDiagram(unfolded(*parseArchitecture(rowsOfStages(166), "rows of stages")));
  double round = 0;
  for (auto _ : state) {
    round = round < 8 ? round + 1 : 0;
    benchmark::DoNotOptimize(wiresWhileDragging(diagram, dragged, {40 * round, 20 * round}));
  }
}
BENCHMARK_CAPTURE(dragIn500Blocks, stage, {1 + 3 * 50, 2 + 3 * 50})
    ->Name("wires of a stage dragged among 500 blocks")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(dragIn500Blocks, memory, {0})
    ->Name("wires of a memory dragged that 166 units read")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace taktwerk
