// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/value_steps.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace taktwerk {

namespace {

constexpr std::size_t fewestToFollow = 4;
constexpr double equalTo = 1e-9;

/// Whether a column changes with the parameter alone, and in one direction.
bool follows(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t column,
             std::size_t parameter) {
  if (table.columns()[column].isWord()) return false;
  std::map<double, double> byValue;
  for (const std::uint32_t row : rows) {
    const double x = table.number(parameter, row), value = table.number(column, row);
    if (std::isnan(x) || std::isnan(value)) return false;
    const auto [known, isNew] = byValue.emplace(x, value);
    if (!isNew && known->second != value) return false;
  }
  if (byValue.size() < fewestToFollow) return false;
  bool up = true, down = true;
  for (auto next = std::next(byValue.begin()); next != byValue.end(); ++next) {
    const double before = std::prev(next)->second;
    up = up && next->second >= before;
    down = down && next->second <= before;
  }
  return up || down;
}

/// The columns in which rows of a line are equal.
std::vector<std::size_t> heldColumns(const RowTable& table, std::span<const std::uint32_t> rows,
                                     const StepQuestion& question) {
  std::vector<std::size_t> held;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    if (c == question.parameter || !table.wasVaried(c)) continue;
    const auto& derived = question.derived;
    if (std::find(derived.begin(), derived.end(), table.columns()[c].name) != derived.end()) continue;
    if (!follows(table, rows, c, question.parameter)) held.push_back(c);
  }
  return held;
}

/// A design on its line.
struct Point {
  std::uint32_t row = 0;
  double x = 0, figure = 0;
};
using Line = std::vector<Point>;

/// How a line goes from one point to the next.
struct Slope {
  double width = 0;   ///< of the parameter, as the rule measures it
  double change = 0;  ///< of the figure's logarithm
};

std::vector<Slope> slopesOf(const Line& line) {
  const bool logarithmic = line.front().x > 0;
  std::vector<Slope> slopes;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double width = logarithmic ? std::log(line[i + 1].x / line[i].x) : line[i + 1].x - line[i].x;
    slopes.push_back({width, std::log(line[i + 1].figure / line[i].figure)});
  }
  return slopes;
}

/// The change at `i` that is nearest to the one that is there among those that its neighbours explain.
double explainedAt(const std::vector<Slope>& slopes, std::size_t i) {
  const auto as = [&](std::size_t neighbour) {
    return slopes[neighbour].change / slopes[neighbour].width * slopes[i].width;
  };
  const bool before = i > 0, behind = i + 1 < slopes.size();
  const double first = before ? as(i - 1) : as(i + 1), second = behind ? as(i + 1) : first;
  return std::clamp(slopes[i].change, std::min(first, second), std::max(first, second));
}

void addCliffs(const Line& line, std::size_t number, std::vector<ValueStep>& steps) {
  if (line.size() < 3) return;
  const std::vector<Slope> slopes = slopesOf(line);
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const double explained = explainedAt(slopes, i);
    const double beyond = std::abs(slopes[i].change - explained);
    const double change = std::expm1(slopes[i].change);
    if (std::abs(change) < leastCliff) continue;
    if (beyond < std::max(std::log1p(leastCliff), cliffBeyond * std::abs(explained))) continue;
    steps.push_back(
        {ValueStep::Kind::Cliff, line[i].row, line[i + 1].row, number, 2, change, std::expm1(explained)});
  }
}

/// Returns how many there are.
int addPlateaus(const Line& line, std::size_t number, std::vector<ValueStep>& steps) {
  int plateaus = 0;
  for (std::size_t begin = 0; begin < line.size();) {
    std::size_t end = begin + 1;
    while (end < line.size() &&
           std::abs(line[end].figure - line[begin].figure) <= equalTo * line[begin].figure)
      ++end;
    if (end - begin > 1) {
      steps.push_back({ValueStep::Kind::Plateau, line[begin].row, line[end - 1].row, number,
                       static_cast<std::int64_t>(end - begin), 0, 0});
      ++plateaus;
    }
    begin = end;
  }
  return plateaus;
}

/// Lines of at least two points, in the order of their first rows; what is in none is counted.
std::vector<Line> linesOf(const RowTable& table, std::span<const std::uint32_t> rows,
                          const StepQuestion& question, ValueSteps& found) {
  const std::vector<std::size_t> held = heldColumns(table, rows, question);
  std::vector<Point> points;
  for (const std::uint32_t row : rows) {
    const double x = table.number(question.parameter, row), figure = table.number(question.figure, row);
    if (std::isfinite(x) && std::isfinite(figure) && figure > 0) {
      points.push_back({row, x, figure});
    } else {
      ++found.withoutFigure;
    }
  }
  const auto ofLine = [&](const Point& a, const Point& b) {
    for (const std::size_t c : held) {
      if (const int order = table.compare(c, a.row, b.row)) return order;
    }
    return 0;
  };
  std::sort(points.begin(), points.end(), [&](const Point& a, const Point& b) {
    if (const int order = ofLine(a, b)) return order < 0;
    return a.x != b.x ? a.x < b.x : a.row < b.row;
  });
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < points.size();) {
    Line line{points[begin]};
    std::size_t end = begin + 1;
    for (; end < points.size() && ofLine(points[begin], points[end]) == 0; ++end) {
      if (points[end].x != line.back().x) line.push_back(points[end]);
    }
    if (line.size() > 1) {
      lines.push_back(std::move(line));
    } else {
      found.alone += static_cast<std::int64_t>(end - begin);
    }
    begin = end;
  }
  return lines;
}

}  // namespace

std::int64_t ValueSteps::count(ValueStep::Kind kind) const {
  return std::count_if(steps.begin(), steps.end(),
                       [kind](const ValueStep& step) { return step.kind == kind; });
}

bool hasSteps(const RowTable& table, std::size_t column) {
  return column < table.columns().size() && table.rows() > 0 &&
         table.columns()[column].of == RowColumn::Of::Parameter && table.wasVaried(column);
}

ValueSteps stepsAlong(const RowTable& table, std::span<const std::uint32_t> rows,
                      const StepQuestion& question, const Progress& progress) {
  ValueSteps found;
  if (!hasSteps(table, question.parameter)) return found;
  const std::vector<Line> lines = linesOf(table, rows, question, found);
  for (std::size_t number = 0; number < lines.size() && !progress.cancelled(); ++number) {
    const Line& line = lines[number];
    std::vector<std::uint32_t>& rowsOfLine = found.rowsOf.emplace_back();
    rowsOfLine.reserve(line.size());
    for (const Point& point : line) rowsOfLine.push_back(point.row);
    found.points += static_cast<std::int64_t>(line.size());
    addCliffs(line, number, found.steps);
    found.staircases += addPlateaus(line, number, found.steps) > 1 ? 1 : 0;
  }
  std::sort(found.steps.begin(), found.steps.end(), [](const ValueStep& a, const ValueStep& b) {
    if (a.kind != b.kind) return a.kind == ValueStep::Kind::Cliff;
    const double first = std::abs(std::log1p(a.change)), second = std::abs(std::log1p(b.change));
    if (first != second) return first > second;
    return a.points != b.points ? a.points > b.points : a.from < b.from;
  });
  return found;
}

}  // namespace taktwerk
