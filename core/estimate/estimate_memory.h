// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/estimate/estimate_counts.h"
#include "core/estimate/machine_content.h"
#include "core/estimate/plan.h"
#include "core/estimate/time_program.h"

namespace taktwerk {

using SharedProgram = std::shared_ptr<const Result<MappedProgram>>;
using SharedTiming = std::shared_ptr<const TimedProgram>;
using SharedEnergy = std::shared_ptr<const LayerEnergy>;

/// What estimates learn that later ones can use: which mappings take which layers, programs, and what they
/// come to, by content and never by name or address. Machines that differ in a latency share programs; those
/// that differ in a parameter no duration uses share timings, whatever they cost. It never changes a figure
/// or a count: what is kept is a function of the content alone. Shared by threads; two that miss the same
/// thing both make it. Forgets all when it holds more than it may.
class EstimateMemory {
 public:
  [[nodiscard]] KnownMachine know(const Machine& machine);

  [[nodiscard]] Plan plan(const KnownMachine& known, const Machine& machine, const Network& network,
                          const std::vector<Mapping>& mappings, const EstimateOptions& options,
                          const Refusals& refused);
  [[nodiscard]] SharedProgram program(const KnownMachine& known, const Machine& machine,
                                      const Mapping& mapping, const Network& network,
                                      std::span<const LayerId> layers, const TunableValues& tunables,
                                      const std::function<Result<MappedProgram>()>& make);
  /// `make` is asked where the program's timing by these options is not known; a cancelled one is not kept.
  [[nodiscard]] SharedTiming timing(const KnownMachine& known, const SharedProgram& program,
                                    const EstimateOptions& options,
                                    const std::function<TimedProgram()>& make);
  /// The energy of a program's instructions, of a machine that knows some.
  [[nodiscard]] SharedEnergy energy(const KnownMachine& known, const SharedProgram& program,
                                    const std::function<SharedEnergy()>& make);
  [[nodiscard]] EstimateCounts counts() const;

 private:
  struct EnergyKey {
    std::uint64_t timing = 0, energy = 0;  ///< of the machine: which units there are decides too
    const void* program = nullptr;
    friend auto operator<=>(const EnergyKey&, const EnergyKey&) = default;
  };
  struct TimingKey {
    std::uint64_t machine = 0;
    const void* program = nullptr;
    std::string options;
    friend auto operator<=>(const TimingKey&, const TimingKey&) = default;
  };
  std::uint64_t number(std::unordered_map<std::string, std::uint64_t>& table, std::string&& content);
  std::uint64_t numberOf(const Mapping& mapping);

  mutable std::mutex mutex_;
  EstimateCounts counts_;
  std::unordered_map<std::string, std::uint64_t> timingContents_, mappingViews_, energyContents_;
  std::unordered_map<const void*, std::pair<std::uint64_t, Mapping>> mappings_;  ///< kept where they are
  std::unordered_map<std::string, Plan> plans_;
  std::unordered_map<std::string, SharedProgram> programs_;
  std::map<TimingKey, std::pair<SharedProgram, SharedTiming>> timings_;  ///< programs stay where they are
  std::map<EnergyKey, std::pair<SharedProgram, SharedEnergy>> energies_;
  std::uint64_t next_ = 1;
  std::size_t held_ = 0;  ///< numbers in programs
};

}  // namespace taktwerk
