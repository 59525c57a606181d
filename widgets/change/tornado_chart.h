// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace taktwerk {

class Theme;

/// One step as it is drawn.
struct TornadoBar {
  QString step;                        ///< "fetch_width 1 → 2"
  QString figures;                     ///< "−4 100 (−48.8 %)", or why there are none
  std::optional<std::int64_t> change;  ///< in cycles; none: no bar
  bool marked = false;                 ///< of a selected block
  std::size_t outcome = 0;             ///< its place among the outcomes
};

/// Bars to both sides of the present total: to the left what saves cycles, to the right what costs some, a
/// row a step. A cost that is many times the largest saving is cut off, with a gap before its end, so that
/// what saves can be seen. Rows are chosen with the mouse and with the arrow keys.
class TornadoChart : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit TornadoChart(const Theme& theme, QWidget* parent = nullptr);

  /// `axis` stands above the middle: "8 400 cycles now". Faded: out of date.
  void setBars(std::vector<TornadoBar> bars, const QString& axis, bool faded);
  [[nodiscard]] const std::vector<TornadoBar>& bars() const { return bars_; }
  /// Chooses the row of an outcome without a signal; none: no row.
  void setCurrent(std::optional<std::size_t> outcome);
  [[nodiscard]] std::optional<std::size_t> current() const { return current_; }
  /// Where the bar of a row is drawn in the viewport; empty of one without.
  [[nodiscard]] QRectF barRect(std::size_t row) const;
  /// Whether the bar of a row is longer than it is drawn.
  [[nodiscard]] bool isCutOff(std::size_t row) const;

 Q_SIGNALS:
  void chosen(std::size_t outcome);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  /// Where things stand from left to right.
  struct Columns {
    double labels = 0, left = 0, middle = 0, right = 0;
  };
  [[nodiscard]] Columns columns() const;
  [[nodiscard]] double top(std::size_t row) const;
  [[nodiscard]] int rowAt(double y) const;
  [[nodiscard]] int currentRow() const;
  void choose(int row);
  void updateScroll();
  void paintRow(QPainter& painter, std::size_t row, const Columns& at) const;

  const Theme& theme_;
  std::vector<TornadoBar> bars_;
  QString axis_;
  bool faded_ = false;
  std::int64_t longest_ = 0;  ///< that is drawn in full
  std::optional<std::size_t> current_;
};

}  // namespace taktwerk
