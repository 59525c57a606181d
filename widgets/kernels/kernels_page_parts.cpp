// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is put together from.
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

#include "widgets/kernels/body_model.h"
#include "widgets/kernels/kernel_model.h"
#include "widgets/kernels/kernels_page.h"
#include "widgets/kernels/settling_plot.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/table_look.h"
#include "widgets/view/models.h"

namespace taktwerk {

void KernelsPage::build() {
  layers_ = new QComboBox;
  layers_->setAccessibleName(tr("Layer"));
  layers_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  layers_->setMinimumContentsLength(16);
  ground_ = new WrappedLabel;
  ground_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  stop_ = new QPushButton(tr("Stop"));
  stop_->hide();
  message_ = new WrappedLabel;
  message_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(buildContent());

  auto* label = new QLabel(tr("Layer"));
  label->setBuddy(layers_);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->setSpacing(8);
  head->addWidget(label);
  head->addWidget(layers_);
  head->addWidget(ground_, 1);
  head->addWidget(stop_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(stack_, 1);
  setFocusProxy(tree_);
}

namespace {

/// A part of the page under a line that says what it is.
QWidget* captioned(QLabel* caption, QWidget* part) {
  auto* widget = new QWidget;
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  caption->setContentsMargins(12, 4, 8, 4);
  column->addWidget(caption);
  column->addWidget(part, 1);
  return widget;
}

}  // namespace

QWidget* KernelsPage::buildContent() {
  tree_ = new QTreeView;
  tree_->setModel(model_);
  tree_->setAccessibleName(tr("Loops of the program"));
  tree_->setFrameShape(QFrame::NoFrame);
  tree_->setUniformRowHeights(true);
  tree_->setAllColumnsShowFocus(true);
  tree_->setIndentation(14);
  tree_->setStyleSheet(QStringLiteral("QTreeView::item { padding: 3px 4px; }"));
  tree_->header()->setStretchLastSection(true);

  why_ = new WrappedLabel;
  plot_ = new SettlingPlot(models_.theme);
  caption_ = new WrappedLabel;

  body_ = new QTableView;
  body_->setModel(bodyModel_);
  setTableLook(*body_, tr("Instructions of one iteration"));
  body_->horizontalHeader()->setStretchLastSection(true);

  halves_ = new QSplitter(Qt::Horizontal);
  halves_->setChildrenCollapsible(false);
  halves_->addWidget(tree_);
  halves_->addWidget(captioned(why_, plot_));
  halves_->setStretchFactor(1, 1);
  auto* parts = new QSplitter(Qt::Vertical);
  parts->setChildrenCollapsible(false);
  parts->addWidget(halves_);
  parts->addWidget(captioned(caption_, body_));
  parts->setSizes({200, 200});
  return parts;
}

}  // namespace taktwerk
