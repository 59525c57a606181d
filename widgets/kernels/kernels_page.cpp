// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/kernels_page.h"

#include <QComboBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTreeView>
#include <algorithm>
#include <utility>

#include "core/report/iteration_report.h"
#include "core/report/kernel_report.h"
#include "core/report/kernel_words.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/estimate/wanted_layer.h"
#include "widgets/kernels/body_model.h"
#include "widgets/kernels/kernel_model.h"
#include "widgets/kernels/settling_plot.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"

namespace taktwerk {

namespace {

constexpr JobChannel<LayerKernels> studies{"kernels"};
constexpr JobChannel<KernelBody> bodies{"kernel body"};

QString firstOf(const Diagnostics& diagnostics) {
  for (const Diagnostic& each : diagnostics) {
    if (each.severity == Severity::Error) return QString::fromStdString(each.message);
  }
  return {};
}

}  // namespace

KernelsPage::KernelsPage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      selection_(models.session.selection(),
                 [this] {
                   const auto& document = models_.estimates.outcome().document;
                   return document ? document->shown : nullptr;
                 }),
      model_(new KernelModel(models.theme, this)),
      bodyModel_(new BodyModel(models.theme, this)) {
  build();
  connectParts();
  refresh();
}

void KernelsPage::connectParts() {
  const EstimateController& estimates = models_.estimates;
  connect(&estimates, &EstimateController::outcomeChanged, this, &KernelsPage::refresh);
  connect(&estimates, &EstimateController::stateChanged, this, &KernelsPage::showOutOfDate);
  connect(layers_, &QComboBox::activated, this, [this] {
    Q_EMIT layerSelected(layers_->currentData().toString());
    refresh();
  });
  connect(stop_, &QPushButton::clicked, this, [this] {
    if (models_.jobs.running(studies, this)) return models_.jobs.cancel(studies, this);
    stopped_ = false;
    look();
  });
  connect(tree_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KernelsPage::showLoop);
  connect(body_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &KernelsPage::selectInstruction);
  connect(body_, &QTableView::activated, this, &KernelsPage::openLine);
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this, &KernelsPage::markSelected);
  connect(plot_, &SettlingPlot::rangeChosen, this, [this](qint64 first, qint64 count) {
    models_.session.setWindow({ProgramWindow::Unit::Iterations, first, count}, this);
  });
  connect(&models_.session, &Session::windowChanged, this, [this](const QObject* origin) {
    if (origin != this) showWindow();
  });
}

QString KernelsPage::wantedLayer() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  return estimate ? taktwerk::wantedLayer(*estimate, models_.session.layer()) : QString();
}

QString KernelsPage::whyEmpty() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  if (!estimate || !estimate->layers.empty()) return {};
  return tr("No loops to show: no layer could be timed. The Layers table has the reasons.");
}

QString KernelsPage::message() const {
  return stack_->currentIndex() == 0 ? message_->text() : QString();
}

QString KernelsPage::groundText() const {
  return ground_->text();
}

bool KernelsPage::isWaiting() const {
  return models_.jobs.running(studies, this) || models_.jobs.running(bodies, this);
}

void KernelsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  look();
}

void KernelsPage::setCurrentLayer(const QString&) {
  stopped_ = false;
  refresh();
}

void KernelsPage::refresh() {
  fillLayers();
  look();
  showOutOfDate();
  Q_EMIT emptinessChanged();
}

void KernelsPage::fillLayers() {
  const QSignalBlocker quiet(layers_);
  layers_->clear();
  if (const auto& estimate = models_.estimates.outcome().estimate) {
    for (const LayerEstimate& layer : estimate->layers) {
      const QString name = QString::fromStdString(layer.name);
      layers_->addItem(layer.fused.empty() ? name : tr("%1 and %2 more").arg(name).arg(layer.fused.size()),
                       name);
    }
  }
  layers_->setCurrentIndex(layers_->findData(wantedLayer()));
}

/// Starts the job, if what is there is not what is wanted.
void KernelsPage::look() {
  const auto& estimate = models_.estimates.outcome().estimate;
  const QString layer = wantedLayer();
  if (!isVisible() || !estimate || layer.isEmpty() || stopped_) return;
  if (kernels_->layer == layer && lookedAt_ == estimate) return;
  if (asked_ == layer && models_.jobs.running(studies, this) && lookedAt_ == estimate) return;
  if (const UnmappedLayer* unmapped = unmappedLayer(*estimate, layer)) {
    return say(tr("%1 has no program: %2").arg(layer, QString::fromStdString(unmapped->reason)));
  }
  if (models_.estimates.outOfDate()) {
    if (kernels_->layer != layer) say(tr("The result is out of date. Press F5 to look at %1.").arg(layer));
    return;
  }
  asked_ = layer;
  lookedAt_ = estimate;
  if (kernels_->layer != layer || !kernels_->study) say(tr("Looking at the loops of %1 …").arg(layer), true);
  models_.jobs.start(
      studies, tr("Looking at the loops of %1").arg(layer), this,
      [input = models_.estimates.input(), layer](Progress& progress) {
        return kernelsOfLayer(input, layer, progress);
      },
      [this, estimate](LayerKernels kernels) { take(std::move(kernels), estimate); });
}

void KernelsPage::take(LayerKernels kernels, const std::shared_ptr<const NetworkEstimate>& of) {
  asked_.clear();
  const bool sameLayer = kernels_->layer == kernels.layer && kernels_->study && kernels.study;
  const std::optional<std::size_t> before = row_;
  kernels_ = std::make_shared<const LayerKernels>(std::move(kernels));
  lookedAt_ = of;
  if (kernels_->cancelled) {
    stopped_ = true;
    kernels_ = std::make_shared<const LayerKernels>();
    return say(tr("The look at the loops was stopped."));
  }
  if (!kernels_->study) {
    return say(tr("No program of %1: %2").arg(kernels_->layer, firstOf(kernels_->diagnostics)));
  }
  const auto& document = models_.estimates.outcome().document;
  objects_ = document ? ObjectTable(*kernels_->program.machine, *document->architecture) : ObjectTable();
  model_->setStudy(kernels_->study, kernels_->program.layer.exact ? tr("exact") : tr("approximate"));
  tree_->expandAll();
  arrangeColumns();
  stack_->setCurrentIndex(1);
  stop_->hide();
  const bool keeps = sameLayer && (!before || *before < kernels_->study->findings.size());
  tree_->setCurrentIndex(model_->indexOf(keeps ? before : heaviestRow(*kernels_)));
  showOutOfDate();
}

void KernelsPage::arrangeColumns() {
  constexpr int standingWidth = 110;
  for (int column = 0; column < KernelModel::Standing; ++column) tree_->resizeColumnToContents(column);
  tree_->setColumnWidth(0, std::clamp(tree_->columnWidth(0) + 8, 130, 320));
  if (std::exchange(arranged_, true)) return;  // they are the user's from then on
  int needed = standingWidth;
  for (int column = 0; column < KernelModel::Standing; ++column) needed += tree_->columnWidth(column);
  const int all = width();  // the halves are not laid out before they are seen
  const int tree = std::min(needed, all * 7 / 10);
  halves_->setSizes({tree, all - tree});
}

void KernelsPage::say(const QString& message, bool running) {
  message_->setText(message);
  stack_->setCurrentIndex(0);
  ground_->clear();
  stop_->setText(running ? tr("Stop") : tr("Look again"));
  stop_->setVisible(running || stopped_);
}

void KernelsPage::showOutOfDate() {
  const bool out = models_.estimates.outOfDate() || lookedAt_ != models_.estimates.outcome().estimate;
  model_->setOutOfDate(out);
  bodyModel_->setOutOfDate(out);
  plot_->setOutOfDate(out);
  if (!kernels_->study || stack_->currentIndex() == 0) return;
  const QString text = QString::fromStdString(groundInWords(kernels_->program.layer, *kernels_->study));
  ground_->setText(out ? tr("Out of date. %1").arg(text) : text);
  ground_->setToolTip(text);
}

void KernelsPage::showLoop(const QModelIndex& index) {
  if (!index.isValid() || !kernels_->study) return;
  row_ = KernelModel::rowOf(index);
  if (row_) {
    const KernelFinding& finding = kernels_->study->findings[*row_];
    why_->setText(QString::fromStdString(standingInWords(*kernels_->study, *row_)));
    plot_->setSettling(settlingOf(finding.first), finding.first.iterations);
  } else {
    QString text = model_->rowCount(index) > 0
                       ? tr("The whole program. Choose a loop to see how its iterations settle.")
                       : tr("The program has no loops: each of its instructions runs once.");
    if (kernels_->study->finished && model_->rowCount(index) > 0) {
      text += QLatin1Char(' ') + QString::fromStdString(drainInWords(*kernels_->study));
    }
    why_->setText(text);
    plot_->setSettling({}, 0);
  }
  showWindow();
  bodyModel_->setBody({}, kernels_->program.machine);
  caption_->setText(tr("Simulating the beginning of the program …"));
  models_.jobs.start(
      bodies, tr("Looking at an iteration of %1").arg(kernels_->layer), this,
      [kernels = kernels_, row = row_](Progress& progress) { return bodyOfKernel(*kernels, row, progress); },
      [this](KernelBody body) { takeBody(std::move(body)); });
}

void KernelsPage::takeBody(KernelBody body) {
  if (body.row != row_ || !kernels_->study) return;
  if (hasErrors(body.diagnostics)) return caption_->setText(firstOf(body.diagnostics));
  if (body.body.cancelled) return caption_->setText(tr("Stopped."));
  const QString shown = QString::fromStdString(shownInWords(body.body));
  QString caption = tr("The program: %1").arg(shown);
  if (row_) {
    caption = tr("Loop %1, %2: %3")
                  .arg(QString::fromStdString(kernelNumbers(kernels_->study->table)[*row_]),
                       shortened(QString::fromStdString(loopsInWords(body.body.loops))), shown);
  }
  if (body.body.leftOut > 0) {
    caption += tr("; %1 more instructions are not listed")
                   .arg(grouped(static_cast<std::int64_t>(body.body.leftOut)));
  }
  caption_->setText(caption);
  bodyModel_->setBody(std::move(body.body), kernels_->program.machine);
  body_->resizeColumnsToContents();
  for (int column = 0; column < BodyModel::WaitsFor; ++column) {
    body_->setColumnWidth(column, std::min(body_->columnWidth(column) + 6, 420));
  }
  markSelected();
}

void KernelsPage::showWindow() {
  const ProgramWindow& window = models_.session.window();
  if (window.unit != ProgramWindow::Unit::Iterations) return plot_->setRange(std::nullopt);
  plot_->setRange(IterationRange{window.first, window.count});
}

ShownSelection::Objects KernelsPage::shownOf(const std::vector<MachineObjectId>& objects) const {
  ShownSelection::Objects shown;
  const auto& document = models_.estimates.outcome().document;
  if (!document) return shown;
  for (const MachineObjectId object : objects) {
    const ShownId id = shownObject(object, objects_, *document);
    if (id.valid()) shown.insert(id);
  }
  return shown;
}

void KernelsPage::selectInstruction(const QModelIndex& index) {
  if (!index.isValid()) return;
  const BodyInstruction& instruction = bodyModel_->body().instructions[static_cast<std::size_t>(index.row())];
  const auto objects = shownOf(partsOf(instruction, *kernels_->program.machine));
  if (!objects.empty()) selection_.select(objects, this);
}

/// The line of the mapping or trace that an instruction comes from.
void KernelsPage::openLine(const QModelIndex& index) {
  const BodyInstruction& instruction = bodyModel_->body().instructions[static_cast<std::size_t>(index.row())];
  const std::string& file = kernels_->program.program->file;
  if (instruction.listed.sourceLine == 0 || file.empty()) return;
  models_.session.jump([&] {
    models_.session.reveal(
        QStringLiteral("source"),
        QVariant::fromValue(SourcePlace{fromPath(file), {instruction.listed.sourceLine, 1}}));
  });
}

void KernelsPage::markSelected() {
  std::set<int> marked;
  const ShownSelection::Objects& selected = selection_.objects();
  const auto& instructions = bodyModel_->body().instructions;
  for (std::size_t i = 0; i < instructions.size() && !selected.empty(); ++i) {
    std::vector<MachineObjectId> used = partsOf(instructions[i], *kernels_->program.machine);
    used.insert(used.end(), instructions[i].objects.begin(), instructions[i].objects.end());
    const auto shown = shownOf(used);
    const bool uses =
        std::any_of(shown.begin(), shown.end(), [&](ShownId id) { return selected.contains(id); });
    if (uses) marked.insert(static_cast<int>(i));
  }
  bodyModel_->setMarked(std::move(marked));
}

}  // namespace taktwerk
