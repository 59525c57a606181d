// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/column_box.h"

#include <QSignalBlocker>

#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

ColumnBox::ColumnBox(const QString& name, const QString& nothing, QWidget* parent)
    : QComboBox(parent), nothing_(nothing) {
  setAccessibleName(name);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(7);
  setMinimumWidth(56);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(this, &QComboBox::activated, this, [this] {
    chosen_ = currentData(Qt::UserRole + 1).toString();
    Q_EMIT chosen();
  });
}

void ColumnBox::fill(const RowTable& table, const Wanted& wanted, const std::vector<std::string>& usual) {
  const QSignalBlocker quiet(this);
  clear();
  if (!nothing_.isEmpty()) addItem(nothing_, -1);
  int place = -1;
  std::size_t best = usual.size();
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    if (!wanted(table, c)) continue;
    const QString name = QString::fromStdString(table.columns()[c].name);
    addItem(columnTitle(table.columns()[c]), static_cast<int>(c));
    setItemData(count() - 1, name, Qt::UserRole + 1);
    setItemData(count() - 1, QString::fromStdString(table.columns()[c].meaning), Qt::ToolTipRole);
    if (chosen_) {
      if (name == *chosen_) place = count() - 1;
      continue;
    }
    for (std::size_t u = 0; u < best; ++u) {
      if (usual[u] != table.columns()[c].name) continue;
      best = u;
      place = count() - 1;
    }
  }
  setCurrentIndex(place >= 0 ? place : count() > 0 ? 0 : -1);
}

std::optional<std::size_t> ColumnBox::column() const {
  const QVariant column = currentData();
  if (!column.isValid() || column.toInt() < 0) return std::nullopt;
  return static_cast<std::size_t>(column.toInt());
}

QString ColumnBox::name() const {
  return currentData(Qt::UserRole + 1).toString();
}

bool ColumnBox::take(const QString& name) {
  for (int i = 0; i < count(); ++i) {
    const bool nothing = itemData(i).toInt() < 0;
    if (nothing ? !name.isEmpty() : itemData(i, Qt::UserRole + 1).toString() != name) continue;
    setCurrentIndex(i);
    chosen_ = name;
    return true;
  }
  return false;
}

void ColumnBox::choose(const QString& column) {
  for (int i = 0; i < count(); ++i) {
    const QString name = itemData(i, Qt::UserRole + 1).toString();
    if (name != column && !name.endsWith(QLatin1Char('.') + column)) continue;
    setCurrentIndex(i);
    chosen_ = name;
    Q_EMIT chosen();
    return;
  }
}

bool canBeAxis(const RowTable& table, std::size_t column) {
  const RowColumn::Of of = table.columns()[column].of;
  return of != RowColumn::Of::Text && of != RowColumn::Of::Point && !table.isConstant(column);
}

bool wasVaried(const RowTable& table, std::size_t column) {
  return table.wasVaried(column);
}

bool isFigure(const RowTable& table, std::size_t column) {
  return table.columns()[column].of == RowColumn::Of::Figure;
}

}  // namespace taktwerk
