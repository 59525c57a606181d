// SPDX-License-Identifier: GPL-3.0-or-later
// Fetch and hand-over: groups of instructions enter the window, and their dependences are counted.
#include <algorithm>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

void Engine::append(std::uint32_t resolvedTemplate, const std::int64_t* addresses,
                    const AccessTreatment* treatments) {
  const ResolvedTemplate& content = resolver_[resolvedTemplate];
  anchored_ = false;
  pendingTemplates_.push_back(&content);
  const std::size_t count = content.accesses.size();
  if (treatments) treatAll();
  for (std::size_t a = 0; a < count; ++a) pendingAddresses_.push_back(addresses[a]);
  if (!treated_) return;
  for (std::size_t a = 0; a < count; ++a) {
    pendingTreatments_.push_back(treatments ? treatments[a] : AccessTreatment{});
  }
}

void Engine::treatAll() {
  if (!treated_) pendingTreatments_.resize(pendingAddresses_.size());
  treated_ = true;
}

void Engine::clearPending() {
  pendingTemplates_.clear();
  pendingAddresses_.clear();
  pendingTreatments_.clear();
  pendingHead_ = pendingAddressHead_ = 0;
  treated_ = false;
}

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
    const Reason& why = fetch_.room.bindsOver(fetch_.ended) ? fetch_.room : fetch_.ended;
    fetch_.startNode = why.time < 0 ? 0 : paths_.add(why.origin, why.kind());
  }
  lastEnd_ = std::max(lastEnd_, now_);
  if (options_.usage) [[unlikely]] {
    UsageFigures& figures = usage_[usage_.ofFetch()];
    ++figures.uses;
    figures.busy += fetch.duration;
  }
  for (std::uint32_t k = 0; k < fetch_.count; ++k) {
    if (tail_ - head_ > static_cast<std::int64_t>(mask_)) grow();
    const std::int64_t index = tail_++;
    const ResolvedTemplate& resolved = *pendingTemplates_[pendingHead_++];
    Live& l = live(index);
    l.begin(resolved);
    if (options_.times) {
      times_[static_cast<std::size_t>(index) & mask_].times = {};
      times_[static_cast<std::size_t>(index) & mask_].times.index = index;
    }
    linkRegisters(index, l, resolved);
    if (!resolved.accesses.empty()) {
      takeAccesses(l, resolved, pendingAddresses_.data() + pendingAddressHead_,
                   treated_ ? pendingTreatments_.data() + pendingAddressHead_ : nullptr);
      linkMemory(index, l);
      pendingAddressHead_ += resolved.accesses.size();
    }
  }
  if (pendingHead_ == pendingTemplates_.size()) clearPending();
  const Cycles latency = stages_[fetch.stage.index()].latency;
  if (latency > 0 && fetch_.count + fetch.width > fetch.bufferSize) {
    // The next fetch waits for this group to issue whatever happens: nothing looks at the arrival as such.
    schedule(now_ + fetch.duration + latency, Event::Kind::ArrivedIssuable, fetch_.first);
  } else {
    schedule(now_ + fetch.duration, Event::Kind::FetchArrives, fetch_.first);
  }
}

void Engine::fetchArrives(Cycles at) {
  const StageState& stage = stages_[machine_.fetch.stage.index()];
  fetch_.underWay = false;
  fetch_.buffered += fetch_.count;
  PathRef arrival = 0;
  if (options_.paths) {
    arrival = paths_.add({fetch_.startNode, stage.object, machine_.fetch.duration}, EdgeKind::Fetch);
    fetch_.ended = {at, EdgeKind::Structural, fetch_.first, {arrival, stage.object, 0}};
  }
  if (options_.usage) [[unlikely]] {
    fetchEndedAt_ = at;
    UsageFigures& figures = usage_[UsageCounter::ofStage(machine_.fetch.stage.value)];
    figures.uses += fetch_.count;
    figures.held -= fetch_.count * at;
  }
  for (std::uint32_t k = 0; k < fetch_.count; ++k) {
    Live& l = live(fetch_.first + k);
    l.phase = Phase::Buffered;
    l.entered = at;
    l.enterNode = arrival;
    if (options_.times) times_[static_cast<std::size_t>(fetch_.first + k) & mask_].times.fetched = at;
  }
  if (at + stage.latency == now_) {
    groupIssuable(fetch_.first, fetch_.count);
  } else {
    schedule(at + stage.latency, Event::Kind::GroupIssuable, fetch_.first, fetch_.count);
  }
}

void Engine::groupIssuable(std::int64_t first, std::uint32_t count) {
  if (machine_.fetch.inOrder) {
    if (first <= fetch_.nextToIssue && fetch_.nextToIssue < first + count) wake(fetch_.nextToIssue);
    return;
  }
  if (count == 1) {
    wakeOrAct(first);
    return;
  }
  for (std::uint32_t k = 0; k < count; ++k) wake(first + k);
}

bool Engine::available(const Live& producer, std::uint32_t result) const {
  if (producer.phase == Phase::Over || producer.completed) return true;
  if (producer.phase != Phase::Started || producer.timing->available.empty()) return false;
  return producer.start + producer.timing->available[result] <= now_;
}

void Engine::dependOnWriter(Live& consumer, std::int64_t index, const RegisterCopy& copy, WaitDetail hazard) {
  if (copy.writer < head_) return;
  Live& producer = live(copy.writer);
  if (available(producer, copy.result)) return;
  addEdge(producer.resultEdges, index, copy.result, hazard);
  ++consumer.dependences;
}

void Engine::linkRegisters(std::int64_t index, Live& l, const ResolvedTemplate& resolved) {
  for (const std::uint32_t r : resolved.reads) {
    RegisterCopy& copy = copies_[currentCopy_[r]];
    dependOnWriter(l, index, copy, WaitDetail::RegisterRaw);
    if (copy.count >= copy.pruneAt) pruneReaders(copy);
    addEdge(copy.readers, index, 0, WaitDetail::RegisterWar);
    ++copy.count;
  }
  std::uint32_t result = 0;
  for (const std::uint32_t r : resolved.writes) {
    const std::uint32_t current = currentCopy_[r] = copies_[currentCopy_[r]].following;
    RegisterCopy& copy = copies_[current];
    dependOnWriter(l, index, copy, WaitDetail::RegisterWaw);
    while (copy.readers != nowhere) {
      const std::uint32_t id = copy.readers;
      Edge& edge = edges_[id];
      const std::int64_t reader = edge.consumer;
      copy.readers = edge.next;
      if (reader < head_ || reader == index || live(reader).phase >= Phase::Started) {
        edges_.give(id);
        continue;
      }
      // The reader's record becomes the edge from it to this instruction.
      Live& other = live(reader);
      edge = {index, Edge::of(0, WaitDetail::RegisterWar), other.startEdges};
      other.startEdges = id;
      ++l.dependences;
    }
    copy.count = 0;
    copy.pruneAt = 8;
    copy.writer = index;
    copy.result = result++;
  }
}

void Engine::pruneReaders(RegisterCopy& copy) {
  copy.count = 0;
  for (std::uint32_t* link = &copy.readers; *link != nowhere;) {
    const std::uint32_t id = *link;
    const std::int64_t reader = edges_[id].consumer;
    if (reader < head_ || live(reader).phase >= Phase::Started) {
      *link = edges_[id].next;
      edges_.give(id);
    } else {
      link = &edges_[id].next;
      ++copy.count;
    }
  }
  copy.pruneAt = std::max<std::uint32_t>(8, 2 * copy.count);
}

void Engine::takeAccesses(Live& l, const ResolvedTemplate& resolved, const std::int64_t* addresses,
                          const AccessTreatment* treatments) {
  std::uint32_t last = nowhere;
  for (std::size_t a = 0; a < resolved.accesses.size(); ++a) {
    const AccessShape& shape = resolved.accesses[a];
    const std::uint32_t id = accesses_.take();
    Access& mine = accesses_[id];
    mine.first = addresses[a];
    mine.end = addresses[a] + shape.words;
    mine.memory = shape.memory.value;
    mine.root = memories_[shape.memory.value].root;
    mine.write = a >= resolved.memoryReads;
    mine.treatment = treatments ? treatments[a] : AccessTreatment{};
    mine.openPieces = 1;
    mine.edges = mine.next = nowhere;
    (last == nowhere ? l.firstAccess : accesses_[last].next) = id;
    last = id;
  }
}

void Engine::dependOnAccesses(Live& l, std::int64_t index, const std::vector<std::uint32_t>& others,
                              const Access& mine) {
  for (const std::uint32_t other : others) {
    Access& theirs = accesses_[other];
    if (theirs.first < mine.end && mine.first < theirs.end) {
      const WaitDetail hazard = !mine.write    ? WaitDetail::MemoryRaw
                                : theirs.write ? WaitDetail::MemoryWaw
                                               : WaitDetail::MemoryWar;
      addEdge(theirs.edges, index, 0, hazard);
      ++l.dependences;
    }
  }
}

void Engine::linkMemory(std::int64_t index, Live& l) {
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    const Access& mine = accesses_[a];
    if (!mine.treatment.tracked || mine.openPieces == 0) continue;
    const MemoryState& root = memories_[mine.root];
    dependOnAccesses(l, index, root.liveWrites, mine);
    if (mine.write) dependOnAccesses(l, index, root.liveReads, mine);
  }
  // Only now, so that an instruction does not wait for itself.
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    Access& mine = accesses_[a];
    if (!mine.treatment.tracked || mine.openPieces == 0) continue;
    auto& list = mine.write ? memories_[mine.root].liveWrites : memories_[mine.root].liveReads;
    mine.place = static_cast<std::uint32_t>(list.size());
    list.push_back(a);
  }
}

}  // namespace taktwerk::engine
