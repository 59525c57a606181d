// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>

#include "core/analysis/settling.h"

class QCPItemRect;
class QCustomPlot;

namespace taktwerk {

class Theme;

/// Iterations of a loop, from `first` on.
struct IterationRange {
  std::int64_t first = 0, count = 1;
  friend bool operator==(const IterationRange&, const IterationRange&) = default;
};

/// The cycles of a loop's iterations: a bar each, and a hatched band with a label for those that repeat. A
/// range of iterations is chosen by dragging, or with the arrow keys: Left and Right move it, with Shift they
/// change its length.
class SettlingPlot : public QWidget {
  Q_OBJECT
 public:
  explicit SettlingPlot(const Theme& theme, QWidget* parent = nullptr);

  /// `iterations` is how many the loop has. Without pieces the plot is empty.
  void setSettling(const Settling& settling, std::int64_t iterations);
  [[nodiscard]] const Settling& settling() const { return settling_; }
  /// Silently; what lies beyond the loop is left out.
  void setRange(std::optional<IterationRange> range);
  [[nodiscard]] const std::optional<IterationRange>& range() const { return range_; }
  void setOutOfDate(bool outOfDate);

 Q_SIGNALS:
  /// By the user.
  void rangeChosen(qint64 first, qint64 count);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void rebuild();
  void addBands();
  void addTicks();
  void showRange();
  void choose(std::int64_t first, std::int64_t count);
  void drag(const QPoint& position, bool begins);
  void hover(const QPoint& position);
  [[nodiscard]] QString describe(std::int64_t iteration) const;

  const Theme& theme_;
  QCustomPlot* plot_;
  QCPItemRect* shown_ = nullptr;  ///< the range
  Settling settling_;
  std::int64_t iterations_ = 0;
  std::optional<IterationRange> range_;
  std::optional<std::int64_t> dragged_;  ///< the iteration at which the drag began
  bool outOfDate_ = false;
};

}  // namespace taktwerk
