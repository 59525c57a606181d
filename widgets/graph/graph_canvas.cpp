// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_canvas.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <utility>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double readableLane = 15, lowestLane = 0.5, highestLane = 26, widestCycle = 64;
constexpr double mostPixels = 1e9;  // of a scroll bar

}  // namespace

GraphCanvas::GraphCanvas(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), theme_(theme), colours_(theme) {
  setAccessibleName(tr("Dependency graph"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setMouseTracking(true);
  connect(&theme_, &Theme::changed, this, [this] {
    colours_ = GraphColours(theme_);
    viewport()->update();
  });
}

void GraphCanvas::setGraph(std::shared_ptr<const LayerGraph> graph) {
  const bool same = graph_ && graph && graph_->layer == graph->layer && graph_->asked == graph->asked &&
                    graph_->limit == graph->limit;
  graph_ = std::move(graph);
  look_.found.clear();
  look_.marked.clear();
  select(std::nullopt);
  placed_ = placed_ && same;
  if (graph_ && !placed_) showBeginning();
  arrangeBars();
  viewport()->update();
}

void GraphCanvas::setRows(GraphRows rows) {
  if (rows == rows_) return;
  rows_ = rows;
  placed_ = false;
  if (!graph_) return;
  showBeginning();
  if (look_.selected) bringIntoSight(*look_.selected);
  arrangeBars();
  viewport()->update();
}

void GraphCanvas::setShown(const EdgeKinds& kinds, bool critical, bool allEdges) {
  look_.critical = critical;
  look_.allEdges = allEdges;
  if (std::exchange(look_.kinds, kinds) != kinds) findNear();
  viewport()->update();
}

void GraphCanvas::setMarked(std::vector<bool> objects) {
  look_.marked = std::move(objects);
  viewport()->update();
}

void GraphCanvas::setFound(std::vector<bool> nodes) {
  look_.found = std::move(nodes);
  viewport()->update();
}

void GraphCanvas::select(std::optional<std::uint32_t> node) {
  look_.selected = node;
  back_ = ahead_ = 1;
  mostSteps_ = 3;
  QString words;
  if (node) {
    for (const std::string& line : nodeInWords(graph_->window, graph_->listed, *node)) {
      words += QString::fromStdString(line) + QLatin1Char('\n');
    }
  }
  setAccessibleDescription(words.trimmed());
  findNear();
}

/// The neighbours of the selected instruction: of all its nodes, as what holds one holds the instruction.
void GraphCanvas::findNear() {
  look_.near = {};
  if (graph_ && look_.selected) {
    std::vector<std::uint32_t> own;
    const std::vector<GraphNode>& nodes = graph_->window.graph.nodes;
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
      if (nodes[n].instruction == nodes[*look_.selected].instruction) own.push_back(n);
    }
    look_.near = graph_->neighbours->around(own, back_, ahead_, look_.kinds);
  }
  viewport()->update();
  Q_EMIT neighboursChanged();
}

void GraphCanvas::addSteps(int back, int ahead) {
  if (!look_.selected) return;
  back_ = std::clamp(back_ + back, 0, mostSteps_);
  ahead_ = std::clamp(ahead_ + ahead, 0, mostSteps_);
  findNear();
}

void GraphCanvas::showMore() {
  mostSteps_ += 3;
  addSteps(1, 1);
}

bool GraphCanvas::hasMore() const {
  return look_.selected && look_.near.more && (back_ == mostSteps_ || ahead_ == mostSteps_);
}

QSizeF GraphCanvas::rowsSize() const {
  return {std::max(1.0, viewport()->width() - GraphScale::gutter),
          std::max(1.0, viewport()->height() - GraphScale::axis)};
}

double GraphCanvas::limited(double perCycle) const {
  const double cycles = static_cast<double>(layout().to - layout().from);
  const double lowest = rowsSize().width() / cycles / 2;
  const double highest = std::max(lowest, std::min(widestCycle, mostPixels / cycles));
  return std::clamp(perCycle, lowest, highest);
}

void GraphCanvas::fit() {
  if (!graph_ || layout().lanes() == 0) return;
  const GraphInTime& shown = layout();
  const double cycles = static_cast<double>(shown.to - shown.from);
  scale_.perCycle = limited(rowsSize().width() / (cycles * 1.02));
  scale_.laneHeight = 1;
  scale_.laneHeight = std::clamp(rowsSize().height() / scale_.heightOf(shown), lowestLane, readableLane + 3);
  scale_.left = static_cast<double>(shown.from);
  scale_.top = 0;
  arrangeBars();
  viewport()->update();
}

/// All of it where that can be read, else its first rows, as long as they take.
void GraphCanvas::showBeginning() {
  fit();
  const GraphInTime& shown = layout();
  if (shown.lanes() > 0 && scale_.laneHeight < readableLane) {
    scale_.laneHeight = readableLane;
    const std::uint32_t end = scale_.laneAt(shown, viewport()->height()).value_or(0) + 1;
    Cycles to = shown.from + 1;
    for (std::uint32_t at = 0; at < shown.laneFirst[end]; ++at) {
      const GraphBar& bar = shown.bars[shown.laneBars[at]];
      if (bar.inside) to = std::max(to, bar.leave);
    }
    scale_.perCycle = limited(rowsSize().width() / (static_cast<double>(to - shown.from) * 1.02));
  }
  placed_ = isVisible();
}

void GraphCanvas::zoomBy(double time, double rows, const QPointF& at) {
  if (!graph_ || layout().lanes() == 0) return;
  const double cycle = scale_.cycleAt(std::max(at.x(), GraphScale::gutter));
  const double below = std::max(0.0, at.y() - GraphScale::axis);
  const double lane = std::clamp(scale_.laneHeight * rows, lowestLane, highestLane);
  scale_.top = (scale_.top + below) * lane / scale_.laneHeight - below;
  scale_.laneHeight = lane;
  scale_.perCycle = limited(scale_.perCycle * time);
  scale_.left = cycle - (std::max(at.x(), GraphScale::gutter) - GraphScale::gutter) / scale_.perCycle;
  arrangeBars();
  viewport()->update();
}

void GraphCanvas::bringIntoSight(std::uint32_t node) {
  if (!graph_ || node >= layout().bars.size()) return;
  const GraphBar& bar = layout().bars[node];
  const double x = scale_.xOf(static_cast<double>(bar.enter)), y = scale_.yOf(layout(), bar.lane);
  const double end = scale_.xOf(static_cast<double>(bar.leave));
  const QSizeF size = rowsSize();
  constexpr double margin = 24;
  if (x < GraphScale::gutter + margin || std::min(end, x + size.width() / 2) > viewport()->width() - margin) {
    scale_.left = static_cast<double>(bar.enter) - size.width() / 3 / scale_.perCycle;
  }
  if (y < GraphScale::axis + margin || y + scale_.laneHeight > viewport()->height() - margin) {
    scale_.top += y - GraphScale::axis - size.height() / 2;
  }
  arrangeBars();
  viewport()->update();
}

/// Keeps what is in sight within the graph, and tells the scroll bars.
void GraphCanvas::arrangeBars() {
  if (!graph_) {
    horizontalScrollBar()->setRange(0, 0);
    verticalScrollBar()->setRange(0, 0);
    return;
  }
  const GraphInTime& shown = layout();
  const QSizeF size = rowsSize();
  const double width = static_cast<double>(shown.to - shown.from) * scale_.perCycle * 1.02;
  const double most = std::max(0.0, width - size.width());
  const double deepest = std::max(0.0, scale_.heightOf(shown) + 12 - size.height());
  const double offset =
      std::clamp((scale_.left - static_cast<double>(shown.from)) * scale_.perCycle, 0.0, most);
  scale_.left = static_cast<double>(shown.from) + offset / scale_.perCycle;
  scale_.top = std::clamp(scale_.top, 0.0, deepest);
  arranging_ = true;
  const auto set = [](QScrollBar* bar, double range, double page, double value) {
    bar->setRange(0, static_cast<int>(std::ceil(range)));
    bar->setPageStep(static_cast<int>(page));
    bar->setSingleStep(24);
    bar->setValue(static_cast<int>(value));
  };
  set(horizontalScrollBar(), most, size.width(), offset);
  set(verticalScrollBar(), deepest, size.height(), scale_.top);
  arranging_ = false;
}

void GraphCanvas::scrollContentsBy(int, int) {
  if (arranging_ || !graph_) return;
  scale_.left = static_cast<double>(layout().from) + horizontalScrollBar()->value() / scale_.perCycle;
  scale_.top = verticalScrollBar()->value();
  viewport()->update();
}

void GraphCanvas::resizeEvent(QResizeEvent*) {
  if (graph_ && !placed_) showBeginning();
  arrangeBars();
}

void GraphCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  if (!graph_) return painter.fillRect(viewport()->rect(), colours_.canvas);
  painted_ = paintGraph(painter, viewport()->size(), *graph_, rows_, scale_, look_, colours_);
  if (!hasFocus()) return;
  painter.setPen(QPen(colours_.accent, 1, Qt::DotLine));
  painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

QString GraphCanvas::title() const {
  return graph_ ? QString::fromStdString(graph_->window.title) : QString();
}

void GraphCanvas::paintOn(QPainter& painter, const QRectF& page) const {
  if (!graph_) return;
  const QSizeF size = viewport()->size();
  painter.translate(page.topLeft());
  painter.scale(page.width() / size.width(), page.height() / size.height());
  paintGraph(painter, size, *graph_, rows_, scale_, look_, colours_);
}

std::optional<std::uint32_t> GraphCanvas::nodeAt(const QPointF& position) const {
  if (!graph_ || position.x() < GraphScale::gutter || position.y() < GraphScale::axis) return std::nullopt;
  const auto lane = scale_.laneAt(layout(), position.y());
  if (!lane || position.y() > scale_.yOf(layout(), *lane) + std::max(2.0, scale_.laneHeight)) {
    return std::nullopt;
  }
  constexpr double near = 3;  // pixels
  return barAt(layout(), *lane, scale_.cycleAt(position.x()), near / scale_.perCycle);
}

QPointF GraphCanvas::placeOf(std::uint32_t node) const {
  const GraphBar& bar = layout().bars[node];
  const double middle = (static_cast<double>(bar.enter) + static_cast<double>(bar.leave)) / 2;
  return {scale_.xOf(middle), scale_.yOf(layout(), bar.lane) + scale_.laneHeight / 2};
}

}  // namespace taktwerk
