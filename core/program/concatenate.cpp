// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/concatenate.h"

#include <optional>

namespace taktwerk {

namespace {

/// Copies the loop tree of one program into a builder.
class Copier {
 public:
  Copier(const Program& from, ProgramBuilder& to) : from_(from), to_(to), ids_(from.templates.size()) {}

  void copy(const Program::Loop& loop) {
    for (const Program::Item& item : from_.body(loop)) {
      if (item.isLoop) {
        const Program::Loop& inner = from_.loops[item.index];
        to_.openLoop(inner.trips, inner.variable);
        copy(inner);
        to_.closeLoop();
      } else {
        copy(from_.steps[item.index], loop.depth);
      }
    }
  }

 private:
  void copy(const Program::Step& step, std::uint32_t depth) {
    const InstructionTemplate& instruction = from_.templates[step.instruction];
    std::optional<TemplateId>& id = ids_[step.instruction.index()];
    if (!id) id = to_.intern(instruction);
    const std::size_t numbers = instruction.accessCount() * (1 + depth);
    to_.add(*id, std::span(from_.coefficients).subspan(step.firstCoefficient, numbers), step.sourceLine);
  }

  const Program& from_;
  ProgramBuilder& to_;
  std::vector<std::optional<TemplateId>> ids_;
};

}  // namespace

Program concatenate(std::span<const Program* const> programs, std::string name) {
  ProgramBuilder builder(std::move(name), programs.empty() ? std::string() : programs.back()->file);
  for (const Program* program : programs) Copier(*program, builder).copy(program->loops.front());
  return std::move(builder).finish();
}

}  // namespace taktwerk
