// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/change/step_model.h"

#include <QBrush>
#include <QFont>
#include <cmath>
#include <limits>

#include "core/report/sensitivity_report.h"
#include "widgets/change/step_run.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// Fewer cycles than now, where the two can be compared.
std::optional<Cycles> changeOf(const StepOutcome& outcome, const StepRun& run) {
  if (!outcome.cycles || !outcome.comparable || !run.present()) return std::nullopt;
  return *outcome.cycles - *run.present();
}

}  // namespace

QString stepText(const Step& step) {
  const QString text = QString::fromStdString(inWords(step));
  return step.of == Step::Of::Architecture ? text.mid(5) : text;  // without "arch."
}

StepModel::StepModel(const Theme& theme, const StepRun& run, QObject* parent)
    : ColumnTable({tr("Step"), tr("Cycles"), tr("Change"), tr("Per cent"), tr("Remark")}, CycleCount, Percent,
                  parent),
      theme_(theme),
      run_(run) {
  const auto refresh = [this] {
    if (rows_ > 0) Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, ColumnCount - 1));
  };
  connect(&run_, &StepRun::aboutToClear, this, &StepModel::beginResetModel);
  connect(&run_, &StepRun::cleared, this, [this] {
    rows_ = 0;
    endResetModel();
  });
  connect(&run_, &StepRun::aboutToAdd, this, [this](std::size_t place) {
    beginInsertRows({}, static_cast<int>(place), static_cast<int>(place));
  });
  connect(&run_, &StepRun::added, this, [this] {
    ++rows_;
    endInsertRows();
  });
  connect(&run_, &StepRun::changed, this, refresh);
  connect(&theme_, &Theme::changed, this, refresh);
}

void StepModel::mark(std::set<std::string> parameters) {
  if (parameters == marked_) return;
  marked_ = std::move(parameters);
  if (rows_ > 0) Q_EMIT dataChanged(index(0, 0), index(rows_ - 1, ColumnCount - 1));
}

bool StepModel::marked(const Step& step) const {
  return step.of == Step::Of::Architecture && marked_.contains(step.name);
}

int StepModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : rows_;
}

QString StepModel::text(int row, int column) const {
  const StepOutcome& outcome = run_.outcomes()[static_cast<std::size_t>(row)];
  const std::optional<Cycles> change = changeOf(outcome, run_);
  switch (column) {
    case StepName:
      return (marked(outcome.step) ? QStringLiteral("● ") : QString()) + stepText(outcome.step);
    case CycleCount:
      if (!outcome.cycles) return QStringLiteral("–");
      return (outcome.complete ? QString() : QStringLiteral("≥ ")) + grouped(*outcome.cycles);
    case Change:
      if (!change) return {};
      if (*change == 0) return QStringLiteral("0");
      return (*change < 0 ? QStringLiteral("−") : QStringLiteral("+")) + grouped(std::abs(*change));
    case Percent:
      return change ? percentText(*change, *run_.present()) : QString();
    case Remark:
      return QString::fromStdString(remarkInWords(outcome));
    default:
      return {};
  }
}

QVariant StepModel::sortKey(int row, int column) const {
  const StepOutcome& outcome = run_.outcomes()[static_cast<std::size_t>(row)];
  switch (column) {
    case CycleCount:
      return outcome.cycles ? static_cast<qlonglong>(*outcome.cycles) : std::numeric_limits<qlonglong>::max();
    case Change:
    case Percent:
      return row;  // they are ranked by it
    default:
      return text(row, column);
  }
}

QVariant StepModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rows_) return {};
  const StepOutcome& outcome = run_.outcomes()[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return text(index.row(), index.column());
    case SortRole:
      return sortKey(index.row(), index.column());
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::FontRole: {
      if (!marked(outcome.step)) return {};
      QFont font;
      font.setBold(true);
      return font;
    }
    case Qt::ForegroundRole: {
      const std::optional<Cycles> change = changeOf(outcome, run_);
      if (run_.outOfDate() || !change) return QBrush(theme_.colour(&Palette::mutedText));
      const bool figure = index.column() == Change || index.column() == Percent;
      if (!figure || *change == 0) return {};
      return QBrush(changeColour(theme_, *change < 0));
    }
    default:
      return {};
  }
}

}  // namespace taktwerk
