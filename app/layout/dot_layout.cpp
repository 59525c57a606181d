// SPDX-License-Identifier: Apache-2.0
#include "app/layout/dot_layout.h"

#include <charconv>
#include <string>

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

namespace taktwerk_layout {

namespace {

constexpr double pointsAnInch = 72;

/// Graphviz takes writable strings everywhere, and copies them.
char* writable(const char* text) {
  return const_cast<char*>(text);
}

void set(void* object, const char* name, const std::string& value) {
  agsafeset(object, writable(name), writable(value.c_str()), writable(""));
}

/// Independent of the locale.
std::string inches(double pixels) {
  char text[64];
  const auto result =
      std::to_chars(text, text + sizeof text, pixels / pointsAnInch, std::chars_format::fixed, 4);
  return {text, result.ptr};
}

Agraph_t* build(const Graph& graph, std::vector<Agnode_t*>& nodes, std::vector<Agedge_t*>& edges) {
  Agraph_t* g = agopen(writable("g"), Agdirected, nullptr);
  set(g, "rankdir", "LR");
  set(g, "nodesep", inches(40));
  set(g, "ranksep", inches(80));
  for (std::size_t i = 0; i < graph.boxes.size(); ++i) {
    Agnode_t* node = agnode(g, writable(std::to_string(i).c_str()), 1);
    set(node, "shape", "box");
    set(node, "label", "");
    set(node, "fixedsize", "true");
    set(node, "width", inches(graph.boxes[i].width));
    set(node, "height", inches(graph.boxes[i].height));
    nodes.push_back(node);
  }
  for (std::size_t i = 0; i < graph.arrows.size(); ++i) {
    Agedge_t* edge = agedge(g, nodes[graph.arrows[i].from], nodes[graph.arrows[i].to],
                            writable(std::to_string(i).c_str()), 1);
    set(edge, "dir", "none");  // no room for arrow heads: the curve ends at the box
    edges.push_back(edge);
  }
  return g;
}

}  // namespace

bool layOut(const Graph& graph, Layout& layout) {
  GVC_t* context = gvContext();
  std::vector<Agnode_t*> nodes;
  std::vector<Agedge_t*> edges;
  Agraph_t* g = build(graph, nodes, edges);
  if (gvLayout(context, g, "dot") != 0) {
    agclose(g);
    gvFreeContext(context);
    return false;
  }
  const boxf bounds = GD_bb(g);
  const auto turned = [&bounds](double x, double y) { return Place{x - bounds.LL.x, bounds.UR.y - y}; };
  layout.width = bounds.UR.x - bounds.LL.x;
  layout.height = bounds.UR.y - bounds.LL.y;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Place middle = turned(ND_coord(nodes[i]).x, ND_coord(nodes[i]).y);
    layout.corners.push_back({middle.x - graph.boxes[i].width / 2, middle.y - graph.boxes[i].height / 2});
  }
  for (Agedge_t* edge : edges) {
    std::vector<Place> curve;
    const splines* drawn = ED_spl(edge);
    for (std::size_t s = 0; drawn && s < static_cast<std::size_t>(drawn->size); ++s) {
      const bezier& piece = drawn->list[s];
      for (std::size_t p = 0; p < static_cast<std::size_t>(piece.size); ++p) {
        curve.push_back(turned(piece.list[p].x, piece.list[p].y));
      }
    }
    layout.curves.push_back(std::move(curve));
  }
  gvFreeLayout(context, g);
  agclose(g);
  gvFreeContext(context);
  return true;
}

}  // namespace taktwerk_layout
