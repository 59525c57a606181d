// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/processor_time.h"

#include <ctime>

namespace taktwerk {
namespace {

double secondsBy(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

double secondsOfThread() {
  return secondsBy(CLOCK_THREAD_CPUTIME_ID);
}

double secondsOfProcess() {
  return secondsBy(CLOCK_PROCESS_CPUTIME_ID);
}

}  // namespace taktwerk
