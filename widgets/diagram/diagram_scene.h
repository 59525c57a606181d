// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <memory>
#include <vector>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/block_painter.h"

namespace taktwerk {

class BlockItem;
class SelectionModel;
class Theme;
class WireItem;
struct Document;

/// The block diagram as graphics items. Shows a document's display list; selects by the shared selection
/// model; never changes the document.
class DiagramScene : public QGraphicsScene {
  Q_OBJECT
 public:
  DiagramScene(const Theme& theme, SelectionModel& selection, QObject* parent = nullptr);

  void setDocument(std::shared_ptr<const Document> document);
  [[nodiscard]] const BlockDiagram* diagram() const { return diagram_.get(); }
  [[nodiscard]] const Palette& palette() const;
  [[nodiscard]] BlockState stateOf(std::uint32_t block) const { return states_[block]; }
  /// Whether the wire begins or ends at a selected block.
  [[nodiscard]] bool touchesSelection(std::uint32_t wire) const;
  [[nodiscard]] const BlockItem* itemOf(ObjectId object) const;
  /// The area worth showing.
  [[nodiscard]] QRectF contents() const;

  /// What stands in the scene, one item a line, in the words of `describe`, with states: the tests' oracle.
  [[nodiscard]] QString dump() const;

 protected:
  void drawBackground(QPainter* painter, const QRectF& rect) override;

 private:
  void takeSelection(const QObject* origin);
  void giveSelection();
  void takeHover();

  const Theme& theme_;
  SelectionModel& selection_;
  std::shared_ptr<const Document> document_;
  std::shared_ptr<const BlockDiagram> diagram_;
  std::vector<BlockItem*> blocks_;
  std::vector<WireItem*> wires_;
  std::vector<BlockState> states_;
  bool following_ = false;  ///< the selection model leads just now
};

}  // namespace taktwerk
