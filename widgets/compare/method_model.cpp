// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/method_model.h"

#include <QBrush>
#include <cmath>

#include "core/report/method_report.h"
#include "core/report/text_table.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// "118 000  −1.7 %", or in brackets why there is nothing.
QString cellText(const MethodFigure& figure) {
  if (!figure.cycles) return QStringLiteral("(%1)").arg(shortened(figure.why, 60));
  // Tenths of a cycle of a model say nothing in a table.
  QString text = grouped(static_cast<std::int64_t>(std::llround(*figure.cycles)));
  if (figure.error) text += QStringLiteral("  (%1)").arg(QString::fromStdString(errorInWords(*figure.error)));
  return text;
}

}  // namespace

MethodModel::MethodModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  });
}

void MethodModel::setComparison(std::shared_ptr<const MethodComparison> comparison, bool outOfDate) {
  beginResetModel();
  comparison_ = std::move(comparison);
  outOfDate_ = outOfDate;
  endResetModel();
}

QString MethodModel::layerOf(int row) const {
  if (!comparison_ || row < 0 || isMeans(row)) return {};
  return QString::fromStdString(comparison_->layers[static_cast<std::size_t>(row)].name);
}

int MethodModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || !comparison_ || comparison_->layers.empty()) return 0;
  return static_cast<int>(comparison_->layers.size()) + 1;
}

int MethodModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || !comparison_ ? 0 : static_cast<int>(comparison_->columns.size()) + 1;
}

QVariant MethodModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || !comparison_ || section >= columnCount()) return {};
  if (section == 0) {
    if (role == Qt::DisplayRole) return tr("Layer");
    return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter) : QVariant();
  }
  const MethodColumn& column = comparison_->columns[static_cast<std::size_t>(section - 1)];
  if (role == Qt::DisplayRole) {
    const std::string_view name = toString(column.method);
    const QString title = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    // The mean is in sight wherever the table is scrolled to.
    return title + QLatin1Char('\n') +
           (column.method == comparison_->reference ? tr("reference")
            : column.meanError                      ? QString::fromStdString(percentage(*column.meanError))
                                                    : QStringLiteral("–"));
  }
  if (role == Qt::ToolTipRole) {
    const QString mean = QString::fromStdString(meanInWords(*comparison_, column));
    return tr("Mean absolute percentage error: %1").arg(mean) +
           (column.note.empty() ? QString() : QLatin1Char('\n') + shortened(column.note));
  }
  if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QString MethodModel::text(int row, int column) const {
  if (isMeans(row)) {
    if (column == 0) return tr("MAPE");
    const MethodColumn& method = comparison_->columns[static_cast<std::size_t>(column - 1)];
    return QString::fromStdString(meanInWords(*comparison_, method));
  }
  if (column == 0) return shortened(layerOf(row), 200);
  const MethodColumn& method = comparison_->columns[static_cast<std::size_t>(column - 1)];
  return cellText(method.figures[static_cast<std::size_t>(row)]);
}

QVariant MethodModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) return {};
  switch (role) {
    case Qt::ToolTipRole:
      if (isMeans(index.row()) && index.column() == 0) return tr("Mean absolute percentage error");
      [[fallthrough]];
    case Qt::DisplayRole:
      return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
      return QVariant::fromValue((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
      return isMeans(index.row()) ? QVariant(theme_.font(9, true)) : QVariant();
    case Qt::ForegroundRole: {
      const bool none = !isMeans(index.row()) && index.column() > 0 &&
                        !comparison_->columns[static_cast<std::size_t>(index.column() - 1)]
                             .figures[static_cast<std::size_t>(index.row())]
                             .cycles;
      return outOfDate_ || none ? QVariant(QBrush(theme_.colour(&Palette::mutedText))) : QVariant();
    }
    default:
      return {};
  }
}

}  // namespace taktwerk
