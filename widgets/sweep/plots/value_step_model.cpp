// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/value_step_model.h"

#include <algorithm>
#include <utility>

#include "core/sweep/column_scale.h"
#include "widgets/sweep/plots/change_text.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

ValueStepModel::ValueStepModel(QObject* parent)
    : ColumnTable({tr("Step"), tr("Where"), tr("Change"), tr("Explained"), tr("Of"), tr("Cause")}, Change,
                  Explained, parent),
      data_(std::make_shared<const PlotData>()),
      steps_(std::make_shared<const ValueSteps>()) {}

void ValueStepModel::setSteps(std::shared_ptr<const PlotData> data, std::shared_ptr<const ValueSteps> steps,
                              const StepQuestion& question) {
  beginResetModel();
  if (data->results != data_->results) causes_.clear();
  data_ = std::move(data);
  steps_ = steps ? std::move(steps) : std::make_shared<const ValueSteps>();
  question_ = question;
  endResetModel();
}

const ValueStep* ValueStepModel::stepAt(int row) const {
  return row >= 0 && row < rowCount() ? &steps_->steps[static_cast<std::size_t>(row)] : nullptr;
}

int ValueStepModel::rowOf(const ValueStep& step) const {
  const auto found = std::find_if(steps_->steps.begin(), steps_->steps.end(),
                                  [&](const ValueStep& each) { return each.isBetweenEndsOf(step); });
  return found == steps_->steps.end() ? -1 : static_cast<int>(found - steps_->steps.begin());
}

void ValueStepModel::setCause(const ValueStep& step, const QString& cause) {
  causes_[{step.kind, step.from, step.to}] = cause;
  const int row = rowOf(step);
  if (row >= 0) Q_EMIT dataChanged(index(row, Cause), index(row, Cause));
}

QString ValueStepModel::causeOf(const ValueStep& step) const {
  const auto known = causes_.find({step.kind, step.from, step.to});
  return known == causes_.end() ? QString() : known->second;
}

QString ValueStepModel::whereInWords(const ValueStep& step) const {
  const RowTable& table = data_->table;
  const auto label = [&](std::uint32_t row) {
    return QString::fromStdString(
        axisLabel(table, question_.parameter, table.number(question_.parameter, row)));
  };
  const QString name = columnTitle(table.columns()[question_.parameter]);
  return step.kind == ValueStep::Kind::Cliff
             ? QStringLiteral("%1 %2 → %3").arg(name, label(step.from), label(step.to))
             : QStringLiteral("%1 %2…%3").arg(name, label(step.from), label(step.to));
}

/// What both designs have in common and others do not.
QString ValueStepModel::othersInWords(const ValueStep& step) const {
  const RowTable& table = data_->table;
  QStringList words;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    if (c == question_.parameter || !table.wasVaried(c) || table.compare(c, step.from, step.to) != 0)
      continue;
    words << QStringLiteral("%1 %2").arg(
        columnTitle(table.columns()[c]),
        QString::fromStdString(axisLabel(table, c, table.number(c, step.from))));
  }
  return words.isEmpty() ? tr("all") : words.join(QStringLiteral(", "));
}

QString ValueStepModel::text(const ValueStep& step, int column) const {
  const bool cliff = step.kind == ValueStep::Kind::Cliff;
  switch (column) {
    case What:
      return !cliff ? tr("― plateau") : step.change < 0 ? tr("▼ cliff") : tr("▲ cliff");
    case Where:
      return whereInWords(step);
    case Change:
      return cliff ? changeInPercent(step.change) : tr("%1 points").arg(step.points);
    case Explained:
      return cliff ? changeInPercent(step.explained) : QString();
    case Of:
      return othersInWords(step);
    case Cause:
      return causeOf(step);
    default:
      return {};
  }
}

int ValueStepModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(steps_->steps.size());
}

QVariant ValueStepModel::data(const QModelIndex& index, int role) const {
  const ValueStep* step = index.isValid() ? stepAt(index.row()) : nullptr;
  if (step == nullptr) return {};
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role == Qt::ToolTipRole && index.column() == Explained)
    return tr("What the steps before and behind it would give there; more is a cliff");
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text(*step, index.column());
  return {};
}

}  // namespace taktwerk
