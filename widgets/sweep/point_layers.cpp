// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_layers.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/store/stored_table.h"
#include "widgets/document/first_error.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/point_layer_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/table_look.h"

namespace taktwerk {

namespace {
constexpr JobChannel<Result<std::vector<SweepLayer>>> readings{"read layers"};
}

PointLayers::PointLayers(JobManager& jobs, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      model_(new PointLayerModel(this)),
      title_(new WrappedLabel),
      table_(new QTableView) {
  table_->setModel(model_);
  setTableLook(*table_, tr("Layers of the point"));
  table_->horizontalHeader()->setStretchLastSection(true);
  title_->setContentsMargins(12, 6, 12, 6);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(title_);
  column->addWidget(table_, 1);
  connect(&jobs_, &JobManager::finished, this, [this](const QString& channel) {
    if (channel == QLatin1String(readings.name) && !jobs_.running(readings, this)) read();
  });
  showSentence(tr("Choose a point to see its layers."));
}

QString PointLayers::text() const {
  return title_->text();
}

void PointLayers::showSentence(const QString& sentence) {
  ++wanted_;
  waiting_.reset();
  model_->setLayers({});
  table_->hide();
  title_->setText(sentence);
  setMaximumHeight(2 * fontMetrics().lineSpacing() + 16);  // the room is for the results
}

void PointLayers::showStored(const Place& place, const QString& title) {
  ++wanted_;
  waiting_ = Wish{place, title};
  if (!jobs_.running(readings, this)) read();
}

void PointLayers::read() {
  if (!waiting_) return;
  const Wish wish = *std::exchange(waiting_, std::nullopt);
  jobs_.start(
      readings, tr("Reading layers"), this,
      [place = wish.place](Progress&) { return readStoredLayers(place.path, place.store, place.id); },
      [this, title = wish.title, wanted = wanted_](Result<std::vector<SweepLayer>> layers) {
        if (wanted == wanted_) show(title, std::move(layers));
      });
}

void PointLayers::show(const QString& title, Result<std::vector<SweepLayer>> read) {
  if (!read) {
    const Diagnostic* error = firstError(read.diagnostics);
    return showSentence(error ? shortened(error->message) : tr("The layers cannot be read."));
  }
  if (read->empty()) return showSentence(tr("The file of results has no layers of this point."));
  model_->setLayers(std::move(*read));
  title_->setText(title);
  table_->show();
  setMaximumHeight(QWIDGETSIZE_MAX);
  if (std::exchange(sized_, true)) return;
  table_->resizeColumnsToContents();
  constexpr int least = 64, most = 220;
  for (int column = 0; column + 1 < model_->columnCount(); ++column) {
    table_->setColumnWidth(column, std::clamp(table_->columnWidth(column) + 12, least, most));
  }
}

}  // namespace taktwerk
