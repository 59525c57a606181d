// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QPointF>
#include <memory>
#include <optional>

#include "widgets/timeline/timeline_loader.h"
#include "widgets/timeline/timeline_painter.h"

namespace taktwerk {

class Theme;

/// What is at a place of the timeline.
struct TimelineHit {
  std::int64_t instruction = 0;
  MachineObjectId object;  ///< none of a row beside its bars
  std::optional<TimelineBar> bar;
};

/// A layer in time: rows of blocks or instructions below its loops. The wheel zooms at the cursor (Shift:
/// goes up and down, Ctrl: the height of rows), dragging moves, dragging with Shift measures. Arrow keys
/// move,
/// + and − zoom, Home and End go to the ends, F shows all, N and P go from instruction to instruction, Enter
/// zooms to the selected one, B marks a place, [ and ] measure from and to the selected one, M shows one more
/// step of dependencies.
class TimelineCanvas : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit TimelineCanvas(const Theme& theme, QWidget* parent = nullptr);

  /// Null: nothing. What is in sight stays where `same` layer is shown again.
  void setTime(std::shared_ptr<const LayerTime> time, bool same);
  void setSlice(std::shared_ptr<const TimelineSlice> slice);
  void setFine(std::shared_ptr<const TimelineFine> fine);
  void setRows(TimelineRows rows);
  /// Blocks that nothing ever happens in, too.
  void setIdleShown(bool shown);
  void setMarked(std::vector<bool> objects);
  /// Silently.
  void select(std::optional<std::int64_t> instruction);
  void setOpen(std::uint32_t lane, bool open);
  /// Silently; nothing: no range.
  void measure(std::optional<std::pair<Cycles, Cycles>> range);
  /// Marks the selected instruction, or the middle of what is in sight; what is marked no more.
  void toggleBookmark();
  void showBookmark(std::size_t place);
  void clearBookmarks();
  /// One more step of what the selected instruction depends on and what depends on it.
  void showMoreArrows();
  [[nodiscard]] int arrowSteps() const { return steps_; }
  /// There are dependencies further off.
  [[nodiscard]] bool hasMoreArrows() const { return moreArrows_; }

  [[nodiscard]] const TimelineLook& look() const { return look_; }
  [[nodiscard]] const TimelineScale& scale() const { return scale_; }
  [[nodiscard]] const TimelinePainted& painted() const { return painted_; }
  [[nodiscard]] TimelineSight sight() const;
  [[nodiscard]] bool empty() const { return !time_; }

  void fit();
  /// Shows a stretch from border to border.
  void showCycles(double from, double to);
  void zoomBy(double factor, const QPointF& at);
  void panBy(double pixels);
  /// Selects an instruction and brings it into sight, so near that it can be seen. Emits `selected`.
  void goTo(std::int64_t instruction);
  [[nodiscard]] std::optional<TimelineHit> hitAt(const QPointF& position) const;
  /// The lane of a row of blocks at a height.
  [[nodiscard]] std::optional<std::uint32_t> laneAt(double y) const;
  [[nodiscard]] std::optional<TimelineBlock> blockAt(const QPointF& position) const;
  /// What stands at a place, for people.
  [[nodiscard]] QString wordsAt(const QPointF& position) const;
  /// The middle of the bar of an instruction in an object, if it is in sight.
  [[nodiscard]] std::optional<QPointF> placeOf(std::int64_t instruction, MachineObjectId object) const;
  /// Of what is shown: "Tiny running conv1".
  [[nodiscard]] QString title() const;
  /// What is in sight, as it is drawn here, on a page.
  void paintOn(QPainter& painter, const QRectF& page) const;

 Q_SIGNALS:
  /// Other cycles, rows or another scale.
  void sightChanged();
  /// By the user; −1: nothing any more. `object` is a place in Machine::objectNames, or −1.
  void selected(qint64 instruction, qint64 object);
  void blockChosen(qint64 object);
  /// By the user: another range, or none any more.
  void measured();
  void bookmarksChanged();
  void arrowsChanged();

 protected:
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] TimelinePicture picture() const;
  [[nodiscard]] double width() const;
  [[nodiscard]] double rowsHeight() const;
  void arrange();
  void arrangeRows();
  void click(const QPointF& position);
  void step(int direction);
  void bringRowIntoSight();
  void takePending();
  void findArrows();
  [[nodiscard]] Cycles cycleNear(double x) const;
  void measureTo(double x);
  void measureByKey(bool begin);

  const Theme& theme_;
  TimelineColours colours_;
  std::shared_ptr<const LayerTime> time_;
  std::shared_ptr<const TimelineSlice> slice_;
  std::shared_ptr<const TimelineFine> fine_;  ///< as it can be drawn
  TimelineLook look_;
  TimelineScale scale_;
  TimelinePainted painted_;
  bool idle_ = false;
  bool arranging_ = false;
  bool placed_ = false;                  ///< all was shown in a viewport of a size
  std::optional<std::int64_t> pending_;  ///< to be brought into sight once it is read
  std::optional<QPointF> pressed_, dragged_;
  std::optional<Cycles> measuredFrom_;  ///< while it is being measured
  int steps_ = 1;                       ///< of dependencies
  bool moreArrows_ = false;
};

}  // namespace taktwerk
