// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/folded_graph.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/analysis/graph_path.h"
#include "core/program/program_index.h"

namespace taktwerk {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;

/// A group around an object by its name: "pe" of "pe[0][1].alu" is an array, "pe[0][1]" an instance.
struct NamedGroup {
  FoldedKind kind;
  std::string name;
};
std::vector<NamedGroup> groupsAround(std::string_view object) {
  std::vector<NamedGroup> groups;
  for (std::size_t begin = 0; begin < object.size();) {
    const std::size_t end = std::min(object.find('.', begin), object.size());
    const std::size_t bracket = object.find('[', begin);
    if (bracket < end) groups.push_back({FoldedKind::Array, std::string(object.substr(0, bracket))});
    if (end < object.size()) groups.push_back({FoldedKind::Instance, std::string(object.substr(0, end))});
    begin = end + 1;
  }
  return groups;
}

/// "[3][4]" as numbers; ends at the first that is none.
std::vector<std::int64_t> indicesIn(std::string_view text) {
  std::vector<std::int64_t> indices;
  while (!text.empty() && text.front() == '[') {
    std::int64_t value = 0;
    std::size_t at = 1;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
      value = value * 10 + (text[at] - '0');
    if (at == 1 || at >= text.size() || text[at] != ']') break;
    indices.push_back(value);
    text.remove_prefix(at + 1);
  }
  return indices;
}

class Folding {
 public:
  Folding(const GraphWindow& window, const Program& program, const GraphFold& fold)
      : window_(window), program_(program), index_(program), fold_(fold) {
    groups_.push_back({none, FoldedKind::Before, 0, {}, {}, {}, FoldState::Open, none});  // around all
  }

  FoldedGraph run() {
    addNodes();
    addEdges();
    for (const PathStep& step : criticalSteps(window_)) {
      FoldedBox& box = result_.boxes[result_.boxOf[step.node]];
      box.critical += step.duration;
      box.onPath = true;
    }
    for (FoldedBox& box : result_.boxes) describe(box);
    return std::move(result_);
  }

 private:
  struct Group {
    std::uint32_t parent;
    FoldedKind kind;
    std::int64_t number;  ///< of a loop or an iteration
    std::string key, name, array;
    FoldState state;
    std::uint32_t box;  ///< none until something is in it
  };
  using Way = std::vector<ProgramIndex::LoopStep>;

  [[nodiscard]] FoldState stateOf(FoldedKind kind, const std::string& key) const {
    if (kind == FoldedKind::Node) return FoldState::Closed;
    const auto found = fold_.states.find(key);
    if (found == fold_.states.end())
      return kind == FoldedKind::Iteration ? FoldState::Open : FoldState::Closed;
    return found->second == FoldState::Apart && kind != FoldedKind::Loop ? FoldState::Open : found->second;
  }

  /// The group of a kind in another one. `letter` and `label` make its key.
  std::uint32_t groupIn(std::uint32_t parent, FoldedKind kind, std::int64_t number, char letter,
                        const std::string& label, const std::string& name) {
    const auto [found, isNew] =
        known_.try_emplace(std::tuple(parent, letter, label), static_cast<std::uint32_t>(groups_.size()));
    if (!isNew) return found->second;
    std::string key = groups_[parent].key + '/' + letter + label;
    const FoldState state = stateOf(kind, key);
    groups_.push_back({parent, kind, number, std::move(key), name, {}, state, none});
    return found->second;
  }

  [[nodiscard]] bool closed(std::uint32_t group) const { return groups_[group].state == FoldState::Closed; }

  const Way& wayTo(std::int64_t instruction) {
    const auto [found, isNew] = ways_.try_emplace(instruction);
    if (isNew) found->second = index_.wayTo(instruction);
    return found->second;
  }

  [[nodiscard]] std::string operationOf(std::int64_t instruction) const {
    const auto found = window_.operations.find(instruction);
    return found == window_.operations.end() ? std::string() : found->second;
  }

  /// The innermost group shown of an instruction, before blocks are told apart.
  std::uint32_t groupOfInstruction(std::int64_t instruction) {
    std::uint32_t group = 0;
    if (instruction < window_.first) {
      group = groupIn(group, FoldedKind::Before, 0, 'w', "", "");
      if (closed(group)) return group;
    }
    if (fold_.by == FoldBy::Blocks) return group;
    const Way& way = wayTo(instruction);
    for (std::size_t depth = 1; depth < way.size(); ++depth) {
      const Program::Loop& loop = program_.loops[way[depth].loop];
      if (loop.trips <= 1) continue;  // nothing is repeated there
      group = groupIn(group, FoldedKind::Loop, way[depth].loop, 'l', std::to_string(way[depth].loop),
                      loop.variable);
      if (closed(group)) return group;
      if (groups_[group].state != FoldState::Apart) continue;
      group = groupIn(group, FoldedKind::Iteration, way[depth].iteration, 'i',
                      std::to_string(way[depth].iteration), loop.variable);
      if (closed(group)) return group;
    }
    if (const auto array = arrayOf_.find(instruction); array != arrayOf_.end()) {
      const std::string operation = operationOf(instruction);
      group = groupIn(group, FoldedKind::Elements, 0, 'e', array->second + ' ' + operation, operation);
      groups_[group].array = array->second;
      if (closed(group)) return group;
    }
    const std::int64_t item = way.empty() ? instruction : std::int64_t{way.back().item};
    return groupIn(group, FoldedKind::Instruction, 0, 's', std::to_string(item), operationOf(instruction));
  }

  std::uint32_t groupOfNode(std::uint32_t group, std::uint32_t n) {
    const GraphNode& node = window_.graph.nodes[n];
    const std::string& object = window_.machine->objectNames[node.object];
    for (const NamedGroup& each : groupsAroundObject(node.object)) {
      const char letter = each.kind == FoldedKind::Array ? 'a' : 't';
      group = groupIn(group, each.kind, 0, letter, each.name, each.name);
      if (closed(group)) return group;
    }
    const bool byKind = fold_.by == FoldBy::Loops;
    group = groupIn(group, FoldedKind::Block, 0, 'o', byKind ? object + ' ' + toString(node.kind) : object,
                    object);
    if (closed(group)) return group;
    return groupIn(group, FoldedKind::Node, 0, 'n', std::to_string(n), object);
  }

  const std::vector<NamedGroup>& groupsAroundObject(std::uint32_t object) {
    const auto [found, isNew] = around_.try_emplace(object);
    if (isNew) found->second = groupsAround(window_.machine->objectNames[object]);
    return found->second;
  }

  /// Instructions that are processed by an element of an array: in which, the outermost.
  void findArrays() {
    if (fold_.by == FoldBy::Blocks) return;
    for (const GraphNode& node : window_.graph.nodes) {
      if (node.kind != NodeKind::Unit) continue;
      const std::vector<NamedGroup>& around = groupsAroundObject(node.object);
      if (!around.empty() && around.front().kind == FoldedKind::Array)
        arrayOf_.emplace(node.instruction, around.front().name);
    }
  }

  void addNodes() {
    findArrays();
    const std::vector<GraphNode>& nodes = window_.graph.nodes;
    std::unordered_map<std::int64_t, std::uint32_t> groupOf;
    result_.boxOf.reserve(nodes.size());
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
      const auto [found, isNew] = groupOf.try_emplace(nodes[n].instruction);
      if (isNew) found->second = groupOfInstruction(nodes[n].instruction);
      std::uint32_t group = found->second;
      if (!closed(group)) group = groupOfNode(group, n);
      if (groups_[group].box == none) {
        groups_[group].box = static_cast<std::uint32_t>(result_.boxes.size());
        boxGroups_.push_back(group);
        FoldedBox box;
        box.enter = nodes[n].enter;
        box.leave = nodes[n].leave;
        result_.boxes.push_back(std::move(box));
      }
      FoldedBox& box = result_.boxes[groups_[group].box];
      box.nodes.push_back(n);
      box.enter = std::min(box.enter, nodes[n].enter);
      box.leave = std::max(box.leave, nodes[n].leave);
      result_.boxOf.push_back(groups_[group].box);
    }
  }

  /// Whether two instructions are in different iterations of a loop that both are in.
  bool carried(std::int64_t from, std::int64_t to) {
    if (from == to) return false;
    const Way &source = wayTo(from), &target = wayTo(to);
    for (std::size_t depth = 1; depth < source.size() && depth < target.size(); ++depth) {
      if (source[depth - 1].item != target[depth - 1].item) return false;
      if (source[depth].iteration != target[depth].iteration) return true;
    }
    return false;
  }

  void addEdges() {
    const std::vector<GraphEdge>& edges = window_.graph.edges;
    std::map<std::tuple<std::uint32_t, std::uint32_t, GraphEdgeKind>, std::uint32_t> merged;
    for (const GraphEdge& edge : edges) {
      const std::uint32_t from = result_.boxOf[edge.from], to = result_.boxOf[edge.to];
      if (from != to) merged.try_emplace({to, from, edge.kind}, 0);
    }
    result_.edges.reserve(merged.size());
    for (auto& [ends, place] : merged) {
      place = static_cast<std::uint32_t>(result_.edges.size());
      FoldedEdge edge;
      std::tie(edge.to, edge.from, edge.kind) = ends;
      result_.edges.push_back(edge);
    }
    result_.edgeOf.reserve(edges.size());
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      const GraphEdge& edge = edges[e];
      const std::uint32_t from = result_.boxOf[edge.from], to = result_.boxOf[edge.to];
      const bool loops =
          carried(window_.graph.nodes[edge.from].instruction, window_.graph.nodes[edge.to].instruction);
      if (edge.critical) result_.boxes[from].onPath = result_.boxes[to].onPath = true;
      if (from == to) {
        ++result_.boxes[to].inner[static_cast<std::size_t>(edge.kind)];
        result_.boxes[to].innerCarried += loops ? 1 : 0;
        result_.edgeOf.push_back(FoldedGraph::inside);
        continue;
      }
      const std::uint32_t place = merged.at({to, from, edge.kind});
      add(result_.edges[place], e, loops);
      result_.edgeOf.push_back(place);
    }
  }

  void add(FoldedEdge& sum, std::uint32_t e, bool loops) const {
    const GraphEdge& edge = window_.graph.edges[e];
    const bool stronger = std::pair(edge.critical, edge.duration) > std::pair(sum.critical, sum.longest);
    if (sum.count == 0 || stronger) sum.strongest = e;
    ++sum.count;
    sum.carried += loops ? 1 : 0;
    sum.binding += edge.binding ? 1 : 0;
    sum.critical = sum.critical || edge.critical;
    sum.longest = std::max(sum.longest, edge.duration);
  }

  void describe(FoldedBox& box) {
    const Group& group = groups_[boxGroups_[static_cast<std::size_t>(&box - result_.boxes.data())]];
    box.kind = group.kind;
    box.key = group.key;
    box.within = groups_[group.parent].key;
    // Iterations are folded by closing their loop.
    if (groups_[group.parent].kind == FoldedKind::Iteration)
      box.within = groups_[groups_[group.parent].parent].key;
    box.name = group.name;
    std::vector<std::int64_t> instructions;
    instructions.reserve(box.nodes.size());
    for (const std::uint32_t n : box.nodes) instructions.push_back(window_.graph.nodes[n].instruction);
    std::sort(instructions.begin(), instructions.end());
    instructions.erase(std::unique(instructions.begin(), instructions.end()), instructions.end());
    box.instructions = static_cast<std::int64_t>(instructions.size());
    box.instruction = instructions.front();
    box.array = group.array;
    if (group.kind == FoldedKind::Array) box.extents = extentsOf(group.name);
    if (group.kind == FoldedKind::Elements) box.extents = extentsOf(group.array);
    if (group.kind == FoldedKind::Iteration) box.iterations = group.number;
    if (group.kind == FoldedKind::Loop) {
      const auto loop = static_cast<std::uint32_t>(group.number);
      box.trips = program_.loops[loop].trips;
      box.iterations = executionsOf(loop, instructions);
    }
  }

  /// How often the body of a loop is there, in whichever iterations of those around it.
  std::int64_t executionsOf(std::uint32_t loop, const std::vector<std::int64_t>& instructions) {
    std::set<std::vector<std::int64_t>> executions;
    for (const std::int64_t instruction : instructions) {
      std::vector<std::int64_t> iterations;
      for (const ProgramIndex::LoopStep& step : wayTo(instruction)) {
        iterations.push_back(step.iteration);
        if (step.loop == loop) break;
      }
      executions.insert(std::move(iterations));
    }
    return static_cast<std::int64_t>(executions.size());
  }

  /// Of all elements that the machine has, whether or not anything happened in them.
  [[nodiscard]] std::vector<std::int64_t> extentsOf(const std::string& array) const {
    std::vector<std::int64_t> extents;
    for (const std::string_view object : window_.machine->objectNames) {
      if (object.size() <= array.size() || object[array.size()] != '[' || !object.starts_with(array))
        continue;
      const std::vector<std::int64_t> indices = indicesIn(object.substr(array.size()));
      extents.resize(std::max(extents.size(), indices.size()), 0);
      for (std::size_t d = 0; d < indices.size(); ++d) extents[d] = std::max(extents[d], indices[d] + 1);
    }
    return extents;
  }

  const GraphWindow& window_;
  const Program& program_;
  ProgramIndex index_;
  const GraphFold& fold_;
  std::vector<Group> groups_;
  std::map<std::tuple<std::uint32_t, char, std::string>, std::uint32_t> known_;
  std::map<std::int64_t, Way> ways_;  // references into it stay
  std::unordered_map<std::uint32_t, std::vector<NamedGroup>> around_;
  std::unordered_map<std::int64_t, std::string> arrayOf_;  // by instruction
  std::vector<std::uint32_t> boxGroups_;
  FoldedGraph result_;
};

/// Openings of single boxes one in the other, for a nest of loops is not deeper in practice.
constexpr int deepest = 64;

}  // namespace

const char* toString(FoldedKind kind) {
  switch (kind) {
    case FoldedKind::Before:
      return "before";
    case FoldedKind::Loop:
      return "loop";
    case FoldedKind::Iteration:
      return "iteration";
    case FoldedKind::Elements:
      return "elements";
    case FoldedKind::Instruction:
      return "instruction";
    case FoldedKind::Array:
      return "array";
    case FoldedKind::Instance:
      return "instance";
    case FoldedKind::Block:
      return "block";
    case FoldedKind::Node:
      break;
  }
  return "node";
}

FoldedGraph foldGraph(const GraphWindow& window, const Program& program, const GraphFold& fold) {
  return Folding(window, program, fold).run();
}

GraphFold usualFold(const GraphWindow& window, const Program& program, FoldBy by) {
  GraphFold fold{by, {}};
  for (int round = 0; round < deepest; ++round) {
    const FoldedGraph folded = foldGraph(window, program, fold);
    const FoldedBox* only = nullptr;
    for (const FoldedBox& box : folded.boxes) {
      if (box.kind == FoldedKind::Before) continue;
      if (only != nullptr) return fold;
      only = &box;
    }
    if (only == nullptr || !only->canOpen()) return fold;
    fold.states[only->key] = FoldState::Open;
  }
  return fold;
}

GraphFold withOpened(const GraphWindow& window, const Program& program, const GraphFold& fold,
                     const FoldedBox& box, FoldState state) {
  GraphFold result = fold;
  result.states[box.key] = state;
  std::vector<std::uint32_t> nodes = box.nodes;
  for (int round = 0; round < deepest; ++round) {
    const FoldedGraph folded = foldGraph(window, program, result);
    const FoldedBox& first = folded.boxes[folded.boxOf[nodes.front()]];
    if (!first.canOpen() || first.nodes != nodes || result.states.contains(first.key)) return result;
    result.states[first.key] = FoldState::Open;
  }
  return result;
}

GraphFold withAllOpened(const GraphWindow& window, const Program& program, const GraphFold& fold) {
  GraphFold result = fold;
  for (auto& [key, state] : result.states) state = FoldState::Apart;  // open, where it is no loop
  for (bool more = true; more;) {
    more = false;
    for (const FoldedBox& box : foldGraph(window, program, result).boxes) {
      if (!box.canOpen()) continue;
      result.states[box.key] = FoldState::Apart;
      more = true;
    }
  }
  return result;
}

GraphFold withClosed(const GraphFold& fold, const FoldedBox& box) {
  GraphFold result = fold;
  if (!box.within.empty()) result.states[box.within] = FoldState::Closed;
  return result;
}

}  // namespace taktwerk
