// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/store/result_store.h"
#include "core/study/study_memory.h"
#include "core/sweep/run_sweep.h"

namespace taktwerk {

/// The store of a sweep that runs, for all its threads. With `Sweep::layers` it keeps those, too.
class SweepStore {
 public:
  /// `texts` are taken in the place of files; `inputs`, where it is wanted, becomes what goes into each
  /// study. Errors: those of the store and of the files whose texts go into it.
  [[nodiscard]] static Result<std::shared_ptr<SweepStore>> open(
      const std::string& path, bool resume, const Sweep& sweep, const StudyOptions& options,
      StudyMemory& memory, const TextsInPlace& texts = {}, std::vector<StoredStudy>* inputs = nullptr);
  /// A result that is there; one that failed is tried again.
  [[nodiscard]] std::optional<SweepRow> find(const SweepPoint& point);
  /// Points whose values cannot be computed are not kept: nothing tells them from others. False: see
  /// `problems`.
  bool add(const SweepRow& row);
  bool commit();
  [[nodiscard]] Diagnostics problems();

 private:
  std::mutex mutex_;
  std::shared_ptr<ResultStore> store_;
  std::vector<std::int64_t> studies_;  ///< numbers in the store, by study of the sweep
};

}  // namespace taktwerk
