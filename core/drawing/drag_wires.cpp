// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/drag_wires.h"

#include <algorithm>
#include <optional>

#include "core/drawing/wire_bends.h"
#include "core/drawing/wire_router.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostRouted = 16;
constexpr double mostCells = 60'000;  // of the grid round what is dragged
constexpr double detour = 120;        // pixels round the ends that are looked at

class DragRouter {
 public:
  DragRouter(const BlockDiagram& diagram, const std::set<std::uint32_t>& dragged, Point offset,
             std::int64_t* steps)
      : diagram_(diagram), dragged_(dragged), offset_(offset), steps_(steps) {}

  std::vector<Wire> run() {
    std::vector<Wire> wires;
    std::vector<std::size_t> open;  // of `wires`, to be found
    std::vector<RouteRequest> requests;
    for (const Wire& wire : diagram_.wires) {
      const bool from = dragged_.contains(wire.from), to = dragged_.contains(wire.to);
      if ((!from && !to) || wire.points.size() < 2) continue;
      Wire& moved = wires.emplace_back(wire);
      if (from && to) {
        for (Point& p : moved.points) p = {p.x + offset_.x, p.y + offset_.y};
        continue;
      }
      const LineEnds ends{endOf(wire.from, wire.points.front()), endOf(wire.to, wire.points.back())};
      if (wire.bent) {
        std::vector<Point> line = lineThrough(ends, {wire.points.begin() + 1, wire.points.end() - 1});
        if (!line.empty()) {
          moved.points = std::move(line);
          continue;
        }
      }
      // Joined lines stay joined.
      const std::uint32_t anchor = wire.kind == ConnectionKind::Writes ? wire.to : wire.from;
      requests.push_back({ends.from.at, ends.from.side, wire.from, ends.to.at, ends.to.side, wire.to,
                          anchor * 4 + static_cast<std::uint32_t>(wire.kind)});
      moved.points = straightThrough(requests.back());
      open.push_back(wires.size() - 1);
    }
    if (open.empty() || open.size() > mostRouted) return wires;
    const std::vector<std::vector<Point>> lines = route(requests);
    for (std::size_t i = 0; i < lines.size(); ++i) wires[open[i]].points = lines[i];
    return wires;
  }

 private:
  [[nodiscard]] Point placeOf(std::uint32_t block, Point p) const {
    return dragged_.contains(block) ? Point{p.x + offset_.x, p.y + offset_.y} : p;
  }

  [[nodiscard]] LineEnd endOf(std::uint32_t block, Point at) const {
    LineEnd end{placeOf(block, at), Side::Left, diagram_.blocks[block].rect};
    const Point corner = placeOf(block, {end.block.x, end.block.y});
    end.block.x = corner.x;
    end.block.y = corner.y;
    for (const Port& port : diagram_.ports) {
      if (port.block == block && port.at == at) end.side = port.side;
    }
    return end;
  }

  /// Lines among the blocks near the ends; none when these lie too far apart.
  [[nodiscard]] std::vector<std::vector<Point>> route(std::vector<RouteRequest> requests) const {
    Rect area{requests[0].from.x, requests[0].from.y, 0, 0};
    for (const RouteRequest& r : requests) {
      for (const Point& p : {r.from, r.to}) {
        const double right = std::max(area.right(), p.x), bottom = std::max(area.bottom(), p.y);
        area.x = std::min(area.x, p.x);
        area.y = std::min(area.y, p.y);
        area.width = right - area.x;
        area.height = bottom - area.y;
      }
    }
    area = {area.x - detour, area.y - detour, area.width + 2 * detour, area.height + 2 * detour};
    constexpr std::uint32_t none = 0xFFFFFFFF;
    std::vector<std::uint32_t> indices(diagram_.blocks.size(), none);
    std::vector<Block> blocks;
    std::optional<Rect> bounds;
    for (const Block& block : diagram_.blocks) {  // blocks contained in others come with these
      Rect rect = block.rect;
      const Point corner = placeOf(block.object.value, {rect.x, rect.y});
      rect.x = corner.x;
      rect.y = corner.y;
      if (!area.overlaps(rect)) continue;
      indices[block.object.index()] = static_cast<std::uint32_t>(blocks.size());
      Block& near = blocks.emplace_back();
      near.kind = block.kind;
      near.rect = rect;
      near.parent = block.parent;
      near.object = ShownId{indices[block.object.index()]};
      const Rect& b = bounds ? *bounds : rect;
      const double right = std::max(b.right(), rect.right()), bottom = std::max(b.bottom(), rect.bottom());
      const double left = std::min(b.left(), rect.left()), top = std::min(b.top(), rect.top());
      bounds = Rect{left, top, right - left, bottom - top};
    }
    if (!bounds || bounds->width / gridStep * (bounds->height / gridStep) > mostCells) return {};
    for (Block& block : blocks) {
      if (!block.parent) continue;
      block.parent = indices[*block.parent];
      if (*block.parent == none) block.parent.reset();
    }
    for (RouteRequest& r : requests) {
      r.fromBlock = indices[r.fromBlock];
      r.toBlock = indices[r.toBlock];
      if (r.fromBlock == none || r.toBlock == none) return {};
    }
    return routeWires(blocks, requests, mostDragWork, steps_);
  }

  const BlockDiagram& diagram_;
  const std::set<std::uint32_t>& dragged_;
  Point offset_;
  std::int64_t* steps_;
};

}  // namespace

std::vector<Wire> wiresWhileDragging(const BlockDiagram& diagram, const std::set<std::uint32_t>& dragged,
                                     Point offset, std::int64_t* steps) {
  return DragRouter(diagram, dragged, offset, steps).run();
}

}  // namespace taktwerk
