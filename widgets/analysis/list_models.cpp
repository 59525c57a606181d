// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/list_models.h"

#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

MovedModel::MovedModel(QObject* parent)
    : ColumnTable(
          {tr("Memory"), tr("Words read"), tr("Words written"), tr("Bits a word"), tr("Reads"), tr("Writes")},
          WordsRead, Writes, parent) {}

void MovedModel::setRows(std::vector<MovedWords> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int MovedModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant MovedModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const MovedWords& memory = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole) return {};
  if (index.column() == Name) return shortened(memory.name);
  const std::int64_t figures[] = {0,
                                  memory.traffic.wordsRead,
                                  memory.traffic.wordsWritten,
                                  memory.bitsPerWord,
                                  memory.traffic.reads,
                                  memory.traffic.writes};
  const std::int64_t figure = figures[index.column()];
  return role == SortRole ? QVariant(static_cast<qlonglong>(figure)) : QVariant(grouped(figure));
}

FillingModel::FillingModel(QObject* parent)
    : ColumnTable({tr("Layer"), tr("Of what"), tr("Passes"), tr("In the mean")}, Mean, Mean, parent) {}

void FillingModel::setRows(std::vector<PartlyFilled> rows) {
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int FillingModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FillingModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const PartlyFilled& one = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role == SortRole) {
    if (index.column() == Mean) return one.meanShare();
    if (index.column() == Passes) return static_cast<qlonglong>(index.row());  // by weight
  } else if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
    return {};
  }
  switch (index.column()) {
    case Layer:
      return shortened(one.layer);
    case What:
      return tr("%1: %2 of %3").arg(shortened(one.name), shortened(one.dimension)).arg(one.full);
    case Passes: {
      QStringList parts;
      constexpr std::size_t most = 6;
      for (std::size_t k = 0; k < std::min(one.parts.size(), most); ++k) {
        parts << tr("%1 in %2 %").arg(one.parts[k].first).arg(one.parts[k].second * 100, 0, 'f', 1);
      }
      if (one.parts.size() > most) parts << QStringLiteral("…");
      return parts.join(QStringLiteral(", "));
    }
    case Mean:
      return QStringLiteral("%1 %").arg(one.meanShare() * 100, 0, 'f', 1);
    default:
      return {};
  }
}

}  // namespace taktwerk
