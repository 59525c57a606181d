// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/digest.h"
#include "core/base/progress.h"
#include "core/machine/machine.h"
#include "core/mapping/memory_ends.h"
#include "core/network/network.h"
#include "core/program/program.h"

namespace taktwerk {

/// A mapping by its place among those that an estimate is given.
using MappingId = Id<struct MappingTag>;

struct MappingDocument;    // mapping_document.h: what the file says
struct InstructionMemory;  // instruction_emitter.h

/// A mapping read from `*.mapping.yaml`: how an operator or a chain of layers becomes instructions.
/// Cheap to copy; the document is shared and immutable.
struct Mapping {
  std::string name;
  std::string file;
  std::shared_ptr<const MappingDocument> document;
};

/// Reads `*.mapping.yaml` (format taktwerk-mapping/1): syntax, names known without a machine, expressions.
[[nodiscard]] Result<Mapping> readMapping(const std::filesystem::path& path);
[[nodiscard]] Result<Mapping> parseMapping(std::string_view text, const std::string& file);

/// The names of the `*.mapping.yaml` in a folder, in their order. A missing folder holds none.
[[nodiscard]] std::vector<std::filesystem::path> mappingFilesIn(const std::filesystem::path& folder);
/// The names of the `mappings/*.mapping.yaml` beside an architecture file, in their order. A missing folder
/// holds none.
[[nodiscard]] std::vector<std::filesystem::path> mappingFilesBeside(
    const std::filesystem::path& architectureFile);
/// The `mappings/*.mapping.yaml` beside an architecture file, by file name. A missing folder is an empty
/// list.
[[nodiscard]] Result<std::vector<Mapping>> readMappingsBeside(const std::filesystem::path& architectureFile);

/// The tunables that the mapping declares, in the order of the file.
[[nodiscard]] std::vector<std::string> tunableNames(const Mapping& mapping);

/// The parameters of an architecture that the mapping names: with equal values of these and equal objects
/// (all but their timing) it makes the same programs. Names that are none of a given architecture may be
/// among them.
[[nodiscard]] const std::vector<std::string>& parameterNames(const Mapping& mapping);
/// Those of them on which it depends whether the mapping takes a layer (`match`). All else that `match` looks
/// at of a machine are the names of its parameters.
[[nodiscard]] const std::vector<std::string>& conditionParameterNames(const Mapping& mapping);
/// The operators of layers that it may begin with; of others `match` says so without looking at a machine.
[[nodiscard]] const std::vector<std::string>& operatorsOf(const Mapping& mapping);
/// Of the file's text and its name, which messages tell.
[[nodiscard]] Digest contentOf(const Mapping& mapping);

/// Which layers a mapping takes, beginning with a given one, or why it does not.
struct Match {
  std::vector<LayerId> layers;  ///< in the order of the chain; empty: does not fit
  std::string reason;           ///< why not, in the words of the mapping's condition
  bool otherOperator = false;   ///< why not: the mapping is for other operators
};
/// Says what keeps a chain of layers from being taken, empty if nothing does: what it knows of an equal one,
/// else what `find` finds.
using KnownConditions =
    std::function<std::string(std::span<const LayerId> chain, const std::function<std::string()>& find)>;
[[nodiscard]] Match match(const Mapping& mapping, const Machine& machine, const Network& network,
                          LayerId first, const KnownConditions& known = {});

/// What the mapping leaves out of whatever layer it takes (an empty program, a result that is never written):
/// one that leaves something out is never chosen. Errors at its lines; empty as a rule.
[[nodiscard]] const Diagnostics& omissionsOf(const Mapping& mapping);
/// Whether a diagnostic is about what a mapping leaves out, of any layer or of a given one.
[[nodiscard]] bool isOmission(const Diagnostic& diagnostic);

/// A program with what was chosen to make it.
struct MappedProgram {
  Program program;
  std::map<std::string, std::int64_t> tunables;
  /// Those of `tunables` that are not the defaults because these do not fit the memories or a condition.
  std::map<std::string, std::int64_t> adapted;
  bool overlapNext = false;  ///< `overlap: next`
  /// What the program leaves out of these layers: part of the result or of an operand, or products. Its
  /// figures then are not the layers'.
  std::optional<Diagnostic> omission;
};

/// Whether a diagnostic says that a mapping's tunables do not fit: a memory's capacity, a condition on
/// tunables, a default that is no legal value here. Another choice, or another mapping, may.
[[nodiscard]] bool isMisfit(const Diagnostic& diagnostic);

/// Turns matched layers into a program on `machine`; `tunables` override defaults. Where the defaults of the
/// others do not fit, the first choice that does is taken (fitting.h). Errors (no choice fits, with both
/// figures; unknown register; address not affine; …) stand at the line of the mapping. Where `progress` asks
/// to stop there is neither a program nor an error.
[[nodiscard]] Result<MappedProgram> mapLayers(const Mapping& mapping, const Machine& machine,
                                              const Network& network, std::span<const LayerId> layers,
                                              const std::map<std::string, std::int64_t>& tunables = {},
                                              const Progress* progress = nullptr);

/// Makes many programs from one mapping on one machine faster than `mapLayers` each by itself: their
/// instructions are one table, made once. The mapping and the machine must outlive it; not for two threads.
class Mapper {
 public:
  Mapper(const Mapping& mapping, const Machine& machine);
  ~Mapper();
  /// As `mapLayers`. `ends` takes down with which ends of memories it comes to the same.
  [[nodiscard]] Result<MappedProgram> map(const Network& network, std::span<const LayerId> layers,
                                          const std::map<std::string, std::int64_t>& tunables = {},
                                          const Progress* progress = nullptr, MemoryEnds* ends = nullptr);

 private:
  const Mapping& mapping_;
  const Machine& machine_;
  std::unique_ptr<InstructionMemory> instructions_;
};

/// What a search may choose for these layers: `defaultValue` is one of `values`, which are in the order of
/// the file (at most 4096). A default that is none of them here gives way to the largest one below it, or to
/// the smallest.
struct Tunable {
  std::string name;
  std::string description;
  std::int64_t defaultValue = 0;
  std::vector<std::int64_t> values;
};
[[nodiscard]] Result<std::vector<Tunable>> tunablesOf(const Mapping& mapping, const Machine& machine,
                                                      const Network& network,
                                                      std::span<const LayerId> layers);

}  // namespace taktwerk
