// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/joblist/job_model.h"

#include <algorithm>
#include <cmath>

#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

QString doneText(const JobState& job) {
  if (job.fraction < 0) return {};
  if (job.unit.isEmpty()) return JobModel::tr("%1 %").arg(job.fraction * 100, 0, 'f', 0);
  return JobModel::tr("%1 of %2 %3").arg(grouped(job.done), grouped(job.total), job.unit);
}

QString leftText(const JobState& job) {
  if (job.secondsLeft < 0) return {};
  const auto whole = static_cast<qint64>(std::ceil(std::min(job.secondsLeft, 1e12)));
  if (whole < 60) return JobModel::tr("%1 s left").arg(whole);
  if (whole < 7200)
    return JobModel::tr("%1:%2 left").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return JobModel::tr("%1 h left").arg(whole / 3600);
}

JobModel::JobModel(JobManager& jobs, QObject* parent)
    : ColumnTable({tr("Job"), tr("Done"), tr("Rate"), tr("Time left")}, Done, Left, parent),
      jobs_(jobs),
      states_(jobs.states()) {
  connect(&jobs_, &JobManager::started, this, &JobModel::refresh);
  connect(&jobs_, &JobManager::progressed, this, &JobModel::refresh);
  connect(&jobs_, &JobManager::finished, this, &JobModel::refresh);
}

/// Rows of jobs that go on stay what they are.
void JobModel::refresh() {
  const std::vector<JobState> now = jobs_.states();
  const auto isIn = [](const std::vector<JobState>& all, std::uint64_t id) {
    return std::any_of(all.begin(), all.end(), [id](const JobState& each) { return each.id == id; });
  };
  for (int row = static_cast<int>(states_.size()) - 1; row >= 0; --row) {
    if (isIn(now, states_[static_cast<std::size_t>(row)].id)) continue;
    beginRemoveRows({}, row, row);
    states_.erase(states_.begin() + row);
    endRemoveRows();
  }
  // Jobs keep their order, and new ones come last.
  const int had = static_cast<int>(states_.size()), wanted = static_cast<int>(now.size());
  if (wanted > had) {
    beginInsertRows({}, had, wanted - 1);
    states_ = now;
    endInsertRows();
  } else {
    states_ = now;
  }
  if (had > 0) Q_EMIT dataChanged(index(0, 0), index(had - 1, ColumnCount - 1));
}

int JobModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(states_.size());
}

QString JobModel::text(const JobState& job, int column) const {
  switch (column) {
    case Title:
      return job.cancelling ? tr("%1 (stopping…)").arg(job.title) : job.title;
    case Done:
      return doneText(job);
    case Rate:
      return job.unit.isEmpty() || job.rate <= 0
                 ? QString()
                 : tr("%1 a second")
                       .arg(job.rate >= 10 ? grouped(static_cast<std::int64_t>(job.rate))
                                           : QString::number(job.rate, 'f', 1));
    case Left:
      return leftText(job);
    default:
      return {};
  }
}

QVariant JobModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
  return text(states_[static_cast<std::size_t>(index.row())], index.column());
}

}  // namespace taktwerk
