// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace taktwerk {

class Theme;

/// Figures against what they should be, a point each, both on a logarithmic scale: on the dashed line they
/// agree. The points are what a table beside the plot lists, which is the way to them for the keyboard.
class AgreementPlot : public QWidget {
  Q_OBJECT
 public:
  struct Point {
    double x = 1, y = 1;         ///< above 0
    std::size_t series = 0;      ///< whose colour and shape it has
    double least = 0, most = 0;  ///< what `x` was at least and at most, as a bar; the same: none
  };
  /// More points than this are too slow to be drawn: then every so many are.
  static constexpr std::size_t mostDrawn = 20'000;

  /// `name` is for those who cannot see the plot.
  AgreementPlot(const Theme& theme, const QString& name, QWidget* parent = nullptr);

  /// Points of a series stand together in the legend under its name. `faint`: they are out of date.
  void setPoints(std::vector<Point> points, QStringList series, bool faint);
  void setLabels(const QString& x, const QString& y);
  /// What is said of a point under the mouse.
  void setTip(std::function<QString(std::size_t point)> tip) { tip_ = std::move(tip); }
  /// Points with a ring around them, drawn in any case.
  void setMarked(std::vector<std::size_t> points);

  [[nodiscard]] const std::vector<Point>& points() const { return points_; }
  [[nodiscard]] const std::vector<std::size_t>& marked() const { return marked_; }
  /// How many points are drawn without those that are marked.
  [[nodiscard]] std::size_t drawn() const;
  /// Where a point is in the widget.
  [[nodiscard]] QPoint placeOf(std::size_t point) const;

 Q_SIGNALS:
  /// The user clicked a point.
  void pressed(std::size_t point);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void draw();
  void drawLine(double least, double most);
  void drawPoints();
  void drawMarks();
  /// Every so many points are drawn.
  [[nodiscard]] std::size_t step() const;
  [[nodiscard]] std::optional<std::size_t> pointAt(const QPoint& position) const;

  const Theme& theme_;
  std::vector<Point> points_;
  QStringList series_;
  std::vector<std::size_t> marked_;
  std::function<QString(std::size_t)> tip_;
  bool faint_ = false;
  QCustomPlot* plot_;
  QCPGraph* rings_ = nullptr;  ///< on a layer of their own: marks cost no drawing of all points
};

}  // namespace taktwerk
