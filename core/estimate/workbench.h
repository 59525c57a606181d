// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/estimate/time_program.h"
#include "core/mapping/mapping.h"

namespace taktwerk {

/// What layers of one mapping are mapped and timed with, one after the other.
struct Workbench {
  Workbench(const Mapping& mapping, const Machine& machine, const Remembered& remembered, CountUsage usage)
      : mapper(mapping, machine), timer(machine, usage) {
    timer.remembered = remembered;
  }
  Mapper mapper;
  MachineTimer timer;
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
