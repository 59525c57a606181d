// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/editing/drawn_connection.h"
#include "core/editing/wiring_rule.h"
#include "widgets/diagram/tools/tool.h"

namespace taktwerk {

/// What a wire between blocks can mean: connections of two blocks, or rules where an array or an instance has
/// a part in it; `drawn.reason` says why there are neither.
struct PossibleWires {
  DrawnConnections drawn;
  std::vector<WiringRule> rules;
};
/// Of two blocks of the diagram, in the direction in which the wire is drawn.
[[nodiscard]] PossibleWires possibleWires(const Document& document, std::uint32_t from, std::uint32_t to);
/// "alu reads regs".
[[nodiscard]] QString wireSentence(const AddConnection& connection);

/// Connects two blocks: drag from one to the other, or click one and then the other. Blocks where the wire
/// cannot end are faint; over one of them the reason is told. What kind of connection it is follows from the
/// ends and the direction.
class WireTool : public Tool {
 public:
  /// `once`: gives the mouse back after one wire. Kept tools draw wire after wire.
  explicit WireTool(Canvas& canvas, bool once = true) : Tool(canvas), once_(once) {}
  ~WireTool() override;

  void beginAt(std::uint32_t block);
  void press(const ToolEvent& event) override;
  void move(const ToolEvent& event) override;
  void release(const ToolEvent& event) override;
  bool cancel() override;
  void paint(QPainter& painter, double scale) const override;
  [[nodiscard]] QString hint() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
  [[nodiscard]] bool isDone() const override { return done_; }

 private:
  void aim(const ToolEvent& event);
  [[nodiscard]] bool isPossible() const { return !drawn_.possible.empty() || !rules_.empty(); }
  void finish();
  void end();

  bool once_;
  bool done_ = false;
  std::optional<std::uint32_t> source_;
  std::optional<std::uint32_t> target_;
  DrawnConnections drawn_;
  std::vector<WiringRule> rules_;
  ToolEvent start_;
  ToolEvent now_;
  bool clicked_ = false;  ///< the source was clicked, the target is yet to be
};

}  // namespace taktwerk
