// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/wire_router.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <queue>

namespace taktwerk {

namespace {

// In tenths of a grid step.
constexpr int sharedStep = 6;
constexpr int plainStep = 10;
constexpr int bendCost = 40;
constexpr int crossingCost = 25;
constexpr int overlapCost = 400;
constexpr int borderCost = 150;
constexpr int nearBlockCost = 5;
constexpr int insideCost = 4;  // of a step in a stage, beside its units
constexpr int margin = 8;      // grid steps round the picture
constexpr std::int64_t maximumCells = 1'500'000;

constexpr std::uint32_t freeCell = 0xFFFFFFFF;
constexpr std::uint32_t noNet = 0xFFFFFFFF;

struct Cell {
  int x = 0;
  int y = 0;
};

constexpr Cell directions[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

Cell outward(Side side) {
  switch (side) {
    case Side::Left:
      return {-1, 0};
    case Side::Right:
      return {1, 0};
    case Side::Top:
      return {0, -1};
    case Side::Bottom:
      break;
  }
  return {0, 1};
}

class Grid {
 public:
  Grid(const std::vector<Block>& blocks, std::int64_t work)
      : blocks_(blocks), work_(work), expansions_(work) {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool first = true;
    for (const Block& block : blocks) {
      left = first ? block.rect.left() : std::min(left, block.rect.left());
      top = first ? block.rect.top() : std::min(top, block.rect.top());
      right = first ? block.rect.right() : std::max(right, block.rect.right());
      bottom = first ? block.rect.bottom() : std::max(bottom, block.rect.bottom());
      first = false;
    }
    originX_ = left / gridStep - margin;
    originY_ = top / gridStep - margin;
    const double columns = (right - left) / gridStep + 2 * margin + 1;
    const double rows = (bottom - top) / gridStep + 2 * margin + 1;
    if (columns * rows > static_cast<double>(maximumCells)) return;
    columns_ = static_cast<int>(columns);
    rows_ = static_cast<int>(rows);
    const auto cells = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    owner_.assign(cells, freeCell);
    nearBlock_.assign(cells, 0);
    horizontal_.assign(cells, noNet);
    vertical_.assign(cells, noNet);
    // Stages and groups first, so that what is in them owns its cells.
    for (const std::uint32_t block : fromOutside(blocks)) occupy(blocks[block]);
    states_ = cells * 4;
  }

  [[nodiscard]] bool usable() const { return columns_ > 0; }
  /// Of the search so far.
  [[nodiscard]] std::int64_t steps() const { return work_ - std::max<std::int64_t>(expansions_, 0); }

  /// The cells of a line, empty when there is none or the work is used up.
  std::vector<Cell> route(const RouteRequest& request) {
    const Cell start = cellOf(request.from);
    const Cell goal = cellOf(request.to);
    const Cell out = outward(request.fromSide);
    const Cell in = outward(request.toSide);
    const Cell begin{start.x + out.x, start.y + out.y};
    const Cell end{goal.x + in.x, goal.y + in.y};
    if (!inside(begin) || !inside(end)) return {};
    if (!best_) {                     // only once there is something to find: they are large
      best_.reset(new int[states_]);  // the epoch tells which of them mean anything
      cameFrom_.reset(new std::size_t[states_]);
      epoch_.assign(states_, 0);
    }
    ++round_;
    // Half as much again as a step costs at least: lines are a little worse than the best and found much
    // sooner.
    const bool joins = std::find(nets_.begin(), nets_.end(), request.net) != nets_.end();
    const int estimated = (joins ? sharedStep : plainStep) * 3 / 2;
    const auto remaining = [&](Cell cell) {
      const int dx = std::abs(cell.x - end.x);
      const int dy = std::abs(cell.y - end.y);
      return estimated * (dx + dy) + (dx != 0 && dy != 0 ? bendCost : 0);
    };
    using Entry = std::pair<int, std::size_t>;  // estimate of the whole, state
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    const auto push = [&](Cell cell, std::size_t direction, int cost, std::size_t from) {
      const std::size_t state = index(cell) * 4 + direction;
      if (epoch_[state] == round_ && best_[state] <= cost) return;
      epoch_[state] = round_;
      best_[state] = cost;
      cameFrom_[state] = from;
      open.push({cost + remaining(cell), state});
    };
    push(begin, directionOf(out), 0, SIZE_MAX);
    const std::size_t arrival = directionOf({-in.x, -in.y});
    while (!open.empty()) {
      const auto [estimate, state] = open.top();
      open.pop();
      if (--expansions_ < 0) return {};
      const std::size_t at = state / 4;
      const std::size_t direction = state % 4;
      const Cell cell{static_cast<int>(at % static_cast<std::size_t>(columns_)),
                      static_cast<int>(at / static_cast<std::size_t>(columns_))};
      const int cost = best_[state];
      if (estimate > cost + remaining(cell)) continue;
      if (cell.x == end.x && cell.y == end.y && direction == arrival) return trace(state, start, goal);
      for (std::size_t d = 0; d < 4; ++d) {
        if (d == (direction ^ 1U)) continue;  // no turning back
        if (d != direction) {
          push(cell, d, cost + bendCost, state);
          continue;
        }
        const Cell next{cell.x + directions[d].x, cell.y + directions[d].y};
        if (!inside(next)) continue;
        const int step = stepCost(next, d, request);
        if (step >= 0) push(next, d, cost + step, state);
      }
    }
    return {};
  }

  void occupy(const std::vector<Cell>& line, std::uint32_t net) {
    if (std::find(nets_.begin(), nets_.end(), net) == nets_.end()) nets_.push_back(net);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Cell& a = line[i];
      const auto mark = [&](const Cell& b) { (a.y == b.y ? horizontal_ : vertical_)[index(a)] = net; };
      if (i > 0) mark(line[i - 1]);
      if (i + 1 < line.size()) mark(line[i + 1]);
    }
  }

  /// The cells of a line that is there already.
  [[nodiscard]] std::vector<Cell> cellsOf(const std::vector<Point>& line) const {
    std::vector<Cell> cells;
    for (const Point& p : line) {
      // What a user draws far outside need not be followed there.
      const Cell exact = cellOf(p);
      const Cell to{std::clamp(exact.x, -1, columns_), std::clamp(exact.y, -1, rows_)};
      if (cells.empty()) cells.push_back(to);
      while (cells.back().x != to.x || cells.back().y != to.y) {
        Cell next = cells.back();
        next.x += (to.x > next.x) - (to.x < next.x);
        if (next.x == cells.back().x) next.y += (to.y > next.y) - (to.y < next.y);
        cells.push_back(next);
      }
    }
    std::erase_if(cells, [this](const Cell& c) { return !inside(c); });
    return cells;
  }

  [[nodiscard]] Point pointOf(Cell cell) const {
    return {(cell.x + originX_) * gridStep, (cell.y + originY_) * gridStep};
  }

 private:
  [[nodiscard]] bool inside(Cell c) const { return c.x >= 0 && c.y >= 0 && c.x < columns_ && c.y < rows_; }
  [[nodiscard]] std::size_t index(Cell c) const {
    return static_cast<std::size_t>(c.y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c.x);
  }
  [[nodiscard]] Cell cellOf(Point p) const {
    return {static_cast<int>(std::lround(p.x / gridStep - originX_)),
            static_cast<int>(std::lround(p.y / gridStep - originY_))};
  }
  static std::size_t directionOf(Cell d) {
    if (d.x != 0) return d.x > 0 ? 0 : 1;
    return d.y > 0 ? 2 : 3;
  }

  void occupy(const Block& block) {
    const Cell a = cellOf({block.rect.left(), block.rect.top()});
    const Cell b = cellOf({block.rect.right(), block.rect.bottom()});
    for (int y = a.y - 1; y <= b.y + 1; ++y) {
      for (int x = a.x - 1; x <= b.x + 1; ++x) {
        if (!inside({x, y})) continue;
        const bool within = x >= a.x && x <= b.x && y >= a.y && y <= b.y;
        if (within) {
          owner_[index({x, y})] = block.object.value;
        } else {
          nearBlock_[index({x, y})] = 1;
        }
      }
    }
  }

  /// −1: not to be entered.
  [[nodiscard]] int stepCost(Cell cell, std::size_t direction, const RouteRequest& request) const {
    const std::size_t at = index(cell);
    const bool across = direction < 2;
    int cost = plainStep;
    if (const std::uint32_t owner = owner_[at]; owner != freeCell) {
      if (owner == request.fromBlock || owner == request.toBlock) return -1;
      if (!isDrawnIn(blocks_, request.fromBlock, owner) && !isDrawnIn(blocks_, request.toBlock, owner)) {
        return -1;
      }
      const Point p = pointOf(cell);
      const Rect& rect = blocks_[owner].rect;
      if (p.y < rect.top() + headerHeight) return -1;
      const bool border = p.x == rect.left() || p.x == rect.right() || p.y == rect.bottom();
      cost += border ? borderCost : insideCost;
    }
    if (nearBlock_[at]) cost += nearBlockCost;
    const std::uint32_t along = across ? horizontal_[at] : vertical_[at];
    const std::uint32_t other = across ? vertical_[at] : horizontal_[at];
    if (along == request.net) return cost - plainStep + sharedStep;
    if (along != noNet) cost += overlapCost;
    if (other != noNet && other != request.net) cost += crossingCost;
    return cost;
  }

  [[nodiscard]] std::vector<Cell> trace(std::size_t state, Cell start, Cell goal) const {
    std::vector<Cell> line{goal};
    while (state != SIZE_MAX) {
      const std::size_t at = state / 4;
      const Cell cell{static_cast<int>(at % static_cast<std::size_t>(columns_)),
                      static_cast<int>(at / static_cast<std::size_t>(columns_))};
      if (cell.x != line.back().x || cell.y != line.back().y) line.push_back(cell);
      state = cameFrom_[state];
    }
    line.push_back(start);
    std::reverse(line.begin(), line.end());
    return line;
  }

  const std::vector<Block>& blocks_;
  double originX_ = 0, originY_ = 0;
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> owner_;  // innermost block at a cell, borders included
  std::vector<char> nearBlock_;
  std::vector<std::uint32_t> horizontal_, vertical_;  // net that runs there
  std::vector<std::uint32_t> nets_;                   // that have a line already
  std::size_t states_ = 0;
  std::unique_ptr<int[]> best_;
  std::vector<std::uint32_t> epoch_;
  std::unique_ptr<std::size_t[]> cameFrom_;
  std::uint32_t round_ = 0;
  std::int64_t work_;
  std::int64_t expansions_;  ///< left of `work_`
};

}  // namespace

std::vector<Point> straightThrough(const RouteRequest& r) {
  const bool fromAcross = r.fromSide == Side::Left || r.fromSide == Side::Right;
  const bool toAcross = r.toSide == Side::Left || r.toSide == Side::Right;
  if (fromAcross && toAcross) {
    const double x = std::round((r.from.x + r.to.x) / 2 / gridStep) * gridStep;
    return {r.from, {x, r.from.y}, {x, r.to.y}, r.to};
  }
  if (!fromAcross && !toAcross) {
    const double y = std::round((r.from.y + r.to.y) / 2 / gridStep) * gridStep;
    return {r.from, {r.from.x, y}, {r.to.x, y}, r.to};
  }
  return {r.from, fromAcross ? Point{r.to.x, r.from.y} : Point{r.from.x, r.to.y}, r.to};
}

std::vector<Point> simplified(const std::vector<Point>& points) {
  std::vector<Point> result;
  for (const Point& p : points) {
    if (!result.empty() && result.back() == p) continue;
    if (result.size() >= 2) {
      const Point& a = result[result.size() - 2];
      const Point& b = result.back();
      if ((a.x == b.x && b.x == p.x) || (a.y == b.y && b.y == p.y)) result.pop_back();
    }
    result.push_back(p);
  }
  return result;
}

std::vector<std::vector<Point>> routeWires(const std::vector<Block>& blocks,
                                           const std::vector<RouteRequest>& requests, std::int64_t work,
                                           std::int64_t* steps) {
  std::vector<std::vector<Point>> lines(requests.size());
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto length = [&](std::size_t i) {
    return std::abs(requests[i].from.x - requests[i].to.x) + std::abs(requests[i].from.y - requests[i].to.y);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
  Grid grid(blocks, work);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].kept.empty()) continue;
    lines[i] = requests[i].kept;
    if (grid.usable()) grid.occupy(grid.cellsOf(lines[i]), requests[i].net);
  }
  for (const std::size_t i : order) {
    if (!lines[i].empty()) continue;
    std::vector<Point> points;
    if (grid.usable()) {
      const std::vector<Cell> cells = grid.route(requests[i]);
      grid.occupy(cells, requests[i].net);
      for (const Cell& cell : cells) points.push_back(grid.pointOf(cell));
    }
    lines[i] = simplified(points.empty() ? straightThrough(requests[i]) : points);
  }
  if (steps) *steps += grid.steps();
  return lines;
}

}  // namespace taktwerk
