// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/figure_table.h"

#include <QBrush>

#include "core/calibration/calibration_edits.h"
#include "core/report/calibration_report.h"
#include "core/report/cause_text.h"
#include "core/report/method_report.h"
#include "core/report/text_table.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString words(const std::string& text) {
  return QString::fromStdString(text);
}

QString count(std::size_t rows) {
  return grouped(static_cast<std::int64_t>(rows));
}

/// "45.1 % → 9.0 %".
QString change(const QString& before, const QString& after) {
  return FigureTable::tr("%1 → %2").arg(before, after);
}

FigureTable::Line halfLine(const CalibrationOutcome& outcome, const QString& name, Rows which) {
  const Calibration& found = outcome.calibration;
  const Accuracy before = accuracyOf(outcome.measurements, found.before, found.fitted, which);
  const Accuracy after = accuracyOf(outcome.measurements, found.after, found.fitted, which);
  return {{name.arg(count(after.rows)),
           change(words(percentage(before.meanAbsolute)), words(percentage(after.meanAbsolute))),
           change(words(errorInWords(before.bias)), words(errorInWords(after.bias))),
           change(words(percentage(before.largest)), words(percentage(after.largest)))}};
}

}  // namespace

FigureTable::FigureTable(const Theme& theme, const QStringList& titles, int words, QObject* parent)
    : ColumnTable(titles, 1, static_cast<int>(titles.size()) - 1 - words, parent), theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!lines_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  });
}

void FigureTable::setLines(std::vector<Line> lines) {
  if (lines == lines_) return;
  beginResetModel();
  lines_ = std::move(lines);
  endResetModel();
}

void FigureTable::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  if (!lines_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int FigureTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

QVariant FigureTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Line& line = lines_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return line.cells.value(index.column());
    case Qt::ToolTipRole:
      return line.tip.isEmpty() ? line.cells.value(index.column()) : line.tip;
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      return outOfDate_ || line.muted ? QVariant(QBrush(theme_.colour(&Palette::mutedText))) : QVariant();
    default:
      return {};
  }
}

std::vector<FigureTable::Line> accuracyLines(const CalibrationOutcome& outcome) {
  std::vector<FigureTable::Line> lines;
  if (outcome.fitted()) {
    lines.push_back(halfLine(outcome, FigureTable::tr("fitted on %1 rows"), Rows::Fitted));
    lines.push_back(halfLine(outcome, FigureTable::tr("judged on %1 others"), Rows::Judged));
  } else {
    const Accuracy all = accuracyOf(outcome.measurements, outcome.calibration.before);
    FigureTable::Line line{
        {all.rows == 1 ? FigureTable::tr("1 row") : FigureTable::tr("all %1 rows").arg(count(all.rows))}};
    if (all.rows > 0) {
      line.cells << words(percentage(all.meanAbsolute)) << words(errorInWords(all.bias))
                 << words(percentage(all.largest));
    }
    lines.push_back(std::move(line));
  }
  if (const auto spread = spreadOf(outcome.measurements)) {
    lines.push_back(
        {{FigureTable::tr("runs of one layer"), FigureTable::tr("± %1").arg(words(percentage(*spread)))},
         FigureTable::tr("What runs of one layer differ by to either side in the mean: the machine’s own "
                         "noise, below which no model can be"),
         true});
  }
  return lines;
}

std::vector<FigureTable::Line> parameterLines(const CalibrationOutcome& outcome) {
  std::vector<FigureTable::Line> lines;
  for (const FittedParameter& each : outcome.calibration.parameters) {
    FigureTable::Line line{{shortened(each.name, 100), grouped(each.before), grouped(each.half),
                            grouped(each.value), words(bandInWords(each))}};
    line.tip = shortened(fittedInWords(each));
    line.muted = each.determined == FittedParameter::Determined::No;
    if (each.key.empty())
      line.tip += FigureTable::tr("; a tunable of mappings, which is not written into the architecture");
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<FigureTable::Line> groupLines(const CalibrationOutcome& outcome) {
  std::vector<FigureTable::Line> lines;
  for (const RowGroup& group : outcome.groups) {
    const Accuracy& accuracy = group.accuracy;
    if (accuracy.rows == 0) continue;
    QString what = group.cause ? words(causeInWords(*group.cause))
                               : FigureTable::tr("%1 %2").arg(words(group.of), grouped(group.first));
    if (!group.cause && group.last > group.first) what += FigureTable::tr(" … %1").arg(grouped(group.last));
    lines.push_back({{shortened(what, 200), count(accuracy.rows), words(percentage(accuracy.meanAbsolute)),
                      words(errorInWords(accuracy.bias)), words(percentage(accuracy.largest))}});
  }
  return lines;
}

}  // namespace taktwerk
