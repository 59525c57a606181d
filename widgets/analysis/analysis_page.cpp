// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/analysis_page.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "widgets/analysis/block_model.h"
#include "widgets/analysis/cause_model.h"
#include "widgets/analysis/list_models.h"
#include "widgets/analysis/remedy_study.h"
#include "widgets/analysis/share_bars.h"
#include "widgets/document/document.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/estimate/sentence_label.h"
#include "widgets/theme/table_look.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<RemedyStudy> remedyStudies{"remedies"};

const LayerEstimate* layerOf(const NetworkEstimate& estimate, const std::string& name) {
  for (const LayerEstimate& layer : estimate.layers) {
    if (layer.name == name) return &layer;
  }
  return nullptr;
}

}  // namespace

AnalysisPage::AnalysisPage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      selection_(models.session.selection(), [this] { return document_ ? document_->shown : nullptr; }),
      causes_(new CauseModel(this)),
      blocks_(new BlockModel(this)),
      moved_(new MovedModel(this)),
      filling_(new FillingModel(this)),
      sentence_(new SentenceLabel(models.theme)),
      filter_(new QLabel),
      all_(new QToolButton),
      leftOut_(new WrappedLabel),
      causeTree_(new QTreeView),
      sortedBlocks_(new QSortFilterProxyModel(this)),
      tables_(new QTabWidget) {
  build();
  EstimateController& estimates = models_.estimates;
  connect(&estimates, &EstimateController::outcomeChanged, this, &AnalysisPage::refresh);
  connect(&estimates, &EstimateController::stateChanged, this, &AnalysisPage::refreshSentence);
  connect(&models_.session, &Session::layerChanged, this, &AnalysisPage::refresh);
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this,
          &AnalysisPage::followSelection);
  connect(sentence_, &SentenceLabel::objectActivated, this, [this](const QString& object) {
    const auto& estimate = models_.estimates.outcome().estimate;
    if (!estimate) return;
    for (std::uint32_t i = 0; i < estimate->machine->objectNames.size(); ++i) {
      if (QString::fromStdString(estimate->machine->objectNames[i]) == object) select({i});
    }
  });
  connect(sentence_, &SentenceLabel::layerActivated, this,
          [this](const QString& layer) { models_.session.setLayer(layer, this); });
  connect(sentence_, &SentenceLabel::stepActivated, this, [this](const QString& setting) {
    const QStringList what{setting, QString::fromStdString(shownLayer())};
    models_.session.reveal(QStringLiteral("change"), what);
  });
  refresh();
}

QTableView* AnalysisPage::makeTable(QSortFilterProxyModel* sorted, const QString& name) {
  auto* table = new QTableView;
  table->setModel(sorted);
  table->setSortingEnabled(true);
  setTableLook(*table, name);
  table->horizontalHeader()->setMinimumSectionSize(54);
  return table;
}

void AnalysisPage::build() {
  all_->setText(tr("Show all layers"));
  all_->setToolTip(tr("Look at the whole network again"));
  connect(all_, &QToolButton::clicked, this, [this] { models_.session.setLayer({}, this); });

  causeTree_->setModel(causes_);
  causeTree_->setAccessibleName(tr("Causes on the critical path"));
  causeTree_->setUniformRowHeights(true);
  causeTree_->setItemDelegateForColumn(CauseModel::Share,
                                       new ShareBars(models_.theme, CauseModel::ShareRole, causeTree_));
  causeTree_->header()->setStretchLastSection(false);
  causeTree_->header()->setSectionResizeMode(CauseModel::What, QHeaderView::Stretch);
  causeTree_->setColumnWidth(CauseModel::CycleCount, 110);
  causeTree_->setColumnWidth(CauseModel::Share, 84);
  connect(causeTree_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid() && !following_) select(causes_->causeOf(current).object);
          });
  buildTables();
  layOut();
}

void AnalysisPage::buildTables() {
  sortedBlocks_->setSourceModel(blocks_);
  sortedBlocks_->setSortRole(BlockModel::SortRole);
  blockTable_ = makeTable(sortedBlocks_, tr("What every block did of the time"));
  blockTable_->sortByColumn(BlockModel::Busy, Qt::DescendingOrder);
  blockTable_->setItemDelegateForColumn(BlockModel::Bar, new ShareBars(models_.theme, BlockModel::BusyRole,
                                                                       blockTable_, BlockModel::WaitingRole));
  blockTable_->horizontalHeader()->setSectionResizeMode(BlockModel::Bar, QHeaderView::Stretch);
  const std::pair<int, int> widths[] = {{BlockModel::Name, 130},   {BlockModel::Busy, 76},
                                        {BlockModel::Waiting, 80}, {BlockModel::Idle, 76},
                                        {BlockModel::Uses, 84},    {BlockModel::Places, 66}};
  for (const auto& [column, width] : widths) blockTable_->setColumnWidth(column, width);
  connect(blockTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (!current.isValid() || following_) return;
            const int row = sortedBlocks_->mapToSource(current).row();
            select(blocks_->table().blocks[static_cast<std::size_t>(row)].object);
          });
  const auto sorted = [this](QAbstractItemModel* model) {
    auto* proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(model);
    proxy->setSortRole(MovedModel::SortRole);
    return proxy;
  };
  movedTable_ = makeTable(sorted(moved_), tr("What memories moved"));
  movedTable_->sortByColumn(MovedModel::WordsRead, Qt::DescendingOrder);
  movedTable_->horizontalHeader()->setSectionResizeMode(MovedModel::Name, QHeaderView::Stretch);
  fillingTable_ = makeTable(sorted(filling_), tr("What is partly filled"));
  fillingTable_->sortByColumn(FillingModel::Passes, Qt::AscendingOrder);
  fillingTable_->horizontalHeader()->setSectionResizeMode(FillingModel::Passes, QHeaderView::Stretch);
  fillingTable_->setColumnWidth(FillingModel::What, 200);
}

void AnalysisPage::layOut() {
  auto* blocks = new QWidget;
  auto* column = new QVBoxLayout(blocks);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(blockTable_, 1);
  leftOut_->setContentsMargins(10, 2, 10, 4);
  column->addWidget(leftOut_);
  tables_->addTab(blocks, tr("Blocks"));
  tables_->addTab(movedTable_, tr("Words moved"));
  tables_->addTab(fillingTable_, tr("Partly filled"));
  tables_->setTabToolTip(
      2, tr("Passes that use a part of an array, or of what an operation takes at once, take as "
            "long as full ones"));

  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->addWidget(causeTree_);
  splitter->addWidget(tables_);
  splitter->setStretchFactor(0, 2);
  splitter->setStretchFactor(1, 3);
  splitter->setChildrenCollapsible(false);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 8, 8);
  head->setSpacing(10);
  head->addWidget(sentence_, 1);
  head->addWidget(filter_);
  head->addWidget(all_);
  auto* page = new QVBoxLayout(this);
  page->setContentsMargins(0, 0, 0, 0);
  page->setSpacing(0);
  page->addLayout(head);
  page->addWidget(splitter, 1);
  setFocusProxy(causeTree_);
}

std::string AnalysisPage::shownLayer() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  const std::string layer = models_.session.layer().toStdString();
  return estimate && layerOf(*estimate, layer) != nullptr ? layer : std::string();
}

void AnalysisPage::refresh() {
  const auto& estimate = models_.estimates.outcome().estimate;
  document_ = estimate ? models_.estimates.outcome().document : nullptr;
  const std::string layer = shownLayer();
  const LayerEstimate* one = estimate ? layerOf(*estimate, layer) : nullptr;
  following_ = true;
  causes_->setTable(!estimate ? CauseTable{}
                    : one     ? causeTable(one->breakdown, *estimate->machine)
                              : totalOf(*estimate));
  blocks_->setTable(!estimate ? UtilisationTable{}
                    : one     ? utilisationOf(*one, *estimate->machine)
                              : utilisationOf(*estimate));
  moved_->setRows(!estimate ? std::vector<MovedWords>{}
                  : one     ? trafficOf(*one, *estimate->machine)
                            : trafficOf(*estimate));
  std::vector<PartlyFilled> filling = estimate ? partlyFilled(*estimate) : std::vector<PartlyFilled>{};
  if (one) std::erase_if(filling, [&](const PartlyFilled& each) { return each.layer != layer; });
  filling_->setRows(std::move(filling));
  following_ = false;
  QStringList leftOut;
  for (const std::string& name : blocks_->table().leftOut) leftOut << QString::fromStdString(name);
  leftOut_->setVisible(!leftOut.isEmpty());
  leftOut_->setText(tr("Not counted, as not every instruction of them was timed: %1")
                        .arg(shortened(leftOut.join(QStringLiteral(", ")))));
  tables_->setTabText(
      2, filling_->rowCount() > 0 ? tr("Partly filled (%1)").arg(filling_->rowCount()) : tr("Partly filled"));
  remedies_.reset();
  asked_ = false;
  refreshSentence();
  askForRemedies();
  followSelection(nullptr);
  Q_EMIT filled();
}

void AnalysisPage::refreshSentence() {
  const auto& estimate = models_.estimates.outcome().estimate;
  const std::string layer = shownLayer();
  filter_->setText(layer.empty() ? tr("All layers") : tr("Layer %1").arg(shortened(layer, 40)));
  all_->setVisible(!layer.empty());
  const auto decider = estimate ? deciderOf(*estimate, layer) : std::nullopt;
  if (!decider) {
    sentence_->setSentence({}, false);
    return;
  }
  const std::string name = layer.empty() ? estimate->network : layer;
  sentence_->setSentence(bottleneckSentence(*decider, name, remedies_ ? &*remedies_ : nullptr),
                         models_.estimates.outOfDate());
  if (models_.estimates.outOfDate()) models_.jobs.cancel(remedyStudies, this);
}

void AnalysisPage::askForRemedies() {
  const auto& estimate = models_.estimates.outcome().estimate;
  if (asked_ || !isVisible() || !estimate || estimate->layers.empty() || models_.estimates.outOfDate())
    return;
  asked_ = true;
  const EstimateInput input = models_.estimates.input();
  // A trace has no layers to be asked for by name.
  const std::string layer = input.tracePath.isEmpty() ? shownLayer() : std::string();
  models_.jobs.start(
      remedyStudies, tr("Looking for what would help"), this,
      [input, layer](Progress& progress) { return studyRemedies(input, layer, progress); },
      [this, estimate](RemedyStudy found) {
        if (!found.known || estimate != models_.estimates.outcome().estimate) return;
        remedies_ = std::move(found.remedies);
        refreshSentence();
      });
}

void AnalysisPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  askForRemedies();
}

bool AnalysisPage::isWaiting() const {
  return models_.jobs.running(remedyStudies, this);
}

QString AnalysisPage::sentenceText() const {
  return sentence_->plain();
}

QString AnalysisPage::filterText() const {
  return filter_->text();
}

QString AnalysisPage::whyEmpty() const {
  if (causes_->rowCount() > 0 || blocks_->rowCount() > 0) return {};
  return tr("No cycles to explain: no layer could be timed. The Layers table has the reasons.");
}

void AnalysisPage::select(MachineObjectId object) {
  if (!document_ || !object.valid()) return;
  const ShownId shown = shownObject(object, models_.estimates.outcome().objects, *document_);
  if (!shown.valid()) return;
  selection_.select({shown}, this);
  followSelection(nullptr);  // what else is of it here is marked, too
}

void AnalysisPage::followSelection(const QObject* origin) {
  if (origin == this || !document_) return;
  const ObjectTable& objects = models_.estimates.outcome().objects;
  const ShownSelection::Objects& selected = selection_.objects();
  const auto isSelected = [&](MachineObjectId object) {
    return object.valid() && selected.contains(shownObject(object, objects, *document_));
  };
  following_ = true;
  QModelIndex cause, block;
  for (int row = 0; row < causes_->rowCount() && !cause.isValid(); ++row) {
    if (isSelected(causes_->causeOf(causes_->index(row, 0)).object)) cause = causes_->index(row, 0);
  }
  for (int row = 0; row < sortedBlocks_->rowCount() && !block.isValid(); ++row) {
    const int source = sortedBlocks_->mapToSource(sortedBlocks_->index(row, 0)).row();
    if (isSelected(blocks_->table().blocks[static_cast<std::size_t>(source)].object)) {
      block = sortedBlocks_->index(row, 0);
    }
  }
  causeTree_->setCurrentIndex(cause);
  blockTable_->setCurrentIndex(block);
  following_ = false;
}

}  // namespace taktwerk
