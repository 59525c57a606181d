// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/marked_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/sweep/plots/marked_bars.h"
#include "widgets/sweep/plots/point_profiles.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// The rows that have bars, the baseline first.
std::vector<std::uint32_t> rowsOf(const PlotData& data) {
  std::vector<std::uint32_t> rows;
  if (data.has(data.baseline)) rows.push_back(*data.baseline);
  for (const std::uint32_t row : data.pinned) {
    if (data.has(row) && std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
  return rows;
}

}  // namespace

MarkedTab::MarkedTab(JobManager& jobs, const Theme& theme, QAbstractItemModel& values, QWidget* parent)
    : QWidget(parent),
      profiles_(new PointProfiles(jobs, this)),
      bars_(new MarkedBars(jobs, theme)),
      layers_(new QComboBox),
      shares_(new QToolButton),
      again_(new QToolButton),
      state_(new QLabel),
      causes_(new WrappedLabel),
      data_(std::make_shared<PlotData>()) {
  layOut(values);
  connect(profiles_, &PointProfiles::changed, this, &MarkedTab::refresh);
  connect(layers_, &QComboBox::currentIndexChanged, this, &MarkedTab::refresh);
  connect(shares_, &QToolButton::toggled, bars_, &MarkedBars::setShares);
  connect(again_, &QToolButton::clicked, profiles_, &PointProfiles::tryAgain);
  connect(bars_, &MarkedBars::partChosen, this, &MarkedTab::showCauses);
  refresh();
}

void MarkedTab::layOut(QAbstractItemModel& values) {
  layers_->setAccessibleName(tr("Layer whose cycles are shown"));
  layers_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  layers_->setMinimumContentsLength(16);
  layers_->addItem(tr("whole network"));
  shares_->setText(tr("Shares"));
  shares_->setCheckable(true);
  shares_->setToolTip(tr("Show the parts of each design in percent instead of cycles"));
  again_->setObjectName(QStringLiteral("again"));
  again_->setText(tr("Estimate again"));
  again_->setToolTip(tr("Find out what was stopped"));
  state_->setMinimumWidth(1);
  causes_->setAccessibleDescription(tr("Causes of the part that is chosen"));
  causes_->setContentsMargins(10, 2, 10, 4);
  causes_->setTextFormat(Qt::PlainText);
  causes_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 4, 8, 4);
  row->setSpacing(6);
  auto* of = new QLabel(tr("cycles of"));
  of->setBuddy(layers_);
  row->addWidget(of);
  row->addWidget(layers_);
  row->addWidget(shares_);
  row->addWidget(again_);
  row->addWidget(state_, 1);

  auto* scroll = new QScrollArea;
  scroll->setWidget(bars_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* table = new QTableView;
  table->setModel(&values);
  table->setAccessibleName(tr("Marked designs side by side"));
  table->setSelectionMode(QAbstractItemView::ContiguousSelection);
  table->setAlternatingRowColors(true);
  table->setTabKeyNavigation(false);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  auto* above = new QWidget;
  auto* column = new QVBoxLayout(above);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(scroll, 1);
  column->addWidget(causes_);
  auto* halves = new QSplitter(Qt::Vertical);
  halves->setChildrenCollapsible(false);
  halves->addWidget(above);
  halves->addWidget(table);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(halves);
}

QString MarkedTab::stateText() const {
  return state_->text();
}
QString MarkedTab::causeText() const {
  return causes_->text();
}

void MarkedTab::setData(std::shared_ptr<const PlotData> next) {
  const bool others = next->results != data_->results;
  const bool same = !others && next->baseline == data_->baseline && next->pinned == data_->pinned;
  data_ = std::move(next);
  bars_->setData(data_);
  if (others) return profiles_->forget();
  if (!same) refresh();
}

void MarkedTab::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void MarkedTab::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  profiles_->want({});  // nobody looks at it
}

void MarkedTab::fillLayers() {
  QStringList names;
  for (const std::uint32_t row : rowsOf(*data_)) {
    const auto profile = profiles_->find(row);
    if (!profile) continue;
    for (const LayerProfile& layer : profile->design.layers) {
      const QString name = QString::fromStdString(layer.name);
      if (!names.contains(name)) names << name;
    }
  }
  if (names.isEmpty()) return;  // those before may come again
  names.push_front(tr("whole network"));
  QStringList present;
  for (int i = 0; i < layers_->count(); ++i) present << layers_->itemText(i);
  if (names == present) return;
  const QSignalBlocker quiet(layers_);
  const QString chosen = layers_->currentIndex() > 0 ? layers_->currentText() : QString();
  layers_->clear();
  layers_->addItems(names);
  layers_->setCurrentIndex(std::max(0, layers_->findText(chosen)));
}

void MarkedTab::refresh() {
  const std::vector<std::uint32_t> rows = rowsOf(*data_);
  std::vector<std::uint32_t> wanted;
  for (const std::uint32_t row : rows) {
    if (data_->table.state(row) == PointState::Done) wanted.push_back(row);
  }
  if (isVisible()) profiles_->want(wanted);
  fillLayers();
  const auto layer = layers_->currentIndex() > 0 ? std::optional(layers_->currentText().toStdString())
                                                 : std::optional<std::string>();
  std::vector<DesignBar> bars;
  int missing = 0;
  QStringList notes;
  for (const std::uint32_t row : rows) {
    DesignBar& bar = bars.emplace_back();
    bar.row = row;
    bar.isBaseline = data_->baseline == row;
    bar.mark = data_->markOf(row);
    // One that is pinned as well is the baseline first: others are compared with it.
    const QString called = bar.isBaseline ? tr("base") : bar.mark;
    bar.name = tr("%1: point %2").arg(called, QString::fromStdString(data_->table.text(0, row)));
    const auto profile = profiles_->find(row);
    if (data_->table.state(row) != PointState::Done) {
      bar.problem = QString::fromStdString(data_->table.text(data_->table.stateColumn(), row));
      const auto reason = data_->table.find("reason");
      if (reason)
        bar.problem += QStringLiteral(": ") + QString::fromStdString(data_->table.text(*reason, row));
    } else if (!profile) {
      ++missing;
      bar.problem = tr("being estimated…");
    } else if (profile->stopped) {
      bar.problem = tr("the estimate was stopped");
    } else if (!profile->problem.isEmpty()) {
      bar.problem = profile->problem;
    } else {
      bar.note = profile->note;
      bar.of = breakdownOf(profile->design, layer);
      if (!layer) bar.missing = profile->design.unmapped.size();
      if (bar.of.total == 0) bar.problem = layer ? tr("no cycles of this layer") : tr("no layer has cycles");
      if (!bar.note.isEmpty()) notes << QStringLiteral("%1: %2").arg(bar.name, bar.note);
    }
  }
  bars_->setBars(std::move(bars), layer.value_or(std::string()));
  again_->setVisible(profiles_->wasStopped());
  const bool busy = missing > 0 && profiles_->isBusy();
  state_->setText(busy ? tr("estimating %1 of %2…").arg(missing).arg(rows.size())
                       : notes.join(QStringLiteral(" · ")));
  state_->setToolTip(state_->text());
}

void MarkedTab::showCauses() {
  const QString text = bars_->chosenText();
  causes_->setText(text.isEmpty() && !bars_->bars().empty()
                       ? tr("A click on a part, or the arrows, tells its causes.")
                       : text);
  causes_->setVisible(!causes_->text().isEmpty());
}

}  // namespace taktwerk
