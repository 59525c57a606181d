// SPDX-License-Identifier: Apache-2.0
#include "app/layout/graph_input.h"

#include <charconv>
#include <istream>
#include <optional>
#include <string_view>

namespace taktwerk_layout {

namespace {

/// One line of at most `maximumLine` bytes; longer ones are cut, and `tooLong` set, without storing them.
bool readLine(std::istream& input, std::string& line, bool& tooLong) {
  line.clear();
  tooLong = false;
  bool any = false;
  for (int c = input.get(); c != std::istream::traits_type::eof(); c = input.get()) {
    any = true;
    if (c == '\n') return true;
    if (line.size() < maximumLine) {
      line += static_cast<char>(c);
    } else {
      tooLong = true;
    }
  }
  return any;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t begin = line.find_first_not_of(" \t\r", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return fields;
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string readRecord(const std::vector<std::string_view>& fields, Graph& graph) {
  if (fields.front() == "node") {
    if (fields.size() != 3) return "a node is \"node WIDTH HEIGHT\"";
    const auto width = parse<double>(fields[1]);
    const auto height = parse<double>(fields[2]);
    if (!width || !height) return "width and height must be numbers";
    if (!(*width >= 1 && *width <= maximumSide && *height >= 1 && *height <= maximumSide)) {
      return "width and height must be between 1 and 20000";
    }
    if (graph.boxes.size() == maximumNodes) return "more than 2000 nodes; fold the graph first";
    graph.boxes.push_back({*width, *height});
    return {};
  }
  if (fields.front() == "edge") {
    if (fields.size() != 3) return "an edge is \"edge FROM TO\"";
    const auto from = parse<std::size_t>(fields[1]);
    const auto to = parse<std::size_t>(fields[2]);
    if (!from || !to) return "the ends of an edge must be whole numbers";
    if (*from >= graph.boxes.size() || *to >= graph.boxes.size()) {
      return "the ends of an edge must be nodes given before";
    }
    if (graph.arrows.size() == maximumEdges) return "more than 10000 edges; fold the graph first";
    graph.arrows.push_back({*from, *to});
    return {};
  }
  return "a record begins with \"node\", \"edge\" or \"end\"";
}

}  // namespace

std::string readGraph(std::istream& input, Graph& graph) {
  std::string line;
  bool tooLong = false;
  std::size_t number = 0;
  const auto at = [&number](const std::string& what) {
    return "line " + std::to_string(number) + ": " + what;
  };
  while (readLine(input, line, tooLong)) {
    ++number;
    if (tooLong) return at("a line has at most 200 bytes");
    const std::vector<std::string_view> fields = split(line);
    if (number == 1) {
      if (fields.size() != 1 || fields.front() != "taktwerk-layout/1") {
        return at("the first line must be \"taktwerk-layout/1\"");
      }
      continue;
    }
    if (fields.empty()) continue;
    if (fields.size() == 1 && fields.front() == "end") {
      return graph.boxes.empty() ? at("a graph has at least one node") : std::string();
    }
    if (std::string error = readRecord(fields, graph); !error.empty()) return at(error);
  }
  ++number;
  return at(number == 1 ? "the input is empty" : "the input stops before \"end\"");
}

}  // namespace taktwerk_layout
