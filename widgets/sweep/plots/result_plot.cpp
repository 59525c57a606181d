// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/result_plot.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

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

QString columnTitle(const RowColumn& column) {
  const QString name = QString::fromStdString(column.name);
  const bool own = column.of == RowColumn::Of::Parameter && name.startsWith(QLatin1String("arch."));
  return own ? name.mid(5) : name;
}

QString columnTitleWithUnit(const RowColumn& column) {
  const QString title = columnTitle(column), unit = QString::fromStdString(column.unit);
  return unit.isEmpty() || unit == title ? title : QStringLiteral("%1, %2").arg(title, unit);
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
}  // namespace

ResultPlot::ResultPlot(JobManager& jobs, const Theme& theme, QWidget* parent)
    : QWidget(parent), jobs_(jobs), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(240, 160);
  connect(&theme_, &Theme::changed, this, [this] {
    dataChanged();
    update();
  });
}

void ResultPlot::setData(std::shared_ptr<const PlotData> data) {
  const auto before = data_->current;
  data_ = std::move(data);
  dataChanged();
  if (data_->current != before)
    setAccessibleDescription(data_->has(data_->current) ? pointInWords(*data_, *data_->current) : QString());
  update();
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
        update();
      });
}

void ResultPlot::dropPicture() {
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

void ResultPlot::keyPressEvent(QKeyEvent* event) {
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
