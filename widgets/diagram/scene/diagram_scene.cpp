// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_scene.h"

#include <QGraphicsSceneHelpEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>
#include <unordered_map>

#include "core/architecture/approvals.h"
#include "core/architecture/class_specification.h"
#include "core/drawing/attribute_text.h"
#include "core/drawing/drag_wires.h"
#include "widgets/diagram/scene/diagram_items.h"
#include "widgets/document/document.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostIndexedWires = 4000;
constexpr double dotDistance = 20;
constexpr std::size_t mostToldAttributes = 12;  // in a tooltip
constexpr double draggedAbove = 2000;           // everything that is not dragged
constexpr double room = 4000;                   // to scroll beyond the diagram

QString toolTipOf(const Document& document, ShownId id) {
  const ShownObject& object = document.shown->objects[id.index()];
  const ClassSpecification* specification = specificationOf(object.objectClass);
  QString text =
      QStringLiteral("<b>%1</b><br>%2")
          .arg(shortened(object.name).toHtmlEscaped(), shortened(object.className).toHtmlEscaped());
  if (const ShownGroup* group = document.group(id)) {
    text += QStringLiteral("<br>") +
            (group->kind == ShownGroup::Kind::Array ? QObject::tr("An array of %1 blocks in all.")
                                                    : QObject::tr("An instance with %1 blocks."))
                .arg(group->objects) +
            QLatin1Char(' ') +
            (group->open ? QObject::tr("Backspace closes it.") : QObject::tr("Enter opens it."));
  } else if (specification) {
    text +=
        QStringLiteral("<br>") + QString::fromUtf8(specification->description.data(),
                                                   static_cast<qsizetype>(specification->description.size()))
                                     .toHtmlEscaped();
  }
  // What has no room in the block at this zoom, whole.
  for (std::size_t i = 0; i < std::min(object.attributes.size(), mostToldAttributes); ++i) {
    const Attribute& attribute = object.attributes[i];
    text += QStringLiteral("<br>%1: %2")
                .arg(shortened(attribute.name).toHtmlEscaped(),
                     shortened(shortText(document.shown->parameters, attribute)).toHtmlEscaped());
  }
  if (!object.note.empty()) {
    text += QStringLiteral("<br><i>%1</i>").arg(shortened(object.note).toHtmlEscaped());
  }
  return text;
}

/// Makes a block's tooltip when it is asked for: hundreds of blocks are built with every edit.
class TooltipMaker : public QObject {
 public:
  using Make = std::function<void(QPointF at)>;
  TooltipMaker(QObject* scene, Make make) : QObject(scene), make_(std::move(make)) {
    scene->installEventFilter(this);
  }
  [[nodiscard]] bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::GraphicsSceneHelp) {
      make_(static_cast<const QGraphicsSceneHelpEvent*>(event)->scenePos());
    }
    return false;
  }

 private:
  Make make_;
};

/// The worst that diagnostics say of each block, or of what is in it.
std::vector<BlockState> statesOf(const Document& document) {
  std::vector<BlockState> states(document.shown->objects.size());
  std::unordered_map<std::string_view, BlockState> marks;
  const JudgedProblems judged = judge(document.diagnostics, approvalsOf(document.bytes));
  for (const Diagnostic& diagnostic : judged.open) {
    if (diagnostic.object.empty()) continue;
    BlockState& mark = marks[diagnostic.object];
    (diagnostic.severity == Severity::Error ? mark.error : mark.warning) = true;
  }
  if (marks.empty()) return states;
  const auto take = [&](const std::string& name, ShownId shown) {
    const auto found = marks.find(name);
    if (found == marks.end()) return;
    states[shown.index()].error |= found->second.error;
    states[shown.index()].warning |= found->second.warning;
  };
  for (const ObjectDeclaration& object : document.architecture->objects) {
    take(object.name, document.shown->shownAs[object.id.index()]);
  }
  for (const ShownObject& object : document.shown->objects) {
    if (object.group) take(object.name, object.shown);
  }
  return states;
}

}  // namespace

DiagramScene::DiagramScene(const Theme& theme, SelectionModel& selection, QObject* parent)
    : QGraphicsScene(parent),
      theme_(theme),
      selection_(selection, [this] { return document_ ? document_->shown : nullptr; }) {
  connect(&selection_.model(), &SelectionModel::selectionChanged, this, &DiagramScene::takeSelection);
  connect(&selection_.model(), &SelectionModel::hoverChanged, this, &DiagramScene::takeHover);
  connect(this, &QGraphicsScene::selectionChanged, this, &DiagramScene::giveSelection);
  connect(&theme_, &Theme::changed, this, [this] { update(); });
  new TooltipMaker(this, [this](QPointF at) {
    if (const auto block = blockAt(at)) blocks_[*block]->setToolTip(toolTipOf(*document_, ShownId{*block}));
  });
}

DiagramScene::~DiagramScene() {
  // Items ask the scene for their places until they are gone, and tell that they are selected no more.
  following_ = true;
  clear();
}

void DiagramScene::setDocument(std::shared_ptr<const Document> document) {
  following_ = true;
  blocks_.clear();
  wires_.clear();
  states_.clear();
  dragged_.clear();
  dragWires_.clear();
  hoveredWire_.reset();
  hiddenWire_.reset();
  clear();
  document_ = std::move(document);
  diagram_ = document_ ? document_->diagram : nullptr;
  // The index pays for clicks and partial views, until long wires overlap by the thousand.
  const bool crowded = diagram_ && diagram_->wires.size() > mostIndexedWires;
  setItemIndexMethod(crowded ? NoIndex : BspTreeIndex);
  if (diagram_) {
    states_ = statesOf(*document_);
    for (std::uint32_t i = 0; i < diagram_->blocks.size(); ++i) {
      blocks_.push_back(new BlockItem(*this, i));
      addItem(blocks_.back());
    }
    for (std::uint32_t i = 0; i < diagram_->wires.size(); ++i) {
      wires_.push_back(new WireItem(*this, i));
      addItem(wires_.back());
    }
    addItem(new PortsItem(*this));
  }
  if (!hiddenKinds_.empty()) showWires();
  setSceneRect(contents().adjusted(-room, -room, room, room));
  following_ = false;
  takeSelection(nullptr);
  Q_EMIT sceneRectChanged(sceneRect());  // the overview looks again, too where all stays within it
}

const Palette& DiagramScene::palette() const {
  return theme_.colours();
}

bool DiagramScene::touchesSelection(std::uint32_t wire) const {
  const Wire& w = diagram_->wires[wire];
  return blocks_[w.from]->isSelected() || blocks_[w.to]->isSelected();
}

const BlockItem* DiagramScene::itemOf(ShownId object) const {
  return object.index() < blocks_.size() ? blocks_[object.index()] : nullptr;
}

QRectF DiagramScene::contents() const {
  if (!diagram_) return {};
  const Rect& b = diagram_->bounds;
  return QRectF(b.x, b.y, b.width, b.height).adjusted(-20, -20, 20, 20);
}

std::optional<std::uint32_t> DiagramScene::blockAt(QPointF at, const std::set<std::uint32_t>& without) const {
  std::optional<std::uint32_t> found;
  if (!diagram_) return found;
  for (const Block& block : diagram_->blocks) {
    if (!block.rect.contains(Point{at.x(), at.y()}) || without.contains(block.object.value)) continue;
    if (!found || isDrawnIn(diagram_->blocks, block.object.value, *found)) found = block.object.value;
  }
  return found;
}

namespace {

double distanceTo(const Wire& wire, QPointF at) {
  double nearest = 1e300;
  for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
    const Point a = wire.points[k], b = wire.points[k + 1];
    const double dx = std::max({std::min(a.x, b.x) - at.x(), 0.0, at.x() - std::max(a.x, b.x)});
    const double dy = std::max({std::min(a.y, b.y) - at.y(), 0.0, at.y() - std::max(a.y, b.y)});
    nearest = std::min(nearest, std::max(dx, dy));
  }
  return nearest;
}

}  // namespace

std::optional<std::uint32_t> DiagramScene::selectedWireAt(QPointF at, double tolerance) const {
  for (const WireItem* item : wires_) {
    if (item->isSelected() && distanceTo(diagram_->wires[item->wire()], at) <= tolerance) return item->wire();
  }
  return {};
}

DiagramScene::Hit DiagramScene::hit(QPointF at, double tolerance) const {
  using Kind = Hit::Kind;
  if (!diagram_) return {};
  double nearest = tolerance;
  Hit result;
  for (std::size_t i = 0; i < diagram_->ports.size(); ++i) {
    const Point& p = diagram_->ports[i].at;
    const double distance = std::max(std::abs(p.x - at.x()), std::abs(p.y - at.y()));
    if (distance > nearest) continue;
    nearest = distance;
    result = {Kind::Port, static_cast<std::uint32_t>(i)};
  }
  if (result.kind == Kind::Port) return result;
  for (std::size_t i = 0; i < diagram_->wires.size(); ++i) {
    if (hiddenKinds_.contains(diagram_->wires[i].kind)) continue;
    const double distance = distanceTo(diagram_->wires[i], at);
    if (distance > nearest) continue;
    nearest = distance;
    result = {Kind::Wire, static_cast<std::uint32_t>(i)};
  }
  // Wires run over the body of stages; beside them a block is meant.
  if (result.kind == Kind::Wire) return result;
  if (const auto block = blockAt(at)) return {Kind::Block, *block};
  return {};
}

void DiagramScene::setDrag(const std::set<std::uint32_t>& blocks, QPointF offset) {
  std::set<std::uint32_t> all;
  std::vector<std::uint32_t> open(blocks.begin(), blocks.end());
  while (!open.empty()) {
    const std::uint32_t block = open.back();
    open.pop_back();
    if (!all.insert(block).second) continue;
    open.insert(open.end(), diagram_->blocks[block].children.begin(), diagram_->blocks[block].children.end());
  }
  if (all != dragged_) {
    for (const std::uint32_t block : dragged_) {
      blocks_[block]->setPos(0, 0);
      blocks_[block]->setZValue(nestingOf(block));
    }
    dragged_ = std::move(all);
    for (const std::uint32_t block : dragged_) {
      blocks_[block]->setZValue(draggedAbove + nestingOf(block));
    }
    showWires();
  }
  dragOffset_ = offset;
  for (const std::uint32_t block : dragged_) blocks_[block]->setPos(offset);
  dragWires_.clear();
  if (!dragged_.empty()) dragWires_ = wiresWhileDragging(*diagram_, dragged_, {offset.x(), offset.y()});
  update();
}

double DiagramScene::nestingOf(std::uint32_t block) const {
  double depth = 0;
  for (auto parent = diagram_->blocks[block].parent; parent; parent = diagram_->blocks[*parent].parent)
    ++depth;
  return depth;
}

void DiagramScene::paintDrag(QPainter& painter, double scale) const {
  if (dragged_.empty()) return;
  for (const Wire& wire : dragWires_) {
    if (!hiddenKinds_.contains(wire.kind)) paintWire(painter, *diagram_, wire, true, palette(), scale);
  }
  for (const Port& port : diagram_->ports) {
    if (!dragged_.contains(port.block)) continue;
    painter.save();
    painter.translate(dragOffset_);
    paintPort(painter, port, diagram_->blocks[port.block], palette(), scale);
    painter.restore();
  }
}

void DiagramScene::setShares(const std::vector<double>& shares) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const double share = i < shares.size() ? shares[i] : 0;
    if (states_[i].share == share) continue;
    states_[i].share = share;
    blocks_[i]->update();
  }
}

void DiagramScene::setHeat(const std::vector<double>& heat) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const double value = i < heat.size() ? heat[i] : -1;
    if (states_[i].heat == value) continue;
    states_[i].heat = value;
    blocks_[i]->update();
  }
}

void DiagramScene::setHiddenWire(std::optional<std::uint32_t> wire) {
  hiddenWire_ = wire;
  showWires();
}

void DiagramScene::setHiddenKinds(std::set<ConnectionKind> kinds) {
  hiddenKinds_ = std::move(kinds);
  setHoveredWire({});
  showWires();
}

/// Those of hidden kinds, of what is dragged, and the one that a tool draws are not shown.
void DiagramScene::showWires() {
  for (WireItem* item : wires_) {
    const Wire& wire = diagram_->wires[item->wire()];
    const bool shown = item->wire() != hiddenWire_ && !hiddenKinds_.contains(wire.kind) &&
                       !dragged_.contains(wire.from) && !dragged_.contains(wire.to);
    if (item->isVisible() != shown) item->setVisible(shown);
  }
}

void DiagramScene::setHoveredWire(std::optional<std::uint32_t> wire) {
  if (wire == hoveredWire_) return;
  const auto show = [this](std::optional<std::uint32_t> of, bool hovered) {
    if (!of || !diagram_ || *of >= wires_.size()) return;
    for (const std::uint32_t block : {diagram_->wires[*of].from, diagram_->wires[*of].to}) {
      states_[block].hovered = hovered || selection_.hovered().contains(ShownId{block});
      blocks_[block]->update();
    }
    wires_[*of]->setZValue(hovered ? WireItem::raised : WireItem::level);
    wires_[*of]->update();
  };
  show(std::exchange(hoveredWire_, std::nullopt), false);
  hoveredWire_ = wire;
  show(wire, true);
}

void DiagramScene::setDimsOthers(bool dims) {
  dimsOthers_ = dims;
  dimWires();
}

void DiagramScene::dimWires() {
  constexpr double faint = 0.15;
  const bool any = dimsOthers_ && (!selection_.objects().empty() || selection_.connection().valid());
  for (WireItem* item : wires_) {
    const bool dim = any && !item->isSelected() && !touchesSelection(item->wire());
    const double opacity = dim ? faint : 1;
    if (item->opacity() != opacity) item->setOpacity(opacity);
  }
}

void DiagramScene::setDimmed(const std::set<std::uint32_t>& blocks) {
  for (BlockItem* item : blocks_) item->setOpacity(blocks.contains(item->block()) ? 0.3 : 1);
}

QString DiagramScene::dump() const {
  if (!diagram_) return {};
  QString text = QString::fromStdString(describe(*diagram_));
  for (const BlockItem* item : blocks_) {
    const BlockState state = states_[item->block()];
    QString words;
    if (item->isSelected()) words += QStringLiteral(" selected");
    if (state.hovered) words += QStringLiteral(" hovered");
    if (state.error) words += QStringLiteral(" error");
    if (state.warning) words += QStringLiteral(" warning");
    if (state.share >= limitingShare) words += QStringLiteral(" limiting");
    if (state.heat >= 0) words += QStringLiteral(" busy %1").arg(state.heat * 100, 0, 'f', 1);
    if (words.isEmpty()) continue;
    text += QStringLiteral("state %1:%2\n").arg(shortened(diagram_->blocks[item->block()].title), words);
  }
  for (const WireItem* item : wires_) {
    QString words;
    if (item->isSelected()) words += QStringLiteral(" selected");
    if (isHovered(item->wire())) words += QStringLiteral(" hovered");
    if (!item->isVisible()) words += QStringLiteral(" hidden");
    if (item->opacity() < 1) words += QStringLiteral(" faint");
    if (!words.isEmpty()) text += QStringLiteral("state wire %1:%2\n").arg(item->wire()).arg(words);
  }
  return text;
}

void DiagramScene::drawBackground(QPainter* painter, const QRectF& rect) {
  painter->fillRect(rect, theme_.colour(&Palette::canvas));
  const double scale = QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
  if (scale < 0.5) return;
  // Whole pixels without antialiasing: thousands of round points would take longer than all blocks.
  std::vector<QRectF> dots;
  const double size = 2 / scale;
  for (double y = std::floor(rect.top() / dotDistance) * dotDistance; y <= rect.bottom(); y += dotDistance) {
    for (double x = std::floor(rect.left() / dotDistance) * dotDistance; x <= rect.right();
         x += dotDistance) {
      dots.emplace_back(x - size / 2, y - size / 2, size, size);
    }
  }
  painter->setRenderHint(QPainter::Antialiasing, false);
  painter->setPen(Qt::NoPen);
  painter->setBrush(toQColor(mix(palette().wire, palette().canvas, 0.28)));
  painter->drawRects(dots.data(), static_cast<int>(dots.size()));
}

void DiagramScene::takeSelection(const QObject* origin) {
  if (origin == this) {
    dimWires();
    update();  // wires of selected blocks
    return;
  }
  following_ = true;
  for (BlockItem* item : blocks_) item->setSelected(selection_.objects().contains(ShownId{item->block()}));
  for (WireItem* item : wires_) {
    item->setSelected(selection_.connection().valid() &&
                      diagram_->wires[item->wire()].connection == selection_.connection());
  }
  following_ = false;
  dimWires();
  update();
}

void DiagramScene::giveSelection() {
  if (following_) return;
  ShownSelection::Objects objects;
  ShownConnectionId connection;
  const QList<QGraphicsItem*> items = selectedItems();
  for (const QGraphicsItem* item : items) {
    if (item->type() == BlockItem::Type) {
      objects.insert(ShownId{static_cast<const BlockItem*>(item)->block()});
    } else if (item->type() == WireItem::Type && items.size() == 1) {
      connection = diagram_->wires[static_cast<const WireItem*>(item)->wire()].connection;
    }
  }
  if (connection.valid()) {
    selection_.select(connection, this);
  } else {
    selection_.select(objects, this);
  }
}

void DiagramScene::takeHover() {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const auto block = static_cast<std::uint32_t>(i);
    const bool ofWire = hoveredWire_ && (diagram_->wires[*hoveredWire_].from == block ||
                                         diagram_->wires[*hoveredWire_].to == block);
    const bool hovered = ofWire || selection_.hovered().contains(ShownId{block});
    if (states_[i].hovered == hovered) continue;
    states_[i].hovered = hovered;
    blocks_[i]->update();
  }
}

}  // namespace taktwerk
