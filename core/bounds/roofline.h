// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/bounds/demand.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// What a machine needs at least for some instructions, whatever their order and their addresses: a roofline,
/// refined. Where the usual one divides all operations by the peak of all units, this one counts which units
/// can take each instruction, so that what keeps only a part of an array busy is seen; and the fetch and the
/// stages on the way have roofs of their own. In cycles; all figures hold.
///
/// * fetch: groups of `port_width` instructions follow each other at the fetch's duration, and a buffer of k
///   groups takes k new ones only after the fetch stage's latency.
/// * a stage every instruction of a kind must pass: its latency over its capacity for each.
/// * execute stages: of every set S of them, the instructions only S can process, their least occupancy over
///   the number of stages in S; `max_in_flight` of units likewise.
/// * memories: the cycles their accesses hold slots over the number of slots (of all banks), and ports alike.
///
/// To each the time is added before its first use can begin (first fetch, issue, shortest way).
struct Roofline {
  Cycles compute = 0;                     ///< highest of fetch, stages and units
  Cycles memory = 0;                      ///< highest of the memories
  std::string computeLimit, memoryLimit;  ///< the object that sets each

  /// No run takes fewer cycles.
  [[nodiscard]] Cycles lower() const { return compute > memory ? compute : memory; }
};

/// Of instructions as often as `executions` says of each step, from a moment when none of them is fetched.
[[nodiscard]] Roofline roofline(const Demands& demands, const std::vector<std::int64_t>& executions);

/// No run that comes to an end takes more cycles after that moment, beside what was under way then: every
/// duration that any of the instructions causes, one after the other.
///
/// Proof. In a cycle in which nothing is under way (no fetch, no latency of a stage, unit or computation, no
/// initiation interval, no access, no port held), nothing ends later, so nothing ever happens again: either
/// all is over or it is a deadlock. So until the last event each cycle lies within some duration, and their
/// union is not longer than their sum. Greedy scheduling has anomalies, an earlier event can make the end
/// later, but no schedule can leave a cycle uncovered.
[[nodiscard]] Cycles serialTime(const Demands& demands, const std::vector<std::int64_t>& executions);

/// Both for a whole program.
struct ProgramBounds {
  Roofline roofline;
  Cycles upper = 0;  ///< the serial time
};
[[nodiscard]] ProgramBounds boundsOf(const Demands& demands);

/// Bounds of a program on a machine, with everything prepared for it; problems of the program are
/// diagnostics.
[[nodiscard]] Result<ProgramBounds> boundsOf(const Machine& machine, const Program& program);
[[nodiscard]] Result<ProgramBounds> boundsIn(engine::Resolver& resolver, const Program& program);

}  // namespace taktwerk
