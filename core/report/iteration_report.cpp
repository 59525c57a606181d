// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/iteration_report.h"

#include <ostream>

#include "core/base/joined.h"
#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

/// "10 + 4·oc − k".
std::string addressInWords(const ListedAccess& access, const std::vector<LoopAround>& loops) {
  std::string text = std::to_string(access.base);
  for (std::size_t i = 0; i < access.strides.size(); ++i) {
    const Words stride = access.strides[i];
    if (stride == 0) continue;
    text += stride < 0 ? " − " : " + ";
    const auto bits = static_cast<std::uint64_t>(stride);
    const std::uint64_t size = stride < 0 ? 0 - bits : bits;
    if (size != 1) text += std::to_string(size) + "·";
    text += loops[i].variable;
  }
  return text;
}

std::vector<std::string> operandsInWords(std::vector<std::string> registers,
                                         const std::vector<ListedAccess>& accesses,
                                         const std::vector<LoopAround>& loops) {
  for (const ListedAccess& access : accesses) {
    std::string text = access.memory + '[' + addressInWords(access, loops) + ']';
    if (access.words != 1) text += ' ' + std::to_string(access.words) + " words";
    registers.push_back(std::move(text));
  }
  return registers;
}

void writeNames(JsonWriter& json, const char* key, const std::vector<std::string>& names) {
  json.openArray(key);
  for (const std::string& name : names) json.item(name);
  json.closeArray();
}

void writeAccesses(JsonWriter& json, const char* key, const std::vector<ListedAccess>& accesses) {
  json.openArray(key);
  for (const ListedAccess& access : accesses) {
    json.openObject()
        .member("memory", access.memory)
        .member("words", access.words)
        .member("base", access.base)
        .openArray("strides");
    for (const Words stride : access.strides) json.member({}, stride);
    json.closeArray().closeObject();
  }
  json.closeArray();
}

}  // namespace

void writeOperationJson(JsonWriter& json, const ListedOperation& operation) {
  json.member("operation", operation.operation);
  writeNames(json, "registers_written", operation.registersWritten);
  writeNames(json, "registers_read", operation.registersRead);
  writeAccesses(json, "writes", operation.writes);
  writeAccesses(json, "reads", operation.reads);
  json.openObject("immediates");
  for (const auto& [name, value] : operation.immediates) json.member(name, value);
  json.closeObject().member("unit", operation.unit).member("line", operation.sourceLine);
}

void writeLoopsJson(JsonWriter& json, const std::vector<LoopAround>& loops) {
  for (const LoopAround& loop : loops) {
    json.openObject().member("variable", loop.variable).member("trips", loop.trips).closeObject();
  }
}

std::vector<std::string> writesInWords(const ListedOperation& operation,
                                       const std::vector<LoopAround>& loops) {
  return operandsInWords(operation.registersWritten, operation.writes, loops);
}
std::vector<std::string> readsInWords(const ListedOperation& operation,
                                      const std::vector<LoopAround>& loops) {
  return operandsInWords(operation.registersRead, operation.reads, loops);
}

std::string loopsInWords(const std::vector<LoopAround>& loops) {
  constexpr const char* narrowSpace = "\u202F";
  std::vector<std::string> parts;
  parts.reserve(loops.size());
  for (const LoopAround& loop : loops) {
    parts.push_back(loop.variable + " × " + groupedDigits(loop.trips, narrowSpace));
  }
  return joined(parts, "  ›  ");
}

std::string operationInWords(const ListedOperation& operation, const std::vector<LoopAround>& loops) {
  std::string text = operation.operation;
  const auto writes = writesInWords(operation, loops);
  const auto reads = readsInWords(operation, loops);
  if (!writes.empty()) text += ' ' + joined(writes, ", ");
  if (!reads.empty()) text += " ← " + joined(reads, ", ");
  std::vector<std::string> immediates;
  for (const auto& [name, value] : operation.immediates) {
    immediates.push_back(name + " = " + std::to_string(value));
  }
  if (!immediates.empty()) text += "  with " + joined(immediates, ", ");
  if (!operation.unit.empty()) text += "  on " + operation.unit;
  return text;
}

void writeIterationText(std::ostream& out, const Iteration& iteration) {
  const std::string loops = loopsInWords(iteration.loops);
  out << (loops.empty() ? "the whole program" : printable(loops)) << '\n';
  if (!iteration.instructions.empty()) {
    TextTable table({{"line", TextTable::Align::Right}, {"instruction"}});
    for (const ListedOperation& operation : iteration.instructions) {
      table.add({operation.sourceLine > 0 ? std::to_string(operation.sourceLine) : std::string(),
                 printable(operationInWords(operation, iteration.loops))});
    }
    out << '\n';
    table.write(out);
  }
  if (iteration.leftOut > 0) {
    out << "and " << groupedDigits(static_cast<std::int64_t>(iteration.leftOut)) << " more\n";
  }
}

void writeIterationJson(std::ostream& out, const Iteration& iteration) {
  constexpr auto lines = JsonWriter::Layout::Lines;
  JsonWriter json(out);
  json.openObject({}, lines).openArray("loops");
  writeLoopsJson(json, iteration.loops);
  json.closeArray().openArray("instructions", lines);
  for (const ListedOperation& operation : iteration.instructions) {
    json.openObject();
    writeOperationJson(json, operation);
    json.closeObject();
  }
  json.closeArray().member("left_out", iteration.leftOut).closeObject();
  out << '\n';
}

}  // namespace taktwerk
