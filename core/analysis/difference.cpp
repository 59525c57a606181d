// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/difference.h"

#include <algorithm>
#include <utility>

namespace taktwerk {

namespace {

/// A layer of one result as it is compared.
struct Entry {
  std::string name;
  LayerId id;  ///< of the network, for the order; none of a trace
  LayerSide side;
  std::optional<Cycles> cycles;
  const Breakdown* breakdown = nullptr;  ///< of a timed one
};

void addTimed(std::vector<Entry>& entries, const LayerEstimate& layer) {
  LayerSide side;
  side.operatorName = layer.operatorName;
  side.mapping = layer.mapping;
  side.tunables = layer.tunables;
  side.method = layer.method;
  side.exact = layer.exact;
  side.guessed = layer.guessed;
  const auto idOf = [&](std::size_t i) { return i < layer.layers.size() ? layer.layers[i] : LayerId{}; };
  entries.push_back({layer.name, idOf(0), side, layer.cycles, &layer.breakdown});
  for (std::size_t i = 0; i < layer.fused.size(); ++i) {
    LayerSide fused = side;
    fused.standing = LayerStanding::Fused;
    fused.operatorName.clear();
    fused.fusedWith = layer.name;
    entries.push_back({layer.fused[i], idOf(i + 1), std::move(fused), std::nullopt, nullptr});
  }
}

/// In the order of the network; of a trace, as they stand.
std::vector<Entry> entriesOf(const NetworkEstimate& estimate) {
  std::vector<Entry> entries;
  for (const LayerEstimate& layer : estimate.layers) addTimed(entries, layer);
  for (const UnmappedLayer& layer : estimate.unmapped) {
    LayerSide side;
    side.standing = LayerStanding::Unmapped;
    side.operatorName = layer.operatorName;
    side.reason = layer.reason;
    entries.push_back({layer.name, layer.layer, std::move(side), std::nullopt, nullptr});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.id < b.id; });
  return entries;
}

using NamedSums = std::map<NamedCause, Cycles>;

NamedSums sumsOf(const CauseTable& table) {
  NamedSums sums;
  for (const CauseShare& each : table.causes) sums[each.cause] += each.cycles;
  return sums;
}

NamedSums sumsOf(const Entry* entry, const NetworkEstimate& estimate) {
  if (entry == nullptr || entry->breakdown == nullptr || entry->breakdown->empty()) return {};
  return sumsOf(causeTable(*entry->breakdown, *estimate.machine));
}

std::vector<CauseChange> changesOf(const NamedSums& before, const NamedSums& now) {
  std::map<NamedCause, CauseChange> byCause;
  for (const auto& [cause, cycles] : before) byCause[cause].before = cycles;
  for (const auto& [cause, cycles] : now) byCause[cause].now = cycles;
  std::vector<CauseChange> changes;
  changes.reserve(byCause.size());
  for (auto& [cause, change] : byCause) {
    change.cause = cause;
    changes.push_back(std::move(change));
  }
  const auto sizeOfChange = [](const CauseChange& c) {
    return c.now > c.before ? c.now - c.before : c.before - c.now;
  };
  std::stable_sort(changes.begin(), changes.end(), [&](const CauseChange& a, const CauseChange& b) {
    return sizeOfChange(a) > sizeOfChange(b);
  });
  return changes;
}

LayerChange changeOf(const Entry* before, const Entry* now, const NetworkEstimate& estimateBefore,
                     const NetworkEstimate& estimateNow) {
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
  change.causes = changesOf(sumsOf(before, estimateBefore), sumsOf(now, estimateNow));
  if (before == nullptr || now == nullptr) return change;
  const LayerSide &a = before->side, &b = now->side;
  change.standing = a.standing != b.standing || a.fusedWith != b.fusedWith || a.reason != b.reason;
  change.mapping = a.mapping != b.mapping;
  change.tunables = a.tunables != b.tunables;
  change.method = a.method != b.method;
  change.exactness = a.exact != b.exact || a.guessed != b.guessed;
  return change;
}

std::vector<LayerChange> layersOf(const NetworkEstimate& before, const NetworkEstimate& now) {
  const std::vector<Entry> then = entriesOf(before);
  std::map<std::string, std::vector<const Entry*>> byName;  // the next one last
  for (auto entry = then.rbegin(); entry != then.rend(); ++entry) byName[entry->name].push_back(&*entry);
  std::vector<LayerChange> layers;
  for (const Entry& entry : entriesOf(now)) {
    const Entry* matched = nullptr;
    if (auto found = byName.find(entry.name); found != byName.end() && !found->second.empty()) {
      matched = found->second.back();
      found->second.pop_back();
    }
    layers.push_back(changeOf(matched, &entry, before, now));
  }
  for (const Entry& entry : then) {
    const auto& rest = byName[entry.name];
    if (std::find(rest.begin(), rest.end(), &entry) == rest.end()) continue;
    layers.push_back(changeOf(&entry, nullptr, before, now));
  }
  return layers;
}

std::vector<ParameterChange> parametersOf(const NetworkEstimate& before, const NetworkEstimate& now) {
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

std::optional<Cycles> totalCycles(const NetworkEstimate& estimate) {
  if (estimate.cancelled || hasErrors(estimate.diagnostics)) return std::nullopt;
  return estimate.cycles;
}

ResultDifference::Side sideOf(const NetworkEstimate& estimate) {
  return {estimate.architecture, estimate.network, estimate.exact, estimate.complete};
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
         std::any_of(causes.begin(), causes.end(), [](const CauseChange& c) { return c.before != c.now; });
}

bool ResultDifference::differs() const {
  return before.architecture != now.architecture || before.network != now.network || cycles.differs() ||
         !parameters.empty() ||
         std::any_of(layers.begin(), layers.end(), [](const LayerChange& layer) { return layer.differs(); });
}

ResultDifference differenceOf(const NetworkEstimate& before, const NetworkEstimate& now) {
  ResultDifference difference;
  difference.before = sideOf(before);
  difference.now = sideOf(now);
  difference.cycles = {totalCycles(before), totalCycles(now)};
  difference.parameters = parametersOf(before, now);
  difference.causes = changesOf(sumsOf(totalOf(before)), sumsOf(totalOf(now)));
  difference.layers = layersOf(before, now);
  return difference;
}

}  // namespace taktwerk
