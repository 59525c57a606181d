// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_estimate.h"

#include <cstdint>
#include <iterator>
#include <span>
#include <utility>

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

/// The content of a point. Machine, network and mappings are known by their addresses, which stay theirs as
/// long as the result is kept: it holds them.
std::string keyOf(const Study& study, const StudyOptions& options, const StudyResult& read) {
  PointKey key;
  key.add(read.machine.get());
  key.add(read.network.get());
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

}  // namespace

std::shared_ptr<const StudyResult> estimate(const Study& study, const StudyOptions& options,
                                            StudyMemory& memory, Progress& progress) {
  auto result = std::make_shared<StudyResult>();
  result->mappings = study.mappings;
  auto machine = memory.machine(study.architecture, study.settings.architecture);
  append(result->diagnostics, machine.diagnostics);
  if (machine) result->machine = *machine;
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
  if (!options.how.perInstruction) memory.keep(key, result);  // times can be many
  return result;
}

Result<LayerProgram> programOf(const Study& study, const std::string& layer, StudyMemory& memory,
                               Progress& progress) {
  const auto result = estimate(study, {{}, layer}, memory, progress);
  LayerProgram program;
  program.machine = result->machine;
  if (result->cancelled) return program;
  if (!result->estimate || hasErrors(result->diagnostics)) return result->diagnostics;
  if (result->estimate->layers.empty()) {
    const auto& unmapped = result->estimate->unmapped;
    return Diagnostic{
        Severity::Error,
        result->network->file,
        {1, 1},
        "E0005",
        "no mapping takes layer \"" + layer + '"' + (unmapped.empty() ? "" : ": " + unmapped.front().reason),
        layer};
  }
  program.layer = result->estimate->layers.front();
  const Mapping& mapping = (*study.mappings)[program.layer.mappingId.index()];
  Result<MappedProgram> mapped =
      mapLayers(mapping, *result->machine, *result->network, program.layer.layers, program.layer.tunables);
  if (!mapped) return std::move(mapped.diagnostics);
  program.mapped = std::make_shared<const MappedProgram>(std::move(*mapped));
  Diagnostics warnings = result->diagnostics;
  append(warnings, mapped.diagnostics);
  return {std::move(program), std::move(warnings)};
}

}  // namespace taktwerk
