// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/class_specification.h"

#include <algorithm>
#include <array>
#include <limits>

namespace taktwerk {
namespace {

using Type = AttributeType;
using Scope = ExpressionScope;
using Attributes = std::span<const AttributeSpecification>;

/// No single duration or size above this, so that sums over any program that can be timed fit 64 bits.
constexpr std::int64_t most = std::int64_t{1} << 40U;
/// Of what is counted one by one: places, slots, ports.
constexpr std::int64_t mostPlaces = std::numeric_limits<std::int32_t>::max();
/// Of what takes memory when an architecture is timed: banks, copies of registers, sets.
constexpr std::int64_t mostKept = std::int64_t{1} << 20U;

constexpr std::array<std::string_view, 2> issueOrders{"per_port", "in_order"};
constexpr std::array<std::string_view, 3> releases{"completion", "grant", "interval"};
constexpr std::array<std::string_view, 4> replacements{"lru", "fifo", "plru", "random"};
constexpr std::array<std::string_view, 2> writePolicies{"back", "through"};
constexpr std::span<const std::string_view> noChoices;

constexpr AttributeSpecification cycles(std::string_view name, Scope scope, std::string_view defaultText,
                                        std::string_view description) {
  return {name, Type::Duration, scope, false, defaultText, 0, most, noChoices, "cycles", description};
}
constexpr AttributeSpecification count(std::string_view name, std::string_view defaultText,
                                       std::int64_t maximum, std::string_view unit,
                                       std::string_view description) {
  return {name, Type::Count, Scope::Parameters, false, defaultText, 1, maximum, noChoices, unit, description};
}
constexpr AttributeSpecification requiredCount(std::string_view name, std::int64_t maximum,
                                               std::string_view unit, std::string_view description) {
  return {name, Type::Count, Scope::Parameters, true, "", 1, maximum, noChoices, unit, description};
}
constexpr AttributeSpecification choice(std::string_view name, std::span<const std::string_view> choices,
                                        std::string_view description) {
  return {name, Type::Choice, Scope::Parameters, false, choices[0], 0, 0, choices, "", description};
}
constexpr AttributeSpecification boolean(std::string_view name, std::string_view defaultText,
                                         std::string_view description) {
  return {name, Type::Boolean, Scope::Parameters, false, defaultText, 0, 0, noChoices, "", description};
}
constexpr AttributeSpecification names(std::string_view name, std::string_view description) {
  return {name, Type::Names, Scope::Parameters, true, "", 0, 0, noChoices, "", description};
}

constexpr AttributeSpecification operations = names("operations", "Operations the unit can process.");
constexpr AttributeSpecification unitLatency =
    cycles("latency", Scope::Immediates, "1", "Cycles from the start of an instruction to its completion.");
constexpr AttributeSpecification accessLatency = cycles(
    "latency", Scope::Immediates, "1", "Cycles from the start until the first access may be requested.");
constexpr AttributeSpecification initiationInterval =
    cycles("initiation_interval", Scope::Immediates, "= latency",
           "Cycles from the start until the next instruction may enter the execute stage.");
constexpr AttributeSpecification maxInFlight =
    count("max_in_flight", "no limit", mostPlaces, "",
          "How many instructions of the unit may have started and not completed.");
constexpr AttributeSpecification readLatency =
    cycles("read_latency", Scope::Access, "1", "Cycles until the first beat of a read is ready.");
constexpr AttributeSpecification writeLatency =
    cycles("write_latency", Scope::Access, "1", "Cycles until the first beat of a write is done.");
constexpr AttributeSpecification portWidth =
    count("port_width", "1", most, "words a beat",
          "Words moved in one beat; of an instruction memory the instructions fetched at once.");
constexpr AttributeSpecification beatInterval =
    cycles("beat_interval", Scope::Parameters, "1", "Cycles from one beat of an access to the next.");
constexpr AttributeSpecification maxConcurrentRequests =
    count("max_concurrent_requests", "1", mostPlaces, "", "Slots: accesses under way at the same time.");
constexpr AttributeSpecification readWritePorts =
    count("read_write_ports", "no limit", mostPlaces, "",
          "Ports: accesses whose beats are being moved at the same time.");
constexpr AttributeSpecification banks =
    count("banks", "1", mostKept, "", "Banks over which the addresses are spread.");
constexpr AttributeSpecification addressRanges = {
    "address_ranges",
    Type::AddressRanges,
    Scope::Parameters,
    false,
    "all addresses",
    0,
    std::numeric_limits<std::int64_t>::max(),
    noChoices,
    "words",
    "Ranges [first, end) of word addresses that may be accessed."};
constexpr AttributeSpecification area = {"area", Type::Quantity, Scope::Parameters, false, "not known",
                                         0,      most,           noChoices,         "µm²", "What it covers."};
constexpr AttributeSpecification leakage = {
    "leakage", Type::Quantity, Scope::Parameters, false, "not known",
    0,         most,           noChoices,         "µW",  "Power that it takes whatever it does."};
constexpr AttributeSpecification costSource = {"cost_source",
                                               Type::Source,
                                               Scope::Parameters,
                                               false,
                                               "those of the file",
                                               0,
                                               0,
                                               noChoices,
                                               "",
                                               "The entries of costs that say where its costs are from."};
constexpr AttributeSpecification ownFigures = {"figures",
                                               Type::Figures,
                                               Scope::Parameters,
                                               false,
                                               "none",
                                               0,
                                               most,
                                               noChoices,
                                               "",
                                               "What it adds to figures of the file: {price: 3 / 2}."};
constexpr AttributeSpecification energy(Scope scope, std::string_view description) {
  return {"energy", Type::Energy, scope, false, "not known", 0, most, noChoices, "pJ", description};
}
constexpr AttributeSpecification unitEnergy =
    energy(Scope::Immediates, "Of an instruction, or a map from operations: {add: 1 / 10, mul: 31 / 10}.");
constexpr AttributeSpecification memoryEnergy =
    energy(Scope::Access, "Of an access: a + b * words, or a map of read and write.");
constexpr AttributeSpecification fileEnergy =
    energy(Scope::Parameters, "Of a register that is read or written, or a map of read and write.");
constexpr AttributeSpecification fetchEnergy =
    energy(Scope::Parameters, "Of an instruction that is fetched and issued.");
constexpr AttributeSpecification wordWidth =
    count("data_width", "32", mostKept, "bit", "Width of a word; used for capacities and traffic in bytes.");

constexpr std::array fetchStage{
    cycles("latency", Scope::Parameters, "0",
           "Cycles from the arrival of an instruction until it may issue."),
    count("issue_buffer_size", "1", mostPlaces, "instructions", "Places for fetched instructions."),
    choice("issue_order", issueOrders,
           "per_port: any instruction whose next stage has room may issue; in_order: only the oldest."),
    area,
    leakage,
    fetchEnergy,
    costSource,
    ownFigures};
constexpr std::array accessUnit{
    cycles("latency", Scope::Parameters, "0", "Cycles added to the instruction memory's read latency."), area,
    leakage, costSource, ownFigures};
constexpr std::array pipelineStage{
    cycles("latency", Scope::Parameters, "1", "Cycles an instruction stays before it may move on."),
    count("capacity", "1", mostPlaces, "instructions",
          "Instructions held at the same time, first in first out."),
    area,
    leakage,
    costSource,
    ownFigures};
constexpr std::array executeStage{
    cycles("latency", Scope::Parameters, "1", "Cycles an instruction stays that is only forwarded."), area,
    leakage, costSource, ownFigures};
constexpr std::array functionalUnit{
    operations,
    unitLatency,
    initiationInterval,
    maxInFlight,
    AttributeSpecification{
        "result_latency", Type::LatencyMap, Scope::Immediates, false, "= latency", 0, most, noChoices,
        "cycles", "By register file: cycles from the start until results written there can be read."},
    area,
    leakage,
    unitEnergy,
    costSource,
    ownFigures};
constexpr std::array memoryAccessUnit{
    operations,
    accessLatency,
    initiationInterval,
    maxInFlight,
    choice("release", releases,
           "When the instruction leaves the execute stage: at completion, once all accesses are granted, or "
           "after the initiation interval."),
    cycles("compute_latency", Scope::Immediates, "0", "Cycles from the last read until the writes."),
    count("burst_words", "no limit", most, "words", "Accesses are cut at multiples of this address."),
    boolean("streaming", "false", "Each write piece follows its read piece instead of all reads."),
    area,
    leakage,
    unitEnergy,
    costSource,
    ownFigures};
constexpr std::array registerFile{
    names("registers", "Register names; \"w[8]\" stands for w[0] to w[7]."),
    count("depth", "1", mostKept, "", "Copies of each register: renaming, skew and double buffers."),
    count("data_width", "32", mostKept, "bit", "Width of a register."),
    area,
    leakage,
    fileEnergy,
    costSource,
    ownFigures};
constexpr std::array sram{readLatency,
                          writeLatency,
                          portWidth,
                          beatInterval,
                          maxConcurrentRequests,
                          readWritePorts,
                          banks,
                          count("interleave_words", "1", most, "words",
                                "Consecutive words in one bank before the next bank follows."),
                          addressRanges,
                          wordWidth,
                          area,
                          leakage,
                          memoryEnergy,
                          costSource,
                          ownFigures};
constexpr std::array dram{
    banks,
    count("row_words", "1024", most, "words", "Words of a row; rows lie in the banks in turn."),
    cycles("t_cas", Scope::Parameters, "0", "Cycles of an access to an open row."),
    cycles("t_rcd", Scope::Parameters, "0", "Cycles to open a row."),
    cycles("t_rp", Scope::Parameters, "0", "Cycles to close a row."),
    portWidth,
    beatInterval,
    maxConcurrentRequests,
    readWritePorts,
    addressRanges,
    wordWidth,
    area,
    leakage,
    memoryEnergy,
    costSource,
    ownFigures};
constexpr std::array cache{
    requiredCount("sets", mostKept, "", "Sets of the cache; a power of two."),
    requiredCount("ways", mostKept, "", "Lines of a set; a power of two for plru."),
    requiredCount("line_words", most, "words", "Words of a line."),
    choice("replacement", replacements, "Which line of a full set makes room."),
    count("seed", "1", std::numeric_limits<std::int64_t>::max(), "",
          "First state of the random replacement."),
    choice("write_policy", writePolicies,
           "back: a changed line is written when it is replaced; through: every write goes on at once."),
    boolean("write_allocate", "true", "A write that misses fetches its line."),
    cycles("hit_latency", Scope::Parameters, "1", "Cycles of a look-up."),
    portWidth,
    beatInterval,
    maxConcurrentRequests,
    readWritePorts,
    wordWidth,
    area,
    leakage,
    memoryEnergy,
    costSource,
    ownFigures};

constexpr std::array<ClassSpecification, 11> classes{{
    {ObjectClass::InstructionFetchStage, "InstructionFetchStage",
     "Fetches instructions into its issue buffer and issues them to the next stages.", fetchStage},
    {ObjectClass::InstructionMemoryAccessUnit, "InstructionMemoryAccessUnit",
     "Reads the instruction memory for the fetch stage that contains it.", accessUnit},
    {ObjectClass::PipelineStage, "PipelineStage",
     "Holds instructions for some cycles and passes them on in order; with latency 0 a queue.",
     pipelineStage},
    {ObjectClass::ExecuteStage, "ExecuteStage", "Holds one instruction and the units that can process it.",
     executeStage},
    {ObjectClass::FunctionalUnit, "FunctionalUnit", "Computes: reads and writes registers.", functionalUnit},
    {ObjectClass::MemoryAccessUnit, "MemoryAccessUnit",
     "Reads and writes memories and registers: loads, stores, copies, streams.", memoryAccessUnit},
    {ObjectClass::RegisterFile, "RegisterFile", "Named registers that carry data between instructions.",
     registerFile},
    {ObjectClass::Sram, "SRAM", "A memory with fixed latencies, ports and interleaved banks.", sram},
    {ObjectClass::Memory, "Memory", "Any other memory with fixed latencies; timed as an SRAM.", sram},
    {ObjectClass::Dram, "DRAM", "A memory with rows that are opened and closed in banks.", dram},
    {ObjectClass::SetAssociativeCache, "SetAssociativeCache",
     "Keeps lines of a backing memory or of another cache.", cache},
}};

}  // namespace

const AttributeSpecification* ClassSpecification::find(std::string_view attribute) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const AttributeSpecification& a) { return a.name == attribute; });
  return found == attributes.end() ? nullptr : &*found;
}

std::span<const ClassSpecification> classSpecifications() {
  return classes;
}

const ClassSpecification* specificationOf(ObjectClass objectClass) {
  const auto index = static_cast<std::size_t>(objectClass);
  return index < classes.size() ? &classes[index] : nullptr;
}

ObjectClass classFromName(std::string_view name) {
  for (const ClassSpecification& c : classes) {
    if (c.name == name) return c.objectClass;
  }
  return ObjectClass::Unknown;
}

std::string_view toString(ObjectClass objectClass) {
  const ClassSpecification* specification = specificationOf(objectClass);
  return specification != nullptr ? specification->name : "Unknown";
}

}  // namespace taktwerk
