// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/wanted_layer.h"

#include <algorithm>

namespace taktwerk {

const LayerEstimate* timedLayer(const NetworkEstimate& estimate, const QString& name) {
  const std::string wanted = name.toStdString();
  for (const LayerEstimate& each : estimate.layers) {
    const bool fused = std::find(each.fused.begin(), each.fused.end(), wanted) != each.fused.end();
    if (each.name == wanted || fused) return &each;
  }
  return nullptr;
}

const UnmappedLayer* unmappedLayer(const NetworkEstimate& estimate, const QString& name) {
  const std::string wanted = name.toStdString();
  for (const UnmappedLayer& each : estimate.unmapped) {
    if (each.name == wanted) return &each;
  }
  return nullptr;
}

QString wantedLayer(const NetworkEstimate& estimate, const QString& chosen) {
  if (const LayerEstimate* layer = timedLayer(estimate, chosen)) return QString::fromStdString(layer->name);
  if (estimate.layers.empty()) return {};
  if (unmappedLayer(estimate, chosen)) return chosen;
  const auto longest =
      std::max_element(estimate.layers.begin(), estimate.layers.end(),
                       [](const LayerEstimate& a, const LayerEstimate& b) { return a.cycles < b.cycles; });
  return QString::fromStdString(longest->name);
}

}  // namespace taktwerk
