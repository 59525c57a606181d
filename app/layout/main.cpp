// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <iostream>
#include <string>
#include <string_view>

#include "app/layout/dot_layout.h"
#include "app/layout/graph_input.h"

namespace {

constexpr std::string_view usage =
    "usage: taktwerk-layout < GRAPH > PLACES\n"
    "Places the boxes of a graph from left to right with Graphviz's dot. The formats are described in\n"
    "app/layout/README.md. Options: --help, --version\n";

void append(std::string& text, double value) {
  char digits[64];
  const auto result = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 2);
  text += ' ';
  text.append(digits, result.ptr);
}

std::string print(const taktwerk_layout::Layout& layout) {
  std::string text = "taktwerk-layout/1\nsize";
  append(text, layout.width);
  append(text, layout.height);
  for (const auto& corner : layout.corners) {
    text += "\nnode";
    append(text, corner.x);
    append(text, corner.y);
  }
  for (const auto& curve : layout.curves) {
    text += "\nedge";
    for (const auto& point : curve) {
      append(text, point.x);
      append(text, point.y);
    }
  }
  return text + "\nend\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--help") {
    std::cout << usage;
    return 0;
  }
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::cout << "taktwerk-layout/1\n";
    return 0;
  }
  if (argc != 1) {
    std::cerr << usage;
    return 2;
  }
  std::ios::sync_with_stdio(false);
  taktwerk_layout::Graph graph;
  if (const std::string error = readGraph(std::cin, graph); !error.empty()) {
    std::cerr << "taktwerk-layout: " << error << '\n';
    return 1;
  }
  taktwerk_layout::Layout layout;
  if (!layOut(graph, layout)) {
    std::cerr << "taktwerk-layout: Graphviz could not lay out the graph\n";
    return 3;
  }
  std::cout << print(layout) << std::flush;
  return std::cout ? 0 : 3;
}
