// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/base/diagnostic.h"

namespace taktwerk {

class Theme;

/// Diagnostics as rows, in the order they were found: message, object, place, code.
class ProblemModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Message, Object, Place, Code, ColumnCount };
  explicit ProblemModel(const Theme& theme, QObject* parent = nullptr);

  void setProblems(Diagnostics problems);
  [[nodiscard]] const Diagnostics& problems() const { return problems_; }
  [[nodiscard]] int errors() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const Theme& theme_;
  Diagnostics problems_;
};

}  // namespace taktwerk
