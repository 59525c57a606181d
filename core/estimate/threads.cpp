// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/threads.h"

#include <algorithm>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace taktwerk {

unsigned threadsOf(unsigned jobs) {
  using oneapi::tbb::global_control;
  const std::size_t all = global_control::active_value(global_control::max_allowed_parallelism);
  return static_cast<unsigned>(jobs > 0 ? std::min<std::size_t>(jobs, all) : all);
}

void inParallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& body) {
  const unsigned threads = threadsOf(jobs);
  if (threads == 1 || count <= 1) {
    for (std::size_t k = 0; k < count; ++k) body(k);
    return;
  }
  const auto share = [&] {
    oneapi::tbb::parallel_for(
        oneapi::tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
          for (std::size_t k = range.begin(); k != range.end(); ++k) body(k);
        },
        oneapi::tbb::simple_partitioner());
  };
  if (oneapi::tbb::this_task_arena::max_concurrency() == static_cast<int>(threads)) {
    // Within others already: as many threads in all. Who waits here takes nothing up from outside meanwhile.
    oneapi::tbb::this_task_arena::isolate(share);
  } else {
    oneapi::tbb::task_arena(static_cast<int>(threads)).execute(share);
  }
}

}  // namespace taktwerk
