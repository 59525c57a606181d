// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/sweep/row_view.h"

namespace taktwerk {

class JobManager;

/// The results of a sweep as all views of them show them: the rows, the one filter that holds for every view,
/// and the order of the table. Rows are added while it is looked at; what is there stays where it is or moves
/// with its row.
///
/// Small tables are filtered and sorted at once, large ones in a job: until that is done views show what they
/// did before, of another table all rows in the order in which they came.
class SweepResults : public QObject {
  Q_OBJECT
 public:
  /// In place of a row while the rows that are shown change.
  static constexpr std::uint32_t nowhere = 0xFFFFFFFF;

  explicit SweepResults(JobManager& jobs, QObject* parent = nullptr);

  /// All rows. A copy is cheap and does not change; jobs take one.
  [[nodiscard]] const RowTable& table() const { return table_; }
  /// The rows that the filter lets through, in the order of the table.
  [[nodiscard]] const std::vector<std::uint32_t>& shown() const { return shown_; }
  [[nodiscard]] const RowFilter& filter() const { return filter_; }
  /// None: by the numbers of the points.
  [[nodiscard]] const std::optional<RowOrder>& order() const { return order_; }
  /// A filter or an order is being worked out.
  [[nodiscard]] bool isArranging() const { return arranging_; }

  /// Another table; the filter stays if the table has what it is about, and so does the order.
  void begin(const RowTable& table);
  /// The same table with more rows at its end.
  void grow(const RowTable& table);
  /// Empty on success, else what is wrong with the text, and the filter stays as it is.
  [[nodiscard]] QString setFilter(const QString& text);
  void setOrder(std::optional<RowOrder> order);

 Q_SIGNALS:
  void aboutToReset();
  void reset();
  /// Rows `first` to `last` of those that are shown come in, or go.
  void aboutToInsert(int first, int last);
  void inserted();
  void aboutToRemove(int first, int last);
  void removed();
  /// Those that are shown change places.
  void aboutToRearrange();
  void rearranged();
  /// The table grew, or another filter or order holds: after all of the above.
  void changed();
  /// The job of a filter or an order was stopped, or failed: those before it hold again.
  void arrangingStopped();

 private:
  void arrange();
  void backToShown();
  void show(std::vector<std::uint32_t> next);

  JobManager& jobs_;
  RowTable table_;
  RowFilter filter_;
  std::optional<RowOrder> order_;
  std::vector<std::uint32_t> shown_;
  // What `shown_` is by, while another arrangement is worked out.
  RowFilter shownFilter_;
  std::optional<RowOrder> shownOrder_;
  std::uint64_t generation_ = 0;  ///< of the table, its filter and its order
  bool arranging_ = false;        ///< in a job
};

}  // namespace taktwerk
