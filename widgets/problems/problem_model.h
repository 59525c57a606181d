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
  [[nodiscard]] const Diagnostics& problems() const { return listed_.problems; }
  [[nodiscard]] int open() const { return listed_.open; }  ///< rows that are no approvals
  /// The place of a row's approval in the file; nothing for open problems.
  [[nodiscard]] std::optional<std::size_t> approvalOf(int row) const;
  [[nodiscard]] int errors() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
  /// Other problems, or the same at other places.
  void changed();

 private:
  struct Listed {
    Diagnostics problems;
    int open = 0;
    std::vector<std::size_t> approvals;  ///< of the rows behind the open ones
    std::vector<std::string> notes;
    void erase(std::size_t begin, std::size_t end);
  };
  void take(Listed now);

  const Theme& theme_;
  Listed listed_;
};

}  // namespace taktwerk
