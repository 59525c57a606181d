// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/architecture/architecture_file.h"

namespace taktwerk::test {

/// A sound architecture of fifteen lines of objects; tests add to it or replace a piece of it.
inline const std::string sound =
    "format: taktwerk-architecture/1\n"                                // 1
    "name: sound\n"                                                    // 2
    "parameters:\n"                                                    // 3
    "  rows: {default: 4, minimum: 1, maximum: 16}\n"                  // 4
    "objects:\n"                                                       // 5
    "  imem: {class: SRAM, read_latency: 1, port_width: 2}\n"          // 6
    "  imau: {class: InstructionMemoryAccessUnit}\n"                   // 7
    "  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}\n"  // 8
    "  decode: {class: PipelineStage, latency: 1}\n"                   // 9
    "  execute: {class: ExecuteStage}\n"                               // 10
    "  alu: {class: FunctionalUnit, operations: [add], latency: 2}\n"  // 11
    "  lsu: {class: MemoryAccessUnit, operations: [load, store]}\n"    // 12
    "  regs: {class: RegisterFile, registers: [r0, r1]}\n"             // 13
    "  dmem: {class: SRAM, read_latency: 3}\n"                         // 14
    "connections:\n"                                                   // 15
    "  - contains: [fetch, imau]\n"                                    // 16
    "  - reads: [imau, imem]\n"                                        // 17
    "  - forward: [fetch, decode]\n"                                   // 18
    "  - forward: [decode, execute]\n"                                 // 19
    "  - contains: [execute, alu]\n"                                   // 20
    "  - contains: [execute, lsu]\n"                                   // 21
    "  - reads: [alu, regs]\n"                                         // 22
    "  - writes: [alu, regs]\n"                                        // 23
    "  - reads: [lsu, dmem]\n"                                         // 24
    "  - writes: [lsu, dmem]\n";                                       // 25

/// `text` with the first occurrence of `from` replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  return place == std::string::npos ? "(not found: " + std::string(from) + ')'
                                    : text.replace(place, from.size(), to);
}

/// The problems of a document, one a line, without the name of the file.
inline std::string problems(const Diagnostics& diagnostics) {
  std::string all;
  for (Diagnostic d : diagnostics) {
    d.file = "f";
    all += (all.empty() ? "" : "\n") + toString(d).substr(2);
  }
  return all;
}
inline std::string problemsOf(const std::string& text) {
  return problems(parseArchitecture(text, "f").diagnostics);
}

/// A document of the sound architecture with one piece replaced, and all its problems.
struct DocumentCase {
  std::string name;
  std::string from;
  std::string to;
  std::string problems;
};
inline void PrintTo(const DocumentCase& c, std::ostream* out) {
  *out << c.name;
}

}  // namespace taktwerk::test
