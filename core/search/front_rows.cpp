// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/front_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/front/front.h"

namespace taktwerk {

void FrontRows::add(const SweepRow& row) {
  ObjectiveValues values = objectiveValues(sweep_, row);
  if (values.empty()) {
    leftOut_ += row.state == PointState::Done ? 1 : 0;
    return;
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
