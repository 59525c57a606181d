// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "tests/support/program_sketch.h"

namespace taktwerk::test {

namespace {

class Generator {
 public:
  Generator(Random& random, const Machine& machine, const ProgramOptions& options)
      : random_(random), machine_(machine), options_(options) {}

  ProgramSketch make() {
    ProgramSketch sketch;
    left_ = random_.between(1, options_.maximumInstructions);
    if (options_.loops) {
      while (left_ > 0) loopsAndInstructions(sketch.body, left_);
    } else {
      while (left_ > 0) repeated(sketch.body);
    }
    return sketch;
  }

 private:
  /// A few instructions, one after the other several times, with addresses that move.
  void repeated(std::vector<ProgramSketch::Node>& body) {
    const std::int64_t length = std::min<std::int64_t>(left_, random_.between(1, 12));
    std::vector<ProgramSketch::Node> kernel;
    trips_ = {random_.chance(30) ? 1 : std::max<std::int64_t>(1, left_ / length)};
    for (std::int64_t i = 0; i < length; ++i) kernel.push_back(instruction());
    for (std::int64_t repetition = 0; repetition < trips_[0]; ++repetition) {
      for (ProgramSketch::Node node : kernel) {
        for (auto* ranges : {&node.instruction.memoryReads, &node.instruction.memoryWrites}) {
          for (ProgramSketch::Range& range : *ranges) {
            range.base += repetition * range.strides[0];
            range.strides.clear();
          }
        }
        body.push_back(std::move(node));
      }
    }
    left_ -= length * trips_[0];
    trips_.clear();
  }

  /// Appends instructions or a loop, of at most `room` instructions unrolled, to a body that runs as often
  /// as the loops around say; takes what it uses from `room`.
  void loopsAndInstructions(std::vector<ProgramSketch::Node>& body, std::int64_t& room) {
    if (trips_.size() == 4 || room < 4 || random_.chance(trips_.empty() ? 10 : 55)) {
      const std::int64_t count = std::min<std::int64_t>(room, random_.between(1, 6));
      for (std::int64_t i = 0; i < count; ++i) body.push_back(instruction());
      room -= count;
      return;
    }
    ProgramSketch::Node loop;
    loop.isLoop = true;
    loop.trips = std::min<std::int64_t>(room, random_.pick({1, 2, 2, 3, 4, 7, 12, 40, 150}));
    if (random_.chance(15)) loop.trips = std::max<std::int64_t>(1, room / random_.between(2, 9));
    if (random_.chance(3)) loop.trips = 0;
    std::int64_t roomInside = room / std::max<std::int64_t>(1, loop.trips);
    const std::int64_t before = roomInside;
    trips_.push_back(loop.trips);
    const std::int64_t parts = random_.between(1, 3);
    for (std::int64_t part = 0; part < parts && roomInside > 0; ++part) {
      loopsAndInstructions(loop.body, roomInside);
    }
    trips_.pop_back();
    room -= std::max<std::int64_t>(1, (before - roomInside) * loop.trips);
    body.push_back(std::move(loop));
  }

  ProgramSketch::Node instruction() {
    const std::size_t number = random_.below(machine_.units.size());
    const Unit& unit = machine_.units[number];
    ProgramSketch::Node node;
    ProgramSketch::Instruction& made = node.instruction;
    made.operation = machine_.operations[random_.pick(unit.operations).index()];
    made.reads = registers(unit.readsRegisters);
    made.writes = registers(unit.writesRegisters);
    if (unit.accessesMemory) {
      made.memoryReads = ranges(unit.readsMemories);
      made.memoryWrites = ranges(unit.writesMemories);
    }
    made.immediates.emplace_back("k", random_.between(0, 12));
    if (random_.chance(20)) made.unit = unit.name;
    return node;
  }

  std::vector<std::string> registers(const std::vector<RegisterFileId>& files) {
    std::vector<std::string> names;
    if (files.empty()) return names;
    const std::int64_t count = random_.pick({0, 1, 1, 1, 2, 3});
    for (std::int64_t i = 0; i < count; ++i) {
      const RegisterFile& file = machine_.registerFiles[random_.pick(files).index()];
      names.push_back(file.name + '.' + random_.pick(file.registers));
    }
    return names;
  }

  std::vector<ProgramSketch::Range> ranges(const std::vector<MemoryId>& memories) {
    std::vector<ProgramSketch::Range> made;
    if (memories.empty()) return made;
    const std::int64_t count = random_.pick({0, 1, 1, 1, 2});
    for (std::int64_t i = 0; i < count; ++i) {
      ProgramSketch::Range range;
      range.memory = machine_.memories[random_.pick(memories).index()].name;
      range.words = random_.pick({1, 1, 1, 2, 3, 4, 7, 8, 16, 40, 200});
      range.base = random_.chance(80) ? random_.between(0, 60) : random_.between(0, 700);
      for (const std::int64_t trips : trips_) {
        const std::int64_t stride = random_.pick({0, 0, 1, 1, 2, 4, 8, 16, 33, -1, -4});
        if (stride < 0) range.base -= stride * std::max<std::int64_t>(0, trips - 1);
        range.strides.push_back(stride);
      }
      made.push_back(std::move(range));
    }
    return made;
  }

  Random& random_;
  const Machine& machine_;
  const ProgramOptions& options_;
  std::int64_t left_ = 0;
  std::vector<std::int64_t> trips_;  ///< of the loops around
};

}  // namespace

ProgramSketch randomProgram(Random& random, const Machine& machine, const ProgramOptions& options) {
  return Generator(random, machine, options).make();
}

}  // namespace taktwerk::test
