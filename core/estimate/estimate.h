// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/engine/budget.h"
#include "core/estimate/layer_choice.h"
#include "core/machine/elaborate.h"
#include "core/machine/machine.h"
#include "core/mapping/mapping.h"
#include "core/network/network.h"
#include "core/program/cause.h"
#include "core/program/timing.h"
#include "core/program/usage.h"

namespace taktwerk {

class EstimateMemory;  // estimate_memory.h
struct LayerEnergy;    // energy.h

/// How a program is timed, as `taktwerk-cli estimate --method` names it.
enum class Method : std::uint8_t { Auto, Full, Simulate, Published, Roofline };
[[nodiscard]] std::string_view toString(Method method);

/// Accesses and words of one memory; `busy` is the number of cycles its slots were held, added up.
struct Traffic {
  std::int64_t reads = 0, writes = 0, wordsRead = 0, wordsWritten = 0, busy = 0;
  friend bool operator==(const Traffic&, const Traffic&) = default;
};

/// What fetch, stages and units, and what the memories need at least; neither is ever more than the truth
/// (core/bounds/roofline.h).
struct RooflineBound {
  Cycles compute = 0;
  Cycles memory = 0;
};

/// How often an operation ran with each value of an immediate: how long its tiles were.
struct ImmediateUse {
  std::string operation, immediate;
  std::map<std::int64_t, std::int64_t> executions;  ///< by value
  friend bool operator==(const ImmediateUse&, const ImmediateUse&) = default;
};

/// Another way to run a layer that was timed too and takes no fewer cycles.
struct RunnerUp {
  MappingId mappingId;
  std::string mapping;
  std::map<std::string, std::int64_t> tunables;
  Cycles cycles = 0;
};

/// One layer (or fused chain, or trace) timed on a machine.
struct LayerEstimate {
  std::vector<LayerId> layers;     ///< of the network, in the order of the chain; none of a trace
  std::string name;                ///< of the first layer of a chain
  std::vector<std::string> fused;  ///< names of the further layers of the chain
  std::string operatorName;
  MappingId mappingId;  ///< among the mappings given; none of a trace
  std::string mapping;  ///< its name
  std::map<std::string, std::int64_t> tunables;
  /// Those of `tunables` that are not the defaults because these do not fit (core/mapping/fitting.h).
  std::map<std::string, std::int64_t> adapted;
  std::int64_t macs = 0;
  std::int64_t instructions = 0;
  Cycles cycles = 0;
  bool exact = true;
  bool guessed = false;  ///< the size of a tensor of it is a guess: the cycles are those of the guess
  /// How the figure was made: "full", "simulate", "steady state", "approximation", "published", "roofline".
  std::string method;
  /// The truth lies between, if the program comes to an end; equal to `cycles` when exact. The figure of
  /// "published" may itself lie outside.
  Cycles lower = 0, upper = 0;
  std::int64_t loopIterations = 0;
  std::int64_t evaluatedIterations = 0;
  std::int64_t evaluatedInstructions = 0;
  double utilisation = 0.0;  ///< MACs over cycles times the machine's MACs a cycle, 0 to 1
  Breakdown breakdown;       ///< of the critical path; adds up to `cycles`
  RooflineBound roofline;
  std::map<MemoryId, Traffic> traffic;  ///< of memories that were accessed
  bool trafficCounted = false;          ///< else the method counts none, and `traffic` is empty
  /// What its instructions cost, without the memories that they access; null where the machine knows no
  /// energy. See `energyOf`.
  std::shared_ptr<const LayerEnergy> instructionEnergy;
  /// What each object did of the time; only on request, and none where not every instruction is accounted for
  /// (approximations, other methods than `auto` and `full`).
  Usage usage;
  /// Of immediates with few different values; only on request, with the usage.
  std::vector<ImmediateUse> immediates;
  std::vector<InstructionTimes> times;  ///< only on request
  std::vector<RunnerUp> runnersUp;      ///< other mappings and tunables that were timed, the best ones first
  std::int64_t tried = 1;               ///< mappings and choices of tunables looked at, infeasible ones too
};

struct UnmappedLayer {
  LayerId layer;
  std::string name;
  std::string operatorName;
  std::string reason;
};

/// All layers one after another. With unmapped layers, or layers whose sizes are guessed, `complete` is false
/// and `cycles` is not the whole answer.
///
/// Inferences one after another follow the same rules as layers do: the first layer of the next one begins
/// when the last of the one before has completed, from an idle machine, unless the mapping of that last layer
/// says `overlap: next`: then the two are timed together. So a further inference takes `interval`, which is
/// `cycles` but where the last layer runs into the first, and N of them take `cycles` + (N − 1) · `interval`.
/// That does not hold (`intervalHolds`) where all layers are one chain that runs into itself: `interval` is
/// then what the second inference takes, and later ones may take more or less. An inference is what the
/// network says: with a batch of B it has B results.
struct NetworkEstimate {
  std::shared_ptr<const Machine> machine;  ///< it was timed on: causes, memories and units are its objects
  std::string architecture;
  std::string network;
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch"
  Cycles cycles = 0;
  std::int64_t instructions = 0;
  bool exact = true;
  bool complete = true;
  /// Of a network; else of a single layer of it or of a trace, which follow nothing and are followed by
  /// nothing: there is no interval, and no batch.
  bool ofInferences = true;
  std::optional<Cycles> interval;  ///< none: the next one cannot run so, or that was not found out
  bool intervalHolds = true;
  bool cancelled = false;
  double seconds = 0.0;
  std::vector<LayerEstimate> layers;
  std::vector<UnmappedLayer> unmapped;
  /// Errors of the input, such as a deadlock: then `cycles` is void. Warnings: mistakes in mappings that
  /// leave layers unmapped.
  Diagnostics diagnostics;
};

/// Cycles of so many inferences one after another; none without an interval, and beyond 64 bits.
[[nodiscard]] std::optional<Cycles> cyclesOfBatch(const NetworkEstimate& estimate, std::int64_t inferences);

/// Code of the diagnostic that refuses `perInstruction` beyond `perInstructionLimit`.
inline constexpr std::string_view tooManyTimesCode = "E0001";

struct EstimateOptions {
  Method method = Method::Auto;
  LayerId layer;  ///< only this one; none: all
  /// Values for tunables of the mappings that have them, by name; the rest keep their defaults.
  std::map<std::string, std::int64_t> tunables;
  /// Decisions for single layers, by the first layer of a chain. A mapping that is not among
  /// those given, or does not take the layer, leaves the layer unmapped with that reason.
  std::map<LayerId, LayerChoice> choices;
  /// Choices of tunables timed for each layer and mapping in search of the best (tunable_search.h); with 1
  /// those that are not given keep their defaults.
  std::int64_t search = 1;
  bool usage = false;  ///< LayerEstimate::usage and `immediates` are wanted
  bool perInstruction = false;
  std::int64_t perInstructionLimit = 1'000'000;
  TimingBudget budget{.small = 512};  ///< of method `auto`
  unsigned jobs = 0;                  ///< threads, 0: all cores
};

/// Times every layer of `network` with the mappings that fit; of several, the one with the fewest cycles
/// alone (ties: the first). Layers one after another, each from an idle machine, but for those whose mapping
/// says `overlap: next`, which are timed together with the layer that follows (overlap.h). A layer that no
/// mapping takes is unmapped, be it that no choice of tunables fits or that an expression of the mapping
/// cannot be computed for it; the others keep their figures. `progress` counts instructions timed. Pure but
/// for `seconds`; layers run in parallel on oneTBB, and the result does not depend on the number of threads.
/// `memory` holds what other estimates found out that this one can use; it never changes a figure.
[[nodiscard]] NetworkEstimate estimateNetwork(const std::shared_ptr<const Machine>& machine,
                                              const Network& network, const std::vector<Mapping>& mappings,
                                              const EstimateOptions& options, Progress& progress,
                                              EstimateMemory* memory = nullptr);

/// Times a trace or any program as one layer named after it.
[[nodiscard]] NetworkEstimate estimateProgram(const std::shared_ptr<const Machine>& machine,
                                              const Program& program, const EstimateOptions& options,
                                              Progress& progress);

}  // namespace taktwerk
