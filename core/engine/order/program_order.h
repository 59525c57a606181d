// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/events/engine.h"
#include "core/engine/events/path.h"
#include "core/engine/order/request_order.h"
#include "core/engine/preparation/prepare.h"
#include "core/engine/preparation/resolver.h"

namespace taktwerk::engine {

/// One pass over the instructions in program order, each timed completely before the next (the evaluation of
/// the papers' AIDG), for the machines and programs for which that is right to the cycle.
///
/// Why it is right there. With one way through the stages for every instruction and each stage entered from
/// one other, instructions pass every stage in program order, and an instruction waits for older ones only:
/// for the stage before it, for a unit's `max_in_flight`, for registers, for memory ranges. So what it waits
/// for is known when it is looked at. Two things are shared without that order. The issue buffer
/// counts how many have issued, in whatever order: the latest issues are kept sorted. And a memory serves
/// who asks first: `RequestOrder` checks, request by request, that no grant to an older instruction depends
/// on a younger one's; the first that does makes the pass give up, and the event engine times the program
/// from the start. So the times of a pass that reaches the end obey every rule, and the rules leave no
/// choice.
///
/// Reasons, ties and paths are those of `Engine`, and so are all figures.
class ProgramOrder {
 public:
  /// Whether the pass may be tried with these instructions.
  ProgramOrder(Resolver& resolver, const Prepared& prepared);
  [[nodiscard]] bool applies() const { return applies_; }

  /// The next instruction; false when the pass has to be given up and its figures are void.
  [[nodiscard]] bool add(std::uint32_t resolvedTemplate, const std::int64_t* addresses);

  [[nodiscard]] Cycles cycles() const { return lastOver_.time < 0 ? 0 : lastOver_.time; }
  [[nodiscard]] std::int64_t instructions() const { return next_; }
  [[nodiscard]] const std::vector<MemoryTraffic>& traffic() const { return traffic_; }
  /// As Engine::breakdown.
  [[nodiscard]] std::vector<Cycles> breakdown() const;

 private:
  static constexpr Cycles never = -1;

  /// One access in one piece.
  struct PlannedAccess {
    std::uint32_t memory = 0, root = 0;
    Words words = 1;
    bool write = false;
    Cycles ready = 0;  ///< from grant to ready
    Cycles port = 0;   ///< from grant until the port is given back
  };
  /// What the pass needs of an instruction's content.
  struct Plan {
    const ResolvedTemplate* content = nullptr;  ///< null: not used by the program
    const UnitTiming* timing = nullptr;
    std::vector<std::uint32_t> stages;    ///< after the fetch stage; the last one executes
    PathObject object = 0;                ///< the unit
    Release release = Release::Interval;  ///< of a functional unit the same: it is left after the interval
    bool early = false;                   ///< some results come before completion
    bool limited = false;                 ///< `max_in_flight` of the unit may make it wait
    std::vector<PlannedAccess> accesses;  ///< memory reads first
  };
  /// A stage and, if it holds several instructions, those that were in it last, in a ring.
  struct Place {
    struct Stay {
      Cycles entered = never;
      Reason left;
    };
    PathObject object = 0;
    Cycles latency = 0;
    Reason room;              ///< when it last ceased to be full
    std::vector<Stay> stays;  ///< as many as it holds; empty where that is one
    std::size_t next = 0;     ///< whose place in the ring the next one takes

    [[nodiscard]] const Stay& latest() const { return stays[(next + stays.size() - 1) % stays.size()]; }
    void makeRoom();
    void enter(Cycles time) {
      if (!stays.empty()) take(time);
    }
    void leave(const Reason& why) {
      if (stays.empty()) {
        room = why.as(WaitDetail::Place);
      } else {
        mine().left = why;
      }
    }
    void take(Cycles time);
    [[nodiscard]] Stay& mine() { return stays[(next + stays.size() - 1) % stays.size()]; }
    [[nodiscard]] Reason beforeLatest(Cycles entered) const;
  };
  struct Copy {
    Reason available;  ///< what its last writer wrote
    Reason read;       ///< the latest start of those that have read it since
    std::uint32_t following = 0;
  };
  struct Issue {
    Cycles time;
    PathRef node;
  };
  struct LiveAccess {
    Words first, end;
    Reason finished;
  };
  struct Root {
    std::vector<LiveAccess> reads, writes;
  };

  bool plan(Resolver& resolver, std::uint32_t id, std::vector<std::uint32_t>& enteredFrom);
  void setUpMemories(const Prepared& prepared);
  void startGroup();
  void noteIssue(Cycles time, PathRef node);
  bool planAccess(Resolver& resolver, const Unit& unit, const AccessShape& shape, PlannedAccess& access);
  [[nodiscard]] bool time(const Plan& plan, const std::int64_t* addresses);
  void pass(const Plan& plan, Cycles& entered, PathRef& node);
  [[nodiscard]] bool access(const Plan& plan, const std::int64_t* addresses, Cycles start, PathRef startNode,
                            Reason& complete, Reason& lastGrant);
  [[nodiscard]] Reason dependences(const Plan& plan, Cycles entered, const std::int64_t* addresses);
  void waitFor(std::vector<LiveAccess>& others, Words first, Words end, WaitDetail hazard,
               Reason& data) const;
  void dropOver(std::vector<LiveAccess>& others) const;
  void finish(const Plan& plan, Cycles start, PathRef startNode, const Reason& complete,
              const Reason& lastGrant);
  void noteOver(Cycles time, const Origin& origin);
  void compactPaths();

  const Machine& machine_;
  bool applies_ = true;
  std::vector<Plan> plans_;  // by number at the resolver
  std::vector<Place> places_;
  std::vector<Copy> copies_;
  std::vector<std::uint32_t> currentCopy_;
  std::vector<std::uint32_t> firstBank_;  // by memory
  std::vector<RequestOrder> banks_;
  std::vector<Root> roots_;
  std::vector<MemoryTraffic> traffic_;
  std::vector<RequestOrder::Resource> inFlight_;  // by unit, of those with a limit

  std::int64_t next_ = 0;
  std::uint32_t inGroup_ = 0;  // instructions of the present group still to come
  Cycles fetchStart_ = 0;      // of the present group
  Cycles arrival_ = -1;        // of the present group, −1 before the first
  PathRef startNode_ = 0, arrivalNode_ = 0;
  std::vector<Issue> issues_;  // those not before `arrival_`, in the order in which they issue
  PathTree paths_;
  Reason lastOver_;
};

}  // namespace taktwerk::engine
