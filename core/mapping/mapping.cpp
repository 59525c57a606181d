// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/mapping.h"

#include <algorithm>
#include <utility>

#include "core/mapping/binding.h"
#include "core/mapping/chain.h"
#include "core/mapping/fitting.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/omissions.h"
#include "core/mapping/program_maker.h"

namespace taktwerk {

std::vector<std::string> tunableNames(const Mapping& mapping) {
  std::vector<std::string> names;
  for (const TunableDeclaration& tunable : mapping.document->tunables) names.push_back(tunable.name);
  return names;
}

const std::vector<std::string>& parameterNames(const Mapping& mapping) {
  return mapping.document->parameters;
}

const std::vector<std::string>& conditionParameterNames(const Mapping& mapping) {
  return mapping.document->conditionParameters;
}

const std::vector<std::string>& operatorsOf(const Mapping& mapping) {
  return mapping.document->steps.front().operators;
}

Digest contentOf(const Mapping& mapping) {
  return mapping.document->content;
}

const Diagnostics& omissionsOf(const Mapping& mapping) {
  return mapping.document->omissions;
}

bool isOmission(const Diagnostic& diagnostic) {
  return diagnostic.code.starts_with("M040");
}

Match match(const Mapping& mapping, const Machine& machine, const Network& network, LayerId first,
            const KnownConditions& known) {
  const MappingDocument& document = *mapping.document;
  std::string reason;
  std::string longest;
  for (const Chain& chain : findChains(document, network, first, reason)) {
    const auto find = [&] { return unmetCondition(document, machine, network, chain); };
    const std::string failing = known ? known(chain.layers(), find) : find();
    if (failing.empty()) return {chain.layers(), {}, false};
    if (longest.empty()) longest = failing;
  }
  const auto& operators = document.steps.front().operators;
  const bool other = std::find(operators.begin(), operators.end(),
                               network.layers[first.index()].operatorName) == operators.end();
  return {{}, longest.empty() ? reason : longest, other};
}

namespace {

/// A tunable's default, or what it gives way to where it is no legal value.
std::int64_t nearestLegal(const Tunable& tunable) {
  const auto& values = tunable.values;
  if (values.empty() || std::find(values.begin(), values.end(), tunable.defaultValue) != values.end())
    return tunable.defaultValue;
  std::int64_t nearest = *std::min_element(values.begin(), values.end());
  for (const std::int64_t value : values) {
    if (value <= tunable.defaultValue) nearest = std::max(nearest, value);
  }
  return nearest;
}

}  // namespace

Mapper::Mapper(const Mapping& mapping, const Machine& machine)
    : mapping_(mapping),
      machine_(machine),
      instructions_(std::make_unique<InstructionMemory>(machine, *mapping.document)) {}

Mapper::~Mapper() = default;

Result<MappedProgram> mapLayers(const Mapping& mapping, const Machine& machine, const Network& network,
                                std::span<const LayerId> layers,
                                const std::map<std::string, std::int64_t>& tunables,
                                const Progress* progress) {
  return Mapper(mapping, machine).map(network, layers, tunables, progress);
}

Result<MappedProgram> Mapper::map(const Network& network, std::span<const LayerId> layers,
                                  const std::map<std::string, std::int64_t>& tunables,
                                  const Progress* progress, MemoryEnds* ends) {
  const MappingDocument& document = *mapping_.document;
  const auto chain = chainOf(document, network, layers);
  if (!chain) return chain.diagnostics;
  auto fitted = fit(document, machine_, network, *chain, tunables, ends);
  if (!fitted) return std::move(fitted.diagnostics);
  Binding& binding = fitted->binding;
  ProgramMaker maker(document, machine_, binding, *instructions_, progress);
  if (!maker.run()) return std::move(maker.diagnostics());
  ProgramBuilder builder(network.layers[layers.front().index()].name, document.file,
                         instructions_->templates);
  maker.tokens().lowerTo(builder);
  MappedProgram mapped{std::move(builder).finish(), binding.tunables(), std::move(fitted->adapted),
                       document.overlapNext, std::nullopt};
  mapped.omission = omissionOf(document, machine_, network, *chain, binding, mapped.program);
  return mapped;
}

Result<std::vector<Tunable>> tunablesOf(const Mapping& mapping, const Machine& machine,
                                        const Network& network, std::span<const LayerId> layers) {
  const MappingDocument& document = *mapping.document;
  const auto chain = chainOf(document, network, layers);
  if (!chain) return chain.diagnostics;
  Binding binding(document, machine, network, *chain);
  if (!binding.bindNames({}) &&
      !std::all_of(binding.diagnostics().begin(), binding.diagnostics().end(), isMisfit)) {
    return std::move(binding.diagnostics());
  }
  std::vector<Tunable> result;
  Diagnostics problems;
  for (const TunableDeclaration& tunable : document.tunables) {
    Tunable each{tunable.name, tunable.description, binding.tunables().at(tunable.name),
                 binding.legalValues(tunable, problems)};
    each.defaultValue = nearestLegal(each);
    result.push_back(std::move(each));
  }
  if (!problems.empty()) return problems;
  return result;
}

}  // namespace taktwerk
