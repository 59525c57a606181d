// SPDX-License-Identifier: GPL-3.0-or-later
// Tidying up, and the pins that keep blocks out of it.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/editing/declared_place.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/tools/bend_tool.h"
#include "widgets/document/document_controller.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk {

namespace {

/// The automatic drawing of some blocks with what they contain, as if the file placed none of them; `ids`
/// gives their places in it.
BlockDiagram drawnAnew(const Document& document, const std::set<std::uint32_t>& blocks,
                       std::vector<std::uint32_t>& ids) {
  FoldedView part;
  ids.assign(document.shown->objects.size(), ~0U);
  for (const std::uint32_t block : fromOutside(document.diagram->blocks)) {
    const auto& around = document.diagram->blocks[block].parent;
    const bool chosen = blocks.contains(block);
    if (!chosen && (!around || ids[*around] == ~0U)) continue;
    ids[block] = static_cast<std::uint32_t>(part.objects.size());
    ShownObject& object = part.objects.emplace_back(document.shown->objects[block]);
    object.shown = ShownId{ids[block]};
    if (chosen) object.at.reset();
    object.parent = chosen || !object.parent.valid() ? ShownId{} : ShownId{ids[object.parent.index()]};
  }
  for (const ShownConnection& c : document.shown->connections) {
    if (ids[c.from.index()] == ~0U || ids[c.to.index()] == ~0U) continue;
    part.connections.push_back(
        {c.kind, ShownId{ids[c.from.index()]}, ShownId{ids[c.to.index()]}, c.first, 1, {}});
  }
  return drawBlockDiagram(part);
}

}  // namespace

void DiagramEditor::tidy() {
  const Document* document = canvas_.document();
  if (!document) return;
  const auto& drawn = document->diagram->blocks;
  std::vector<std::uint32_t> blocks = standing();
  const bool all = blocks.size() < 2;
  if (all) {
    blocks.clear();
    for (const Block& block : drawn) {
      const std::string& name = document->shown->objects[block.object.index()].name;
      if (!block.parent && isDeclared(*document->architecture, name)) blocks.push_back(block.object.value);
    }
  }
  if (blocks.empty()) return;
  std::vector<std::uint32_t> ids;
  const std::set<std::uint32_t> taking(blocks.begin(), blocks.end());
  const BlockDiagram anew = drawnAnew(*document, taking, ids);
  // What is pinned stays; the layout moves to where that fits it best, or else to where the blocks were.
  Point origin{1e300, 1e300};
  Point pull;
  double pins = 0;
  for (const std::uint32_t block : blocks) {
    const Rect& now = drawn[block].rect;
    const Rect& wanted = anew.blocks[ids[block]].rect;
    origin = {std::min(origin.x, now.x), std::min(origin.y, now.y)};
    if (!drawn[block].pinned) continue;
    pull = {pull.x + now.x - wanted.x, pull.y + now.y - wanted.y};
    ++pins;
  }
  const auto grid = [](double value) { return std::round(value / gridStep) * gridStep; };
  const Point by = pins > 0 ? Point{grid(pull.x / pins), grid(pull.y / pins)} : all ? Point{} : origin;
  std::vector<std::uint32_t> moving;
  std::vector<Rect> wanted, taken;
  for (const std::uint32_t block : blocks) {
    if (drawn[block].pinned) continue;
    moving.push_back(block);
    wanted.push_back(anew.blocks[ids[block]].rect);
    wanted.back().x += by.x;
    wanted.back().y += by.y;
  }
  if (moving.empty()) return Q_EMIT said(tr("All of these blocks are pinned."));
  for (const Block& block : drawn) {
    if (block.parent) continue;
    if (block.pinned || (!all && !taking.contains(block.object.value))) taken.push_back(block.rect);
  }
  // Without anything in the way the layout is as it is: it knows best how near blocks may stand.
  std::vector<Point> corners;
  const bool free = std::none_of(taken.begin(), taken.end(), [&](const Rect& t) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Rect& w) { return w.overlaps(t); });
  });
  if (free) {
    for (const Rect& r : wanted) corners.push_back({r.x, r.y});
  } else {
    corners = madeRoom(wanted, taken);
  }
  moveTo(moving, corners, tr("Tidy %1"), {}, true);
}

bool DiagramEditor::isPinned() const {
  const std::vector<std::uint32_t> blocks = standing();
  const auto pinned = [this](std::uint32_t b) { return canvas_.document()->diagram->blocks[b].pinned; };
  return !blocks.empty() && std::all_of(blocks.begin(), blocks.end(), pinned);
}

void DiagramEditor::pin() {
  const Document* document = canvas_.document();
  if (!document) return;
  const std::vector<std::uint32_t> blocks = standing();
  const bool letGo = isPinned();
  if (blocks.empty()) {
    Q_EMIT pinnedChanged();  // a checkable action has changed already
    return Q_EMIT said(tr("Select blocks that stand by themselves to pin them."));
  }
  Places places;
  std::vector<ArchitectureEdit> pins;
  for (const std::uint32_t block : blocks) {
    const Block& b = document->diagram->blocks[block];
    if (b.pinned != letGo) continue;
    const std::string& name = document->shown->objects[block].name;
    places[name] = {b.rect.x, b.rect.y};
    std::optional<YamlNode> value;
    if (!letGo) value = yamlScalar("true");
    const auto origin = originOf(*document->architecture, name);
    if (origin)
      pins.emplace_back(SetAttribute{origin->object, "pinned", std::move(value), origin->inTemplate});
  }
  // A place is kept only when the file has it.
  std::vector<ArchitectureEdit> edits;
  if (!letGo) edits = documents_.placeEdits(places);
  edits.insert(edits.end(), pins.begin(), pins.end());
  const QString what = pins.size() == 1 ? QString::fromStdString(std::get<SetAttribute>(pins.front()).object)
                                        : tr("%1 blocks").arg(pins.size());
  canvas_.edit(letGo ? tr("Unpin %1").arg(what) : tr("Pin %1").arg(what), edits);
  Q_EMIT pinnedChanged();
}

}  // namespace taktwerk
