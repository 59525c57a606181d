// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/program/program.h"

namespace taktwerk {

/// Instructions `first` up to, but not including, `end` of an unrolled program.
struct InstructionWindow {
  std::int64_t first = 0;
  std::int64_t end = 0;
};

/// Which window cannot be had and what would do.
struct WindowError {
  std::string message;
};

/// The loops of a program as paths from the outermost: "oc", "oc/ox", "oc/ox/k". A loop is named by its
/// variable, or, where it has none or shares it with a loop beside it, by its place among those: "#2".
struct LoopPath {
  std::string path;
  std::int64_t trips = 1;
  std::int64_t bodyInstructions = 0;
};
[[nodiscard]] std::vector<LoopPath> loopPaths(const Program& program);

/// The instructions of iterations `from` to `to` (both counted from 0, both included) of one loop, in one
/// execution of it: `path` may say in which iteration of the loops around ("oc=1/ox/k"; without, the first).
/// An empty path is the first loop that has no loops inside.
[[nodiscard]] std::variant<InstructionWindow, WindowError> windowOfLoop(const Program& program,
                                                                        std::string_view path,
                                                                        std::int64_t from, std::int64_t to);

}  // namespace taktwerk
