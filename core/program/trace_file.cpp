// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/trace_file.h"

#include <algorithm>
#include <fstream>
#include <istream>
#include <limits>
#include <unordered_map>

#include "core/program/json_line.h"

namespace taktwerk {

namespace {

constexpr std::size_t maximumDiagnostics = 100;

/// Splits a stream into lines through a fixed buffer, so that a line without an end costs no memory.
class LineSource {
 public:
  explicit LineSource(std::istream& input) : input_(input) {}

  enum class Next { Line, TooLong, End };
  Next next(std::string& line) {
    line.clear();
    bool any = false;
    while (true) {
      if (at_ == filled_) {
        input_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        filled_ = static_cast<std::size_t>(input_.gcount());
        at_ = 0;
        if (filled_ == 0) return any ? Next::Line : Next::End;
      }
      any = true;
      const char* first = buffer_.data() + at_;
      const char* last = buffer_.data() + filled_;
      const char* newline = std::find(first, last, '\n');
      line.append(first, newline);
      at_ = static_cast<std::size_t>(newline - buffer_.data());
      if (line.size() > maximumTraceLineBytes) return Next::TooLong;
      if (newline != last) {
        ++at_;
        return Next::Line;
      }
    }
  }
  [[nodiscard]] bool broken() const { return input_.bad(); }

 private:
  std::istream& input_;
  std::vector<char> buffer_ = std::vector<char>(1u << 16);
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
};

template <class Tag>
struct NameTable {
  const char* kind;
  std::unordered_map<std::string, Id<Tag>> ids;
  std::vector<std::string> names;

  void add(std::string name, std::uint32_t index) {
    ids.emplace(name, Id<Tag>{index});
    names.push_back(std::move(name));
  }
};

class TraceReader {
 public:
  TraceReader(const std::string& file, TraceSink& sink) : file_(file), sink_(sink), takesAnyName_(true) {}
  TraceReader(const std::string& file, TraceSink& sink, const Machine& machine) : file_(file), sink_(sink) {
    for (std::size_t i = 0; i < machine.operations.size(); ++i) {
      operations_.add(machine.operations[i], static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < machine.units.size(); ++i) {
      units_.add(machine.units[i].name, static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < machine.memories.size(); ++i) {
      memories_.add(machine.memories[i].name, static_cast<std::uint32_t>(i));
    }
    for (const RegisterFile& registerFile : machine.registerFiles) {
      for (std::size_t i = 0; i < registerFile.registers.size(); ++i) {
        registers_.add(registerFile.name + '.' + registerFile.registers[i],
                       registerFile.firstRegister + static_cast<std::uint32_t>(i));
      }
    }
  }

  Diagnostics read(std::istream& input) {
    LineSource lines(input);
    std::string line;
    while (diagnostics_.size() < maximumDiagnostics && !ended_) {
      const LineSource::Next next = lines.next(line);
      if (next == LineSource::Next::End) break;
      ++line_;
      if (next == LineSource::Next::TooLong) {
        report(1, "T0002", "line longer than " + std::to_string(maximumTraceLineBytes) + " bytes");
        break;
      }
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      if (++instructions_ > maximumTraceInstructions || !readInstruction(line)) {
        report(1, "T0003",
               "a trace holds at most " + std::to_string(maximumTraceInstructions) +
                   " instructions and as many memory ranges");
        break;
      }
    }
    if (lines.broken()) report(1, "T0001", "cannot read the file any further");
    return std::move(diagnostics_);
  }

 private:
  void report(std::uint32_t column, const char* code, std::string message) {
    if (diagnostics_.size() == maximumDiagnostics) return;
    diagnostics_.push_back({Severity::Error, file_, {line_, column}, code, std::move(message), {}});
  }

  /// False when there are too many memory ranges.
  bool readInstruction(std::string_view line) {
    JsonLine json(line);
    instruction_ = {};
    addresses_[0].clear();
    addresses_[1].clear();
    const std::size_t before = diagnostics_.size();
    unsigned seen = 0;
    for (bool more = json.beginObject(); more; more = json.nextMember()) {
      const std::uint32_t column = json.column();
      if (!json.key(key_)) break;
      const auto known = std::find(fields_.begin(), fields_.end(), key_);
      if (known == fields_.end()) {
        report(column, "T0010", "unknown field \"" + key_ + '"' + didYouMean(key_, fields_));
        json.skipValue();
        continue;
      }
      const auto field = static_cast<std::size_t>(known - fields_.begin());
      if ((seen & (1u << field)) != 0) report(column, "T0011", "field \"" + key_ + "\" twice");
      seen |= 1u << field;
      readField(field, json);
    }
    json.end();
    if (json.failed()) {
      report(json.errorColumn(), "T0004", json.error());
    } else if ((seen & 1u) == 0) {
      report(1, "T0012", "instruction without \"operation\"");
    }
    if (diagnostics_.size() > before) return true;
    accesses_ += addresses_[0].size() + addresses_[1].size();
    if (accesses_ > static_cast<std::size_t>(maximumTraceInstructions)) return false;
    addresses_[0].insert(addresses_[0].end(), addresses_[1].begin(), addresses_[1].end());
    // After a problem the rest is read for further problems only.
    if (diagnostics_.empty()) ended_ = !sink_.add(std::move(instruction_), addresses_[0], line_);
    return true;
  }

  void readField(std::size_t field, JsonLine& json) {
    switch (field) {
      case 0:
        readName(json, operations_, instruction_.operation);
        break;
      case 1:
        readRegisters(json, instruction_.reads);
        break;
      case 2:
        readRegisters(json, instruction_.writes);
        break;
      case 3:
        readRanges(json, instruction_.memoryReads, addresses_[0]);
        break;
      case 4:
        readRanges(json, instruction_.memoryWrites, addresses_[1]);
        break;
      case 5:
        readImmediates(json);
        break;
      default:
        readName(json, units_, instruction_.unit);
        break;
    }
  }

  template <class Tag>
  void readName(JsonLine& json, NameTable<Tag>& table, Id<Tag>& id) {
    const std::uint32_t column = json.column();
    if (!json.string(name_)) return;
    const auto found = table.ids.find(name_);
    if (found != table.ids.end()) {
      id = found->second;
      return;
    }
    if (takesAnyName_) {
      id = Id<Tag>{static_cast<std::uint32_t>(table.names.size())};
      table.add(name_, id.value);
      return;
    }
    report(column, "T0020",
           std::string("unknown ") + table.kind + " \"" + name_ + '"' + didYouMean(name_, table.names));
  }

  void readRegisters(JsonLine& json, std::vector<RegisterId>& registers) {
    for (bool more = json.beginArray(); more; more = json.nextElement()) {
      RegisterId id;
      readName(json, registers_, id);
      registers.push_back(id);
    }
  }

  void readRanges(JsonLine& json, std::vector<AccessShape>& shapes, std::vector<std::int64_t>& addresses) {
    for (bool more = json.beginArray(); more; more = json.nextElement()) {
      AccessShape shape;
      std::int64_t address = 0;
      readRange(json, shape, address);
      shapes.push_back(shape);
      addresses.push_back(address);
    }
  }

  void readRange(JsonLine& json, AccessShape& shape, std::int64_t& address) {
    const std::uint32_t start = json.column();
    unsigned seen = 0;
    for (bool more = json.beginObject(); more; more = json.nextMember()) {
      const std::uint32_t column = json.column();
      if (!json.key(key_)) return;
      const auto known = std::find(rangeFields_.begin(), rangeFields_.end(), key_);
      const auto field = static_cast<std::size_t>(known - rangeFields_.begin());
      if ((seen & (1u << field)) != 0) report(column, "T0011", "field \"" + key_ + "\" twice");
      if (known == rangeFields_.end()) {
        report(column, "T0010",
               "unknown field \"" + key_ + "\" of a memory range" + didYouMean(key_, rangeFields_));
        json.skipValue();
        continue;
      }
      seen |= 1u << field;
      const std::uint32_t valueColumn = json.column();
      if (field == 0) {
        readName(json, memories_, shape.memory);
      } else if (field == 1) {
        if (json.integer(address) && address < 0) {
          report(valueColumn, "T0021", "address must be at least 0, found " + std::to_string(address));
        }
      } else if (json.integer(shape.words) && shape.words < 1) {
        report(valueColumn, "T0021", "words must be at least 1, found " + std::to_string(shape.words));
      }
    }
    if (json.failed()) return;
    if ((seen & 1u) == 0) report(start, "T0012", "memory range without \"memory\"");
    if ((seen & 2u) == 0) report(start, "T0012", "memory range without \"address\"");
    if (shape.words > 0 && address > std::numeric_limits<std::int64_t>::max() - shape.words) {
      report(start, "T0021", "memory range ends beyond the largest 64-bit address");
    }
  }

  void readImmediates(JsonLine& json) {
    auto& immediates = instruction_.immediates;
    for (bool more = json.beginObject(); more; more = json.nextMember()) {
      const std::uint32_t column = json.column();
      std::int64_t value = 0;
      if (!json.key(key_) || !json.integer(value)) return;
      const bool twice = std::any_of(immediates.begin(), immediates.end(),
                                     [&](const auto& other) { return other.first == key_; });
      if (twice) report(column, "T0011", "immediate \"" + key_ + "\" twice");
      if (immediates.size() == maximumImmediates) {
        report(column, "T0022", "more than " + std::to_string(maximumImmediates) + " immediates");
        json.skipValue();
        return;
      }
      immediates.emplace_back(key_, value);
    }
  }

  static constexpr std::size_t maximumImmediates = 1000;

  const std::string& file_;
  TraceSink& sink_;
  bool takesAnyName_ = false;
  bool ended_ = false;
  Diagnostics diagnostics_;
  std::uint32_t line_ = 0;
  std::int64_t instructions_ = 0;
  std::size_t accesses_ = 0;

  NameTable<OperationTag> operations_{"operation", {}, {}};
  NameTable<UnitTag> units_{"unit", {}, {}};
  NameTable<MemoryTag> memories_{"memory", {}, {}};
  NameTable<RegisterTag> registers_{"register", {}, {}};
  const std::vector<std::string> fields_{"operation",     "reads",      "writes", "memory_reads",
                                         "memory_writes", "immediates", "unit"};
  const std::vector<std::string> rangeFields_{"memory", "address", "words"};

  // Reused from line to line.
  InstructionTemplate instruction_;
  std::vector<std::int64_t> addresses_[2];  ///< of reads and of writes
  std::string key_, name_;
};

/// Keeps a trace as it is.
class FlatSink : public TraceSink {
 public:
  explicit FlatSink(const std::string& file) : builder_(traceName(file), file) {}
  bool add(InstructionTemplate&& instruction, std::span<const std::int64_t> addresses,
           std::uint32_t line) override {
    builder_.add(std::move(instruction), addresses, line);
    return true;
  }
  Program finish() && { return std::move(builder_).finish(); }

 private:
  ProgramBuilder builder_;
};

Diagnostics unreadable(const std::string& file, const std::string& why) {
  return {{Severity::Error, file, {1, 1}, "T0001", why, {}}};
}

/// Opens the file for `read`, or says why not.
template <class Read>
Diagnostics withFile(const std::filesystem::path& path, const Read& read) {
  std::error_code problem;
  const std::filesystem::file_status status = std::filesystem::status(path, problem);
  if (status.type() == std::filesystem::file_type::not_found)
    return unreadable(path.string(), "no such file");
  if (std::filesystem::is_directory(status)) {
    return unreadable(path.string(), "is a folder; a trace is a file *.trace.jsonl");
  }
  std::ifstream input(path, std::ios::binary);
  if (!input) return unreadable(path.string(), "cannot open the file for reading");
  return read(input);
}

}  // namespace

std::string traceName(const std::string& file) {
  std::string name = std::filesystem::path(file).filename().string();
  for (const std::string_view ending : {".jsonl", ".trace"}) {
    if (name.size() > ending.size() && std::string_view(name).substr(name.size() - ending.size()) == ending) {
      name.resize(name.size() - ending.size());
    }
  }
  return name;
}

Diagnostics readTrace(const std::filesystem::path& path, const Machine& machine, TraceSink& sink) {
  const std::string file = path.string();
  return withFile(path, [&](std::istream& input) { return TraceReader(file, sink, machine).read(input); });
}

Diagnostics readTraceWithoutMachine(const std::filesystem::path& path, TraceSink& sink) {
  const std::string file = path.string();
  return withFile(path, [&](std::istream& input) { return TraceReader(file, sink).read(input); });
}

Result<Program> readTrace(std::istream& input, const std::string& file, const Machine& machine) {
  FlatSink sink(file);
  Diagnostics problems = TraceReader(file, sink, machine).read(input);
  if (!problems.empty()) return problems;
  return std::move(sink).finish();
}

Result<Program> readTrace(const std::filesystem::path& path, const Machine& machine) {
  const std::string file = path.string();
  FlatSink sink(file);
  Diagnostics problems = readTrace(path, machine, sink);
  if (!problems.empty()) return problems;
  return std::move(sink).finish();
}

}  // namespace taktwerk
