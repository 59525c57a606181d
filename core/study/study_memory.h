// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/progress.h"
#include "core/estimate/estimate_counts.h"
#include "core/machine/elaborate.h"
#include "core/network/network.h"
#include "core/program/program.h"
#include "core/study/study.h"

namespace taktwerk {

class EstimateMemory;
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
  StudyMemory();
  ~StudyMemory();
  StudyMemory(const StudyMemory&) = delete;
  StudyMemory& operator=(const StudyMemory&) = delete;

  [[nodiscard]] Result<std::shared_ptr<const Architecture>> architecture(const std::string& path);
  [[nodiscard]] Result<Mapping> mapping(const std::string& path, const std::string* text = nullptr);
  [[nodiscard]] Result<std::shared_ptr<const Network>> network(const NetworkSource& source,
                                                               const StudySettings::Values& parameters);
  /// Where `progress` asks to stop there may be neither a machine nor an error, and nothing is kept.
  [[nodiscard]] Result<std::shared_ptr<const Machine>> machine(
      const std::shared_ptr<const Architecture>& architecture, const StudySettings::Values& parameters,
      const Progress* progress = nullptr);

  /// The text of a network's file, or the text that an imported one becomes.
  [[nodiscard]] Result<std::shared_ptr<const std::string>> networkText(const std::string& path);

  /// A trace on a machine with the loops that are in it. A cancelled reading gives what was read, and is not
  /// kept.
  [[nodiscard]] Result<std::shared_ptr<const Program>> trace(const std::string& path,
                                                             const std::shared_ptr<const Machine>& machine,
                                                             Progress& progress);

  [[nodiscard]] EstimateMemory& estimates();

  /// A result by the content of its point; null if it is not known.
  [[nodiscard]] std::shared_ptr<const StudyResult> result(const std::string& point);
  void keep(const std::string& point, std::shared_ptr<const StudyResult> result);

  [[nodiscard]] StudyCounts counts() const;
  /// Seconds that threads have been computing to time programs.
  [[nodiscard]] double timingSeconds() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace taktwerk
