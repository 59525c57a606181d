// SPDX-License-Identifier: GPL-3.0-or-later
// Fetch and hand-over: groups of instructions enter the window, and their dependences are counted.
#include <algorithm>

#include "core/engine/engine.h"

namespace taktwerk::engine {

bool Engine::mayFetch() const {
  return !fetch_.underWay && fetch_.buffered + machine_.fetch.width <= machine_.fetch.bufferSize;
}

void Engine::startFetch() {
  const Fetch& fetch = machine_.fetch;
  const std::size_t handedOver = pendingTemplates_.size() - pendingHead_;
  fetch_.underWay = true;
  fetch_.first = tail_;
  fetch_.count = static_cast<std::uint32_t>(std::min<std::size_t>(handedOver, fetch.width));
  if (options_.paths) {
    Reason why;
    why.consider(fetch_.ended);
    why.consider(fetch_.room);
    fetch_.startNode = why.time < 0 ? 0 : paths_.add(why.origin, why.kind());
  }
  lastEnd_ = std::max(lastEnd_, now_);
  for (std::uint32_t k = 0; k < fetch_.count; ++k) {
    if (tail_ - head_ > static_cast<std::int64_t>(mask_)) grow();
    const std::int64_t index = tail_++;
    Live& l = live(index);
    l = Live{};
    l.phase = Phase::Fetching;
    const ResolvedTemplate& resolved = *pendingTemplates_[pendingHead_++];
    l.content = &resolved;
    l.stage = machine_.fetch.stage.value;
    if (options_.times) {
      times_[static_cast<std::size_t>(index) & mask_].times = {};
      times_[static_cast<std::size_t>(index) & mask_].times.index = index;
    }
    linkRegisters(index, resolved);
    if (!resolved.accesses.empty()) {
      takeAccesses(index, resolved, pendingAddresses_.data() + pendingAddressHead_,
                   pendingTreatments_.data() + pendingAddressHead_);
      linkMemory(index);
      pendingAddressHead_ += resolved.accesses.size();
    }
  }
  if (pendingHead_ == pendingTemplates_.size()) {
    pendingTemplates_.clear();
    pendingAddresses_.clear();
    pendingTreatments_.clear();
    pendingHead_ = pendingAddressHead_ = 0;
  }
  schedule(now_ + fetch.duration, Event::Kind::FetchArrives, fetch_.first);
}

void Engine::fetchArrives() {
  const StageState& stage = stages_[machine_.fetch.stage.index()];
  fetch_.underWay = false;
  fetch_.buffered += fetch_.count;
  PathRef arrival = 0;
  if (options_.paths) {
    arrival = paths_.add({fetch_.startNode, stage.object, machine_.fetch.duration}, EdgeKind::Fetch);
    fetch_.ended = {now_, EdgeKind::Structural, fetch_.first, {arrival, stage.object, 0}};
  }
  for (std::uint32_t k = 0; k < fetch_.count; ++k) {
    Live& l = live(fetch_.first + k);
    l.phase = Phase::Buffered;
    l.entered = now_;
    l.enterNode = arrival;
    if (options_.times) times_[static_cast<std::size_t>(fetch_.first + k) & mask_].times.fetched = now_;
  }
  if (stage.latency == 0) {
    groupIssuable(fetch_.first, fetch_.count);
  } else {
    schedule(now_ + stage.latency, Event::Kind::GroupIssuable, fetch_.first, fetch_.count);
  }
}

void Engine::groupIssuable(std::int64_t first, std::uint32_t count) {
  if (machine_.fetch.inOrder) {
    if (first <= fetch_.nextToIssue && fetch_.nextToIssue < first + count) wake(fetch_.nextToIssue);
    return;
  }
  for (std::uint32_t k = 0; k < count; ++k) wake(first + k);
}

bool Engine::available(const Live& producer, std::uint32_t result) const {
  if (producer.phase == Phase::Over || producer.completed) return true;
  if (producer.phase != Phase::Started || producer.timing->available.empty()) return false;
  return producer.start + producer.timing->available[result] <= now_;
}

void Engine::linkRegisters(std::int64_t index, const ResolvedTemplate& resolved) {
  Live& l = live(index);
  const auto dependOnWriter = [&](const RegisterState::Copy& copy) {
    if (copy.writer < head_) return;
    Live& producer = live(copy.writer);
    if (available(producer, copy.result)) return;
    addEdge(producer.resultEdges, index, copy.result);
    ++l.dependences;
  };
  for (const std::uint32_t r : resolved.reads) {
    RegisterState& state = registers_[r];
    RegisterState::Copy& copy = state.copies[state.current];
    dependOnWriter(copy);
    if (copy.readers.size() >= copy.pruneAt) {
      std::erase_if(copy.readers, [&](std::int64_t reader) {
        return reader < head_ || live(reader).phase >= Phase::Started;
      });
      copy.pruneAt = std::max<std::size_t>(8, 2 * copy.readers.size());
    }
    copy.readers.push_back(index);
  }
  for (std::uint32_t k = 0; k < resolved.writes.size(); ++k) {
    RegisterState& state = registers_[resolved.writes[k]];
    if (++state.current == state.copies.size()) state.current = 0;
    RegisterState::Copy& copy = state.copies[state.current];
    dependOnWriter(copy);
    for (const std::int64_t reader : copy.readers) {
      if (reader < head_ || reader == index) continue;
      Live& other = live(reader);
      if (other.phase >= Phase::Started) continue;
      addEdge(other.startEdges, index, 0);
      ++l.dependences;
    }
    copy.readers.clear();
    copy.pruneAt = 8;
    copy.writer = index;
    copy.result = k;
  }
}

void Engine::takeAccesses(std::int64_t index, const ResolvedTemplate& resolved, const std::int64_t* addresses,
                          const AccessTreatment* treatments) {
  Live& l = live(index);
  std::uint32_t last = nowhere;
  for (std::size_t a = 0; a < resolved.accesses.size(); ++a) {
    const AccessShape& shape = resolved.accesses[a];
    Access mine;
    mine.instruction = index;
    mine.first = addresses[a];
    mine.end = addresses[a] + shape.words;
    mine.memory = shape.memory.value;
    mine.write = a >= resolved.memoryReads;
    mine.treatment = treatments[a];
    mine.openPieces = 1;
    const std::uint32_t id = accesses_.take(mine);
    (last == nowhere ? l.firstAccess : accesses_[last].next) = id;
    last = id;
  }
}

void Engine::linkMemory(std::int64_t index) {
  Live& l = live(index);
  const auto dependOn = [&](const std::vector<std::uint32_t>& others, const Access& mine) {
    for (const std::uint32_t other : others) {
      Access& theirs = accesses_[other];
      if (theirs.first < mine.end && mine.first < theirs.end) {
        addEdge(theirs.edges, index, 0);
        ++l.dependences;
      }
    }
  };
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    const Access& mine = accesses_[a];
    if (!mine.treatment.tracked || mine.openPieces == 0) continue;
    const MemoryState& root = memories_[memories_[mine.memory].root];
    dependOn(root.liveWrites, mine);
    if (mine.write) dependOn(root.liveReads, mine);
  }
  // Only now, so that an instruction does not wait for itself.
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    if (!accesses_[a].treatment.tracked || accesses_[a].openPieces == 0) continue;
    MemoryState& root = memories_[memories_[accesses_[a].memory].root];
    auto& list = accesses_[a].write ? root.liveWrites : root.liveReads;
    accesses_[a].place = static_cast<std::uint32_t>(list.size());
    list.push_back(a);
  }
}

}  // namespace taktwerk::engine
