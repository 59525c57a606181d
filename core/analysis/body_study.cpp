// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/body_study.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/bounds/saturating.h"
#include "core/graph/shortened.h"
#include "core/program/program_index.h"

namespace taktwerk {

namespace {

/// The loops from the outermost to that of a row.
std::vector<std::uint32_t> nestOf(const KernelTable& table, std::size_t row) {
  std::vector<std::uint32_t> nest{table.kernels[row].loop};
  std::uint32_t depth = table.kernels[row].depth;
  while (depth > 0) {
    if (table.kernels[--row].depth >= depth) continue;
    depth = table.kernels[row].depth;
    nest.push_back(table.kernels[row].loop);
  }
  std::reverse(nest.begin(), nest.end());
  return nest;
}

/// Where an iteration lies in the unrolled program.
struct Place {
  std::int64_t first = 0;   ///< instruction
  std::int64_t length = 0;  ///< in instructions
  std::int64_t iteration = 0;
  bool steady = false;
};

Place placeOf(const KernelStudy& study, std::optional<std::size_t> row, std::int64_t reach) {
  if (!row) return {0, study.table.instructions, 0, false};
  const KernelRow& loop = study.table.kernels[*row];
  const engine::SteadyStretch* stretch = study.findings[*row].steady();
  Place place{loop.start, loop.length, stretch ? stretch->first : 0, stretch != nullptr};
  const std::int64_t within =
      loop.length > 0 ? std::max<std::int64_t>(0, (reach - loop.start) / loop.length - 1) : 0;
  if (!stretch) place.iteration = loop.trips - 1;
  if (place.iteration > within) {
    place.steady = false;
    place.iteration = within;
  }
  place.first = saturatingSum(loop.start, saturatingProduct(place.iteration, loop.length));
  return place;
}

/// Of each instruction that stands directly in a body its number from the body's beginning.
std::vector<std::int64_t> offsetsIn(const Program& program, const KernelTable& table, std::uint32_t loop,
                                    std::size_t limit) {
  std::map<std::uint32_t, std::int64_t> inner;  // instructions of one execution
  for (const KernelRow& row : table.kernels) inner[row.loop] = saturatingProduct(row.trips, row.length);
  std::vector<std::int64_t> offsets;
  std::int64_t at = 0;
  for (const Program::Item& item : program.body(program.loops[loop])) {
    if (offsets.size() == limit) break;
    if (!item.isLoop) offsets.push_back(at);
    at = saturatingSum(at, item.isLoop ? inner[item.index] : 1);
  }
  return offsets;
}

/// Reads off a graph what became of some of its instructions.
class Reader {
 public:
  Reader(const DependencyGraph& graph, BodyStudy& body) : graph_(graph), body_(body) {
    for (std::size_t i = 0; i < body.instructions.size(); ++i) places_[body.instructions[i].number] = i;
  }

  void read() {
    std::size_t edge = 0;
    for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
      const std::size_t first = edge;
      while (edge < graph_.edges.size() && graph_.edges[edge].to == n) ++edge;
      const auto place = places_.find(graph_.nodes[n].instruction);
      if (place != places_.end()) take(n, first, edge, body_.instructions[place->second]);
    }
    for (BodyInstruction& instruction : body_.instructions) {
      if (instruction.waits.size() > 1) {
        std::erase_if(instruction.waits, [](const BodyWait& wait) { return wait.fetching; });
      }
      std::stable_sort(instruction.waits.begin(), instruction.waits.end(),
                       [](const BodyWait& a, const BodyWait& b) { return a.cycles > b.cycles; });
      for (const BodyWait& wait : instruction.waits) instruction.waited += wait.cycles;
    }
  }

 private:
  void take(std::uint32_t n, std::size_t firstEdge, std::size_t endEdge, BodyInstruction& instruction) {
    const GraphNode& node = graph_.nodes[n];
    const MachineObjectId object{node.object};
    auto& objects = instruction.objects;
    if (std::find(objects.begin(), objects.end(), object) == objects.end()) objects.push_back(object);
    if (node.kind == NodeKind::Unit) {
      instruction.timed = true;
      instruction.unit = object;
      instruction.starts = node.enter;
      instruction.ends = node.leave;
    }
    if (node.kind == NodeKind::Buffer) {
      instruction.arrives = node.enter;
      noteFetch(graph_.edges[firstEdge].from, instruction);
    } else if (node.kind != NodeKind::Fetch && node.kind != NodeKind::Compute) {
      note(node, firstEdge, endEdge, instruction);
    }
  }

  /// The edge into a node that decided, and when it would have been entered but for others; −1 if nothing
  /// tells.
  struct Entering {
    const GraphEdge* binding = nullptr;
    Cycles byItself = -1;
  };
  template <class IsOwn>
  [[nodiscard]] Entering entering(std::size_t firstEdge, std::size_t endEdge, const IsOwn& isOwn) const {
    Entering result;
    for (std::size_t e = firstEdge; e < endEdge; ++e) {
      const GraphEdge& edge = graph_.edges[e];
      if (edge.binding) result.binding = &edge;
      if (isOwn(edge)) {
        result.byItself = std::max(result.byItself, graph_.nodes[edge.from].enter + edge.duration);
      }
    }
    return result;
  }

  static BodyWait waitOf(const GraphNode& node, const GraphEdge& binding, Cycles cycles,
                         const BodyInstruction& instruction) {
    return {cycles,
            MachineObjectId{node.object},
            binding.kind,
            binding.fetching,
            MachineObjectId{binding.object},
            binding.instruction,
            {},
            instruction.number - binding.instruction};
  }

  /// What a node was entered later for than its instruction got to it by itself.
  void note(const GraphNode& node, std::size_t firstEdge, std::size_t endEdge, BodyInstruction& instruction) {
    const auto [binding, byItself] = entering(firstEdge, endEdge, [&](const GraphEdge& edge) {
      return edge.kind == GraphEdgeKind::Forward && edge.instruction == node.instruction;
    });
    if (!binding || byItself < 0 || node.enter <= byItself) return;
    const BodyWait wait = waitOf(node, *binding, node.enter - byItself, instruction);
    // Pieces of an access wait at the same time.
    for (BodyWait& other : instruction.waits) {
      if (node.kind != NodeKind::Access || other.at != wait.at) continue;
      if (wait.cycles > other.cycles) other = wait;
      return;
    }
    instruction.waits.push_back(wait);
  }

  /// A group waits for room; else its instructions wait for being fetched, if for nothing more.
  void noteFetch(std::uint32_t fetch, BodyInstruction& instruction) {
    const auto begin =
        std::lower_bound(graph_.edges.begin(), graph_.edges.end(), fetch,
                         [](const GraphEdge& edge, std::uint32_t node) { return edge.to < node; });
    auto end = begin;
    while (end != graph_.edges.end() && end->to == fetch) ++end;
    const auto [binding, byItself] = entering(static_cast<std::size_t>(begin - graph_.edges.begin()),
                                              static_cast<std::size_t>(end - graph_.edges.begin()),
                                              [](const GraphEdge& edge) { return edge.fetching; });
    if (!binding) return;
    const GraphNode& node = graph_.nodes[fetch];
    const Cycles waited = binding->fetching ? node.leave - node.enter : node.enter - byItself;
    if (waited <= 0 || byItself < 0) return;
    if (binding->fetching || node.instruction == instruction.number) {
      instruction.waits.push_back(waitOf(node, *binding, waited, instruction));
    }
  }

  const DependencyGraph& graph_;
  BodyStudy& body_;
  std::map<std::int64_t, std::size_t> places_;
};

/// Names what the instructions do that are waited for.
void nameOperations(const Machine& machine, const Program& program, const ProgramIndex& index,
                    BodyStudy& body) {
  std::map<std::int64_t, std::string> operations;
  for (const BodyInstruction& instruction : body.instructions) {
    for (const BodyWait& wait : instruction.waits) operations[wait.instruction];
  }
  for (auto& [instruction, name] : operations) {
    const Program::Step* const step = index.at(instruction).step;
    if (step != nullptr) name = machine.operations[program.templates[step->instruction].operation.index()];
  }
  for (BodyInstruction& instruction : body.instructions) {
    for (BodyWait& wait : instruction.waits) wait.operation = operations[wait.instruction];
  }
}

void makeRelative(BodyStudy& body) {
  const auto timed = std::find_if(body.instructions.begin(), body.instructions.end(),
                                  [](const BodyInstruction& each) { return each.timed; });
  if (timed == body.instructions.end()) return;
  body.begins = timed->arrives;
  for (BodyInstruction& each : body.instructions) {
    if (!each.timed) continue;
    each.arrives -= body.begins;
    each.starts -= body.begins;
    each.ends -= body.begins;
  }
}

}  // namespace

Result<BodyStudy> studyBody(const Machine& machine, const Program& program, const KernelStudy& study,
                            std::optional<std::size_t> row, Progress& progress,
                            const BodyStudyOptions& options) {
  BodyStudy body;
  if (program.loops.empty()) return body;
  const Place place = placeOf(study, row, options.reach);
  Iteration listed = iterationOf(
      program, machine, row ? nestOf(study.table, *row) : std::vector<std::uint32_t>{}, options.instructions);
  body.loops = std::move(listed.loops);
  body.leftOut = listed.leftOut;
  body.iteration = place.iteration;
  body.steady = place.steady;
  const std::uint32_t loop = row ? study.table.kernels[*row].loop : 0;
  const std::vector<std::int64_t> offsets = offsetsIn(program, study.table, loop, listed.instructions.size());
  std::int64_t end = 0;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    BodyInstruction instruction;
    instruction.listed = std::move(listed.instructions[i]);
    instruction.number = saturatingSum(place.first, offsets[i]);
    if (instruction.number < options.reach) end = instruction.number + 1;
    body.instructions.push_back(std::move(instruction));
  }
  body.reached = end > 0 || body.instructions.empty();
  if (end > 0) {
    const ProgramIndex index(program);
    ShortenedGraph recorded = recordShortened(machine, program, index, {}, {0, end}, progress);
    body.cancelled = recorded.timing.cancelled;
    if (body.cancelled) return body;
    if (hasErrors(recorded.timing.errors)) return std::move(recorded.timing.errors);
    Reader(recorded.graph, body).read();
    nameOperations(machine, program, index, body);
    makeRelative(body);
  }
  body.untimed =
      static_cast<std::size_t>(std::count_if(body.instructions.begin(), body.instructions.end(),
                                             [](const BodyInstruction& each) { return !each.timed; }));
  return body;
}

}  // namespace taktwerk
