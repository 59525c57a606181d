// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/sides_model.h"

#include <QBrush>
#include <cmath>

#include "core/report/cause_text.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

std::vector<SidesRow> rowsOf(const std::vector<CauseChange>& causes) {
  std::vector<SidesRow> rows;
  rows.reserve(causes.size());
  for (const CauseChange& each : causes) {
    rows.push_back({QString::fromStdString(causeInWords(each.cause)), each.before, each.now});
  }
  return rows;
}

std::vector<SidesRow> rowsOf(const std::vector<TrafficChange>& traffic) {
  std::vector<SidesRow> rows;
  rows.reserve(traffic.size());
  for (const TrafficChange& each : traffic) {
    rows.push_back({QString::fromStdString(each.memory), each.before, each.now});
  }
  return rows;
}

std::vector<SidesRow> rowsOf(const std::vector<ParameterChange>& parameters) {
  std::vector<SidesRow> rows;
  rows.reserve(parameters.size());
  for (const ParameterChange& each : parameters) {
    rows.push_back({QString::fromStdString(each.name), each.before, each.now});
  }
  return rows;
}

QString changeText(const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& now) {
  if (!before || !now) return {};
  if (*before == *now) return QStringLiteral("0");
  return *now < *before ? QStringLiteral("−") + grouped(*before - *now)
                        : QStringLiteral("+") + grouped(*now - *before);
}

QString percentText(const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& now) {
  if (!before || !now || *before <= 0) return {};
  if (*before == *now) return QStringLiteral("0 %");
  return percentText(*now - *before, *before);
}

SidesModel::SidesModel(const Theme& theme, const QString& title, const QString& missing, bool lessIsBetter,
                       QObject* parent)
    : ColumnTable({title, tr("Before"), tr("Now"), tr("Change"), tr("Per cent")}, Before, Percent, parent),
      theme_(theme),
      missing_(missing),
      lessIsBetter_(lessIsBetter) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void SidesModel::setRows(std::vector<SidesRow> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int SidesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QString SidesModel::text(const SidesRow& row, int column) const {
  switch (column) {
    case Name:
      return row.name;
    case Before:
      return row.before ? grouped(*row.before) : missing_;
    case Now:
      return row.now ? grouped(*row.now) : missing_;
    case Change:
      return changeText(row.before, row.now);
    case Percent:
      return percentText(row.before, row.now);
    default:
      return {};
  }
}

QVariant SidesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const SidesRow& row = rows_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return text(row, column);
    case Qt::TextAlignmentRole:
      return alignmentOf(column);
    case Qt::ForegroundRole: {
      const bool isMissing = (column == Before && !row.before) || (column == Now && !row.now);
      if (isMissing) return QBrush(theme_.colour(&Palette::mutedText));
      const bool coloured = lessIsBetter_ && (column == Change || column == Percent);
      if (!coloured || !row.before || !row.now || *row.before == *row.now) return {};
      return QBrush(changeColour(theme_, *row.now < *row.before));
    }
    default:
      return {};
  }
}

}  // namespace taktwerk
