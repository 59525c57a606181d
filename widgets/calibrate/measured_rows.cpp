// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/measured_rows.h"

#include <QBrush>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/report/cause_text.h"
#include "core/report/method_report.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

QString measuredText(double cycles) {
  return grouped(static_cast<std::int64_t>(std::llround(cycles)));
}

MeasuredRows::MeasuredRows(const Theme& theme, QObject* parent)
    : ColumnTable({tr("Layer"), tr("Measured"), tr("Estimated"), tr("Error"), tr("Runs"),
                   tr("Most of the time"), tr("Half")},
                  Measured, Runs, parent),
      theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!order_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void MeasuredRows::setOutcome(std::shared_ptr<const CalibrationOutcome> outcome) {
  beginResetModel();
  outcome_ = std::move(outcome);
  order_.resize(outcome_ ? outcome_->calibration.last().size() : 0);
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  arrange();
  endResetModel();
}

void MeasuredRows::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  if (!order_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::optional<std::size_t> MeasuredRows::rowAt(int place) const {
  if (place < 0 || place >= rowCount()) return std::nullopt;
  return order_[static_cast<std::size_t>(place)];
}

int MeasuredRows::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

double MeasuredRows::number(std::size_t row, int column) const {
  const Measurement& measured = outcome_->measurements.rows[row];
  const EstimatedRow& estimated = outcome_->calibration.last()[row];
  switch (column) {
    case Measured:
      return measured.cycles;
    case Runs:
      return measured.least && measured.most ? (*measured.most - *measured.least) / measured.cycles : -1;
    case Estimated:
      return estimated.cycles ? static_cast<double>(*estimated.cycles) : HUGE_VAL;
    case Error: {
      const auto error = errorOf(measured, estimated);
      return error ? std::abs(*error) : HUGE_VAL;
    }
    default:
      return outcome_->calibration.fitted[row] ? 0 : 1;
  }
}

void MeasuredRows::arrange() {
  const bool words = column_ == Layer || column_ == Cause;
  std::vector<QString> texts;
  std::vector<double> numbers;
  for (std::size_t row = 0; row < order_.size(); ++row) {
    if (words) {
      texts.push_back(text(row, column_));
    } else {
      numbers.push_back(number(row, column_));
    }
  }
  const bool descending = sorted_ == Qt::DescendingOrder;
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (descending) std::swap(a, b);
    return words ? texts[a] < texts[b] : numbers[a] < numbers[b];
  });
  places_.resize(order_.size());
  for (std::size_t place = 0; place < order_.size(); ++place)
    places_[order_[place]] = static_cast<int>(place);
}

void MeasuredRows::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= ColumnCount || (column == column_ && order == sorted_)) return;
  Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
  const std::vector<std::uint32_t> before = order_;
  column_ = column;
  sorted_ = order;
  arrange();
  const QModelIndexList from = persistentIndexList();
  QModelIndexList to;
  for (const QModelIndex& each : from)
    to << index(places_[before[static_cast<std::size_t>(each.row())]], each.column());
  changePersistentIndexList(from, to);
  Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

QString MeasuredRows::causeText(const EstimatedRow& row) {
  if (row.cause) return QString::fromStdString(causeInWords(*row.cause));
  return shortened(row.reason, 200);
}

QString MeasuredRows::halfText(const CalibrationOutcome& outcome, std::size_t row) {
  if (!outcome.fitted() || !outcome.calibration.before[row].cycles) return {};
  return outcome.calibration.fitted[row] ? tr("fitted on") : tr("judged on");
}

QString MeasuredRows::text(std::size_t row, int column) const {
  const Measurement& measured = outcome_->measurements.rows[row];
  const EstimatedRow& estimated = outcome_->calibration.last()[row];
  switch (column) {
    case Layer:
      return shortened(measured.name, 200);
    case Measured:
      return measuredText(measured.cycles);
    case Runs:
      if (!measured.least || !measured.most) return {};
      return tr("%1 … %2").arg(measuredText(*measured.least), measuredText(*measured.most));
    case Estimated:
      if (!estimated.cycles) return QStringLiteral("–");
      return (estimated.exact ? QString() : QStringLiteral("≈ ")) + grouped(*estimated.cycles);
    case Error: {
      const auto error = errorOf(measured, estimated);
      return error ? QString::fromStdString(errorInWords(*error)) : QString();
    }
    case Cause:
      return causeText(estimated);
    case Half:
      return halfText(*outcome_, row);
    default:
      return {};
  }
}

QString MeasuredRows::tip(std::size_t row, int column) const {
  const EstimatedRow& estimated = outcome_->calibration.last()[row];
  if (column == Estimated && estimated.cycles && !estimated.exact) return tr("An approximation");
  if (column == Measured)
    return QString::fromStdString(methodCyclesInWords(outcome_->measurements.rows[row].cycles));
  if (column == Layer && !estimated.mapping.empty())
    return tr("%1, with the mapping %2").arg(text(row, column), shortened(estimated.mapping, 100));
  return text(row, column);
}

QVariant MeasuredRows::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal && role == Qt::ToolTipRole) {
    switch (section) {
      case Runs:
        return tr("The smallest and the largest of several runs; sorted by how far they are apart");
      case Error:
        return tr("Estimated against measured; sorted by its size, rows without an estimate among the worst");
      case Cause:
        return tr("What most of the estimated time goes to, or why there is no estimate");
      case Half:
        return tr("Whether parameters were fitted on the row, or it judges what was found");
      default:
        break;
    }
  }
  return ColumnTable::headerData(section, orientation, role);
}

QVariant MeasuredRows::data(const QModelIndex& index, int role) const {
  const auto row = index.isValid() ? rowAt(index.row()) : std::nullopt;
  if (!row) return {};
  switch (role) {
    case Qt::DisplayRole:
      return text(*row, index.column());
    case Qt::ToolTipRole:
      return tip(*row, index.column());
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole: {
      const bool none = !outcome_->calibration.last()[*row].cycles;
      return outOfDate_ || none ? QVariant(QBrush(theme_.colour(&Palette::mutedText))) : QVariant();
    }
    default:
      return {};
  }
}

}  // namespace taktwerk
