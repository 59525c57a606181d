// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen for layers: mappings attached to them, values of tunables.
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/mapping_page.h"

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

void MappingPage::refreshTunables() {
  while (QLayoutItem* item = tunableRows_->takeAt(0)) {
    if (item->widget() == search_)
      search_->setParent(nullptr);
    else if (item->widget())
      item->widget()->deleteLater();
    delete item;
  }
  search_->setVisible(!study_.tunables.empty());
  if (study_.tunables.empty()) return;
  for (const Tunable& tunable : study_.tunables) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* name = new QLabel(QString::fromStdString(tunable.name));
    name->setMinimumWidth(90);
    name->setToolTip(QString::fromStdString(tunable.description));
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, static_cast<int>(tunable.values.size()) - 1);
    slider->setAccessibleName(name->text());
    const std::int64_t now = study_.values.at(tunable.name);
    const auto at = std::find(tunable.values.begin(), tunable.values.end(), now);
    slider->setValue(static_cast<int>(at - tunable.values.begin()));
    auto* value = new QLabel(grouped(now));
    value->setMinimumWidth(60);
    line->addWidget(name);
    line->addWidget(slider, 1);
    line->addWidget(value);
    connect(slider, &QSlider::valueChanged, this, [this, value, tunable](int index) {
      const std::int64_t chosen = tunable.values[static_cast<std::size_t>(index)];
      value->setText(grouped(chosen));
      setTunable(tunable.name, chosen);
    });
    tunableRows_->addWidget(row);
  }
  tunableRows_->addWidget(search_, 0, Qt::AlignLeft);
}

void MappingPage::setTunable(const std::string& name, std::int64_t value) {
  auto choices = estimates_.input().choices;
  LayerChoice& choice = choices[study_.layer.toStdString()];
  choice.mapping = study_.shown.toStdString();
  choice.tunables = study_.values;
  choice.tunables[name] = value;
  study_.values[name] = value;
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
