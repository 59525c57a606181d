// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/problem_model.h"

#include <QFileInfo>
#include <algorithm>

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

ProblemModel::ProblemModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!problems_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void ProblemModel::setProblems(const JudgedProblems& judged, const std::vector<Approval>& approvals) {
  beginResetModel();
  problems_ = judged.open;
  open_ = static_cast<int>(problems_.size());
  approvals_.clear();
  notes_.clear();
  for (const JudgedProblems::Approved& a : judged.approved) {
    problems_.push_back(a.warning);
    approvals_.push_back(a.approval);
    notes_.push_back(a.note);
  }
  for (const std::size_t i : judged.unused) {
    problems_.push_back({Severity::Warning,
                         {},
                         approvals[i].position,
                         approvals[i].code,
                         unusedText(approvals[i]),
                         approvals[i].object});
    approvals_.push_back(i);
    notes_.push_back(approvals[i].note);
  }
  endResetModel();
}

std::optional<std::size_t> ProblemModel::approvalOf(int row) const {
  if (row < open_ || row >= rowCount()) return std::nullopt;
  return approvals_[static_cast<std::size_t>(row - open_)];
}

int ProblemModel::errors() const {
  return static_cast<int>(std::count_if(problems_.begin(), problems_.end(),
                                        [](const Diagnostic& d) { return d.severity == Severity::Error; }));
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(problems_.size());
}

int ProblemModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Diagnostic& d = problems_[static_cast<std::size_t>(index.row())];
  const bool error = d.severity == Severity::Error;
  const bool approved = index.row() >= open_;
  if (approved && role == Qt::DecorationRole) {
    return index.column() == Message ? theme_.icon(QStringLiteral("info")) : QVariant();
  }
  if (approved && role == Qt::ForegroundRole) return theme_.colour(&Palette::mutedText);
  if (approved && index.column() == Message && (role == Qt::DisplayRole || role == Qt::ToolTipRole)) {
    const std::string& note = notes_[static_cast<std::size_t>(index.row() - open_)];
    const QString said = shortened(d.message, 1000);
    return note.empty() ? tr("approved: %1").arg(said)
                        : tr("approved: %1 — %2").arg(said, shortened(note, 1000));
  }
  if (role == Qt::DecorationRole && index.column() == Message) {
    return theme_.icon(error ? QStringLiteral("error") : QStringLiteral("warning"));
  }
  if (role == Qt::ForegroundRole) {
    if (index.column() == Message)
      return error ? theme_.colour(&Palette::error) : theme_.colour(&Palette::warning);
    return theme_.colour(&Palette::mutedText);
  }
  if (role == Qt::ToolTipRole) return shortened(toString(d), 1000);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Message:
      return shortened(d.message, 1000);
    case Object:
      return shortened(d.object);
    case Place:
      return QStringLiteral("%1:%2:%3")
          .arg(QFileInfo(QString::fromStdString(d.file)).fileName())
          .arg(d.position.line)
          .arg(d.position.column);
    case Code:
      return QString::fromStdString(d.code);
    default:
      return {};
  }
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Message:
      return tr("Problem");
    case Object:
      return tr("Object");
    case Place:
      return tr("Place");
    case Code:
      return tr("Code");
    default:
      return {};
  }
}

}  // namespace taktwerk
