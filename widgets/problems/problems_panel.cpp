// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/problems_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/problems/problem_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

ProblemsPanel::ProblemsPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(new ProblemModel(theme, this)), table_(new QTableView) {
  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(24);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->horizontalHeader()->setSectionResizeMode(ProblemModel::Message, QHeaderView::Stretch);
  table_->setColumnWidth(ProblemModel::Object, 110);
  table_->setColumnWidth(ProblemModel::Place, 210);
  table_->setColumnWidth(ProblemModel::Code, 64);
  table_->setAccessibleName(tr("Problems"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  setFocusProxy(table_);

  const auto activateIndex = [this](const QModelIndex& index) {
    if (index.isValid()) activate(index.row());
  };
  connect(table_, &QTableView::clicked, this, activateIndex);
  connect(table_, &QTableView::activated, this, activateIndex);
  auto* copyAction = new QAction(tr("Copy"), table_);
  copyAction->setShortcut(QKeySequence::Copy);
  copyAction->setShortcutContext(Qt::WidgetShortcut);
  connect(copyAction, &QAction::triggered, this, &ProblemsPanel::copy);
  table_->addAction(copyAction);
  approve_ = new QAction(tr("Approve…"), table_);
  withdraw_ = new QAction(tr("Withdraw approval"), table_);
  connect(approve_, &QAction::triggered, this, &ProblemsPanel::approveCurrent);
  connect(withdraw_, &QAction::triggered, this, [this] {
    if (const auto approval = model_->approvalOf(currentRow())) Q_EMIT withdrawRequested(*approval);
  });
  table_->addAction(approve_);
  table_->addAction(withdraw_);
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          &ProblemsPanel::refreshActions);
  connect(model_, &ProblemModel::changed, this, &ProblemsPanel::refreshActions);
  refreshActions();
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ProblemsPanel::setProblems(const Diagnostics& problems) {
  model_->setProblems(problems);
}

void ProblemsPanel::setProblems(const JudgedProblems& judged, const std::vector<Approval>& approvals) {
  model_->setProblems(judged, approvals);
}

int ProblemsPanel::currentRow() const {
  return table_->currentIndex().isValid() ? table_->currentIndex().row() : -1;
}

bool ProblemsPanel::canApprove() const {
  const int row = currentRow();
  return row >= 0 && row < model_->open() &&
         model_->problems()[static_cast<std::size_t>(row)].severity == Severity::Warning;
}

void ProblemsPanel::approveCurrent() {
  if (!canApprove()) return;
  const Diagnostic warning = model_->problems()[static_cast<std::size_t>(currentRow())];
  Q_EMIT approveRequested(warning);
}

void ProblemsPanel::refreshActions() {
  approve_->setEnabled(canApprove());
  withdraw_->setEnabled(model_->approvalOf(currentRow()).has_value());
  Q_EMIT currentChanged();
}

void ProblemsPanel::go(int step) {
  const int rows = model_->open();  // what is approved needs no visit
  if (rows == 0) return;
  const int current = currentRow();
  const int from = current >= 0 && current < rows ? current : (step > 0 ? -1 : 0);
  const QModelIndex next = model_->index(((from + step) % rows + rows) % rows, 0);
  table_->setCurrentIndex(next);
  activate(next.row());
}

void ProblemsPanel::activate(int row) {
  const Diagnostic problem =
      model_->problems()[static_cast<std::size_t>(row)];  // the list can be another soon
  Q_EMIT activated(problem);
}

void ProblemsPanel::copy() const {
  QStringList lines;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
    lines << QString::fromStdString(toString(model_->problems()[static_cast<std::size_t>(index.row())]));
  }
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace taktwerk
