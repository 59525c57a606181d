// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/problems/problem_model.h"

#include <QFileInfo>
#include <algorithm>

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

ProblemModel::ProblemModel(const Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!listed_.problems.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void ProblemModel::setProblems(const JudgedProblems& judged, const std::vector<Approval>& approvals) {
  Listed now;
  now.problems = judged.open;
  now.open = static_cast<int>(now.problems.size());
  for (const JudgedProblems::Approved& a : judged.approved) {
    now.problems.push_back(a.warning);
    now.approvals.push_back(a.approval);
    now.notes.push_back(a.note);
  }
  for (const std::size_t i : judged.unused) {
    now.problems.push_back({Severity::Warning,
                            {},
                            approvals[i].position,
                            approvals[i].code,
                            unusedText(approvals[i]),
                            approvals[i].object});
    now.approvals.push_back(i);
    now.notes.push_back(approvals[i].note);
  }
  take(std::move(now));
}

void ProblemModel::Listed::erase(std::size_t begin, std::size_t end) {
  const auto cut = [](auto& list, std::size_t from, std::size_t to) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(from),
               list.begin() + static_cast<std::ptrdiff_t>(to));
  };
  const auto firstApproved = static_cast<std::size_t>(open);
  const std::size_t from = std::max(begin, firstApproved) - firstApproved;
  const std::size_t to = std::max(end, firstApproved) - firstApproved;
  cut(problems, begin, end);
  cut(approvals, from, to);
  cut(notes, from, to);
  open -= static_cast<int>(std::min(end, firstApproved) - std::min(begin, firstApproved));
}

/// Rows that stay are the same ones before and after, so that what is selected stays selected: only the
/// stretch between the first and the last that differ goes and comes.
void ProblemModel::take(Listed now) {
  const auto same = [&](std::size_t before, std::size_t after) {
    const Diagnostic& a = listed_.problems[before];
    const Diagnostic& b = now.problems[after];
    const bool approved = static_cast<int>(before) >= listed_.open;
    return approved == (static_cast<int>(after) >= now.open) && a.code == b.code && a.object == b.object &&
           a.message == b.message && a.file == b.file;
  };
  const std::size_t before = listed_.problems.size(), after = now.problems.size();
  const std::size_t shorter = std::min(before, after);
  std::size_t first = 0, last = 0;
  while (first < shorter && same(first, first)) ++first;
  while (last < shorter - first && same(before - 1 - last, after - 1 - last)) ++last;
  if (first + last < before) {
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(before - last) - 1);
    listed_.erase(first, before - last);
    endRemoveRows();
  }
  if (first + last < after) {
    beginInsertRows({}, static_cast<int>(first), static_cast<int>(after - last) - 1);
    listed_ = std::move(now);
    endInsertRows();
  } else {
    listed_ = std::move(now);
  }
  if (after > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  Q_EMIT changed();
}

std::optional<std::size_t> ProblemModel::approvalOf(int row) const {
  if (row < listed_.open || row >= rowCount()) return std::nullopt;
  return listed_.approvals[static_cast<std::size_t>(row - listed_.open)];
}

int ProblemModel::errors() const {
  return static_cast<int>(std::count_if(listed_.problems.begin(), listed_.problems.end(),
                                        [](const Diagnostic& d) { return d.severity == Severity::Error; }));
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(listed_.problems.size());
}

int ProblemModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Diagnostic& d = listed_.problems[static_cast<std::size_t>(index.row())];
  const bool error = d.severity == Severity::Error;
  const bool approved = index.row() >= listed_.open;
  if (approved && role == Qt::DecorationRole) {
    return index.column() == Message ? theme_.icon(QStringLiteral("info")) : QVariant();
  }
  if (approved && role == Qt::ForegroundRole) return theme_.colour(&Palette::mutedText);
  if (approved && index.column() == Message && (role == Qt::DisplayRole || role == Qt::ToolTipRole)) {
    const std::string& note = listed_.notes[static_cast<std::size_t>(index.row() - listed_.open)];
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
