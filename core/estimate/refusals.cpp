// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/refusals.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

/// `layer "a"`, `layers "a", "b" and 3 more`
std::string inWords(const std::vector<std::string>& layers) {
  constexpr std::size_t most = 3;
  std::string text = layers.size() == 1 ? "layer " : "layers ";
  const std::size_t shown = layers.size() > most ? most - 1 : layers.size();
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : i + 1 == layers.size() ? " and " : ", ") + inQuotes(layers[i]);
  }
  if (shown < layers.size()) text += " and " + std::to_string(layers.size() - shown) + " more";
  return text;
}

}  // namespace

Diagnostics mistakesIn(const Refusals& refused, const Network& network,
                       const std::vector<UnmappedLayer>& unmapped) {
  std::set<LayerId> missing;
  for (const UnmappedLayer& layer : unmapped) missing.insert(layer.layer);
  Diagnostics mistakes;
  std::vector<std::vector<std::string>> layers;  // by mistake
  for (const auto& [who, problems] : refused) {
    if (!missing.contains(who.second)) continue;
    for (Diagnostic problem : problems) {
      if (isOmission(problem) || isMisfit(problem)) continue;
      problem.severity = Severity::Warning;
      const auto known = std::find(mistakes.begin(), mistakes.end(), problem);
      const auto place = static_cast<std::size_t>(known - mistakes.begin());
      if (known == mistakes.end()) {
        mistakes.push_back(std::move(problem));
        layers.emplace_back();
      }
      const std::string& name = network.layer(who.second).name;
      if (layers[place].empty() || layers[place].back() != name) layers[place].push_back(name);
    }
  }
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    mistakes[i].message = inWords(layers[i]) + ": " + mistakes[i].message;
  }
  return mistakes;
}

}  // namespace taktwerk
