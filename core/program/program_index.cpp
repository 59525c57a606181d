// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/program/program_index.h"

#include <algorithm>
#include <limits>

namespace taktwerk {

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t sum(std::int64_t a, std::int64_t b) {
  return a > largest - b ? largest : a + b;
}

std::int64_t product(std::int64_t a, std::int64_t b) {
  if (a <= 0 || b <= 0) return 0;
  return a > largest / b ? largest : a * b;
}

}  // namespace

ProgramIndex::ProgramIndex(const Program& program)
    : program_(&program), body_(program.loops.size(), 0), begins_(program.items.size(), 0) {
  if (!program.loops.empty()) size_ = product(count(0), program.loops[0].trips);
}

std::int64_t ProgramIndex::count(std::uint32_t loop) {
  const Program::Loop& counted = program_->loops[loop];
  std::int64_t at = 0;
  for (std::uint32_t i = counted.firstItem; i < counted.firstItem + counted.itemCount; ++i) {
    const Program::Item& item = program_->items[i];
    begins_[i] = at;
    at = sum(at, item.isLoop ? product(count(item.index), program_->loops[item.index].trips) : 1);
  }
  return body_[loop] = at;
}

std::vector<ProgramIndex::LoopStep> ProgramIndex::wayTo(std::int64_t instruction) const {
  if (instruction < 0 || instruction >= size_) return {};
  std::vector<LoopStep> way;
  LoopStep at;
  while (true) {
    const Program::Loop& loop = program_->loops[at.loop];
    // The last item that begins there: those before it at the same place hold no instructions.
    const auto begin = begins_.begin() + loop.firstItem;
    const auto item = std::upper_bound(begin, begin + loop.itemCount, instruction) - begins_.begin() - 1;
    at.item = static_cast<std::uint32_t>(item);
    way.push_back(at);
    const Program::Item& found = program_->items[at.item];
    if (!found.isLoop) return way;
    instruction -= begins_[at.item];
    at.loop = found.index;
    at.iteration = instruction / body_[found.index];
    instruction %= body_[found.index];
  }
}

ProgramIndex::Place ProgramIndex::at(std::int64_t instruction) const {
  const std::vector<LoopStep> way = wayTo(instruction);
  if (way.empty()) return {};
  Place place;
  place.step = &program_->steps[program_->items[way.back().item].index];
  place.addresses.resize(program_->templates[place.step->instruction].accessCount());
  const std::int64_t* affine = program_->coefficients.data() + place.step->firstCoefficient;
  for (std::int64_t& address : place.addresses) {
    auto value = static_cast<std::uint64_t>(*affine++);
    for (std::size_t depth = 1; depth < way.size(); ++depth) {
      value += static_cast<std::uint64_t>(*affine++) * static_cast<std::uint64_t>(way[depth].iteration);
    }
    address = static_cast<std::int64_t>(value);
  }
  return place;
}

}  // namespace taktwerk
