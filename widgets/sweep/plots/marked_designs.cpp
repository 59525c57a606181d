// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/marked_designs.h"

#include <QBrush>
#include <algorithm>
#include <cmath>

#include "core/report/quantity_text.h"
#include "core/sweep/column_scale.h"
#include "widgets/sweep/plots/change_text.h"
#include "widgets/theme/plot_colours.h"

namespace taktwerk {

MarkedDesigns::MarkedDesigns(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), theme_(theme) {}

void MarkedDesigns::setData(std::shared_ptr<const PlotData> data) {
  beginResetModel();
  shown_ = std::move(data);
  designs_.clear();
  const auto take = [this](std::uint32_t row) {
    const bool there = row < shown_->table.rows();
    if (there && std::find(designs_.begin(), designs_.end(), row) == designs_.end()) designs_.push_back(row);
  };
  if (shown_->baseline) take(*shown_->baseline);
  for (const std::uint32_t row : shown_->pinned) take(row);
  if (shown_->current) take(*shown_->current);
  columns_.clear();
  const auto& columns = shown_->table.columns();
  for (const bool figures : {false, true}) {
    for (std::size_t c = 0; c < columns.size() && shown_->table.rows() > 0; ++c) {
      const RowColumn::Of of = columns[c].of;
      const bool wanted = figures ? of == RowColumn::Of::Figure
                                  : of == RowColumn::Of::Parameter || of == RowColumn::Of::Choice;
      if (wanted && !shown_->table.isConstant(c)) columns_.push_back(c);
    }
  }
  endResetModel();
}

int MarkedDesigns::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || designs_.empty() ? 0 : static_cast<int>(columns_.size());
}

int MarkedDesigns::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(designs_.size());
}

std::optional<double> MarkedDesigns::changeOf(std::size_t column, std::uint32_t row) const {
  if (!shown_->has(shown_->baseline) || row == *shown_->baseline) return std::nullopt;
  if (shown_->table.columns()[column].of != RowColumn::Of::Figure) return std::nullopt;
  const double before = shown_->table.number(column, *shown_->baseline),
               now = shown_->table.number(column, row);
  if (std::isnan(before) || std::isnan(now) || before == 0) return std::nullopt;
  return now / before - 1;
}

QVariant MarkedDesigns::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const std::size_t column = columns_[static_cast<std::size_t>(index.row())];
  const std::uint32_t row = designs_[static_cast<std::size_t>(index.column())];
  const auto change = changeOf(column, row);
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::ForegroundRole && change && *change != 0) {
    const bool less = shown_->table.columns()[column].better == Figure::Better::Less;
    return QBrush(changeColour(theme_, (*change < 0) == less));
  }
  if (role != Qt::DisplayRole) return {};
  const double value = shown_->table.number(column, row);
  QString text = !shown_->table.columns()[column].isWord() && !std::isnan(value)
                     ? QString::fromStdString(numberText(value))
                     : QString::fromStdString(axisLabel(shown_->table, column, value));
  if (change) text += QStringLiteral("  ") + changeInPercent(*change);
  return text;
}

QVariant MarkedDesigns::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole) return {};
  if (orientation == Qt::Vertical)
    return columnTitleWithUnit(shown_->table.columns()[columns_[static_cast<std::size_t>(section)]]);
  const std::uint32_t row = designs_[static_cast<std::size_t>(section)];
  const QString mark = shown_->markOf(row);
  const QString point = tr("point %1").arg(QString::fromStdString(shown_->table.text(0, row)));
  return mark.isEmpty() ? point : QStringLiteral("%1: %2").arg(mark, point);
}

}  // namespace taktwerk
