// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/results_tab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "widgets/compare/difference_model.h"
#include "widgets/compare/lines_model.h"
#include "widgets/compare/pin_panel.h"
#include "widgets/compare/sides_model.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/page_parts.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
enum Detail { parameterDetail, wordDetail, lineDetail };
}

ResultsTab::ResultsTab(const Theme& theme, Session& session, EstimateController& estimates,
                       CommandTable& commands, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      session_(session),
      estimates_(estimates),
      model_(new DifferenceModel(theme, this)),
      filter_(new DifferenceFilter(this)),
      causes_(new SidesModel(theme, tr("Cause"), tr("missing"), true, this)),
      words_(new SidesModel(theme, tr("Memory"), tr("missing"), true, this)),
      parameters_(new SidesModel(theme, tr("Parameter"), tr("not there"), false, this)),
      lines_(new LinesModel(theme, this)),
      pins_(new PinPanel(theme, session, estimates, commands)),
      before_(new QComboBox),
      now_(new QComboBox),
      summary_(new QLabel),
      message_(new WrappedLabel),
      only_(new QCheckBox(tr("Only what differs"))),
      shown_(new QLabel),
      whyNone_(new WrappedLabel),
      causesOf_(makeHeading(theme, {})),
      layers_(makeTable(*filter_, tr("Layers of both results"))),
      causeTable_(makeTable(*causes_, tr("Causes of both results"))),
      details_(new QTabWidget),
      body_(new QStackedWidget) {
  filter_->setSourceModel(model_);
  filter_->setSortRole(DifferenceModel::SortRole);
  layers_->setSortingEnabled(true);
  layers_->sortByColumn(DifferenceModel::Name, Qt::AscendingOrder);
  only_->setChecked(true);
  message_->hide();
  arrange();
  bind();
}

QWidget* ResultsTab::makeHead() {
  before_->setAccessibleName(tr("Baseline"));
  before_->setToolTip(tr("What differences refer to, here and in all views"));
  now_->setAccessibleName(tr("Compared with it"));
  now_->setToolTip(tr("What is compared with the baseline"));
  for (QComboBox* box : {before_, now_}) {
    box->setMinimumContentsLength(16);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  }
  summary_->setFont(theme_.font(11, true));
  summary_->setTextFormat(Qt::RichText);
  summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* sides = new QHBoxLayout;
  sides->setSpacing(8);
  auto* label = new QLabel(tr("Baseline"));
  label->setBuddy(before_);
  sides->addWidget(label);
  sides->addWidget(before_, 1);
  sides->addWidget(new QLabel(QStringLiteral("→")));
  sides->addWidget(now_, 1);
  auto* below = new QHBoxLayout;
  below->setSpacing(12);
  below->addWidget(summary_, 1);
  below->addWidget(shown_);
  below->addWidget(only_);
  auto* head = new QWidget;
  auto* column = new QVBoxLayout(head);
  column->setContentsMargins(12, 8, 12, 6);
  column->setSpacing(6);
  column->addLayout(sides);
  column->addLayout(below);
  column->addWidget(message_);
  return head;
}

QWidget* ResultsTab::makeBelow() {
  auto* lines = new QListView;
  lines->setModel(lines_);
  lines->setUniformItemSizes(true);
  lines->setAccessibleName(tr("Lines of text that differ"));
  details_->setDocumentMode(true);
  details_->addTab(makeTable(*parameters_, tr("Parameters that differ")), {});
  details_->addTab(makeTable(*words_, tr("Words moved in both results")), {});
  details_->addTab(lines, {});
  auto* below = new QSplitter(Qt::Horizontal);
  below->addWidget(under(causesOf_, causeTable_));
  below->addWidget(details_);
  below->setSizes({500, 500});
  below->setChildrenCollapsible(false);
  return below;
}

void ResultsTab::arrange() {
  whyNone_->setAlignment(Qt::AlignCenter);
  whyNone_->setContentsMargins(40, 20, 40, 20);
  auto* results = new QSplitter(Qt::Vertical);
  results->addWidget(layers_);
  results->addWidget(makeBelow());
  results->setSizes({500, 300});
  results->setChildrenCollapsible(false);
  body_->addWidget(results);
  body_->addWidget(whyNone_);
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  column->addWidget(body_, 1);
  auto* sides = new QSplitter(Qt::Horizontal);
  sides->addWidget(pins_);
  sides->addWidget(right);
  sides->setSizes({300, 900});
  sides->setStretchFactor(1, 1);
  sides->setChildrenCollapsible(false);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(sides);
  setFocusProxy(layers_);
}

void ResultsTab::bind() {
  connect(only_, &QCheckBox::toggled, this, [this](bool only) {
    filter_->setOnlyDifferences(only);
    setCurrentLayer(layer_);
    showFilter();
  });
  connect(layers_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (!current.isValid() || following_) return;
            const auto row = static_cast<std::size_t>(filter_->mapToSource(current).row());
            layer_ = QString::fromStdString(model_->layers()[row].layer);
            showLayer();
            Q_EMIT layerSelected(layer_);
          });
  connect(before_, &QComboBox::activated, this, [this](int index) {
    session_.setBaseline(index == 0 ? std::nullopt
                                    : std::optional<std::size_t>(static_cast<std::size_t>(index - 1)));
  });
  connect(now_, &QComboBox::activated, this, [this](int index) {
    compareWith(index == 0 ? ComparedWith()
                           : ComparedWith{session_.pins()[static_cast<std::size_t>(index - 1)].result});
  });
  connect(&session_, &Session::pinsChanged, this, &ResultsTab::refresh);
  connect(&session_, &Session::baselineChanged, this, &ResultsTab::refresh);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &ResultsTab::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, [this] {
    if (compared_.outOfDate != (!with_.pin && estimates_.outOfDate())) refresh();
  });
  connect(&theme_, &Theme::changed, this, &ResultsTab::refresh);
}

void ResultsTab::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) refreshNow();
}

void ResultsTab::refresh() {
  stale_ = true;
  if (isVisible()) refreshNow();
}

void ResultsTab::compareWith(const ComparedWith& with) {
  with_ = with;
  refresh();
}

void ResultsTab::fillChoices() {
  before_->clear();
  before_->addItem(tr("The run before"));
  now_->clear();
  now_->addItem(tr("The present result"));
  for (const PinnedResult& pin : session_.pins()) {
    for (QComboBox* box : {before_, now_}) box->addItem(shortened(pin.title, 200));
  }
  const auto baseline = session_.baselinePlace(), chosen = placeOf(session_, with_.pin);
  if (!chosen) with_ = {};  // it was taken out
  before_->setCurrentIndex(baseline ? static_cast<int>(*baseline) + 1 : 0);
  now_->setCurrentIndex(chosen ? static_cast<int>(*chosen) + 1 : 0);
}

void ResultsTab::refreshNow() {
  stale_ = false;
  fillChoices();
  compared_ = compareResults(session_, estimates_, with_);
  const auto& difference = compared_.difference;
  following_ = true;  // what is selected goes with the rows, and comes back
  model_->setLayers(difference ? difference->layers : std::vector<LayerChange>());
  following_ = false;
  parameters_->setRows(difference ? rowsOf(difference->parameters) : std::vector<SidesRow>());
  lines_->setSources(compared_.sources);
  details_->setTabText(parameterDetail, parameters_->rows().empty()
                                            ? tr("Parameters: the same")
                                            : tr("Parameters (%1)").arg(parameters_->rows().size()));
  details_->setTabText(lineDetail, !compared_.sourcesKnown ? tr("Text: not known")
                                   : compared_.sources.empty()
                                       ? tr("Text: the same")
                                       : tr("Text (%1 lines)").arg(lines_->changed()));
  details_->setTabText(wordDetail, tr("Words moved"));
  details_->setTabToolTip(lineDetail,
                          tr("Architecture, network and mappings; files of results do not hold them"));
  whyNone_->setText(compared_.whyNone);
  body_->setCurrentIndex(difference ? 0 : 1);
  showSummary();
  showFilter();
  setCurrentLayer(layer_);
  fitColumns(*layers_, DifferenceModel::What);
  for (QTableView* table : details_->findChildren<QTableView*>()) fitColumns(*table, SidesModel::Name);
}

void ResultsTab::showSummary() {
  summary_->clear();
  if (!compared_.difference) return;
  const CycleChange& cycles = compared_.difference->cycles;
  const auto side = [](const ResultDifference::Side& of, const std::optional<Cycles>& total) {
    if (!total) return tr("missing");
    return of.complete ? grouped(*total) : tr("at least %1").arg(grouped(*total));
  };
  QString text = tr("%1 → %2 cycles")
                     .arg(side(compared_.difference->before, cycles.before),
                          side(compared_.difference->now, cycles.now));
  if (const auto change = cycles.absolute()) {
    const QString words = *change == 0 ? tr("no difference") : differenceText(*cycles.now, *cycles.before);
    const QColor colour =
        *change == 0 ? theme_.colour(&Palette::mutedText) : changeColour(theme_, *change < 0);
    text += QStringLiteral(" &nbsp;<span style=\"color:%1\">%2</span>").arg(colour.name(), words);
  }
  if (compared_.outOfDate) {
    text += QStringLiteral(" &nbsp;<span style=\"color:%1; font-weight:normal\">%2</span>")
                .arg(theme_.colour(&Palette::mutedText).name(), tr("out of date"));
  }
  summary_->setText(text);
}

void ResultsTab::showFilter() {
  const int all = model_->rowCount(), some = filter_->rowCount();
  QString text;
  if (all > 0 && only_->isChecked()) {
    text = some == 0 ? tr("no layer of %1 differs").arg(all)
                     : tr("showing %1 of %2: only what differs").arg(some).arg(all);
  } else if (all > 0) {
    text = tr("showing all %1 layers").arg(all);
  }
  shown_->setText(text);
  shown_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::mutedText).name()));
}

const LayerChange* ResultsTab::layerNamed(const QString& name) const {
  for (const LayerChange& layer : model_->layers()) {
    if (QString::fromStdString(layer.layer) == name) return &layer;
  }
  return nullptr;
}

void ResultsTab::showLayer() {
  const LayerChange* layer = layerNamed(layer_);
  const auto& difference = compared_.difference;
  if (difference) {
    causes_->setRows(rowsOf(layer ? layer->causes : difference->causes));
    words_->setRows(rowsOf(layer ? layer->traffic : difference->traffic));
  } else {
    causes_->setRows({});
    words_->setRows({});
  }
  QString text = layer ? tr("Causes of %1").arg(shortened(layer_, 60)) : tr("Causes of all layers");
  if (layer && layer->causes.empty())
    text = tr("Neither result says where the cycles of %1 went").arg(shortened(layer_, 60));
  if (layer && !layer->differs() && only_->isChecked()) text += tr(" (not in the list: it does not differ)");
  causesOf_->setText(text);
  fitColumns(*causeTable_, SidesModel::Name);
}

void ResultsTab::setCurrentLayer(const QString& name) {
  layer_ = name;
  following_ = true;
  const QModelIndex before = layers_->currentIndex();
  bool found = false;
  for (int row = 0; row < filter_->rowCount() && !found; ++row) {
    const QModelIndex index = filter_->index(row, DifferenceModel::Name);
    const auto source = static_cast<std::size_t>(filter_->mapToSource(index).row());
    found = QString::fromStdString(model_->layers()[source].layer) == name;
    if (found && row != before.row()) layers_->setCurrentIndex(index);
    if (found) layers_->scrollTo(index);
  }
  if (!found) {
    layers_->clearSelection();
    layers_->setCurrentIndex({});
  }
  following_ = false;
  showLayer();
}

void ResultsTab::say(const QString& message) {
  message_->setText(message);
  message_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::warning).name()));
  message_->setVisible(!message.isEmpty());
}

QString ResultsTab::filterText() const {
  return shown_->text();
}

QString ResultsTab::summaryText() const {
  return summary_->text();
}

}  // namespace taktwerk
