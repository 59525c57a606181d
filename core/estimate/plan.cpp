// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/plan.h"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "core/estimate/equal_layers.h"

namespace taktwerk {
namespace {

/// Chains that mappings take, by mapping and signature: networks repeat their layers, and to find out whether
/// one is taken may mean to look for its tiles.
using TakenChains = std::set<std::pair<MappingId, Digest>>;

/// Whether a mapping takes the layer at `first`, and without leaving anything out.
Match matchWhole(const Mapping& mapping, MappingId id, const Machine& machine, const Network& network,
                 LayerId first, const Refusals& refused, TakenChains& taken) {
  const KnownConditions conditions = [&](std::span<const LayerId> chain,
                                         const std::function<std::string()>& find) {
    const std::pair key(id, signatureOf(network, chain));
    if (taken.contains(key)) return std::string();
    std::string failing = find();
    if (failing.empty()) taken.insert(key);
    return failing;
  };
  Match found = match(mapping, machine, network, first, conditions);
  if (found.layers.empty()) return found;
  const Diagnostics& omissions = omissionsOf(mapping);
  if (!omissions.empty()) return {{}, omissions.front().message, false};
  const auto known = refused.find({id, first});
  if (known != refused.end()) return {{}, known->second.front().message, false};
  return found;
}

/// The mappings that take the layer at `first`: of all that fit, those with the longest chain.
std::vector<Candidate> candidatesFor(const Machine& machine, const Network& network,
                                     const std::vector<Mapping>& mappings, LayerId first,
                                     const std::string& chosen, const Refusals& refused, TakenChains& taken,
                                     std::string& reason) {
  std::vector<Candidate> best;
  bool known = chosen.empty();
  for (std::size_t m = 0; m < mappings.size(); ++m) {
    const Mapping& mapping = mappings[m];
    const MappingId id{static_cast<std::uint32_t>(m)};
    if (!chosen.empty() && mapping.name != chosen) continue;
    known = true;
    Match found = matchWhole(mapping, id, machine, network, first, refused, taken);
    if (found.layers.empty()) {
      // Mappings for other operators say nothing, unless they were asked for.
      if (found.otherOperator && chosen.empty()) continue;
      if (!reason.empty()) reason += "; ";
      reason += mapping.name + ": " + found.reason;
      continue;
    }
    if (!best.empty() && found.layers.size() < best.front().layers.size()) continue;
    if (!best.empty() && found.layers.size() > best.front().layers.size()) best.clear();
    const Digest shape = signatureOf(network, found.layers);
    Digester content;
    content.add(shape);
    for (const LayerId layer : found.layers) content.add(network.layer(layer).name);
    best.push_back({id, &mapping, std::move(found.layers), shape, content.digest()});
  }
  if (!known) reason = "the mapping chosen for it, \"" + chosen + "\", is not among the mappings";
  if (mappings.empty()) reason = "there are no mappings";
  if (best.empty() && reason.empty()) {
    reason = "no mapping takes " + network.layers[first.index()].operatorName;
  }
  return best;
}

}  // namespace

Plan planOf(const Machine& machine, const Network& network, const std::vector<Mapping>& mappings,
            const EstimateOptions& options, const Refusals& refused) {
  Plan plan;
  plan.mappings = std::make_shared<const std::vector<Mapping>>(mappings);
  TakenChains takenChains;
  std::size_t groups = 0;
  bool gap = true;
  std::vector<bool> taken(network.layers.size(), false);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (taken[i]) continue;
    const Layer& layer = network.layers[i];
    std::string reason;
    const LayerId first{static_cast<std::uint32_t>(i)};
    const auto choice = options.choices.find(first);
    const std::string chosen = choice == options.choices.end() ? std::string() : choice->second.mapping;
    const std::vector<Candidate> candidates =
        candidatesFor(machine, network, *plan.mappings, first, chosen, refused, takenChains, reason);
    bool wanted = !options.layer.valid() || first == options.layer;
    if (!candidates.empty()) {
      for (const LayerId member : candidates.front().layers) {
        taken[member.index()] = true;
        wanted = wanted || member == options.layer;
      }
    }
    if (!wanted) {
      gap = true;
      continue;
    }
    if (candidates.empty()) {
      gap = true;
      plan.unmapped.push_back({first, layer.name, layer.operatorName, reason});
      continue;
    }
    for (const Candidate& candidate : candidates) plan.tasks.push_back({groups, !gap, candidate});
    gap = false;
    ++groups;
  }
  return plan;
}

}  // namespace taktwerk
