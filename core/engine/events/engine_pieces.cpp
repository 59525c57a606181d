// SPDX-License-Identifier: GPL-3.0-or-later
// What an instruction accesses is cut into pieces at the boundaries of bursts, banks, rows and lines.
#include <algorithm>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

namespace {

/// First multiple of `unit` above `address`.
Words nextMultiple(Words address, Words unit) {
  return (address / unit + 1) * unit;
}

}  // namespace

void Engine::cut(std::uint32_t memoryIndex, Words burst, Words first, Words words,
                 std::vector<Piece>& out) const {
  const Memory& memory = machine_.memories[memoryIndex];
  const MemoryState& state = memories_[memoryIndex];
  const bool rows = memory.kind == MemoryKind::Dram;
  const bool interleaved = memory.kind == MemoryKind::Sram && memory.banks > 1;
  const Words end = first + words;
  for (Words at = first; at < end;) {
    Words until = end;
    if (burst > 0) until = std::min(until, nextMultiple(at, burst));
    if (rows) until = std::min(until, nextMultiple(at, memory.rowWords));
    if (interleaved) until = std::min(until, nextMultiple(at, memory.interleaveWords));
    Piece piece;
    piece.memory = memoryIndex;
    piece.bank = bankOf(state, memoryIndex, at);
    piece.address = at;
    piece.words = until - at;
    out.push_back(piece);
    at = until;
  }
}

std::uint32_t Engine::takePiece(const Piece& piece) {
  const std::uint32_t id = pieces_.take();
  pieces_[id] = piece;
  return id;
}

std::uint32_t Engine::addPiece(const Piece& piece, std::uint32_t after) {
  const std::uint32_t id = takePiece(piece);
  std::uint32_t& link = after == nowhere ? liveMemory(piece.instruction).firstPiece : pieces_[after].next;
  pieces_[id].next = link;
  link = id;
  return id;
}

void Engine::buildPieces(std::int64_t index) {
  const Live& l = live(index);
  LiveMemory& memory = liveMemory(index);
  const Words burst = units_[l.timing->unit].burst;
  std::uint32_t last = nowhere;
  const auto add = [&](std::uint32_t id) {
    (last == nowhere ? memory.firstPiece : pieces_[last].next) = id;
    last = id;
    ++memory.ungranted;
    ++memory.openPieces;
    if (!pieces_[id].write) ++memory.openReads;
  };
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    Access& access = accesses_[a];
    const MemoryState& target = memories_[access.memory];
    const Words words = access.end - access.first;
    if ((burst == 0 || words == 1) && (target.whole || words == 1)) {
      // Nothing cuts it: the usual case, set field by field.
      const std::uint32_t id = pieces_.take();
      Piece& piece = pieces_[id];
      piece.instruction = index;
      piece.access = a;
      piece.parent = piece.next = nowhere;
      piece.memory = access.memory;
      piece.bank = target.whole ? target.firstBank : bankOf(target, access.memory, access.first);
      piece.address = access.first;
      piece.words = words;
      piece.grantNode = 0;
      piece.write = access.write;
      piece.open = piece.granted = piece.ready = piece.portWithSlot = false;
      piece.openSince = 0;
      access.openPieces = 1;
      add(id);
      continue;
    }
    cutScratch_.clear();
    cut(access.memory, burst, access.first, words, cutScratch_);
    access.openPieces = static_cast<std::uint32_t>(cutScratch_.size());
    for (Piece& piece : cutScratch_) {
      piece.instruction = index;
      piece.access = a;
      piece.write = access.write;
      add(takePiece(piece));
    }
  }
}

std::uint32_t Engine::bankOf(const MemoryState& state, std::uint32_t memoryIndex, Words address) const {
  if (state.kind != MemoryKind::Sram || state.whole) return state.firstBank;
  const Memory& memory = machine_.memories[memoryIndex];
  return state.firstBank + static_cast<std::uint32_t>(address / memory.interleaveWords % memory.banks);
}

}  // namespace taktwerk::engine
