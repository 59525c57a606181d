// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk {

/// The text of an architecture of many blocks: stages in rows of twenty, each with a unit and above it a
/// register file that the unit reads; all units read one memory. 3 · `stages` + 1 objects; stage i, its unit
/// and its register file are objects 1 + 3 i, 2 + 3 i and 3 + 3 i, the memory is object 0.
inline std::string rowsOfStages(int stages) {
  std::string objects = "format: taktwerk-architecture/1\nobjects:\n  dmem: {class: SRAM, at: [0, 600]}\n";
  std::string connections = "connections:\n";
  for (int i = 0; i < stages; ++i) {
    const std::string n = std::to_string(i);
    const int x = i % 20 * 260, y = i / 20 * 800;
    objects += "  s" + n + ": {class: ExecuteStage, at: [" + std::to_string(x) + ", " + std::to_string(y) +
               "]}\n  u" + n + ": {class: FunctionalUnit, operations: [mac]}\n  r" + n +
               ": {class: RegisterFile, registers: [r0], at: [" + std::to_string(x) + ", " +
               std::to_string(y - 200) + "]}\n";
    connections += "  - contains: [s" + n + ", u" + n + "]\n  - reads: [u" + n + ", r" + n +
                   "]\n  - reads: [u" + n + ", dmem]\n";
    if (i > 0) connections += "  - forward: [s" + std::to_string(i - 1) + ", s" + n + "]\n";
  }
  return objects + connections;
}

}  // namespace taktwerk
