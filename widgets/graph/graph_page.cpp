// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_page.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "core/analysis/graph_search.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/estimate/wanted_layer.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_export.h"
#include "widgets/graph/graph_legend.h"
#include "widgets/graph/laid_out_canvas.h"
#include "widgets/graph/laid_out_pane.h"
#include "widgets/graph/path_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const LayerGraph>> graphs{"graph"};
constexpr JobChannel<Diagnostics> exports{"graph export"};

QString firstOf(const Diagnostics& diagnostics) {
  for (const Diagnostic& each : diagnostics) {
    if (each.severity == Severity::Error) return QString::fromStdString(each.message);
  }
  return {};
}

}  // namespace

GraphPage::GraphPage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      selection_(models.session.selection(),
                 [this] {
                   const auto& document = models_.estimates.outcome().document;
                   return document ? document->shown : nullptr;
                 }),
      path_(new PathModel(models.theme, this)) {
  build();
  connectParts();
  showWindow();
  refresh();
}

void GraphPage::connectParts() {
  const EstimateController& estimates = models_.estimates;
  connect(&estimates, &EstimateController::outcomeChanged, this, &GraphPage::refresh);
  connect(&estimates, &EstimateController::stateChanged, this, &GraphPage::showSummary);
  connect(layers_, &QComboBox::activated, this, [this] {
    const QString name = layers_->currentData().toString();
    Q_EMIT layerSelected(name);
    setCurrentLayer(name);
  });
  connect(unit_, &QComboBox::activated, this, &GraphPage::typeWindow);
  for (QDoubleSpinBox* box : {first_, count_}) {
    connect(box, &QDoubleSpinBox::valueChanged, this, &GraphPage::typeWindow);
  }
  connect(&models_.session, &Session::windowChanged, this, [this] {
    showWindow();
    limit_ = shownUnasked;
    stopped_ = false;
    look();
  });
  connect(form_, &QComboBox::activated, this, &GraphPage::showForm);
  connect(search_, &QLineEdit::returnPressed, this, [this] { search(search_->text()); });
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty()) search({});
  });
  connect(showAll_, &QPushButton::clicked, this, [this] {
    limit_ = std::min(graph_->chosen.wanted, shownAtMost);
    look();
  });
  connect(more_, &QPushButton::clicked, this,
          [this] { isLaidOut() ? laidOut_->canvas().showMore() : canvas_->showMore(); });
  connect(stop_, &QPushButton::clicked, this, [this] {
    stopped_ = models_.jobs.running(graphs, this);
    if (stopped_) return models_.jobs.cancel(graphs, this);
    look();
  });
  connect(export_, &QPushButton::clicked, this, &GraphPage::exportPicture);
  connect(legend_, &GraphLegend::shownChanged, this, [this] {
    canvas_->setShown(legend_->kinds(), legend_->critical(), legend_->allEdges());
    laidOut_->canvas().setShown(legend_->kinds(), legend_->critical());
  });
  connect(canvas_, &GraphCanvas::nodeSelected, this, [this](qint64 node) {
    const int row = node < 0 ? -1 : path_->rowOf(static_cast<std::uint32_t>(node));
    list_->setCurrentIndex(row < 0 ? QModelIndex() : path_->index(row, 0));
    if (node < 0) return showNode(std::nullopt);
    showNode(static_cast<std::uint32_t>(node));
    selectBlocks({static_cast<std::uint32_t>(node)});
  });
  const LaidOutCanvas* const boxes = &laidOut_->canvas();
  const auto offerMore = [this] {
    more_->setVisible(isLaidOut() ? laidOut_->canvas().hasMore() : canvas_->hasMore());
  };
  connect(canvas_, &GraphCanvas::neighboursChanged, this, offerMore);
  connect(boxes, &LaidOutCanvas::neighboursChanged, this, offerMore);
  connect(canvas_, &GraphCanvas::stepAsked, this, &GraphPage::step);
  connect(boxes, &LaidOutCanvas::stepAsked, this, &GraphPage::step);
  connect(boxes, &LaidOutCanvas::boxSelected, this, &GraphPage::chooseBox);
  connect(laidOut_, &LaidOutPane::changed, this, &GraphPage::showLaidOut);
  list_->installEventFilter(this);
  connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& index) {
            if (!index.isValid() || !graph_ || choosing_) return;
            selectNode(graph_->path[static_cast<std::size_t>(index.row())].node);
          });
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this, &GraphPage::markSelected);
}

QString GraphPage::wantedLayer() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  return estimate ? taktwerk::wantedLayer(*estimate, models_.session.layer()) : QString();
}

QString GraphPage::whyEmpty() const {
  const auto& estimate = models_.estimates.outcome().estimate;
  if (!estimate || !estimate->layers.empty()) return {};
  return tr("No graph to show: no layer could be timed. The Layers table has the reasons.");
}

QString GraphPage::message() const {
  return stack_->currentIndex() == 0 ? message_->text() : QString();
}

QString GraphPage::summary() const {
  return summary_->text();
}

QString GraphPage::detail() const {
  return detail_->text();
}

bool GraphPage::isWaiting() const {
  return models_.jobs.running(graphs, this) || (isLaidOut() && laidOut_->isWaiting());
}

void GraphPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  look();
}

/// The keys along the critical path in its list, which would look for a row that begins so.
bool GraphPage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Period || key == Qt::Key_Comma) {
      step(key == Qt::Key_Period ? 1 : -1);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void GraphPage::setCurrentLayer(const QString&) {
  stopped_ = false;
  limit_ = shownUnasked;
  refresh();
}

void GraphPage::refresh() {
  fillLayers();
  look();
  showSummary();
  Q_EMIT emptinessChanged();
}

void GraphPage::fillLayers() {
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

void GraphPage::showWindow() {
  const ProgramWindow& window = models_.session.window();
  const QSignalBlocker quietUnit(unit_), quietFirst(first_), quietCount(count_);
  unit_->setCurrentIndex(window.unit == ProgramWindow::Unit::Iterations ? 0 : 1);
  first_->setValue(static_cast<double>(window.first));
  count_->setValue(static_cast<double>(window.count));
}

void GraphPage::typeWindow() {
  const auto unit =
      unit_->currentIndex() == 0 ? ProgramWindow::Unit::Iterations : ProgramWindow::Unit::Instructions;
  models_.session.setWindow(
      {unit, static_cast<std::int64_t>(first_->value()), static_cast<std::int64_t>(count_->value())}, this);
}

/// Starts the job, if what is there is not what is wanted.
void GraphPage::look() {
  const auto& estimate = models_.estimates.outcome().estimate;
  const QString layer = wantedLayer();
  const ProgramWindow window = models_.session.window();
  if (!isVisible() || !estimate || layer.isEmpty() || stopped_) return;
  const bool known =
      lookedAt_ == estimate && asked_ == layer && askedWindow_ == window && askedLimit_ == limit_;
  if (known) return;  // it is there, could not be made, or is being made
  asked_.clear();
  if (const UnmappedLayer* unmapped = unmappedLayer(*estimate, layer)) {
    return say(tr("%1 has no program: %2").arg(layer, QString::fromStdString(unmapped->reason)));
  }
  if (models_.estimates.outOfDate()) {
    const bool there = graph_ && graph_->layer == layer && graph_->asked == window;
    return there ? showGraph() : say(tr("The result is out of date. Press F5 to look at %1.").arg(layer));
  }
  asked_ = layer;
  askedWindow_ = window;
  askedLimit_ = limit_;
  lookedAt_ = estimate;
  // What is out of date stays in sight until the next is there.
  const bool stays = stack_->currentIndex() == 1 && graph_->layer == layer && graph_->asked == window;
  if (!stays) say(tr("Making the graph of %1 …").arg(layer), true);
  models_.jobs.start(
      graphs, tr("Making the graph of %1").arg(layer), this,
      [input = models_.estimates.input(), layer, window, limit = limit_](Progress& progress) {
        return graphOfLayer(input, layer, window, limit, progress);
      },
      [this, estimate](const std::shared_ptr<const LayerGraph>& graph) { take(graph, estimate); });
}

void GraphPage::take(const std::shared_ptr<const LayerGraph>& graph,
                     const std::shared_ptr<const NetworkEstimate>& of) {
  if (of != lookedAt_ || graph->layer != asked_) return;  // something else is wanted by now
  // What came to its end just before it could be stopped was not wanted either.
  if (graph->cancelled || stopped_) {
    stopped_ = true;
    asked_.clear();
    return say(tr("Making the graph was stopped."));
  }
  if (!graph->chosen.problem.empty()) {
    return say(tr("No graph of %1: %2.").arg(graph->layer, QString::fromStdString(graph->chosen.problem)));
  }
  if (!graph->made) return say(tr("No graph of %1: %2").arg(graph->layer, firstOf(graph->diagnostics)));
  graph_ = graph;
  shownOf_ = of;
  const auto& document = models_.estimates.outcome().document;
  objects_ = document ? ObjectTable(*graph->program.machine, *document->architecture) : ObjectTable();
  path_->setGraph(graph_);
  canvas_->setGraph(graph_);
  laidOut_->setGraph(graph_);
  list_->resizeColumnsToContents();
  for (int column = 0; column < PathModel::Object; ++column) {
    const int widest = column == PathModel::CauseColumn ? 190 : 120;
    list_->setColumnWidth(column, std::min(list_->columnWidth(column), widest));
  }
  searched_.clear();
  found_.clear();
  showNode(std::nullopt);
  markSelected();
  showGraph();
}

void GraphPage::showGraph() {
  stack_->setCurrentIndex(1);
  stop_->hide();
  showSummary();
}

/// In place of the graph. One that was there is not kept: it is of something else.
void GraphPage::say(const QString& message, bool running) {
  message_->setText(message);
  stack_->setCurrentIndex(0);
  stop_->setText(running ? tr("Stop") : tr("Make it"));
  stop_->setVisible(running || stopped_);
  showAll_->hide();
  more_->hide();
  showSummary();
}

void GraphPage::showSummary() {
  const bool shown = graph_ && stack_->currentIndex() == 1;
  export_->setEnabled(shown && (!isLaidOut() || boxes()));
  search_->setEnabled(shown);
  if (!shown) return summary_->clear();
  const bool out = models_.estimates.outOfDate() || shownOf_ != models_.estimates.outcome().estimate;
  path_->setOutOfDate(out);
  const GraphWindow& window = graph_->window;
  const std::int64_t count = window.end - window.first;
  QString text = tr("Instructions %1 to %2, exactly as they are timed: %3 nodes, %4 edges")
                     .arg(grouped(window.first), grouped(window.end - 1),
                          grouped(static_cast<std::int64_t>(window.graph.nodes.size())),
                          grouped(static_cast<std::int64_t>(window.graph.edges.size())));
  if (models_.session.layer().isEmpty()) text += tr(", of the layer that takes most cycles");
  if (const LaidOutGraph* const folded = boxes()) {
    text += tr(", drawn as %1 boxes and %2 arrows")
                .arg(grouped(static_cast<std::int64_t>(folded->boxes.size())),
                     grouped(static_cast<std::int64_t>(folded->arrows.size())));
  }
  const bool cut = graph_->chosen.wanted > count;
  if (cut) text += tr("; the first %1 of %2").arg(grouped(count), grouped(graph_->chosen.wanted));
  showAll_->setVisible(cut && count < shownAtMost);
  showAll_->setText(graph_->chosen.wanted <= shownAtMost
                        ? tr("Show all %1").arg(grouped(graph_->chosen.wanted))
                        : tr("Show %1").arg(grouped(shownAtMost)));
  summary_->setText(out ? tr("Out of date. %1").arg(text) : text);
}

void GraphPage::showNode(std::optional<std::uint32_t> node) {
  if (!node) {
    detail_->setText(tr("Select a node to see what it waited for, and its neighbours."));
    return;
  }
  QString text;
  for (const std::string& line : nodeInWords(graph_->window, graph_->listed, *node)) {
    if (!text.isEmpty()) text += QLatin1Char('\n');
    text += shortened(line, 200);
  }
  detail_->setText(text);
}

/// Everything that the nodes are in.
void GraphPage::selectBlocks(const std::vector<std::uint32_t>& nodes) {
  const auto& document = models_.estimates.outcome().document;
  if (!document) return;
  ShownSelection::Objects blocks;
  for (const std::uint32_t node : nodes) {
    const MachineObjectId object{graph_->window.graph.nodes[node].object};
    const ShownId shown = shownObject(object, objects_, *document);
    if (shown.valid()) blocks.insert(shown);
  }
  if (!blocks.empty()) selection_.select(blocks, this);
}

void GraphPage::markSelected() {
  if (!graph_) return;
  std::vector<bool> marked;
  const ShownSelection::Objects& selected = selection_.objects();
  const auto& document = models_.estimates.outcome().document;
  if (document && !selected.empty()) {
    marked.resize(graph_->window.machine->objectNames.size());
    for (std::size_t object = 0; object < marked.size(); ++object) {
      const MachineObjectId id{static_cast<std::uint32_t>(object)};
      const ShownId shown = shownObject(id, objects_, *document);
      marked[object] = shown.valid() && selected.contains(shown);
    }
  }
  if (const LaidOutGraph* const shown = boxes()) {
    std::vector<bool> inBoxes;
    if (!marked.empty()) inBoxes.resize(shown->boxes.size());
    for (std::size_t n = 0; n < shown->folded.boxOf.size() && !marked.empty(); ++n) {
      if (marked[graph_->window.graph.nodes[n].object]) inBoxes[shown->folded.boxOf[n]] = true;
    }
    laidOut_->canvas().setMarked(std::move(inBoxes));
  }
  canvas_->setMarked(std::move(marked));
}

void GraphPage::step(int direction) {
  if (!graph_ || stack_->currentIndex() != 1 || path_->rowCount() == 0) return;
  const QModelIndex current = list_->currentIndex();
  int row = current.isValid() ? current.row() + direction : direction > 0 ? 0 : path_->rowCount() - 1;
  // From what is selected in the picture, if that is on the path.
  if (const auto node = canvas_->look().selected) {
    const int at = path_->rowOf(*node, current.isValid() ? current.row() : 0);
    if (at >= 0) row = at + direction;
  }
  const auto inside = [&] { return row >= 0 && row < path_->rowCount(); };
  // Where several steps are in one box, on to the next box.
  const auto boxOf = [&](int step) {
    return boxes()->folded.boxOf[graph_->path[static_cast<std::size_t>(step)].node];
  };
  while (boxes() && current.isValid() && inside() && boxOf(row) == boxOf(current.row())) row += direction;
  if (inside()) list_->setCurrentIndex(path_->index(row, 0));
}

void GraphPage::search(const QString& text) {
  if (!graph_) return;
  if (text != searched_) {
    searched_ = text;
    nextFound_ = 0;
    found_ = findNodes(graph_->window, text.toStdString());
    std::vector<bool> nodes;
    if (!found_.empty()) nodes.resize(graph_->window.graph.nodes.size());
    for (const std::uint32_t n : found_) nodes[n] = true;
    canvas_->setFound(std::move(nodes));
    markFound();
  }
  if (text.trimmed().isEmpty()) return;
  if (found_.empty()) return models_.session.say(tr("Nothing in this window matches “%1”.").arg(text));
  const auto isSelected = [&](std::uint32_t n) {
    return boxes()->folded.boxOf[n] == laidOut_->canvas().look().selected;
  };
  for (std::size_t i = 0; boxes() && i < found_.size() && isSelected(found_[nextFound_ % found_.size()]);
       ++i) {
    ++nextFound_;
  }
  const std::uint32_t node = found_[nextFound_ % found_.size()];
  models_.session.say(tr("%1 of %2 that match “%3”; Enter shows the next")
                          .arg(nextFound_ % found_.size() + 1)
                          .arg(found_.size())
                          .arg(text));
  ++nextFound_;
  selectNode(node);
}

void GraphPage::exportPicture() {
  if (!graph_ || stack_->currentIndex() != 1 || (isLaidOut() && !boxes())) return;
  QString path = models_.ask.graphPath(graph_->layer + QStringLiteral(".svg"));
  if (path.isEmpty()) return;
  const QString kind = QFileInfo(path).suffix().toLower();
  if (kind != QLatin1String("svg") && kind != QLatin1String("pdf") && kind != QLatin1String("dot")) {
    path += QStringLiteral(".svg");
  }
  const auto tell = [this, path](const Diagnostics& problems) {
    models_.session.say(hasErrors(problems) ? tr("%1 was not written: %2").arg(path, firstOf(problems))
                                            : tr("Wrote %1").arg(path));
  };
  const bool dot = QFileInfo(path).suffix().toLower() == QLatin1String("dot");
  if (!dot) return tell(boxes() ? exportLaidOut(laidOut_->canvas(), path) : exportGraph(*canvas_, path));
  models_.jobs.start(
      exports, tr("Writing %1").arg(QFileInfo(path).fileName()), this,
      [graph = graph_, folded = boxes() ? laidOut_->shown() : nullptr, path](Progress&) {
        return folded ? exportFoldedDot(graph->window, folded->folded, path) : exportDot(graph->window, path);
      },
      tell);
}

}  // namespace taktwerk
