// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/card_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "widgets/sweep/cell_text.h"
#include "widgets/sweep/plots/change_text.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

/// How a figure differs from the baseline's.
void compare(CardLine& line, const PlotData& data, std::size_t column, std::uint32_t row) {
  const double now = data.table.number(column, row), before = data.table.number(column, *data.baseline);
  if (std::isnan(now) || std::isnan(before) || now == before) return;
  const bool less = data.table.columns()[column].better == Figure::Better::Less;
  if (before == 0) {
    line.change = (now < 0 ? QStringLiteral("−%1") : QStringLiteral("+%1")).arg(std::abs(now), 0, 'g', 6);
    line.better = (now < 0) == less;
    return;
  }
  const double change = now / before - 1;
  line.change = changeInPercent(change);
  line.better = (change < 0) == less;
}

}  // namespace

CardText cardTextOf(const PlotData& data, std::uint32_t row, bool all) {
  const RowTable& table = data.table;
  CardText text;
  text.title = tr("Point %1").arg(cellText(table, 0, row));
  const QString mark = data.markOf(row);
  if (!mark.isEmpty()) text.title += QStringLiteral(" (%1)").arg(mark);
  text.state = stateText(table, row);
  text.of = table.state(row);
  text.complete = missingLayersOf(table, row) == 0;
  text.reason = shortened(QString::fromStdString(table.text(table.columns().size() - 1, row)));
  const bool compares = data.has(data.baseline) && *data.baseline != row;
  // Fewer cycles of fewer layers are no gain.
  const bool alike = compares && missingLayersOf(table, row) == missingLayersOf(table, *data.baseline);
  for (std::size_t c = 1; c < table.columns().size(); ++c) {
    const RowColumn& column = table.columns()[c];
    const bool setting = column.of == RowColumn::Of::Parameter || column.of == RowColumn::Of::Choice;
    if ((!setting && column.of != RowColumn::Of::Figure) || (!all && table.isConstant(c))) continue;
    CardLine line{shortened(columnTitle(column), 60), shortened(cellText(table, c, row), 60), {}, false};
    if (line.value.isEmpty()) {
      if (!setting) continue;  // a figure that it has no value of
      line.value = tr("none");
    }
    if (!setting && !column.unit.empty() && !isSeconds(column) && column.unit != column.name)
      line.value += QLatin1Char(' ') + QString::fromStdString(column.unit);
    if (compares && setting && table.compare(c, row, *data.baseline) != 0) {
      const QString other = cellText(table, c, *data.baseline);
      line.change = tr("base %1").arg(other.isEmpty() ? tr("none") : shortened(other, 60));
    } else if (alike && !setting) {
      compare(line, data, c, row);
    }
    (setting ? text.settings : text.figures).push_back(std::move(line));
  }
  return text;
}

QString inWords(const CardText& text, const PointCard* card) {
  QStringList lines{QStringLiteral("%1: %2").arg(text.title, text.state)};
  if (!text.reason.isEmpty()) lines << text.reason;
  if (card != nullptr && !card->bottleneck.isEmpty()) lines << card->bottleneck;
  if (card != nullptr && !card->problem.isEmpty()) lines << card->problem;
  for (const auto* part : {&text.settings, &text.figures}) {
    for (const CardLine& line : *part) {
      const QString change = line.change.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(line.change);
      lines << QStringLiteral("%1 %2%3").arg(line.name, line.value, change);
    }
  }
  return lines.join(QLatin1Char('\n'));
}

}  // namespace taktwerk
