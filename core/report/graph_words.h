// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/graph_path.h"
#include "core/analysis/graph_window.h"
#include "core/analysis/iteration.h"

namespace taktwerk {

/// Instructions of a window with their operands, by number.
using ListedInstructions = std::map<std::int64_t, ListedOperation>;

/// "12 mac": number and operation; the number alone where the window does not know it.
[[nodiscard]] std::string instructionInWords(const GraphWindow& window, std::int64_t instruction);

/// What a node is and why it was not entered earlier, a line each:
///
///     12  mac acc.r ← dmem[14] 4 words
///     alu (unit): cycles 120 to 124, 4 cycles
///     waited 6 cycles: waiting for data (lsu): a value that lsu still makes (RAW); 11 load
///
/// or "did not wait: it came after 4 cycles, alu busy", "came when this was over, after 448 cycles: …" where
/// the graph does not tell how long it waited, "waited for nothing", "stands outside the window; …". The
/// first has the operands where `listed` knows them; an access says between what and how many words.
[[nodiscard]] std::vector<std::string> nodeInWords(const GraphWindow& window,
                                                   const ListedInstructions& listed, std::uint32_t node);

/// A step's cause in words, with what of the object was waited for: "waiting for dmem to be free: a request
/// slot of dmem".
[[nodiscard]] std::string stepInWords(const Cause& cause, const Machine& machine);

}  // namespace taktwerk
