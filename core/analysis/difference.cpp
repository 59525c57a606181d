// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/difference.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

using NamedSums = std::map<NamedCause, Cycles>;

/// Null: nothing is known of the causes.
const NamedSums* causesOf(const StoredLayer* layer) {
  return layer != nullptr && layer->hasCauses() ? &layer->causes : nullptr;
}

/// Of all layers; nothing where one does not say.
std::optional<NamedSums> totalCauses(const StoredResult& result) {
  NamedSums sums;
  for (const StoredLayer& layer : result.layers) {
    if (layer.side.standing != LayerStanding::Timed) continue;
    if (!layer.hasCauses()) return std::nullopt;
    for (const auto& [cause, cycles] : layer.causes) sums[cause] = saturatingSum(sums[cause], cycles);
  }
  return sums;
}

std::vector<CauseChange> changesOf(const NamedSums* before, const NamedSums* now) {
  std::map<NamedCause, CauseChange> byCause;
  const auto add = [&](const NamedSums* sums, std::optional<Cycles> CauseChange::*side) {
    if (sums == nullptr) return;
    for (const auto& [cause, cycles] : *sums) byCause[cause].*side = cycles;
  };
  add(before, &CauseChange::before);
  add(now, &CauseChange::now);
  std::vector<CauseChange> changes;
  changes.reserve(byCause.size());
  for (auto& [cause, change] : byCause) {
    change.cause = cause;
    if (before != nullptr && !change.before) change.before = 0;
    if (now != nullptr && !change.now) change.now = 0;
    changes.push_back(std::move(change));
  }
  const auto sizeOfChange = [](const CauseChange& c) {
    const Cycles a = c.before.value_or(0), b = c.now.value_or(0);
    return b > a ? b - a : a - b;
  };
  std::stable_sort(changes.begin(), changes.end(), [&](const CauseChange& a, const CauseChange& b) {
    return sizeOfChange(a) > sizeOfChange(b);
  });
  return changes;
}

std::vector<TrafficChange> trafficChanges(const StoredLayer* before, const StoredLayer* now) {
  std::map<std::string, TrafficChange> byMemory;
  const auto add = [&](const StoredLayer* layer, std::optional<std::int64_t> TrafficChange::*side) {
    if (layer == nullptr) return;
    for (const auto& [memory, traffic] : layer->traffic) {
      byMemory[memory].*side = saturatingSum(traffic.wordsRead, traffic.wordsWritten);
    }
  };
  add(before, &TrafficChange::before);
  add(now, &TrafficChange::now);
  // A result that tells of memories moved nothing to and from those it leaves out.
  const auto tells = [](const StoredLayer* layer) { return layer != nullptr && !layer->traffic.empty(); };
  std::vector<TrafficChange> changes;
  for (auto& [memory, change] : byMemory) {
    change.memory = memory;
    if (tells(before) && !change.before) change.before = 0;
    if (tells(now) && !change.now) change.now = 0;
    changes.push_back(std::move(change));
  }
  return changes;
}

/// Words of all layers; nothing where one that takes time does not say.
StoredLayer totalTraffic(const StoredResult& result) {
  StoredLayer total;
  for (const StoredLayer& layer : result.layers) {
    if (layer.side.standing != LayerStanding::Timed) continue;
    if (layer.traffic.empty() && layer.cycles != 0) return {};
    for (const auto& [memory, traffic] : layer.traffic) {
      Traffic& sum = total.traffic[memory];
      sum.wordsRead = saturatingSum(sum.wordsRead, traffic.wordsRead);
      sum.wordsWritten = saturatingSum(sum.wordsWritten, traffic.wordsWritten);
    }
  }
  return total;
}

LayerChange changeOf(const StoredLayer* before, const StoredLayer* now) {
  LayerChange change;
  change.layer = now != nullptr ? now->name : before->name;
  if (before != nullptr) {
    change.before = before->side;
    change.cycles.before = before->cycles;
  }
  if (now != nullptr) {
    change.now = now->side;
    change.cycles.now = now->cycles;
  }
  change.causes = changesOf(causesOf(before), causesOf(now));
  change.traffic = trafficChanges(before, now);
  if (before == nullptr || now == nullptr) return change;
  const LayerSide &a = before->side, &b = now->side;
  change.standing = a.standing != b.standing || a.fusedWith != b.fusedWith || a.reason != b.reason;
  // What a fused layer has of its chain is told of the layer that begins it.
  if (a.standing != LayerStanding::Timed || b.standing != LayerStanding::Timed) return change;
  change.mapping = a.mapping != b.mapping;
  change.tunables = a.tunables != b.tunables;
  change.method = a.method != b.method;
  change.exactness = a.exact != b.exact || a.guessed != b.guessed;
  return change;
}

std::vector<LayerChange> layersOf(const StoredResult& before, const StoredResult& now) {
  std::map<std::string, std::vector<const StoredLayer*>> byName;  // the next one last
  for (auto layer = before.layers.rbegin(); layer != before.layers.rend(); ++layer) {
    byName[layer->name].push_back(&*layer);
  }
  std::vector<LayerChange> layers;
  for (const StoredLayer& layer : now.layers) {
    const StoredLayer* matched = nullptr;
    if (auto found = byName.find(layer.name); found != byName.end() && !found->second.empty()) {
      matched = found->second.back();
      found->second.pop_back();
    }
    layers.push_back(changeOf(matched, &layer));
  }
  for (const StoredLayer& layer : before.layers) {
    auto& rest = byName[layer.name];
    if (rest.empty() || rest.back() != &layer) continue;  // what is left of a name keeps its order
    rest.pop_back();
    layers.push_back(changeOf(&layer, nullptr));
  }
  return layers;
}

std::vector<ParameterChange> parametersOf(const StoredResult& before, const StoredResult& now) {
  std::map<std::string, ParameterChange> byName;
  for (const auto& [name, value] : before.parameters) byName[name].before = value;
  for (const auto& [name, value] : now.parameters) byName[name].now = value;
  std::vector<ParameterChange> changes;
  for (auto& [name, change] : byName) {
    if (change.before == change.now) continue;
    change.name = name;
    changes.push_back(std::move(change));
  }
  return changes;
}

ResultDifference::Side sideOf(const StoredResult& result) {
  return {result.architecture, result.network, result.exact, result.complete};
}

template <class Changes>
bool anyDiffers(const Changes& changes) {
  return std::any_of(changes.begin(), changes.end(), [](const auto& each) { return each.differs(); });
}

}  // namespace

std::optional<Cycles> CycleChange::absolute() const {
  if (!before || !now) return std::nullopt;
  return *now - *before;
}

std::optional<double> CycleChange::relative() const {
  if (!before || !now || *before <= 0) return std::nullopt;
  return static_cast<double>(*now - *before) / static_cast<double>(*before);
}

bool LayerChange::differs() const {
  return !before || !now || cycles.differs() || standing || mapping || tunables || method || exactness ||
         anyDiffers(causes) || anyDiffers(traffic);
}

bool ResultDifference::differs() const {
  return before.architecture != now.architecture || before.network != now.network || cycles.differs() ||
         !parameters.empty() || anyDiffers(layers);
}

std::size_t differingLayers(const ResultDifference& difference) {
  return static_cast<std::size_t>(std::count_if(difference.layers.begin(), difference.layers.end(),
                                                [](const LayerChange& layer) { return layer.differs(); }));
}

ResultDifference differenceOf(const StoredResult& before, const StoredResult& now) {
  ResultDifference difference;
  difference.before = sideOf(before);
  difference.now = sideOf(now);
  difference.cycles = {before.cycles, now.cycles};
  difference.parameters = parametersOf(before, now);
  const auto then = totalCauses(before), after = totalCauses(now);
  difference.causes = changesOf(then ? &*then : nullptr, after ? &*after : nullptr);
  const StoredLayer wordsBefore = totalTraffic(before), wordsNow = totalTraffic(now);
  difference.traffic = trafficChanges(&wordsBefore, &wordsNow);
  difference.layers = layersOf(before, now);
  return difference;
}

}  // namespace taktwerk
