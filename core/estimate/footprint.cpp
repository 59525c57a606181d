// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/footprint.h"

#include <algorithm>
#include <limits>
#include <map>

namespace taktwerk {
namespace {

__extension__ using Wide = __int128;  // sums of products of 64-bit numbers

Words cutOff(Wide value) {
  constexpr Wide least = std::numeric_limits<Words>::min(), most = std::numeric_limits<Words>::max();
  return static_cast<Words>(std::clamp(value, least, most));
}

class Walk {
 public:
  explicit Walk(const Program& program) : program_(program) { body(program.loops.front()); }

  [[nodiscard]] std::vector<Footprint> take() const {
    std::vector<Footprint> all;
    all.reserve(footprints_.size());
    for (const auto& [memory, footprint] : footprints_) all.push_back(footprint);
    return all;
  }

 private:
  void body(const Program::Loop& loop) {
    for (const Program::Item& item : program_.body(loop)) {
      if (!item.isLoop) {
        step(program_.steps[item.index]);
        continue;
      }
      const Program::Loop& inner = program_.loops[item.index];
      trips_.push_back(inner.trips);
      body(inner);
      trips_.pop_back();
    }
  }

  void step(const Program::Step& step) {
    const InstructionTemplate& instruction = program_.templates[step.instruction];
    const std::int64_t* coefficient = program_.coefficients.data() + step.firstCoefficient;
    for (const auto* shapes : {&instruction.memoryReads, &instruction.memoryWrites}) {
      for (const AccessShape& shape : *shapes) {
        access(shape, coefficient);
        coefficient += 1 + trips_.size();
      }
    }
  }

  void access(const AccessShape& shape, const std::int64_t* coefficient) {
    Wide low = coefficient[0], high = coefficient[0];
    for (std::size_t d = 0; d < trips_.size(); ++d) {
      const Wide reach = static_cast<Wide>(coefficient[1 + d]) * (trips_[d] - 1);
      (reach < 0 ? low : high) += reach;
    }
    const Words first = cutOff(low), end = cutOff(high + shape.words);
    const auto [known, isNew] =
        footprints_.try_emplace(shape.memory, Footprint{shape.memory, first, end, shape.words});
    if (isNew) return;
    Footprint& footprint = known->second;
    footprint.first = std::min(footprint.first, first);
    footprint.end = std::max(footprint.end, end);
    footprint.most = std::max(footprint.most, shape.words);
  }

  const Program& program_;
  std::vector<std::int64_t> trips_;  ///< of the loops around
  std::map<MemoryId, Footprint> footprints_;
};

}  // namespace

std::vector<Footprint> footprintsOf(const Program& program) {
  return Walk(program).take();
}

}  // namespace taktwerk
