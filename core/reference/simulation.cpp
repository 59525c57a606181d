// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reference/simulation.h"

#include <algorithm>

#include "core/reference/rules.h"

namespace taktwerk {

namespace {

using namespace reference;

/// §3, second step of a cycle: takes the enabled action of the oldest instruction; false if none is enabled.
/// An instruction not yet fetched is younger than all others, so the fetch comes last.
bool takeOldestAction(State& state) {
  for (auto& [index, instruction] : state.live) {
    if (tryMove(state, instruction) || tryStart(state, instruction) || tryAccess(state, instruction)) {
      return true;
    }
  }
  return tryFetch(state);
}

void run(State& state, Progress& progress) {
  std::int64_t reported = 0;
  const auto satisfied = [&] { return state.observer != nullptr && state.observer->satisfied(); };
  while (true) {
    endWhatEnds(state);
    while (state.result.errors.empty() && !progress.cancelled() && !satisfied() && takeOldestAction(state)) {
      endWhatEnds(state);
    }
    if (!state.result.errors.empty()) return;

    progress.done.fetch_add(state.result.instructions - reported, std::memory_order_relaxed);
    reported = state.result.instructions;
    if (satisfied()) return;
    if (progress.cancelled()) {
      state.result.cancelled = true;
      return;
    }
    if (!state.more && state.live.empty()) return;
    if (state.agenda.empty()) {
      state.result.deadlock = describeDeadlock(state);
      return;
    }
    if (state.agenda.top() == never) {
      state.fail(state.live.begin()->second, "P0005", "its times do not fit 64 bits");
      return;
    }
    state.now = state.agenda.top();
  }
}

Timing simulateWith(const Machine& machine, const Program& program, const TimesSink& sink, Observer* observer,
                    Progress& progress) {
  State state(machine, program, sink);
  state.observer = observer;
  checkProgram(state, progress);
  if (progress.cancelled()) {
    state.result.cancelled = true;
  } else if (state.result.errors.empty()) {
    run(state, progress);
  }
  return std::move(state.result);
}

}  // namespace

Timing simulate(const Machine& machine, const Program& program, const TimesSink& sink, Progress& progress) {
  return simulateWith(machine, program, sink, nullptr, progress);
}

Timing simulateObserved(const Machine& machine, const Program& program, const TimesSink& sink,
                        Observer& observer, Progress& progress) {
  return simulateWith(machine, program, sink, &observer, progress);
}

}  // namespace taktwerk
