// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <functional>
#include <optional>

#include "core/sweep/row_table.h"

namespace taktwerk {

/// A choice of one column of results. What was chosen stays chosen in other results that have a column of
/// that name.
class ColumnBox : public QComboBox {
  Q_OBJECT
 public:
  /// `nothing`: a first entry for no column, or empty.
  explicit ColumnBox(const QString& name, const QString& nothing = {}, QWidget* parent = nullptr);

  using Wanted = std::function<bool(const RowTable& table, std::size_t column)>;
  /// Offers those columns that are wanted; what is chosen, or the one of `usual` that is there first.
  void fill(const RowTable& table, const Wanted& wanted, const std::vector<std::string>& usual);
  [[nodiscard]] std::optional<std::size_t> column() const;
  void choose(const QString& column);
  /// The whole name of what is chosen; empty: no column.
  [[nodiscard]] QString name() const;
  /// Chooses what is called so, whole, or nothing where the box has that; false: there is none, and what was
  /// chosen stays.
  [[nodiscard]] bool take(const QString& name);
  /// By the user or `choose` or `take`; else it is what is usual.
  [[nodiscard]] bool isChosen() const { return chosen_.has_value(); }

 Q_SIGNALS:
  /// By the user or by `choose`, not by `fill`.
  void chosen();

 private:
  QString nothing_;
  std::optional<QString> chosen_;  ///< empty: nothing
};

/// A number or a word that differs between designs: what an axis can show.
[[nodiscard]] bool canBeAxis(const RowTable& table, std::size_t column);
/// What was varied, and differs.
[[nodiscard]] bool wasVaried(const RowTable& table, std::size_t column);
/// A figure with values.
[[nodiscard]] bool isFigure(const RowTable& table, std::size_t column);

}  // namespace taktwerk
