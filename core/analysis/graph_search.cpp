// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "core/base/whole_number.h"

namespace taktwerk {

namespace {

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string smallLetters(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), small);
  return result;
}

}  // namespace

std::vector<std::uint32_t> findNodes(const GraphWindow& window, std::string_view text) {
  std::vector<std::uint32_t> found;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return found;
  const std::optional<std::int64_t> number = wholeNumber(std::string(text));
  const std::string wanted = smallLetters(text);
  const auto holds = [&](const std::string& name) {
    return smallLetters(name).find(wanted) != std::string::npos;
  };
  std::map<std::uint32_t, bool> objects;
  std::map<std::int64_t, bool> instructions;
  for (const auto& [instruction, operation] : window.operations) {
    instructions[instruction] = number ? instruction == *number : holds(operation);
  }
  const std::vector<GraphNode>& nodes = window.graph.nodes;
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    const GraphNode& node = nodes[n];
    bool matches = instructions[node.instruction];
    if (!matches && !number) {
      const auto [at, isNew] = objects.try_emplace(node.object, false);
      if (isNew) at->second = holds(window.machine->objectNames[node.object]);
      matches = at->second;
    }
    if (matches) found.push_back(n);
  }
  std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(nodes[a].instruction, nodes[a].enter, a) <
           std::tuple(nodes[b].instruction, nodes[b].enter, b);
  });
  return found;
}

}  // namespace taktwerk
