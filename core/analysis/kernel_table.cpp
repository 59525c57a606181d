// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_table.h"

#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

/// Lists the loops of a program as it walks the tree.
class Lister {
 public:
  Lister(const Program& program, std::vector<KernelRow>& kernels) : program_(program), kernels_(kernels) {}

  /// What one execution of a body amounts to.
  struct Body {
    std::int64_t length = 0;
    std::uint32_t sourceLine = 0;
    bool found = false;  ///< an instruction, whose line `sourceLine` is
  };

  /// A body that is executed `executions` times in all, the first time from instruction `at`.
  Body list(const Program::Loop& loop, std::int64_t at, std::int64_t executions, std::uint32_t depth) {
    Body body;
    for (const Program::Item& item : program_.body(loop)) {
      Body part{1, 0, true};
      if (item.isLoop) {
        part = listLoop(item.index, saturatingSum(at, body.length), executions, depth);
      } else {
        part.sourceLine = program_.steps[item.index].sourceLine;
      }
      body.length = saturatingSum(body.length, part.length);
      if (!body.found) body.sourceLine = part.sourceLine;
      body.found = body.found || part.found;
    }
    return body;
  }

 private:
  Body listLoop(std::uint32_t index, std::int64_t at, std::int64_t executions, std::uint32_t depth) {
    const Program::Loop& loop = program_.loops[index];
    const std::size_t place = kernels_.size();
    const std::int64_t all = saturatingProduct(executions, loop.trips);
    kernels_.push_back({depth, loop.variable, at, 0, loop.trips, all, 0, index});
    Body body = list(loop, at, all, depth + 1);
    kernels_[place].length = body.length;
    kernels_[place].sourceLine = body.sourceLine;
    body.length = saturatingProduct(body.length, loop.trips);
    return body;
  }

  const Program& program_;
  std::vector<KernelRow>& kernels_;
};

}  // namespace

KernelTable kernelTableOf(const Program& program) {
  const ProgramSize size = sizeOf(program);
  KernelTable table{program.name,
                    size.instructions,
                    size.loopIterations,
                    static_cast<std::int64_t>(program.steps.size()),
                    {}};
  if (!program.loops.empty()) Lister(program, table.kernels).list(program.loops[0], 0, 1, 0);
  return table;
}

}  // namespace taktwerk
