// SPDX-License-Identifier: GPL-3.0-or-later
// Set-associative caches: look-ups, misses, requests to the memory behind.
#include <algorithm>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

void Engine::cacheStart(std::uint32_t id) {
  if (cachePieces_.size() < pieces_.end()) cachePieces_.resize(pieces_.end());
  const Piece& piece = pieces_[id];
  const Words lineWords = machine_.memories[piece.memory].lineWords;
  const Words last = (piece.address + piece.words - 1) / lineWords;
  cachePieces_[id] = {piece.address / lineWords, last, 0, CacheStep::None, 0, piece.grantNode, now_};
  lookUp(id);
}

void Engine::lookUp(std::uint32_t id) {
  const Piece& piece = pieces_[id];
  cachePieces_[id].step = CacheStep::LookUp;
  schedule(now_ + machine_.memories[piece.memory].hitLatency, Event::Kind::CacheLookup, piece.instruction,
           id);
}

bool Engine::olderPiece(std::uint32_t a, std::uint32_t b) {
  if (pieces_[a].instruction != pieces_[b].instruction)
    return pieces_[a].instruction < pieces_[b].instruction;
  for (std::uint32_t p = pieces_[a].next; p != nowhere; p = pieces_[p].next) {
    if (p == b) return true;
  }
  return false;
}

void Engine::decideOldestLookup() {
  auto oldest = dueLookups_.begin();
  for (auto it = oldest + 1; it != dueLookups_.end(); ++it) {
    if (olderPiece(*it, *oldest)) oldest = it;
  }
  const std::uint32_t id = *oldest;
  dueLookups_.erase(oldest);
  decide(id);
  // Touched lines, a taken way or a number drawn may change the victim of those that were blocked.
  if (cachePieces_[id].step != CacheStep::Blocked) retryBlocked(memories_[pieces_[id].memory].cache);
}

void Engine::retryBlocked(CacheState& cache) {
  dueLookups_.insert(dueLookups_.end(), cache.blocked.begin(), cache.blocked.end());
  cache.blocked.clear();
}

void Engine::reach(std::uint32_t id, const Origin& origin) {
  CachePiece& piece = cachePieces_[id];
  if (options_.paths) piece.lineNode = paths_.add(origin, EdgeKind::Forward);
  piece.lineSince = now_;
}

std::uint32_t Engine::victim(const CacheState& cache, const Memory& memory, Words set) const {
  const std::size_t first = static_cast<std::size_t>(set * memory.ways);
  const auto ways = static_cast<std::size_t>(memory.ways);
  switch (memory.replacement) {
    case Replacement::Lru:
    case Replacement::Fifo: {
      std::size_t best = 0;
      for (std::size_t w = 1; w < ways; ++w) {
        if (cache.ways[first + w].stamp < cache.ways[first + best].stamp) best = w;
      }
      return static_cast<std::uint32_t>(best);
    }
    case Replacement::Plru: {
      // Node n has children 2n and 2n + 1; a bit of 0 points to the lower half.
      const std::vector<bool>& bits = cache.plru;
      std::size_t node = 1;
      while (node < ways) node = 2 * node + (bits[first + node] ? 1 : 0);
      return static_cast<std::uint32_t>(node - ways);
    }
    case Replacement::Random: {
      std::uint64_t x = cache.random;
      x ^= x >> 12;
      x ^= x << 25;
      x ^= x >> 27;
      return static_cast<std::uint32_t>(x * 0x2545F4914F6CDD1DULL % static_cast<std::uint64_t>(memory.ways));
    }
  }
  return 0;
}

void Engine::touch(CacheState& cache, const Memory& memory, Words set, std::uint32_t way, bool taken) {
  const std::size_t first = static_cast<std::size_t>(set * memory.ways);
  if (memory.replacement == Replacement::Lru || (memory.replacement == Replacement::Fifo && taken)) {
    cache.ways[first + way].stamp = ++cache.clock;
  }
  if (memory.replacement == Replacement::Plru) {
    // Every node on the way from the leaf to the root points to the other half.
    for (std::size_t node = static_cast<std::size_t>(memory.ways) + way; node > 1; node /= 2) {
      cache.plru[first + node / 2] = node % 2 == 0;
    }
  }
}

void Engine::decide(std::uint32_t id) {
  const Piece piece = pieces_[id];
  const Words line = cachePieces_[id].line;
  const Memory& memory = machine_.memories[piece.memory];
  CacheState& cache = memories_[piece.memory].cache;
  const Words set = line % memory.sets;
  const std::size_t firstWay = static_cast<std::size_t>(set * memory.ways);
  const auto ways = static_cast<std::uint32_t>(memory.ways);
  const Words lineFirst = line * memory.lineWords;
  const Words wordsFirst = std::max(piece.address, lineFirst);
  const Words words = std::min(piece.address + piece.words, lineFirst + memory.lineWords) - wordsFirst;
  const bool through = piece.write && memory.writeThrough;
  reach(id, {cachePieces_[id].lineNode, memory.object, now_ - cachePieces_[id].lineSince});

  for (std::uint32_t w = 0; w < ways; ++w) {
    CacheWay& way = cache.ways[firstWay + w];
    if (way.line != line) continue;
    touch(cache, memory, set, w, false);
    if (piece.write && !memory.writeThrough) way.dirty = true;
    if (way.underWay) {
      cachePieces_[id].step = CacheStep::LineUnderWay;
      cache.waiting.push_back(id);
    } else if (through) {
      requestBehind(id, true, wordsFirst, words, CacheStep::WriteWords);
    } else {
      lineDone(id);
    }
    return;
  }
  if (piece.write && !memory.writeAllocate) {
    requestBehind(id, true, wordsFirst, words, CacheStep::WriteWords);
    return;
  }
  std::uint32_t chosen = 0;
  while (chosen < ways && cache.ways[firstWay + chosen].line >= 0) ++chosen;
  if (chosen == ways) {
    chosen = victim(cache, memory, set);
    if (cache.ways[firstWay + chosen].underWay) {
      cachePieces_[id].step = CacheStep::Blocked;
      cache.blocked.push_back(id);
      return;
    }
    if (memory.replacement == Replacement::Random) {
      std::uint64_t& x = cache.random;
      x ^= x >> 12;
      x ^= x << 25;
      x ^= x >> 27;
    }
  }
  CacheWay& way = cache.ways[firstWay + chosen];
  const Words oldLine = way.line;
  const bool writeBack = way.dirty;
  way.line = line;
  way.underWay = true;
  way.dirty = piece.write && !memory.writeThrough;
  touch(cache, memory, set, chosen, true);
  cachePieces_[id].way = static_cast<std::uint32_t>(firstWay) + chosen;
  if (writeBack) {
    requestBehind(id, true, oldLine * memory.lineWords, memory.lineWords, CacheStep::WriteBack);
  } else if (through) {
    requestBehind(id, true, wordsFirst, words, CacheStep::WriteBack);
  } else {
    requestBehind(id, false, lineFirst, memory.lineWords, CacheStep::Fill);
  }
}

void Engine::requestBehind(std::uint32_t id, bool write, Words first, Words words, CacheStep step) {
  const Piece parent = pieces_[id];
  const Memory& cache = machine_.memories[parent.memory];
  cutScratch_.clear();
  cut(cache.backing.value, 0, first, words, cutScratch_);
  cachePieces_[id].step = step;
  cachePieces_[id].pendingSubs = static_cast<std::uint32_t>(cutScratch_.size());
  std::uint32_t last = id;
  const Origin origin{cachePieces_[id].lineNode, cache.object, 0};
  for (Piece& piece : cutScratch_) {
    piece.instruction = parent.instruction;
    piece.parent = id;
    piece.write = write;
    last = addPiece(piece, last);
    openPiece(last, origin);
    wake(piece.instruction);
  }
}

void Engine::behindReady(std::uint32_t id, const Origin& origin) {
  if (--cachePieces_[id].pendingSubs > 0) return;
  // The requests stand right behind the one that made them, those below them are gone already.
  for (std::uint32_t sub = pieces_[id].next; sub != nowhere && pieces_[sub].parent == id;) {
    const std::uint32_t next = pieces_[sub].next;
    pieces_.give(sub);
    sub = next;
    pieces_[id].next = sub;
  }
  reach(id, origin);
  const CachePiece piece = cachePieces_[id];
  const std::uint32_t memoryIndex = pieces_[id].memory;
  const Memory& memory = machine_.memories[memoryIndex];
  if (piece.step == CacheStep::WriteBack) {
    requestBehind(id, false, piece.line * memory.lineWords, memory.lineWords, CacheStep::Fill);
    return;
  }
  if (piece.step == CacheStep::Fill) {
    CacheState& cache = memories_[memoryIndex].cache;
    cache.ways[piece.way].underWay = false;
    std::vector<std::uint32_t> waiting;
    std::swap(waiting, cache.waiting);
    for (const std::uint32_t other : waiting) {
      if (cachePieces_[other].line != piece.line) {
        cache.waiting.push_back(other);
        continue;
      }
      reach(other, origin);
      const Piece& follower = pieces_[other];
      if (follower.write && memory.writeThrough) {
        const Words lineFirst = piece.line * memory.lineWords;
        const Words first = std::max(follower.address, lineFirst);
        const Words end = std::min(follower.address + follower.words, lineFirst + memory.lineWords);
        requestBehind(other, true, first, end - first, CacheStep::WriteWords);
      } else {
        lineDone(other);
      }
    }
    retryBlocked(cache);
  }
  lineDone(id);
}

void Engine::lineDone(std::uint32_t id) {
  Piece& piece = pieces_[id];
  const Memory& memory = machine_.memories[piece.memory];
  CachePiece& cached = cachePieces_[id];
  if (cached.line < cached.lastLine) {
    ++cached.line;
    lookUp(id);
    return;
  }
  cached.step = CacheStep::None;
  const Words beats = (piece.words + memory.portWidth - 1) / memory.portWidth;
  piece.readyAt = now_ + (beats - 1) * memory.beatInterval;
  schedule(piece.readyAt, Event::Kind::PieceReady, piece.instruction, id);
}

}  // namespace taktwerk::engine
