// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/problems_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QStackedLayout>
#include <QTableView>

#include "widgets/problems/problem_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

ProblemsPanel::ProblemsPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(new ProblemModel(theme, this)), table_(new QTableView), empty_(new QLabel) {
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
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setText(tr("No problems."));
  auto* stack = new QStackedLayout(this);
  stack->addWidget(empty_);
  stack->addWidget(table_);

  const auto activate = [this](const QModelIndex& index) {
    if (index.isValid()) Q_EMIT activated(model_->problems()[static_cast<std::size_t>(index.row())]);
  };
  connect(table_, &QTableView::clicked, this, activate);
  connect(table_, &QTableView::activated, this, activate);
  auto* copyAction = new QAction(tr("Copy"), table_);
  copyAction->setShortcut(QKeySequence::Copy);
  copyAction->setShortcutContext(Qt::WidgetShortcut);
  connect(copyAction, &QAction::triggered, this, &ProblemsPanel::copy);
  table_->addAction(copyAction);
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ProblemsPanel::setProblems(const Diagnostics& problems) {
  model_->setProblems(problems);
  static_cast<QStackedLayout*>(layout())->setCurrentIndex(problems.empty() ? 0 : 1);
}

void ProblemsPanel::go(int step) {
  const int rows = model_->rowCount();
  if (rows == 0) return;
  const QModelIndex current = table_->currentIndex();
  const int from = current.isValid() ? current.row() : (step > 0 ? -1 : 0);
  const QModelIndex next = model_->index(((from + step) % rows + rows) % rows, 0);
  table_->setCurrentIndex(next);
  Q_EMIT activated(model_->problems()[static_cast<std::size_t>(next.row())]);
}

void ProblemsPanel::copy() const {
  QStringList lines;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
    lines << QString::fromStdString(toString(model_->problems()[static_cast<std::size_t>(index.row())]));
  }
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace taktwerk
