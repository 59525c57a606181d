// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// Drags a piece of a wire sideways. Its bends from then on are kept in the file. Gives the mouse back after
/// one drag.
class BendTool : public Tool {
 public:
  BendTool(Canvas& canvas, std::uint32_t wire) : Tool(canvas), wire_(wire) {}
  ~BendTool() override;

  void press(const ToolEvent& event) override;
  void move(const ToolEvent& event) override;
  void release(const ToolEvent& event) override;
  bool cancel() override;
  void paint(QPainter& painter, double scale) const override;
  [[nodiscard]] QString hint() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override;
  [[nodiscard]] bool isDone() const override { return done_; }

 private:
  [[nodiscard]] const Wire* wire() const;
  void end();

  std::uint32_t wire_;
  std::size_t piece_ = 0;
  ToolEvent start_;
  bool moving_ = false;
  bool done_ = false;
  std::size_t place_ = 0;     ///< of the connection in the file
  std::vector<Point> bends_;  ///< in the direction of the arrow
  std::vector<Point> line_;   ///< as it will be drawn; empty: found anew
};

/// The piece of a wire at a point: the nearest.
[[nodiscard]] std::size_t pieceAt(const Wire& wire, QPointF at);
/// Handles in the middle of the pieces of a selected wire.
void paintBendHandles(QPainter& painter, const Wire& wire, const Palette& palette, double scale);
/// Edits that take bends along where both ends of a wire move by the same way; `moved` by outermost block.
[[nodiscard]] std::vector<ArchitectureEdit> bendsAlong(const Document& document,
                                                       const std::map<std::uint32_t, Point>& moved);
/// Edits that remove the bends of those wires that have any.
[[nodiscard]] std::vector<ArchitectureEdit> withoutBends(
    const Document& document, const std::vector<const ShownConnection*>& connections);

}  // namespace taktwerk
