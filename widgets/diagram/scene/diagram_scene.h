// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

class BlockItem;
class Theme;
class WireItem;
struct Document;

/// The block diagram as graphics items. Shows a document's display list; selects by the shared selection
/// model; never changes the document.
class DiagramScene : public QGraphicsScene {
  Q_OBJECT
 public:
  DiagramScene(const Theme& theme, SelectionModel& selection, QObject* parent = nullptr);
  ~DiagramScene() override;

  void setDocument(std::shared_ptr<const Document> document);
  [[nodiscard]] const BlockDiagram* diagram() const { return diagram_.get(); }
  [[nodiscard]] const Palette& palette() const;
  /// In how many blocks a block is drawn: its layer.
  [[nodiscard]] double nestingOf(std::uint32_t block) const;
  [[nodiscard]] BlockState stateOf(std::uint32_t block) const { return states_[block]; }
  /// Whether the wire begins or ends at a selected block.
  [[nodiscard]] bool touchesSelection(std::uint32_t wire) const;
  [[nodiscard]] const BlockItem* itemOf(ShownId object) const;
  /// The area worth showing.
  [[nodiscard]] QRectF contents() const;

  /// What is at a point: a port within `tolerance`, else the innermost block, else a wire within `tolerance`.
  struct Hit {
    enum class Kind { Nothing, Port, Block, Wire };
    Kind kind = Kind::Nothing;
    std::uint32_t index = 0;  ///< into the diagram's ports, blocks or wires
  };
  [[nodiscard]] Hit hit(QPointF at, double tolerance) const;
  /// The selected wire, when it is within `tolerance` of a point.
  [[nodiscard]] std::optional<std::uint32_t> selectedWireAt(QPointF at, double tolerance) const;
  /// The innermost block at a point that is not among `without`.
  [[nodiscard]] std::optional<std::uint32_t> blockAt(QPointF at,
                                                     const std::set<std::uint32_t>& without = {}) const;

  /// Shows blocks, with what they contain, moved by an offset while they are dragged; the document stays as
  /// it is. An empty set ends it.
  void setDrag(const std::set<std::uint32_t>& blocks, QPointF offset);
  /// The wires and ports of dragged blocks, as `wiresWhileDragging` has them until the blocks are dropped.
  void paintDrag(QPainter& painter, double scale) const;
  [[nodiscard]] const std::vector<Wire>& dragWires() const { return dragWires_; }
  [[nodiscard]] bool isDragged(std::uint32_t block) const { return dragged_.contains(block); }
  /// By block the share of all cycles it is responsible for; marks those that limit. Empty: nobody knows.
  void setShares(const std::vector<double>& shares);
  /// By block how much of the time it was busy, 0 to 1, as a colour; below 0 not known. Empty: shown of none.
  void setHeat(const std::vector<double>& heat);
  /// The wire that the mouse is on, drawn strongly with the blocks it joins, or none.
  void setHoveredWire(std::optional<std::uint32_t> wire);
  [[nodiscard]] bool isHovered(std::uint32_t wire) const { return hoveredWire_ == wire; }
  /// Kinds of wires that are not drawn, and cannot be hit.
  void setHiddenKinds(std::set<ConnectionKind> kinds);
  [[nodiscard]] const std::set<ConnectionKind>& hiddenKinds() const { return hiddenKinds_; }
  /// While something is selected, wires that do not touch it are drawn faintly.
  void setDimsOthers(bool dims);
  /// A wire that a tool draws in its place, or none.
  void setHiddenWire(std::optional<std::uint32_t> wire);
  /// Blocks drawn faintly: where a wire cannot end.
  void setDimmed(const std::set<std::uint32_t>& blocks);

  /// What stands in the scene, one item a line, in the words of `describe`, with states: the tests' oracle.
  [[nodiscard]] QString dump() const;

 protected:
  void drawBackground(QPainter* painter, const QRectF& rect) override;

 private:
  void takeSelection(const QObject* origin);
  void giveSelection();
  void takeHover();
  void showWires();
  void dimWires();

  const Theme& theme_;
  ShownSelection selection_;
  std::shared_ptr<const Document> document_;
  std::shared_ptr<const BlockDiagram> diagram_;
  std::vector<BlockItem*> blocks_;
  std::vector<WireItem*> wires_;
  std::vector<BlockState> states_;
  std::set<std::uint32_t> dragged_;
  QPointF dragOffset_;
  std::vector<Wire> dragWires_;  ///< of the dragged blocks
  std::optional<std::uint32_t> hoveredWire_;
  std::optional<std::uint32_t> hiddenWire_;
  std::set<ConnectionKind> hiddenKinds_;
  bool dimsOthers_ = false;
  bool following_ = false;  ///< the selection model leads just now
};

}  // namespace taktwerk
