// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QSpinBox;
class QTableView;

namespace taktwerk {

class JobManager;
class JobModel;

/// The jobs that run, each with how far it is, and a button that stops the chosen one; and how many threads
/// jobs may use.
class JobPanel : public QWidget {
  Q_OBJECT
 public:
  explicit JobPanel(JobManager& jobs, QWidget* parent = nullptr);

  [[nodiscard]] const JobModel& model() const { return *model_; }
  /// Stops the chosen job, or the only one.
  void stop();

 private:
  void refresh();
  [[nodiscard]] int chosen() const;

  JobManager& jobs_;
  JobModel* model_;
  QTableView* table_;
  QPushButton* stop_;
  QSpinBox* threads_;
};

}  // namespace taktwerk
