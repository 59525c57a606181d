// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/reference/state.h"

/// The rules, one function or a few each, in the order of the page (state.h says which).
namespace taktwerk::reference {

/// §2: every instruction of the unrolled program has a route and stays within `address_ranges`. Fills
/// `State::routes`; problems go to the result's errors, at most one a line of the program's file.
void checkProgram(State& state, const Progress& progress);

/// §2: takes the walker's instruction as the youngest live one: copies, ranges, and the hazards between it
/// and the older ones.
Instruction& takeNextInstruction(State& state);

/// §3 Start: drops the hazards that are over; true when none is left.
bool hazardsAreOver(const State& state, Instruction& instruction);
/// True while the older instruction still has to do what the hazard is about.
bool stillHasTo(const State& state, const Hazard& hazard);

// Actions: each is carried out and true, or not enabled and false.
bool tryFetch(State& state);
/// Issue and Forward.
bool tryMove(State& state, Instruction& instruction);
bool tryStart(State& state, Instruction& instruction);
/// Grants the first access, or request below one, that can be granted.
bool tryAccess(State& state, Instruction& instruction);

/// §3, first step of a cycle, and what an action ends at once: everything that ends at `now` ends.
void endWhatEnds(State& state);

/// §3 Access: takes slot and port if the request can be granted now.
bool tryGrant(State& state, const Instruction& instruction, Request& request);
/// The slot is given back.
void giveBack(State& state, Request& request);
/// §2 Pieces: cuts [address, address + words) at multiples of `burst`, then at rows or banks of the memory.
/// False when there would be more than `maximumPieces`, or that many lines of a cache.
inline constexpr std::size_t maximumPieces = 1'000'000;
bool cut(const Memory& memory, const Request& whole, std::optional<Words> burst,
         std::vector<Request>& pieces);

// §4.
void beginCacheAccess(State& state, Request& request);
/// Carries an access to a cache on as far as it comes without a look-up; true if anything changed.
bool continueCacheAccess(State& state, const Instruction& instruction, Request& request);
/// Decides the oldest look-up that is due and can be decided; false if there is none.
bool decideOldestLookUp(State& state);

/// The chain of instructions that wait for each other, once nothing can happen any more.
Deadlock describeDeadlock(State& state);

}  // namespace taktwerk::reference
