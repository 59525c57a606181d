// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/reference/rules.h"

namespace taktwerk::reference {

bool tryFetch(State& state) {
  const Fetch& fetch = state.machine.fetch;
  if (!state.more || !state.fetching.empty()) return false;
  if (state.stages[fetch.stage.index()].held.size() + fetch.width > fetch.bufferSize) return false;
  while (state.more && state.fetching.size() < fetch.width) {
    state.fetching.push_back(&takeNextInstruction(state));
  }
  if (state.observer) state.observer->fetchStarts(state.now, state.fetching);
  state.fetchArrives = after(state.now, fetch.duration);
  state.endsAt(state.fetchArrives);
  return true;
}

namespace {

/// The stage's latency is over for this instruction and its order lets it go.
bool mayLeaveStage(const State& state, const Instruction& instruction) {
  const Stage& stage = state.stageOf(instruction.stage);
  if (state.now < after(instruction.enteredStage, stage.latency)) return false;
  const std::deque<Instruction*>& held = state.stages[instruction.stage.index()].held;
  // The issue buffer lets any instruction go unless issue_order is in_order; stages are queues.
  const bool anyMayGo = stage.kind == StageKind::Fetch && !state.machine.fetch.inOrder;
  return anyMayGo || held.front() == &instruction;
}

void enter(State& state, Instruction& instruction, StageId id) {
  state.stages[id.index()].held.push_back(&instruction);
  instruction.stage = id;
  instruction.enteredStage = state.now;
  const auto processing = instruction.route->processedBy.find(id);
  if (processing == instruction.route->processedBy.end()) {
    state.endsAt(after(state.now, state.stageOf(id).latency));
    return;
  }
  instruction.unit = processing->second;
  instruction.costs = &instruction.route->costs.at(instruction.unit);
  instruction.times.unit = instruction.unit;
  instruction.times.enter = state.now;
}

}  // namespace

bool tryMove(State& state, Instruction& instruction) {
  if (!instruction.inBuffer || instruction.unit.valid() || !mayLeaveStage(state, instruction)) return false;
  const StageId from = instruction.stage;
  for (const StageId next : state.stageOf(from).next) {
    if (!instruction.route->leads[next.index()]) continue;
    if (state.stages[next.index()].held.size() >= state.stageOf(next).capacity) continue;
    auto& held = state.stages[from.index()].held;
    held.erase(std::find(held.begin(), held.end(), &instruction));
    if (!instruction.issued) {
      instruction.issued = true;
      instruction.times.issued = state.now;
    }
    enter(state, instruction, next);
    if (state.observer) state.observer->moves(state.now, instruction, from, next);
    return true;
  }
  return false;
}

}  // namespace taktwerk::reference
