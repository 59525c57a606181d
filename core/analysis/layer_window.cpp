// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/layer_window.h"

#include <algorithm>
#include <vector>

#include "core/analysis/iteration.h"
#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

/// Instructions of one iteration of each loop.
std::vector<std::int64_t> bodyLengths(const Program& program) {
  std::vector<std::int64_t> lengths(program.loops.size(), 0);
  for (std::size_t i = program.loops.size(); i-- > 0;) {  // inner loops stand behind the outer ones
    for (const Program::Item& item : program.body(program.loops[i])) {
      const std::int64_t part =
          item.isLoop ? saturatingProduct(lengths[item.index], program.loops[item.index].trips) : 1;
      lengths[i] = saturatingSum(lengths[i], part);
    }
  }
  return lengths;
}

/// Where a loop begins in the program, in the first iteration of those around it.
std::int64_t startOf(const Program& program, const std::vector<std::uint32_t>& nest,
                     const std::vector<std::int64_t>& lengths) {
  std::int64_t start = 0;
  std::uint32_t around = 0;
  for (const std::uint32_t loop : nest) {
    for (const Program::Item& item : program.body(program.loops[around])) {
      if (item.isLoop && item.index == loop) break;
      start = saturatingSum(
          start, item.isLoop ? saturatingProduct(lengths[item.index], program.loops[item.index].trips) : 1);
    }
    around = loop;
  }
  return start;
}

}  // namespace

ChosenWindow chooseWindow(const Program& program, const WantedWindow& wanted, std::int64_t limit) {
  ChosenWindow chosen;
  const std::int64_t all = sizeOf(program).instructions;
  if (all == 0) {
    chosen.problem = "the program has no instructions";
    return chosen;
  }
  const std::vector<std::uint32_t> nest = heaviestNest(program);
  std::int64_t trips = 1, length = all, start = 0;
  if (!nest.empty()) {
    const std::vector<std::int64_t> lengths = bodyLengths(program);
    trips = program.loops[nest.back()].trips;
    chosen.loopLength = length = lengths[nest.back()];
    chosen.loopStart = start = startOf(program, nest, lengths);
  }
  const std::int64_t most = wanted.iterations ? trips : all;
  const std::int64_t first = std::max<std::int64_t>(0, wanted.first);
  if (first >= most) {
    chosen.problem = wanted.iterations
                         ? "the loop that runs most has iterations 0 to " + std::to_string(most - 1)
                         : "the program has instructions 0 to " + std::to_string(most - 1);
    return chosen;
  }
  const std::int64_t count = std::clamp<std::int64_t>(wanted.count, 1, most - first);
  InstructionWindow& window = chosen.window;
  window = {first, first + count};
  if (wanted.iterations) {
    window.first = saturatingSum(start, saturatingProduct(first, length));
    window.end = saturatingSum(window.first, saturatingProduct(count, length));
  }
  chosen.wanted = window.end - window.first;
  window.end = std::min(window.end, saturatingSum(window.first, std::max<std::int64_t>(1, limit)));
  return chosen;
}

}  // namespace taktwerk
