// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::reference {

struct Instruction;
struct Request;

/// Is told what happens in a simulation, in the order in which it happens (state.h has what it may look at).
/// Requests keep their place in memory from their grant until they are ready.
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  /// Instruction `index` is about to be looked at for the first time: its hazards against `live`, by index,
  /// are found next. Who runs a program with parts left out says here which addresses those under way would
  /// have.
  virtual void reaches(std::int64_t /*index*/, std::map<std::int64_t, Instruction>& /*live*/) {}
  /// A fetch begins; the instructions have all their hazards.
  virtual void fetchStarts(Cycles now, const std::vector<Instruction*>& group) = 0;
  virtual void moves(Cycles now, const Instruction& instruction, StageId from, StageId to) = 0;
  virtual void starts(Cycles now, const Instruction& instruction) = 0;
  virtual void granted(Cycles now, const Instruction& instruction, const Request& request) = 0;
  /// The request's slot is given back.
  virtual void ready(Cycles now, const Request& request) = 0;
  virtual void completes(Cycles now, const Instruction& instruction) = 0;
  virtual void leaves(Cycles now, const Instruction& instruction) = 0;

  /// Whether it has seen all it wants: the simulation then ends where it is, without an error and without
  /// being cancelled. The progress is the caller's and is left alone.
  [[nodiscard]] virtual bool satisfied() const { return false; }
};

}  // namespace taktwerk::reference
