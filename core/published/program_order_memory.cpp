// SPDX-License-Identifier: GPL-3.0-or-later
// Memory accesses of the program-order pass: each takes slot, port, row and cache lines in its turn.
#include <algorithm>
#include <limits>

#include "core/bounds/saturating.h"
#include "core/published/program_order_pass.h"

namespace taktwerk {

void ProgramOrderPass::cut(const Memory& memory, Words burst, Words address, Words words,
                           std::vector<std::pair<Words, Words>>& out) const {
  Words boundary = 0;
  if (memory.kind == MemoryKind::Dram) boundary = memory.rowWords;
  if (memory.kind == MemoryKind::Sram && memory.banks > 1) boundary = memory.interleaveWords;
  const Words end = address + words;
  for (Words at = address; at < end;) {
    Words until = end;
    if (burst > 0) until = std::min(until, (at / burst + 1) * burst);
    if (boundary > 0) until = std::min(until, (at / boundary + 1) * boundary);
    out.emplace_back(at, until - at);
    at = until;
  }
}

ProgramOrderPass::Granted ProgramOrderPass::request(std::uint32_t id, bool write, Words address, Words words,
                                                    Cycles from) {
  const Memory& memory = machine_.memories[id];
  MemoryTimes& times = memories_[id];
  const bool banked = memory.kind == MemoryKind::Sram && memory.banks > 1;
  Bank& bank =
      times.banks[banked ? static_cast<std::size_t>(address / memory.interleaveWords % memory.banks) : 0];
  Cycles granted = placeIn(bank.slots, memory.maxConcurrentRequests, from);
  if (memory.readWritePorts) granted = placeIn(bank.ports, *memory.readWritePorts, granted);
  const Words beats = quotientRoundedUp(words, memory.portWidth);
  const Cycles further = saturatingProduct(beats - 1, memory.beatInterval);
  Cycles ready = 0;
  switch (memory.kind) {
    case MemoryKind::Sram: {
      engine::ResolveError error;
      const Cycles latency = resolver_.accessLatency(id, write, words, error);
      if (latency < 0) error_ = error.message;
      ready = saturatingSum(saturatingSum(granted, std::max<Cycles>(latency, 0)), further);
      break;
    }
    case MemoryKind::Dram: {
      const Words row = address / memory.rowWords;
      DramBank& dram = times.rows[static_cast<std::size_t>(row % memory.banks)];
      Cycles latency = memory.tCas;
      if (dram.openRow != row) {
        latency += memory.tRcd + (dram.openRow >= 0 ? memory.tRp : 0);
        granted = std::max(granted, dram.idle);
        dram.openRow = row;
      }
      ready = saturatingSum(saturatingSum(granted, latency), further);
      dram.idle = std::max(dram.idle, ready);
      break;
    }
    case MemoryKind::Cache:
      ready = saturatingSum(throughCache(id, write, address, words, granted), further);
      break;
  }
  bank.slots.push(ready);
  if (memory.readWritePorts) {
    bank.ports.push(saturatingSum(granted, saturatingProduct(beats, memory.beatInterval)));
  }
  return {granted, ready};
}

Cycles ProgramOrderPass::throughCache(std::uint32_t id, bool write, Words address, Words words, Cycles from) {
  const Memory& memory = machine_.memories[id];
  MemoryTimes& times = memories_[id];
  const auto behind = [&](bool writes, Words first, Words count, Cycles at) {
    std::vector<std::pair<Words, Words>> pieces;
    cut(machine_.memories[memory.backing.index()], 0, first, count, pieces);
    Cycles ready = at;
    for (const auto& [begin, length] : pieces) {
      ready = std::max(ready, request(memory.backing.value, writes, begin, length, at).ready);
    }
    return ready;
  };
  Cycles now = from;
  const Words last = (address + words - 1) / memory.lineWords;
  for (Words line = address / memory.lineWords; line <= last; ++line) {
    now = saturatingSum(now, memory.hitLatency);
    const auto set = times.ways.begin() + static_cast<std::ptrdiff_t>(line % memory.sets * memory.ways);
    const auto end = set + static_cast<std::ptrdiff_t>(memory.ways);
    auto way = std::find_if(set, end, [&](const Way& w) { return w.line == line; });
    const Words first = std::max(address, line * memory.lineWords);
    const Words count = std::min(address + words, (line + 1) * memory.lineWords) - first;
    const bool hit = way != end;
    if (!hit && (!write || memory.writeAllocate)) {
      // Whatever the policy, the way untouched longest: the papers know no caches.
      way = std::min_element(set, end, [](const Way& a, const Way& b) { return a.touched < b.touched; });
      if (way->line >= 0 && way->dirty)
        now = behind(true, way->line * memory.lineWords, memory.lineWords, now);
      *way = {line, false, 0};
      now = behind(false, line * memory.lineWords, memory.lineWords, now);
    }
    if (way != end) way->touched = ++times.clock;
    const bool passesOn = write && (memory.writeThrough || way == end);
    if (passesOn) now = behind(true, first, count, now);
    if (write && !passesOn) way->dirty = true;
  }
  return now;
}

ProgramOrderPass::Accessed ProgramOrderPass::access(const engine::ResolvedTemplate& content,
                                                    const engine::UnitTiming& timing, Cycles start,
                                                    const std::int64_t* addresses) {
  const Unit& unit = machine_.units[timing.unit];
  const Cycles t0 = saturatingSum(start, timing.latency);
  Accessed result{t0, start};
  std::vector<Cycles> readsReady;
  Cycles allReads = t0;
  std::size_t writes = 0;
  for (std::size_t a = 0; a < content.accesses.size(); ++a) {
    const AccessShape& shape = content.accesses[a];
    const Memory& memory = machine_.memories[shape.memory.index()];
    const bool write = a >= content.memoryReads;
    pieces_.clear();
    cut(memory, unit.burstWords.value_or(0), addresses[a], shape.words, pieces_);
    const std::vector<std::pair<Words, Words>> pieces = pieces_;
    Cycles done = 0;
    for (const auto& [first, words] : pieces) {
      Cycles from = t0;
      if (write) {
        from = allReads;
        if (unit.streaming && !readsReady.empty()) from = readsReady[std::min(writes, readsReady.size() - 1)];
        from = saturatingSum(from, timing.computeLatency);
        ++writes;
      }
      const Granted granted = request(shape.memory.value, write, first, words, from);
      result.granted = std::max(result.granted, granted.granted);
      result.complete = std::max(result.complete, granted.ready);
      done = std::max(done, granted.ready);
      if (!write) readsReady.push_back(granted.ready);
    }
    if (!write) allReads = std::max(allReads, done);
    memories_[memory.root.index()].pending.push_back({addresses[a], addresses[a] + shape.words, done, write});
  }
  return result;
}

}  // namespace taktwerk
