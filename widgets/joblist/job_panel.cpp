// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/joblist/job_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>

#include "core/estimate/threads.h"
#include "widgets/joblist/job_model.h"
#include "widgets/theme/table_look.h"

namespace taktwerk {

JobPanel::JobPanel(JobManager& jobs, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      model_(new JobModel(jobs, this)),
      table_(new QTableView),
      stop_(new QPushButton(tr("Stop Job"))),
      threads_(new QSpinBox) {
  table_->setModel(model_);
  setTableLook(*table_, tr("Jobs"));
  table_->horizontalHeader()->setSectionResizeMode(JobModel::Title, QHeaderView::Stretch);
  for (const auto& [column, width] : {std::pair(1, 190), std::pair(2, 120), std::pair(3, 110)}) {
    table_->setColumnWidth(column, width);
  }
  const int cores = static_cast<int>(threadsOf(0));
  threads_->setRange(0, 4 * cores);
  threads_->setSpecialValueText(cores == 1 ? tr("all (1 core)") : tr("all (%1 cores)").arg(cores));
  threads_->setValue(static_cast<int>(jobs_.threads()));
  threads_->setKeyboardTracking(false);  // 12 is no wish for 1 first
  threads_->setAccessibleName(tr("Threads of a job"));
  threads_->setToolTip(tr("How many threads estimates, searches and sweeps use, from the next one on"));
  auto* label = new QLabel(tr("Threads"));
  label->setBuddy(threads_);
  auto* side = new QVBoxLayout;
  side->setContentsMargins(8, 6, 12, 6);
  side->addWidget(stop_);
  side->addStretch(1);
  side->addWidget(label);
  side->addWidget(threads_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(table_, 1);
  row->addLayout(side);
  setFocusProxy(table_);
  connect(stop_, &QPushButton::clicked, this, &JobPanel::stop);
  connect(threads_, &QSpinBox::valueChanged, this,
          [this](int threads) { jobs_.setThreads(static_cast<unsigned>(threads)); });
  connect(&jobs_, &JobManager::threadsChanged, this,
          [this] { threads_->setValue(static_cast<int>(jobs_.threads())); });
  for (const auto signal : {&JobModel::rowsInserted, &JobModel::rowsRemoved}) {
    connect(model_, signal, this, &JobPanel::refresh);
  }
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobPanel::refresh);
  refresh();
}

int JobPanel::chosen() const {
  if (model_->rowCount() == 1) return 0;
  const QModelIndexList rows = table_->selectionModel()->selectedRows();
  return rows.isEmpty() ? -1 : rows.front().row();
}

void JobPanel::refresh() {
  stop_->setEnabled(chosen() >= 0);
  stop_->setToolTip(chosen() >= 0             ? tr("Stop the job; what it has found stays")
                    : model_->rowCount() == 0 ? tr("Nothing is running.")
                                              : tr("Choose a job first."));
}

void JobPanel::stop() {
  const int row = chosen();
  if (row >= 0) jobs_.cancel(model_->jobs()[static_cast<std::size_t>(row)].id);
}

}  // namespace taktwerk
