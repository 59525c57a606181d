// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <mutex>
#include <thread>

#include "core/base/progress.h"

namespace taktwerk::cli {

/// Ctrl-C (SIGINT), SIGTERM and a terminal that is closed (SIGHUP), taken by a thread of their own instead of
/// a signal handler, so that what they do needs no global state. Made first thing in `main`, before any other
/// thread, because threads inherit which signals they leave alone.
///
/// While a computation is watched, the first signal cancels it and another one, a second or more later, ends
/// the process at once; otherwise the first already does. Either way the exit status is 130.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// For the life of the guard, the first signal cancels `progress`.
  class Guard {
   public:
    Guard(Interruption& interruption, Progress& progress);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Interruption& interruption_;
  };

 private:
  void wait();

  sigset_t signals_{};
  std::mutex mutex_;  ///< of the two below
  Progress* watched_ = nullptr;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace taktwerk::cli
