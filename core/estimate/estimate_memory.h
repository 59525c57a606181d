// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/digest.h"
#include "core/estimate/estimate_counts.h"
#include "core/estimate/plan.h"
#include "core/estimate/time_program.h"

namespace taktwerk {

using SharedPlan = std::shared_ptr<const Plan>;
using SharedTiming = std::shared_ptr<const TimedProgram>;
using SharedEnergy = std::shared_ptr<const LayerEnergy>;

/// What estimates learn that later ones can use: which mappings take which layers, programs, and what they
/// come to, by digests of the content and never by name or address. Machines that differ in a latency share
/// programs; those that differ in a parameter no duration uses share
/// timings, whatever they cost. It never changes a figure or a
/// count: what is kept is a function of the content alone. Shared by threads; two that miss the same thing
/// both make it. When it holds more than it may it forgets the oldest.
class EstimateMemory {
 public:
  [[nodiscard]] SharedPlan plan(const Digest& key, const std::function<Plan()>& make);
  /// The program of a wish on this machine. One that was stopped, with neither a program nor an error, is not
  /// kept.
  [[nodiscard]] KeyedProgram program(const Digest& wish, const Machine& machine,
                                     const std::function<MadeProgram()>& make);
  /// The programs of wishes, null where they are not known.
  [[nodiscard]] std::vector<KeyedProgram> findPrograms(const std::vector<Digest>& wishes,
                                                       const Machine& machine);
  /// Keeps what was made of wishes with one table of instructions, which nobody adds to any more; gives them
  /// their keys.
  void keepPrograms(std::span<const Digest> wishes, std::span<KeyedProgram> made);
  /// A cancelled timing is not kept.
  [[nodiscard]] SharedTiming timing(const Digest& key, const std::function<TimedProgram()>& make);
  /// The energy of a program's instructions, of a machine that knows some.
  [[nodiscard]] SharedEnergy energy(const Digest& key, const std::function<SharedEnergy()>& make);
  /// What else is timed, for the time that it takes.
  [[nodiscard]] std::vector<TimedProgram> clocked(const std::function<std::vector<TimedProgram>()>& time);
  [[nodiscard]] EstimateCounts counts() const;
  /// Seconds that threads have been computing to time programs.
  [[nodiscard]] double timingSeconds() const;

 private:
  template <class Value>
  struct Table {
    using Shared = std::shared_ptr<const Value>;
    std::unordered_map<Digest, Shared, DigestHash> entries;
    std::deque<std::pair<Digest, std::size_t>> order;  ///< the oldest first, with what each weighs
    std::size_t weight = 0;                            ///< of all

    [[nodiscard]] Shared find(const Digest& key) const {
      const auto found = entries.find(key);
      return found == entries.end() ? nullptr : found->second;
    }
    /// False: another thread was first.
    bool keep(const Digest& key, const Shared& value, std::size_t weighs = 1) {
      const bool isNew = entries.try_emplace(key, value).second;
      if (!isNew) return false;
      order.emplace_back(key, weighs);
      weight += weighs;
      return true;
    }
    /// The oldest one, which is not held any more.
    Shared takeOldest() {
      const auto found = entries.find(order.front().first);
      Shared oldest = std::move(found->second);
      entries.erase(found);
      weight -= order.front().second;
      order.pop_front();
      return oldest;
    }
  };

  [[nodiscard]] KeyedProgram find(const Digest& wish, const Machine& machine) const;

  mutable std::mutex mutex_;
  EstimateCounts counts_;
  Table<Plan> plans_;
  Table<MadeProgram> programs_;
  /// By wish, for which ends of memories there are programs.
  std::unordered_map<Digest, std::vector<MemoryEnds>, DigestHash> ends_;
  std::size_t endsHeld_ = 0;  ///< ends in all of them, and one for each list
  Table<TimedProgram> timings_;
  Table<LayerEnergy> energies_;
  double timingSeconds_ = 0;
};

/// What an estimate asks a memory with: the machine, each mapping on it and the way of timing, as digests
/// that are made once. Machine and mappings must outlive it.
class MemoryKeys {
 public:
  MemoryKeys(const Machine& machine, const std::vector<Mapping>& mappings, const EstimateOptions& options);

  [[nodiscard]] Digest plan(const Network& network, const EstimateOptions& options,
                            const Refusals& refused) const;
  /// Of a wish for a program: what decides it but for the ends of memories.
  [[nodiscard]] Digest program(const Candidate& candidate, const TunableValues& tunables) const;
  [[nodiscard]] Digest timing(const KeyedProgram& program) const;
  [[nodiscard]] Digest energy(const KeyedProgram& program) const;

 private:
  const Machine& machine_;
  const std::vector<Mapping>& mappings_;
  std::vector<Digest> views_;  ///< by mapping
  Digest parameterNames_;      ///< of the machine
  std::vector<bool> plain_;    ///< by memory
  Digest timing_;
  Digest energy_;  ///< of the machine
};

}  // namespace taktwerk
