// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/cell_text.h"

#include <QCoreApplication>
#include <cmath>

#include "core/sweep/column_scale.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

QString numberText(double value) {
  constexpr double large = 1e4, largest = 9e15;
  if (std::isnan(value)) return {};
  if ((value == std::floor(value) || std::abs(value) >= large) && std::abs(value) < largest) {
    return grouped(std::llround(value));
  }
  return QString::number(value, 'g', std::abs(value) >= 1 ? 6 : 4);
}

}  // namespace

QString stateText(PointState state) {
  switch (state) {
    case PointState::Done:
      return tr("✓ done");
    case PointState::Infeasible:
      return tr("⊘ infeasible");
    case PointState::Failed:
      return tr("✕ failed");
    case PointState::Cancelled:
      return tr("◼ cancelled");
  }
  return {};
}

std::int64_t missingLayersOf(const RowTable& table, std::size_t row) {
  if (table.state(row) != PointState::Done) return 0;
  const auto column = table.find("missing_layers");
  const std::int64_t missing = column ? table.whole(*column, row) : 0;
  return missing == RowTable::none ? 0 : missing;
}

QString stateText(const RowTable& table, std::size_t row) {
  const std::int64_t missing = missingLayersOf(table, row);
  if (missing == 0) return stateText(table.state(row));
  return missing == 1 ? tr("⚠ done, 1 layer missing") : tr("⚠ done, %1 layers missing").arg(grouped(missing));
}

QString cellText(const RowTable& table, std::size_t column, std::size_t row) {
  const RowColumn& of = table.columns()[column];
  if (of.of == RowColumn::Of::State) return stateText(table, row);
  if (!of.isWord() && of.of != RowColumn::Of::Text) {
    const double value = table.number(column, row);
    if (isSeconds(of) && !std::isnan(value)) return QString::fromStdString(axisLabel(table, column, value));
    return numberText(value);
  }
  QString text = QString::fromStdString(table.text(column, row));
  if (of.of != RowColumn::Of::Word || text.isEmpty()) return text;
  return text == QLatin1String("true") ? tr("yes") : tr("no");
}

}  // namespace taktwerk
