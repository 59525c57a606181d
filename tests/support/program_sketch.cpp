// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program_sketch.h"

#include "tests/support/named.h"

namespace taktwerk::test {

namespace {

class Builder {
 public:
  explicit Builder(const Machine& machine) : machine_(machine), builder_("random") {}

  void addAll(const std::vector<ProgramSketch::Node>& nodes) {
    for (const ProgramSketch::Node& node : nodes) {
      if (!node.isLoop) {
        add(node.instruction);
        continue;
      }
      builder_.openLoop(node.trips, std::string(1, static_cast<char>('i' + builder_.depth() % 10)));
      addAll(node.body);
      builder_.closeLoop();
    }
  }

  std::optional<Program> take() && {
    if (missing_) return std::nullopt;
    return std::move(builder_).finish();
  }

 private:
  void add(const ProgramSketch::Instruction& sketch) {
    InstructionTemplate instruction;
    std::vector<std::int64_t> affine;
    instruction.operation = found(machine_.findOperation(sketch.operation));
    for (const std::string& name : sketch.reads) {
      instruction.reads.push_back(found(test::registerNamed(machine_, name)));
    }
    for (const std::string& name : sketch.writes) {
      instruction.writes.push_back(found(test::registerNamed(machine_, name)));
    }
    for (const bool write : {false, true}) {
      for (const ProgramSketch::Range& range : write ? sketch.memoryWrites : sketch.memoryReads) {
        auto& shapes = write ? instruction.memoryWrites : instruction.memoryReads;
        shapes.push_back({found(machine_.findMemory(range.memory)), range.words});
        affine.push_back(range.base);
        affine.insert(affine.end(), range.strides.begin(), range.strides.end());
      }
    }
    instruction.immediates = sketch.immediates;
    if (!sketch.unit.empty()) instruction.unit = found(test::unitNamed(machine_, sketch.unit));
    if (!missing_) builder_.add(std::move(instruction), affine, ++line_);
  }

  template <class Tag>
  Id<Tag> found(Id<Tag> id) {
    missing_ = missing_ || !id.valid();
    return id;
  }

  const Machine& machine_;
  ProgramBuilder builder_;
  std::uint32_t line_ = 0;
  bool missing_ = false;
};

void describe(const std::vector<ProgramSketch::Range>& ranges, const char* field, std::string& text) {
  if (ranges.empty()) return;
  text += std::string(" ") + field + ":";
  for (const ProgramSketch::Range& range : ranges) {
    text += " " + range.memory + "[" + std::to_string(range.base);
    for (std::size_t loop = 0; loop < range.strides.size(); ++loop) {
      if (range.strides[loop] == 0) continue;
      text += " + " + std::to_string(range.strides[loop]) + " " + static_cast<char>('i' + loop % 10);
    }
    text += "; " + std::to_string(range.words) + " words]";
  }
}

void describe(const std::vector<ProgramSketch::Node>& nodes, std::size_t depth, std::string& text) {
  for (const ProgramSketch::Node& node : nodes) {
    text.append(2 * depth, ' ');
    if (node.isLoop) {
      text += std::string("for ") + static_cast<char>('i' + depth % 10) + " in 0.." +
              std::to_string(node.trips) + ":\n";
      describe(node.body, depth + 1, text);
      continue;
    }
    const ProgramSketch::Instruction& instruction = node.instruction;
    text += instruction.operation;
    for (const std::string& name : instruction.reads) text += " reads:" + name;
    for (const std::string& name : instruction.writes) text += " writes:" + name;
    describe(instruction.memoryReads, "memory_reads", text);
    describe(instruction.memoryWrites, "memory_writes", text);
    for (const auto& [name, value] : instruction.immediates) text += " " + name + "=" + std::to_string(value);
    if (!instruction.unit.empty()) text += " on " + instruction.unit;
    text += '\n';
  }
}

}  // namespace

std::optional<Program> ProgramSketch::program(const Machine& machine) const {
  Builder builder(machine);
  builder.addAll(body);
  return std::move(builder).take();
}

std::string ProgramSketch::text() const {
  std::string result;
  describe(body, 0, result);
  return result;
}

}  // namespace taktwerk::test
