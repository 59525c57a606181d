// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/architecture/architecture_file.h"

namespace taktwerk::test {

/// Blocks of most classes with a few connections.
inline constexpr std::string_view smallText = R"(format: taktwerk-architecture/1
name: small
parameters:
  k: {default: 2}
  unused: {default: 3}
  twice: {default: 2 * k}
objects:
  imem: {class: SRAM, at: [0, 0]}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, at: [200, 0]}
  execute: {class: ExecuteStage, at: [400, 0]}
  alu: {class: FunctionalUnit, operations: [add], latency: twice, result_latency: {regs: 1}}
  regs: {class: RegisterFile, registers: [r0], at: [700, 0]}
  cache: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4}
  cache2: {class: SetAssociativeCache, sets: 4, ways: 1, line_words: 4}
connections:
  - contains: [fetch, imau]
  # a comment between
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - writes: [alu, regs]
)";

inline Architecture smallArchitecture() {
  return *parseArchitecture(smallText, "small");
}

inline ObjectId idOf(const Architecture& a, const char* name) {
  return a.find(name)->id;
}

}  // namespace taktwerk::test
