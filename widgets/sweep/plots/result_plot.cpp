// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/result_plot.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/sweep/column_scale.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

QString PlotData::markOf(std::uint32_t row) const {
  const auto pin = std::find(pinned.begin(), pinned.end(), row);
  QStringList marks;
  if (pin != pinned.end()) marks << QString(QChar(static_cast<char16_t>(u'A' + (pin - pinned.begin()))));
  if (baseline == row) marks << QStringLiteral("base");
  return marks.join(QStringLiteral(", "));
}

std::vector<double> PlotData::ranks(std::size_t column) const {
  const auto order = orders.find(table.columns()[column].name);
  return order == orders.end() ? std::vector<double>() : ranksOf(table.columns()[column], order->second);
}

QString columnTitle(const RowColumn& column) {
  const QString name = QString::fromStdString(column.name);
  const bool own = column.of == RowColumn::Of::Parameter && name.startsWith(QLatin1String("arch."));
  return own ? name.mid(5) : name;
}

QString columnTitleWithUnit(const RowColumn& column) {
  const QString title = columnTitle(column), unit = QString::fromStdString(column.unit);
  // The values of times have theirs with them.
  return unit.isEmpty() || unit == title || isSeconds(column) ? title
                                                              : QStringLiteral("%1, %2").arg(title, unit);
}

QString pointInWords(const PlotData& data, std::uint32_t row) {
  constexpr int mostLines = 16;
  QStringList lines{ResultPlot::tr("point %1").arg(QString::fromStdString(data.table.text(0, row)))};
  const QString mark = data.markOf(row);
  if (!mark.isEmpty()) lines.front() += QStringLiteral(" (%1)").arg(mark);
  for (std::size_t c = 1; c < data.table.columns().size() && lines.size() < mostLines; ++c) {
    const RowColumn& column = data.table.columns()[c];
    const bool tells = column.of == RowColumn::Of::Parameter || column.of == RowColumn::Of::Choice ||
                       column.of == RowColumn::Of::Figure;
    if (!tells || data.table.isConstant(c)) continue;
    const double value = data.table.number(c, row);
    lines << QStringLiteral("%1 %2").arg(columnTitle(column),
                                         QString::fromStdString(axisLabel(data.table, c, value)));
  }
  return lines.join(QLatin1Char('\n'));
}

namespace {
constexpr JobChannel<QImage> pictures{"picture of a plot"};
constexpr std::size_t mostAtOnce = 5000;  ///< rows that are drawn while the user waits
constexpr int restMilliseconds = 250;     ///< that the mouse stays before a card is shown
constexpr double tremble = 5;             ///< pixels that it may move meanwhile
}  // namespace

ResultPlot::ResultPlot(JobManager& jobs, const Theme& theme, QWidget* parent)
    : QWidget(parent), jobs_(jobs), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(240, 160);
  rest_.setSingleShot(true);
  rest_.setInterval(restMilliseconds);
  connect(&rest_, &QTimer::timeout, this, &ResultPlot::point);
  connect(&theme_, &Theme::changed, this, [this] {
    dataChanged();
    update();
  });
}

void ResultPlot::setData(std::shared_ptr<const PlotData> data) {
  const auto before = data_->current;
  data_ = std::move(data);
  dataChanged();
  if (data_->current != before) describe();
  update();
}

void ResultPlot::describe() {
  QStringList parts;
  if (data_->has(data_->current)) parts << pointInWords(*data_, *data_->current);
  if (!legendText().isEmpty()) parts << legendText();
  setAccessibleDescription(parts.join(QLatin1Char('\n')));
}

QString ResultPlot::axisTip(const ColumnScale& scale, double place) const {
  const RowColumn& column = data_->table.columns()[scale.column];
  QString tip = QString::fromStdString(column.name);
  if (!column.unit.empty()) tip += tr(", in %1").arg(QString::fromStdString(column.unit));
  if (!column.meaning.empty()) tip += QStringLiteral(": ") + QString::fromStdString(column.meaning);
  if (!scale.words) return tip;
  const double words = scale.most - scale.least + 1;
  constexpr std::size_t many = 100;
  for (const AxisTick& tick : ticksOf(data_->table, scale, many)) {
    if (std::abs(tick.place - place) <= 0.5 / words)
      tip += QLatin1Char('\n') + QString::fromStdString(tick.label);
  }
  return tip;
}

void ResultPlot::makePicture(QImage ground, std::function<void(QImage&)> draw) {
  if (data_->table.rows() <= mostAtOnce) {
    jobs_.cancel(pictures, this);
    draw(ground);
    picture_ = std::move(ground);
    return update();
  }
  jobs_.start(
      pictures, tr("Drawing a plot"), this,
      [ground = std::move(ground), draw = std::move(draw)](Progress& progress) {
        QImage image = ground;
        if (!progress.cancelled()) draw(image);
        return image;
      },
      [this](const QImage& image) {
        picture_ = image;
        if (!legendText().isEmpty()) describe();
        update();
      });
}

double ResultPlot::legendHeight() const {
  return QFontMetricsF(font()).height() + 4;
}

void ResultPlot::paintLegendText(QPainter& painter, const QRectF& area) const {
  const QFontMetricsF metrics(font());
  const QRectF box(area.left() + 8, area.bottom() - legendHeight(), area.width() - 16, metrics.height());
  painter.setPen(theme_.colour(&Palette::mutedText));
  painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                   metrics.elidedText(legendText(), Qt::ElideRight, box.width()));
}

void ResultPlot::dropPicture() {
  marks_.reset();
  jobs_.cancel(pictures, this);
  picture_ = QImage();
}

void ResultPlot::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paintOn(painter, QRectF(rect()));
  if (!hasFocus()) return;
  painter.setPen(QPen(theme_.colour(&Palette::accent), 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool ResultPlot::event(QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseMove: {
      const auto* mouse = static_cast<QMouseEvent*>(event);
      if (mouse->buttons() == Qt::NoButton) restAt(mouse->position());
      break;
    }
    case QEvent::ToolTip: {
      const auto* help = static_cast<QHelpEvent*>(event);
      const QString tip = data_->table.rows() > 0 ? tipUnder(QPointF(help->pos())) : QString();
      QToolTip::showText(help->globalPos(), tip, this);
      return true;
    }
    case QEvent::Leave:
    case QEvent::Hide:
    case QEvent::FocusOut:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
      lookAway();
      break;
    default:
      break;
  }
  return QWidget::event(event);
}

void ResultPlot::restAt(const QPointF& pixel) {
  if (points_ && QLineF(at_, pixel).length() < tremble) return;
  lookAway();
  at_ = pixel;
  rest_.start();
}

void ResultPlot::lookAway() {
  rest_.stop();
  if (std::exchange(points_, false)) Q_EMIT lookedAway();
}

void ResultPlot::point() {
  const auto row = rowUnder(at_);
  if (!row) return;
  points_ = true;
  Q_EMIT rowPointed(*row, mapToGlobal(at_).toPoint(), moreUnder(at_));
}

QPointF ResultPlot::placeFor(std::uint32_t /*row*/) const {
  return QRectF(rect()).center();
}

void ResultPlot::keyPressEvent(QKeyEvent* event) {
  const bool shown = points_;
  lookAway();
  if (shown && (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Space)) return;
  if (event->key() == Qt::Key_Space && data_->has(data_->current)) {
    points_ = true;
    at_ = placeFor(*data_->current);
    return Q_EMIT rowPointed(*data_->current, mapToGlobal(at_).toPoint(), {});
  }
  const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (opens && data_->has(data_->current)) return Q_EMIT rowWanted(*data_->current);
  const bool next = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
  const bool previous = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
  const bool first = event->key() == Qt::Key_Home, last = event->key() == Qt::Key_End;
  if (!next && !previous && !first && !last) return QWidget::keyPressEvent(event);
  const std::vector<std::uint32_t> order = keyOrder();
  if (order.empty()) return;
  if (first || last) return Q_EMIT rowChosen(first ? order.front() : order.back());
  const auto here = data_->current ? std::find(order.begin(), order.end(), *data_->current) : order.end();
  if (here == order.end()) return Q_EMIT rowChosen(next ? order.front() : order.back());
  const auto place = here - order.begin();
  const auto count = static_cast<std::ptrdiff_t>(order.size());
  Q_EMIT rowChosen(
      order[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place + (next ? 1 : -1), 0, count - 1))]);
}

}  // namespace taktwerk
