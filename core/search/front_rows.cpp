// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/front_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/front/hypervolume.h"

namespace taktwerk {

void FrontRows::add(const SweepRow& row) {
  ObjectiveValues values = objectiveValues(sweep_, row);
  if (values.empty()) {
    leftOut_ += row.state == PointState::Done ? 1 : 0;
    return;
  }
  if (worst_.empty()) worst_ = values;
  for (std::size_t o = 0; o < values.size(); ++o) {
    if (isBetter(sweep_.objectives[o], worst_[o], values[o])) worst_[o] = values[o];
  }
  kept_.push_back(row);
  kept_.back().layers.clear();  // they are for a store, and many
  values_.push_back(std::move(values));
  if (kept_.size() < forgetAt_) return;
  forgetDominated();
  forgetAt_ = std::max(forgetAt_, 2 * kept_.size());
}

void FrontRows::forgetDominated() {
  std::vector<bool> larger;
  larger.reserve(sweep_.objectives.size());
  for (const Objective& objective : sweep_.objectives)
    larger.push_back(objective.direction == Figure::Better::More);
  std::size_t size = 0;
  for (const std::size_t row : nonDominated(values_, larger)) {  // ascending
    if (row != size) {
      kept_[size] = std::move(kept_[row]);
      values_[size] = std::move(values_[row]);
    }
    ++size;
  }
  kept_.resize(size);
  values_.resize(size);
}

std::vector<FrontColumn> FrontRows::columnsOf(const std::vector<std::vector<double>>& values) const {
  std::vector<FrontColumn> columns = taktwerk::columnsOf(values);
  for (std::size_t o = 0; o < columns.size(); ++o)
    columns[o].larger = sweep_.objectives[o].direction == Figure::Better::More;
  return columns;
}

std::optional<FrontVolume> FrontRows::volume() {
  forgetDominated();
  const std::size_t objectives = sweep_.objectives.size();
  if (objectives < 2 || objectives > 3 || kept_.empty()) return std::nullopt;
  std::vector<std::vector<double>> front(objectives), worst(objectives), best(objectives);
  FrontVolume volume;
  volume.logarithmic = true;
  for (std::size_t o = 0; o < objectives; ++o) {
    for (const ObjectiveValues& values : values_) front[o].push_back(values[o]);
    const auto isWorse = [&](double a, double b) { return isBetter(sweep_.objectives[o], b, a); };
    best[o] = {*std::max_element(front[o].begin(), front[o].end(), isWorse)};
    worst[o] = {worst_[o]};
    volume.logarithmic = volume.logarithmic && best[o][0] > 0 && worst[o][0] > 0;
  }
  volume.reference = referenceBeyond(columnsOf(worst));
  const FrontScale scale = volume.logarithmic ? FrontScale::Logarithmic : FrontScale::Linear;
  const double box = hypervolume(columnsOf(best), volume.reference, scale);
  if (!(box > 0)) return std::nullopt;
  volume.share = hypervolume(columnsOf(front), volume.reference, scale) / box;
  return volume;
}

std::vector<SweepRow> FrontRows::rows() {
  forgetDominated();
  std::vector<std::size_t> order(kept_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t o = 0; o < sweep_.objectives.size(); ++o) {
      if (values_[a][o] != values_[b][o]) return isBetter(sweep_.objectives[o], values_[a][o], values_[b][o]);
    }
    return kept_[a].point.number < kept_[b].point.number;
  });
  std::vector<SweepRow> rows;
  rows.reserve(order.size());
  for (const std::size_t row : order) rows.push_back(kept_[row]);
  return rows;
}

}  // namespace taktwerk
