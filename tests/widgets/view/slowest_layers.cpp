// SPDX-License-Identifier: GPL-3.0-or-later
// What a small view takes: everything of it is here.
#include <QListWidget>
#include <algorithm>

#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class SlowestLayers : public View {
 public:
  explicit SlowestLayers(Models& models) : View(new QListWidget), models_(models) {
    auto* list = static_cast<QListWidget*>(widget());
    connect(&models.estimates, &EstimateController::outcomeChanged, this, &SlowestLayers::fill);
    connect(list, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) {
      models_.session.setLayer(item->data(Qt::UserRole).toString(), this);
    });
    fill();
  }

 private:
  void fill() {
    auto* list = static_cast<QListWidget*>(widget());
    list->clear();
    if (!models_.estimates.outcome().estimate) return;
    std::vector<LayerEstimate> layers = models_.estimates.outcome().estimate->layers;
    std::sort(layers.begin(), layers.end(), [](const auto& a, const auto& b) { return a.cycles > b.cycles; });
    for (const LayerEstimate& layer : layers) {
      const QString name = QString::fromStdString(layer.name);
      auto* item = new QListWidgetItem(QStringLiteral("%1   %2").arg(name, grouped(layer.cycles)), list);
      item->setData(Qt::UserRole, name);
    }
  }
  Models& models_;
};

}  // namespace

ViewSpec slowestLayersView() {
  ViewSpec spec;
  spec.id = QStringLiteral("slowest");
  spec.title = View::tr("Slowest layers");
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<SlowestLayers>(models); };
  return spec;
}

}  // namespace taktwerk
