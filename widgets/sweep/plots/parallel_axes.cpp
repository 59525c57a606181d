// SPDX-License-Identifier: GPL-3.0-or-later
// The axes of parallel coordinates as users and views choose them.
#include <QContextMenuEvent>
#include <QMenu>
#include <algorithm>
#include <utility>

#include "widgets/sweep/plots/axis_menu.h"
#include "widgets/sweep/plots/parallel_plot.h"

namespace taktwerk {

void ParallelPlot::setAxes(const QStringList& names) {
  std::vector<Axis> next;
  for (const QString& name : names) {
    const auto had =
        std::find_if(axes_.begin(), axes_.end(), [&](const Axis& each) { return each.name == name; });
    next.push_back(had == axes_.end() ? Axis{name, false, {}, {}} : *had);
  }
  axes_ = std::move(next);
  chosen_ = !axes_.empty();
  dataChanged();
  update();
  Q_EMIT axesChanged();
}

void ParallelPlot::setAxes(const std::vector<ViewAxis>& axes) {
  axes_.clear();
  for (const ViewAxis& axis : axes)
    axes_.push_back({QString::fromStdString(axis.column), axis.inverted, axis.logarithmic, {}});
  chosen_ = !axes_.empty();
  dataChanged();
  update();
  Q_EMIT axesChanged();
}

std::vector<ViewAxis> ParallelPlot::viewAxes() const {
  std::vector<ViewAxis> axes;
  for (const Axis& axis : axes_) axes.push_back({axis.name.toStdString(), axis.turned, axis.logarithmic});
  return axes;
}

QStringList ParallelPlot::axes() const {
  QStringList names;
  for (const Axis& axis : axes_) names << axis.name;
  return names;
}

void ParallelPlot::turn(const QString& axis) {
  for (Axis& each : axes_) {
    if (each.name == axis) each.turned = !each.turned;
  }
  dataChanged();
  update();
  Q_EMIT axesChanged();
}

void ParallelPlot::setLogarithmic(const QString& axis, bool logarithmic) {
  for (Axis& each : axes_) {
    if (each.name == axis) each.logarithmic = logarithmic;
  }
  dataChanged();
  update();
  Q_EMIT axesChanged();
}

QString ParallelPlot::tipUnder(const QPointF& pixel) const {
  if (pixel.y() > rect().bottom() - legendHeight()) return legendText();
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    const QLineF line = lineOf(a);
    const bool title =
        pixel.y() < line.y2() && titleBox(QRectF(rect()), a).adjusted(0, 0, 0, 20).contains(pixel);
    const bool beside = pixel.y() >= line.y2() && axisAt(pixel) == a;
    if (title || beside) return axisTip(axes_[a].scale, placeAt(a, pixel));
  }
  return {};
}

void ParallelPlot::fillMenu(QMenu& menu, std::size_t axis) {
  const QString name = axes_[axis].name;
  const ColumnScale& scale = axes_[axis].scale;
  fillAxisMenu(menu, scale,
               {[this, name] { turn(name); }, [this, name](bool on) { setLogarithmic(name, on); },
                [this, column = scale.column] { Q_EMIT orderWanted(column); }});
  QAction* hides = menu.addAction(tr("Hide"));
  hides->setEnabled(axes_.size() > 2);
  connect(hides, &QAction::triggered, this, [this, name] {
    QStringList names = axes();
    names.removeAll(name);
    setAxes(names);
  });
}

/// Of the axis that the mouse is at; by the key of all of them.
void ParallelPlot::contextMenuEvent(QContextMenuEvent* event) {
  const auto axis = axisAt(QPointF(event->pos()));
  const bool keyed = event->reason() == QContextMenuEvent::Keyboard;
  if (data().table.rows() == 0 || (!axis && !keyed)) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (std::size_t a = 0; keyed && a < axes_.size(); ++a)
    fillMenu(*menu->addMenu(columnTitle(data().table.columns()[axes_[a].scale.column])), a);
  if (!keyed) fillMenu(*menu, *axis);
  menu->popup(event->globalPos());
}

}  // namespace taktwerk
