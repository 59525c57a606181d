// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/program_order_pass.h"

#include <algorithm>
#include <limits>

#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

template <class Queue>
void shiftQueue(Queue& queue, Cycles by) {
  Queue moved;
  for (; !queue.empty(); queue.pop()) moved.push(saturatingSum(queue.top(), by));
  queue = std::move(moved);
}

}  // namespace

ProgramOrderPass::ProgramOrderPass(engine::Resolver& resolver)
    : resolver_(resolver),
      machine_(resolver.machine()),
      stages_(machine_.stages.size()),
      leftLast_(machine_.stages.size(), 0),
      flights_(machine_.units.size()),
      registers_(machine_.registerCount()),
      memories_(machine_.memories.size()) {
  for (const RegisterFile& file : machine_.registerFiles) {
    for (std::size_t r = 0; r < file.registers.size(); ++r)
      registers_[file.firstRegister + r].copies.resize(file.depth);
  }
  for (std::size_t m = 0; m < memories_.size(); ++m) {
    const Memory& memory = machine_.memories[m];
    memories_[m].banks.resize(memory.kind == MemoryKind::Sram ? static_cast<std::size_t>(memory.banks) : 1);
    if (memory.kind == MemoryKind::Dram) memories_[m].rows.resize(static_cast<std::size_t>(memory.banks));
    if (memory.kind == MemoryKind::Cache)
      memories_[m].ways.resize(static_cast<std::size_t>(memory.sets * memory.ways));
  }
}

Cycles ProgramOrderPass::placeIn(Leaving& taken, std::int64_t places, Cycles from) {
  while (!taken.empty() && static_cast<std::int64_t>(taken.size()) >= places) {
    from = std::max(from, taken.top());
    taken.pop();
  }
  return from;
}

Cycles ProgramOrderPass::arrival() {
  const Fetch& fetch = machine_.fetch;
  if (index_++ % fetch.width != 0) return arrived_;
  const Cycles start = placeIn(buffer_, fetch.bufferSize - fetch.width + 1, fetchFree_);
  fetchFree_ = arrived_ = saturatingSum(start, fetch.duration);
  // Ranges that are over before anything that follows can start are of no consequence any more.
  for (MemoryTimes& memory : memories_) {
    std::erase_if(memory.pending, [&](const Range& range) { return range.done <= arrived_; });
  }
  return arrived_;
}

Cycles ProgramOrderPass::room(std::uint32_t stage, std::uint32_t capacity, Cycles from) {
  const Leaving& leaving = stages_[stage];
  return leaving.size() < capacity ? from : std::max(from, leaving.top());
}

Cycles ProgramOrderPass::hazards(const engine::ResolvedTemplate& content,
                                 const std::int64_t* addresses) const {
  Cycles from = 0;
  for (const std::uint32_t r : content.reads) {
    from = std::max(from, registers_[r].copies[registers_[r].current].available);
  }
  for (const std::uint32_t r : content.writes) {
    const RegisterTimes& times = registers_[r];
    const RegisterCopy& copy = times.copies[(times.current + 1) % times.copies.size()];
    from = std::max({from, copy.available, copy.started});
  }
  for (std::size_t a = 0; a < content.accesses.size(); ++a) {
    const bool write = a >= content.memoryReads;
    const AccessShape& shape = content.accesses[a];
    const std::uint32_t root = machine_.memories[shape.memory.index()].root.value;
    for (const Range& range : memories_[root].pending) {
      if ((write || range.write) && range.first < addresses[a] + shape.words && addresses[a] < range.end) {
        from = std::max(from, range.done);
      }
    }
  }
  return from;
}

void ProgramOrderPass::registersDone(const engine::ResolvedTemplate& content,
                                     const engine::UnitTiming& timing, Cycles start, Cycles complete) {
  for (const std::uint32_t r : content.reads) {
    RegisterCopy& copy = registers_[r].copies[registers_[r].current];
    copy.started = std::max(copy.started, start);
  }
  for (std::size_t k = 0; k < content.writes.size(); ++k) {
    RegisterTimes& times = registers_[content.writes[k]];
    times.current = static_cast<std::uint32_t>((times.current + 1) % times.copies.size());
    const Cycles available = timing.available.empty() ? complete : saturatingSum(start, timing.available[k]);
    times.copies[times.current] = {std::min(complete, available), 0};
  }
}

void ProgramOrderPass::take(const engine::ResolvedTemplate& content, const std::int64_t* addresses) {
  const Fetch& fetch = machine_.fetch;
  Cycles ready = saturatingSum(arrival(), machine_.stages[fetch.stage.index()].latency);
  if (fetch.inOrder) ready = std::max(ready, issuedLast_);
  std::uint32_t stage = fetch.stage.value;
  const engine::UnitTiming* timing = nullptr;
  Cycles entered = 0;
  while (true) {
    // The next stage that has room first; of equals the first declared.
    std::uint32_t next = 0;
    Cycles best = std::numeric_limits<Cycles>::max();
    for (const std::uint32_t option : content.route->next(stage)) {
      const Cycles at = room(option, machine_.stages[option].capacity, ready);
      if (at < best) {
        best = at;
        next = option;
      }
    }
    entered = best;
    placeIn(stages_[next], machine_.stages[next].capacity, entered);
    if (stage == fetch.stage.value) {
      buffer_.push(entered);
      issuedLast_ = std::max(issuedLast_, entered);
    } else {
      stages_[stage].push(entered);
      leftLast_[stage] = std::max(leftLast_[stage], entered);
    }
    stage = next;
    timing = content.timingAt(stage);
    if (timing) break;
    ready = std::max(saturatingSum(entered, machine_.stages[stage].latency), leftLast_[stage]);
  }
  const Unit& unit = machine_.units[timing->unit];
  Cycles start = std::max(entered, hazards(content, addresses));
  if (unit.maxInFlight) start = placeIn(flights_[timing->unit], *unit.maxInFlight, start);
  Cycles complete = saturatingSum(start, timing->latency);
  Cycles left = saturatingSum(start, timing->interval);
  if (unit.accessesMemory) {
    const Accessed accessed = access(content, *timing, start, addresses);
    complete = accessed.complete;
    if (unit.release == Release::Completion) left = std::max(left, complete);
    if (unit.release == Release::Grant) left = std::max(left, accessed.granted);
  }
  if (unit.maxInFlight) flights_[timing->unit].push(complete);
  stages_[stage].push(left);
  registersDone(content, *timing, start, complete);
  end_ = std::max({end_, complete, left});
}

void ProgramOrderPass::shift(Cycles by) {
  const auto move = [by](Cycles& time) { time = saturatingSum(time, by); };
  move(end_);
  move(fetchFree_);
  move(arrived_);
  move(issuedLast_);
  shiftQueue(buffer_, by);
  for (Leaving& leaving : stages_) shiftQueue(leaving, by);
  for (Cycles& time : leftLast_) move(time);
  for (Leaving& flight : flights_) shiftQueue(flight, by);
  for (RegisterTimes& r : registers_) {
    for (RegisterCopy& copy : r.copies) {
      move(copy.available);
      move(copy.started);
    }
  }
  for (MemoryTimes& memory : memories_) {
    for (Bank& bank : memory.banks) {
      shiftQueue(bank.slots, by);
      shiftQueue(bank.ports, by);
    }
    for (DramBank& bank : memory.rows) move(bank.idle);
    for (Range& range : memory.pending) move(range.done);
  }
}

}  // namespace taktwerk
