// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/path_model.h"

#include <QBrush>

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

PathModel::PathModel(const Theme& theme, QObject* parent)
    : ColumnTable({tr("Up to"), tr("Cycles"), tr("Cause"), tr("Spent by"), tr("In")}, Cumulative, Duration,
                  parent),
      theme_(theme) {}

void PathModel::setGraph(std::shared_ptr<const LayerGraph> graph) {
  beginResetModel();
  graph_ = std::move(graph);
  endResetModel();
}

void PathModel::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PathModel::rowOf(std::uint32_t node, int after) const {
  int first = -1;
  for (int row = 0; row < rowCount(); ++row) {
    if (graph_->path[static_cast<std::size_t>(row)].node != node) continue;
    if (row >= after) return row;
    if (first < 0) first = row;
  }
  return first;
}

int PathModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !graph_ ? 0 : static_cast<int>(graph_->path.size());
}

QString PathModel::text(const PathStep& step, int column) const {
  const GraphWindow& window = graph_->window;
  switch (column) {
    case Cumulative:
      return grouped(step.cumulative);
    case Duration:
      return grouped(step.duration);
    case CauseColumn:
      return QString::fromStdString(stepInWords(step.cause, *window.machine));
    case Instruction:
      return shortened(instructionInWords(window, step.instruction), 60);
    case Object:
      return QString::fromStdString(window.machine->objectNames[window.graph.nodes[step.node].object]);
    default:
      return {};
  }
}

QVariant PathModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const PathStep& step = graph_->path[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(step, index.column());
    case Qt::ToolTipRole:
      return tr("From cycle %1 to %2: %3. They were spent by %4; who waits is next on the path.")
          .arg(grouped(step.begins), grouped(step.begins + step.duration), text(step, CauseColumn),
               text(step, Instruction));
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      return outOfDate_ ? QVariant(QBrush(theme_.colour(&Palette::mutedText))) : QVariant();
    default:
      return {};
  }
}

}  // namespace taktwerk
