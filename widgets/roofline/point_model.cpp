// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/roofline/point_model.h"

#include "widgets/theme/bounded_text.h"

namespace taktwerk {

PointModel::PointModel(QObject* parent)
    : ColumnTable(
          {tr("Layer"), tr("Memory"), tr("MACs a word"), tr("MACs a cycle"), tr("Roof"), tr("Of the roof")},
          Intensity, OfRoof, parent) {}

void PointModel::setPlot(const RooflinePlot& plot, const std::set<std::size_t>& shown) {
  beginResetModel();
  rows_.clear();
  for (const std::size_t level : shown) {
    if (level >= plot.levels.size()) continue;
    for (const RooflinePoint& point : plot.levels[level].points) {
      rows_.push_back({shortened(plot.levels[level].name), point});
    }
  }
  endResetModel();
}

int PointModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PointModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole) return {};
  if (index.column() == Layer) return QString::fromStdString(row.point.layer);
  if (index.column() == Memory) return row.memory;
  const double ofRoof = row.point.bound > 0 ? row.point.macsPerCycle / row.point.bound : -1;
  const double figures[] = {row.point.intensity, row.point.macsPerCycle,
                            row.point.bound > 0 ? row.point.bound : -1, ofRoof};
  const double figure = figures[index.column() - Intensity];
  if (role == SortRole) return figure;
  if (figure < 0) return tr("none");
  if (index.column() == OfRoof) return QStringLiteral("%1 %").arg(figure * 100, 0, 'f', 1);
  return QString::number(figure, 'g', 4);
}

}  // namespace taktwerk
