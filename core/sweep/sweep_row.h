// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/estimate/estimate.h"
#include "core/study/study_estimate.h"
#include "core/sweep/sweep.h"
#include "core/sweep/sweep_layers.h"

namespace taktwerk {

/// How a point ended.
enum class PointState : std::uint8_t {
  Done,
  Infeasible,  ///< there is no such design, or nothing of the network runs on it
  Failed,      ///< it could not be estimated: a deadlock, too little memory, figures beyond 64 bits
  Cancelled    ///< it was being estimated when the sweep was stopped
};
/// "done", "infeasible", "failed", "cancelled"
[[nodiscard]] std::string_view toString(PointState state);
[[nodiscard]] std::optional<PointState> pointStateFrom(std::string_view text);

/// What a point came to.
struct SweepRow {
  SweepPoint point;
  std::int64_t sequence = 0;  ///< the how-manieth of its run, from 0
  bool known = false;         ///< it was there before this run
  PointState state = PointState::Done;
  /// Why there is no figure; of a point that is done, what its figure lacks.
  std::string reason;
  Cycles cycles = 0;
  std::int64_t instructions = 0;
  std::int64_t macs = 0;
  bool exact = true;
  bool complete = true;  ///< else cycles are at least what is needed
  /// Of a point that is done, by `Sweep::figures`; NaN where it has none.
  std::vector<double> figures;
  std::int64_t missingLayers = 0;  ///< that the figure does not count, or counts with a guess
  std::vector<SweepLayer> layers;  ///< of a point that is done, if `Sweep::layers`
};

/// Estimates one point. Cancelled, or the machine failing: a row that says so. Everything in it but
/// `sequence` is a function of the point alone.
[[nodiscard]] SweepRow estimatePoint(const Sweep& sweep, SweepPoint point, const StudyOptions& options,
                                     StudyMemory& memory, Progress& progress);

}  // namespace taktwerk
