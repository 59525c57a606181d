// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/trace_kernels.h"

#include "core/kernels/loop_finder.h"
#include "core/program/trace_file.h"

namespace taktwerk {

namespace {

class LoopFinderSink : public TraceSink {
 public:
  explicit LoopFinderSink(Progress& progress) : progress_(progress) {}

  bool add(InstructionTemplate&& instruction, std::span<const std::int64_t> addresses,
           std::uint32_t line) override {
    finder_.add(templates_.intern(std::move(instruction)), addresses, line);
    if ((++count_ & 0xFFF) != 0) return true;
    progress_.done.fetch_add(0x1000, std::memory_order_relaxed);
    return !progress_.cancelled();
  }

  Program finish(const std::filesystem::path& path) && {
    return std::move(finder_).finish(traceName(path.string()), path.string(), templates_);
  }

 private:
  Progress& progress_;
  LoopFinder finder_;
  TemplateTable templates_;
  std::int64_t count_ = 0;
};

/// Fills `kernels` with the loops of a body that begins at instruction `at`; returns the body's instructions.
std::int64_t collect(const Program& program, const Program::Loop& loop, std::int64_t at, std::uint32_t depth,
                     std::vector<Kernel>& kernels) {
  std::int64_t length = 0;
  for (const Program::Item& item : program.body(loop)) {
    if (!item.isLoop) {
      ++length;
      continue;
    }
    const Program::Loop& inner = program.loops[item.index];
    const std::size_t place = kernels.size();
    kernels.push_back({at + length, 0, inner.trips, depth, 0});
    const Program::Loop* innermost = &inner;
    while (program.body(*innermost).front().isLoop) {
      innermost = &program.loops[program.body(*innermost).front().index];
    }
    kernels[place].sourceLine = program.steps[program.body(*innermost).front().index].sourceLine;
    const std::int64_t body = collect(program, inner, at + length, depth + 1, kernels);
    kernels[place].length = body;
    length += body * inner.trips;
  }
  return length;
}

}  // namespace

Result<Program> readTraceAsLoops(const std::filesystem::path& path, const Machine& machine,
                                 Progress& progress) {
  LoopFinderSink sink(progress);
  Diagnostics problems = readTrace(path, machine, sink);
  if (!problems.empty()) return problems;
  return std::move(sink).finish(path);
}

Result<Program> readTraceAsLoops(const std::filesystem::path& path, Progress& progress) {
  LoopFinderSink sink(progress);
  Diagnostics problems = readTraceWithoutMachine(path, sink);
  if (!problems.empty()) return problems;
  return std::move(sink).finish(path);
}

std::vector<Kernel> kernelsOf(const Program& program) {
  std::vector<Kernel> kernels;
  if (!program.loops.empty()) collect(program, program.loops[0], 0, 0, kernels);
  return kernels;
}

}  // namespace taktwerk
