// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include "core/engine/events/engine.h"
#include "core/program/usage.h"
#include "core/reference/observer.h"
#include "core/reference/state.h"

namespace taktwerk::test {

/// Counts what objects do, and what memories are asked for, by looking at a run of the reference simulation.
class CountingObserver : public reference::Observer {
 public:
  explicit CountingObserver(const Machine& machine) : machine_(machine), traffic(machine.memories.size()) {}

  void fetchStarts(Cycles now, const std::vector<reference::Instruction*>& group) override {
    const Cycles arrival = now + machine_.fetch.duration;
    onFetch([&](BlockUsage& fetch) {
      ++fetch.uses;
      fetch.busy += machine_.fetch.duration;
    });
    fetchEnded_ = arrival;
    for (const reference::Instruction* instruction : group) entered_[instruction->index] = arrival;
    buffered_ += static_cast<std::int64_t>(group.size());
  }
  void moves(Cycles now, const reference::Instruction& instruction, StageId from, StageId /*to*/) override {
    const Stage& stage = machine_.stages[from.index()];
    if (stage.kind == StageKind::Pipeline) {
      BlockUsage& held = usage[{stage.object}];
      ++held.uses;
      held.places = stage.capacity;
      held.busy += stage.latency;
      held.waiting += now - entered_[instruction.index] - stage.latency;
    }
    if (from == machine_.fetch.stage) {
      const std::int64_t most = machine_.fetch.bufferSize - machine_.fetch.width;
      if (buffered_ > most && buffered_ - 1 <= most && now >= fetchEnded_) {
        onFetch([&](BlockUsage& fetch) { fetch.waiting += now - fetchEnded_; });
      }
      --buffered_;
    }
    entered_[instruction.index] = now;
  }
  void starts(Cycles now, const reference::Instruction& instruction) override {
    onUnit(instruction, [&](BlockUsage& block) {
      ++block.uses;
      block.busy += instruction.costs->initiationInterval;
      block.beforeStart += now - entered_[instruction.index];
    });
  }
  void granted(Cycles now, const reference::Instruction&, const reference::Request& request) override {
    engine::MemoryTraffic& t = traffic[request.memory.index()];
    ++(request.write ? t.writes : t.reads);
    (request.write ? t.wordsWritten : t.wordsRead) += request.words;
    granted_[&request] = now;
  }
  void ready(Cycles now, const reference::Request& request) override {
    const auto at = granted_.find(&request);
    if (at == granted_.end()) return;
    traffic[request.memory.index()].busy += now - at->second;
    granted_.erase(at);
  }
  void completes(Cycles, const reference::Instruction&) override {}
  void leaves(Cycles now, const reference::Instruction& instruction) override {
    onUnit(instruction, [&](BlockUsage& block) {
      block.waiting += now - entered_[instruction.index] - instruction.costs->initiationInterval;
    });
  }

 private:
  template <class Note>
  void onFetch(const Note& note) {
    note(usage[{machine_.stages[machine_.fetch.stage.index()].object}]);
    note(usage[machine_.fetch.accessUnit]);
    note(usage[machine_.fetch.memory]);
  }
  /// The unit of an instruction and its stage.
  template <class Note>
  void onUnit(const reference::Instruction& instruction, const Note& note) {
    const Unit& unit = machine_.units[instruction.unit.index()];
    note(usage[{unit.object}]);
    note(usage[{machine_.stages[unit.stage.index()].object}]);
  }

  const Machine& machine_;
  std::map<std::int64_t, Cycles> entered_;
  std::map<const reference::Request*, Cycles> granted_;
  Cycles fetchEnded_ = 0;
  std::int64_t buffered_ = 0;  ///< in the issue buffer, or on the way there

 public:
  Usage usage;
  std::vector<engine::MemoryTraffic> traffic;
};

}  // namespace taktwerk::test
