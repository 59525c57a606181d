// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace taktwerk_layout {

inline constexpr std::size_t maximumNodes = 2000;
inline constexpr std::size_t maximumEdges = 10000;
inline constexpr double maximumSide = 20000;
inline constexpr std::size_t maximumLine = 200;

struct Box {
  double width = 0;
  double height = 0;
};

struct Arrow {
  std::size_t from = 0;
  std::size_t to = 0;
};

struct Graph {
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
};

/// Reads the format of README.md. On success the error is empty, else it is "line N: what is wrong".
[[nodiscard]] std::string readGraph(std::istream& input, Graph& graph);

}  // namespace taktwerk_layout
