// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/program.h"

#include <limits>

namespace taktwerk {

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t saturatingAdd(std::int64_t a, std::int64_t b) {
  return a > largest - b ? largest : a + b;
}

std::int64_t saturatingMultiply(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > largest / b ? largest : a * b;
}

/// Addresses wrap instead of being undefined, whatever the coefficients are.
std::int64_t wrappingAdd(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

std::int64_t wrappingMultiply(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

void mix(std::size_t& hash, std::size_t value) {
  hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
}

std::size_t hashOf(const InstructionTemplate& instruction) {
  std::size_t hash = instruction.operation.value;
  mix(hash, instruction.unit.value);
  for (const RegisterId id : instruction.reads) mix(hash, id.value);
  mix(hash, instruction.reads.size());
  for (const RegisterId id : instruction.writes) mix(hash, id.value);
  mix(hash, instruction.writes.size());
  for (const auto* accesses : {&instruction.memoryReads, &instruction.memoryWrites}) {
    for (const AccessShape& access : *accesses) {
      mix(hash, access.memory.value);
      mix(hash, static_cast<std::size_t>(access.words));
    }
    mix(hash, accesses->size());
  }
  for (const auto& [name, value] : instruction.immediates) {
    mix(hash, std::hash<std::string>{}(name));
    mix(hash, static_cast<std::size_t>(value));
  }
  return hash;
}

/// What one execution of a loop's body amounts to.
ProgramSize sizeOfBody(const Program& program, const Program::Loop& loop) {
  ProgramSize size;
  bool innermost = true;
  for (const Program::Item& item : program.body(loop)) {
    if (!item.isLoop) {
      size.instructions = saturatingAdd(size.instructions, 1);
      continue;
    }
    const Program::Loop& inner = program.loops[item.index];
    if (inner.trips <= 0) continue;
    const ProgramSize body = sizeOfBody(program, inner);
    if (body.instructions == 0) continue;
    innermost = false;
    size.instructions = saturatingAdd(size.instructions, saturatingMultiply(body.instructions, inner.trips));
    size.loopIterations =
        saturatingAdd(size.loopIterations, saturatingMultiply(body.loopIterations, inner.trips));
  }
  if (innermost && size.instructions > 0) size.loopIterations = 1;
  return size;
}

}  // namespace

TemplateId TemplateTable::intern(InstructionTemplate instruction) {
  const std::size_t hash = hashOf(instruction);
  const auto [first, last] = held_->byHash.equal_range(hash);
  for (auto entry = first; entry != last; ++entry) {
    if (held_->templates[entry->second.index()] == instruction) return entry->second;
  }
  const TemplateId id{static_cast<std::uint32_t>(held_->templates.size())};
  held_->templates.push_back(std::move(instruction));
  held_->byHash.emplace(hash, id);
  return id;
}

ProgramSize sizeOf(const Program& program) {
  if (program.loops.empty()) return {};
  return sizeOfBody(program, program.loops[0]);
}

ProgramWalker::ProgramWalker(const Program& program) : program_(&program) {
  if (program.loops.empty()) return;
  skipped_.assign(program.loops.size(), true);
  places_.resize(program.steps.size());
  if (holdsInstructions(0)) enter(0);
}

bool ProgramWalker::holdsInstructions(std::uint32_t loopIndex) {
  const Program::Loop& loop = program_->loops[loopIndex];
  if (loop.trips <= 0) return false;
  bool found = false;
  for (const Program::Item& item : program_->body(loop)) {
    if (item.isLoop) {
      found = holdsInstructions(item.index) || found;
      continue;
    }
    found = true;
    const std::size_t accesses = program_->templates[program_->steps[item.index].instruction].accessCount();
    places_[item.index] = {static_cast<std::uint32_t>(addresses_.size()),
                           static_cast<std::uint32_t>(accesses)};
    if (loop.depth > 0) addresses_.resize(addresses_.size() + accesses);
  }
  skipped_[loopIndex] = !found;
  return found;
}

void ProgramWalker::enter(std::uint32_t loopIndex) {
  const Program::Loop& loop = program_->loops[loopIndex];
  frames_.push_back({loop.trips, loopIndex, loop.firstItem, loop.firstItem + loop.itemCount});
  if (loop.depth == 0) return;
  variables_.push_back(0);
  for (const Program::Item& item : program_->body(loop)) {
    if (item.isLoop) continue;
    const Place place = places_[item.index];
    const std::int64_t* affine = program_->coefficients.data() + program_->steps[item.index].firstCoefficient;
    for (std::uint32_t access = 0; access < place.count; ++access, affine += 1 + loop.depth) {
      std::int64_t address = affine[0];
      for (std::uint32_t outer = 0; outer + 1 < loop.depth; ++outer) {
        address = wrappingAdd(address, wrappingMultiply(affine[1 + outer], variables_[outer]));
      }
      addresses_[place.first + access] = address;
    }
  }
}

bool ProgramWalker::next() {
  while (!frames_.empty()) {
    Frame& frame = frames_.back();
    const std::size_t depth = variables_.size();
    if (frame.item == frame.endItem) {
      if (depth > 0 && ++variables_.back() < frame.trips) {
        frame.item = program_->loops[frame.loop].firstItem;
        continue;
      }
      if (depth > 0) variables_.pop_back();
      frames_.pop_back();
      continue;
    }
    const Program::Item item = program_->items[frame.item++];
    if (item.isLoop) {
      if (!skipped_[item.index]) enter(item.index);
      continue;
    }
    step_ = &program_->steps[item.index];
    const Place place = places_[item.index];
    const std::int64_t* affine = program_->coefficients.data() + step_->firstCoefficient;
    if (depth == 0) {
      current_ = {affine, place.count};
      return true;
    }
    std::int64_t* address = addresses_.data() + place.first;
    if (variables_.back() > 0) {
      const std::int64_t* stride = affine + depth;
      for (std::uint32_t access = 0; access < place.count; ++access, stride += 1 + depth) {
        address[access] = wrappingAdd(address[access], *stride);
      }
    }
    current_ = {address, place.count};
    return true;
  }
  return false;
}

}  // namespace taktwerk
