// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// What a program accesses of one memory: words of [first, end), at most `most` of them at once.
struct Footprint {
  MemoryId memory;
  Words first = 0, end = 0;
  Words most = 0;
  friend bool operator==(const Footprint&, const Footprint&) = default;
};

/// Of each memory that a program accesses, in the order of the memories. Numbers beyond 64 bits are cut off
/// there.
[[nodiscard]] std::vector<Footprint> footprintsOf(const Program& program);

}  // namespace taktwerk
