// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/estimate/time_program.h"
#include "core/mapping/mapping.h"

namespace taktwerk {

class MemoryKeys;  // estimate_memory.h

/// What earlier estimates found out, where they share a memory, and what this one asks it with.
struct Remembered {
  EstimateMemory* memory = nullptr;
  const MemoryKeys* keys = nullptr;
};

/// What layers of one mapping are mapped and timed with, one after the other: made when it is first needed,
/// for a memory may know all.
class Workbench {
 public:
  Workbench(const Mapping& mapping, const Machine& machine, CountUsage usage)
      : mapping_(mapping), machine_(machine), usage_(usage) {}

  [[nodiscard]] Mapper& mapper() {
    if (!mapper_) mapper_.emplace(mapping_, machine_);
    return *mapper_;
  }
  [[nodiscard]] MachineTimer& timer() {
    if (!timer_) timer_.emplace(machine_, usage_);
    return *timer_;
  }
  [[nodiscard]] const Machine& machine() const { return machine_; }
  /// Drops what was learned if it is much.
  void tidy();

 private:
  const Mapping& mapping_;
  const Machine& machine_;
  const CountUsage usage_;
  std::optional<Mapper> mapper_;
  std::optional<MachineTimer> timer_;
};

/// Workbenches for any number of threads, made as they are needed. What programs have taught one stays on it,
/// unless it is much, and saves work; it shows in no figure and in no count, so a program comes to the same
/// on whichever bench it is timed.
class Workbenches {
 public:
  explicit Workbenches(const Machine& machine, const Remembered& remembered = {},
                       CountUsage usage = CountUsage::No)
      : machine_(machine), remembered_(remembered), usage_(usage) {}

  /// Calls `work` with a workbench of `mapping` that nobody else has meanwhile, and returns its result.
  template <class Work>
  auto with(const Mapping& mapping, const Work& work) {
    const Lent bench(*this, mapping);
    return work(*bench.bench);
  }
  [[nodiscard]] const Machine& machine() const { return machine_; }
  [[nodiscard]] const Remembered& remembered() const { return remembered_; }

 private:
  using Bench = std::unique_ptr<Workbench>;
  struct Lent {
    Lent(Workbenches& from, const Mapping& of) : owner(from), mapping(of), bench(from.take(of)) {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent();
    Workbenches& owner;
    const Mapping& mapping;
    Bench bench;
  };
  Bench take(const Mapping& mapping);

  const Machine& machine_;
  const Remembered remembered_;
  const CountUsage usage_;
  std::mutex mutex_;
  std::map<const Mapping*, std::vector<Bench>> free_;
};

}  // namespace taktwerk
