// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>
#include <variant>

#include "core/base/quotes.h"
#include "core/calibration/fit.h"
#include "core/estimate/threads.h"
#include "core/study/study_estimate.h"

namespace taktwerk {
namespace {

/// What a name that is varied sets.
struct Target {
  enum class Of : std::uint8_t { Architecture, Network, Mapping } of = Of::Architecture;
  std::string key;

  void set(StudySettings& settings, std::int64_t value) const {
    if (of == Of::Architecture) settings.architecture[key] = value;
    if (of == Of::Network) settings.network[key] = value;
    if (of == Of::Mapping) settings.tunables[key] = value;
  }
  [[nodiscard]] std::optional<std::int64_t> in(const StudySettings& settings) const {
    const auto of_ = [&](const auto& values) -> std::optional<std::int64_t> {
      const auto found = values.find(key);
      return found == values.end() ? std::nullopt : std::optional(found->second);
    };
    if (of == Of::Architecture) return of_(settings.architecture);
    return of == Of::Network ? of_(settings.network) : of_(settings.tunables);
  }
};

Diagnostic wrong(const std::string& file, SourcePosition position, std::string message) {
  return {Severity::Error, file, position, "R0024", std::move(message), {}};
}

class Calibrator {
 public:
  Calibrator(const Study& study, const Measurements& measurements, const CalibrationOptions& options,
             StudyMemory& memory, Progress& progress)
      : study_(study),
        measurements_(measurements),
        options_(options),
        vary_(options.vary),
        memory_(memory),
        progress_(progress) {
    how_.how = options.how;
    how_.how.jobs = 1;  // rows are what is done at the same time
    how_.keep = false;  // a point is asked for once
    for (Dimension& each : vary_) {
      if (auto* list = std::get_if<std::vector<std::int64_t>>(&each.values))
        std::sort(list->begin(), list->end());
    }
  }

  Calibration run() {
    findTargets();
    makeStudies();
    if (hasErrors(calibration_.diagnostics)) return std::move(calibration_);
    calibration_.before = estimateRows({}, allRows());
    divide();
    if (!vary_.empty()) fit();
    calibration_.cancelled = progress_.cancelled();
    return std::move(calibration_);
  }

 private:
  void findTargets() {
    const SettableNames names = settableNames(study_, nullptr);
    for (const Dimension& each : vary_) {
      const auto sorted = sortSettings({{each.name, 0}}, names);
      if (const auto* problem = std::get_if<SettingProblem>(&sorted)) {
        calibration_.diagnostics.push_back(wrong(study_.architecture->file, {1, 1}, problem->message));
        continue;
      }
      const StudySettings& settings = std::get<StudySettings>(sorted);
      if (!settings.architecture.empty()) {
        targets_.push_back({Target::Of::Architecture, settings.architecture.begin()->first});
      } else if (!settings.tunables.empty()) {
        targets_.push_back({Target::Of::Mapping, settings.tunables.begin()->first});
      }
    }
  }

  /// A study a row; settings of a row count more than those of all.
  void makeStudies() {
    const SettableNames names = settableNames(study_, nullptr);
    studies_.reserve(measurements_.rows.size());
    for (const Measurement& row : measurements_.rows) {
      Study study = study_;
      study.network = row.network;
      const auto sorted = sortSettings(row.settings, names);
      if (const auto* problem = std::get_if<SettingProblem>(&sorted)) {
        calibration_.diagnostics.push_back(wrong(measurements_.file, row.position, problem->message));
        return;
      }
      own_.push_back(std::get<StudySettings>(sorted));
      for (const auto& [name, value] : own_.back().architecture) study.settings.architecture[name] = value;
      for (const auto& [name, value] : own_.back().tunables) study.settings.tunables[name] = value;
      studies_.push_back(std::move(study));
    }
  }

  [[nodiscard]] std::vector<std::size_t> allRows() const {
    std::vector<std::size_t> rows(measurements_.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
  }

  [[nodiscard]] std::vector<std::size_t> estimableRows() const {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < calibration_.before.size(); ++i) {
      if (calibration_.before[i].cycles) rows.push_back(i);
    }
    return rows;
  }

  /// The rows in a random order that is the same on every computer, the first half of them to be fitted.
  void divide() {
    const std::size_t count = measurements_.rows.size();
    calibration_.fitted.assign(count, false);
    if (vary_.empty()) return;
    std::vector<std::size_t> rows = estimableRows();
    std::mt19937_64 random(options_.seed);
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
    rows.resize((rows.size() + 1) / 2);
    for (const std::size_t row : rows) calibration_.fitted[row] = true;
    std::sort(rows.begin(), rows.end());
    half_ = std::move(rows);
  }

  [[nodiscard]] std::vector<EstimatedRow> estimateRows(const FitPoint& point,
                                                       const std::vector<std::size_t>& rows) {
    std::vector<EstimatedRow> estimated(rows.size());
    inParallel(rows.size(), options_.how.jobs, [&](std::size_t i) {
      if (progress_.cancelled()) return;
      estimated[i] = estimateRow(point, rows[i]);
      if (options_.estimated) options_.estimated();
    });
    return estimated;
  }

  [[nodiscard]] EstimatedRow estimateRow(const FitPoint& point, std::size_t row) {
    Study study = studies_[row];
    for (std::size_t d = 0; d < point.size(); ++d) {
      if (!targets_[d].in(own_[row])) {
        targets_[d].set(study.settings, valueAt(vary_[d].values, point[d]));
      }
    }
    EstimatedRow estimated;
    const auto result = estimate(study, how_, memory_, progress_);
    if (result->cancelled) return estimated;
    if (!result->estimate || hasErrors(result->diagnostics)) {
      for (const Diagnostic& problem : result->diagnostics) {
        if (problem.severity == Severity::Error && estimated.reason.empty())
          estimated.reason = problem.message;
      }
      return estimated;
    }
    const NetworkEstimate& network = *result->estimate;
    if (network.layers.empty()) {
      estimated.reason = network.unmapped.empty() ? "nothing is mapped" : network.unmapped.front().reason;
      return estimated;
    }
    const LayerEstimate& layer = network.layers.front();
    estimated.cycles = network.cycles;
    estimated.exact = network.exact;
    estimated.mapping = layer.mapping;
    const CauseTable causes = causeTable(layer.breakdown, *network.machine);
    if (!causes.causes.empty()) estimated.cause = causes.causes.front().cause;
    return estimated;
  }

  /// The mean of squared logarithms over some rows.
  [[nodiscard]] double loss(const FitPoint& point, const std::vector<std::size_t>& rows) {
    const std::vector<EstimatedRow> estimated = estimateRows(point, rows);
    double sum = 0;
    for (std::size_t i = 0; i < estimated.size(); ++i) {
      if (!estimated[i].cycles || *estimated[i].cycles < 1) return std::numeric_limits<double>::infinity();
      const double measured = measurements_.rows[rows[i]].cycles;
      const double off = std::log(static_cast<double>(*estimated[i].cycles) / measured);
      sum += off * off;
    }
    return sum / static_cast<double>(estimated.size());
  }

  /// The present value of a parameter: set, or the default of the architecture.
  [[nodiscard]] std::optional<std::int64_t> presentOf(const Target& target) const {
    if (const auto set = target.in(study_.settings)) return set;
    if (target.of == Target::Of::Mapping) return std::nullopt;
    for (const Parameter& parameter : study_.architecture->parameters) {
      if (parameter.name == target.key) return parameter.defaultValue;
    }
    return std::nullopt;
  }

  /// The place in a dimension whose value is nearest; values rise.
  [[nodiscard]] static std::int64_t placeOf(const DimensionValues& values, std::int64_t wanted) {
    std::int64_t low = 0, high = sizeOf(values) - 1;
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (valueAt(values, middle) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const bool below = low > 0 && wanted - valueAt(values, low - 1) < valueAt(values, low) - wanted;
    return below ? low - 1 : low;
  }

  void fit() {
    if (!canBeFitted()) return;
    std::vector<std::int64_t> sizes;
    FitPoint start;
    for (std::size_t d = 0; d < targets_.size(); ++d) {
      const DimensionValues& values = vary_[d].values;
      sizes.push_back(sizeOf(values));
      start.push_back(placeOf(values, presentOf(targets_[d]).value_or(valueAt(values, 0))));
    }
    const auto fitOn = [&](const std::vector<std::size_t>& rows) {
      return Fit(
          sizes, [this, &rows](const FitPoint& point) { return loss(point, rows); },
          [this] { return progress_.cancelled(); });
    };
    Fit half = fitOn(half_);
    const FitPoint judged = half.minimise(start);
    if (progress_.cancelled()) return;
    if (!std::isfinite(half.lossAt(judged))) {
      calibration_.diagnostics.push_back(wrong(
          measurements_.file, {1, 1},
          "no values in these ranges were found for which each row of the fitted half has an estimate"));
      return;
    }
    const std::vector<std::size_t> rows = estimableRows();
    Fit all = fitOn(rows);
    const FitPoint best = all.minimise(judged);
    const bool fits = std::isfinite(all.lossAt(best));
    if (!fits && !progress_.cancelled()) {
      Diagnostic without = wrong(measurements_.file, {1, 1},
                                 "no values in these ranges were found for which each row has an estimate; "
                                 "those of the fitted half are kept");
      without.severity = Severity::Warning;
      calibration_.diagnostics.push_back(std::move(without));
    }
    tellParameters(fits ? all : half, fits ? best : judged, judged, fits ? rows.size() : half_.size());
    calibration_.designs = static_cast<std::int64_t>(half.points() + all.points());
    calibration_.after = estimateRows(judged, allRows());
  }

  /// Enough rows, and ranges that can be searched.
  [[nodiscard]] bool canBeFitted() {
    constexpr std::size_t fewest = 2;
    if (half_.size() < std::max(fewest, vary_.size() + 1)) {
      calibration_.diagnostics.push_back(
          wrong(measurements_.file, {1, 1},
                std::to_string(half_.size()) + " rows are too few to fit " + std::to_string(vary_.size()) +
                    " parameters on: at least " + std::to_string(2 * std::max(fewest, vary_.size() + 1) - 1) +
                    " must have an estimate"));
      return false;
    }
    for (const Dimension& each : vary_) {
      if (sizeOf(each.values) <= Fit::mostPlaces) continue;
      calibration_.diagnostics.push_back(wrong(
          measurements_.file, {1, 1},
          "the range of " + inQuotes(each.name) + " has more than 2^40 values; take steps, or a factor"));
      return false;
    }
    return true;
  }

  /// Which values explain the rows about as well as the best, and what that leaves of the ranges. `judged`:
  /// the best of the fitted half.
  void tellParameters(Fit& fit, const FitPoint& best, const FitPoint& judged, std::size_t rows) {
    const double least = fit.lossAt(best);
    const double freedom = std::max(1.0, static_cast<double>(rows) - static_cast<double>(targets_.size()));
    constexpr double four = 4;           // about the 95 % point of F with one degree and some
    constexpr double noticeable = 1e-6;  // a tenth of a per cent in the mean
    const double limit = least + std::max(least * four / freedom, noticeable);
    for (std::size_t d = 0; d < targets_.size(); ++d) {
      const DimensionValues& values = vary_[d].values;
      FittedParameter parameter;
      parameter.name = vary_[d].name;
      if (targets_[d].of == Target::Of::Architecture) parameter.key = targets_[d].key;
      parameter.half = valueAt(values, judged[d]);
      parameter.value = valueAt(values, best[d]);
      parameter.before = presentOf(targets_[d]).value_or(parameter.value);
      parameter.smallest = valueAt(values, 0);
      parameter.largest = valueAt(values, sizeOf(values) - 1);
      const auto [first, last] = fit.bandOf(d, best, limit);
      parameter.least = valueAt(values, first);
      parameter.most = valueAt(values, last);
      using Determined = FittedParameter::Determined;
      const bool toStart = first == 0, toEnd = last == sizeOf(values) - 1;
      parameter.determined = toStart && toEnd ? Determined::No
                             : toStart        ? Determined::FromAbove
                             : toEnd          ? Determined::FromBelow
                                              : Determined::Yes;
      calibration_.parameters.push_back(std::move(parameter));
    }
  }

  const Study& study_;
  const Measurements& measurements_;
  const CalibrationOptions& options_;
  std::vector<Dimension> vary_;  ///< with rising values
  StudyMemory& memory_;
  Progress& progress_;
  StudyOptions how_;
  std::vector<Target> targets_;
  std::vector<Study> studies_;
  std::vector<StudySettings> own_;  ///< settings of the rows
  std::vector<std::size_t> half_;   ///< rows of the fitted half
  Calibration calibration_;
};

}  // namespace

Result<Study> readStudy(const Measurements& measurements, StudyFiles files, StudyMemory& memory) {
  if (measurements.rows.empty()) return wrong(measurements.file, {1, 1}, "there are no layers");
  const NetworkSource& first = measurements.rows.front().network;
  files.network = first.path;
  files.texts[first.path] = first.text;
  return readStudy(files, memory);
}

Calibration calibrate(const Study& study, const Measurements& measurements, const CalibrationOptions& options,
                      StudyMemory& memory, Progress& progress) {
  return Calibrator(study, measurements, options, memory, progress).run();
}

}  // namespace taktwerk
