// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "widgets/timeline/timeline_colours.h"
#include "widgets/timeline/timeline_data.h"

namespace taktwerk {

class Theme;

/// All of a layer on one line: how busy each kind of block is, and a frame about what is in sight. Dragging
/// moves the frame, clicking beside it moves it there, the wheel makes it wider and narrower.
class TimelineMinimap : public QWidget {
  Q_OBJECT
 public:
  explicit TimelineMinimap(const Theme& theme, QWidget* parent = nullptr);

  /// Null: nothing.
  void setTime(std::shared_ptr<const LayerTime> time);
  /// Of all of the layer.
  void setSlice(std::shared_ptr<const TimelineSlice> slice);
  void setSight(double from, double to);
  /// What the slice of all has to tell.
  [[nodiscard]] SliceWish wish() const;
  /// About what is in sight.
  [[nodiscard]] QRectF frame() const;
  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  /// The cycle that shall be in the middle.
  void moved(double cycle);
  void zoomed(double factor);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  struct Strip {
    BlockKind kind = BlockKind::Unknown;
    std::vector<float> shares;
  };
  [[nodiscard]] double perCycle() const;

  const Theme& theme_;
  TimelineColours colours_;
  std::shared_ptr<const LayerTime> time_;
  std::vector<Strip> strips_;
  double from_ = 0, to_ = 1;
  double grabbed_ = 0;  ///< cycles from the middle of the frame to where it is held
  bool dragging_ = false;
};

}  // namespace taktwerk
