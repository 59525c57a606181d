// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// One piece of a memory access, in the order of its requests; of an access
/// to a cache, the piece as the cache takes it (requests to its backing memory are not listed).
struct AccessTimes {
  MemoryId memory;
  Words address = 0;
  Words words = 1;
  bool write = false;
  Cycles granted = 0;
  Cycles ready = 0;
  friend bool operator==(const AccessTimes&, const AccessTimes&) = default;
};

/// When what happened to one instruction, in cycles from 0.
struct InstructionTimes {
  std::int64_t index = 0;  ///< in program order from 0
  Cycles fetched = 0;      ///< its fetch group arrived
  Cycles issued = 0;       ///< it left the fetch stage
  Cycles enter = 0;        ///< it entered its execute stage
  Cycles start = 0;
  Cycles complete = 0;
  Cycles release = 0;  ///< it left its execute stage
  UnitId unit;
  std::vector<AccessTimes> accesses;
  friend bool operator==(const InstructionTimes&, const InstructionTimes&) = default;
};

/// Instructions remain and nothing can happen any more.
struct Deadlock {
  Cycles cycle = 0;                        ///< the last in which anything ended or acted
  std::vector<std::int64_t> instructions;  ///< of the chain that wait for each other, ascending
  std::string chain;                       ///< in words: "12 (store on lsu) waits for 14 …"
  std::uint32_t sourceLine = 0;            ///< of the first instruction of the chain
};

/// What timing an instruction sequence gives.
struct Timing {
  Cycles cycles = 0;  ///< latest completion or leaving; 0 for an empty sequence
  std::int64_t instructions = 0;
  std::optional<Deadlock> deadlock;
  bool cancelled = false;
  Diagnostics errors;  ///< no supporting unit, no path, address out of range, missing immediate, …
  [[nodiscard]] bool ok() const { return !deadlock && !cancelled && errors.empty(); }
};

/// Receives the times of each instruction, in program order or as they become known.
using TimesSink = std::function<void(const InstructionTimes&)>;

}  // namespace taktwerk
