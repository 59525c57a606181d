// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/mapping_page.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <algorithm>

#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/mapping/mapping_lists.h"
#include "widgets/mapping/memory_bars.h"
#include "widgets/mapping/tunable_panel.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr JobChannel<LayerStudy> studies{"study"};
constexpr int settleMilliseconds = 200;

QPushButton* button(const QString& text, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setToolTip(tip);
  return made;
}

/// `known`: a mapping of the layer is shown that can be attached.
void refreshAttach(QPushButton& attach, bool known) {
  attach.setEnabled(known);
  attach.setToolTip(known ? MappingPage::tr("Use the selected mapping for the selected layers")
                          : MappingPage::tr("No mapping of this layer is shown yet."));
}

}  // namespace

MappingPage::MappingPage(const Theme& theme, EstimateController& estimates, WorkspaceDocument& workspace,
                         JobManager& jobs, History& history, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      estimates_(estimates),
      workspace_(workspace),
      jobs_(jobs),
      documents_(history, HistoryPlace::Kind::Mapping),
      layers_(
          new LayerList([this](const QStringList& layers, const QString& name) { attachTo(layers, name); })),
      candidates_(new CandidateTable),
      attach_(button(tr("Attach"), tr("Use the selected mapping for the selected layers"))),
      attachMore_(new QToolButton),
      new_(button(tr("New"), tr("A copy of the mapping shown, to be changed"))),
      save_(button(tr("Save…"), tr("Write the mapping shown to a *.mapping.yaml"))),
      search_(button(tr("Search best"),
                     tr("Try values of the tunables on the selected layers and take those with "
                        "the fewest cycles"))),
      title_(new QLabel),
      check_(new QLabel),
      iteration_(new QLabel),
      editor_(new MappingEditor(theme)),
      tree_(new LoopNestTree(theme)),
      bars_(new MemoryBars(theme)),
      instructions_(new QListWidget),
      tunables_(new TunablePanel) {
  styleParts();
  arrange();
  soon_.setSingleShot(true);
  soon_.setInterval(settleMilliseconds);
  connect(&soon_, &QTimer::timeout, this, &MappingPage::startStudy);
  connect(&estimates_, &EstimateController::networkChanged, this, &MappingPage::refreshLayers);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &MappingPage::refreshLayers);
  connect(&estimates_, &EstimateController::inputChanged, this, [this] {
    refreshLayers();
    studySoon();
  });
  connect(&theme_, &Theme::changed, this, [this] {
    refreshLayers();
    showCandidates();
    check();
  });
  bindButtons();
  bindLists();
  bindFiles();
  refreshLayers();
}

QString MappingPage::checkText() const {
  return check_->text();
}

QString MappingPage::titleText() const {
  return title_->text();
}

QString MappingPage::iterationText() const {
  return iteration_->text();
}

QString MappingPage::currentLayer() const {
  return layers_->currentItem() ? layers_->currentItem()->data(nameRole).toString() : QString();
}

QStringList MappingPage::selectedLayers() const {
  QStringList names;
  for (const QListWidgetItem* item : layers_->selectedItems()) names << item->data(nameRole).toString();
  if (names.isEmpty() && layers_->currentItem()) names << currentLayer();
  return names;
}

void MappingPage::refreshLayers() {
  const Network* network = estimates_.network().get();
  if (!network) {
    if (!estimates_.input().tracePath.isEmpty()) layers_->clear();  // it has none to be mapped
    for (int row = 0; row < layers_->count(); ++row)
      layers_->item(row)->setForeground(theme_.colour(&Palette::mutedText));
    sayOutOfDate();
    return;
  }
  std::map<std::string, QString> state, reasons;
  if (const auto& estimate = estimates_.outcome().estimate) {
    for (const LayerEstimate& layer : estimate->layers) {
      QString text = tr("%1 cycles").arg(grouped(layer.cycles));
      if (const auto before = estimates_.cyclesBefore(layer.name)) {
        const QString difference = differenceText(layer.cycles, *before);
        if (!difference.isEmpty()) text += QStringLiteral("  ") + difference;
      }
      state[layer.name] = text;
      for (const std::string& fused : layer.fused)
        state[fused] = tr("with %1").arg(QString::fromStdString(layer.name));
    }
    for (const UnmappedLayer& layer : estimate->unmapped) {
      state[layer.name] = tr("not mapped");
      reasons[layer.name] = QString::fromStdString(layer.reason);
    }
  }
  refreshing_ = true;
  const QString current = currentLayer();
  const bool same = layers_->count() == static_cast<int>(network->layers.size());
  if (!same) layers_->clear();
  for (std::size_t i = 0; i < network->layers.size(); ++i) {
    const Layer& layer = network->layers[i];
    QListWidgetItem* item = same ? layers_->item(static_cast<int>(i)) : new QListWidgetItem(layers_);
    const auto choice = estimates_.input().choices.find(layer.name);
    const bool chosen = choice != estimates_.input().choices.end() && !choice->second.mapping.empty();
    const auto found = state.find(layer.name);
    const QString name = QString::fromStdString(layer.name);
    item->setData(nameRole, name);
    item->setText((chosen ? QStringLiteral("● ") : QString()) + name +
                  (found == state.end() ? QString() : QStringLiteral("   ") + found->second));
    item->setToolTip(QStringLiteral("%1 (%2)\n%3")
                         .arg(name, QString::fromStdString(layer.operatorName),
                              chosen ? tr("attached: %1").arg(QString::fromStdString(choice->second.mapping))
                              : reasons.contains(layer.name) ? tr("not mapped: %1").arg(reasons[layer.name])
                                                             : tr("the best mapping is chosen")) +
                     (estimates_.outOfDate() ? QLatin1Char('\n') + tr("Out of date.") : QString()));
    item->setSizeHint({0, 23});
    item->setForeground(estimates_.outOfDate() ? theme_.colour(&Palette::mutedText)
                                               : theme_.colour(&Palette::text));
    if (name == current) layers_->setCurrentItem(item, QItemSelectionModel::NoUpdate);
  }
  const bool none = !layers_->currentItem() && layers_->count() > 0;
  if (none) layers_->setCurrentRow(0);
  refreshing_ = false;
  // Another network with as many layers has another one in the same row.
  if (none || currentLayer() != current) studySoon();
}

void MappingPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  studySoon();
}

void MappingPage::studySoon() {
  sayOutOfDate();
  if (isVisible()) soon_.start();
}

void MappingPage::sayOutOfDate() {
  const QString layer = currentLayer();
  refreshAttach(*attach_, study_.layer == layer && !study_.shown.isEmpty());
  title_->setText(layer.isEmpty() ? QString() : tr("%1: looking …").arg(layer));
  iteration_->setText(layer.isEmpty() ? QString() : tr("Looking …"));
  if (study_.layer == layer) return;
  refreshing_ = true;
  candidates_->setRowCount(0);
  refreshing_ = false;
  bars_->setUses({});
  instructions_->clear();
}

void MappingPage::startStudy() {
  const QString layer = currentLayer();
  if (layer.isEmpty() || !estimates_.input().document) return take({});
  jobs_.start(
      studies, tr("Looking at %1").arg(layer), this,
      [request = StudyRequest{estimates_.input(), layer, wanted_}](Progress& progress) {
        return studyLayer(request, progress);
      },
      [this, layer](LayerStudy study) {
        if (layer == currentLayer()) take(std::move(study));
      });
}

void MappingPage::take(LayerStudy study) {
  study_ = std::move(study);
  const auto fitting = std::count_if(study_.candidates.begin(), study_.candidates.end(),
                                     [](const MappingCandidate& c) { return c.fits; });
  const QString fit = fitting == 1 ? tr("1 mapping fits") : tr("%1 mappings fit").arg(fitting);
  title_->setText(QStringLiteral("%1 (%2): %3").arg(study_.layer, study_.operatorName, fit));
  if (study_.operatorName.isEmpty()) title_->setText(study_.layer);  // there is something wrong: see Problems
  showCandidates();
  refreshAttach(*attach_, !study_.shown.isEmpty());
  showMapping(study_.shown);
  bars_->setUses(study_.memories);
  iteration_->setText(
      !study_.instructions.empty()
          ? tr("One iteration of %1").arg(study_.iteration.isEmpty() ? tr("the program") : study_.iteration)
      : study_.noProgram.isEmpty() && !study_.layer.isEmpty()
          ? tr("No program: the architecture or the network has errors; see Problems.")
          : study_.noProgram);
  const int lines = static_cast<int>(study_.instructions.size());
  while (instructions_->count() > lines) delete instructions_->takeItem(instructions_->count() - 1);
  for (int line = 0; line < lines; ++line) {
    const QString& text = study_.instructions[static_cast<std::size_t>(line)].text;
    if (line < instructions_->count()) {
      instructions_->item(line)->setText(text);
    } else {
      instructions_->addItem(text);
    }
  }
  editor_->setNames(study_.names);
  refreshTunables();
  check();
}

/// Cells that stay keep their items: a study comes whenever something changes, also while one is dragged.
void MappingPage::showCandidates() {
  refreshing_ = true;
  candidates_->setRowCount(static_cast<int>(study_.candidates.size()));
  const auto choice = estimates_.input().choices.find(study_.layer.toStdString());
  const QString attached =
      choice == estimates_.input().choices.end() ? QString() : QString::fromStdString(choice->second.mapping);
  for (int row = 0; row < candidates_->rowCount(); ++row) {
    const MappingCandidate& c = study_.candidates[static_cast<std::size_t>(row)];
    const QString state = !c.fits              ? c.reason
                          : c.name == attached ? tr("attached")
                          : c.fused.isEmpty()  ? (row == 0 ? tr("fits, fewest cycles") : tr("fits"))
                                               : tr("fits, with %1").arg(c.fused.join(QStringLiteral(", ")));
    const QString cells[] = {c.name, c.cycles ? grouped(*c.cycles) : QString(), state};
    for (int column = 0; column < 3; ++column) {
      QTableWidgetItem* item = candidates_->item(row, column);
      if (!item) candidates_->setItem(row, column, item = new QTableWidgetItem);
      item->setText(cells[column]);
      item->setData(nameRole, c.name);
      item->setToolTip(cells[column]);
      item->setForeground(theme_.colour(c.fits            ? &Palette::text
                                        : c.otherOperator ? &Palette::mutedText
                                                          : &Palette::warning));
      item->setFont(theme_.font(9, c.name == attached));
    }
    if (c.name == study_.shown && candidates_->currentRow() != row) candidates_->setCurrentCell(row, 0);
  }
  candidates_->resizeColumnToContents(0);
  candidates_->setColumnWidth(0, std::clamp(candidates_->columnWidth(0) + 8, 80, 210));
  candidates_->resizeColumnToContents(1);
  refreshing_ = false;
}

const MappingCandidate* MappingPage::candidate(const QString& name) const {
  const auto found = std::find_if(study_.candidates.begin(), study_.candidates.end(),
                                  [&](const MappingCandidate& c) { return c.name == name; });
  return found == study_.candidates.end() ? nullptr : &*found;
}

void MappingPage::setCurrentLayer(const QString& name) {
  for (int row = 0; row < layers_->count(); ++row) {
    if (layers_->item(row)->data(nameRole).toString() != name || row == layers_->currentRow()) continue;
    refreshing_ = true;
    layers_->setCurrentRow(row);
    refreshing_ = false;
    wanted_.clear();
    studySoon();
    return;
  }
}

}  // namespace taktwerk
