// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "core/sweep/value_steps.h"

namespace taktwerk {

class JobManager;
struct PlotData;

/// Finds the steps of results in jobs. While results stream in what was found stays until the next is there.
class StepFinder : public QObject {
  Q_OBJECT
 public:
  explicit StepFinder(JobManager& jobs, QObject* parent = nullptr);

  /// Of the rows that are shown. Another question, or other results: what was found holds no more.
  void find(const std::shared_ptr<const PlotData>& data, std::size_t parameter, std::size_t figure);
  void clear();
  /// Null: none are known.
  [[nodiscard]] const std::shared_ptr<const ValueSteps>& steps() const { return steps_; }
  [[nodiscard]] const StepQuestion& question() const { return question_; }

 Q_SIGNALS:
  void found();

 private:
  void next();

  JobManager& jobs_;
  StepQuestion question_;
  std::shared_ptr<const ValueSteps> steps_;
  std::shared_ptr<const PlotData> wanted_, underWay_, of_;  ///< next, being looked through, that steps are of
  std::uint64_t generation_ = 0;                            ///< of the question
};

}  // namespace taktwerk
