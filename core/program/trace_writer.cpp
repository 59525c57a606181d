// SPDX-License-Identifier: GPL-3.0-or-later
#include <ostream>

#include "core/program/json_line.h"
#include "core/program/trace_file.h"

namespace taktwerk {

namespace {

/// The text of a template cut where the addresses of its accesses go.
using Fragments = std::vector<std::string>;

class FragmentWriter {
 public:
  FragmentWriter(const InstructionTemplate& instruction, const Machine& machine) : machine_(machine) {
    text_ = "{\"operation\": " + quotedJson(machine.operations[instruction.operation.index()]);
    registers("reads", instruction.reads);
    registers("writes", instruction.writes);
    ranges("memory_reads", instruction.memoryReads);
    ranges("memory_writes", instruction.memoryWrites);
    immediates(instruction);
    if (instruction.unit.valid()) {
      text_ += ", \"unit\": " + quotedJson(machine.units[instruction.unit.index()].name);
    }
    text_ += "}\n";
    fragments_.push_back(std::move(text_));
  }
  [[nodiscard]] Fragments take() && { return std::move(fragments_); }

 private:
  void registers(const char* field, const std::vector<RegisterId>& ids) {
    if (ids.empty()) return;
    text_ += std::string(", \"") + field + "\": [";
    const char* separator = "";
    for (const RegisterId id : ids) {
      text_ += separator + quotedJson(machine_.registerName(id));
      separator = ", ";
    }
    text_ += ']';
  }

  void ranges(const char* field, const std::vector<AccessShape>& shapes) {
    if (shapes.empty()) return;
    text_ += std::string(", \"") + field + "\": [";
    const char* separator = "";
    for (const AccessShape& shape : shapes) {
      text_ += std::string(separator) +
               "{\"memory\": " + quotedJson(machine_.memories[shape.memory.index()].name) + ", \"address\": ";
      fragments_.push_back(std::move(text_));
      text_ = ", \"words\": " + std::to_string(shape.words) + '}';
      separator = ", ";
    }
    text_ += ']';
  }

  void immediates(const InstructionTemplate& instruction) {
    if (instruction.immediates.empty()) return;
    text_ += ", \"immediates\": {";
    const char* separator = "";
    for (const auto& [name, value] : instruction.immediates) {
      text_ += separator + quotedJson(name) + ": " + std::to_string(value);
      separator = ", ";
    }
    text_ += '}';
  }

  const Machine& machine_;
  std::string text_;
  Fragments fragments_;
};

}  // namespace

void writeTrace(std::ostream& output, const Program& program, const Machine& machine) {
  std::vector<Fragments> fragments(program.templates.size());
  ProgramWalker walker(program);
  while (walker.next() && output) {
    const TemplateId id = walker.step().instruction;
    Fragments& parts = fragments[id.index()];
    if (parts.empty()) parts = FragmentWriter(program.templates[id], machine).take();
    output << parts[0];
    for (std::size_t access = 0; access < walker.addresses().size(); ++access) {
      output << walker.addresses()[access] << parts[access + 1];
    }
  }
}

}  // namespace taktwerk
