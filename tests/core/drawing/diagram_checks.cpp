// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/drawing/diagram_checks.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"

namespace taktwerk::test {

namespace {

bool isPort(const BlockDiagram& diagram, std::uint32_t block, Point point) {
  return std::any_of(diagram.ports.begin(), diagram.ports.end(),
                     [&](const Port& port) { return port.block == block && port.at == point; });
}

Rect between(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

bool related(const BlockDiagram& diagram, std::uint32_t block, const Wire& wire) {
  for (const std::uint32_t end : {wire.from, wire.to}) {
    if (block == end || diagram.blocks[end].parent == block) return true;
  }
  return false;
}

/// A line through the inside of a rectangle; along its border is not inside.
bool passes(Point a, Point b, const Rect& r) {
  const Rect line = between(a, b);
  return line.left() < r.right() && line.right() > r.left() && line.top() < r.bottom() &&
         line.bottom() > r.top();
}

void checkWire(const BlockDiagram& diagram, const Wire& wire, std::vector<std::string>& faults) {
  const std::string name = diagram.blocks[wire.from].title + " -> " + diagram.blocks[wire.to].title;
  if (wire.points.size() < 2) {
    faults.push_back(name + " has no line");
    return;
  }
  if (!isPort(diagram, wire.from, wire.points.front())) faults.push_back(name + " does not begin at a port");
  if (!isPort(diagram, wire.to, wire.points.back())) faults.push_back(name + " does not end at a port");
  for (std::size_t i = 0; i + 1 < wire.points.size(); ++i) {
    const Point a = wire.points[i];
    const Point b = wire.points[i + 1];
    if ((a.x != b.x) == (a.y != b.y)) faults.push_back(name + " has a piece that is slanted or empty");
    for (std::uint32_t block = 0; block < diagram.blocks.size(); ++block) {
      if (!related(diagram, block, wire) && passes(a, b, diagram.blocks[block].rect)) {
        faults.push_back(name + " passes through " + diagram.blocks[block].title);
      }
    }
  }
}

}  // namespace

Architecture architectureOf(const std::string& text) {
  Result<Architecture> result = parseArchitecture(text, "test.arch.yaml");
  if (!result) {
    ADD_FAILURE() << "no architecture: "
                  << (result.diagnostics.empty() ? "" : toString(result.diagnostics[0]));
    return {};
  }
  return std::move(*result);
}

std::vector<std::string> geometryFaults(const BlockDiagram& diagram) {
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < diagram.blocks.size(); ++i) {
    const Block& a = diagram.blocks[i];
    for (const double value : {a.rect.x, a.rect.y, a.rect.width, a.rect.height}) {
      if (std::fmod(value, gridStep) != 0) faults.push_back(a.title + " is off the grid");
    }
    if (a.parent && !diagram.blocks[*a.parent].rect.contains(a.rect)) {
      faults.push_back(a.title + " is outside its stage");
    }
    for (std::size_t j = i + 1; j < diagram.blocks.size(); ++j) {
      const Block& b = diagram.blocks[j];
      const bool nested = a.parent == j || b.parent == i;
      if (!nested && a.rect.overlaps(b.rect)) faults.push_back(a.title + " overlaps " + b.title);
    }
    if (!diagram.bounds.contains(a.rect)) faults.push_back(a.title + " is outside the bounds");
  }
  for (const Wire& wire : diagram.wires) checkWire(diagram, wire, faults);
  return faults;
}

}  // namespace taktwerk::test
