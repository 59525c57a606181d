// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/access_demand.h"

#include <algorithm>

#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

/// At which multiples the memory itself cuts, 0 if at none.
Words boundaryOf(const Memory& memory) {
  if (memory.kind == MemoryKind::Dram) return memory.rowWords;
  if (memory.kind == MemoryKind::Sram && memory.banks > 1) return memory.interleaveWords;
  return 0;
}

Words leastPieces(const Memory& memory, Words words, Words burst) {
  Words pieces = 1;
  if (burst > 0) pieces = std::max(pieces, quotientRoundedUp(words, burst));
  if (const Words boundary = boundaryOf(memory))
    pieces = std::max(pieces, quotientRoundedUp(words, boundary));
  return pieces;
}

/// The least and the largest access latency of a piece of an SRAM's range.
struct LatencyRange {
  Cycles least = 0, most = 0;
};
LatencyRange sramLatency(engine::Resolver& resolver, const AccessShape& access, bool write, bool cut) {
  const Memory& memory = resolver.machine().memories[access.memory.index()];
  const Cost& cost = write ? memory.writeLatency : memory.readLatency;
  if (!cost.expression) return {cost.constant, cost.constant};
  // An expression over the words of a piece: every size a piece can have, if those are few.
  constexpr Words fewSizes = 4096;
  if (cut && access.words > fewSizes) return {0, mostCycles};
  LatencyRange range{mostCycles, 0};
  for (Words words = cut ? 1 : access.words; words <= access.words; ++words) {
    engine::ResolveError error;
    const Cycles latency = resolver.accessLatency(access.memory.value, write, words, error);
    if (latency < 0) return {0, mostCycles};  // such a piece is an error of the program
    range.least = std::min(range.least, latency);
    range.most = std::max(range.most, latency);
  }
  return range;
}

}  // namespace

Words mostPieces(const Memory& memory, Words words, Words burst) {
  // Every boundary strictly inside the range cuts it once.
  Words pieces = 1;
  if (burst > 0) pieces = saturatingSum(pieces, quotientRoundedUp(words - 1, burst));
  if (const Words boundary = boundaryOf(memory)) {
    pieces = saturatingSum(pieces, quotientRoundedUp(words - 1, boundary));
  }
  return std::min(pieces, words);
}

LeastAccess leastAccess(engine::Resolver& resolver, const AccessShape& access, bool write, Words burst) {
  const Memory& memory = resolver.machine().memories[access.memory.index()];
  const bool mayBeCut = mostPieces(memory, access.words, burst) > 1;
  const Words pieces = leastPieces(memory, access.words, burst);
  const Words beats = std::max(pieces, quotientRoundedUp(access.words, memory.portWidth));
  // k pieces have at least max(k, beats) beats; each has the latency and its further beats. That is linear in
  // k between its corners.
  Cycles latency = memory.tCas;
  Words lines = 0;
  if (memory.kind == MemoryKind::Sram) latency = sramLatency(resolver, access, write, mayBeCut).least;
  if (memory.kind == MemoryKind::Cache) {
    latency = memory.hitLatency;
    lines = quotientRoundedUp(access.words, memory.lineWords);
  }
  LeastAccess least;
  least.slots = std::numeric_limits<Cycles>::max();
  for (const Words k : {pieces, beats, std::clamp(lines, pieces, beats)}) {
    const Cycles latencies = saturatingProduct(std::max(k, lines), latency);
    const Cycles further = saturatingProduct(beats - k, memory.beatInterval);
    least.slots = std::min(least.slots, saturatingSum(latencies, further));
  }
  least.ports = saturatingProduct(beats, memory.beatInterval);
  least.first = mayBeCut ? latency : least.slots;
  return least;
}

Cycles mostAccess(engine::Resolver& resolver, const AccessShape& access, bool write, Words burst) {
  const Memory& memory = resolver.machine().memories[access.memory.index()];
  const Words pieces = mostPieces(memory, access.words, burst);
  // ⌈w / p⌉ of each piece: less than one beat more than its share.
  const Words beats =
      std::min(access.words, saturatingSum(access.words, saturatingProduct(pieces, memory.portWidth - 1)) /
                                 memory.portWidth);
  Cycles latency = 0;
  if (memory.kind == MemoryKind::Sram) {
    latency = sramLatency(resolver, access, write, pieces > 1).most;
  } else if (memory.kind == MemoryKind::Dram) {
    latency = saturatingSum(saturatingSum(memory.tRp, memory.tRcd), memory.tCas);
  }
  // A piece is ready after its latency and further beats; its port may be held for one beat longer than
  // those.
  Cycles total = saturatingProduct(pieces, std::max(latency, memory.beatInterval));
  total = saturatingSum(total, saturatingProduct(std::max<Words>(0, beats - pieces), memory.beatInterval));
  if (memory.kind != MemoryKind::Cache) return total;

  const Words lines = saturatingSum(
      pieces, quotientRoundedUp(access.words - 1, memory.lineWords));  // and again in each piece
  const AccessShape line{memory.backing, memory.lineWords};
  Cycles each = memory.hitLatency;
  each = saturatingSum(each, mostAccess(resolver, line, true, 0));             // a dirty victim
  each = saturatingSum(each, mostAccess(resolver, line, false, 0));            // the line
  if (write) each = saturatingSum(each, mostAccess(resolver, line, true, 0));  // words written through
  return saturatingSum(total, saturatingProduct(lines, each));
}

}  // namespace taktwerk
