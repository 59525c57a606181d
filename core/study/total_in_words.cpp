// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/total_in_words.h"

#include <algorithm>

namespace taktwerk {

std::set<std::string> missingLayers(const NetworkEstimate& estimate) {
  std::set<std::string> names;
  for (const UnmappedLayer& layer : estimate.unmapped) names.insert(layer.name);
  for (const LayerEstimate& layer : estimate.layers) {
    if (layer.guessed) names.insert(layer.name);
  }
  return names;
}

std::string missingInWords(const NetworkEstimate& estimate) {
  std::string text;
  const std::size_t unmapped = estimate.unmapped.size();
  if (unmapped > 0) {
    text = std::to_string(unmapped) + (unmapped == 1 ? " layer" : " layers") +
           " missing: " + estimate.unmapped.front().name + " (" + estimate.unmapped.front().reason + ')';
    if (unmapped > 1) text += " …";
  }
  const auto guessed = std::count_if(estimate.layers.begin(), estimate.layers.end(),
                                     [](const LayerEstimate& layer) { return layer.guessed; });
  if (guessed > 0) {
    text += (text.empty() ? "" : ", ") + std::to_string(guessed) + (guessed == 1 ? " layer" : " layers") +
            " of guessed size";
  }
  return text;
}

std::string whyNoTotal(const StudyResult& result) {
  for (const Diagnostic& problem : result.diagnostics) {
    if (problem.severity == Severity::Error) return problem.message;
  }
  if (!result.estimate) return "the network has no such layer";
  const NetworkEstimate& estimate = *result.estimate;
  if (!estimate.layers.empty()) return {};
  if (estimate.unmapped.empty()) return "the network has no layers";
  return "nothing is mapped: " + estimate.unmapped.front().name + ": " + estimate.unmapped.front().reason;
}

}  // namespace taktwerk
