// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk {

/// The ends of a memory's addresses with which a mapping places everything in the same way: from `least` to
/// `most`.
struct MemoryEnd {
  MemoryId memory;
  Words least = std::numeric_limits<Words>::min(), most = std::numeric_limits<Words>::max();
  friend bool operator==(const MemoryEnd&, const MemoryEnd&) = default;
};

/// What placing found out about the ends of memories: on every machine that is the same but for them, and
/// whose ends are among these, it comes to the same. Of memories with one range of addresses alone; of others
/// nothing is said, and they have to be equal.
class MemoryEnds {
 public:
  /// It was asked whether something that ends at `end` fits the memory, and it does, or does not.
  void asked(MemoryId memory, Words end, bool fits) {
    MemoryEnd& known = of(memory);
    if (fits) {
      known.least = std::max(known.least, end);
    } else {
      known.most = std::min(known.most, end - 1);
    }
  }
  /// The end itself was told.
  void told(MemoryId memory, Words end) {
    MemoryEnd& known = of(memory);
    known.least = known.most = end;
  }
  /// As if all that `more` was asked and told had been asked and told here.
  void add(const MemoryEnds& more) {
    for (const MemoryEnd& each : more.ends_) {
      MemoryEnd& known = of(each.memory);
      known.least = std::max(known.least, each.least);
      known.most = std::min(known.most, each.most);
    }
  }

  /// Whether the ends of another machine are among these.
  [[nodiscard]] bool hold(const Machine& machine) const {
    return std::all_of(ends_.begin(), ends_.end(), [&](const MemoryEnd& each) {
      const auto& ranges = machine.memories[each.memory.index()].addressRanges;
      return ranges.size() == 1 && each.least <= ranges.front().second && ranges.front().second <= each.most;
    });
  }
  [[nodiscard]] const std::vector<MemoryEnd>& all() const { return ends_; }
  friend bool operator==(const MemoryEnds&, const MemoryEnds&) = default;

 private:
  MemoryEnd& of(MemoryId memory) {
    const auto found = std::find_if(ends_.begin(), ends_.end(),
                                    [&](const MemoryEnd& each) { return each.memory == memory; });
    if (found != ends_.end()) return *found;
    ends_.push_back({memory});
    return ends_.back();
  }

  std::vector<MemoryEnd> ends_;  ///< in the order in which memories were first asked about
};

}  // namespace taktwerk
