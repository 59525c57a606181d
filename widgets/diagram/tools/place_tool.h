// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/tools/placeable.h"
#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// Puts a new block where the mouse is clicked or released; into a stage when it may stand there.
class PlaceTool : public Tool {
 public:
  PlaceTool(Canvas& canvas, Placeable what);
  [[nodiscard]] const Placeable& what() const { return what_; }

  void press(const ToolEvent& event) override { now_ = event; }
  void move(const ToolEvent& event) override;
  void release(const ToolEvent& event) override;
  bool cancel() override;
  void paint(QPainter& painter, double scale) const override;
  [[nodiscard]] QString hint() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
  [[nodiscard]] bool isDone() const override { return done_; }

 private:
  [[nodiscard]] QPointF corner() const;
  [[nodiscard]] std::optional<std::uint32_t> stage() const;

  Placeable what_;
  Block ghost_;
  ToolEvent now_;
  bool seen_ = false;  ///< the mouse has been on the canvas
  bool done_ = false;
};

/// Adds a block with its corner at `at`, into the stage when that is given, and selects it; returns its name,
/// or nothing when it cannot be added.
std::string place(const Canvas& canvas, const Placeable& what, QPointF at,
                  std::optional<std::uint32_t> stage = {});
/// The first place at a corner, to the right of it or below where a new block stands on no other, for blocks
/// that are added without a mouse to say where.
[[nodiscard]] QPointF freePlace(const Canvas& canvas, const Placeable& what, QPointF at);
/// The selected stage, or that of the selected unit, when it may contain units of a class.
[[nodiscard]] std::optional<std::uint32_t> selectedStage(const Canvas& canvas, ObjectClass unit);
/// The stage at a point that may contain units of a class.
[[nodiscard]] std::optional<std::uint32_t> stageAt(const Canvas& canvas, ObjectClass unit, QPointF at);

}  // namespace taktwerk
