// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/reference/rules.h"

namespace taktwerk::reference {

namespace {

/// What an instruction waits for: another one, to do something.
struct Wait {
  Instruction* blocker = nullptr;
  std::string toDo;  ///< "to leave execute0"
};

Wait waitOfHazard(State& state, const Hazard& hazard) {
  const auto found = state.live.find(hazard.older);
  if (found == state.live.end()) return {};
  Instruction& older = found->second;
  if (hazard.kind == Hazard::Kind::Available) {
    return {&older, "to write " + state.machine.registerName(hazard.id)};
  }
  if (hazard.kind == Hazard::Kind::Started) {
    return {&older, "to read " + state.machine.registerName(hazard.id)};
  }
  const Range& range = older.ranges[hazard.range];
  return {&older, std::string(range.write ? "to write " : "to read ") + std::to_string(range.words) +
                      " words of " + state.memoryOf(range.memory).name + " at " +
                      std::to_string(range.address)};
}

Wait waitToStart(State& state, Instruction& instruction) {
  for (const Hazard& hazard : instruction.hazards) {
    if (stillHasTo(state, hazard)) return waitOfHazard(state, hazard);
  }
  for (auto& [index, other] : state.live) {
    if (other.unit == instruction.unit && other.started && !other.completed) {
      return {&other, "to complete, as max_in_flight of " + state.unitOf(other.unit).name + " is reached"};
    }
  }
  return {};
}

Wait waitToMove(State& state, const Instruction& instruction) {
  const Stage& stage = state.stageOf(instruction.stage);
  const std::deque<Instruction*>& held = state.stages[instruction.stage.index()].held;
  const bool anyMayGo = stage.kind == StageKind::Fetch && !state.machine.fetch.inOrder;
  if (!anyMayGo && held.front() != &instruction) return {held.front(), "to leave " + stage.name};
  for (const StageId next : stage.next) {
    const std::deque<Instruction*>& there = state.stages[next.index()].held;
    if (instruction.route->leads[next.index()] && !there.empty()) {
      return {there.front(), "to leave " + state.stageOf(next).name};
    }
  }
  return {};
}

Wait waitOf(State& state, Instruction& instruction) {
  if (!instruction.inBuffer || instruction.started) return {};
  return instruction.unit.valid() ? waitToStart(state, instruction) : waitToMove(state, instruction);
}

std::string nameOf(const State& state, const Instruction& instruction) {
  const std::string& operation = state.machine.operations[state.templateOf(instruction).operation.index()];
  return std::to_string(instruction.index) + " (" + operation + " in " +
         state.stageOf(instruction.stage).name + ")";
}

constexpr std::size_t longestChainInWords = 16;

}  // namespace

Deadlock describeDeadlock(State& state) {
  Deadlock deadlock;
  deadlock.cycle = state.now;
  if (state.live.empty()) return deadlock;

  // Every instruction waits for another, so following the waits comes back to one passed before.
  std::vector<Instruction*> path;
  std::set<std::int64_t> passed;
  Instruction* instruction = &state.live.begin()->second;
  while (instruction != nullptr && passed.insert(instruction->index).second) {
    path.push_back(instruction);
    instruction = waitOf(state, *instruction).blocker;
  }
  const auto first = instruction == nullptr ? path.begin() : std::find(path.begin(), path.end(), instruction);
  std::vector<Instruction*> chain(first, path.end());
  std::rotate(
      chain.begin(),
      std::min_element(chain.begin(), chain.end(),
                       [](const Instruction* a, const Instruction* b) { return a->index < b->index; }),
      chain.end());

  deadlock.sourceLine = chain.front()->sourceLine;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    deadlock.instructions.push_back(chain[i]->index);
    if (i > longestChainInWords) continue;
    if (i == longestChainInWords) {
      deadlock.chain += ", and so on over " + std::to_string(chain.size()) + " instructions";
      continue;
    }
    const Wait wait = waitOf(state, *chain[i]);
    if (i > 0) deadlock.chain += ", ";
    deadlock.chain += nameOf(state, *chain[i]);
    if (wait.blocker != nullptr) {
      deadlock.chain += " waits for " + std::to_string(wait.blocker->index) + " " + wait.toDo;
    }
  }
  std::sort(deadlock.instructions.begin(), deadlock.instructions.end());
  return deadlock;
}

}  // namespace taktwerk::reference
