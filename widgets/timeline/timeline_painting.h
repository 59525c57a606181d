// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

#include "widgets/timeline/timeline_painter.h"

namespace taktwerk {

/// One painting of a timeline; made for it and thrown away.
class TimelinePainting {
 public:
  TimelinePainting(QPainter& painter, const QSizeF& size, const TimelinePicture& picture,
                   const TimelineScale& scale, const TimelineLook& look, const TimelineColours& colours);
  TimelinePainted paint();

 private:
  // Axis, loops, names and marks.
  [[nodiscard]] Cycles tickStep() const;
  template <class Draw>
  void eachTick(const Draw& draw) const;
  void grid();
  void loops();
  void loopBlock(const TimelineBlock& block);
  void axis();
  void gutter();
  void loopNames();
  void marks();
  [[nodiscard]] int pixelOf(double cycle) const;
  void text(const QRectF& within, const QString& words, const QColor& colour);

  // Rows of blocks.
  void lanes();
  void lane(std::uint32_t lane, double top);
  void shade(std::uint32_t lane, double top, double from, double to);
  void steps(std::uint32_t lane, double top, double from, double to);
  void bars(std::uint32_t lane, double top, double from, double to);
  void barRow(std::uint32_t lane, double top, std::size_t row, double from, double to);
  void waits(std::uint32_t lane, double top, double from, double to);
  void stretch(std::uint32_t lane, double top, int x0, int x1, double share);
  void laneName(std::uint32_t lane, double top);

  // Rows of instructions.
  void instructions();
  void instruction(const TimelineInstruction& instruction, double top);
  void instructionName(const TimelineInstruction& instruction, double top);
  void staircase();

  // What the selected instruction depends on, and what depends on it.
  void arrows();
  void arrow(const QLineF& line, const TimelineArrow& arrow);
  [[nodiscard]] std::optional<QPointF> placeOf(const TimelineArrow::End& end) const;

  QPainter& painter_;
  QSizeF size_;
  const TimelinePicture& picture_;
  const TimelineScale& scale_;
  const TimelineLook& look_;
  const TimelineColours& colours_;
  QRectF rowsArea_;
  double from_ = 0, to_ = 0;  ///< cycles in sight
  TimelinePainted painted_;
};

}  // namespace taktwerk
