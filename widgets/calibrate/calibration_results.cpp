// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/calibration_results.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/figure_table.h"
#include "widgets/calibrate/measured_rows.h"
#include "widgets/theme/agreement_plot.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/page_parts.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

CalibrationResults::CalibrationResults(Models& models, CalibrationRun& run, QWidget* parent)
    : QWidget(parent),
      models_(models),
      run_(run),
      rows_(new MeasuredRows(models.theme, this)),
      accuracy_(new FigureTable(models.theme,
                                {tr("How far off"), tr("In the mean"), tr("Bias"), tr("At most")}, 0, this)),
      parameters_(new FigureTable(
          models.theme,
          {tr("Parameter"), tr("Before"), tr("On the half"), tr("On all"), tr("Explained about as well by")},
          1, this)),
      groups_(new FigureTable(models.theme, {tr("Rows with"), tr("Rows"), tr("Mean"), tr("Bias"), tr("Most")},
                              0, this)),
      table_(makeTable(*rows_, tr("Measured layers and their estimates"))),
      accuracyTable_(makeTable(*accuracy_, tr("How far estimates are off"))),
      parameterTable_(makeTable(*parameters_, tr("Parameters that were fitted"))),
      groupTable_(makeTable(*groups_, tr("How far estimates are off, by dimension and by cause"))),
      plot_(new AgreementPlot(models.theme, tr("Estimated against measured cycles; the table has the rows"))),
      sentence_(new WrappedLabel),
      message_(new WrappedLabel),
      empty_(new WrappedLabel),
      problems_(new QListWidget),
      body_(new QStackedWidget) {
  layOut();
  connectAll();
  fill();
}

QWidget* CalibrationResults::makeHead() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 6, 8, 6);
  row->setSpacing(4);
  sentence_->setAccessibleDescription(tr("What was found"));
  sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  row->addWidget(sentence_, 1);
  // What they are of is in sight here.
  models_.commands.action(QStringLiteral("calibrate.copy"))->setIconText(tr("Copy"));
  models_.commands.action(QStringLiteral("calibrate.export"))->setIconText(tr("Export…"));
  for (const char* id : {"calibrate.write", "calibrate.copy", "calibrate.export"}) {
    auto* button = new QToolButton;
    button->setDefaultAction(models_.commands.action(QLatin1String(id)));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    row->addWidget(button);
  }
  return head;
}

QWidget* CalibrationResults::makeFigures() {
  for (QTableView* each : {accuracyTable_, parameterTable_, groupTable_}) {
    each->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    each->setFocusPolicy(Qt::TabFocus);
  }
  accuracyTable_->setMaximumWidth(520);  // figures stand near what they are of
  auto* figures = new QWidget;
  figures_ = new QHBoxLayout(figures);
  figures_->setContentsMargins(0, 0, 0, 0);
  figures_->setSpacing(12);
  figures_->addWidget(accuracyTable_, 1, Qt::AlignTop);
  figures_->addWidget(parameterTable_, 1, Qt::AlignTop);
  figures_->addStretch();
  return figures;
}

QWidget* CalibrationResults::makeRows() {
  table_->setSortingEnabled(true);
  table_->horizontalHeader()->setSortIndicator(MeasuredRows::Error, Qt::DescendingOrder);
  table_->horizontalHeader()->setResizeContentsPrecision(50);  // rows that are looked at
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->installEventFilter(this);
  auto* side = new QSplitter(Qt::Vertical);
  side->addWidget(plot_);
  side->addWidget(under(makeHeading(models_.theme, tr("Off by dimension and cause")), groupTable_));
  side->setMinimumWidth(290);
  side->setSizes({320, 200});
  side->setChildrenCollapsible(false);
  auto* halves = new QSplitter(Qt::Horizontal);
  halves->addWidget(table_);
  halves->addWidget(side);
  halves->setSizes({620, 340});
  halves->setChildrenCollapsible(false);
  return halves;
}

void CalibrationResults::layOut() {
  message_->setContentsMargins(12, 0, 12, 4);
  message_->setAccessibleDescription(tr("What went wrong"));
  message_->hide();
  problems_->setFrameShape(QFrame::NoFrame);
  problems_->setAccessibleName(tr("Problems of the table and the files; Return shows the place"));
  problems_->setTextElideMode(Qt::ElideRight);
  problems_->setUniformItemSizes(true);
  problems_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // a line's tip has all of it
  problems_->setStyleSheet(QStringLiteral("QListView { padding-left: 8px; }"));
  empty_->setTextFormat(Qt::RichText);
  empty_->setContentsMargins(40, 16, 40, 16);
  auto* shown = new QWidget;
  auto* column = new QVBoxLayout(shown);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeFigures());
  column->addWidget(makeRows(), 1);
  body_->addWidget(empty_);
  body_->addWidget(shown);
  auto* page = new QVBoxLayout(this);
  page->setContentsMargins(0, 0, 0, 0);
  page->setSpacing(0);
  page->addWidget(makeHead());
  page->addWidget(message_);
  page->addWidget(problems_);
  page->addWidget(body_, 1);
  setFocusProxy(table_);
}

void CalibrationResults::connectAll() {
  connect(&run_, &CalibrationRun::changed, this, [this] {
    fillProblems();
    refresh();
  });
  connect(&run_, &CalibrationRun::outcomeChanged, this, &CalibrationResults::fill);
  connect(&models_.theme, &Theme::changed, this, [this] {
    fillProblems();
    refresh();
  });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    std::vector<std::size_t> marked;
    if (const auto row = currentRow()) {
      const auto at = std::lower_bound(plotted_.begin(), plotted_.end(), *row);
      if (at != plotted_.end() && *at == *row)
        marked.push_back(static_cast<std::size_t>(at - plotted_.begin()));
    }
    plot_->setMarked(std::move(marked));
    models_.commands.command(QStringLiteral("calibrate.copy")).refresh();
  });
  connect(plot_, &AgreementPlot::pressed, this, [this](std::size_t point) { choose(plotted_[point]); });
  plot_->setTip([this](std::size_t point) { return tipOf(point); });
  plot_->setLabels(tr("measured cycles"), tr("estimated cycles"));
  connect(problems_, &QListWidget::itemActivated, this,
          [this](const QListWidgetItem* item) { openProblem(problems_->row(item)); });
  connect(problems_, &QListWidget::itemClicked, this,
          [this](const QListWidgetItem* item) { openProblem(problems_->row(item)); });
}

void CalibrationResults::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // Where there is little room both halves stand above what was found.
  constexpr int narrow = 880;
  figures_->setDirection(width() < narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
  figures_->setSpacing(width() < narrow ? 0 : 12);
}

bool CalibrationResults::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_ && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
    if (static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
      event->accept();
      if (event->type() == QEvent::KeyPress) models_.session.run(QStringLiteral("calibrate.copy"));
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

std::optional<std::size_t> CalibrationResults::currentRow() const {
  const QModelIndex current = table_->currentIndex();
  if (!current.isValid() || !table_->selectionModel()->isRowSelected(current.row())) return std::nullopt;
  return rows_->rowAt(current.row());
}

void CalibrationResults::choose(std::size_t row) {
  const QModelIndex index = rows_->index(rows_->placeOf(row), 0);
  table_->setCurrentIndex(index);
  table_->selectRow(index.row());
  table_->scrollTo(index);
}

QString CalibrationResults::sentence() const {
  return sentence_->text();
}

QString CalibrationResults::emptyText() const {
  return body_->currentIndex() == 0 ? empty_->text() : QString();
}

void CalibrationResults::tell(const QString& message) {
  message_->setText(message.isEmpty() ? QString() : QStringLiteral("✕ ") + message);
  message_->setVisible(!message.isEmpty());
  message_->setStyleSheet(QStringLiteral("color: %1").arg(models_.theme.colour(&Palette::error).name()));
}

QString CalibrationResults::tipOf(std::size_t point) const {
  const auto& outcome = run_.outcome();
  const std::size_t row = plotted_[point];
  if (!outcome || row >= outcome->measurements.rows.size()) return {};
  const auto cell = [this, place = rows_->placeOf(row)](int column) {
    return rows_->index(place, column).data().toString();
  };
  QString measured = cell(MeasuredRows::Measured);
  if (const QString runs = cell(MeasuredRows::Runs); !runs.isEmpty())
    measured += QStringLiteral(" (%1)").arg(runs);
  return tr("%1: measured %2, estimated %3 (%4)")
      .arg(cell(MeasuredRows::Layer), measured, cell(MeasuredRows::Estimated), cell(MeasuredRows::Error));
}

}  // namespace taktwerk
