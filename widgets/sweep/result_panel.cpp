// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/result_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <sstream>
#include <utility>

#include "core/report/row_files.h"
#include "widgets/sweep/design_panel.h"
#include "widgets/sweep/hover_card.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/point_cards.h"
#include "widgets/sweep/point_layers.h"
#include "widgets/sweep/result_model.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/sweep/sweep_words.h"
#include "widgets/sweep/view_menu.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/table_look.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr PointState allStates[] = {PointState::Done, PointState::Infeasible, PointState::Failed,
                                    PointState::Cancelled};
/// What is done with the row that is chosen, in the order of buttons and menu.
constexpr const char* rowCommands[] = {"sweep.openPoint", "sweep.savePoint", "sweep.baseline", "sweep.pin",
                                       "sweep.copy"};
constexpr int mostConstants = 6;  ///< that are named
/// Rows as text, and how many; none: it was stopped.
struct Copied {
  QString text;
  std::int64_t rows = 0;
};
constexpr JobChannel<Copied> copies{"copy results", "rows"};

/// The rows of ranges of places among those that are shown, in that order, each once. Behind them are points
/// that are under way, which have none.
std::vector<std::uint32_t> rowsIn(std::vector<std::pair<int, int>> ranges,
                                  const std::vector<std::uint32_t>& shown) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<std::uint32_t> rows;
  std::size_t next = 0;
  for (const auto& [first, last] : ranges) {
    next = std::max(next, static_cast<std::size_t>(first));
    for (; next <= static_cast<std::size_t>(last) && next < shown.size(); ++next) {
      if (shown[next] != SweepResults::nowhere) rows.push_back(shown[next]);
    }
  }
  return rows;
}

QWidget* lineOf(QHBoxLayout*& row) {
  auto* line = new QWidget;
  row = new QHBoxLayout(line);
  row->setContentsMargins(12, 4, 12, 4);
  row->setSpacing(8);
  return line;
}

}  // namespace

ResultPanel::ResultPanel(Models& models, SweepResults& results, SweepRun& run, QWidget* parent)
    : QWidget(parent),
      models_(models),
      results_(results),
      run_(run),
      model_(new ResultModel(models.theme, results, this)),
      table_(new QTableView),
      layers_(new PointLayers(models.jobs)),
      plots_(new PlotPanel(models.jobs, models.theme, results)),
      cards_(new PointCards(models.jobs, this)),
      design_(new DesignPanel(models.theme, models.commands, *cards_)),
      hover_(new HoverCard(models.theme, *cards_, this)),
      progress_(new QProgressBar),
      progressText_(new QLabel),
      filter_(new QLineEdit),
      clear_(new QToolButton),
      shown_(new QLabel),
      message_(new WrappedLabel),
      constant_(new WrappedLabel),
      allColumns_(new QToolButton) {
  layOut();
  connectAll();
  refresh();
}

QWidget* ResultPanel::makeProgress() {
  QWidget* line = lineOf(counts_);
  progress_->setTextVisible(false);
  progress_->setFixedWidth(150);
  progress_->setAccessibleName(tr("Points estimated"));
  progressText_->setMinimumWidth(1);
  counts_->addWidget(progress_);
  counts_->addWidget(progressText_, 1);
  for (const PointState state : allStates) {
    auto* button = new QToolButton;
    button->setToolTip(tr("Show these alone"));
    connect(button, &QToolButton::clicked, this, [this, state] {
      setFilter(QStringLiteral("state == ") + QString::fromStdString(std::string(toString(state))));
    });
    states_.push_back(button);
    counts_->addWidget(button);
  }
  return line;
}

QWidget* ResultPanel::makeFilter() {
  QHBoxLayout* row = nullptr;
  QWidget* line = lineOf(row);
  filter_->setPlaceholderText(tr("Filter: cycles < 1e6 and rows >= 8, state == failed"));
  filter_->setAccessibleName(tr("Filter of results"));
  filter_->setToolTip(
      tr("A condition over the columns, by their names: numbers as 1e6 or 0.5, words as state == failed or "
         "network == \"tc-resnet8\", none where there is no value; and, or, not. It holds for every view."));
  shown_->setAccessibleDescription(tr("How many results are shown"));
  clear_->setText(tr("Clear"));
  clear_->setToolTip(tr("Show all results"));
  allColumns_->setText(tr("All columns"));
  allColumns_->setCheckable(true);
  allColumns_->setToolTip(tr("Show columns too that are the same in all rows"));
  row->addWidget(filter_, 1);
  row->addWidget(shown_);
  row->addWidget(clear_);
  row->addWidget(allColumns_);
  row->addWidget(new ViewMenu(models_, *this));
  return line;
}

QWidget* ResultPanel::makeActions() const {
  QHBoxLayout* row = nullptr;
  QWidget* line = lineOf(row);
  row->addStretch(1);
  for (const char* id : {"sweep.openPoint", "sweep.savePoint", "sweep.exportShown", "sweep.openResults"}) {
    auto* button = new QToolButton;
    button->setDefaultAction(models_.commands.action(QLatin1String(id)));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    row->addWidget(button);
  }
  return line;
}

void ResultPanel::layOut() {
  table_->setModel(model_);
  setTableLook(*table_, tr("Results"));
  table_->setSortingEnabled(true);
  table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  table_->horizontalHeader()->setSortIndicatorClearable(true);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSectionsMovable(true);
  table_->horizontalHeader()->setResizeContentsPrecision(50);  // rows that are looked at
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->installEventFilter(this);
  table_->viewport()->installEventFilter(this);
  table_->viewport()->setMouseTracking(true);
  message_->setContentsMargins(12, 0, 12, 4);
  message_->setAccessibleDescription(tr("What is wrong with the filter or the run"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeProgress());
  column->addWidget(makeFilter());
  column->addWidget(message_);
  auto* halves = new QSplitter(Qt::Vertical);
  halves->setChildrenCollapsible(false);
  auto* sides = new QSplitter(Qt::Horizontal);
  sides->addWidget(plots_);
  sides->addWidget(design_);
  sides->setStretchFactor(0, 1);
  sides->setStretchFactor(1, 0);
  sides->setCollapsible(0, false);
  sides->setSizes({640, 270});
  halves->addWidget(sides);
  halves->addWidget(table_);
  halves->addWidget(layers_);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  halves->setStretchFactor(2, 1);
  halves->setSizes({500, 260, 120});
  table_->setMinimumHeight(90);
  column->addWidget(halves, 1);
  constant_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  constant_->setContentsMargins(12, 4, 12, 0);
  column->addWidget(constant_);
  column->addWidget(makeActions());
}

void ResultPanel::connectAll() {
  connect(filter_, &QLineEdit::textChanged, this, &ResultPanel::applyFilter);
  connect(clear_, &QToolButton::clicked, filter_, &QLineEdit::clear);
  connect(allColumns_, &QToolButton::toggled, this, &ResultPanel::foldConstants);
  connect(&results_, &SweepResults::reset, this, [this] {
    sized_.clear();
    told_.clear();
    if (!results_.order()) table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    applyFilter();
  });
  connect(&results_, &SweepResults::changed, this, &ResultPanel::refresh);
  connect(&results_, &SweepResults::arrangingStopped, this, &ResultPanel::showWhatHolds);
  connect(&run_, &SweepRun::changed, this, &ResultPanel::refreshProgress);
  connect(&plots_->scatter(), &ScatterPlot::outgrownChanged, this, &ResultPanel::refreshProgress);
  connect(&models_.theme, &Theme::changed, this, &ResultPanel::refresh);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &ResultPanel::currentChanged);
  connect(this, &ResultPanel::currentChanged, plots_, [this] { plots_->setCurrent(currentRow()); });
  connect(plots_, &PlotPanel::filterWanted, this, &ResultPanel::setFilter);
  connect(plots_, &PlotPanel::rowChosen, this, &ResultPanel::chooseRow);
  connect(plots_, &PlotPanel::rowWanted, this, [this](std::uint32_t row) {
    chooseRow(row);
    models_.session.run(QStringLiteral("sweep.openPoint"));
  });
  connectCards();
  table_->horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(table_->horizontalHeader(), &QHeaderView::customContextMenuRequested, this,
          &ResultPanel::showColumnMenu);
  connect(table_, &QTableView::customContextMenuRequested, this, &ResultPanel::showMenu);
  connect(table_, &QTableView::doubleClicked, this,
          [this] { models_.session.run(QStringLiteral("sweep.openPoint")); });
}

void ResultPanel::connectCards() {
  connect(&results_, &SweepResults::reset, cards_, &PointCards::forget);
  connect(&results_, &SweepResults::reset, hover_, &HoverCard::leave);
  connect(plots_, &PlotPanel::dataChanged, design_, [this] { design_->setData(plots_->shared()); });
  connect(plots_, &PlotPanel::rowPointed, hover_,
          [this](std::uint32_t row, const QPoint& at, const QString& more) {
            hover_->showRow(plots_->shared(), row, at, more);
          });
  connect(plots_, &PlotPanel::lookedAway, hover_, &HoverCard::leave);
}

void ResultPanel::pointAtRow(const QPoint& at) {
  const auto row = model_->rowAt(table_->rowAt(at.y()));
  if (!row || *row >= plots_->data().table.rows()) return hover_->leave();
  hover_->showRow(plots_->shared(), static_cast<std::uint32_t>(*row), table_->viewport()->mapToGlobal(at));
}

/// Where there is little room plots have it; cards are shown where the mouse rests all the same.
void ResultPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  constexpr int enough = 760;
  design_->setVisible(width() >= enough);
}

bool ResultPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_->viewport()) {
    // What the mouse rests on; a tooltip of the cell would say a part of it once more.
    if (event->type() == QEvent::ToolTip) {
      pointAtRow(static_cast<QHelpEvent*>(event)->pos());
      return true;
    }
    const bool moved = event->type() == QEvent::MouseMove &&
                       model_->rowAt(table_->rowAt(static_cast<QMouseEvent*>(event)->pos().y())) !=
                           (hover_->row() ? std::optional<std::size_t>(*hover_->row()) : std::nullopt);
    if (moved || event->type() == QEvent::Leave || event->type() == QEvent::Wheel ||
        event->type() == QEvent::MouseButtonPress)
      hover_->leave();
  }
  if (watched == table_ && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
    auto* pressed = static_cast<QKeyEvent*>(event);
    const bool copies = pressed->matches(QKeySequence::Copy);
    const bool opens = pressed->key() == Qt::Key_Return || pressed->key() == Qt::Key_Enter;
    if (copies || opens) {
      event->accept();
      if (event->type() == QEvent::KeyPress) {
        models_.session.run(copies ? QStringLiteral("sweep.copy") : QStringLiteral("sweep.openPoint"));
      }
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void ResultPanel::showMenu(const QPoint& at) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const char* id : rowCommands) menu->addAction(models_.commands.action(QLatin1String(id)));
  menu->popup(table_->viewport()->mapToGlobal(at));
}

void ResultPanel::setFilter(const QString& text) {
  filter_->setText(text);
}

void ResultPanel::setAllColumns(bool all) {
  allColumns_->setChecked(all);
}

/// The filter and the order before hold again.
void ResultPanel::showWhatHolds() {
  {
    const QSignalBlocker quiet(filter_);
    filter_->setText(QString::fromStdString(results_.filter().text()));
  }
  wrong_.clear();
  const auto& order = results_.order();
  table_->horizontalHeader()->setSortIndicator(
      order ? static_cast<int>(order->column) : -1,
      order && order->descending ? Qt::DescendingOrder : Qt::AscendingOrder);
  tell(tr("Filtering and sorting was stopped: the table is as it was before."));
}

void ResultPanel::applyFilter() {
  told_.clear();
  wrong_ = results_.setFilter(filter_->text());
  refresh();
}

void ResultPanel::tell(const QString& message) {
  told_ = message;
  refreshProgress();
}

QString ResultPanel::shownText() const {
  return shown_->text();
}
QString ResultPanel::progressText() const {
  return progressText_->text();
}
QString ResultPanel::messageText() const {
  return message_->text();
}
QString ResultPanel::constantText() const {
  return constant_->text();
}

void ResultPanel::refresh() {
  const QString shown = grouped(static_cast<std::int64_t>(results_.shown().size()));
  const QString all = grouped(static_cast<std::int64_t>(results_.table().rows()));
  const bool filtered = !results_.filter().isEmpty();
  shown_->setText(results_.isArranging() ? tr("sorting %1…").arg(all)
                  : filtered             ? tr("showing %1 of %2").arg(shown, all)
                                         : tr("showing all %1").arg(all));
  clear_->setEnabled(!filter_->text().isEmpty());
  foldConstants();
  refreshCounts();
  refreshProgress();
}

void ResultPanel::refreshCounts() {
  for (const PointState state : allStates) {
    QToolButton* button = states_[static_cast<std::size_t>(state)];
    const std::int64_t count = results_.table().rows() == 0 ? 0 : results_.table().count(state);
    button->setVisible(count > 0);
    const QString words = stateText(state);
    button->setText(QStringLiteral("%1 %2 %3").arg(words.left(1), grouped(count), words.mid(2)));
  }
}

void ResultPanel::refreshProgress() {
  const bool runs = run_.isRunning();
  // While results come axes stay where they are; when all are there nobody waits for them.
  if (!runs && plots_->scatter().isOutgrown()) plots_->scatter().rescale();
  progress_->setVisible(runs);
  if (runs) {
    const std::int64_t total = run_.total() ? run_.total()->atMost : 0;
    progress_->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
      progress_->setValue(
          static_cast<int>(1000.0 * static_cast<double>(run_.done()) / static_cast<double>(total)));
  }
  std::vector<SweepPoint> underWay = run_.underWay();
  QString text = runInWords(run_);
  if (!underWay.empty()) text += tr(" · %1 running").arg(underWay.size());
  const std::size_t there = results_.table().rows();
  if (text.isEmpty() && there > 0)
    text = tr("%1 results of an earlier sweep").arg(grouped(static_cast<std::int64_t>(there)));
  if (text.isEmpty()) text = tr("No results yet. Run (F6) estimates the points of the space at the left.");
  progressText_->setText(text);
  model_->setRunning(std::move(underWay));
  QString message = !wrong_.isEmpty() ? wrong_ : told_;
  if (message.isEmpty() && !run_.problems().empty()) message = shortened(run_.problems().front().message);
  message_->setText(message.isEmpty() ? QString() : QStringLiteral("✕ ") + message);
  message_->setVisible(!message.isEmpty());
  message_->setStyleSheet(QStringLiteral("color: %1").arg(models_.theme.colour(&Palette::error).name()));
}

/// Columns that are the same in all rows say so once, below the table.
void ResultPanel::foldConstants() {
  const RowTable& table = results_.table();
  const std::size_t columns = table.columns().size();
  QStringList same;
  int more = 0;
  for (std::size_t c = 0; c < columns; ++c) {
    const bool state = c == table.stateColumn();
    const bool constant = table.isConstant(c) && table.rows() > 1 && c > 0;
    const bool empty = table.rows() == 0 || (constant && table.text(c, 0).empty());
    if (constant && !empty && !state) {
      const QString text = QStringLiteral("%1 = %2").arg(
          model_->headerData(static_cast<int>(c), Qt::Horizontal, Qt::DisplayRole).toString(),
          cellText(table, c, 0));
      if (same.size() < mostConstants) {
        same << text;
      } else {
        ++more;
      }
    }
    // The state stays: rows that fail may still come.
    const bool hidden =
        (constant && !state && !allColumns_->isChecked()) || hidden_.contains(table.columns()[c].name);
    if (table_->isColumnHidden(static_cast<int>(c)) != hidden)
      table_->setColumnHidden(static_cast<int>(c), hidden);
  }
  QString text =
      same.isEmpty() ? QString() : tr("The same in all rows: %1").arg(same.join(QStringLiteral(", ")));
  if (more > 0) text += tr(", and %1 more").arg(more);
  constant_->setText(text);
  constant_->setToolTip(text);
  constant_->setVisible(!text.isEmpty());
  sizeColumns();
}

/// As wide as titles and the first rows, once there are some and the column is shown, which one that is the
/// same in all rows is not; what the user makes of it stays.
void ResultPanel::sizeColumns() {
  if (results_.table().rows() == 0) return;
  constexpr int least = 64, most = 220;
  for (int c = 0; c + 1 < model_->columnCount(); ++c) {
    if (table_->isColumnHidden(c) || !sized_.insert(c).second) continue;
    table_->resizeColumnToContents(c);
    table_->setColumnWidth(c, std::clamp(table_->columnWidth(c) + 12, least, most));
  }
}

void ResultPanel::chooseRow(std::size_t row) {
  const auto& shown = results_.shown();
  const auto place = std::find(shown.begin(), shown.end(), static_cast<std::uint32_t>(row));
  if (place == shown.end()) return;
  const int line = static_cast<int>(place - shown.begin());
  table_->selectRow(line);
  table_->scrollTo(model_->index(line, 0));
}

std::optional<std::size_t> ResultPanel::currentRow() const {
  const QModelIndex current = table_->currentIndex();
  const bool selected = current.isValid() && table_->selectionModel()->isRowSelected(current.row());
  return selected ? model_->rowAt(current.row()) : std::nullopt;
}

bool ResultPanel::hasSelectedRows() const {
  const QItemSelection selection = table_->selectionModel()->selection();
  const auto isResult = [this](const QItemSelectionRange& range) {
    return range.isValid() && static_cast<std::size_t>(range.top()) < results_.shown().size();
  };
  return std::any_of(selection.begin(), selection.end(), isResult);
}

void ResultPanel::copyRows() {
  std::vector<std::pair<int, int>> ranges;
  for (const QItemSelectionRange& range : table_->selectionModel()->selection())
    ranges.emplace_back(range.top(), range.bottom());
  models_.jobs.start(
      copies, tr("Copying rows"), this,
      [table = results_.table(), shown = results_.shown(), ranges = std::move(ranges)](Progress& progress) {
        const std::vector<std::uint32_t> rows = rowsIn(ranges, shown);
        std::ostringstream text;
        writeRowsAsCsv(text, table, rows, progress);
        if (progress.cancelled()) return Copied();
        return Copied{QString::fromStdString(text.str()), static_cast<std::int64_t>(rows.size())};
      },
      [this](const Copied& copied) {
        if (copied.rows == 0) return;  // it was stopped
        QApplication::clipboard()->setText(copied.text);
        models_.session.say(copied.rows == 1 ? tr("Copied 1 row")
                                             : tr("Copied %1 rows").arg(grouped(copied.rows)));
      });
}

}  // namespace taktwerk
