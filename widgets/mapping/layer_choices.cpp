// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/layer_choices.h"

#include <QCoreApplication>

#include "widgets/document/document.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

namespace {

constexpr std::int64_t searchBudget = 64;

QString tr(const char* text) {
  return QCoreApplication::translate("MappingPage", text);
}

/// "conv0", "3 layers".
QString layersText(const QStringList& layers) {
  return layers.size() == 1 ? layers.front() : tr("%1 layers").arg(layers.size());
}

}  // namespace

ChoiceStep attachStep(LayerChoices choices, const QStringList& layers, const QString& mapping) {
  QStringList changed;
  for (const QString& layer : layers) {
    const auto found = choices.find(layer.toStdString());
    if (mapping.isEmpty()) {
      if (found == choices.end()) continue;
      choices.erase(found);
    } else {
      if (found != choices.end() && found->second.mapping == mapping.toStdString()) continue;
      choices[layer.toStdString()] = {mapping.toStdString(), {}};
    }
    changed << layer;
  }
  const QString who = layersText(changed);
  return {{mapping.isEmpty() ? tr("Reset %1").arg(who) : tr("Attach %1 to %2").arg(mapping, who)},
          std::move(choices)};
}

ChoiceStep searchStep(LayerChoices choices, const LayerChoices& found) {
  QStringList changed;
  for (const auto& [layer, choice] : found) {
    choices[layer] = choice;
    changed << QString::fromStdString(layer);
  }
  return {{tr("Search best for %1").arg(layersText(changed))}, std::move(choices)};
}

LayerChoices searchTunables(const EstimateInput& input, const QStringList& layers, const QString& mapping,
                            Progress& progress) {
  LayerChoices best;
  const Result<Study> study = studyOf(input);
  const auto machine = input.memory->machine(study->architecture, study->settings.architecture);
  const NetworkReading network = readNetworkOf(input);
  if (!machine || !network.network) return best;
  for (const Mapping& each : *study->mappings) {
    if (QString::fromStdString(each.name) != mapping) continue;
    for (const QString& layer : layers) {
      EstimateOptions options;
      options.layer = network.network->find(layer.toStdString());
      options.search = searchBudget;
      options.jobs = input.threads;
      if (!options.layer.valid()) continue;
      const NetworkEstimate found =
          estimateNetwork(*machine, *network.network, {each}, options, progress, &input.memory->estimates());
      if (progress.cancelled()) return {};
      if (!found.layers.empty() && !found.layers.front().tunables.empty())
        best[layer.toStdString()] = {each.name, found.layers.front().tunables};
    }
  }
  return best;
}

}  // namespace taktwerk
