// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reference/rules.h"

namespace taktwerk::reference {

namespace {

/// Cuts the ranges of a memory access unit's instruction into its accesses (§2 Pieces).
bool cutRanges(State& state, Instruction& instruction) {
  const Unit& unit = state.unitOf(instruction.unit);
  for (std::size_t i = 0; i < instruction.ranges.size(); ++i) {
    Range& range = instruction.ranges[i];
    range.firstPiece = instruction.accesses.size();
    Request whole;
    whole.memory = range.memory;
    whole.address = range.address;
    whole.words = range.words;
    whole.write = range.write;
    whole.range = i;
    if (!cut(state.memoryOf(range.memory), whole, unit.burstWords, instruction.accesses)) {
      state.fail(instruction, "P0006",
                 "a range of " + std::to_string(range.words) + " words of " +
                     state.memoryOf(range.memory).name + " is cut into more than " +
                     std::to_string(maximumPieces) + " accesses or cache lines");
      return false;
    }
    range.openPieces = instruction.accesses.size() - range.firstPiece;
    if (!range.write) instruction.readPieces = instruction.accesses.size();
  }
  instruction.openReads = instruction.readPieces;
  instruction.openAccesses = instruction.ungranted = instruction.accesses.size();
  return true;
}

void startMemoryAccess(State& state, Instruction& instruction) {
  const Unit& unit = state.unitOf(instruction.unit);
  const Cycles start = instruction.times.start;
  const Cycles t0 = after(start, instruction.costs->latency);
  const Cycles interval = after(start, instruction.costs->initiationInterval);
  instruction.lastReadReady = t0;
  state.endsAt(t0);
  if (!cutRanges(state, instruction)) return;
  if (instruction.accesses.empty()) {
    instruction.completesAt = t0;
  } else if (instruction.readPieces == 0) {
    state.endsAt(after(t0, instruction.costs->computeLatency));
  }
  if (unit.release == Release::Interval || (unit.release == Release::Grant && instruction.accesses.empty())) {
    instruction.leavesAt = interval;
  } else if (instruction.accesses.empty()) {
    instruction.leavesAt = std::max(interval, t0);
  }
}

}  // namespace

bool tryStart(State& state, Instruction& instruction) {
  if (!instruction.unit.valid() || instruction.started) return false;
  const Unit& unit = state.unitOf(instruction.unit);
  std::int64_t& inFlight = state.inFlight[instruction.unit.index()];
  if (unit.maxInFlight && inFlight >= *unit.maxInFlight) return false;
  if (!hazardsAreOver(state, instruction)) return false;

  ++inFlight;
  instruction.started = true;
  instruction.times.start = state.now;
  if (unit.accessesMemory) {
    startMemoryAccess(state, instruction);
  } else {
    instruction.completesAt = after(state.now, instruction.costs->latency);
    instruction.leavesAt = after(state.now, instruction.costs->initiationInterval);
    for (const auto& [file, cycles] : instruction.costs->resultLatency) {
      state.endsAt(after(state.now, cycles));
    }
  }
  if (state.observer) state.observer->starts(state.now, instruction);
  if (instruction.completesAt) state.endsAt(*instruction.completesAt);
  if (instruction.leavesAt) state.endsAt(*instruction.leavesAt);
  return true;
}

}  // namespace taktwerk::reference
