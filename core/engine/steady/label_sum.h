// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/engine/events/path.h"

namespace taktwerk::engine {

/// Adds cycles up by label. Empty again after `take`, and then best used again: it keeps a place for every
/// label.
class LabelSum {
 public:
  void add(PathLabel label, Cycles cycles) {
    if (cycles == 0) return;
    if (label >= byLabel_.size()) byLabel_.resize(label + 1, 0);
    if (byLabel_[label] == 0) met_.push_back(label);
    byLabel_[label] += cycles;
  }
  void add(const std::vector<std::pair<PathLabel, Cycles>>& part, std::int64_t times) {
    for (const auto& [label, cycles] : part) add(label, cycles * times);
  }
  /// What came to more than 0, in the order in which it was met.
  [[nodiscard]] std::vector<std::pair<PathLabel, Cycles>> take() {
    std::vector<std::pair<PathLabel, Cycles>> parts;
    parts.reserve(met_.size());
    for (const PathLabel label : met_) parts.emplace_back(label, std::exchange(byLabel_[label], 0));
    met_.clear();
    return parts;
  }

 private:
  std::vector<Cycles> byLabel_;
  std::vector<PathLabel> met_;
};

}  // namespace taktwerk::engine
