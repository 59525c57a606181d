// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/drawing/alignment_guides.h"
#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// Selects by clicks and rectangles, moves blocks on the grid, in line with others, into stages and out of
/// them, and begins a wire at a port or at the handles of the block under the mouse. The wire under the mouse
/// is shown from end to end.
class SelectTool : public Tool {
 public:
  using Tool::Tool;

  void press(const ToolEvent& event) override;
  void move(const ToolEvent& event) override;
  void release(const ToolEvent& event) override;
  bool cancel() override;
  void paint(QPainter& painter, double scale) const override;
  [[nodiscard]] QString hint() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override;

 private:
  enum class State { Idle, Pressed, Moving, Band };

  void drop();
  void selectBand(Qt::KeyboardModifiers modifiers);
  /// How far what is dragged is from where it was, in line with what it comes near to.
  void follow();
  [[nodiscard]] std::vector<Rect> restingPlaces() const;
  void paintMoving(QPainter& painter, double scale) const;
  [[nodiscard]] std::set<std::uint32_t> movable() const;
  /// The stage under the mouse that may take what is dragged.
  [[nodiscard]] std::optional<std::uint32_t> dropTarget() const;
  [[nodiscard]] std::optional<std::uint32_t> handleAt(const ToolEvent& event) const;

  State state_ = State::Idle;
  ToolEvent start_;
  ToolEvent now_;
  std::optional<std::uint32_t> hovered_;
  std::uint32_t grabbed_ = 0;
  std::set<std::uint32_t> moving_;
  QPointF offset_;  ///< of what is moving
  std::vector<AlignmentGuide> guides_;
  std::optional<std::uint32_t> target_;
};

/// The points of a block's border where wires begin: the middles of its left and right side.
[[nodiscard]] std::pair<QPointF, QPointF> handlesOf(const Block& block);

}  // namespace taktwerk
