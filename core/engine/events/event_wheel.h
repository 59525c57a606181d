// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/engine/events/pool.h"
#include "core/machine/machine.h"

namespace taktwerk::engine {

/// Something that ends at a known cycle. What `subject` and `detail` mean depends on the kind.
struct Event {
  enum class Kind : std::uint8_t {
    FetchArrives,     ///< the fetch under way is over
    ArrivedIssuable,  ///< the fetch under way was over the fetch stage's latency ago; that is over too
    GroupIssuable,    ///< subject: first instruction of a group, detail: how many; fetch stage latency over
    StageOver,        ///< subject: instruction at the head of its stage; the stage's latency is over
    Complete,         ///< subject: instruction of a functional unit
    CompleteLeave,    ///< both at once
    Leave,            ///< subject: instruction; leaves its execute stage
    Available,        ///< subject: instruction, detail: group of its results (result_latency)
    RequestsOpen,     ///< subject: instruction; start + latency of its memory access unit is over
    WritesOpen,       ///< subject: instruction; compute_latency after all reads
    WriteOpen,        ///< detail: piece; compute_latency after its read (streaming)
    PieceReady,       ///< detail: piece
    PortFree,         ///< subject: instruction, detail: port hold
    CacheLookup,      ///< detail: piece; the look-up of its current line is over
  };
  std::int64_t subject;
  std::uint32_t detail;
  Kind kind;
};

/// Events by time: a wheel of near cycles, one bit each in one word, and a heap for the rest. Events of one
/// cycle come out in the order in which they were added, far ones first. A cycle has room for a few events in
/// its cache line; more are linked through recycled nodes.
class EventWheel {
 public:
  void add(Cycles now, Cycles time, const Event& event) {
    if (time - now < static_cast<Cycles>(size)) [[likely]] {
      addNear(time, event);
    } else {
      addFar(time, event);
    }
  }
  /// The earliest cycle after `now` at which something ends, or −1. Far events of that cycle are brought
  /// near.
  [[nodiscard]] Cycles advance(Cycles now) {
    if (near_ != 0) [[likely]] {
      const Cycles time = now + std::countr_zero(std::rotr(near_, static_cast<int>(placeOf(now))));
      if (time < firstFar_) [[likely]]
        return time;
    }
    return bringNear();
  }
  /// Takes the next event of cycle `now` into `event`; false when there is none left. Handling an event may
  /// add more of the same cycle.
  bool take(Cycles now, Event& event) {
    Slot& slot = slots_[placeOf(now)];
    if (slot.taken < slot.count) [[likely]] {
      event = slot.events[slot.taken++];
      return true;
    }
    if (slot.first == nowhere) return false;
    const std::uint32_t id = slot.first;
    event = nodes_[id].event;
    slot.first = nodes_[id].next;
    nodes_.give(id);
    return true;
  }
  [[nodiscard]] bool hasNow(Cycles now) const { return (near_ >> placeOf(now)) & 1; }
  /// While the events of cycle `now` are handled: whether one is left.
  [[nodiscard]] bool moreNow(Cycles now) const {
    const Slot& slot = slots_[placeOf(now)];
    return slot.taken < slot.count || slot.first != nowhere;
  }
  /// After all events of cycle `now` are handled.
  void finish(Cycles now) {
    slots_[placeOf(now)].count = slots_[placeOf(now)].taken = 0;
    near_ &= ~(std::uint64_t{1} << placeOf(now));
  }
  void clear() {
    for (Slot& slot : slots_) {
      slot.count = slot.taken = 0;
      slot.first = nowhere;
    }
    near_ = 0;
    nodes_.clear();
    far_.clear();
    firstFar_ = never;
  }

 private:
  static constexpr std::size_t size = 64;
  static constexpr Cycles never = std::numeric_limits<Cycles>::max();
  struct alignas(64) Slot {
    static constexpr std::uint16_t room = 3;
    Event events[room];
    std::uint16_t count = 0, taken = 0;
    std::uint32_t first = nowhere, last = nowhere;  ///< of those for which there was no room
  };
  struct Node {
    Event event;
    std::uint32_t next;
  };
  struct Far {
    Cycles time;
    std::uint64_t sequence;
    Event event;
    // std heaps keep the largest in front; the earliest event is "largest".
    friend bool operator<(const Far& a, const Far& b) {
      return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
    }
  };

  [[nodiscard]] static std::size_t placeOf(Cycles time) { return static_cast<std::size_t>(time) % size; }
  void addNear(Cycles time, const Event& event) {
    Slot& slot = slots_[placeOf(time)];
    near_ |= std::uint64_t{1} << placeOf(time);
    if (slot.count < Slot::room) [[likely]] {
      slot.events[slot.count++] = event;
      return;
    }
    const std::uint32_t id = nodes_.take();
    nodes_[id] = {event, nowhere};
    (slot.first == nowhere ? slot.first : nodes_[slot.last].next) = id;
    slot.last = id;
  }
  void addFar(Cycles time, const Event& event) {
    far_.push_back({time, sequence_++, event});
    std::push_heap(far_.begin(), far_.end());
    firstFar_ = far_.front().time;
  }
  /// No near event comes before the first far one: its cycle, or −1 if there is none.
  [[nodiscard]] Cycles bringNear() {
    if (far_.empty()) return -1;
    const Cycles time = firstFar_;
    while (!far_.empty() && far_.front().time == time) {
      addNear(time, far_.front().event);
      std::pop_heap(far_.begin(), far_.end());
      far_.pop_back();
    }
    firstFar_ = far_.empty() ? never : far_.front().time;
    return time;
  }

  std::uint64_t near_ = 0;
  Cycles firstFar_ = never;
  Slot slots_[size];
  Pool<Node> nodes_;
  std::vector<Far> far_;
  std::uint64_t sequence_ = 0;
};

}  // namespace taktwerk::engine
