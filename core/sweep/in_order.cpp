// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/in_order.h"

#include <utility>

namespace taktwerk {

void InOrder::add(SweepRow row) {
  const std::int64_t sequence = row.sequence;
  waiting_.emplace(sequence, std::move(row));
  for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_; ++next_) {
    to_(first->second);
    first = waiting_.erase(first);
  }
}

void InOrder::finish() {
  for (const auto& [sequence, row] : waiting_) to_(row);
  waiting_.clear();
}

}  // namespace taktwerk
