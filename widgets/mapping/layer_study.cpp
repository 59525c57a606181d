// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/layer_study.h"

#include <algorithm>

#include "core/analysis/iteration.h"
#include "core/report/iteration_report.h"
#include "widgets/document/document.h"
#include "widgets/document/first_error.h"

namespace taktwerk {

namespace {

void collectNames(const Machine& machine, QStringList& names) {
  for (const std::string& operation : machine.operations) names << QString::fromStdString(operation);
  for (const Memory& memory : machine.memories) names << QString::fromStdString(memory.name);
  for (const Unit& unit : machine.units) names << QString::fromStdString(unit.name);
  for (const RegisterFile& file : machine.registerFiles) {
    for (const std::string& name : file.registers) {
      names << QString::fromStdString(file.name) + QLatin1Char('.') + QString::fromStdString(name);
    }
    constexpr qsizetype enough = 5000;
    if (names.size() > enough) break;
  }
  for (const auto& [name, value] : machine.parameters)
    names << QStringLiteral("arch.") + QString::fromStdString(name);
  names.removeDuplicates();
}

std::vector<MemoryUse> usesOf(const std::vector<PlacedStorage>& placed, const Machine& machine) {
  std::vector<MemoryUse> uses;
  for (const PlacedStorage& storage : placed) {
    const Memory& memory = machine.memories[storage.memory.index()];
    const QString name = QString::fromStdString(memory.name);
    auto found =
        std::find_if(uses.begin(), uses.end(), [&](const MemoryUse& use) { return use.memory == name; });
    if (found == uses.end()) {
      MemoryUse use;
      use.memory = name;
      for (const auto& [first, end] : memory.addressRanges) use.capacity += end - first;
      uses.push_back(use);
      found = uses.end() - 1;
    }
    found->used += storage.words;
    found->contents.push_back(storage);
  }
  return uses;
}

}  // namespace

std::vector<ListedInstruction> oneIteration(const Program& program, const Machine& machine, QString& around,
                                            std::size_t limit) {
  const Iteration iteration = iterationOf(program, machine, heaviestNest(program), limit);
  if (!program.loops.empty()) around = QString::fromStdString(loopsInWords(iteration.loops));
  std::vector<ListedInstruction> listed;
  for (const ListedOperation& operation : iteration.instructions) {
    listed.push_back(
        {QString::fromStdString(operationInWords(operation, iteration.loops)), operation.sourceLine});
  }
  return listed;
}

namespace {

/// What a mapping comes to for a layer: timed, or why it does not fit.
MappingCandidate candidateOf(const Mapping& mapping, const std::shared_ptr<const Machine>& machine,
                             const Network& network, const Layer& layer, const EstimateInput& input,
                             std::optional<LayerEstimate>& timed, Progress& progress) {
  MappingCandidate candidate;
  candidate.name = QString::fromStdString(mapping.name);
  candidate.file = QString::fromStdString(mapping.file);
  const Match found = match(mapping, *machine, network, layer.id);
  candidate.fits = !found.layers.empty();
  candidate.otherOperator = found.otherOperator;
  candidate.reason = QString::fromStdString(found.reason);
  if (!candidate.fits) return candidate;
  EstimateOptions options;
  options.layer = layer.id;
  options.jobs = input.threads;
  options.tunables = sortParameters(input.parameters).tunables;
  const auto choice = input.choices.find(layer.name);
  if (choice != input.choices.end() &&
      (choice->second.mapping.empty() || choice->second.mapping == mapping.name)) {
    options.choices[layer.id].tunables = choice->second.tunables;
  }
  const NetworkEstimate estimate =
      estimateNetwork(machine, network, {mapping}, options, progress, &input.memory->estimates());
  if (!estimate.layers.empty() && !hasErrors(estimate.diagnostics)) {
    const LayerEstimate& result = estimate.layers.front();
    candidate.cycles = result.cycles;
    candidate.exact = result.exact;
    for (const std::string& fused : result.fused) candidate.fused << QString::fromStdString(fused);
    timed = result;
    return candidate;
  }
  candidate.fits = false;
  if (const Diagnostic* error = firstError(estimate.diagnostics)) {
    candidate.reason = QString::fromStdString(error->message);
  } else if (!estimate.unmapped.empty()) {
    // The estimate names the mapping before its reason.
    const std::string& reason = estimate.unmapped.front().reason;
    const std::string name = mapping.name + ": ";
    candidate.reason = QString::fromStdString(reason.starts_with(name) ? reason.substr(name.size()) : reason);
  }
  return candidate;
}

/// Fitting ones by cycles, then the others; those for other operators last.
bool ranksBefore(const MappingCandidate& a, const MappingCandidate& b) {
  const auto rank = [](const MappingCandidate& c) { return c.fits ? 0 : c.otherOperator ? 2 : 1; };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return a.cycles.value_or(0) < b.cycles.value_or(0);
}

/// The candidate that the rest of a study is about, or null.
const MappingCandidate* shownOf(const LayerStudy& study, const StudyRequest& request) {
  const auto with = [&](auto holds) -> const MappingCandidate* {
    const auto found = std::find_if(study.candidates.begin(), study.candidates.end(), holds);
    return found == study.candidates.end() ? nullptr : &*found;
  };
  if (!request.file.isEmpty()) {
    if (const auto* wanted = with([&](const MappingCandidate& c) { return c.file == request.file; }))
      return wanted;
  }
  const auto choice = request.input.choices.find(request.layer.toStdString());
  if (choice != request.input.choices.end() && !choice->second.mapping.empty()) {
    const QString name = QString::fromStdString(choice->second.mapping);
    if (const auto* chosen = with([&](const MappingCandidate& c) { return c.name == name; })) return chosen;
  }
  return with([](const MappingCandidate& c) { return c.fits; });
}

/// Tunables, memories and instructions of the mapping shown.
void studyShown(const Mapping& mapping, const Machine& machine, const Network& network, const Layer& layer,
                const std::optional<LayerEstimate>& timed, LayerStudy& study) {
  study.diagnostics = omissionsOf(mapping);
  const Match found = match(mapping, machine, network, layer.id);
  if (found.layers.empty()) {
    study.noProgram = QObject::tr("No program: the mapping shown does not take this layer (%1).")
                          .arg(QString::fromStdString(found.reason));
    return;
  }
  std::map<std::string, std::int64_t> values;
  if (timed) values = timed->tunables;
  if (const auto tunables = tunablesOf(mapping, machine, network, found.layers)) study.tunables = *tunables;
  for (const Tunable& tunable : study.tunables) values.emplace(tunable.name, tunable.defaultValue);
  study.values = values;
  const auto placed = placedStorages(mapping, machine, network, found.layers, values);
  if (placed) study.memories = usesOf(*placed, machine);
  const auto program = mapLayers(mapping, machine, network, found.layers, values);
  if (program) study.instructions = oneIteration(program->program, machine, study.iteration);
  if (study.diagnostics.empty()) {
    study.diagnostics = placed.diagnostics;
    if (study.diagnostics.empty()) study.diagnostics = program.diagnostics;
    if (program && program->omission) study.diagnostics.push_back(*program->omission);
  }
  if (!study.instructions.empty()) return;
  study.noProgram =
      study.diagnostics.empty()
          ? QObject::tr("No instructions: the layer's result stays where its operand is.")
          : QObject::tr("No program: %1.").arg(QString::fromStdString(study.diagnostics.front().message));
}

}  // namespace

LayerStudy studyLayer(const StudyRequest& request, Progress& progress) {
  LayerStudy study;
  study.layer = request.layer;
  if (!request.input.document) return study;
  const Result<Study> files = studyOf(request.input);  // what is wrong is among the problems already
  const auto machine = request.input.memory->machine(files->architecture, files->settings.architecture);
  const NetworkReading reading = readNetworkOf(request.input);
  const std::vector<Mapping>& mappings = *files->mappings;
  if (!machine || !reading.network) return study;
  const Network& network = *reading.network;
  collectNames(**machine, study.names);
  const std::string name = request.layer.toStdString();
  const auto layer = std::find_if(network.layers.begin(), network.layers.end(),
                                  [&](const Layer& each) { return each.name == name; });
  if (layer == network.layers.end()) return study;
  study.operatorName = QString::fromStdString(layer->operatorName);

  std::map<QString, std::optional<LayerEstimate>> timed;  // by file
  for (const Mapping& mapping : mappings) {
    if (progress.cancelled()) return study;
    study.candidates.push_back(candidateOf(mapping, *machine, network, *layer, request.input,
                                           timed[QString::fromStdString(mapping.file)], progress));
  }
  std::stable_sort(study.candidates.begin(), study.candidates.end(), ranksBefore);
  const MappingCandidate* shown = shownOf(study, request);
  if (shown == nullptr) {
    study.noProgram = QObject::tr("No program: no mapping takes this layer.");
    return study;
  }
  study.shown = shown->name;
  for (const Mapping& mapping : mappings) {
    if (QString::fromStdString(mapping.file) != shown->file) continue;
    studyShown(mapping, **machine, network, *layer, timed[shown->file], study);
    break;
  }
  return study;
}

}  // namespace taktwerk
