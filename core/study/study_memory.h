// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/estimate/estimate_memory.h"
#include "core/machine/elaborate.h"
#include "core/network/network.h"
#include "core/study/study.h"

namespace taktwerk {

struct StudyResult;

/// What the points of studies that share a memory have cost so far.
struct StudyCounts {
  std::int64_t files = 0;     ///< architectures and mappings parsed
  std::int64_t networks = 0;  ///< read, once for each of their parameters' values
  ElaborationCounts elaborations;
  EstimateCounts estimates;
  std::int64_t points = 0;       ///< estimated
  std::int64_t pointsKnown = 0;  ///< whose result was there
  friend bool operator==(const StudyCounts&, const StudyCounts&) = default;
};

/// What studies have in common: files that were parsed, machines, networks, programs, timings and results.
/// It never changes a figure. Shared by threads and by the studies of one window; what it holds is bounded,
/// and the oldest goes first.
class StudyMemory {
 public:
  StudyMemory() = default;
  StudyMemory(const StudyMemory&) = delete;
  StudyMemory& operator=(const StudyMemory&) = delete;

  [[nodiscard]] Result<std::shared_ptr<const Architecture>> architecture(const std::string& path);
  [[nodiscard]] Result<Mapping> mapping(const std::string& path, const std::string* text = nullptr);
  [[nodiscard]] Result<std::shared_ptr<const Network>> network(const NetworkSource& source,
                                                               const Settings::Values& parameters);
  [[nodiscard]] Result<std::shared_ptr<const Machine>> machine(
      const std::shared_ptr<const Architecture>& architecture, const Settings::Values& parameters);

  /// The text of a network's file, or the text that an imported one becomes.
  [[nodiscard]] Result<std::shared_ptr<const std::string>> networkText(const std::string& path);

  [[nodiscard]] EstimateMemory& estimates() { return estimates_; }

  /// A result by the content of its point; null if it is not known.
  [[nodiscard]] std::shared_ptr<const StudyResult> result(const std::string& point);
  void keep(const std::string& point, std::shared_ptr<const StudyResult> result);

  [[nodiscard]] StudyCounts counts() const;

 private:
  template <class Value>
  using Kept = std::list<std::pair<std::string, Value>>;
  struct Elaborated {
    std::mutex mutex;
    Elaboration elaboration;
    std::map<Settings::Values, Result<std::shared_ptr<const Machine>>> machines;
    explicit Elaborated(std::shared_ptr<const Architecture> architecture)
        : elaboration(std::move(architecture)) {}
  };

  mutable std::mutex mutex_;
  Kept<std::pair<std::string, Result<std::shared_ptr<const Architecture>>>> architectures_;
  Kept<std::pair<std::string, Result<Mapping>>> mappings_;
  Kept<std::pair<std::shared_ptr<const std::string>, Result<std::shared_ptr<const Network>>>> networks_;
  Kept<Result<std::shared_ptr<const std::string>>> imported_;
  std::list<std::shared_ptr<Elaborated>> elaborations_;
  std::unordered_map<std::string, std::shared_ptr<const StudyResult>> results_;
  ElaborationCounts forgotten_;  ///< of elaborations that are gone
  EstimateMemory estimates_;
  StudyCounts counts_;
};

}  // namespace taktwerk
