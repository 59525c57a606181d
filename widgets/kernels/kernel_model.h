// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/kernel_study.h"

namespace taktwerk {

class Theme;

/// The tree of a program's loops with what was found out about each; its one root is the program itself.
class KernelModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column {
    Loop,
    Trips,
    Executions,
    Evaluated,
    Period,
    PeriodCycles,
    IterationCycles,
    SteadyAfter,
    Standing,
    ColumnCount
  };
  explicit KernelModel(const Theme& theme, QObject* parent = nullptr);

  /// `standing` is that of the program's cycles, in a word.
  void setStudy(std::shared_ptr<const KernelStudy> study, const QString& standing);
  void setOutOfDate(bool outOfDate);
  /// The row of the study's table; none of the program.
  [[nodiscard]] static std::optional<std::size_t> rowOf(const QModelIndex& index);
  [[nodiscard]] QModelIndex indexOf(std::optional<std::size_t> row) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  /// Node 0 is the program, node n + 1 the row n.
  struct Node {
    std::size_t parent = 0;
    int place = 0;  ///< among the parent's children
    std::vector<std::size_t> children;
  };
  [[nodiscard]] QString text(std::size_t node, int column) const;
  [[nodiscard]] QString toolTip(std::size_t node, int column) const;

  const Theme& theme_;
  std::shared_ptr<const KernelStudy> study_;
  QString standing_;
  std::vector<QString> numbers_;
  std::vector<Node> nodes_;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
