// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

/// Something that ends at a known cycle. What `subject` and `detail` mean depends on the kind.
struct Event {
  enum class Kind : std::uint8_t {
    FetchArrives,   ///< the fetch under way is over
    GroupIssuable,  ///< subject: first instruction of a group, detail: how many; fetch stage latency over
    StageOver,      ///< subject: instruction at the head of its stage; the stage's latency is over
    Complete,       ///< subject: instruction of a functional unit
    CompleteLeave,  ///< both at once
    Leave,          ///< subject: instruction; leaves its execute stage
    Available,      ///< subject: instruction, detail: group of its results (result_latency)
    RequestsOpen,   ///< subject: instruction; start + latency of its memory access unit is over
    WritesOpen,     ///< subject: instruction; compute_latency after all reads
    WriteOpen,      ///< detail: piece; compute_latency after its read (streaming)
    PieceReady,     ///< detail: piece
    PortFree,       ///< subject: instruction, detail: port hold
    CacheLookup,    ///< detail: piece; the look-up of its current line is over
  };
  std::int64_t subject;
  std::uint32_t detail;
  Kind kind;
};

/// Events by time: a wheel of near cycles with a bitmap, and a heap for the rest. Events of one cycle come
/// out in the order in which they were added, far ones first.
class EventWheel {
 public:
  void add(Cycles now, Cycles time, const Event& event) {
    if (time - now < static_cast<Cycles>(size)) {
      addNear(time, event);
    } else {
      addFar(time, event);
    }
  }
  /// The earliest cycle after `now` at which something ends, or −1. Far events of that cycle are brought
  /// near.
  [[nodiscard]] Cycles advance(Cycles now) {
    Cycles time = nextNear(now);
    if (!far_.empty() && (time < 0 || far_.front().time <= time)) {
      time = far_.front().time;
      while (!far_.empty() && far_.front().time == time) {
        addNear(time, far_.front().event);
        std::pop_heap(far_.begin(), far_.end());
        far_.pop_back();
      }
    }
    return time;
  }
  /// What ends in cycle `now`: read by number, since handling an event may add more of the same cycle.
  [[nodiscard]] std::vector<Event>& slot(Cycles now) { return slots_[static_cast<std::size_t>(now) % size]; }
  [[nodiscard]] bool hasNow(Cycles now) const {
    return !slots_[static_cast<std::size_t>(now) % size].empty();
  }
  /// After all events of cycle `now` are handled.
  void finish(Cycles now) {
    const std::size_t place = static_cast<std::size_t>(now) % size;
    slots_[place].clear();
    bits_[place / 64] &= ~(std::uint64_t{1} << (place % 64));
  }
  void clear() {
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t bits = bits_[w]; bits != 0; bits &= bits - 1) {
        slots_[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))].clear();
      }
      bits_[w] = 0;
    }
    far_.clear();
  }

 private:
  static constexpr std::size_t size = 256;
  static constexpr std::size_t words = size / 64;
  struct Far {
    Cycles time;
    std::uint64_t sequence;
    Event event;
    // std heaps keep the largest in front; the earliest event is "largest".
    friend bool operator<(const Far& a, const Far& b) {
      return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
    }
  };

  void addFar(Cycles time, const Event& event) {
    far_.push_back({time, sequence_++, event});
    std::push_heap(far_.begin(), far_.end());
  }
  void addNear(Cycles time, const Event& event) {
    const std::size_t place = static_cast<std::size_t>(time) % size;
    slots_[place].push_back(event);
    bits_[place / 64] |= std::uint64_t{1} << (place % 64);
  }
  [[nodiscard]] Cycles nextNear(Cycles now) const {
    const std::size_t from = static_cast<std::size_t>(now) % size;
    const std::uint64_t here = bits_[from / 64] >> (from % 64);
    if (here != 0) return now + std::countr_zero(here);
    for (std::size_t step = 1; step <= words; ++step) {
      const std::size_t w = (from / 64 + step) % words;
      if (bits_[w] == 0) continue;
      const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(bits_[w]));
      return now + static_cast<Cycles>((place - from) % size);
    }
    return -1;
  }

  std::vector<Event> slots_[size];
  std::uint64_t bits_[words] = {};
  std::vector<Far> far_;
  std::uint64_t sequence_ = 0;
};

}  // namespace taktwerk::engine
