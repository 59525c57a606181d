// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_diagram.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/architecture/class_specification.h"
#include "core/drawing/attribute_text.h"
#include "core/drawing/block_placement.h"
#include "core/drawing/block_sizes.h"
#include "core/drawing/wire_bends.h"
#include "core/drawing/wire_router.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostStraightened = 2000;  // blocks; each looks at all others
constexpr std::size_t mostRoutedAnew = 150;     // wires, at each edit

bool isStorage(ObjectClass c) {
  return c == ObjectClass::RegisterFile || isMemory(c);
}

/// One end of a wire before it has a place: ends with equal keys share a port.
struct End {
  std::uint32_t block = 0;
  Side side = Side::Left;
  std::uint32_t group = 0;  ///< of sharing; 0 is the instructions' path
  std::uint32_t peer = 0;   ///< the other block, where the port is not shared
  auto key() const { return std::tuple(block, side, group, peer); }
};

struct PlannedWire {
  ShownConnectionId connection;
  ConnectionKind kind = ConnectionKind::Forward;
  End from, to;
};

constexpr std::uint32_t shared = 0xFFFFFFFF;

Side facing(const Rect& a, const Rect& b) {
  if (b.left() >= a.right()) return Side::Right;
  if (b.right() <= a.left()) return Side::Left;
  return b.centre().y >= a.centre().y ? Side::Bottom : Side::Top;
}

Side opposite(Side side) {
  switch (side) {
    case Side::Left:
      return Side::Right;
    case Side::Right:
      return Side::Left;
    case Side::Top:
      return Side::Bottom;
    case Side::Bottom:
      break;
  }
  return Side::Top;
}

PlannedWire plan(const FoldedView& shown, const std::vector<Block>& blocks, ShownConnectionId id) {
  const ShownConnection& connection = shown.connections[id.index()];
  const std::uint32_t subject = connection.from.value;
  const std::uint32_t object = connection.to.value;
  PlannedWire wire{id, connection.kind, {}, {}};
  const bool access = connection.kind == ConnectionKind::Reads || connection.kind == ConnectionKind::Writes;
  if (!access) {  // also a containment that could not be drawn as nesting
    wire.from = {subject, Side::Right, 0, shared};
    wire.to = {object, Side::Left, 0, subject};
    return wire;
  }
  // A unit in a stage is left sideways, or the line would cross its neighbours above or below.
  Side subjectSide = facing(blocks[subject].rect, blocks[object].rect);
  Side objectSide = opposite(subjectSide);
  if (blocks[subject].parent && (subjectSide == Side::Top || subjectSide == Side::Bottom)) {
    subjectSide = Side::Right;
  }
  const bool reads = connection.kind == ConnectionKind::Reads;
  const std::uint32_t group = reads ? 1 : 2;
  const bool storage = isStorage(shown.objects[object].objectClass);
  const End atSubject{subject, subjectSide, group, object};
  const End atObject{object, objectSide, group, storage ? shared : subject};
  wire.from = reads ? atObject : atSubject;
  wire.to = reads ? atSubject : atObject;
  return wire;
}

/// Places the ports of a block's side: next to each other round the middle, in the order of what they lead
/// to.
class PortPlacer {
 public:
  PortPlacer(const FoldedView& shown, const std::vector<Block>& blocks) : shown_(shown), blocks_(blocks) {}

  void want(const End& end, std::uint32_t other) {
    Slot& slot = slots_[end.key()];
    const Point towards = blocks_[other].rect.centre();
    slot.sum += end.side == Side::Left || end.side == Side::Right ? towards.y : towards.x;
    slot.count += 1;
  }

  std::vector<Port> place() {
    std::map<std::pair<std::uint32_t, Side>, std::vector<Slots::value_type*>> sides;
    for (auto& entry : slots_) sides[{std::get<0>(entry.first), std::get<1>(entry.first)}].push_back(&entry);
    std::vector<Port> ports;
    for (auto& [side, entries] : sides) {
      std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
        return a->second.sum / a->second.count < b->second.sum / b->second.count;
      });
      const Rect& rect = blocks_[side.first].rect;
      const bool upright = side.second == Side::Left || side.second == Side::Right;
      const double low = (upright ? rect.top() + headerHeight + 6 : rect.left() + 10);
      const double high = (upright ? rect.bottom() : rect.right()) - 10;
      const double middle = upright ? rect.centre().y : rect.centre().x;
      const auto gaps = static_cast<double>(entries.size() - 1);
      const double step = gaps * 20 <= high - low ? 20 : gridStep;
      double at = std::floor((middle - gaps * step / 2) / gridStep) * gridStep;
      at = std::min(at, std::floor((high - gaps * step) / gridStep) * gridStep);
      at = std::max(at, std::ceil(low / gridStep) * gridStep);
      for (auto* entry : entries) {
        Port port;
        port.block = side.first;
        port.side = side.second;
        const double along = std::min(at, std::floor(high / gridStep) * gridStep);  // more ports than room
        switch (side.second) {
          case Side::Left:
            port.at = {rect.left(), along};
            break;
          case Side::Right:
            port.at = {rect.right(), along};
            break;
          case Side::Top:
            port.at = {along, rect.top()};
            break;
          case Side::Bottom:
            port.at = {along, rect.bottom()};
            break;
        }
        port.data = std::get<2>(entry->first) != 0;
        if (port.data) port.width = widthOf(side.first);
        entry->second.at = port.at;
        ports.push_back(std::move(port));
        at += step;
      }
    }
    return ports;
  }

  [[nodiscard]] Point at(const End& end) const { return slots_.at(end.key()).at; }

 private:
  struct Slot {
    double sum = 0;
    double count = 0;
    Point at;
  };
  using Slots = std::map<std::tuple<std::uint32_t, Side, std::uint32_t, std::uint32_t>, Slot>;

  [[nodiscard]] std::string widthOf(std::uint32_t block) const {
    const ShownObject& object = shown_.objects[block];
    const Attribute* width = isStorage(object.objectClass) ? object.find("port_width") : nullptr;
    const std::string text = width ? shortText(shown_.parameters, *width) : std::string();
    return text == "1" || text.size() > 4 ? std::string() : text;
  }

  const FoldedView& shown_;
  const std::vector<Block>& blocks_;
  Slots slots_;
};

std::vector<PlannedWire> planAll(const FoldedView& shown, const std::vector<Block>& blocks,
                                 PortPlacer& ports) {
  std::vector<PlannedWire> planned;
  for (std::uint32_t i = 0; i < shown.connections.size(); ++i) {
    const ShownConnection& connection = shown.connections[i];
    const auto from = connection.from.value;
    const auto to = connection.to.value;
    if (from >= blocks.size() || to >= blocks.size() || from == to) continue;
    if (connection.kind == ConnectionKind::Contains && blocks[to].parent == from) continue;
    planned.push_back(plan(shown, blocks, ShownConnectionId{i}));
    ports.want(planned.back().from, planned.back().to.block);
    ports.want(planned.back().to, planned.back().from.block);
  }
  return planned;
}

/// Whether a block keeps its distance from all others when it stands at `rect`.
bool hasRoom(const std::vector<Block>& blocks, std::uint32_t block, const Rect& rect) {
  const Rect wide{rect.x - 20, rect.y - 20, rect.width + 40, rect.height + 40};
  for (const Block& other : blocks) {
    if (!other.parent && other.object.value != block && wide.overlaps(other.rect)) return false;
  }
  return true;
}

/// Moves storages that only one other block uses up or down, so that their wires have no bends. True when
/// any moved.
bool straighten(std::vector<Block>& blocks, const std::vector<std::uint32_t>& movable,
                const std::vector<PlannedWire>& wires, const PortPlacer& ports) {
  struct Pull {
    std::uint32_t peer = shared;
    bool several = false;
    double sum = 0;
    double count = 0;
  };
  std::vector<Pull> pulls(blocks.size());
  const auto pull = [&](const End& mine, const End& theirs) {
    Pull& p = pulls[mine.block];
    const std::uint32_t peer = outermost(blocks, theirs.block);
    p.several = p.several || (p.peer != shared && p.peer != peer) || mine.side == Side::Top ||
                mine.side == Side::Bottom;
    p.peer = peer;
    p.sum += ports.at(theirs).y - ports.at(mine).y;
    p.count += 1;
  };
  for (const PlannedWire& wire : wires) {
    pull(wire.from, wire.to);
    pull(wire.to, wire.from);
  }
  bool moved = false;
  if (movable.size() > mostStraightened) return moved;
  for (const std::uint32_t i : movable) {
    const Pull& p = pulls[i];
    if (p.count == 0 || p.several || !blocks[i].children.empty() || blocks[i].kind == BlockKind::Stage)
      continue;
    Rect rect = blocks[i].rect;
    rect.y += toGrid(p.sum / p.count);
    if (blocks[i].group) continue;
    if (rect.y == blocks[i].rect.y || !hasRoom(blocks, i, rect)) continue;
    blocks[i].rect = rect;
    moved = true;
  }
  return moved;
}

/// Wires that may join to one line: all who read a storage, all who write it, all a stage forwards to.
std::uint32_t netOf(const PlannedWire& wire) {
  const bool writes = wire.kind == ConnectionKind::Writes;
  const std::uint32_t anchor = writes ? wire.to.block : wire.from.block;
  return anchor * 4 + static_cast<std::uint32_t>(wire.kind);
}

/// Lines of the drawing before whose ends are where they were and which no block stands in the way of that
/// was not there.
void keepLines(const BlockDiagram& before, const std::vector<Block>& blocks,
               const std::vector<PlannedWire>& planned, std::vector<RouteRequest>& requests) {
  using Key = std::tuple<ConnectionKind, double, double, double, double>;
  const auto keyOf = [](ConnectionKind kind, Point a, Point b) { return Key{kind, a.x, a.y, b.x, b.y}; };
  std::map<Key, const Wire*> known;
  for (const Wire& wire : before.wires) {
    if (wire.points.size() > 1 && !wire.bent)
      known.emplace(keyOf(wire.kind, wire.points.front(), wire.points.back()), &wire);
  }
  std::set<std::tuple<double, double, double, double>> old;
  for (const Block& block : before.blocks) {
    old.emplace(block.rect.x, block.rect.y, block.rect.width, block.rect.height);
  }
  std::vector<const Block*> fresh;
  for (const Block& block : blocks) {
    const Rect& r = block.rect;
    if (!old.contains({r.x, r.y, r.width, r.height})) fresh.push_back(&block);
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    RouteRequest& request = requests[i];
    const auto found = known.find(keyOf(planned[i].kind, request.from, request.to));
    if (found == known.end()) continue;
    const std::vector<Point>& line = found->second->points;
    bool free = true;
    for (const Block* block : fresh) {
      const std::uint32_t self = block->object.value;
      if (self != request.fromBlock && isDrawnIn(blocks, request.fromBlock, self)) continue;
      if (self != request.toBlock && isDrawnIn(blocks, request.toBlock, self)) continue;
      for (std::size_t k = 0; free && k + 1 < line.size(); ++k) {
        const Rect& r = block->rect;
        free = std::max(line[k].x, line[k + 1].x) <= r.left() ||
               std::min(line[k].x, line[k + 1].x) >= r.right() ||
               std::max(line[k].y, line[k + 1].y) <= r.top() ||
               std::min(line[k].y, line[k + 1].y) >= r.bottom();
      }
    }
    if (free) request.kept = line;
  }
}

/// The line through the bends that the file has for a wire; empty when there are none, or none that still
/// make sense.
std::vector<Point> bentLine(const FoldedView& shown, const std::vector<Block>& blocks,
                            const PlannedWire& wire, const RouteRequest& request) {
  const std::vector<CanvasPoint>& via = shown.connections[wire.connection.index()].via;
  if (via.empty()) return {};
  std::vector<Point> bends;
  bends.reserve(via.size());
  for (const CanvasPoint& p : via) bends.push_back({toGrid(p.x), toGrid(p.y)});
  if (wire.kind == ConnectionKind::Reads) std::reverse(bends.begin(), bends.end());
  return lineThrough({{request.from, request.fromSide, blocks[request.fromBlock].rect},
                      {request.to, request.toSide, blocks[request.toBlock].rect}},
                     bends);
}

Rect boundsOf(const BlockDiagram& diagram) {
  Rect bounds;
  bool first = true;
  const auto include = [&](double x0, double y0, double x1, double y1) {
    if (first) {
      bounds = {x0, y0, x1 - x0, y1 - y0};
      first = false;
      return;
    }
    const double right = std::max(bounds.right(), x1);
    const double bottom = std::max(bounds.bottom(), y1);
    bounds.x = std::min(bounds.x, x0);
    bounds.y = std::min(bounds.y, y0);
    bounds.width = right - bounds.x;
    bounds.height = bottom - bounds.y;
  };
  for (const Block& block : diagram.blocks) {
    include(block.rect.left(), block.rect.top(), block.rect.right(), block.rect.bottom());
  }
  for (const Wire& wire : diagram.wires) {
    for (const Point& p : wire.points) include(p.x, p.y, p.x, p.y);
  }
  return bounds;
}

}  // namespace

BlockDiagram drawBlockDiagram(const FoldedView& shown, const DrawingHints& hints) {
  BlockDiagram diagram;
  diagram.name = shown.name;
  diagram.blocks = sizeBlocks(shown);
  const std::vector<std::uint32_t> movable = placeBlocks(shown, hints, diagram.blocks);

  std::optional<PortPlacer> ports(std::in_place, shown, diagram.blocks);
  std::vector<PlannedWire> planned = planAll(shown, diagram.blocks, *ports);
  diagram.ports = ports->place();
  if (straighten(diagram.blocks, movable, planned, *ports)) {
    ports.emplace(shown, diagram.blocks);
    planned = planAll(shown, diagram.blocks, *ports);
    diagram.ports = ports->place();
  }

  std::vector<RouteRequest> requests;
  requests.reserve(planned.size());
  for (const PlannedWire& wire : planned) {
    requests.push_back({ports->at(wire.from), wire.from.side, wire.from.block, ports->at(wire.to),
                        wire.to.side, wire.to.block, netOf(wire)});
  }
  if (hints.before && requests.size() > mostRoutedAnew)
    keepLines(*hints.before, diagram.blocks, planned, requests);
  std::vector<bool> bent(planned.size(), false);
  for (std::size_t i = 0; i < planned.size(); ++i) {
    std::vector<Point> line = bentLine(shown, diagram.blocks, planned[i], requests[i]);
    if (line.empty()) continue;
    requests[i].kept = std::move(line);
    bent[i] = true;
  }
  std::vector<std::vector<Point>> lines = routeWires(diagram.blocks, requests);
  for (std::size_t i = 0; i < planned.size(); ++i) {
    diagram.wires.push_back({planned[i].connection, planned[i].kind, planned[i].from.block,
                             planned[i].to.block, std::move(lines[i]), bent[i],
                             shown.connections[planned[i].connection.index()].count});
  }
  diagram.bounds = boundsOf(diagram);
  return diagram;
}

std::string describe(const BlockDiagram& diagram) {
  std::string text;
  const auto number = [](double value) { return std::to_string(std::llround(value)); };
  const auto point = [&](Point p) { return number(p.x) + "," + number(p.y); };
  for (const Block& block : diagram.blocks) {
    text += "block " + block.title + " [" + std::string(nameOf(block.kind)) + ", " + block.className +
            "] at " + point({block.rect.x, block.rect.y}) + " size " +
            point({block.rect.width, block.rect.height});
    if (block.parent) text += " in " + diagram.blocks[*block.parent].title;
    if (block.group) text += block.group->open ? " open" : " closed";
    for (const std::string& line : block.details) text += " | " + line;
    if (block.pinned) text += " pinned";
    text += "\n";
  }
  for (const Port& port : diagram.ports) {
    text += "port " + diagram.blocks[port.block].title + (port.data ? " data " : " control ") +
            point(port.at) + (port.width.empty() ? "" : " / " + port.width) + "\n";
  }
  for (const Wire& wire : diagram.wires) {
    text += "wire " + std::string(toString(wire.kind)) + " " + diagram.blocks[wire.from].title + " -> " +
            diagram.blocks[wire.to].title + (wire.bent ? " bent:" : ":");
    for (const Point& p : wire.points) text += " " + point(p);
    if (wire.count > 1) text += " × " + std::to_string(wire.count);
    text += "\n";
  }
  return text;
}

}  // namespace taktwerk
