// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/elaborate.h"

#include <algorithm>
#include <unordered_map>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/architecture/parameters.h"
#include "core/architecture/problems.h"
#include "core/architecture/validate.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

using Class = ObjectClass;

/// Builds the machine of one architecture whose structure has been found valid. Values that cannot be
/// computed are reported and left at their default, so that all of them are reported.
class Elaborator {
 public:
  Elaborator(const Architecture& architecture, const ParameterMap& parameters, Problems& problems)
      : architecture_(architecture),
        context_{parameters, problems},
        problems_(problems),
        parameters_(std::make_shared<const ParameterMap>(parameters)),
        numbers_(architecture.objects.size(), none) {
    machine_->name = architecture.name;
    machine_->file = architecture.file;
    machine_->parameters = parameters;
  }

  std::shared_ptr<const Machine> run() {
    addObjects();
    addConnections();
    foldFetch();
    findRoots();
    for (const Pending& p : resultLatencies_) setResultLatencies(p);
    checkSizes();
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

  // ---- values

  /// The specification of an attribute, and its value if it is given.
  struct Given {
    const AttributeSpecification* specification;
    const Attribute* attribute;
  };
  [[nodiscard]] static Given given(const ObjectDeclaration& o, std::string_view name) {
    return {specificationOf(o.objectClass)->find(name), o.find(name)};
  }

  [[nodiscard]] std::optional<NumberValue> number(const ObjectDeclaration& o, std::string_view name) const {
    const Given g = given(o, name);
    if (g.attribute == nullptr || g.specification == nullptr) return std::nullopt;
    return numberValue(*g.specification, g.attribute->value, o, context_);
  }
  [[nodiscard]] std::optional<std::int64_t> optionalCount(const ObjectDeclaration& o, std::string_view name) const {
    const std::optional<NumberValue> value = number(o, name);
    return value ? std::optional(value->constant) : std::nullopt;
  }
  [[nodiscard]] std::int64_t whole(const ObjectDeclaration& o, std::string_view name, std::int64_t byDefault) const {
    return optionalCount(o, name).value_or(byDefault);
  }
  [[nodiscard]] std::uint32_t small(const ObjectDeclaration& o, std::string_view name, std::uint32_t byDefault) const {
    return static_cast<std::uint32_t>(whole(o, name, byDefault));  // at most 2^31 by specification
  }
  [[nodiscard]] Cost cost(NumberValue value) const {
    Cost result;
    result.constant = value.constant;
    if (value.expression) {
      result.expression = std::make_shared<const Expression>(std::move(*value.expression));
      result.parameters = parameters_;
    }
    return result;
  }
  [[nodiscard]] std::optional<Cost> optionalCost(const ObjectDeclaration& o, std::string_view name) const {
    std::optional<NumberValue> value = number(o, name);
    return value ? std::optional(cost(std::move(*value))) : std::nullopt;
  }
  [[nodiscard]] Cost cost(const ObjectDeclaration& o, std::string_view name, Cycles byDefault) const {
    return optionalCost(o, name).value_or(Cost{byDefault, nullptr, nullptr});
  }
  [[nodiscard]] std::size_t choice(const ObjectDeclaration& o, std::string_view name) const {
    const Given g = given(o, name);
    if (g.attribute == nullptr) return 0;
    return choiceValue(*g.specification, g.attribute->value, o, context_).value_or(0);
  }
  [[nodiscard]] bool boolean(const ObjectDeclaration& o, std::string_view name, bool byDefault) const {
    const Given g = given(o, name);
    if (g.attribute == nullptr) return byDefault;
    return booleanValue(*g.specification, g.attribute->value, o, context_).value_or(byDefault);
  }
  [[nodiscard]] std::vector<std::string> names(const ObjectDeclaration& o, std::string_view name) const {
    const Given g = given(o, name);
    if (g.attribute == nullptr) return {};
    return namesValue(*g.specification, g.attribute->value, o, context_).value_or(std::vector<std::string>{});
  }
  [[nodiscard]] SourcePosition positionOf(const ObjectDeclaration& o, std::string_view name) const {
    const Attribute* attribute = o.find(name);
    return attribute != nullptr ? attribute->value.position : o.position;
  }

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
        case Class::ExecuteStage: addStage(o, i); break;
        case Class::FunctionalUnit:
        case Class::MemoryAccessUnit: addUnit(o, i); break;
        case Class::RegisterFile: addRegisterFile(o, i); break;
        case Class::Sram:
        case Class::Memory:
        case Class::Dram:
        case Class::SetAssociativeCache:
          if (&o != instructionMemory_) addMemory(o, i);
          break;
        case Class::InstructionMemoryAccessUnit:
        case Class::Unknown: break;
      }
    }
  }

  void findInstructionMemory() {
    for (const Connection& c : architecture_.connections) {
      const ObjectDeclaration& from = architecture_.objects[c.from.index()];
      if (from.objectClass != Class::InstructionMemoryAccessUnit || c.kind != ConnectionKind::Reads) continue;
      accessUnit_ = &from;
      instructionMemory_ = &architecture_.objects[c.to.index()];
    }
  }

  void addStage(const ObjectDeclaration& o, std::uint32_t object) {
    numbers_[object] = static_cast<std::uint32_t>(machine_->stages.size());
    Stage& stage = machine_->stages.emplace_back();
    stage.name = o.name;
    stage.object = object;
    const bool fetches = o.objectClass == Class::InstructionFetchStage;
    stage.kind = fetches                                     ? StageKind::Fetch
                 : o.objectClass == Class::PipelineStage ? StageKind::Pipeline
                                                             : StageKind::Execute;
    stage.latency = whole(o, "latency", fetches ? 0 : 1);
    if (stage.kind == StageKind::Pipeline) stage.capacity = small(o, "capacity", 1);
    if (!fetches) return;
    fetchStage_ = &o;
    stage.capacity = small(o, "issue_buffer_size", 1);
    machine_->fetch.stage = {numbers_[object]};
    machine_->fetch.bufferSize = stage.capacity;
    machine_->fetch.inOrder = choice(o, "issue_order") == 1;
  }

  void addUnit(const ObjectDeclaration& o, std::uint32_t object) {
    const UnitId id{numbers_[object] = static_cast<std::uint32_t>(machine_->units.size())};
    Unit& unit = machine_->units.emplace_back();
    unit.name = o.name;
    unit.object = object;
    unit.accessesMemory = o.objectClass == Class::MemoryAccessUnit;
    for (const std::string& operation : names(o, "operations")) unit.operations.push_back(operationId(operation));
    unit.latency = cost(o, "latency", 1);
    unit.initiationInterval = optionalCost(o, "initiation_interval");
    unit.maxInFlight = optionalCount(o, "max_in_flight");
    if (unit.accessesMemory) {
      constexpr Release releases[] = {Release::Completion, Release::Grant, Release::Interval};
      unit.release = releases[choice(o, "release")];
      unit.computeLatency = cost(o, "compute_latency", 0);
      unit.burstWords = optionalCount(o, "burst_words");
      unit.streaming = boolean(o, "streaming", false);
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
    numbers_[object] = static_cast<std::uint32_t>(machine_->registerFiles.size());
    const auto first = static_cast<std::uint32_t>(machine_->registerCount());
    RegisterFile& file = machine_->registerFiles.emplace_back();
    file.name = o.name;
    file.object = object;
    file.depth = small(o, "depth", 1);
    file.dataWidth = small(o, "data_width", 32);
    file.firstRegister = first;
    if (first > mostRegistersInAll) return;  // reported by `checkSizes`; nothing more is kept
    file.registers = names(o, "registers");
    copies_ += static_cast<std::uint64_t>(file.registers.size()) * file.depth;
  }

  void addMemory(const ObjectDeclaration& o, std::uint32_t object) {
    numbers_[object] = static_cast<std::uint32_t>(machine_->memories.size());
    Memory& memory = machine_->memories.emplace_back();
    memory.name = o.name;
    memory.object = object;
    memory.portWidth = whole(o, "port_width", 1);
    memory.beatInterval = whole(o, "beat_interval", 1);
    memory.maxConcurrentRequests = whole(o, "max_concurrent_requests", 1);
    memory.readWritePorts = optionalCount(o, "read_write_ports");
    memory.dataWidth = small(o, "data_width", 32);
    if (const Given g = given(o, "address_ranges"); g.attribute != nullptr) {
      if (auto ranges = rangesValue(*g.specification, g.attribute->value, o, context_)) {
        memory.addressRanges = std::move(*ranges);
      }
    }
    switch (o.objectClass) {
      case Class::Dram: setDram(o, memory); break;
      case Class::SetAssociativeCache: setCache(o, memory); break;
      default:
        memory.kind = MemoryKind::Sram;
        memory.readLatency = cost(o, "read_latency", 1);
        memory.writeLatency = cost(o, "write_latency", 1);
        memory.banks = whole(o, "banks", 1);
        memory.interleaveWords = whole(o, "interleave_words", 1);
        break;
    }
  }

  void setDram(const ObjectDeclaration& o, Memory& memory) const {
    memory.kind = MemoryKind::Dram;
    memory.banks = whole(o, "banks", 1);
    memory.rowWords = whole(o, "row_words", 1024);
    memory.tCas = whole(o, "t_cas", 0);
    memory.tRcd = whole(o, "t_rcd", 0);
    memory.tRp = whole(o, "t_rp", 0);
  }

  void setCache(const ObjectDeclaration& o, Memory& memory) {
    memory.kind = MemoryKind::Cache;
    memory.sets = whole(o, "sets", 1);
    memory.ways = whole(o, "ways", 1);
    memory.lineWords = whole(o, "line_words", 1);
    constexpr Replacement policies[] = {Replacement::Lru, Replacement::Fifo, Replacement::Plru, Replacement::Random};
    memory.replacement = policies[choice(o, "replacement")];
    memory.seed = static_cast<std::uint64_t>(whole(o, "seed", 1));
    memory.writeThrough = choice(o, "write_policy") == 1;
    memory.writeAllocate = boolean(o, "write_allocate", true);
    memory.hitLatency = whole(o, "hit_latency", 1);
    if (memory.replacement == Replacement::Plru && (memory.ways & (memory.ways - 1)) != 0) {
      problems_.error(positionOf(o, "ways"), "M0104",
                      "ways must be a power of two for plru, is " + std::to_string(memory.ways), o.name);
    }
    constexpr std::int64_t mostLines = std::int64_t{1} << 22U;
    if (memory.sets * memory.ways > mostLines) {
      problems_.error(positionOf(o, "sets"), "M0105",
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
        case ConnectionKind::Forward: machine_->stages[a].next.push_back({b}); break;
        case ConnectionKind::Reads:
        case ConnectionKind::Writes: addStorage(c, from, to, a, b); break;
      }
    }
  }

  void addStorage(const Connection& c, const ObjectDeclaration& from, const ObjectDeclaration& to, std::uint32_t a,
                  std::uint32_t b) {
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

  void foldFetch() {
    Fetch& fetch = machine_->fetch;
    const std::int64_t width = whole(*instructionMemory_, "port_width", 1);
    if (fetch.bufferSize < width) {
      problems_.error(positionOf(*fetchStage_, "issue_buffer_size"), "M0101",
                      "issue_buffer_size is " + std::to_string(fetch.bufferSize) + " but " +
                          inQuotes(instructionMemory_->name) + " delivers " + std::to_string(width) +
                          " instructions at once (port_width); the buffer must hold at least as many",
                      fetchStage_->name);
      return;
    }
    fetch.width = static_cast<std::uint32_t>(width);  // at most bufferSize
    const Cost readLatency = cost(*instructionMemory_, "read_latency", 1);
    const auto duration = readLatency.evaluate([&](std::string_view name) -> std::optional<Rational> {
      if (name == "words") return Rational(width);
      if (name == "beats") return Rational(1);
      return std::nullopt;
    });
    if (const auto* error = std::get_if<ExpressionError>(&duration)) {
      const Attribute* attribute = instructionMemory_->find("read_latency");
      problems_.error(positionWithin(attribute->value, error->column), "M0102", "read_latency: " + error->message,
                      instructionMemory_->name);
      return;
    }
    fetch.duration = std::get<Cycles>(duration);
    fetch.duration += whole(*accessUnit_, "latency", 0);
    if (fetch.duration > 0) return;
    problems_.error(positionOf(*instructionMemory_, "read_latency"), "M0103",
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
    const AttributeSpecification& specification = *given(*pending.object, "result_latency").specification;
    auto latencies = latencyMapValue(specification, attribute.value, *pending.object, context_);
    if (!latencies) return;
    for (std::size_t i = 0; i < latencies->size(); ++i) {
      auto& [name, value] = (*latencies)[i];
      const auto file = registerFile(name);
      if (!file.valid()) {
        problems_.error(attribute.value.entries[i].position, "A0317",
                        "result_latency: there is no register file " + inQuotes(name), pending.object->name);
        continue;
      }
      const Cost latency = cost(std::move(value));
      if (!latency.expression && !unit.latency.expression && latency.constant > unit.latency.constant) {
        problems_.error(attribute.value.entries[i].value.position, "M0106",
                        "result_latency of " + inQuotes(name) + " must be at most the latency of " +
                            std::to_string(unit.latency.constant) + ", is " + std::to_string(latency.constant),
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
  ValueContext context_;
  Problems& problems_;
  std::shared_ptr<Machine> machine_ = std::make_shared<Machine>();
  std::shared_ptr<const ParameterMap> parameters_;
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
        problems.error(object.position, "A0302",
                       std::string(specification->name) + ' ' + inQuotes(object.name) + " needs " +
                           std::string(a.name),
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

Result<std::shared_ptr<const Machine>> elaborate(const Architecture& architecture,
                                                 const ParameterValues& overrides) {
  Problems problems(architecture.file);
  const ParameterMap parameters = resolveParameters(architecture, overrides, problems);
  validateDeclarations(architecture, problems);
  checkClasses(architecture, problems);
  Problems structure(architecture.file);
  validateStructure(architecture, structure);
  // Warnings belong to the document and were given when it was read.
  for (Diagnostic& d : std::move(structure).take()) {
    if (d.severity == Severity::Error) problems.error(d.position, d.code, d.message, d.object);
  }
  if (problems.hasErrors()) return std::move(problems).take();
  std::shared_ptr<const Machine> machine = Elaborator(architecture, parameters, problems).run();
  if (!machine) return std::move(problems).take();
  return {std::move(machine), std::move(problems).take()};
}

}  // namespace taktwerk
