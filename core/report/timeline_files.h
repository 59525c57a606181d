// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

#include "core/analysis/timeline.h"

namespace taktwerk {

/// Trace events, as Perfetto and chrome://tracing read them: an object is a process, and what lies in it at
/// the same time stands in threads below each other; waits stand in threads of their own, at the object that
/// could not be entered. A cycle is a microsecond.
///
///     {"displayTimeUnit": "ms", "traceEvents": [
///       {"ph": "M", "pid": 3, "name": "process_name", "args": {"name": "alu"}},
///       {"ph": "X", "pid": 3, "tid": 1, "ts": 12, "dur": 2, "cat": "unit", "name": "add",
///        "args": {"instruction": 4, "operands": "add regs.r1 ← regs.r0", "waited": 3,
///                 "waited_for": "a value that lsu still makes (RAW)", "of_instruction": 2, "of": "load"}}]}
void writeTimelineTraceEvents(std::ostream& out, const Timeline& timeline);

/// A log of Kanata 0004, as Konata reads it: in lane 0 where an instruction was, with the unit that processes
/// it last; in lane 1 its waits; in lanes from 2 on its accesses. An instruction that waited for a result of
/// another of the window has an arrow from it (`W`).
void writeTimelineKanata(std::ostream& out, const Timeline& timeline);

}  // namespace taktwerk
