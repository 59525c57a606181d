// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

namespace taktwerk {

/// What a long computation shares with whoever waits for it: the waiter asks it to stop and polls how
/// far it is; the computation looks at `cancelled()` at least every few milliseconds of work.
/// All members may be used from any thread at any time. The unit of `done` and `total` is the
/// computation's own (instructions, layers); `total` 0 means "not known".
struct Progress {
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};

  void cancel() { stop.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool cancelled() const { return stop.load(std::memory_order_relaxed); }
};

}  // namespace taktwerk
