// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is put together from.
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/range_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_minimap.h"
#include "widgets/timeline/timeline_page.h"
#include "widgets/view/models.h"

namespace taktwerk {

void TimelinePage::build() {
  message_ = new WrappedLabel;
  message_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(buildContent());

  summary_ = new WrappedLabel;
  summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  stop_ = new QPushButton(tr("Stop"));
  stop_->hide();
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 0, 8, 2);
  line->addWidget(summary_, 1);
  line->addWidget(stop_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(buildHead());
  column->addLayout(line);
  column->addWidget(stack_, 1);
  setFocusProxy(canvas_);
}

QWidget* TimelinePage::buildHead() {
  layers_ = new QComboBox;
  layers_->setAccessibleName(tr("Layer"));
  layers_->setToolTip(tr("Layer"));
  layers_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  layers_->setMinimumContentsLength(15);
  rows_ = new QComboBox;
  rows_->addItems({tr("Rows: blocks"), tr("Rows: instructions")});
  rows_->setAccessibleName(tr("Rows"));
  idle_ = new QToolButton;
  idle_->setText(tr("Idle blocks"));
  idle_->setToolTip(tr("Show blocks that nothing happens in while this layer runs, too"));
  idle_->setCheckable(true);
  place_ = new QLineEdit;
  place_->setPlaceholderText(tr("Go to: instruction, or @cycle"));
  place_->setAccessibleName(tr("Go to"));
  place_->setClearButtonEnabled(true);
  place_->setMinimumWidth(90);
  bookmarks_ = new QToolButton;
  bookmarks_->setText(tr("Bookmarks"));
  bookmarks_->setToolTip(tr("Places that were marked, and back to them"));
  bookmarks_->setMenu(new QMenu(bookmarks_));
  bookmarks_->setPopupMode(QToolButton::InstantPopup);
  export_ = new QPushButton(tr("Export…"));
  export_->setToolTip(
      tr("Write the instructions of the measured range, or of what is in sight, for Perfetto or Konata, or a "
         "picture of it"));

  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 6, 8, 2);
  row->setSpacing(6);
  row->addWidget(layers_);
  row->addWidget(rows_);
  row->addWidget(idle_);
  row->addWidget(place_, 1);
  row->addWidget(bookmarks_);
  row->addWidget(export_);
  return head;
}

QWidget* TimelinePage::buildContent() {
  minimap_ = new TimelineMinimap(models_.theme);
  canvas_ = new TimelineCanvas(models_.theme);
  detail_ = new QPlainTextEdit;
  detail_->setReadOnly(true);
  detail_->setFrameShape(QFrame::NoFrame);
  detail_->setLineWrapMode(QPlainTextEdit::NoWrap);
  detail_->setTabChangesFocus(true);
  detail_->setFixedHeight(6 * fontMetrics().lineSpacing() + 12);
  detail_->setAccessibleName(tr("Selected instruction"));
  graph_ = new QPushButton(tr("Show in graph"));
  graph_->setToolTip(tr("Show the dependency graph of the instructions about this one"));
  graph_->setEnabled(false);

  more_ = new QPushButton(tr("Show more (M)"));
  more_->setToolTip(tr("One more step of what it depends on and what depends on it"));
  more_->setEnabled(false);
  range_ = new RangePanel(models_.jobs);
  auto* halves = new QSplitter(Qt::Horizontal);
  halves->setChildrenCollapsible(false);
  halves->addWidget(canvas_);
  halves->addWidget(range_);
  halves->setStretchFactor(0, 1);
  halves->setSizes({900, 300});

  auto* below = new QWidget;
  auto* row = new QHBoxLayout(below);
  row->setContentsMargins(8, 2, 8, 4);
  row->addWidget(detail_, 1);
  auto* buttons = new QVBoxLayout;
  buttons->addWidget(more_);
  buttons->addWidget(graph_);
  buttons->addStretch(1);
  row->addLayout(buttons);

  auto* content = new QWidget;
  auto* all = new QVBoxLayout(content);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(minimap_);
  all->addWidget(halves, 1);
  all->addWidget(below);
  return content;
}

}  // namespace taktwerk
