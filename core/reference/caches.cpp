// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/reference/rules.h"

// §4 as plainly as it reads: an access goes from line to line, each a look-up that is decided when it ends,
// then at most one write and one read below.
namespace taktwerk::reference {

namespace {

struct Cache {
  const Memory& memory;
  MemoryState& state;

  CacheSet& setOf(Words line) { return state.sets[line % memory.sets]; }
  Way* find(Words line) {
    for (Way& way : setOf(line).ways) {
      if (way.line == line) return &way;
    }
    return nullptr;
  }
};

Cache cacheOf(State& state, const Request& request) {
  return {state.memoryOf(request.memory), state.memories[request.memory.index()]};
}

/// One draw of xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators").
std::uint64_t draw(std::uint64_t& x) {
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  return x * 0x2545F4914F6CDD1Du;
}

/// Turns the tree's nodes above a way to the other side.
void turnAway(CacheSet& set, std::int64_t ways, std::int64_t way) {
  std::int64_t node = 1;
  for (std::int64_t half = ways / 2; half > 0; half /= 2) {
    const bool right = (way & half) != 0;
    set.pointsRight[node] = !right;
    node = 2 * node + (right ? 1 : 0);
  }
}

std::int64_t pointedAt(CacheSet& set, std::int64_t ways) {
  std::int64_t node = 1, way = 0;
  for (std::int64_t half = ways / 2; half > 0; half /= 2) {
    const bool right = set.pointsRight[node];
    if (right) way += half;
    node = 2 * node + (right ? 1 : 0);
  }
  return way;
}

/// The policy's victim; `random` looks at its next draw without drawing.
Way& victimOf(Cache& cache, CacheSet& set) {
  std::uint64_t x = cache.state.random;
  switch (cache.memory.replacement) {
    case Replacement::Lru:
      return *std::min_element(set.ways.begin(), set.ways.end(),
                               [](const Way& a, const Way& b) { return a.touched < b.touched; });
    case Replacement::Fifo:
      return *std::min_element(set.ways.begin(), set.ways.end(),
                               [](const Way& a, const Way& b) { return a.taken < b.taken; });
    case Replacement::Plru:
      return set.ways[static_cast<std::size_t>(pointedAt(set, cache.memory.ways))];
    case Replacement::Random:
      break;
  }
  return set.ways[static_cast<std::size_t>(draw(x) % static_cast<std::uint64_t>(cache.memory.ways))];
}

void touch(Cache& cache, CacheSet& set, Way& way) {
  way.touched = cache.state.lookUps;
  if (cache.memory.replacement == Replacement::Plru) {
    turnAway(set, cache.memory.ways, &way - set.ways.data());
  }
}

/// Asks the backing memory for a range.
bool ask(State& state, const Instruction& instruction, Request& request, Words address, Words words,
         bool write) {
  const Memory& cache = state.memoryOf(request.memory);
  Request whole;
  whole.memory = cache.backing;
  whole.address = address;
  whole.words = words;
  whole.write = write;
  request.cache->below.clear();
  request.cache->phase = write ? CacheAccess::Phase::WriteDown : CacheAccess::Phase::Fill;
  const bool fits = cut(state.memoryOf(cache.backing), whole, std::nullopt, request.cache->below);
  if (!fits) {
    state.fail(instruction, "P0006",
               "a line of " + cache.name + " is cut into more than " + std::to_string(maximumPieces) +
                   " accesses or cache lines of its backing memory");
  }
  return fits;
}

void askForLine(State& state, const Instruction& instruction, Request& request, Words line, bool write) {
  const Words words = state.memoryOf(request.memory).lineWords;
  ask(state, instruction, request, line * words, words, write);
}

/// Sends the words of a write that lie in the line at hand.
void askForWords(State& state, const Instruction& instruction, Request& request) {
  const Words lineWords = state.memoryOf(request.memory).lineWords;
  const Words first = std::max(request.address, request.cache->line * lineWords);
  const Words end = std::min(request.address + request.words - first, lineWords - first % lineWords) + first;
  ask(state, instruction, request, first, end - first, true);
}

/// The line at hand is done: the next one is looked up, or the remaining beats follow.
void lineDone(State& state, Request& request) {
  CacheAccess& access = *request.cache;
  const Memory& memory = state.memoryOf(request.memory);
  access.below.clear();
  if (access.line < access.lastLine) {
    ++access.line;
    access.phase = CacheAccess::Phase::LookUp;
    access.until = after(state.now, memory.hitLatency);
  } else {
    const Words beats = (request.words - 1) / memory.portWidth;
    const bool tooLong = memory.beatInterval > 0 && beats > never / memory.beatInterval;
    access.phase = CacheAccess::Phase::Tail;
    access.until = tooLong ? never : after(state.now, beats * memory.beatInterval);
    request.readyAt = access.until;
  }
  state.endsAt(access.until);
}

/// True if the look-up can be decided now: it finds its line, needs none, or finds a way to take.
bool canDecide(State& state, const Request& request) {
  Cache cache = cacheOf(state, request);
  if (cache.find(request.cache->line) != nullptr) return true;
  if (request.write && !cache.memory.writeAllocate) return true;
  CacheSet& set = cache.setOf(request.cache->line);
  if (static_cast<std::int64_t>(set.ways.size()) < cache.memory.ways) return true;
  return !victimOf(cache, set).underWay;
}

void decideHit(State& state, const Instruction& instruction, Request& request, Cache& cache, Way& way) {
  touch(cache, cache.setOf(way.line), way);
  const bool through = request.write && cache.memory.writeThrough;
  if (request.write && !through) way.dirty = true;
  if (way.underWay) {
    request.cache->phase = CacheAccess::Phase::WaitLine;
  } else if (through) {
    askForWords(state, instruction, request);
  } else {
    lineDone(state, request);
  }
}

void decideMiss(State& state, const Instruction& instruction, Request& request, Cache& cache) {
  CacheAccess& access = *request.cache;
  if (request.write && !cache.memory.writeAllocate) {
    askForWords(state, instruction, request);
    return;
  }
  CacheSet& set = cache.setOf(access.line);
  Way* way = nullptr;
  std::optional<Words> dirtyVictim;
  if (static_cast<std::int64_t>(set.ways.size()) < cache.memory.ways) {
    way = &set.ways.emplace_back();
  } else {
    way = &victimOf(cache, set);
    if (cache.memory.replacement == Replacement::Random) draw(cache.state.random);
    if (way->dirty) dirtyVictim = way->line;
  }
  way->line = access.line;
  way->underWay = true;
  way->dirty = request.write && !cache.memory.writeThrough;
  way->taken = cache.state.lookUps;
  touch(cache, set, *way);

  access.fillFollows = true;
  if (dirtyVictim) {
    askForLine(state, instruction, request, *dirtyVictim, true);
  } else if (request.write && cache.memory.writeThrough) {
    askForWords(state, instruction, request);
  } else {
    askForLine(state, instruction, request, access.line, false);
  }
}

void decide(State& state, const Instruction& instruction, Request& request) {
  Cache cache = cacheOf(state, request);
  ++cache.state.lookUps;
  request.cache->fillFollows = false;
  if (Way* way = cache.find(request.cache->line)) {
    decideHit(state, instruction, request, cache, *way);
  } else {
    decideMiss(state, instruction, request, cache);
  }
}

/// Decides the first look-up that is due and can be decided, of this request or below it.
bool decideFirst(State& state, const Instruction& instruction, Request& request) {
  if (!request.cache || request.ready) return false;
  CacheAccess& access = *request.cache;
  if (access.phase == CacheAccess::Phase::LookUp) {
    if (state.now < access.until || !canDecide(state, request)) return false;
    decide(state, instruction, request);
    return true;
  }
  return std::any_of(access.below.begin(), access.below.end(),
                     [&](Request& below) { return decideFirst(state, instruction, below); });
}

}  // namespace

void beginCacheAccess(State& state, Request& request) {
  const Memory& memory = state.memoryOf(request.memory);
  request.cache = std::make_shared<CacheAccess>();
  request.cache->line = request.address / memory.lineWords;
  request.cache->lastLine = (request.address + request.words - 1) / memory.lineWords;
  request.cache->until = after(state.now, memory.hitLatency);
  state.endsAt(request.cache->until);
}

bool continueCacheAccess(State& state, const Instruction& instruction, Request& request) {
  CacheAccess& access = *request.cache;
  Cache cache = cacheOf(state, request);
  bool changed = false;
  bool allReady = true;
  for (Request& below : access.below) {
    if (below.ready) continue;
    if (below.granted && below.cache) changed = continueCacheAccess(state, instruction, below) || changed;
    if (below.readyAt && *below.readyAt <= state.now && !below.ready) {
      giveBack(state, below);
      changed = true;
    }
    allReady = allReady && below.ready;
  }
  switch (access.phase) {
    case CacheAccess::Phase::LookUp:
    case CacheAccess::Phase::Tail:
      return changed;
    case CacheAccess::Phase::WaitLine: {
      const Way* way = cache.find(access.line);
      if (way != nullptr && way->underWay) return changed;
      if (request.write && cache.memory.writeThrough) {
        askForWords(state, instruction, request);
      } else {
        lineDone(state, request);
      }
      return true;
    }
    case CacheAccess::Phase::WriteDown:
      if (!allReady) return changed;
      if (access.fillFollows) {
        askForLine(state, instruction, request, access.line, false);
      } else {
        lineDone(state, request);
      }
      return true;
    case CacheAccess::Phase::Fill:
      if (!allReady) return changed;
      cache.find(access.line)->underWay = false;
      lineDone(state, request);
      return true;
  }
  return changed;
}

bool decideOldestLookUp(State& state) {
  if (!state.hasCaches) return false;
  for (auto& [index, instruction] : state.live) {
    if (!instruction.started || instruction.openAccesses == 0) continue;
    for (Request& request : instruction.accesses) {
      if (decideFirst(state, instruction, request)) return true;
    }
  }
  return false;
}

}  // namespace taktwerk::reference
