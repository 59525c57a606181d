// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakdown/breakdown_page.h"

#include <QComboBox>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include <qcustomplot.h>

#include "widgets/document/document.h"
#include "widgets/estimate/category_brush.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr int rowPixels = 24;
constexpr int axisPixels = 48;  // the numbers and the title of the axis
constexpr int fewestRows = 3;
constexpr double barWidth = 0.68;
constexpr int longestName = 22;

/// Ticks at round numbers of a unit, up to the longest bar.
QSharedPointer<QCPAxisTicker> scaledTicker(double longest, double unit) {
  auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  const double raw = longest / 6;
  const double power = std::pow(10, std::floor(std::log10(raw)));
  const double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : 2);
  for (int i = 0; i * step <= longest * 1.04; ++i)
    ticker->addTick(i * step, QString::number(i * step / unit));
  return ticker;
}

}  // namespace

BreakdownPage::BreakdownPage(const Theme& theme, EstimateController& estimates, SelectionModel& selection,
                             QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      estimates_(estimates),
      selection_(selection, [this] { return document_ ? document_->shown : nullptr; }),
      sentence_(new WrappedLabel),
      order_(new QComboBox),
      shares_(new QToolButton),
      plot_(new QCustomPlot),
      scroll_(new QScrollBar(Qt::Vertical)) {
  sentence_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  order_->addItems({tr("Network order"), tr("Longest first"), tr("By name")});
  order_->setAccessibleName(tr("Order of layers"));
  setFocusProxy(order_);
  shares_->setText(tr("Shares"));
  shares_->setCheckable(true);
  shares_->setToolTip(tr("Show each layer's parts in percent instead of cycles"));
  plot_->setMinimumSize(240, 60);
  plot_->setAccessibleName(tr("Breakdown of cycles by layer"));
  plot_->installEventFilter(this);
  plot_->setMouseTracking(true);

  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 4);
  head->addWidget(sentence_, 1);
  head->addWidget(shares_);
  head->addWidget(order_);
  auto* body = new QHBoxLayout;
  body->setSpacing(0);
  body->addWidget(plot_, 1);
  body->addWidget(scroll_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addLayout(body, 1);

  connect(order_, &QComboBox::currentIndexChanged, this, &BreakdownPage::refresh);
  connect(shares_, &QToolButton::toggled, this, &BreakdownPage::rebuildBars);
  connect(scroll_, &QScrollBar::valueChanged, this, [this] {
    showRange();
    plot_->replot(QCustomPlot::rpQueuedReplot);
  });
  connect(&estimates_, &EstimateController::outcomeChanged, this, &BreakdownPage::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, [this] {
    if (estimates_.outOfDate() == outOfDate_) return;
    refreshSentence();
    rebuildBars();
  });
  connect(&theme_, &Theme::changed, this, [this] {
    refreshSentence();
    rebuildBars();
  });
  refresh();
}

void BreakdownPage::refresh() {
  const auto& estimate = estimates_.outcome().estimate;
  document_ = estimate ? estimates_.outcome().document : nullptr;
  rows_.clear();
  if (estimate && document_) {
    rows_ = breakdownOf(*estimate, estimates_.outcome().objects, *document_,
                        static_cast<BreakdownOrder>(order_->currentIndex()));
  }
  refreshSentence();
  rebuildBars();
  Q_EMIT filled();
}

QString BreakdownPage::whyEmpty() const {
  return rows_.empty() ? tr("No cycles to show: no layer could be timed. The Layers table has the reasons.")
                       : QString();
}

void BreakdownPage::refreshSentence() {
  outOfDate_ = estimates_.outOfDate();
  QString sentence = bottleneckSentence(rows_);
  if (outOfDate_ && !sentence.isEmpty()) sentence = tr("Out of date. %1").arg(sentence);
  sentence_->setText(sentence);
  sentence_->setToolTip(sentence);
  plot_->setAccessibleDescription(sentence);
  sentence_->setStyleSheet(QStringLiteral("color: %1;")
                               .arg(theme_.colour(outOfDate_ ? &Palette::mutedText : &Palette::text).name()));
}

QString BreakdownPage::sentenceText() const {
  return sentence_->text();
}

void BreakdownPage::rebuildBars() {
  plot_->clearPlottables();
  theme_.apply(*plot_);
  const bool shares = shares_->isChecked();
  QVector<double> keys;
  auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  double longest = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    keys << static_cast<double>(i);
    QString name = rows_[i].layer;
    if (name.size() > longestName) name = name.left(longestName - 1) + QStringLiteral("…");
    ticker->addTick(static_cast<double>(i), name);
    longest = std::max(longest, static_cast<double>(rows_[i].total));
  }
  QCPBars* below = nullptr;
  for (std::size_t category = 0; category < categoryCount; ++category) {
    QVector<double> values;
    double sum = 0;
    for (const BreakdownRow& row : rows_) {
      double value = static_cast<double>(row.parts[category]);
      if (shares) value = row.total > 0 ? value * 100 / static_cast<double>(row.total) : 0;
      values << value;
      sum += value;
    }
    if (sum <= 0) continue;
    auto* bars = new QCPBars(plot_->yAxis, plot_->xAxis);
    const bool wait = isWait(category);
    QBrush brush = categoryBrush(theme_, category);
    QColor colour = brush.color();
    if (outOfDate_) colour.setAlphaF(0.35F);
    brush.setColor(colour);
    bars->setBrush(brush);
    bars->setPen(wait ? QPen(colour, 1) : Qt::NoPen);
    bars->setAntialiased(false);
    bars->setWidth(barWidth);
    bars->setName(categoryName(category));
    bars->setData(keys, values, true);
    bars->setProperty("category", static_cast<int>(category));
    if (below) bars->moveAbove(below);
    below = bars;
  }
  plot_->yAxis->setTicker(ticker);
  plot_->yAxis->setRangeReversed(true);
  plot_->yAxis->setTickLength(0, 0);
  plot_->yAxis->setSubTicks(false);
  plot_->yAxis->grid()->setVisible(false);
  plot_->yAxis->setTickLabelPadding(8);
  plot_->xAxis->setSubTicks(false);
  plot_->xAxis->setLabel(shares ? tr("percent of the layer's cycles") : tr("cycles"));
  plot_->xAxis->setNumberFormat(QStringLiteral("f"));
  plot_->xAxis->setNumberPrecision(0);
  plot_->xAxis->setRange(0, shares ? 100 : std::max(longest * 1.04, 1.0));
  if (longest >= 1e5 && !shares) {
    const bool millions = longest >= 1e7;
    plot_->xAxis->setTicker(scaledTicker(longest, millions ? 1e6 : 1e3));
    plot_->xAxis->setLabel(millions ? tr("million cycles") : tr("thousand cycles"));
  } else {
    plot_->xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
  }
  plot_->legend->setFillOrder(QCPLegend::foColumnsFirst);
  plot_->legend->setIconSize(12, 10);
  plot_->legend->setMargins(QMargins(12, 4, 12, 6));
  placeLegend();
  showRange();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

/// As many entries in a row as there is room for.
void BreakdownPage::wrapLegend() {
  const QFontMetrics metrics(plot_->legend->font());
  int widest = 1;
  for (int i = 0; i < plot_->legend->itemCount(); ++i) {
    auto* item = qobject_cast<QCPPlottableLegendItem*>(plot_->legend->item(i));
    if (item) widest = std::max(widest, metrics.horizontalAdvance(item->plottable()->name()) + 34);
  }
  const int fit = std::max(1, (plot_->width() - 24) / widest);
  plot_->legend->setWrap(fit >= plot_->legend->itemCount() ? 0 : fit);
  plot_->legend->setFillOrder(plot_->legend->fillOrder(), true);  // those that stand there already
}

int BreakdownPage::legendPixels() const {
  return plot_->legend->visible() ? plot_->legend->minimumOuterSizeHint().height() : 0;
}

/// In a row of its own above the bars, whole; where it would leave no room for a few bars it is not there.
void BreakdownPage::placeLegend() {
  wrapLegend();
  QCPLayoutGrid& grid = *plot_->plotLayout();
  const int bars = std::min(fewestRows, static_cast<int>(rows_.size())) * rowPixels;
  const bool fits = plot_->height() >= plot_->legend->minimumOuterSizeHint().height() + axisPixels + bars;
  const bool there = plot_->legend->layout() == &grid;
  plot_->legend->setVisible(fits);
  if (fits && !there) {
    grid.insertRow(0);
    grid.addElement(0, 0, plot_->legend);
    grid.setRowStretchFactor(0, 0.001);
  } else if (!fits && there) {
    grid.take(plot_->legend);
    grid.simplify();
  }
}

void BreakdownPage::showRange() {
  const int rows = static_cast<int>(rows_.size());
  const int visible = std::max(1, (plot_->height() - axisPixels - legendPixels()) / rowPixels);
  const QSignalBlocker quiet(scroll_);
  scroll_->setRange(0, std::max(0, rows - visible));
  scroll_->setPageStep(visible);
  scroll_->setVisible(rows > visible);
  const double top = scroll_->value() - 0.6;
  plot_->yAxis->setRange(top, top + std::max(1.2, std::min(visible, std::max(rows, visible)) + 0.2));
}

BreakdownPage::Hit BreakdownPage::hitAt(const QPointF& position) const {
  if (!plot_->axisRect()->rect().contains(position.toPoint())) return {};
  const double key = plot_->yAxis->pixelToCoord(position.y());
  const double value = plot_->xAxis->pixelToCoord(position.x());
  const double row = std::round(key);
  if (row < 0 || row >= static_cast<double>(rows_.size()) || std::abs(key - row) > barWidth / 2 ||
      value < 0) {
    return {};
  }
  const BreakdownRow& r = rows_[static_cast<std::size_t>(row)];
  const double scale = shares_->isChecked() && r.total > 0 ? 100.0 / static_cast<double>(r.total) : 1;
  double end = 0;
  for (std::size_t category = 0; category < categoryCount; ++category) {
    end += static_cast<double>(r.parts[category]) * scale;
    if (value <= end) return {static_cast<int>(row), category};
  }
  return {};
}

bool BreakdownPage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == plot_) {
    switch (event->type()) {
      case QEvent::MouseMove:
        hover(static_cast<QMouseEvent*>(event)->pos());
        break;
      case QEvent::MouseButtonPress:
        click(static_cast<QMouseEvent*>(event)->pos());
        break;
      case QEvent::Leave:
        selection_.hover({});
        break;
      case QEvent::Wheel: {
        const int steps = static_cast<QWheelEvent*>(event)->angleDelta().y() / 40;
        scroll_->setValue(scroll_->value() - steps);
        return true;
      }
      case QEvent::Resize:
        placeLegend();
        showRange();
        break;
      default:
        break;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void BreakdownPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  showRange();
}

void BreakdownPage::hover(const QPoint& position) {
  const Hit hit = hitAt(position);
  if (hit.row < 0) {
    selection_.hover({});
    QToolTip::hideText();
    return;
  }
  const BreakdownRow& row = rows_[static_cast<std::size_t>(hit.row)];
  const Cycles part = row.parts[hit.category];
  QString text =
      QStringLiteral("<b>%1</b>&nbsp; %2<br>%3: %4 (%5 %)")
          .arg(row.layer.toHtmlEscaped(), tr("%1 cycles").arg(grouped(row.total)), categoryName(hit.category),
               grouped(part))
          .arg(row.total > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(row.total) : 0, 0, 'f',
               1);
  ShownSelection::Objects objects;
  int shown = 0;
  for (const BreakdownItem& item : row.items) {
    if (item.category != hit.category) continue;
    if (item.object.valid()) objects.insert(item.object);
    if (++shown > 6) continue;
    text += QStringLiteral("<br>&nbsp;&nbsp;%1: %2").arg(item.label.toHtmlEscaped(), grouped(item.cycles));
  }
  selection_.hover(objects);
  QToolTip::showText(plot_->mapToGlobal(position), text, plot_);
}

void BreakdownPage::click(const QPoint& position) {
  const Hit hit = hitAt(position);
  if (hit.row < 0) return;
  const BreakdownRow& row = rows_[static_cast<std::size_t>(hit.row)];
  ShownSelection::Objects objects;
  for (const BreakdownItem& item : row.items) {
    if (item.category == hit.category && item.object.valid()) objects.insert(item.object);
  }
  if (!objects.empty()) selection_.select(objects, this);
  Q_EMIT layerSelected(row.layer);
}

void BreakdownPage::setCurrentLayer(const QString& name) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].layer != name) continue;
    const int row = static_cast<int>(i);
    if (row < scroll_->value()) scroll_->setValue(row);
    if (row >= scroll_->value() + scroll_->pageStep()) scroll_->setValue(row - scroll_->pageStep() + 1);
  }
}

}  // namespace taktwerk
