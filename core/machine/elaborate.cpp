// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/elaborate.h"

#include <algorithm>
#include <unordered_map>

#include "core/architecture/class_specification.h"
#include "core/architecture/expand.h"
#include "core/architecture/parameters.h"
#include "core/architecture/quantity.h"
#include "core/architecture/validate.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"
#include "core/machine/elaboration_steps.h"
#include "core/machine/machine_costs.h"
#include "core/machine/machine_figures.h"
#include "core/machine/object_values.h"

namespace taktwerk {
namespace {

using Class = ObjectClass;

/// Builds the machine of one architecture whose structure has been found valid. Values that cannot be
/// computed are reported and left at their default, so that all of them are reported.
class Elaborator {
 public:
  Elaborator(const Architecture& architecture, const ParameterMap& parameters, Problems& problems,
             ExpressionCache* expressions)
      : architecture_(architecture),
        problems_(problems),
        source_{{parameters, problems, expressions}, std::make_shared<const ParameterMap>(parameters)},
        numbers_(architecture.objects.size(), none) {
    machine_->name = architecture.name;
    machine_->file = architecture.file;
    machine_->parameters = parameters;
    machine_->validation = architecture.validation;
    for (const Parameter& p : architecture.parameters) {
      if (parameters.at(p.name) != p.defaultValue) machine_->changedParameters.push_back(p.name);
    }
  }

  std::shared_ptr<const Machine> run() {
    const auto clock = clockOf(architecture_, {*source_.parameters, problems_, source_.context.expressions});
    if (clock) machine_->clock = realOf(*clock);
    addObjects();
    addConnections();
    completeFetch();
    findRoots();
    for (const Pending& p : resultLatencies_) setResultLatencies(p);
    checkSizes();
    if (problems_.hasErrors()) return nullptr;
    machine_->costs = costsOf(architecture_, *machine_, source_.context);
    machine_->figures = figuresOf(architecture_, source_.context);
    if (problems_.hasErrors()) return nullptr;
    machine_->indexNames();
    return machine_;
  }

 private:
  static constexpr std::uint32_t none = Id<Machine>::none;
  struct Pending {
    const ObjectDeclaration* object;
    UnitId unit;
  };

  [[nodiscard]] ObjectValues values(const ObjectDeclaration& object) { return {object, source_}; }

  // ---- objects

  void addObjects() {
    findInstructionMemory();
    machine_->objectNames.reserve(architecture_.objects.size());
    for (std::uint32_t i = 0; i < architecture_.objects.size(); ++i) {
      const ObjectDeclaration& o = architecture_.objects[i];
      machine_->objectNames.push_back(o.name);
      switch (o.objectClass) {
        case Class::InstructionFetchStage:
        case Class::PipelineStage:
        case Class::ExecuteStage:
          addStage(o, i);
          break;
        case Class::FunctionalUnit:
        case Class::MemoryAccessUnit:
          addUnit(o, i);
          break;
        case Class::RegisterFile:
          addRegisterFile(o, i);
          break;
        case Class::Sram:
        case Class::Memory:
        case Class::Dram:
        case Class::SetAssociativeCache:
          if (&o != instructionMemory_) addMemory(o, i);
          break;
        case Class::InstructionMemoryAccessUnit:
        case Class::Unknown:
          break;
      }
    }
  }

  void findInstructionMemory() {
    for (const Connection& c : architecture_.connections) {
      const ObjectDeclaration& from = architecture_.objects[c.from.index()];
      if (from.objectClass != Class::InstructionMemoryAccessUnit || c.kind != ConnectionKind::Reads) continue;
      accessUnit_ = &from;
      instructionMemory_ = &architecture_.objects[c.to.index()];
      machine_->fetch.accessUnit = {c.from.value};
      machine_->fetch.memory = {c.to.value};
    }
  }

  void addStage(const ObjectDeclaration& o, std::uint32_t object) {
    const ObjectValues v = values(o);
    numbers_[object] = static_cast<std::uint32_t>(machine_->stages.size());
    Stage& stage = machine_->stages.emplace_back();
    stage.name = o.name;
    stage.object = object;
    const bool fetches = o.objectClass == Class::InstructionFetchStage;
    stage.kind = fetches                                 ? StageKind::Fetch
                 : o.objectClass == Class::PipelineStage ? StageKind::Pipeline
                                                         : StageKind::Execute;
    stage.latency = v.whole("latency", fetches ? 0 : 1);
    if (stage.kind == StageKind::Pipeline) stage.capacity = v.small("capacity", 1);
    if (!fetches) return;
    fetchStage_ = &o;
    stage.capacity = v.small("issue_buffer_size", 1);
    machine_->fetch.stage = {numbers_[object]};
    machine_->fetch.bufferSize = stage.capacity;
    machine_->fetch.inOrder = v.choice("issue_order") == 1;
  }

  void addUnit(const ObjectDeclaration& o, std::uint32_t object) {
    const ObjectValues v = values(o);
    const UnitId id{numbers_[object] = static_cast<std::uint32_t>(machine_->units.size())};
    Unit& unit = machine_->units.emplace_back();
    unit.name = o.name;
    unit.object = object;
    unit.accessesMemory = o.objectClass == Class::MemoryAccessUnit;
    for (const std::string& operation : v.names("operations"))
      unit.operations.push_back(operationId(operation));
    unit.latency = v.cost("latency", 1);
    unit.initiationInterval = v.optionalCost("initiation_interval");
    unit.maxInFlight = v.optionalWhole("max_in_flight");
    if (unit.accessesMemory) {
      constexpr Release releases[] = {Release::Completion, Release::Grant, Release::Interval};
      unit.release = releases[v.choice("release")];
      unit.computeLatency = v.cost("compute_latency", 0);
      unit.burstWords = v.optionalWhole("burst_words");
      unit.streaming = v.boolean("streaming", false);
    } else if (o.find("result_latency") != nullptr) {
      resultLatencies_.push_back({&o, id});
    }
  }

  OperationId operationId(const std::string& operation) {
    const auto next = static_cast<std::uint32_t>(machine_->operations.size());
    const auto [found, isNew] = operations_.try_emplace(operation, next);
    if (isNew) machine_->operations.push_back(operation);
    return {found->second};
  }

  void addRegisterFile(const ObjectDeclaration& o, std::uint32_t object) {
    const ObjectValues v = values(o);
    numbers_[object] = static_cast<std::uint32_t>(machine_->registerFiles.size());
    const auto first = static_cast<std::uint32_t>(machine_->registerCount());
    RegisterFile& file = machine_->registerFiles.emplace_back();
    file.name = o.name;
    file.object = object;
    file.depth = v.small("depth", 1);
    file.dataWidth = v.small("data_width", 32);
    file.firstRegister = first;
    if (first > mostRegistersInAll) return;  // reported by `checkSizes`; nothing more is kept
    file.registers = v.names("registers");
    copies_ += static_cast<std::uint64_t>(file.registers.size()) * file.depth;
  }

  void addMemory(const ObjectDeclaration& o, std::uint32_t object) {
    const ObjectValues v = values(o);
    numbers_[object] = static_cast<std::uint32_t>(machine_->memories.size());
    Memory& memory = machine_->memories.emplace_back();
    memory.name = o.name;
    memory.object = object;
    memory.portWidth = v.whole("port_width", 1);
    memory.beatInterval = v.whole("beat_interval", 1);
    memory.maxConcurrentRequests = v.whole("max_concurrent_requests", 1);
    memory.readWritePorts = v.optionalWhole("read_write_ports");
    memory.dataWidth = v.small("data_width", 32);
    memory.addressRanges = v.ranges("address_ranges");
    switch (o.objectClass) {
      case Class::Dram:
        setDram(o, memory);
        break;
      case Class::SetAssociativeCache:
        setCache(o, memory);
        break;
      default:
        memory.kind = MemoryKind::Sram;
        memory.readLatency = v.cost("read_latency", 1);
        memory.writeLatency = v.cost("write_latency", 1);
        memory.banks = v.whole("banks", 1);
        memory.interleaveWords = v.whole("interleave_words", 1);
        break;
    }
  }

  void setDram(const ObjectDeclaration& o, Memory& memory) {
    const ObjectValues v = values(o);
    memory.kind = MemoryKind::Dram;
    memory.banks = v.whole("banks", 1);
    memory.rowWords = v.whole("row_words", 1024);
    memory.tCas = v.whole("t_cas", 0);
    memory.tRcd = v.whole("t_rcd", 0);
    memory.tRp = v.whole("t_rp", 0);
  }

  void setCache(const ObjectDeclaration& o, Memory& memory) {
    const ObjectValues v = values(o);
    memory.kind = MemoryKind::Cache;
    memory.sets = v.whole("sets", 1);
    memory.ways = v.whole("ways", 1);
    memory.lineWords = v.whole("line_words", 1);
    constexpr Replacement policies[] = {Replacement::Lru, Replacement::Fifo, Replacement::Plru,
                                        Replacement::Random};
    memory.replacement = policies[v.choice("replacement")];
    memory.seed = static_cast<std::uint64_t>(v.whole("seed", 1));
    memory.writeThrough = v.choice("write_policy") == 1;
    memory.writeAllocate = v.boolean("write_allocate", true);
    memory.hitLatency = v.whole("hit_latency", 1);
    if (memory.replacement == Replacement::Plru && (memory.ways & (memory.ways - 1)) != 0) {
      problems_.error(v.positionOf("ways"), "M0104",
                      "ways must be a power of two for plru, is " + std::to_string(memory.ways), o.name);
    }
    constexpr std::int64_t mostLines = std::int64_t{1} << 22U;
    if (memory.sets * memory.ways > mostLines) {
      problems_.error(v.positionOf("sets"), "M0105",
                      "a cache has at most " + std::to_string(mostLines) + " lines, this one has " +
                          std::to_string(memory.sets * memory.ways),
                      o.name);
    }
  }

  // ---- connections

  void addConnections() {
    for (const Connection& c : architecture_.connections) {
      const ObjectDeclaration& from = architecture_.objects[c.from.index()];
      const ObjectDeclaration& to = architecture_.objects[c.to.index()];
      const std::uint32_t a = numbers_[c.from.index()];
      const std::uint32_t b = numbers_[c.to.index()];
      if (a == none || b == none) continue;  // instruction memory and its access unit
      switch (c.kind) {
        case ConnectionKind::Contains:
          machine_->stages[a].units.push_back({b});
          machine_->units[b].stage = {a};
          break;
        case ConnectionKind::Forward:
          machine_->stages[a].next.push_back({b});
          break;
        case ConnectionKind::Reads:
        case ConnectionKind::Writes:
          addStorage(c, from, to, a, b);
          break;
      }
    }
  }

  void addStorage(const Connection& c, const ObjectDeclaration& from, const ObjectDeclaration& to,
                  std::uint32_t a, std::uint32_t b) {
    const bool reads = c.kind == ConnectionKind::Reads;
    if (from.objectClass == Class::SetAssociativeCache) {
      machine_->memories[a].backing = {b};
    } else if (to.objectClass == Class::RegisterFile) {
      (reads ? machine_->units[a].readsRegisters : machine_->units[a].writesRegisters).push_back({b});
    } else {
      (reads ? machine_->units[a].readsMemories : machine_->units[a].writesMemories).push_back({b});
    }
  }

  // ---- what several objects decide together

  void completeFetch() {
    Fetch& fetch = machine_->fetch;
    const std::int64_t width = values(*instructionMemory_).whole("port_width", 1);
    if (fetch.bufferSize < width) {
      problems_.error(values(*fetchStage_).positionOf("issue_buffer_size"), "M0101",
                      "issue_buffer_size is " + std::to_string(fetch.bufferSize) + " but " +
                          inQuotes(instructionMemory_->name) + " delivers " + std::to_string(width) +
                          " instructions at once (port_width); the buffer must hold at least as many",
                      fetchStage_->name);
      return;
    }
    fetch.width = static_cast<std::uint32_t>(width);  // at most bufferSize
    const Cost readLatency = values(*instructionMemory_).cost("read_latency", 1);
    const auto duration = readLatency.evaluate([&](std::string_view name) -> std::optional<Rational> {
      if (name == "words") return Rational(width);
      if (name == "beats") return Rational(1);
      return std::nullopt;
    });
    if (const auto* error = std::get_if<ExpressionError>(&duration)) {
      const Attribute* attribute = instructionMemory_->find("read_latency");
      problems_.error(positionWithin(attribute->value, error->column), "M0102",
                      "read_latency: " + error->message, instructionMemory_->name);
      return;
    }
    fetch.duration = std::get<Cycles>(duration);
    fetch.duration += values(*accessUnit_).whole("latency", 0);
    if (fetch.duration > 0) return;
    problems_.error(values(*instructionMemory_).positionOf("read_latency"), "M0103",
                    "a fetch takes 0 cycles; read_latency of " + inQuotes(instructionMemory_->name) +
                        " and latency of " + inQuotes(accessUnit_->name) + " must add up to at least 1",
                    instructionMemory_->name);
  }

  void findRoots() {
    for (std::uint32_t i = 0; i < machine_->memories.size(); ++i) {
      std::uint32_t root = i;
      while (machine_->memories[root].backing.valid()) root = machine_->memories[root].backing.value;
      machine_->memories[i].root = {root};
    }
  }

  void setResultLatencies(const Pending& pending) {
    const Attribute& attribute = *pending.object->find("result_latency");
    Unit& unit = machine_->units[pending.unit.index()];
    std::size_t i = 0;
    for (auto& [name, latency] : values(*pending.object).latencies("result_latency")) {
      const YamlNode::Entry& entry = attribute.value.entries[i++];
      const RegisterFileId file = registerFile(name);
      if (!file.valid()) {
        problems_.error(entry.position, "A0317",
                        "result_latency: there is no register file " + inQuotes(name), pending.object->name);
        continue;
      }
      if (!latency.expression && !unit.latency.expression && latency.constant > unit.latency.constant) {
        problems_.error(entry.value.position, "M0106",
                        "result_latency of " + inQuotes(name) + " must be at most the latency of " +
                            std::to_string(unit.latency.constant) + ", is " +
                            std::to_string(latency.constant),
                        pending.object->name);
      }
      unit.resultLatency.emplace_back(file, latency);
    }
  }

  RegisterFileId registerFile(std::string_view name) {
    if (registerFiles_.empty()) {
      for (std::uint32_t i = 0; i < machine_->registerFiles.size(); ++i) {
        registerFiles_.try_emplace(machine_->registerFiles[i].name, RegisterFileId{i});
      }
    }
    const auto found = registerFiles_.find(name);
    return found == registerFiles_.end() ? RegisterFileId{} : found->second;
  }

  void checkSizes() {
    if (machine_->registerCount() > mostRegistersInAll) {
      problems_.error({1, 1}, "A0316",
                      "an architecture has at most " + std::to_string(mostRegistersInAll) + " registers");
    }
    constexpr std::uint64_t mostCopies = std::uint64_t{1} << 24U;
    if (copies_ > mostCopies) {
      problems_.error({1, 1}, "M0107",
                      "the registers have " + std::to_string(copies_) + " copies (depth); at most " +
                          std::to_string(mostCopies) + " can be timed");
    }
    std::int64_t banks = 0;
    for (const Memory& memory : machine_->memories) banks += memory.banks;
    constexpr std::int64_t mostBanks = std::int64_t{1} << 22U;
    if (banks > mostBanks) {
      problems_.error({1, 1}, "M0108",
                      "the memories have " + std::to_string(banks) + " banks together; at most " +
                          std::to_string(mostBanks) + " can be timed");
    }
  }

  const Architecture& architecture_;
  Problems& problems_;
  ValueSource source_;
  std::shared_ptr<Machine> machine_ = std::make_shared<Machine>();
  /// Of each object its place among the machine's stages, units, register files or memories.
  std::vector<std::uint32_t> numbers_;
  std::unordered_map<std::string, std::uint32_t> operations_;
  std::unordered_map<std::string_view, RegisterFileId> registerFiles_;
  std::vector<Pending> resultLatencies_;
  const ObjectDeclaration* fetchStage_ = nullptr;
  const ObjectDeclaration* accessUnit_ = nullptr;
  const ObjectDeclaration* instructionMemory_ = nullptr;
  std::uint64_t copies_ = 0;
};

void checkClasses(const Architecture& architecture, Problems& problems) {
  for (const ObjectDeclaration& object : architecture.objects) {
    const ClassSpecification* specification = specificationOf(object.objectClass);
    if (specification == nullptr) {
      problems.error(object.position, "A0202", "unknown class " + inQuotes(object.className), object.name);
      continue;
    }
    for (const AttributeSpecification& a : specification->attributes) {
      if (a.required && object.find(a.name) == nullptr) {
        problems.error(
            object.position, "A0302",
            std::string(specification->name) + ' ' + inQuotes(object.name) + " needs " + std::string(a.name),
            object.name);
      }
    }
    for (const Attribute& attribute : object.attributes) {
      if (specification->find(attribute.name) == nullptr) {
        problems.error(attribute.position, "A0301",
                       std::string(specification->name) + " has no attribute " + inQuotes(attribute.name),
                       object.name);
      }
    }
  }
}

}  // namespace

void validateFlat(const Architecture& architecture, Problems& problems, bool complete) {
  validateDeclarations(architecture, problems);
  checkClasses(architecture, problems);
  Problems structure(architecture.file);
  if (architecture.isGenerated()) structure.mergeRepeated();
  validateStructure(architecture, structure, complete);
  // Warnings belong to the document and were given when it was read.
  for (Diagnostic& d : std::move(structure).take("A0000")) {
    if (d.severity == Severity::Error) problems.error(d.position, d.code, d.message, d.object);
  }
}

std::shared_ptr<const Machine> machineOf(const Architecture& architecture, const ParameterMap& parameters,
                                         Problems& problems, ExpressionCache* expressions) {
  return Elaborator(architecture, parameters, problems, expressions).run();
}

namespace {

Result<std::shared_ptr<const Machine>> elaborateFlat(const Architecture& architecture,
                                                     const ParameterMap& parameters, Problems& problems,
                                                     bool complete) {
  validateFlat(architecture, problems, complete);
  if (problems.hasErrors()) return std::move(problems).take("A0000");
  std::shared_ptr<const Machine> machine = machineOf(architecture, parameters, problems, nullptr);
  if (!machine) return std::move(problems).take("A0000");
  return {std::move(machine), std::move(problems).take("A0000")};
}

}  // namespace

Result<std::shared_ptr<const Machine>> elaborate(const Architecture& architecture,
                                                 const ParameterValues& overrides) {
  Problems problems(architecture.file);
  const ParameterMap parameters = resolveParameters(architecture, overrides, problems);
  // A point that cannot be is not written out.
  if (!overrides.empty() && problems.hasErrors()) return std::move(problems).take("A0000");
  if (!architecture.isGenerated()) return elaborateFlat(architecture, parameters, problems, true);
  problems.mergeRepeated();
  const bool asRead =
      std::all_of(architecture.parameters.begin(), architecture.parameters.end(),
                  [&](const Parameter& p) { return parameters.at(p.name) == p.defaultValue; });
  if (asRead) return elaborateFlat(architecture, parameters, problems, true);
  Architecture expanded = architecture;
  const bool complete = expand(expanded, parameters, problems);
  return elaborateFlat(expanded, parameters, problems, complete);
}

}  // namespace taktwerk
