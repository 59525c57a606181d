// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/study/sensitivity.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

class JobManager;

/// Estimates every step of what is studied, in the background, and holds what has come so far. What it found
/// stays until the next run; it is out of date as soon as something else is studied.
class StepRun : public QObject {
  Q_OBJECT
 public:
  StepRun(JobManager& jobs, EstimateController& estimates, QObject* parent = nullptr);

  /// Begins anew; `layer` is the one whose cycles count, empty: all.
  void start(const QString& layer);
  /// What has come so far stays.
  void stop();
  [[nodiscard]] bool running() const;

  /// The cycles now; none before they are known, and where there are none, with the reason.
  [[nodiscard]] std::optional<Cycles> present() const { return head_.cycles; }
  [[nodiscard]] const QString& reason() const { return reason_; }
  /// The present figure, without its outcomes.
  [[nodiscard]] const Sensitivity& head() const { return head_; }
  /// Ranked.
  [[nodiscard]] const std::vector<StepOutcome>& outcomes() const { return outcomes_; }
  [[nodiscard]] std::size_t steps() const { return head_.steps; }  ///< in all, once that is known
  [[nodiscard]] bool begun() const { return begun_; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// Whether something else is studied by now than what the outcomes are of.
  [[nodiscard]] bool outOfDate() const { return outOfDate_; }
  [[nodiscard]] const QString& layer() const { return layer_; }
  /// What the outcomes are of.
  [[nodiscard]] const EstimateInput& input() const { return input_; }

 Q_SIGNALS:
  /// A run begins: there will be no outcomes, and there are none.
  void aboutToClear();
  void cleared();
  /// An outcome will stand at that place among the others, and does.
  void aboutToAdd(std::size_t place);
  void added(std::size_t place);
  /// Began, ended, went on or got out of date.
  void changed();

 private:
  struct Stream;
  void take();
  void finish(const Sensitivity& found);
  void add(StepOutcome&& outcome);
  void compareInput();

  JobManager& jobs_;
  EstimateController& estimates_;
  EstimateInput input_;
  QString layer_, reason_;
  std::shared_ptr<Stream> stream_;  ///< of the run under way
  Sensitivity head_;
  std::vector<StepOutcome> outcomes_;
  bool begun_ = false, stopped_ = false, outOfDate_ = false;
};

}  // namespace taktwerk
