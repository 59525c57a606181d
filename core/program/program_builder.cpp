// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cassert>

#include "core/program/program.h"

namespace taktwerk {

ProgramBuilder::ProgramBuilder(std::string name, std::string file, TemplateTable templates) {
  program_.templates = std::move(templates);
  program_.name = std::move(name);
  program_.file = std::move(file);
  program_.loops.emplace_back();
  open_.push_back({program_.loops[0], 0, {}});
}

std::uint32_t ProgramBuilder::depth() const {
  return open_.back().loop.depth;
}

void ProgramBuilder::openLoop(std::int64_t trips, std::string variable) {
  Program::Loop loop;
  // Inside a loop of no trips everything is dropped, so loops there have none either.
  loop.trips = open_.back().loop.trips > 0 ? std::max<std::int64_t>(trips, 0) : 0;
  loop.depth = depth() + 1;
  loop.variable = std::move(variable);
  const auto index = static_cast<std::uint32_t>(program_.loops.size());
  if (loop.trips > 0) program_.loops.push_back(loop);
  open_.push_back({std::move(loop), index, {}});
}

void ProgramBuilder::closeLoop() {
  assert(open_.size() > 1 && "closeLoop without openLoop");
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.loop.trips == 0) return;
  if (closed.items.empty()) {
    // Nothing inside was kept, so no loop was numbered after it.
    program_.loops.pop_back();
    return;
  }
  Program::Loop& loop = program_.loops[closed.index];
  loop.firstItem = static_cast<std::uint32_t>(program_.items.size());
  loop.itemCount = static_cast<std::uint32_t>(closed.items.size());
  program_.items.insert(program_.items.end(), closed.items.begin(), closed.items.end());
  open_.back().items.push_back({true, closed.index});
}

TemplateId ProgramBuilder::intern(InstructionTemplate instruction) {
  std::sort(instruction.immediates.begin(), instruction.immediates.end());
  return program_.templates.intern(std::move(instruction));
}

void ProgramBuilder::add(InstructionTemplate instruction, std::span<const std::int64_t> affine,
                         std::uint32_t sourceLine) {
  assert(affine.size() == instruction.accessCount() * (1 + depth()));
  if (open_.back().loop.trips == 0) return;
  add(intern(std::move(instruction)), affine, sourceLine);
}

void ProgramBuilder::add(TemplateId instruction, std::span<const std::int64_t> affine,
                         std::uint32_t sourceLine) {
  assert(affine.size() == program_.templates[instruction].accessCount() * (1 + depth()));
  if (open_.back().loop.trips == 0) return;
  const auto index = static_cast<std::uint32_t>(program_.steps.size());
  const auto firstCoefficient = static_cast<std::uint32_t>(program_.coefficients.size());
  program_.steps.push_back({instruction, firstCoefficient, sourceLine});
  program_.coefficients.insert(program_.coefficients.end(), affine.begin(), affine.end());
  open_.back().items.push_back({false, index});
}

Program ProgramBuilder::finish() && {
  while (open_.size() > 1) closeLoop();
  Program::Loop& root = program_.loops[0];
  root.firstItem = static_cast<std::uint32_t>(program_.items.size());
  root.itemCount = static_cast<std::uint32_t>(open_[0].items.size());
  program_.items.insert(program_.items.end(), open_[0].items.begin(), open_[0].items.end());
  return std::move(program_);
}

}  // namespace taktwerk
