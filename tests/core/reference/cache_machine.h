// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "tests/core/reference/run_trace.h"

namespace taktwerk::test {

/// One load-store unit whose instruction i may make its request in cycle i + 2, on the cache `c` before
/// `mem` (reads 10 cycles, writes 5, a line of four words in one beat). `cache` are the attributes of `c`,
/// `more` further objects.
inline std::shared_ptr<const Machine> cacheMachine(const std::string& cache,
                                                   const std::string& backing = "mem",
                                                   const std::string& more = {},
                                                   const std::string& moreConnections = {}) {
  return machineFromText(R"(
format: taktwerk-architecture/1
name: cached
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, latency: 0, issue_buffer_size: 8}
  execute: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load, store], latency: 1, release: interval}
  c: {class: SetAssociativeCache, )" +
                         cache + R"(}
  mem: {class: SRAM, read_latency: 10, write_latency: 5, port_width: 4, max_concurrent_requests: 4}
)" + more + R"(
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, lsu]
  - reads: [lsu, c]
  - writes: [lsu, c]
  - reads: [c, )" + backing +
                         R"(]
  - writes: [c, )" + backing +
                         R"(]
)" + moreConnections);
}

inline std::string load(std::int64_t address, std::int64_t words = 1) {
  return R"({"operation": "load", "memory_reads": [{"memory": "c", "address": )" + std::to_string(address) +
         R"(, "words": )" + std::to_string(words) + "}]}\n";
}
inline std::string store(std::int64_t address, std::int64_t words = 1) {
  return R"({"operation": "store", "memory_writes": [{"memory": "c", "address": )" + std::to_string(address) +
         R"(, "words": )" + std::to_string(words) + "}]}\n";
}

/// "2-13 3-13": when each instruction's first access was granted and ready.
inline std::string accessesOf(const TraceRun& run) {
  std::string text;
  for (const InstructionTimes& times : run.times) {
    text += (text.empty() ? "" : " ") + std::to_string(times.accesses.at(0).granted) + '-' +
            std::to_string(times.accesses.at(0).ready);
  }
  return text;
}

inline std::string accessTimes(const Machine& machine, const std::string& trace) {
  return accessesOf(runTrace(machine, trace));
}

}  // namespace taktwerk::test
