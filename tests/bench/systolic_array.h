// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk {

/// The flat systolic array of tests/data/mappings/systolic-2x2.arch.yaml with as many rows and columns as
/// wanted, as the text of an architecture file.
[[nodiscard]] inline std::string systolicArray(int rows, int columns) {
  std::string objects, connections;
  const auto object = [&](const std::string& name, const std::string& attributes) {
    objects += "  " + name + ": {" + attributes + "}\n";
  };
  const auto connect = [&](const char* kind, const std::string& from, const std::string& to) {
    connections += std::string("  - ") + kind + ": [\"" + from + "\", \"" + to + "\"]\n";
  };
  const auto at = [](const char* base, int i) { return std::string(base) + "[" + std::to_string(i) + "]"; };
  const auto element = [&](int r, int c) { return at("pe", r) + "[" + std::to_string(c) + "]"; };
  const auto stage = [&](const std::string& name) {
    object(name + ".stage", "class: ExecuteStage");
    connect("forward", "fetch", name + ".stage");
  };
  const auto loader = [&](const std::string& name, const std::string& target) {
    stage(name);
    object(name + ".address", "class: FunctionalUnit, operations: [advance], latency: 1");
    object(name + ".unit", "class: MemoryAccessUnit, operations: [load], latency: 1");
    object(name + ".regs", "class: RegisterFile, registers: [pointer]");
    for (const char* part : {".unit", ".address"}) {
      connect("contains", name + ".stage", name + part);
      connect("reads", name + part, name + ".regs");
    }
    connect("writes", name + ".address", name + ".regs");
    connect("reads", name + ".unit", "dmem");
    connect("writes", name + ".unit", target + ".regs");
  };
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const std::string name = element(r, c);
      stage(name);
      object(name + ".alu",
             "class: FunctionalUnit, operations: [mov, forward, mac, add, max, relu], latency: 1");
      object(name + ".regs", "class: RegisterFile, registers: [a_in, b_in, a, b, acc, out], data_width: 32");
      connect("contains", name + ".stage", name + ".alu");
      connect("reads", name + ".alu", name + ".regs");
      connect("writes", name + ".alu", name + ".regs");
      if (c + 1 < columns) connect("writes", name + ".alu", element(r, c + 1) + ".regs");
      if (r + 1 < rows) connect("writes", name + ".alu", element(r + 1, c) + ".regs");
    }
  }
  for (int r = 0; r < rows; ++r) loader(at("left", r), element(r, 0));
  for (int c = 0; c < columns; ++c) {
    loader(at("top", c), element(0, c));
    const std::string store = at("bottom", c);
    stage(store);
    object(store + ".unit", "class: MemoryAccessUnit, operations: [store], latency: 1");
    connect("contains", store + ".stage", store + ".unit");
    connect("reads", store + ".unit", element(rows - 1, c) + ".regs");
    connect("writes", store + ".unit", "dmem");
  }
  const auto parameter = [](const char* name, int value) {
    const std::string v = std::to_string(value);
    return std::string("  ") + name + ": {default: " + v + ", minimum: " + v + ", maximum: " + v + "}\n";
  };
  return "format: taktwerk-architecture/1\nname: Systolic array\nparameters:\n" + parameter("rows", rows) +
         parameter("columns", columns) +
         "objects:\n"
         "  imem: {class: SRAM, read_latency: 1, port_width: 4}\n"
         "  imau: {class: InstructionMemoryAccessUnit, latency: 0}\n"
         "  fetch: {class: InstructionFetchStage, latency: 1, issue_buffer_size: 16}\n"
         "  dmem: {class: SRAM, read_latency: 2, write_latency: 2, port_width: 1, max_concurrent_requests: "
         "4, "
         "read_write_ports: 4}\n" +
         objects + "connections:\n  - contains: [fetch, imau]\n  - reads: [imau, imem]\n" + connections;
}

}  // namespace taktwerk
