// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/base/progress.h"
#include "core/calibration/measurements.h"
#include "core/estimate/estimate.h"
#include "core/space/space.h"
#include "core/study/study.h"
#include "core/study/study_memory.h"

namespace taktwerk {

/// What a study says of a measured layer.
struct EstimatedRow {
  std::optional<Cycles> cycles;  ///< none: see `reason`
  std::string reason;            ///< why there is none: no mapping takes it, the design cannot be
  bool exact = true;
  std::optional<NamedCause> cause;  ///< that most of the time goes to
  std::string mapping;              ///< its name
};

/// How far estimates are off, relative to what was measured: 0.1 is a tenth too many cycles.
struct Accuracy {
  std::size_t rows = 0;     ///< with an estimate
  std::size_t missing = 0;  ///< without one
  double meanAbsolute = 0;  ///< mean of the sizes of the errors
  double bias = 0;          ///< mean of the errors
  double largest = 0;       ///< the size of the largest one
};

/// A parameter that was fitted.
struct FittedParameter {
  std::string name;         ///< as it was written: "dram_latency", "arch.dram_latency"
  std::string key;          ///< of the architecture's parameter; empty: a mapping's tunable
  std::int64_t before = 0;  ///< without fitting
  std::int64_t half = 0;    ///< found on the fitted half alone: what the other half judges
  /// Found on all rows that have an estimate, once the halves have told what fitting is worth: twice the rows
  /// leave 0.7 of the uncertainty. It is what is written into a file.
  std::int64_t value = 0;
  /// Values that explain all rows about as well: a band of 95 % by the profile of the sum of squares, where
  /// the other parameters may follow.
  std::int64_t least = 0, most = 0;
  std::int64_t smallest = 0, largest = 0;  ///< of its range
  /// How much of the range the band leaves: with `No` every value explains the layers.
  enum class Determined : std::uint8_t { Yes, FromBelow, FromAbove, No };
  Determined determined = Determined::No;
};

struct CalibrationOptions {
  std::vector<Dimension> vary;  ///< parameters that are fitted; none: the rows are compared, no more
  std::uint64_t seed = 1;       ///< which rows are in the fitted half
  EstimateOptions how;          ///< `jobs` rows at the same time
  /// Told after each row of each design that was estimated, by any of the threads.
  std::function<void()> estimated = {};
};

/// An architecture beside measured layers, and where parameters are fitted what that brings. The rows are
/// divided at random; parameters are fitted on one half, and the other half judges them. Then they are fitted
/// on all rows, for the values that are kept; how far off those are on other layers is what the judging half
/// says.
struct Calibration {
  std::vector<EstimatedRow> before;  ///< by row, with the values that the study has
  std::vector<EstimatedRow> after;   ///< with those of the fitted half; empty where nothing was fitted
  std::vector<bool> fitted;          ///< by row, whether it is in the fitted half
  std::vector<FittedParameter> parameters;
  std::int64_t designs = 0;  ///< that were estimated
  Diagnostics diagnostics;   ///< with errors there is nothing to compare
  bool cancelled = false;

  [[nodiscard]] const std::vector<EstimatedRow>& last() const { return after.empty() ? before : after; }
};

/// Reads the architecture and the mappings of the files, which name no network: the study is of the first
/// row's layer. Errors: those of the files, and no rows.
[[nodiscard]] Result<Study> readStudy(const Measurements& measurements, StudyFiles files,
                                      StudyMemory& memory);

/// Compares and fits. What is minimised is the mean of squared logarithms of estimated over measured cycles,
/// so that half and twice the cycles count the same and no long layer outweighs short ones; by search along
/// each parameter in turn and along the way the last turn went, from two starts and with each value of
/// parameters that have few. The result does not depend on the number of threads. Rows that are
/// fitted and have no estimate at a point make the point one that cannot be.
[[nodiscard]] Calibration calibrate(const Study& study, const Measurements& measurements,
                                    const CalibrationOptions& options, StudyMemory& memory,
                                    Progress& progress);

/// Error of a row, or none where there is no estimate.
[[nodiscard]] std::optional<double> errorOf(const Measurement& measured, const EstimatedRow& estimated);

enum class Rows : std::uint8_t { All, Fitted, Judged };
[[nodiscard]] Accuracy accuracyOf(const Measurements& measurements,
                                  const std::vector<EstimatedRow>& estimated,
                                  const std::vector<bool>& fitted = {}, Rows which = Rows::All);

/// Mean of half of the runs' spread, relative to the mean of the runs: what no model can be better than; none
/// where no row has one.
[[nodiscard]] std::optional<double> spreadOf(const Measurements& measurements);

/// Rows with something in common: a value of a dimension or a range of them, or what most of their time goes
/// to.
struct RowGroup {
  std::string of;                    ///< a dimension or a setting; empty of a cause
  std::int64_t first = 0, last = 0;  ///< its values
  std::optional<NamedCause> cause;
  Accuracy accuracy;
};
/// Dimensions of few values by value, others in up to four groups of about as many rows; then causes, the
/// most frequent first.
[[nodiscard]] std::vector<RowGroup> groupsOf(const Measurements& measurements,
                                             const std::vector<EstimatedRow>& estimated);

}  // namespace taktwerk
