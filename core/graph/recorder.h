// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/graph/graph.h"
#include "core/reference/observer.h"
#include "core/reference/state.h"

namespace taktwerk {

/// Builds the dependency graph of a run of the reference simulation, as it goes. For every node it keeps the
/// reasons that could have decided when it was entered, and which of them did: the latest; of equals data
/// before structural before buffer fill before forward, then the lowest instruction, then the object that
/// stands first in the file.
///
/// What a cache does between the grant of an access and its being ready is one duration of the cache; its
/// requests to the memory behind it are nodes, as they hold slots there.
class GraphRecorder : public reference::Observer {
 public:
  /// Satisfied once instructions 0 to `end` − 1 are all over.
  GraphRecorder(const Machine& machine, std::int64_t end);

  void fetchStarts(Cycles now, const std::vector<reference::Instruction*>& group) override;
  void moves(Cycles now, const reference::Instruction& instruction, StageId from, StageId to) override;
  void starts(Cycles now, const reference::Instruction& instruction) override;
  void granted(Cycles now, const reference::Instruction& instruction,
               const reference::Request& request) override;
  void ready(Cycles now, const reference::Request& request) override;
  void completes(Cycles now, const reference::Instruction& instruction) override;
  void leaves(Cycles now, const reference::Instruction& instruction) override;

  [[nodiscard]] bool satisfied() const override { return stopped_; }
  [[nodiscard]] DependencyGraph take() && { return std::move(graph_); }

 private:
  /// Where a reason came from: `duration` after `node` was entered; `object` took that long.
  struct Origin {
    std::uint32_t node = 0;
    std::uint32_t object = 0;
    Cycles duration = 0;
  };
  struct Reason {
    Cycles time = -1;
    GraphEdgeKind kind = GraphEdgeKind::Forward;
    std::int64_t instruction = 0;
    Origin origin;
    bool fetching = false;
    WaitDetail detail = WaitDetail::None;
    [[nodiscard]] bool bindsOver(const Reason& other) const;
  };
  struct RangeEnd {
    std::size_t open = 0;
    Reason last;
  };
  struct Live {
    std::uint32_t node = 0;  ///< of the stage it is in, or the buffer
    std::uint32_t unitNode = 0;
    Cycles entered = 0;
    Reason head;  ///< when it came to the head of its queue
    std::vector<reference::Hazard> hazards;
    bool started = false, left = false, completed = false;
    std::int64_t named = 0;  ///< by hazards of instructions that have not started
    UnitId unit;
    Cycles start = 0, latency = 0, interval = 0;
    std::map<RegisterFileId, Cycles> resultLatency;
    Cycles computeLatency = 0;
    std::vector<RangeEnd> ranges;
    std::size_t reads = 0, openReads = 0, writes = 0;
    std::vector<std::pair<Cycles, Origin>> openOf;  ///< by own piece: when and why it may be requested
    std::optional<Reason> lastPiece, lastRead, lastGrant;
  };
  struct Queue {
    std::vector<std::int64_t> held;  ///< in order of entry
    Reason room;
  };
  struct PortHold {
    Cycles until = 0;
    std::int64_t instruction = 0;
    Origin origin;
  };
  struct Bank {
    std::int64_t slots = 0;
    std::vector<PortHold> ports;
    Reason slotFree, portFree;
  };
  struct Row {
    std::optional<Words> open;
    std::int64_t underWay = 0;
    Reason idle, opened;
  };
  struct Granted {
    std::uint32_t node = 0;
    std::int64_t instruction = 0;
    std::optional<std::size_t> piece;  ///< of the instruction's own
    Cycles at = 0;
  };

  std::uint32_t addNode(std::int64_t instruction, NodeKind kind, std::uint32_t object, Cycles enter);
  /// Adds the edges of a node; those over before `since` are of no interest, but there is always one.
  void addEdges(std::uint32_t node, const std::vector<Reason>& reasons, Cycles since);
  void roomAt(StageId stage, std::int64_t instruction, bool wasFull, Cycles now, const Origin& origin);
  void leaveQueue(StageId stage, std::int64_t instruction);
  [[nodiscard]] std::vector<Reason> hazardReasons(const Live& live, Cycles now) const;
  void openWrites(Live& live, std::size_t first, std::size_t count, const Reason& why, std::int64_t index);
  void freePorts(Bank& bank, std::size_t limit, Cycles now);
  Bank& bankOf(const reference::Request& request);
  Row& rowOf(const reference::Request& request);
  [[nodiscard]] Origin completionOrigin(const Live& live) const;
  void forget(std::int64_t index);
  void overIfDone(std::int64_t index);
  void noteOver(std::int64_t index, Cycles now, const Origin& origin);

  const Machine& machine_;
  std::int64_t end_;
  bool stopped_ = false;
  std::int64_t overBelowEnd_ = 0;
  DependencyGraph graph_;
  std::map<std::int64_t, Live> live_;  ///< kept beyond their end while hazards name them
  std::optional<Reason> fetchEnded_;
  Reason fetchRoom_;
  std::vector<Queue> queues_;           // by stage
  std::vector<std::int64_t> inFlight_;  // by unit
  std::vector<Reason> unitRoom_;        // by unit
  std::vector<std::map<std::int64_t, Bank>> banks_;
  std::vector<std::map<std::int64_t, Row>> rows_;
  std::map<const reference::Request*, Granted> granted_;
  Reason lastOver_;
};

/// The graph of a program's run from its beginning until instructions 0 to `end` − 1 are over (all of them
/// for a very large `end`).
struct RecordedGraph {
  Timing timing;  ///< cancelled only if `progress` was, before the window was over
  DependencyGraph graph;
};
[[nodiscard]] RecordedGraph recordGraph(const Machine& machine, const Program& program, std::int64_t end,
                                        Progress& progress);

}  // namespace taktwerk
