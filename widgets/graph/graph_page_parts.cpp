// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is put together from.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_legend.h"
#include "widgets/graph/graph_page.h"
#include "widgets/graph/laid_out_pane.h"
#include "widgets/graph/path_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/table_look.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

QDoubleSpinBox* wholeNumberBox(double least, const QString& name) {
  auto* box = new QDoubleSpinBox;
  box->setDecimals(0);
  box->setRange(least, 1e15);
  box->setKeyboardTracking(false);
  box->setAccessibleName(name);
  box->setFixedWidth(84);
  return box;
}

}  // namespace

void GraphPage::build() {
  message_ = new WrappedLabel;
  message_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(buildContent());

  summary_ = new WrappedLabel;
  summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  showAll_ = new QPushButton;
  more_ = new QPushButton(tr("Show more neighbours"));
  stop_ = new QPushButton(tr("Stop"));
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 0, 8, 2);
  line->addWidget(summary_, 1);
  for (QPushButton* button : {showAll_, more_, stop_}) {
    button->hide();
    line->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(buildHead());
  column->addLayout(line);
  column->addWidget(stack_, 1);
}

QWidget* GraphPage::buildHead() {
  layers_ = new QComboBox;
  layers_->setAccessibleName(tr("Layer"));
  layers_->setToolTip(tr("Layer"));
  layers_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  layers_->setMinimumContentsLength(15);
  unit_ = new QComboBox;
  unit_->addItems({tr("Iterations"), tr("Instructions")});
  unit_->setAccessibleName(tr("What the window counts"));
  unit_->setToolTip(tr("Iterations of the loop that runs most, or instructions of the program"));
  first_ = wholeNumberBox(0, tr("First of the window"));
  count_ = wholeNumberBox(1, tr("How many in the window"));
  form_ = new QComboBox;
  form_->addItems(
      {tr("Time: instructions"), tr("Time: blocks"), tr("Laid out: loops"), tr("Laid out: blocks")});
  form_->setAccessibleName(tr("Form"));
  form_->setToolTip(tr(
      "Along time, with a row for each instruction or block, or folded and laid out: loops with what is in "
      "their bodies, or blocks"));
  search_ = new QLineEdit;
  search_->setPlaceholderText(tr("Find: operation, block, number"));
  search_->setAccessibleName(tr("Find in the graph"));
  search_->setClearButtonEnabled(true);
  search_->setMinimumWidth(90);
  export_ = new QPushButton(tr("Export…"));
  export_->setToolTip(
      tr("Write what is in sight along time, or all that is laid out, as SVG or PDF, or the whole window for "
         "Graphviz"));

  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 6, 8, 2);
  row->setSpacing(6);
  row->addWidget(layers_);
  row->addWidget(unit_);
  const auto addLabelled = [&](const QString& text, QWidget* widget) {
    auto* label = new QLabel(text);
    label->setBuddy(widget);
    row->addWidget(label);
    row->addWidget(widget);
  };
  addLabelled(tr("from"), first_);
  addLabelled(tr("count"), count_);
  row->addWidget(form_);
  row->addWidget(search_, 1);
  row->addWidget(export_);
  return head;
}

QWidget* GraphPage::buildContent() {
  legend_ = new GraphLegend(models_.theme);
  canvas_ = new GraphCanvas(models_.theme);
  laidOut_ = new LaidOutPane(models_);
  forms_ = new QStackedWidget;
  forms_->addWidget(canvas_);
  forms_->addWidget(laidOut_);
  detail_ = new WrappedLabel;
  detail_->setContentsMargins(12, 4, 8, 4);
  detail_->setAlignment(Qt::AlignTop);
  detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  detail_->setMinimumHeight(3 * fontMetrics().lineSpacing() + 10);
  detail_->setAccessibleDescription(tr("Selected node"));

  list_ = new QTableView;
  list_->setModel(path_);
  setTableLook(*list_, tr("Critical path"));
  list_->horizontalHeader()->setStretchLastSection(true);

  auto* beside = new QWidget;
  auto* column = new QVBoxLayout(beside);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* title = new QLabel(tr("Critical path (. next, , previous)"));
  title->setContentsMargins(10, 4, 8, 4);
  column->addWidget(title);
  column->addWidget(list_, 1);
  auto* halves = new QSplitter(Qt::Horizontal);
  halves->setChildrenCollapsible(false);
  halves->addWidget(forms_);
  halves->addWidget(beside);
  halves->setStretchFactor(0, 1);
  halves->setSizes({640, 400});

  auto* content = new QWidget;
  auto* all = new QVBoxLayout(content);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addWidget(legend_);
  all->addWidget(halves, 1);
  all->addWidget(detail_);
  return content;
}

}  // namespace taktwerk
