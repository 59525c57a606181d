// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/analysis/iteration.h"

namespace taktwerk {

class JsonWriter;

/// "oc × 16  ›  k × 1 024", from the outermost, with narrow spaces between groups of three digits; nothing of
/// a whole program.
[[nodiscard]] std::string loopsInWords(const std::vector<LoopAround>& loops);

/// "mac acc.r ← acc.r, dmem[10 + 4·oc − k] 4 words  with shift = 2  on alu": what is written, what is read,
/// immediates and the unit that is asked for, as far as there are any.
[[nodiscard]] std::string operationInWords(const ListedOperation& operation,
                                           const std::vector<LoopAround>& loops);

/// Its operands, each as in `operationInWords`: registers and memory ranges.
[[nodiscard]] std::vector<std::string> writesInWords(const ListedOperation& operation,
                                                     const std::vector<LoopAround>& loops);
[[nodiscard]] std::vector<std::string> readsInWords(const ListedOperation& operation,
                                                    const std::vector<LoopAround>& loops);

/// The loops, and the instructions with the lines they come from:
///
///     oc × 16  ›  k × 64
///
///     line  instruction
///     ----  ---------------------------
///       12  load r.a ← dmem[10 + 4·k]
///
/// `line` is empty where it is unknown; a last line says how many instructions were left out.
void writeIterationText(std::ostream& out, const Iteration& iteration);

/// The same as one JSON object and a line's end; addresses and lengths in words of the memory, strides by
/// loop, from the outermost:
///
///     {
///       "loops": [{"variable": "oc", "trips": 16}],
///       "instructions": [
///         {"operation": "load", "registers_written": ["r.a"], "registers_read": [], "writes": [],
///          "reads": [{"memory": "dmem", "words": 1, "base": 10, "strides": [4]}], "immediates": {},
///          "unit": "lsu", "line": 12}
///       ],
///       "left_out": 0
///     }
void writeIterationJson(std::ostream& out, const Iteration& iteration);

/// The entries of "loops", and the members of one of "instructions", of that object.
void writeLoopsJson(JsonWriter& json, const std::vector<LoopAround>& loops);
void writeOperationJson(JsonWriter& json, const ListedOperation& operation);

}  // namespace taktwerk
