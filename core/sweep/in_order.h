// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// Passes rows on in the order of their points, each as soon as those before it are there.
class InOrder {
 public:
  explicit InOrder(std::function<void(const SweepRow&)> to) : to_(std::move(to)) {}
  void add(SweepRow row);
  /// Passes on what still waits, in order: of a run that was stopped.
  void finish();

 private:
  std::function<void(const SweepRow&)> to_;
  std::map<std::int64_t, SweepRow> waiting_;
  std::int64_t next_ = 0;
};

}  // namespace taktwerk
