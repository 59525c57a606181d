// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// Selects by clicks and rectangles, moves blocks on the grid, into stages and out of them, and begins a wire
/// at a port or at the handles of the block under the mouse.
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

  void begin(const ToolEvent& event);
  void drop();
  void selectBand(Qt::KeyboardModifiers modifiers);
  [[nodiscard]] QPointF offset() const;
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
  std::optional<std::uint32_t> target_;
};

/// The points of a block's border where wires begin: the middles of its left and right side.
[[nodiscard]] std::pair<QPointF, QPointF> handlesOf(const Block& block);

}  // namespace taktwerk
