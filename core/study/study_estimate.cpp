// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_estimate.h"

#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

#include "core/program/trace_file.h"
#include "core/study/study_memory.h"

namespace taktwerk {
namespace {

void append(Diagnostics& all, const Diagnostics& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Texts and numbers of a point, each with its end.
class PointKey {
 public:
  void add(std::string_view text) {
    key_ += std::to_string(text.size()) + ':';
    key_ += text;
  }
  void add(std::int64_t number) { key_ += std::to_string(number) + ' '; }
  void add(const void* address) { add(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(address))); }
  template <class Map>
  void addValues(const Map& values) {
    add(std::ssize(values));
    for (const auto& [name, value] : values) add(name), add(value);
  }
  [[nodiscard]] std::string take() && { return std::move(key_); }

 private:
  std::string key_;
};

/// The content of a point. Machine, network, trace and mappings are known by their addresses, which stay
/// theirs as long as the result is kept: it holds them.
std::string keyOf(const Study& study, const StudyOptions& options, const StudyResult& read) {
  PointKey key;
  key.add(read.machine.get());
  key.add(read.network.get());
  key.add(read.trace.get());
  for (const Mapping& mapping : *study.mappings) key.add(mapping.document.get());
  key.addValues(study.settings.tunables);
  for (const auto& [layer, choice] : study.choices) {
    key.add(layer);
    key.add(choice.mapping);
    key.addValues(choice.tunables);
  }
  key.add(options.layer);
  const EstimateOptions& how = options.how;
  key.add(static_cast<std::int64_t>(how.method));
  for (const std::int64_t number :
       {how.search, std::int64_t{how.usage}, std::int64_t{how.perInstruction}, how.perInstructionLimit,
        how.budget.evaluated, how.budget.full, how.budget.stateWords, how.budget.small}) {
    key.add(number);
  }
  return std::move(key).take();
}

/// Times the trace of a study on the machine of `result`.
std::shared_ptr<const StudyResult> estimateTrace(const Study& study, const StudyOptions& options,
                                                 StudyMemory& memory, Progress& progress,
                                                 const std::shared_ptr<StudyResult>& result) {
  auto trace = memory.trace(study.trace, result->machine, progress);
  append(result->diagnostics, trace.diagnostics);
  result->cancelled = progress.cancelled();
  if (!trace || hasErrors(result->diagnostics) || result->cancelled) return result;
  result->trace = *trace;
  const std::string key = keyOf(study, options, *result);
  if (auto known = memory.result(key)) return known;
  progress.done.store(0, std::memory_order_relaxed);  // of reading
  auto estimated =
      std::make_shared<NetworkEstimate>(estimateProgram(result->machine, **trace, options.how, progress));
  if (hasErrors(estimated->diagnostics) && !estimated->cancelled) {
    // What was folded has the lines of first iterations; the trace as it is has its own.
    if (const auto unfolded = readTrace(study.trace, *result->machine)) {
      *estimated = estimateProgram(result->machine, *unfolded, options.how, progress);
    }
  }
  append(result->diagnostics, estimated->diagnostics);
  result->cancelled = estimated->cancelled;
  if (result->cancelled) return result;
  result->estimate = std::move(estimated);
  if (options.keep && !options.how.perInstruction) memory.keep(key, result);
  return result;
}

}  // namespace

std::shared_ptr<const StudyResult> estimate(const Study& study, const StudyOptions& options,
                                            StudyMemory& memory, Progress& progress) {
  auto result = std::make_shared<StudyResult>();
  result->mappings = study.mappings;
  auto machine = memory.machine(study.architecture, study.settings.architecture, &progress);
  append(result->diagnostics, machine.diagnostics);
  if (machine) result->machine = *machine;
  result->cancelled = progress.cancelled();
  if (result->cancelled) return result;
  if (machine && !study.trace.empty() && !hasErrors(result->diagnostics)) {
    return estimateTrace(study, options, memory, progress, result);
  }
  auto network = memory.network(study.network, study.settings.network);
  append(result->diagnostics, network.diagnostics);
  if (network) result->network = *network;
  result->cancelled = progress.cancelled();
  if (!machine || !network || hasErrors(result->diagnostics) || result->cancelled) return result;

  const std::string key = keyOf(study, options, *result);
  if (auto known = memory.result(key)) return known;
  EstimateOptions how = options.how;
  if (!options.layer.empty()) {
    how.layer = result->network->find(options.layer);
    if (!how.layer.valid()) return result;
  }
  how.tunables = study.settings.tunables;
  how.choices = choicesIn(*result->network, study.choices);
  auto estimated = std::make_shared<NetworkEstimate>(estimateNetwork(
      result->machine, *result->network, *study.mappings, how, progress, &memory.estimates()));
  append(result->diagnostics, estimated->diagnostics);
  result->cancelled = estimated->cancelled;
  if (result->cancelled) return result;
  result->estimate = std::move(estimated);
  if (options.keep && !options.how.perInstruction) memory.keep(key, result);  // times can be many
  return result;
}

Result<LayerProgram> programOf(const Study& study, const std::string& layer, StudyMemory& memory,
                               Progress& progress) {
  const auto result = estimate(study, {{}, layer}, memory, progress);
  LayerProgram program;
  program.machine = result->machine;
  if (result->cancelled) return program;
  if (!result->estimate || hasErrors(result->diagnostics)) return result->diagnostics;
  if (result->trace) {
    program.layer = result->estimate->layers.front();
    program.program = result->trace;
    return {std::move(program), result->diagnostics};
  }
  if (result->estimate->layers.empty()) {
    const auto& unmapped = result->estimate->unmapped;
    Diagnostics problems = result->diagnostics;  // with what is wrong in mappings
    problems.push_back(
        {Severity::Error,
         result->network->file,
         {1, 1},
         "E0005",
         "no mapping takes layer \"" + layer + '"' + (unmapped.empty() ? "" : ": " + unmapped.front().reason),
         layer});
    return problems;
  }
  program.layer = result->estimate->layers.front();
  const Mapping& mapping = (*study.mappings)[program.layer.mappingId.index()];
  Result<MappedProgram> mapped =
      mapLayers(mapping, *result->machine, *result->network, program.layer.layers, program.layer.tunables);
  if (!mapped) return std::move(mapped.diagnostics);
  program.mapped = std::make_shared<const MappedProgram>(std::move(*mapped));
  program.program = {program.mapped, &program.mapped->program};
  Diagnostics warnings = result->diagnostics;
  append(warnings, mapped.diagnostics);
  return {std::move(program), std::move(warnings)};
}

}  // namespace taktwerk
