// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "widgets/jobs/job_manager.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

/// Everything that runs in the background, a row a job.
class JobModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Title, Done, Rate, Left, ColumnCount };
  explicit JobModel(JobManager& jobs, QObject* parent = nullptr);

  [[nodiscard]] const std::vector<JobState>& jobs() const { return states_; }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  void refresh();
  [[nodiscard]] QString text(const JobState& job, int column) const;

  JobManager& jobs_;
  std::vector<JobState> states_;
};

/// "412 of 1 024 points", "38 %", or nothing where the total is not known.
[[nodiscard]] QString doneText(const JobState& job);
/// "2:10 left", or nothing while that is not known.
[[nodiscard]] QString leftText(const JobState& job);

}  // namespace taktwerk
