// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oneapi/tbb/parallel_for.h"

namespace oneapi::tbb {

/// As many threads at the same time as the caller wants, whatever the machine.
class global_control {
 public:
  enum parameter { max_allowed_parallelism };
  global_control(parameter, std::size_t) {}
  [[nodiscard]] static std::size_t active_value(parameter) {
    return std::max<std::size_t>(8, std::thread::hardware_concurrency());
  }
};

}  // namespace oneapi::tbb
