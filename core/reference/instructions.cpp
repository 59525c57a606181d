// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/reference/rules.h"

namespace taktwerk::reference {

namespace {

bool overlap(const State& state, const Range& a, const Range& b) {
  return state.memoryOf(a.memory).root == state.memoryOf(b.memory).root && a.address < b.address + b.words &&
         b.address < a.address + a.words;
}

bool holds(const std::vector<RegisterCopy>& copies, const RegisterCopy& copy) {
  return std::find(copies.begin(), copies.end(), copy) != copies.end();
}

void nameCopies(State& state, Instruction& instruction) {
  const InstructionTemplate& shape = state.templateOf(instruction);
  const auto copyOf = [&](RegisterId id) {
    const RegisterFile& file = state.machine.registerFiles[state.machine.registerFileOf(id).index()];
    return RegisterCopy{id, static_cast<std::uint32_t>(state.writesSeen[id.index()] % file.depth)};
  };
  for (const RegisterId id : shape.reads) instruction.reads.push_back(copyOf(id));
  std::vector<RegisterId> written = shape.writes;
  std::sort(written.begin(), written.end());
  written.erase(std::unique(written.begin(), written.end()), written.end());
  for (const RegisterId id : written) {
    ++state.writesSeen[id.index()];
    instruction.writes.push_back(copyOf(id));
  }
}

void nameRanges(State& state, Instruction& instruction) {
  const InstructionTemplate& shape = state.templateOf(instruction);
  std::size_t access = 0;
  for (const bool write : {false, true}) {
    for (const AccessShape& range : write ? shape.memoryWrites : shape.memoryReads) {
      instruction.ranges.push_back({range.memory, state.walker.addresses()[access++], range.words, write});
    }
  }
}

void findHazards(State& state, const Instruction& older, Instruction& younger) {
  for (const RegisterCopy& copy : older.writes) {
    const bool read = holds(younger.reads, copy);
    if (read || holds(younger.writes, copy)) {
      younger.hazards.push_back({Hazard::Kind::Available, older.index, copy.id, 0,
                                 read ? WaitDetail::RegisterRaw : WaitDetail::RegisterWaw});
    }
  }
  for (const RegisterCopy& copy : older.reads) {
    if (holds(younger.writes, copy)) {
      younger.hazards.push_back({Hazard::Kind::Started, older.index, copy.id, 0, WaitDetail::RegisterWar});
    }
  }
  for (std::size_t range = 0; range < older.ranges.size(); ++range) {
    const Range& theirs = older.ranges[range];
    bool read = false, written = false;
    for (const Range& mine : younger.ranges) {
      if ((mine.write || theirs.write) && overlap(state, mine, theirs)) (mine.write ? written : read) = true;
    }
    if (!read && !written) continue;
    const WaitDetail detail = !theirs.write ? WaitDetail::MemoryWar
                              : read        ? WaitDetail::MemoryRaw
                                            : WaitDetail::MemoryWaw;
    younger.hazards.push_back({Hazard::Kind::RangeDone, older.index, {}, range, detail});
  }
}

}  // namespace

Instruction& takeNextInstruction(State& state) {
  const std::int64_t index = state.nextIndex++;
  if (state.observer != nullptr) state.observer->reaches(index, state.live);
  Instruction& instruction = state.live[index];
  instruction.index = index;
  instruction.templateId = state.walker.step().instruction;
  instruction.sourceLine = state.walker.step().sourceLine;
  instruction.route = &*state.routes[instruction.templateId.index()];
  instruction.times.index = index;
  nameCopies(state, instruction);
  nameRanges(state, instruction);
  for (auto& [olderIndex, older] : state.live) {
    if (olderIndex == index) break;
    findHazards(state, older, instruction);
  }
  state.more = state.walker.next();
  return instruction;
}

bool stillHasTo(const State& state, const Hazard& hazard) {
  const auto found = state.live.find(hazard.older);
  if (found == state.live.end()) return false;
  const Instruction& older = found->second;
  if (!older.started) return true;
  switch (hazard.kind) {
    case Hazard::Kind::Started:
      return false;
    case Hazard::Kind::RangeDone:
      return older.ranges[hazard.range].openPieces > 0;
    case Hazard::Kind::Available:
      break;
  }
  const auto early = older.costs->resultLatency.find(state.machine.registerFileOf(hazard.id));
  if (early != older.costs->resultLatency.end() && state.now >= after(older.times.start, early->second)) {
    return false;
  }
  return !older.completed;
}

bool hazardsAreOver(const State& state, Instruction& instruction) {
  auto& hazards = instruction.hazards;
  hazards.erase(std::remove_if(hazards.begin(), hazards.end(),
                               [&](const Hazard& hazard) { return !stillHasTo(state, hazard); }),
                hazards.end());
  return hazards.empty();
}

}  // namespace taktwerk::reference
