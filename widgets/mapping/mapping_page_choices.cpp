// SPDX-License-Identifier: GPL-3.0-or-later
// What the page decides for layers, as steps of the history.
#include <QPushButton>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/layer_choices.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/mapping/tunable_panel.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

namespace {
constexpr JobChannel<LayerChoices> searches{"tunables"};
}

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
  const ChoiceStep step = attachStep(estimates_.input().choices, layers, mapping);
  workspace_.changeLayers(step.name, step.choices);
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

void MappingPage::setTunable(const std::string& name, std::int64_t value, const QString& gesture) {
  auto choices = estimates_.input().choices;
  auto values = tunableValues();
  const QString tunable = QString::fromStdString(name);
  const StepName step{tunable, grouped(values[name]), grouped(value), tr(" for %1").arg(study_.layer)};
  values[name] = value;
  choices[study_.layer.toStdString()] = {study_.shown.toStdString(), std::move(values)};
  workspace_.changeLayers(step, choices, gesture + QLatin1Char(' ') + study_.layer);
}

void MappingPage::searchBest() {
  const QStringList layers = selectedLayers();
  const QString mapping = study_.shown;
  if (layers.isEmpty() || mapping.isEmpty()) return;
  const QString title = layers.size() == 1 ? tr("Searching tunables of %1").arg(layers.front())
                                           : tr("Searching tunables of %1 layers").arg(layers.size());
  jobs_.start(
      searches, title, this,
      [input = estimates_.input(), layers, mapping](Progress& progress) {
        return searchTunables(input, layers, mapping, progress);
      },
      [this, document = estimates_.input().document](const LayerChoices& found) {
        const auto& now = estimates_.input().document;
        // Another one may have been opened since.
        const bool same = now && now->path == document->path && now->copyOf == document->copyOf;
        if (found.empty() || !same) return;
        const ChoiceStep step = searchStep(estimates_.input().choices, found);
        workspace_.changeLayers(step.name, step.choices);
      });
}

}  // namespace taktwerk
