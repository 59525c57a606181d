// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bottleneck.h"

#include <algorithm>

namespace taktwerk {

namespace {

bool concerns(const Cause& cause, MachineObjectId object) {
  return object.valid() ? cause.wait != WaitCause::Fetch && cause.object == object
                        : cause.wait == WaitCause::Fetch;
}

}  // namespace

std::optional<Decider> deciderOf(const NetworkEstimate& estimate, const std::string& layer) {
  const auto isMeant = [&](const LayerEstimate& one) { return layer.empty() || one.name == layer; };
  Breakdown sum;
  for (const LayerEstimate& one : estimate.layers) {
    if (!isMeant(one)) continue;
    for (const auto& [cause, cycles] : one.breakdown) sum[cause] += cycles;
  }
  if (sum.empty()) return std::nullopt;
  const CauseTable table = causeTable(sum, *estimate.machine);
  if (table.cycles <= 0) return std::nullopt;

  Decider decider;
  decider.all = table.cycles;
  for (const CauseShare& cause : table.causes) {
    if (cause.cause.wait == WaitCause::Fetch) decider.cycles += cause.cycles;
  }
  if (!table.objects.empty()) {
    const ObjectShare& most = table.objects.front();
    if (most.busy + most.waited >= decider.cycles) {
      decider.object = most.name;
      decider.objectId = most.object;
      decider.busy = most.busy;
      decider.cycles = most.busy + most.waited;
    }
  }
  decider.share = static_cast<double>(decider.cycles) / static_cast<double>(decider.all);
  for (const CauseShare& cause : table.causes) {
    const Cause plain{cause.cause.wait, cause.object};
    if (!concerns(plain, decider.objectId)) continue;
    decider.largest = cause;  // they are in order
    if (!cause.details.empty()) decider.detail = cause.details.front().detail;
    break;
  }
  for (const LayerEstimate& one : estimate.layers) {
    if (!isMeant(one)) continue;
    Cycles cycles = 0;
    for (const auto& [cause, share] : one.breakdown) {
      const bool same = cause.wait == decider.largest.cause.wait && cause.detail == decider.detail;
      if (same && concerns(cause, decider.objectId)) cycles += share;
    }
    if (cycles > 0) decider.layers.push_back({one.name, cycles});
  }
  std::stable_sort(decider.layers.begin(), decider.layers.end(),
                   [](const ConcernedLayer& a, const ConcernedLayer& b) { return a.cycles > b.cycles; });
  return decider;
}

}  // namespace taktwerk
