// SPDX-License-Identifier: GPL-3.0-or-later
// How the program that was run last goes through time, read off the entries that it ran through.
#include <algorithm>
#include <map>
#include <utility>

#include "core/engine/steady/automaton.h"

namespace taktwerk::engine {

/// Makes blocks of entries, each once for every node that it stands for.
class Automaton::TimeReader {
 public:
  explicit TimeReader(Automaton& automaton) : automaton_(automaton), nodes_(automaton.nodes_.nodes) {}

  TimeTree run(EntryId all) {
    tree_.root = block(static_cast<std::uint32_t>(nodes_.size() - 1), all);
    return std::move(tree_);
  }

 private:
  using Occupied = std::map<MachineObjectId, double>;

  std::uint32_t block(std::uint32_t node, EntryId id) {
    const auto known = known_.find({node, id});
    if (known != known_.end()) return known->second;
    TimeTree::Block block;
    block.isLoop = nodes_[node].isLoop;
    block.loop = nodes_[node].loop;
    block.cycles = automaton_.entries_[id].duration;
    if (block.isLoop) {
      addParts(nodes_[node], id, block);
    } else {
      block.instructions = automaton_.entries_[id].instructions;
      const Entry& entry = automaton_.entries_[id];
      tree_.overhang = std::max(tree_.overhang, entry.lastEnd - entry.duration);
      block.occupied = list(occupiedIn(id));
    }
    tree_.blocks.push_back(std::move(block));
    const auto number = static_cast<std::uint32_t>(tree_.blocks.size() - 1);
    known_.emplace(std::pair(node, id), number);
    return number;
  }

  void addParts(const ProgramNode& node, EntryId id, TimeTree::Block& block) {
    if (node.children.empty()) return;
    block.partsEach = static_cast<std::uint32_t>(node.children.size());
    // A copy: asking for the usage of parts may not move entries, but nothing here should depend on that.
    const std::vector<EntryId> sequence = automaton_.entries_[id].sequence;
    const std::vector<Repeat> repeats = automaton_.entries_[id].repeats;
    Cycles cycles = 0;
    std::int64_t instructions = 0;
    for (std::size_t place = 0; place < sequence.size(); ++place) {
      const std::uint32_t part = this->block(node.children[place % node.children.size()], sequence[place]);
      block.parts.push_back({part, cycles, instructions});
      cycles += tree_.blocks[part].cycles;
      instructions += tree_.blocks[part].instructions;
    }
    std::size_t at = 0;
    for (const Repeat& repeat : repeats) {
      if (repeat.first > at) addSegment(block, at, repeat.first - at, 1);
      const bool runBefore = repeat.first < at;  // what repeats here has a segment of its own
      addSegment(block, repeat.first, repeat.count, repeat.times + (runBefore ? 0 : 1));
      at = repeat.first + repeat.count;
    }
    if (at < sequence.size()) addSegment(block, at, sequence.size() - at, 1);
    Occupied all;
    for (const TimeTree::Segment& segment : block.segments) {
      for (const auto& [object, cyclesOf] : segment.occupied) {
        all[object] += cyclesOf * static_cast<double>(segment.times);
      }
    }
    block.occupied = list(all);
  }

  void addSegment(TimeTree::Block& block, std::size_t first, std::size_t count, std::int64_t times) const {
    TimeTree::Segment segment;
    segment.first = static_cast<std::uint32_t>(first);
    segment.count = static_cast<std::uint32_t>(count);
    segment.times = times;
    if (!block.segments.empty()) {
      const TimeTree::Segment& before = block.segments.back();
      segment.begin = before.begin + before.cycles * before.times;
      segment.instruction = before.instruction + before.instructions * before.times;
      segment.iteration = before.iteration + before.iterations * before.times;
    }
    Occupied occupied;
    for (std::size_t place = first; place < first + count; ++place) {
      const TimeTree::Block& part = tree_.blocks[block.parts[place].block];
      segment.cycles += part.cycles;
      segment.instructions += part.instructions;
      for (const auto& [object, cycles] : part.occupied) occupied[object] += cycles;
    }
    // Of an iteration that was left within, the beginning counts as one.
    segment.iterations = static_cast<std::int64_t>((count + block.partsEach - 1) / block.partsEach);
    segment.occupied = list(occupied);
    block.instructions += segment.instructions * times;
    block.segments.push_back(std::move(segment));
  }

  [[nodiscard]] Occupied occupiedIn(EntryId leaf) const {
    const Machine& machine = automaton_.machine_;
    const UsageCounter numbers(machine);
    Occupied occupied;
    for (const auto& [number, figures] : automaton_.usageOf(leaf)) {
      if (number == numbers.ofFetch()) {
        const MachineObjectId stage{machine.stages[machine.fetch.stage.index()].object};
        for (const MachineObjectId object : {stage, machine.fetch.accessUnit, machine.fetch.memory}) {
          if (object.valid()) occupied[object] = static_cast<double>(figures.busy);
        }
      } else if (number >= numbers.ofUnit(0)) {
        const Unit& unit = machine.units[number - numbers.ofUnit(0)];
        const auto started = static_cast<double>(figures.held - figures.waited);
        occupied[MachineObjectId{unit.object}] = started;
        occupied[MachineObjectId{machine.stages[unit.stage.index()].object}] += started;
      } else if (machine.stages[number].kind == StageKind::Pipeline) {
        occupied[MachineObjectId{machine.stages[number].object}] = static_cast<double>(figures.held);
      }
    }
    const std::vector<MemoryTraffic>& traffic = automaton_.entries_[leaf].traffic;
    for (std::size_t m = 0; m < traffic.size(); ++m) {
      if (traffic[m].busy > 0) {
        occupied[MachineObjectId{machine.memories[m].object}] = static_cast<double>(traffic[m].busy);
      }
    }
    return occupied;
  }

  static TimeTree::Occupied list(const Occupied& occupied) {
    TimeTree::Occupied all;
    for (const auto& [object, cycles] : occupied) {
      if (cycles > 0) all.emplace_back(object, cycles);
    }
    return all;
  }

  Automaton& automaton_;
  const std::vector<ProgramNode>& nodes_;
  TimeTree tree_;
  std::map<std::pair<std::uint32_t, EntryId>, std::uint32_t> known_;
};

TimeTree Automaton::timeTree() {
  return all_ == none ? TimeTree() : TimeReader(*this).run(all_);
}

}  // namespace taktwerk::engine
