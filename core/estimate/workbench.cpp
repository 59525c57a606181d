// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/workbench.h"

#include <utility>

namespace taktwerk {

Workbenches::Bench Workbenches::take(const Mapping& mapping) {
  {
    const std::lock_guard lock(mutex_);
    std::vector<Bench>& free = free_[&mapping];
    if (!free.empty()) {
      Bench bench = std::move(free.back());
      free.pop_back();
      return bench;
    }
  }
  return std::make_unique<Workbench>(mapping, machine_, usage_);
}

Workbenches::Lent::~Lent() {
  bench->tidy();
  const std::lock_guard lock(owner.mutex_);
  owner.free_[&mapping].push_back(std::move(bench));
}

void Workbench::tidy() {
  // What is large is rarely of use to others, and there may be as many benches as threads.
  constexpr std::size_t mostLearned = 4u << 20;
  if (timer_ && timer_->automaton.learned() > mostLearned) timer_->automaton.forget();
}

}  // namespace taktwerk
