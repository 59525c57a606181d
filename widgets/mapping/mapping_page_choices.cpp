// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen for layers: mappings attached to them, values of tunables.
#include <QPushButton>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/mapping/tunable_panel.h"

namespace taktwerk {

namespace {

const QString searchChannel = QStringLiteral("tunables");
constexpr std::int64_t searchBudget = 64;

}  // namespace

void MappingPage::attach(const QString& mapping, Scope scope) {
  QStringList names = selectedLayers();
  const Network* network = estimates_.network().get();
  if (scope != Scope::Layer && network) {
    names.clear();
    for (const Layer& layer : network->layers) {
      if (scope == Scope::All || QString::fromStdString(layer.operatorName) == study_.operatorName) {
        names << QString::fromStdString(layer.name);
      }
    }
  }
  attachTo(names, mapping);
}

void MappingPage::attachTo(const QStringList& layers, const QString& mapping) {
  auto choices = estimates_.input().choices;
  for (const QString& layer : layers) {
    if (mapping.isEmpty()) {
      choices.erase(layer.toStdString());
    } else if (choices[layer.toStdString()].mapping != mapping.toStdString()) {
      choices[layer.toStdString()] = {mapping.toStdString(), {}};
    }
  }
  estimates_.setChoices(choices);
}

std::map<std::string, std::int64_t> MappingPage::tunableValues() const {
  std::map<std::string, std::int64_t> values = study_.values;  // as they were when it was timed
  const auto choice = estimates_.input().choices.find(study_.layer.toStdString());
  if (choice == estimates_.input().choices.end() || choice->second.mapping != study_.shown.toStdString())
    return values;
  for (const auto& [name, value] : choice->second.tunables) {
    if (values.contains(name)) values[name] = value;
  }
  return values;
}

void MappingPage::refreshTunables() {
  tunables_->setTunables(study_.tunables, tunableValues());
  search_->setVisible(!study_.tunables.empty());
}

void MappingPage::setTunable(const std::string& name, std::int64_t value) {
  auto choices = estimates_.input().choices;
  auto values = tunableValues();
  values[name] = value;
  choices[study_.layer.toStdString()] = {study_.shown.toStdString(), std::move(values)};
  estimates_.setChoices(choices);
}

void MappingPage::searchTunables() {
  const QString layer = currentLayer(), mapping = study_.shown;
  if (layer.isEmpty() || mapping.isEmpty()) return;
  jobs_.start(searchChannel, tr("Searching tunables of %1").arg(layer),
              [this, input = estimates_.input(), layer, mapping](Progress& progress) -> JobManager::Delivery {
                const auto machine = elaborate(*input.document->whole, parametersOf(input, "arch."));
                const NetworkReading network = readNetworkOf(input);
                Diagnostics ignored;
                std::map<std::string, std::int64_t> best;
                for (const Mapping& each : readMappingsOf(input, ignored)) {
                  if (QString::fromStdString(each.name) != mapping || !machine || !network.network) continue;
                  EstimateOptions options;
                  options.layer = layer.toStdString();
                  options.search = searchBudget;
                  const NetworkEstimate found =
                      estimateNetwork(*machine, *network.network, {each}, options, progress);
                  if (!found.layers.empty()) best = found.layers.front().tunables;
                }
                return [this, layer, mapping, best] {
                  if (best.empty()) return;
                  auto choices = estimates_.input().choices;
                  choices[layer.toStdString()] = {mapping.toStdString(), best};
                  estimates_.setChoices(choices);
                };
              });
}

}  // namespace taktwerk
