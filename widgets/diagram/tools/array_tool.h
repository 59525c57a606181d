// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/drawing/geometry.h"
#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// Makes a block or an instance an array: drag from it to the right for columns and down for rows; a click
/// asks for sizes to be typed.
class ArrayTool : public Tool {
 public:
  explicit ArrayTool(Canvas& canvas) : Tool(canvas) {}

  void press(const ToolEvent& event) override;
  void move(const ToolEvent& event) override;
  void release(const ToolEvent& event) override;
  bool cancel() override;
  void paint(QPainter& painter, double scale) const override;
  [[nodiscard]] QString hint() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
  [[nodiscard]] bool isDone() const override { return done_; }

 private:
  struct Size {
    int rows = 1;
    int columns = 1;
  };
  [[nodiscard]] Size size() const;
  [[nodiscard]] QString sizeText() const;

  std::string entry_;  ///< being dragged out; empty: none
  std::size_t indices_ = 0;
  Rect rect_;  ///< of all blocks of the entry that are drawn
  ToolEvent start_, now_;
  bool done_ = false;
};

}  // namespace taktwerk
