// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "core/architecture/approvals.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

class Theme;

/// Diagnostics as rows, in the order they were found: message, object, place, code.
class ProblemModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Message, Object, Place, Code, ColumnCount };
  explicit ProblemModel(const Theme& theme, QObject* parent = nullptr);

  /// Open problems, then in grey what is approved, with its note, and approvals of nothing.
  void setProblems(const JudgedProblems& judged, const std::vector<Approval>& approvals = {});
  void setProblems(Diagnostics problems) { setProblems(JudgedProblems{std::move(problems), {}, {}}); }
  /// One a row; of an approval of nothing what is to be said of it.
  [[nodiscard]] const Diagnostics& problems() const { return problems_; }
  [[nodiscard]] int open() const { return open_; }  ///< rows that are no approvals
  /// The place of a row's approval in the file; nothing for open problems.
  [[nodiscard]] std::optional<std::size_t> approvalOf(int row) const;
  [[nodiscard]] int errors() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const Theme& theme_;
  Diagnostics problems_;
  int open_ = 0;
  std::vector<std::size_t> approvals_;  ///< of the rows behind the open ones
  std::vector<std::string> notes_;
};

}  // namespace taktwerk
