// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/shrink.h"

#include <algorithm>

namespace taktwerk::test {

namespace {

using Node = ProgramSketch::Node;
using Nodes = std::vector<Node>;

/// A loop's body in its place: once, without the variable.
void withoutLoop(Nodes& nodes, std::size_t depth) {
  for (Node& node : nodes) {
    withoutLoop(node.body, depth);
    for (auto* ranges : {&node.instruction.memoryReads, &node.instruction.memoryWrites}) {
      for (ProgramSketch::Range& range : *ranges) {
        if (depth < range.strides.size()) {
          range.strides.erase(range.strides.begin() + static_cast<std::ptrdiff_t>(depth));
        }
      }
    }
  }
}

class Shrinker {
 public:
  Shrinker(RandomCase failing, const std::function<bool(const RandomCase&)>& fails, int budget)
      : case_(std::move(failing)), fails_(fails), budget_(budget) {}

  RandomCase run() {
    bool smaller = true;
    while (smaller && budget_ > 0) {
      smaller = shrinkNodes({});
      smaller = shrinkArchitecture() || smaller;
    }
    return std::move(case_);
  }

 private:
  /// Where a list of nodes is: the loops to go into, by position.
  using Path = std::vector<std::size_t>;

  static Nodes& at(RandomCase& whole, const Path& path) {
    Nodes* nodes = &whole.program.body;
    for (const std::size_t step : path) nodes = &(*nodes)[step].body;
    return *nodes;
  }

  /// Makes a change if the case still fails with it.
  bool attempt(const std::function<void(RandomCase&)>& change) {
    if (budget_ <= 0) return false;
    --budget_;
    RandomCase smaller = case_;
    change(smaller);
    if (!fails_(smaller)) return false;
    case_ = std::move(smaller);
    return true;
  }

  template <class List, class Find>
  bool removeParts(Find find, const List&) {
    bool any = false;
    for (std::size_t chunk = std::max<std::size_t>(1, find(case_).size() / 2); chunk > 0; chunk /= 2) {
      for (std::size_t first = find(case_).size(); first > 0;) {
        first -= std::min(first, chunk);
        any = attempt([&](RandomCase& smaller) {
                List& list = find(smaller);
                const auto from = list.begin() + static_cast<std::ptrdiff_t>(first);
                const auto count = std::min(chunk, list.size() - first);
                list.erase(from, from + static_cast<std::ptrdiff_t>(count));
              }) ||
              any;
        first = std::min(first, find(case_).size());
      }
    }
    return any;
  }

  bool shrinkNodes(const Path& path) {
    const auto nodes = [&path](RandomCase& whole) -> Nodes& { return at(whole, path); };
    bool any = removeParts(nodes, Nodes{});
    for (std::size_t i = 0; i < nodes(case_).size(); ++i) {
      any = (nodes(case_)[i].isLoop ? shrinkLoop(path, i) : shrinkInstruction(path, i)) || any;
    }
    return any;
  }

  bool shrinkLoop(const Path& path, std::size_t i) {
    const auto loop = [&](RandomCase& whole) -> Node& { return at(whole, path)[i]; };
    const bool inlined = attempt([&](RandomCase& smaller) {
      Nodes& nodes = at(smaller, path);
      Nodes body = std::move(nodes[i].body);
      withoutLoop(body, path.size());
      const auto place = nodes.erase(nodes.begin() + static_cast<std::ptrdiff_t>(i));
      nodes.insert(place, body.begin(), body.end());
    });
    if (inlined) return true;
    bool any = false;
    while (loop(case_).trips > 1 && attempt([&](RandomCase& smaller) { loop(smaller).trips /= 2; }))
      any = true;
    while (loop(case_).trips > 1 && attempt([&](RandomCase& smaller) { --loop(smaller).trips; })) any = true;
    Path inside = path;
    inside.push_back(i);
    return shrinkNodes(inside) || any;
  }

  bool shrinkInstruction(const Path& path, std::size_t i) {
    using Sketch = ProgramSketch::Instruction;
    const auto instruction = [&](RandomCase& whole) -> Sketch& { return at(whole, path)[i].instruction; };
    bool any = false;
    for (const auto list : {&Sketch::reads, &Sketch::writes}) {
      const auto find = [&](RandomCase & whole) -> auto& {
        return instruction(whole).*list;
      };
      any = removeParts(find, std::vector<std::string>{}) || any;
    }
    for (const auto list : {&Sketch::memoryReads, &Sketch::memoryWrites}) {
      const auto ranges = [&](RandomCase & whole) -> auto& {
        return instruction(whole).*list;
      };
      any = removeParts(ranges, std::vector<ProgramSketch::Range>{}) || any;
      for (std::size_t r = 0; r < ranges(case_).size(); ++r) {
        if (ranges(case_)[r].words > 1) {
          any = attempt([&](RandomCase& smaller) { ranges(smaller)[r].words = 1; }) || any;
        }
        for (std::size_t s = 0; s < ranges(case_)[r].strides.size(); ++s) {
          if (ranges(case_)[r].strides[s] == 0) continue;
          any = attempt([&](RandomCase& smaller) { ranges(smaller)[r].strides[s] = 0; }) || any;
        }
      }
    }
    if (!instruction(case_).unit.empty()) {
      any = attempt([&](RandomCase& smaller) { instruction(smaller).unit.clear(); }) || any;
    }
    return any;
  }

  bool shrinkArchitecture() {
    const auto connections = [](RandomCase & whole) -> auto& {
      return whole.architecture.connections;
    };
    bool any = removeParts(connections, std::vector<ArchitectureSketch::Connection>{});
    for (std::size_t i = 0; i < case_.architecture.objects.size(); ++i) {
      const auto attributes = [i](RandomCase & whole) -> auto& {
        return whole.architecture.objects[i].attributes;
      };
      any = removeParts(attributes, std::vector<std::pair<std::string, std::string>>{}) || any;
    }
    for (std::size_t i = case_.architecture.objects.size(); i-- > 0;) {
      any = attempt([i](RandomCase& smaller) {
              ArchitectureSketch& sketch = smaller.architecture;
              const std::string name = sketch.objects[i].name;
              sketch.objects.erase(sketch.objects.begin() + static_cast<std::ptrdiff_t>(i));
              std::erase_if(sketch.connections, [&](const ArchitectureSketch::Connection& connection) {
                return connection.from == name || connection.to == name;
              });
            }) ||
            any;
    }
    return any;
  }

  RandomCase case_;
  const std::function<bool(const RandomCase&)>& fails_;
  int budget_;
};

}  // namespace

RandomCase shrink(RandomCase failing, const std::function<bool(const RandomCase&)>& fails, int budget) {
  return Shrinker(std::move(failing), fails, budget).run();
}

}  // namespace taktwerk::test
