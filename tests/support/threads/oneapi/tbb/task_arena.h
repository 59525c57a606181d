// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "oneapi/tbb/parallel_for.h"

namespace oneapi::tbb {

class task_arena {
 public:
  static constexpr int automatic = -1;
  explicit task_arena(int threads) : threads_(threads > 0 ? static_cast<std::size_t>(threads) : 0) {}

  template <class Body>
  void execute(const Body& body) {
    const std::size_t before = std::exchange(detail::arenaThreads, threads_);
    body();
    detail::arenaThreads = before;
  }

 private:
  std::size_t threads_;
};

namespace this_task_arena {

inline int max_concurrency() {
  return static_cast<int>(detail::arenaThreads);
}
template <class Body>
void isolate(const Body& body) {
  body();
}

}  // namespace this_task_arena

}  // namespace oneapi::tbb
