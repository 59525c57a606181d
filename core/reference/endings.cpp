// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/reference/rules.h"

namespace taktwerk::reference {

namespace {

void fetchArrives(State& state) {
  if (state.fetching.empty() || state.now < state.fetchArrives) return;
  const StageId fetch = state.machine.fetch.stage;
  for (Instruction* instruction : state.fetching) {
    instruction->inBuffer = true;
    instruction->times.fetched = state.now;
    instruction->stage = fetch;
    instruction->enteredStage = state.now;
    state.stages[fetch.index()].held.push_back(instruction);
  }
  state.fetching.clear();
  state.endsAt(after(state.now, state.stageOf(fetch).latency));
}

/// A piece is ready: writes that waited for it count their compute_latency from now.
void pieceReady(State& state, Instruction& instruction, std::size_t access) {
  --instruction.openAccesses;
  --instruction.ranges[instruction.accesses[access].range].openPieces;
  if (access >= instruction.readPieces) return;
  --instruction.openReads;
  instruction.lastReadReady = std::max(instruction.lastReadReady, state.now);
  const std::size_t writes = instruction.accesses.size() - instruction.readPieces;
  // Streaming, write i waits for read i, and those beyond the last read for the last.
  const bool writeWaits =
      state.unitOf(instruction.unit).streaming ? access < writes : writes > 0 && instruction.openReads == 0;
  if (writeWaits) state.endsAt(after(state.now, instruction.costs->computeLatency));
}

bool accessesEnd(State& state, Instruction& instruction) {
  bool changed = false;
  for (std::size_t access = 0; access < instruction.accesses.size(); ++access) {
    Request& request = instruction.accesses[access];
    if (request.ready || !request.granted) continue;
    if (request.cache) changed = continueCacheAccess(state, instruction, request) || changed;
    if (!request.readyAt || state.now < *request.readyAt) continue;
    giveBack(state, request);
    pieceReady(state, instruction, access);
    changed = true;
  }
  if (changed && instruction.openAccesses == 0) {
    instruction.completesAt = state.now;
    if (state.unitOf(instruction.unit).release == Release::Completion) {
      instruction.leavesAt =
          std::max(state.now, after(instruction.times.start, instruction.costs->initiationInterval));
      state.endsAt(*instruction.leavesAt);
    }
  }
  return changed;
}

bool completesAndLeaves(State& state, Instruction& instruction) {
  bool changed = false;
  if (!instruction.completed && instruction.completesAt && *instruction.completesAt <= state.now) {
    instruction.completed = changed = true;
    instruction.times.complete = state.now;
    if (state.observer) state.observer->completes(state.now, instruction);
    --state.inFlight[instruction.unit.index()];
  }
  if (!instruction.left && instruction.leavesAt && *instruction.leavesAt <= state.now) {
    instruction.left = changed = true;
    instruction.times.release = state.now;
    if (state.observer) state.observer->leaves(state.now, instruction);
    std::deque<Instruction*>& held = state.stages[instruction.stage.index()].held;
    held.erase(std::find(held.begin(), held.end(), &instruction));
  }
  return changed;
}

void over(State& state, Instruction& instruction) {
  InstructionTimes& times = instruction.times;
  state.result.cycles = std::max({state.result.cycles, times.complete, times.release});
  ++state.result.instructions;
  if (!state.sink) return;
  for (const Request& request : instruction.accesses) {
    times.accesses.push_back(
        {request.memory, request.address, request.words, request.write, *request.granted, *request.readyAt});
  }
  state.sink(times);
}

/// Ends what ends without a look-up; true if anything did.
bool endOnce(State& state) {
  bool changed = false;
  for (auto entry = state.live.begin(); entry != state.live.end();) {
    Instruction& instruction = entry->second;
    if (instruction.started) {
      if (instruction.openAccesses > 0) changed = accessesEnd(state, instruction) || changed;
      changed = completesAndLeaves(state, instruction) || changed;
    }
    if (instruction.completed && instruction.left) {
      over(state, instruction);
      entry = state.live.erase(entry);
    } else {
      ++entry;
    }
  }
  return changed;
}

}  // namespace

void endWhatEnds(State& state) {
  while (!state.agenda.empty() && state.agenda.top() <= state.now) {
    while (!state.agenda.empty() && state.agenda.top() <= state.now) state.agenda.pop();
    fetchArrives(state);
    do {
      while (endOnce(state)) {
      }
    } while (state.result.errors.empty() && decideOldestLookUp(state));
  }
}

}  // namespace taktwerk::reference
