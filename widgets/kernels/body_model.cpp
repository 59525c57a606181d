// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/body_model.h"

#include <QBrush>
#include <QFont>

#include "core/report/iteration_report.h"
#include "core/report/kernel_words.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString joined(const std::vector<std::string>& parts) {
  QStringList texts;
  for (const std::string& part : parts) texts << QString::fromStdString(part);
  return shortened(texts.join(QStringLiteral(", ")));
}

}  // namespace

BodyModel::BodyModel(const Theme& theme, QObject* parent)
    : ColumnTable({tr("Operation"), tr("Unit"), tr("Writes"), tr("Reads"), tr("Starts"), tr("Ends"),
                   tr("Waited"), tr("Waits for")},
                  Starts, Waited, parent),
      theme_(theme) {
  connect(&theme_, &Theme::changed, this, &BodyModel::refresh);
}

void BodyModel::setBody(BodyStudy body, std::shared_ptr<const Machine> machine) {
  beginResetModel();
  body_ = std::move(body);
  machine_ = std::move(machine);
  marked_.clear();
  endResetModel();
}

void BodyModel::setMarked(std::set<int> rows) {
  if (rows == marked_) return;
  marked_ = std::move(rows);
  refresh();
}

void BodyModel::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  refresh();
}

void BodyModel::refresh() {
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int BodyModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(body_.instructions.size());
}

QString BodyModel::text(const BodyInstruction& instruction, int column) const {
  const auto cycles = [&](Cycles value) { return instruction.timed ? grouped(value) : QString(); };
  switch (column) {
    case Operation:
      return shortened(instruction.listed.operation, 60);
    case Unit:
      return QString::fromStdString(instruction.timed ? machine_->objectNames[instruction.unit.index()]
                                                      : instruction.listed.unit);
    case Writes:
      return joined(writesInWords(instruction.listed, body_.loops));
    case Reads:
      return joined(readsInWords(instruction.listed, body_.loops));
    case Starts:
      return cycles(instruction.starts);
    case Ends:
      return cycles(instruction.ends);
    case Waited:
      return cycles(instruction.waited);
    case WaitsFor:
      return QString::fromStdString(waitsInWords(instruction, *machine_));
    default:
      return {};
  }
}

QString BodyModel::toolTip(const BodyInstruction& instruction, int column) const {
  if (column == Operation) {
    return shortened(QString::fromStdString(operationInWords(instruction.listed, body_.loops)));
  }
  if (column != WaitsFor && column != Waited) return text(instruction, column);
  QStringList lines;
  for (const BodyWait& wait : instruction.waits) {
    lines << tr("%1 cycles before %2: %3")
                 .arg(grouped(wait.cycles), QString::fromStdString(machine_->objectNames[wait.at.index()]),
                      QString::fromStdString(waitInWords(wait, *machine_)));
  }
  return lines.join(QLatin1Char('\n'));
}

QVariant BodyModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const BodyInstruction& instruction = body_.instructions[static_cast<std::size_t>(index.row())];
  const bool isMarked = marked_.contains(index.row());
  switch (role) {
    case Qt::DisplayRole: {
      const QString shown = text(instruction, index.column());
      return isMarked && index.column() == Operation ? QStringLiteral("● ") + shown : shown;
    }
    case Qt::AccessibleTextRole:
      return isMarked && index.column() == Operation
                 ? QVariant(tr("%1, uses what is selected").arg(text(instruction, Operation)))
                 : QVariant();
    case Qt::ToolTipRole:
      return toolTip(instruction, index.column());
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      if (outOfDate_) return QBrush(theme_.colour(&Palette::mutedText));
      return isMarked && index.column() == Operation ? QVariant(QBrush(theme_.colour(&Palette::accent)))
                                                     : QVariant();
    default:
      return {};
  }
}

}  // namespace taktwerk
