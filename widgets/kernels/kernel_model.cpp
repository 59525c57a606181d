// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/kernel_model.h"

#include <QBrush>
#include <cmath>

#include "core/report/kernel_report.h"
#include "core/report/kernel_words.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

KernelModel::KernelModel(const Theme& theme, QObject* parent) : QAbstractItemModel(parent), theme_(theme) {}

void KernelModel::setStudy(std::shared_ptr<const KernelStudy> study, const QString& standing) {
  beginResetModel();
  study_ = std::move(study);
  standing_ = standing;
  nodes_.clear();
  numbers_.clear();
  if (study_) {
    for (const std::string& number : kernelNumbers(study_->table)) {
      numbers_.push_back(QString::fromStdString(number));
    }
    nodes_.resize(1);
    std::vector<std::size_t> around{0};  // by depth: the node whose children are next
    for (const KernelRow& row : study_->table.kernels) {
      around.resize(row.depth + 1);
      Node node;
      node.parent = around.back();
      node.place = static_cast<int>(nodes_[node.parent].children.size());
      nodes_[node.parent].children.push_back(nodes_.size());
      around.push_back(nodes_.size());
      nodes_.push_back(std::move(node));
    }
  }
  endResetModel();
}

void KernelModel::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  if (nodes_.empty()) return;
  const QModelIndex program = indexOf(std::nullopt);
  Q_EMIT dataChanged(program, program.siblingAtColumn(ColumnCount - 1));
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const QModelIndex around = createIndex(nodes_[n].place, 0, n);
    const int last = rowCount(around) - 1;
    if (last >= 0) Q_EMIT dataChanged(index(0, 0, around), index(last, ColumnCount - 1, around));
  }
}

std::optional<std::size_t> KernelModel::rowOf(const QModelIndex& index) {
  if (!index.isValid() || index.internalId() == 0) return std::nullopt;
  return index.internalId() - 1;
}

QModelIndex KernelModel::indexOf(std::optional<std::size_t> row) const {
  const std::size_t node = row ? *row + 1 : 0;
  return node < nodes_.size() ? createIndex(nodes_[node].place, 0, node) : QModelIndex();
}

QModelIndex KernelModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr{0});
  return createIndex(row, column, nodes_[parent.internalId()].children[static_cast<std::size_t>(row)]);
}

QModelIndex KernelModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == 0) return {};
  const std::size_t node = nodes_[child.internalId()].parent;
  return createIndex(nodes_[node].place, 0, node);
}

int KernelModel::rowCount(const QModelIndex& parent) const {
  if (nodes_.empty() || parent.column() > 0) return 0;
  return parent.isValid() ? static_cast<int>(nodes_[parent.internalId()].children.size()) : 1;
}

int KernelModel::columnCount(const QModelIndex&) const {
  return ColumnCount;
}

QString KernelModel::text(std::size_t node, int column) const {
  const KernelTable& table = study_->table;
  if (node == 0) {
    switch (column) {
      case Loop:
        return shortened(table.program);
      case Trips:
      case Executions:
        return QStringLiteral("1");
      case Evaluated:
        return grouped(study_->evaluatedBodies);
      case IterationCycles:
        return study_->finished ? grouped(study_->cycles) : QString();
      case Standing:
        return standing_;
      default:
        return {};
    }
  }
  const KernelRow& row = table.kernels[node - 1];
  const KernelFinding& finding = study_->findings[node - 1];
  const engine::SteadyStretch* steady = finding.steady();
  switch (column) {
    case Loop:
      return row.variable.empty() ? numbers_[node - 1]
                                  : numbers_[node - 1] + QStringLiteral("  ") + shortened(row.variable, 40);
    case Trips:
      return grouped(row.trips);
    case Executions:
      return grouped(row.executions);
    case Evaluated:
      return grouped(finding.evaluatedBodies);
    case Period:
      return steady ? grouped(steady->period) : QString();
    case PeriodCycles:
      return steady ? grouped(steady->periodCycles) : QString();
    case IterationCycles: {
      const std::optional<double> cycles = finding.cyclesPerIteration();
      if (!cycles) return {};
      const auto whole = static_cast<std::int64_t>(std::floor(*cycles));
      const auto hundredths = std::llround((*cycles - static_cast<double>(whole)) * 100);
      if (hundredths == 0 || hundredths == 100) return grouped(whole + hundredths / 100);
      return grouped(whole) + QStringLiteral(".%1").arg(hundredths, 2, 10, QLatin1Char('0'));
    }
    case SteadyAfter:
      return steady ? grouped(steady->first) : QString();
    case Standing:
      return QString::fromUtf8(toString(finding.standing));
    default:
      return {};
  }
}

QString KernelModel::toolTip(std::size_t node, int column) const {
  if (node == 0) return text(node, column);
  const KernelFinding& finding = study_->findings[node - 1];
  if (column == IterationCycles && !finding.steady())
    return tr("In the mean of the iterations that were run");
  return QString::fromStdString(standingInWords(*study_, node - 1));
}

QVariant KernelModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.internalId() >= nodes_.size()) return {};
  switch (role) {
    case Qt::DisplayRole:
      return text(index.internalId(), index.column());
    case Qt::ToolTipRole:
      return toolTip(index.internalId(), index.column());
    case Qt::TextAlignmentRole:
      if (index.column() == Loop || index.column() == Standing) return {};
      return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ForegroundRole:
      return outOfDate_ ? QVariant(QBrush(theme_.colour(&Palette::mutedText))) : QVariant();
    default:
      return {};
  }
}

QVariant KernelModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section >= ColumnCount) return {};
  const QString titles[] = {tr("Loop"),    tr("Trips"),         tr("Executions"),       tr("Evaluated"),
                            tr("Period"),  tr("Cycles/period"), tr("Cycles/iteration"), tr("Steady after"),
                            tr("Standing")};
  const QString tips[] = {tr("The loop's number, and its variable"),
                          tr("Iterations each time it is reached"),
                          tr("Iterations in the whole program"),
                          tr("Bodies in it that were timed singly, each once in a state of the machine"),
                          tr("Iterations until the state of the machine comes back"),
                          tr("Cycles of one period"),
                          tr("In the steady part; in the mean of what was run where nothing repeats"),
                          tr("The iteration, counted from 0, from which on it repeats"),
                          tr("On what ground its cycles are known")};
  if (role == Qt::DisplayRole) return titles[section];
  if (role == Qt::ToolTipRole) return tips[section];
  if (role == Qt::TextAlignmentRole && section != Loop && section != Standing) {
    return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
  }
  return {};
}

}  // namespace taktwerk
