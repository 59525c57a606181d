// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/overlap.h"

#include <algorithm>
#include <span>

#include "core/program/concatenate.h"

namespace taktwerk {

namespace {

Breakdown coarse(const Breakdown& breakdown) {
  Breakdown sums;
  for (const auto& [cause, cycles] : breakdown) sums[cause.coarse()] += cycles;
  return sums;
}

/// `later` less `earlier`, brought to add up to `cycles` without a negative share.
Breakdown differenceUpTo(const Breakdown& later, const Breakdown& earlier, Cycles cycles) {
  Breakdown shares;
  Cycles sum = 0;
  const auto keep = [&](const Cause& cause, Cycles share) {
    if (share <= 0) return;
    shares[cause] = share;
    sum += share;
  };
  for (const auto& [cause, share] : later) {
    const auto before = earlier.find(cause);
    keep(cause, share - (before == earlier.end() ? 0 : before->second));
  }
  while (sum > cycles && !shares.empty()) {
    const auto largest = std::max_element(shares.begin(), shares.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    const Cycles taken = std::min(largest->second, sum - cycles);
    sum -= taken;
    largest->second -= taken;
    if (largest->second == 0) shares.erase(largest);
  }
  return shares;
}

/// The same, where details add up to what the difference is without them.
Breakdown difference(const Breakdown& later, const Breakdown& earlier, Cycles cycles) {
  std::map<Cause, std::pair<Breakdown, Breakdown>> details;  // by coarse cause, later and earlier
  for (const auto& [cause, share] : later) details[cause.coarse()].first[cause] = share;
  for (const auto& [cause, share] : earlier) details[cause.coarse()].second[cause] = share;
  Breakdown shares;
  for (const auto& [cause, share] : differenceUpTo(coarse(later), coarse(earlier), cycles)) {
    const auto& [now, before] = details[cause];
    shares.merge(differenceUpTo(now, before, share));
  }
  return shares;
}

std::map<MemoryId, Traffic> difference(const std::map<MemoryId, Traffic>& later,
                                       const std::map<MemoryId, Traffic>& earlier) {
  std::map<MemoryId, Traffic> result;
  for (const auto& [memory, t] : later) {
    const auto before = earlier.find(memory);
    const Traffic b = before == earlier.end() ? Traffic{} : before->second;
    const Traffic d{t.reads - b.reads, t.writes - b.writes, t.wordsRead - b.wordsRead,
                    t.wordsWritten - b.wordsWritten, t.busy - b.busy};
    if (d != Traffic{}) result[memory] = d;
  }
  return result;
}

/// What the later one does more; what an instruction of the next layer has spared the ones before shows as 0.
Usage difference(const Usage& later, const Usage& earlier) {
  Usage result;
  for (const auto& [object, usage] : later) {
    const auto found = earlier.find(object);
    const BlockUsage before = found == earlier.end() ? BlockUsage{} : found->second;
    const auto more = [](Cycles now, Cycles then) { return std::max<Cycles>(0, now - then); };
    const BlockUsage own{more(usage.uses, before.uses), usage.places, more(usage.busy, before.busy),
                         more(usage.waiting, before.waiting), more(usage.beforeStart, before.beforeStart)};
    if (own.uses + own.busy + own.waiting > 0) result[object] = own;
  }
  return result;
}

/// The times of each layer's own instructions, numbered from 0 in each, out of those of all.
void shareTimes(std::vector<InstructionTimes>&& all, std::span<OverlappedLayer> layers) {
  auto next = all.begin();
  std::int64_t first = 0;
  for (OverlappedLayer& layer : layers) {
    const std::int64_t end = first + layer.alone.layer.instructions;
    layer.alone.layer.times.clear();
    for (; next != all.end() && next->index < end; ++next) {
      next->index -= first;
      layer.alone.layer.times.push_back(std::move(*next));
    }
    first = end;
  }
}

/// Times what the first one, two, … programs are together; stops behind the first that fails, whose
/// diagnostics then stand in its layer. Returns how many layers were given their figures or diagnostics.
std::size_t timePrefixes(const Machine& machine, std::span<OverlappedLayer> layers,
                         const EstimateOptions& options, Progress& progress) {
  if (layers.size() == 1 || hasErrors(layers[0].alone.diagnostics)) return 1;
  MachineTimer timer(machine, options.usage ? CountUsage::Yes : CountUsage::No);
  std::vector<const Program*> programs{layers[0].program};
  std::vector<LayerEstimate> prefixes{layers[0].alone.layer};
  std::size_t given = layers.size();
  for (std::size_t k = 1; k < layers.size(); ++k) {
    if (hasErrors(layers[k].alone.diagnostics)) {
      given = k + 1;
      break;
    }
    programs.push_back(layers[k].program);
    const Program program = concatenate(programs, layers[k].program->name);
    progress.total.fetch_add(sizeOf(program).instructions, std::memory_order_relaxed);
    EstimateOptions once = options;
    once.perInstruction = options.perInstruction && k + 1 == layers.size();
    TimedProgram timed = timeProgram(timer, program, once, progress);
    if (timed.cancelled || hasErrors(timed.diagnostics)) {
      layers[k].alone.diagnostics = std::move(timed.diagnostics);
      layers[k].alone.cancelled = timed.cancelled;
      given = k + 1;
      break;
    }
    prefixes.push_back(std::move(timed.layer));
  }
  if (prefixes.size() == layers.size()) shareTimes(std::move(prefixes.back().times), layers);
  std::vector<Cycles> ends;
  ends.reserve(prefixes.size());
  for (const LayerEstimate& prefix : prefixes) ends.push_back(prefix.cycles);
  for (std::size_t k = ends.size() - 1; k > 0; --k) ends[k - 1] = std::min(ends[k - 1], ends[k]);
  for (std::size_t k = 0; k < prefixes.size(); ++k) {
    LayerEstimate& layer = layers[k].alone.layer;
    const LayerEstimate nothing;
    const LayerEstimate& before = k > 0 ? prefixes[k - 1] : nothing;
    layer.cycles = ends[k] - (k > 0 ? ends[k - 1] : 0);
    layer.exact = prefixes[k].exact && before.exact;
    layer.lower = layer.exact ? layer.cycles : std::max<Cycles>(0, prefixes[k].lower - before.upper);
    layer.upper = layer.exact ? layer.cycles : std::max<Cycles>(0, prefixes[k].upper - before.lower);
    layer.breakdown = difference(prefixes[k].breakdown, before.breakdown, layer.cycles);
    layer.traffic = difference(prefixes[k].traffic, before.traffic);
    layer.trafficCounted = prefixes[k].trafficCounted;
    layer.usage = difference(prefixes[k].usage, before.usage);
    layer.method = prefixes[k].method;
    if (options.method == Method::Auto && !options.perInstruction && k > 0) {
      // What a prefix needs more than the one before.
      const auto more = [](std::int64_t all, std::int64_t earlier, std::int64_t own) {
        return std::clamp<std::int64_t>(all - earlier, 0, own);
      };
      layer.evaluatedIterations =
          more(prefixes[k].evaluatedIterations, before.evaluatedIterations, layer.loopIterations);
      layer.evaluatedInstructions =
          more(prefixes[k].evaluatedInstructions, before.evaluatedInstructions, layer.instructions);
    }
  }
  return given;
}

}  // namespace

std::vector<TimedProgram> timeOverlapped(const Machine& machine, std::vector<OverlappedLayer> layers,
                                         const EstimateOptions& options, Progress& progress) {
  std::span<OverlappedLayer> left(layers);
  while (!left.empty()) left = left.subspan(timePrefixes(machine, left, options, progress));
  std::vector<TimedProgram> result;
  result.reserve(layers.size());
  for (OverlappedLayer& layer : layers) result.push_back(std::move(layer.alone));
  return result;
}

}  // namespace taktwerk
