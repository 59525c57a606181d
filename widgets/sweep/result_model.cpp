// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/result_model.h"

#include <QBrush>
#include <QFont>
#include <algorithm>
#include <unordered_map>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

bool isNumber(const RowColumn& column) {
  return !column.isWord() && column.of != RowColumn::Of::Text;
}

Colour Palette::*colourOf(PointState state) {
  switch (state) {
    case PointState::Infeasible:
      return &Palette::warning;
    case PointState::Failed:
      return &Palette::error;
    case PointState::Cancelled:
      return &Palette::mutedText;
    case PointState::Done:
      break;
  }
  return &Palette::text;
}

}  // namespace

ResultModel::ResultModel(const Theme& theme, SweepResults& results, QObject* parent)
    : QAbstractTableModel(parent),
      theme_(theme),
      results_(results),
      count_(static_cast<int>(results.shown().size())) {
  connectAll();
}

void ResultModel::connectAll() {
  connect(&results_, &SweepResults::aboutToReset, this, &ResultModel::beginResetModel);
  connect(&results_, &SweepResults::reset, this, [this] {
    running_.clear();
    count_ = static_cast<int>(results_.shown().size());
    endResetModel();
  });
  connect(&results_, &SweepResults::aboutToInsert, this,
          [this](int first, int last) { beginInsertRows({}, first, last); });
  connect(&results_, &SweepResults::inserted, this, [this] {
    count_ = static_cast<int>(results_.shown().size());
    endInsertRows();
  });
  connect(&results_, &SweepResults::aboutToRemove, this,
          [this](int first, int last) { beginRemoveRows({}, first, last); });
  connect(&results_, &SweepResults::removed, this, [this] {
    count_ = static_cast<int>(results_.shown().size());
    endRemoveRows();
  });
  connect(&results_, &SweepResults::aboutToRearrange, this, &ResultModel::rememberPlaces);
  connect(&results_, &SweepResults::rearranged, this, &ResultModel::movePlaces);
  connect(&theme_, &Theme::changed, this, [this] {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  });
}

void ResultModel::rememberPlaces() {
  Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
  held_ = persistentIndexList();
  heldRows_.clear();
  heldRows_.reserve(static_cast<std::size_t>(held_.size()));
  for (const QModelIndex& each : held_) {
    heldRows_.push_back(each.row() < count_ ? results_.shown()[static_cast<std::size_t>(each.row())]
                                            : SweepResults::nowhere);
  }
}

void ResultModel::movePlaces() {
  std::unordered_map<std::uint32_t, int> places;
  for (const std::uint32_t row : heldRows_) {
    if (row != SweepResults::nowhere) places.emplace(row, -1);
  }
  const auto& shown = results_.shown();
  for (std::size_t i = 0; i < shown.size() && !places.empty(); ++i) {
    const auto held = places.find(shown[i]);
    if (held != places.end()) held->second = static_cast<int>(i);
  }
  QModelIndexList moved;
  moved.reserve(held_.size());
  for (qsizetype i = 0; i < held_.size(); ++i) {
    const std::uint32_t row = heldRows_[static_cast<std::size_t>(i)];
    const bool stays = held_[i].row() >= count_;  // a point under way
    const int place = stays ? held_[i].row() : row == SweepResults::nowhere ? -1 : places[row];
    moved << (place < 0 ? QModelIndex() : index(place, held_[i].column()));
  }
  changePersistentIndexList(held_, moved);
  held_.clear();
  heldRows_.clear();
  Q_EMIT layoutChanged({}, VerticalSortHint);
}

void ResultModel::setRunning(std::vector<SweepPoint> running) {
  const int had = static_cast<int>(running_.size()), wanted = static_cast<int>(running.size());
  if (wanted < had) {
    beginRemoveRows({}, count_ + wanted, count_ + had - 1);
    running_ = std::move(running);
    endRemoveRows();
  } else if (wanted > had) {
    beginInsertRows({}, count_ + had, count_ + wanted - 1);
    running_ = std::move(running);
    endInsertRows();
  } else {
    running_ = std::move(running);
  }
  const int same = std::min(had, wanted);
  if (same > 0) Q_EMIT dataChanged(index(count_, 0), index(count_ + same - 1, columnCount() - 1));
}

bool ResultModel::isRunning(int row) const {
  return row >= count_;
}

std::optional<std::size_t> ResultModel::rowAt(int row) const {
  if (row < 0 || row >= count_) return std::nullopt;
  const std::uint32_t found = results_.shown()[static_cast<std::size_t>(row)];
  return found == SweepResults::nowhere ? std::nullopt : std::optional<std::size_t>(found);
}

int ResultModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count_ + static_cast<int>(running_.size());
}

int ResultModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(results_.table().columns().size());
}

QString ResultModel::runningText(const SweepPoint& point, std::size_t column) const {
  const RowTable& table = results_.table();
  if (column == 0) return grouped(point.number);
  if (column == table.stateColumn()) return tr("◌ running");
  if (column > table.stateColumn() || column > point.values.size()) return {};
  const auto& value = point.values[column - 1];
  if (!value) return {};
  const RowColumn& of = table.columns()[column];
  return of.isWord() ? QString::fromStdString(of.words[static_cast<std::size_t>(*value)]) : grouped(*value);
}

QVariant ResultModel::runningData(const SweepPoint& point, std::size_t column, int role) const {
  if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) return runningText(point, column);
  if (role == Qt::ForegroundRole) return QBrush(theme_.colour(&Palette::info));
  return {};
}

QVariant ResultModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto column = static_cast<std::size_t>(index.column());
  const RowTable& table = results_.table();
  const RowColumn& of = table.columns()[column];
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((isNumber(of) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (isRunning(index.row())) {
    const auto place = static_cast<std::size_t>(index.row() - count_);
    return place < running_.size() ? runningData(running_[place], column, role) : QVariant();
  }
  const auto row = rowAt(index.row());
  if (!row) return {};
  const PointState state = table.state(*row);
  const bool incomplete = missingLayersOf(table, *row) > 0;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return cellText(table, column, *row);
    case Qt::ToolTipRole:
      return state == PointState::Done && of.of != RowColumn::Of::Text &&
                     !(incomplete && of.of == RowColumn::Of::State)
                 ? QVariant()
                 : QString::fromStdString(table.text(table.columns().size() - 1, *row));
    case Qt::ForegroundRole:
      if (incomplete && of.of == RowColumn::Of::State) return QBrush(theme_.colour(&Palette::warning));
      if (of.of == RowColumn::Of::State || of.of == RowColumn::Of::Text || state != PointState::Done) {
        return QBrush(theme_.colour(colourOf(state)));
      }
      return {};
    default:
      return {};
  }
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  const RowColumn& of = results_.table().columns()[static_cast<std::size_t>(section)];
  if (role == Qt::DisplayRole) {
    QString title = columnTitle(of);
    if (of.of == RowColumn::Of::Count || of.of == RowColumn::Of::Word || of.of == RowColumn::Of::Figure)
      title.replace(QLatin1Char('_'), QLatin1Char(' '));
    return title;
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((isNumber(of) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::ToolTipRole) {
    QString tip = QString::fromStdString(of.name);
    if (!of.unit.empty()) tip += tr(", in %1").arg(QString::fromStdString(of.unit));
    if (!of.meaning.empty()) tip += QStringLiteral(": ") + QString::fromStdString(of.meaning);
    return tip;
  }
  return {};
}

void ResultModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= columnCount()) return results_.setOrder(std::nullopt);
  results_.setOrder(RowOrder{static_cast<std::size_t>(column), order == Qt::DescendingOrder});
}

}  // namespace taktwerk
