// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/lines_model.h"

#include <QBrush>
#include <algorithm>

#include "core/report/difference_report.h"
#include "core/report/text_table.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

LinesModel::LinesModel(const Theme& theme, QObject* parent) : QAbstractListModel(parent), theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
  });
}

void LinesModel::setSources(const std::vector<SourceDifference>& sources) {
  beginResetModel();
  rows_.clear();
  changed_ = 0;
  for (const SourceDifference& source : sources) {
    rows_.push_back({Kind::Heading, QString::fromStdString(sourceInWords(source))});
    changed_ += source.lines.removed + source.lines.added;
    std::uint32_t last = 1;
    for (const DiffLine& line : source.lines.lines) last = std::max({last, line.before, line.now});
    const auto width = QString::number(last).size();
    const auto number = [width](std::uint32_t line) {
      return (line == 0 ? QString() : QString::number(line)).rightJustified(width);
    };
    for (const DiffLine& line : source.lines.lines) {
      if (line.kind == DiffLine::Kind::Skipped) {
        const auto skipped = static_cast<int>(line.skipped);
        rows_.push_back({Kind::Note, skipped == 1 ? tr("… 1 line") : tr("… %1 lines").arg(skipped)});
        continue;
      }
      const bool removed = line.kind == DiffLine::Kind::Removed, added = line.kind == DiffLine::Kind::Added;
      const QString sign = removed ? QStringLiteral("−") : added ? QStringLiteral("+") : QStringLiteral(" ");
      rows_.push_back({removed ? Kind::Removed
                       : added ? Kind::Added
                               : Kind::Same,
                       number(line.before) + QLatin1Char(' ') + number(line.now) + QLatin1Char(' ') + sign +
                           QLatin1Char(' ') + QString::fromStdString(printable(line.text))});
    }
    if (const auto limits = limitsInWords(source.lines); !limits.empty()) {
      rows_.push_back({Kind::Note, QString::fromStdString(limits)});
    }
  }
  endResetModel();
}

int LinesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant LinesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return row.text;
    case Qt::FontRole:
      return row.kind == Kind::Heading ? theme_.font(9, true) : theme_.fixedFont(9);
    case Qt::ForegroundRole:
      if (row.kind == Kind::Note) return QBrush(theme_.colour(&Palette::mutedText));
      // Neither side is the better one; the two colours only tell them apart.
      if (row.kind == Kind::Removed) return QBrush(changeColour(theme_, false));
      if (row.kind == Kind::Added) return QBrush(changeColour(theme_, true));
      return {};
    default:
      return {};
  }
}

}  // namespace taktwerk
