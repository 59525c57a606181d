// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/analysis/kernel_table.h"

namespace taktwerk {

/// What the loops are called: "1", "1.1", "1.2", "2", by row.
[[nodiscard]] std::vector<std::string> kernelNumbers(const KernelTable& table);

/// The loop tree of a program for people: one loop a line, numbered within the loop around.
///
///     dots: 402 instructions, 5 after folding, 2 loop kernels
///
///     kernel  line  start  length  repetitions
///     ------  ----  -----  ------  -----------
///     1          1      0     100            4
///       1.1      2      1      33            3
///
/// `length` is in instructions of one iteration, `start` the number of the first of them, both in the
/// unrolled program.
void writeKernelsText(std::ostream& out, const KernelTable& table);

/// The same as one JSON object and a line's end; a loop holds those inside:
///
///     {
///       "trace": "dots",
///       "instructions": 402,
///       "loop_iterations": 12,
///       "folded_instructions": 5,
///       "kernels": [
///         {
///           "start": 0,
///           "line": 1,
///           "length": 100,
///           "repetitions": 4,
///           "depth": 0,
///           "kernels": […]
///         }
///       ]
///     }
void writeKernelsJson(std::ostream& out, const KernelTable& table);

}  // namespace taktwerk
