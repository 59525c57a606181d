// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <variant>

#include "core/reference/rules.h"

namespace taktwerk::reference {

bool cut(const Memory& memory, const Request& whole, std::optional<Words> burst,
         std::vector<Request>& pieces) {
  // A cache does not cut, but takes its lines one by one, which must come to an end as well.
  if (memory.kind == MemoryKind::Cache &&
      whole.words / memory.lineWords > static_cast<Words>(maximumPieces)) {
    return false;
  }
  std::optional<Words> boundary;
  if (memory.kind == MemoryKind::Dram) boundary = memory.rowWords;
  if (memory.kind == MemoryKind::Sram && memory.banks > 1) boundary = memory.interleaveWords;
  Request piece = whole;
  const Words end = whole.address + whole.words;
  for (std::size_t count = 0; piece.address < end; ++count) {
    if (count == maximumPieces) return false;
    piece.words = end - piece.address;
    for (const std::optional<Words>& multiple : {burst, boundary}) {
      if (multiple) piece.words = std::min(piece.words, *multiple - piece.address % *multiple);
    }
    pieces.push_back(piece);
    piece.address += piece.words;
  }
  return true;
}

namespace {

Words beatsOf(const Memory& memory, Words words) {
  return (words - 1) / memory.portWidth + 1;
}

Cycles times(Words count, Cycles each) {
  return each > 0 && count > never / each ? never : count * each;
}

std::int64_t bankOf(const Memory& memory, const Request& request) {
  if (memory.kind != MemoryKind::Sram) return 0;
  return request.address / memory.interleaveWords % memory.banks;
}

Slots& slotsOf(State& state, const Request& request) {
  return state.memories[request.memory.index()].slots[bankOf(state.memoryOf(request.memory), request)];
}

Row& rowOf(State& state, const Request& request) {
  const Memory& memory = state.memoryOf(request.memory);
  return state.memories[request.memory.index()].rows[request.address / memory.rowWords % memory.banks];
}

/// The access latency; nothing (and an error) where its expression gives no cycles.
std::optional<Cycles> accessLatency(State& state, const Instruction& instruction, const Request& request) {
  const Memory& memory = state.memoryOf(request.memory);
  if (memory.kind == MemoryKind::Dram) {
    const Row& row = rowOf(state, request);
    if (!row.open) return after(memory.tRcd, memory.tCas);
    if (*row.open == request.address / memory.rowWords) return memory.tCas;
    return after(memory.tRp, after(memory.tRcd, memory.tCas));
  }
  const Cost& cost = request.write ? memory.writeLatency : memory.readLatency;
  const auto value = cost.evaluate([&](std::string_view name) -> std::optional<Rational> {
    if (name == "words") return Rational(request.words);
    if (name == "beats") return Rational(beatsOf(memory, request.words));
    return std::nullopt;
  });
  if (const Cycles* cycles = std::get_if<Cycles>(&value)) return *cycles;
  state.fail(instruction, "P0004",
             std::string(request.write ? "write_latency" : "read_latency") + " of " + memory.name +
                 " cannot be computed for " + std::to_string(request.words) +
                 " words: " + std::get<ExpressionError>(value).message);
  return std::nullopt;
}

}  // namespace

bool tryGrant(State& state, const Instruction& instruction, Request& request) {
  const Memory& memory = state.memoryOf(request.memory);
  Slots& slots = slotsOf(state, request);
  if (slots.taken >= memory.maxConcurrentRequests) return false;
  auto& ports = slots.portsUntil;
  ports.erase(std::remove_if(ports.begin(), ports.end(), [&](Cycles until) { return until <= state.now; }),
              ports.end());
  if (memory.readWritePorts && static_cast<std::int64_t>(ports.size()) >= *memory.readWritePorts)
    return false;
  if (memory.kind == MemoryKind::Dram) {
    const Row& row = rowOf(state, request);
    const bool isOpen = row.open && *row.open == request.address / memory.rowWords;
    if (!isOpen && row.underWay > 0) return false;
  }

  const Words beats = beatsOf(memory, request.words);
  request.granted = state.now;
  ++slots.taken;
  ports.push_back(after(state.now, times(beats, memory.beatInterval)));
  state.endsAt(ports.back());
  if (state.observer) state.observer->granted(state.now, instruction, request);
  if (memory.kind == MemoryKind::Cache) {
    beginCacheAccess(state, request);
    return true;
  }
  const std::optional<Cycles> latency = accessLatency(state, instruction, request);
  if (!latency) return true;
  request.readyAt = after(after(state.now, *latency), times(beats - 1, memory.beatInterval));
  state.endsAt(*request.readyAt);
  if (memory.kind == MemoryKind::Dram) {
    Row& row = rowOf(state, request);
    row.open = request.address / memory.rowWords;
    ++row.underWay;
  }
  return true;
}

void giveBack(State& state, Request& request) {
  request.ready = true;
  --slotsOf(state, request).taken;
  if (state.memoryOf(request.memory).kind == MemoryKind::Dram) --rowOf(state, request).underWay;
  if (state.observer) state.observer->ready(state.now, request);
}

namespace {

/// From when an access may be requested, if that is known yet.
std::optional<Cycles> mayBeRequestedFrom(const State& state, const Instruction& instruction,
                                         std::size_t access) {
  const Cycles t0 = after(instruction.times.start, instruction.costs->latency);
  if (access < instruction.readPieces) return t0;
  const Cycles compute = instruction.costs->computeLatency;
  if (instruction.readPieces == 0) return after(t0, compute);
  if (!state.unitOf(instruction.unit).streaming) {
    if (instruction.openReads > 0) return std::nullopt;
    return after(instruction.lastReadReady, compute);
  }
  const std::size_t read = std::min(access - instruction.readPieces, instruction.readPieces - 1);
  if (!instruction.accesses[read].ready) return std::nullopt;
  return after(*instruction.accesses[read].readyAt, compute);
}

/// An access or, once a cache has granted it, the requests below it, in their order.
bool tryRequest(State& state, const Instruction& instruction, Request& request) {
  if (!request.granted) return tryGrant(state, instruction, request);
  if (!request.cache) return false;
  for (Request& below : request.cache->below) {
    if (!below.ready && tryRequest(state, instruction, below)) return true;
  }
  return false;
}

}  // namespace

bool tryAccess(State& state, Instruction& instruction) {
  if (!instruction.started || instruction.openAccesses == 0) return false;
  if (instruction.ungranted == 0 && !state.hasCaches) return false;
  for (std::size_t access = 0; access < instruction.accesses.size(); ++access) {
    Request& request = instruction.accesses[access];
    if (request.ready) continue;
    const bool wasGranted = request.granted.has_value();
    if (!wasGranted) {
      const std::optional<Cycles> from = mayBeRequestedFrom(state, instruction, access);
      if (!from || state.now < *from) continue;
    }
    if (!tryRequest(state, instruction, request)) continue;
    if (!wasGranted) --instruction.ungranted;
    if (instruction.ungranted == 0 && !wasGranted &&
        state.unitOf(instruction.unit).release == Release::Grant) {
      instruction.leavesAt =
          std::max(state.now, after(instruction.times.start, instruction.costs->initiationInterval));
      state.endsAt(*instruction.leavesAt);
    }
    return true;
  }
  return false;
}

}  // namespace taktwerk::reference
