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
    FetchArrives,    ///< the fetch under way is over
    GroupIssuable,   ///< subject: first instruction of a group, detail: how many; fetch stage latency over
    StageOver,       ///< subject: instruction at the head of its stage; the stage's latency is over
    Complete,        ///< subject: instruction of a functional unit
    CompleteLeave,   ///< both at once
    Leave,           ///< subject: instruction; leaves its execute stage
    Available,       ///< subject: instruction, detail: group of its results (result_latency)
    RequestsOpen,    ///< subject: instruction; start + latency of its memory access unit is over
    WritesOpen,      ///< subject: instruction; compute_latency after all reads
    WriteOpen,       ///< detail: piece; compute_latency after its read (streaming)
    PieceReady,      ///< detail: piece
    PortFree,        ///< subject: instruction, detail: port hold
    CacheLookup,     ///< detail: piece; the look-up of its current line is over
  };
  std::int64_t subject;
  std::uint32_t detail;
  Kind kind;
};

/// Events by time: a wheel of near cycles with a bitmap, and a heap for the rest. Events of one cycle come
/// out in the order in which they were added.
class EventWheel {
 public:
  void add(Cycles now, Cycles time, const Event& event) {
    if (time - now < static_cast<Cycles>(size)) {
      const std::size_t slot = static_cast<std::size_t>(time) % size;
      slots_[slot].push_back(event);
      bits_[slot / 64] |= std::uint64_t{1} << (slot % 64);
    } else {
      far_.push_back({time, sequence_++, event});
      std::push_heap(far_.begin(), far_.end());
    }
    ++count_;
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }

  /// Earliest cycle at which something ends; only when not empty.
  [[nodiscard]] Cycles nextTime(Cycles now) const {
    const Cycles near = nextNear(now);
    const Cycles far = far_.empty() ? never : far_.front().time;
    return std::min(near, far);
  }
  /// True when something ends at `now`.
  [[nodiscard]] bool hasNow(Cycles now) const {
    return !slots_[static_cast<std::size_t>(now) % size].empty() || (!far_.empty() && far_.front().time == now);
  }
  /// Moves the events of cycle `now` into `out` (cleared first).
  void take(Cycles now, std::vector<Event>& out) {
    out.clear();
    const std::size_t slot = static_cast<std::size_t>(now) % size;
    std::swap(out, slots_[slot]);
    bits_[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    while (!far_.empty() && far_.front().time == now) {
      out.push_back(far_.front().event);
      std::pop_heap(far_.begin(), far_.end());
      far_.pop_back();
    }
    count_ -= out.size();
  }
  /// Calls `f(event)` for every event not yet taken.
  template <class F>
  void forEach(F f) const {
    for (const auto& slot : slots_) {
      for (const Event& event : slot) f(event);
    }
    for (const Far& far : far_) f(far.event);
  }
  void clear() {
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t bits = bits_[w]; bits != 0; bits &= bits - 1) {
        slots_[w * 64 + static_cast<std::size_t>(std::countr_zero(bits))].clear();
      }
      bits_[w] = 0;
    }
    far_.clear();
    count_ = 0;
  }

 private:
  static constexpr Cycles never = std::numeric_limits<Cycles>::max();
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

  [[nodiscard]] Cycles nextNear(Cycles now) const {
    const std::size_t from = static_cast<std::size_t>(now) % size;
    for (std::size_t step = 0; step <= words; ++step) {
      const std::size_t w = (from / 64 + step) % words;
      std::uint64_t bits = bits_[w];
      if (step == 0) bits = bits >> (from % 64) << (from % 64);
      if (step == words) bits &= (std::uint64_t{1} << (from % 64)) - 1;
      if (bits == 0) continue;
      const std::size_t slot = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      return now + static_cast<Cycles>((slot - from) % size);
    }
    return never;
  }

  std::vector<Event> slots_[size];
  std::uint64_t bits_[words] = {};
  std::vector<Far> far_;
  std::uint64_t sequence_ = 0;
  std::size_t count_ = 0;
};

}  // namespace taktwerk::engine
