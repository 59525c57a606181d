// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_placement.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "core/drawing/block_sizes.h"

namespace taktwerk {

namespace {

constexpr double furthest = 1e6;  // positions beyond are brought back: nobody scrolls there
constexpr double frameSide = frameInset.x;
constexpr double frameTop = frameInset.y;
constexpr double elementGap = 60;
constexpr double gapOfHidden = 140;  // where elements are left out

double roundUp(double value) {
  return std::ceil(value / (2 * gridStep)) * 2 * gridStep;
}

/// The indices at the end of an element's name.
std::pair<std::int64_t, std::int64_t> elementOf(std::string_view name, std::string_view array) {
  std::int64_t index[2] = {0, 0};
  std::size_t at = array.size();
  for (std::int64_t& value : index) {
    if (at >= name.size() || name[at] != '[') break;
    const auto [stop, error] = std::from_chars(name.data() + at + 1, name.data() + name.size(), value);
    at = static_cast<std::size_t>(stop - name.data()) + 1;
  }
  return {index[0], index[1]};
}

/// Where the rows or columns of an open array begin, by their index.
std::map<std::int64_t, double> begins(const std::map<std::int64_t, double>& sizes, double first,
                                      double& end) {
  std::map<std::int64_t, double> result;
  double at = first;
  std::int64_t last = -1;
  for (const auto& [index, size] : sizes) {
    if (last >= 0) at += index == last + 1 ? elementGap : gapOfHidden;
    result[index] = at;
    at += size;
    last = index;
  }
  end = at;
  return result;
}

/// How far open groups push blocks that stand at their places in the file. A group that covers none of them
/// pushes none: the file places them for it as it is.
std::vector<Point> pushesOf(const std::vector<Block>& blocks) {
  struct Growth {
    std::size_t group;
    Rect closed;
    double right, down;
  };
  std::vector<Growth> growths;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& b = blocks[i];
    if (!b.group || !b.group->open) continue;
    const bool covers = std::any_of(blocks.begin(), blocks.end(), [&](const Block& other) {
      return &other != &b && other.rect.overlaps(b.rect);
    });
    if (!covers) continue;
    const Size closed = closedSize(b);
    growths.push_back({i,
                       {b.rect.x, b.rect.y, closed.width, closed.height},
                       std::max(0.0, toGrid(b.rect.width - closed.width)),
                       std::max(0.0, toGrid(b.rect.height - closed.height))});
  }
  std::vector<Point> pushes(blocks.size());
  for (std::size_t i = 0; i < blocks.size() && !growths.empty(); ++i) {
    for (const Growth& growth : growths) {
      if (growth.group == i) continue;
      if (blocks[i].rect.left() >= growth.closed.right()) pushes[i].x += growth.right;
      if (blocks[i].rect.top() >= growth.closed.bottom()) pushes[i].y += growth.down;
    }
  }
  return pushes;
}

class Placer {
 public:
  Placer(const FoldedView& shown, const DrawingHints& hints, std::vector<Block>& blocks)
      : shown_(shown), hints_(hints), blocks_(blocks) {}

  std::vector<std::uint32_t> run() {
    const std::vector<std::uint32_t> order = fromOutside(blocks_);
    for (auto block = order.rbegin(); block != order.rend(); ++block) {
      if (blocks_[*block].group && blocks_[*block].group->open) sizeOpen(*block);
    }
    std::vector<std::uint32_t> outer;
    for (const std::uint32_t block : order) {
      if (!blocks_[block].parent) outer.push_back(block);
    }
    std::vector<std::uint32_t> movable = placeAmong(outer, hints_.layout, hints_.places);
    pushAway(outer);
    for (const std::uint32_t block : order) {  // from places in the frame to places on the canvas
      if (!blocks_[block].parent) continue;
      const Rect& frame = blocks_[*blocks_[block].parent].rect;
      Block& b = blocks_[block];
      b.rect.x += frame.x;
      b.rect.y += frame.y;
      b.origin.x += frame.x;
      b.origin.y += frame.y;
    }
    return movable;
  }

 private:
  void sizeOpen(std::uint32_t group) {
    Block& frame = blocks_[group];
    if (frame.children.empty()) {
      const Size size = closedSize(frame);
      frame.rect.width = size.width;
      frame.rect.height = size.height;
      return;
    }
    Point end;
    if (frame.group->array) {
      end = placeElements(group);
    } else {
      end = placeParts(frame.children);
    }
    const double title = textWidth(frame.title, 12, true) + textWidth(frame.className, 10.5, false) + 60;
    frame.rect.width = roundUp(std::max(end.x + frameSide, title));
    frame.rect.height = roundUp(end.y + frameSide);
  }

  Point placeElements(std::uint32_t group) {
    const std::string& array = shown_.objects[group].name;
    std::map<std::int64_t, double> heights, widths;
    std::vector<std::pair<std::int64_t, std::int64_t>> elements;
    for (const std::uint32_t child : blocks_[group].children) {
      elements.push_back(elementOf(shown_.objects[child].name, array));
      double& height = heights[elements.back().first];
      double& width = widths[elements.back().second];
      height = std::max(height, blocks_[child].rect.height);
      width = std::max(width, blocks_[child].rect.width);
    }
    Point end;
    const auto tops = begins(heights, frameTop, end.y);
    const auto lefts = begins(widths, frameSide, end.x);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      Rect& rect = blocks_[blocks_[group].children[i]].rect;
      rect.x = lefts.at(elements[i].second);
      rect.y = tops.at(elements[i].first);
    }
    return end;
  }

  Point placeParts(const std::vector<std::uint32_t>& parts) {
    placeAmong(parts, {}, nullptr);
    Point low{1e300, 1e300}, end;
    for (const std::uint32_t part : parts) {
      low.x = std::min(low.x, blocks_[part].rect.x);
      low.y = std::min(low.y, blocks_[part].rect.y);
    }
    for (const std::uint32_t part : parts) {
      Rect& rect = blocks_[part].rect;
      rect.x += frameSide - low.x;
      rect.y += frameTop - low.y;
      blocks_[part].origin = {frameSide - low.x, frameTop - low.y};
      end.x = std::max(end.x, rect.right());
      end.y = std::max(end.y, rect.bottom());
    }
    return end;
  }

  /// Places blocks of one frame, or of the canvas; returns those that had no place.
  std::vector<std::uint32_t> placeAmong(const std::vector<std::uint32_t>& all, const LayoutFunction& layout,
                                        const Places* places) {
    std::vector<std::uint32_t> movable;
    double left = 0, bottom = 0;
    bool anyFixed = false;
    for (const std::uint32_t i : all) {
      const ShownObject& object = shown_.objects[i];
      std::optional<CanvasPoint> at = object.at;
      if (!at && places != nullptr) {
        if (const auto known = places->find(object.name); known != places->end()) at = known->second;
      }
      if (!at) {
        movable.push_back(i);
        continue;
      }
      Rect& rect = blocks_[i].rect;
      rect.x = toGrid(at->x);
      rect.y = toGrid(at->y);
      left = anyFixed ? std::min(left, rect.left()) : rect.left();
      bottom = anyFixed ? std::max(bottom, rect.bottom()) : rect.bottom();
      anyFixed = true;
    }
    if (movable.empty()) return movable;
    const LayoutGraph graph = graphOf(movable);
    std::optional<std::vector<Point>> corners;
    if (layout) corners = layout(graph);
    if (!corners || corners->size() != movable.size()) corners = layeredLayout(graph);
    const double below = anyFixed ? bottom + 60 : 0;
    for (std::size_t i = 0; i < movable.size(); ++i) {
      Rect& rect = blocks_[movable[i]].rect;
      rect.x = toGrid(left + (*corners)[i].x);
      rect.y = toGrid(below + (*corners)[i].y);
    }
    return movable;
  }

  /// Which of these blocks stand left of which: stages in the order of the instructions' way, storages right
  /// of who uses them, the instruction memory left of the fetch stage.
  [[nodiscard]] LayoutGraph graphOf(const std::vector<std::uint32_t>& movable) const {
    constexpr std::uint32_t none = 0xFFFFFFFF;
    std::vector<std::uint32_t> position(blocks_.size(), none);
    LayoutGraph graph;
    for (const std::uint32_t block : movable) {
      position[block] = static_cast<std::uint32_t>(graph.boxes.size());
      graph.boxes.push_back({blocks_[block].rect.width, blocks_[block].rect.height});
    }
    const auto among = [&](std::uint32_t block) {
      while (position[block] == none && blocks_[block].parent) block = *blocks_[block].parent;
      return position[block];
    };
    std::set<LayoutGraph::Edge> seen;
    for (const ShownConnection& connection : shown_.connections) {
      if (connection.kind == ConnectionKind::Contains) continue;
      if (connection.from.value >= blocks_.size() || connection.to.value >= blocks_.size()) continue;
      std::uint32_t from = among(connection.from.value);
      std::uint32_t to = among(connection.to.value);
      if (from == to || from == none || to == none) continue;
      const ObjectClass reader = shown_.objects[connection.from.index()].objectClass;
      if (reader == ObjectClass::InstructionMemoryAccessUnit) std::swap(from, to);
      const LayoutGraph::Edge edge{from, to};
      if (seen.insert(edge).second) graph.edges.push_back(edge);
    }
    return graph;
  }

  /// Makes room for open groups among blocks that the file places for closed ones.
  void pushAway(const std::vector<std::uint32_t>& outer) {
    std::vector<std::uint32_t> placed;
    std::vector<Block> standing;
    for (const std::uint32_t block : outer) {
      if (!shown_.objects[block].at) continue;
      placed.push_back(block);
      standing.push_back(blocks_[block]);
    }
    const std::vector<Point> pushes = pushesOf(standing);
    for (std::size_t i = 0; i < placed.size(); ++i) {
      Block& b = blocks_[placed[i]];
      b.origin = pushes[i];
      b.rect.x += pushes[i].x;
      b.rect.y += pushes[i].y;
    }
  }

  const FoldedView& shown_;
  const DrawingHints& hints_;
  std::vector<Block>& blocks_;
};

}  // namespace

double toGrid(double value) {
  if (!std::isfinite(value)) return 0;
  return std::round(std::clamp(value, -furthest, furthest) / gridStep) * gridStep;
}

std::vector<Point> placesInFile(std::vector<Block> blocks) {
  constexpr int mostRounds = 8;
  std::vector<Point> shown, places;
  for (const Block& b : blocks) {
    shown.push_back({b.rect.x, b.rect.y});
    places.push_back({b.rect.x - b.origin.x, b.rect.y - b.origin.y});
  }
  for (int round = 0; round < mostRounds; ++round) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      blocks[i].rect.x = places[i].x;
      blocks[i].rect.y = places[i].y;
    }
    const std::vector<Point> pushes = pushesOf(blocks);
    bool settled = true;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Point place{shown[i].x - pushes[i].x, shown[i].y - pushes[i].y};
      settled = settled && place == places[i];
      places[i] = place;
    }
    if (settled) break;
  }
  return places;
}

std::vector<std::uint32_t> placeBlocks(const FoldedView& shown, const DrawingHints& hints,
                                       std::vector<Block>& blocks) {
  return Placer(shown, hints, blocks).run();
}

}  // namespace taktwerk
